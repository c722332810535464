package app

import (
	"context"

	"github.com/sopyo/sopyo-desktop/domain"
)

// SaveSettings stores choices that can be; KindInvalid names the field of one that cannot.
func (c *Company) SaveSettings(ctx context.Context, s domain.Settings) error {
	able, err := c.abilities(ctx)
	if err != nil {
		return err
	}
	return c.Store.SaveSettings(ctx, s, able)
}

// Circumstances gives what the choices have to go with. It asks İşbaşı nothing.
func (c *Company) Circumstances(ctx context.Context) (domain.Circumstances, error) {
	around, err := c.Store.Circumstances(ctx)
	if err != nil {
		return around, err
	}
	around.Abilities, err = c.abilities(ctx)
	return around, err
}

// abilities gives what is remembered of the API key in use. Without a keyring, or before the company is
// authorised, nothing is known: that forbids nothing.
func (c *Company) abilities(ctx context.Context) (domain.Abilities, error) {
	if err := c.loadSession(ctx); err != nil {
		c.app.Log.WarnContext(ctx, "no session; nothing is known of the key's rights", "error", err)
		return nil, nil //nolint:nilerr // said above
	}
	able := domain.Abilities{}
	for _, a := range []domain.Ability{domain.AbilityStockWrite, domain.AbilityFormalise} {
		answer, err := c.client.Load().Ability(ctx, a)
		if err != nil {
			return nil, err
		}
		able[a] = answer
	}
	return able, nil
}
