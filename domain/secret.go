package domain

import (
	"log/slog"
	"strings"
	"unicode"
	"unique"
)

const masked = "•••"

// Secret is a password, key or token. However it is printed, logged or marshalled it shows as •••;
// only Reveal gives the text, to the keyring and to the request that needs it. Equal texts are equal
// secrets.
type Secret struct {
	// text is a pointer inside: fmt follows none of a field that is not exported, nor of a verb that fits
	// no text. Of a string it would print it there, whatever methods say. The zero one is of no secret.
	text unique.Handle[string]
}

// NewSecret hides text.
func NewSecret(text string) Secret {
	if text == "" {
		return Secret{}
	}
	return Secret{text: unique.Make(text)}
}

// TypedSecret hides what a person typed, pasted or keeps in a file, without what comes along unseen: line ends wherever
// they are, blanks and invisible characters around it.
func TypedSecret(text string) Secret {
	text = strings.Map(func(r rune) rune {
		switch r {
		case '\r', '\n', '\v', '\f', '\u0085', '\u2028', '\u2029':
			return -1
		}
		return r
	}, text)
	return NewSecret(strings.TrimFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || visible(r) < 0 }))
}

// Reveal gives the text itself.
func (s Secret) Reveal() string {
	if s.Empty() {
		return ""
	}
	return s.text.Value()
}

// Empty tells whether there is no secret at all.
func (s Secret) Empty() bool { return s == Secret{} }

// Tail shows the last four characters behind dots, for a person to recognise a key by; a short
// secret shows nothing of itself.
func (s Secret) Tail() string {
	r := []rune(s.Reveal())
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
