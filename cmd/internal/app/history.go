package app

import (
	"context"

	"github.com/sopyo/sopyo-desktop/domain/history"
)

// History gives the newest entries first, at most n of them after leaving out skip, and how many there are.
func (c *Company) History(ctx context.Context, n, skip int) ([]history.Entry, int, error) {
	return c.Store.History(ctx, n, skip)
}
