package keyring

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// The kinds of entries.
const (
	kindAPIKey   = "api-key"
	kindUserName = "user-name"
	kindPassword = "password"
	kindUserKey  = "user-key"
	kindToken    = "token"
)

// tokenLimit is the longest token entry in bytes; Windows holds 2,560, and what is over it is fetched
// anew.
const tokenLimit = 2000

// token is the entry of the day's token and what belongs to it. It is no domain.Secret, because it has
// to be written as it is; it never leaves this file.
type token struct {
	Text        string             `json:"token,omitempty"`
	EndsAt      time.Time          `json:"ends_at,omitzero"`
	TenantID    string             `json:"tenant_id,omitempty"`
	UserID      string             `json:"user_id,omitempty"`
	UserEmail   string             `json:"user_email,omitempty"`
	BaseURL     string             `json:"base_url,omitempty"`
	Environment domain.Environment `json:"environment,omitempty"`
}

// Load gives the company's session: an empty one when there is none, one without a token when the token
// was too long to be kept. Its error is KindKeyring or KindCancelled.
func (k *Keyring) Load(ctx context.Context, id domain.CompanyID) (domain.Session, error) {
	answer := make(chan domain.Session, 1)
	err := k.within(ctx, "read the keyring", func() error {
		s, err := k.load(id)
		answer <- s
		return err
	})
	if err != nil {
		return domain.Session{}, err
	}
	return <-answer, nil
}

func (k *Keyring) load(id domain.CompanyID) (domain.Session, error) {
	held := map[string]string{}
	for _, kind := range []string{kindAPIKey, kindUserName, kindPassword, kindUserKey, kindToken} {
		text, err := k.get(user(id, kind))
		if err != nil {
			return domain.Session{}, err
		}
		if kind == kindAPIKey && text == "" {
			return domain.Session{}, nil
		}
		held[kind] = text
	}
	s := domain.Session{Credentials: domain.Credentials{
		APIKey:   domain.NewSecret(held[kindAPIKey]),
		UserName: held[kindUserName],
		Password: domain.NewSecret(held[kindPassword]),
		UserKey:  domain.NewSecret(held[kindUserKey]),
	}}
	var t token
	// An entry that cannot be read is as good as none: the token is fetched anew.
	if json.Unmarshal([]byte(held[kindToken]), &t) == nil {
		s.Token, s.TokenEndsAt = domain.NewSecret(t.Text), t.EndsAt
		s.TenantID, s.UserID, s.UserEmail, s.BaseURL, s.Environment = t.TenantID, t.UserID, t.UserEmail, t.BaseURL, t.Environment
	}
	return s, nil
}

// Save keeps the session in place of the one before. The token is left out when it does not fit. Where
// more than one entry changes, the API key is taken away first and written last, so that a kill in between
// leaves no session rather than one mixed of two: another account's may come with the same key.
func (k *Keyring) Save(ctx context.Context, id domain.CompanyID, s domain.Session) error {
	t, err := tokenText(s)
	if err != nil {
		return domain.E(domain.KindInternal, "write the keyring", err)
	}
	entries := []struct{ kind, text string }{
		{kindUserName, s.UserName},
		{kindPassword, s.Password.Reveal()},
		{kindUserKey, s.UserKey.Reveal()},
		{kindToken, t},
		{kindAPIKey, s.APIKey.Reveal()},
	}
	return k.within(ctx, "write the keyring", func() error {
		changes := 0
		for _, entry := range entries {
			if err := fits(entry.text); err != nil {
				return fmt.Errorf("%s: %w", entry.kind, err)
			}
		}
		for _, entry := range entries {
			held, err := k.get(user(id, entry.kind))
			if err != nil {
				return err
			}
			if held != entry.text {
				changes++
			}
		}
		if changes > 1 {
			if err := k.remove(user(id, kindAPIKey)); err != nil {
				return err
			}
		}
		for _, entry := range entries {
			if err := k.put(user(id, entry.kind), entry.text); err != nil {
				return err
			}
		}
		return nil
	})
}

// Forget removes every entry of the company; it is no error when there is none. It goes on after an
// entry that cannot be removed, and says the first error.
func (k *Keyring) Forget(ctx context.Context, id domain.CompanyID) error {
	return k.within(ctx, "clear the keyring", func() error {
		var first error
		for _, kind := range []string{kindAPIKey, kindToken, kindUserKey, kindPassword, kindUserName} {
			if err := k.remove(user(id, kind)); err != nil && first == nil {
				first = err
			}
		}
		return first
	})
}

func user(id domain.CompanyID, kind string) string { return string(id) + "/" + kind }

// tokenText writes the token entry, without the token itself when it would not fit.
func tokenText(s domain.Session) (string, error) {
	t := token{
		Text: s.Token.Reveal(), EndsAt: s.TokenEndsAt, TenantID: s.TenantID, UserID: s.UserID, UserEmail: s.UserEmail,
		BaseURL: s.BaseURL, Environment: s.Environment,
	}
	text, err := json.Marshal(t)
	if err == nil && len(text) > tokenLimit {
		t.Text, t.EndsAt = "", time.Time{}
		text, err = json.Marshal(t)
	}
	return string(text), err
}
