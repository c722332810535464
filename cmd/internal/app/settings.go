package app

import (
	"context"

	"github.com/sopyo/sopyo-desktop/domain"
)

// SaveSettings stores choices that can be; KindInvalid names the field of one that cannot.
func (c *Company) SaveSettings(ctx context.Context, s domain.Settings) error {
	able, err := c.Abilities(ctx)
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
	around.Abilities, err = c.Abilities(ctx)
	return around, err
}
