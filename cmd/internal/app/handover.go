package app

import (
	"context"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/backup"
)

// HandOver writes the company into a file for another machine to go on with, see backup.Maker. KindBusy: invoices are being made.
func (c *Company) HandOver(ctx context.Context, path string, password domain.Secret, p *backup.Progress) (made backup.Made, err error) {
	if w := c.Working(); w != nil {
		select {
		case <-w.Done():
		default:
			return made, &domain.Error{Kind: domain.KindBusy, Op: "hand the company over", Detail: "issuing"}
		}
	}
	return c.app.Maker.HandOver(ctx, c.Info, c, path, password, p)
}

// TakeBackHandOver goes on issuing invoices here, where the company was handed over and that came to nothing.
func (c *Company) TakeBackHandOver(ctx context.Context) error {
	return c.SetHandedOver(ctx, time.Time{})
}
