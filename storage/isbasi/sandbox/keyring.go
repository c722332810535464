package sandbox

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"maps"
	"slices"
	"time"
)

// keyring is every key and token the server has given out.
type keyring struct {
	requests map[string]string // SSO request → API key
	first    map[string]string // appUserKey of a callback → API key; good for one exchange
	second   map[string]string // second key → API key
	tokens   map[string]token
}

type token struct {
	key    string // the API key it was given to
	tenant string // the firm it opens
	endsAt time.Time
}

func newKeyring() keyring {
	return keyring{map[string]string{}, map[string]string{}, map[string]string{}, map[string]token{}}
}

// issue makes a new key in book and remembers whose it is.
func issue(book map[string]string, apiKey string) string {
	k := rand.Text()
	book[k] = apiKey
	return k
}

// token makes an access token in the form of a JWT, which the real one has.
func (k keyring) token(apiKey, tenant string, endsAt time.Time) (string, error) {
	claims, err := json.Marshal(map[string]any{"jti": rand.Text(), "exp": endsAt.Unix()})
	if err != nil {
		return "", err
	}
	b64 := base64.RawURLEncoding.EncodeToString
	t := b64([]byte(`{"alg":"HS256","typ":"JWT"}`)) + "." + b64(claims) + "." + b64([]byte(rand.Text()))
	k.tokens[t] = token{apiKey, tenant, endsAt}
	return t, nil
}

// alive gives the token of that text when it was given to the API key and has not ended.
func (k keyring) alive(text, apiKey string, now time.Time) (token, bool) {
	t, ok := k.tokens[text]
	return t, ok && t.key == apiKey && now.Before(t.endsAt)
}

func (k keyring) endTokens() { clear(k.tokens) }

// Issued gives every key and token that was given out and is kept: the first and second keys of consents, the tokens of days.
func (s *Server) Issued() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []string
	for _, book := range []map[string]string{s.keys.first, s.keys.second} {
		all = slices.AppendSeq(all, maps.Keys(book))
	}
	return slices.AppendSeq(all, maps.Keys(s.keys.tokens))
}
