package isbasi

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Probes keeps what İşbaşı has answered to the questions that nobody documents (isbasi-api.md §11).
type Probes interface {
	// Answer gives what is remembered under name; ok = false when nothing is.
	Answer(ctx context.Context, name string) (value string, ok bool, err error)
	// Remember replaces it.
	Remember(ctx context.Context, name, value string) error
}

// Ability tells what is remembered of a for the API key in use.
func (c *Client) Ability(ctx context.Context, a domain.Ability) (domain.AbilityAnswer, error) {
	s, ok := c.Session()
	if !ok || c.probes == nil {
		return domain.AbilityUnasked, nil
	}
	value, ok, err := c.probes.Answer(ctx, probeName(s, a))
	switch answer := domain.AbilityAnswer(value); {
	case err != nil:
		return domain.AbilityUnasked, domain.Wrap(err, "look up %s", a)
	case ok && (answer == domain.AbilityAllowed || answer == domain.AbilityDenied):
		return answer, nil
	default:
		return domain.AbilityUnasked, nil
	}
}

// Remember keeps the answer to a for the API key in use: a person's choice, or what a probe has shown.
func (c *Client) Remember(ctx context.Context, a domain.Ability, answer domain.AbilityAnswer) error {
	s, ok := c.Session()
	switch {
	case !ok:
		return domain.E(domain.KindNeedsSignIn, "remember "+string(a), nil)
	case c.probes == nil:
		return nil
	}
	return domain.Wrap(c.probes.Remember(ctx, probeName(s, a), string(answer)), "remember %s", a)
}

// allowed refuses with KindForbidden what is not known to be allowed.
func (c *Client) allowed(ctx context.Context, a domain.Ability, op string) error {
	answer, err := c.Ability(ctx, a)
	if err != nil {
		return err
	}
	if answer != domain.AbilityAllowed {
		return domain.E(domain.KindForbidden, op, nil)
	}
	return nil
}

// probeName is the ability with a fingerprint of key, firm and environment: another key may be allowed
// other things. The key cannot be told from it.
func probeName(s domain.Session, a domain.Ability) string {
	sum := sha256.Sum256([]byte(string(s.Environment) + "\x00" + s.TenantID + "\x00" + s.APIKey.Reveal()))
	return string(a) + ":" + hex.EncodeToString(sum[:8])
}
