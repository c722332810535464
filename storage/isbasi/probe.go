package isbasi

import (
	"context"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Ability tells what is remembered of a for the API key in use.
func (c *Client) Ability(ctx context.Context, a domain.Ability) (domain.AbilityAnswer, error) {
	s, ok := c.Session()
	if !ok {
		return domain.AbilityUnasked, nil
	}
	name, err := c.probeName(ctx, s, a)
	if err != nil {
		return domain.AbilityUnasked, err
	}
	value, ok, err := c.probes.Answer(ctx, name)
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
	if !ok {
		return domain.E(domain.KindNeedsSignIn, "remember "+string(a), nil)
	}
	name, err := c.probeName(ctx, s, a)
	if err != nil {
		return err
	}
	return domain.Wrap(c.probes.Remember(ctx, name, string(answer)), "remember %s", a)
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

// probeName is the ability with a print of key, firm and environment: another key may be allowed other
// things.
func (c *Client) probeName(ctx context.Context, s domain.Session, a domain.Ability) (string, error) {
	whose := domain.NewSecret(strings.Join([]string{string(s.Environment), s.TenantID, s.APIKey.Reveal()}, "\x00"))
	keyPrint, err := c.probes.KeyPrint(ctx, whose)
	return string(a) + ":" + keyPrint, domain.Wrap(err, "name %s", a)
}
