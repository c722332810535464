package domain

import "log/slog"

const masked = "•••"

// Secret is a password, key or token. However it is printed, logged or marshalled it shows as •••;
// only Reveal gives the text, to the keyring and to the request that needs it.
type Secret struct{ text string }

// NewSecret hides text.
func NewSecret(text string) Secret { return Secret{text: text} }

// Reveal gives the text itself.
func (s Secret) Reveal() string { return s.text }

// Empty tells whether there is no secret at all.
func (s Secret) Empty() bool { return s.text == "" }

// Tail shows the last four characters behind dots, for a person to recognise a key by; a short
// secret shows nothing of itself.
func (s Secret) Tail() string {
	r := []rune(s.text)
	if len(r) < 12 {
		return masked
	}
	return "••••••••" + string(r[len(r)-4:])
}

// String hides the secret from fmt's verbs.
func (s Secret) String() string { return masked }

// GoString hides it from %#v.
func (s Secret) GoString() string { return masked }

// LogValue hides it from slog.
func (s Secret) LogValue() slog.Value { return slog.StringValue(masked) }

// MarshalJSON hides it from encoding/json.
func (s Secret) MarshalJSON() ([]byte, error) { return []byte(`"` + masked + `"`), nil }

// MarshalText hides it from every other encoder.
func (s Secret) MarshalText() ([]byte, error) { return []byte(masked), nil }
