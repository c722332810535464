package app

import (
	"context"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/files/plan"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/books"
)

func (c *Company) newJobs() *transfer.Jobs {
	remote := books.Products{Account: c.Authorisation}
	return transfer.NewJobs(transfer.Company{
		Company: c.Info, Books: remote, Abilities: remote, Store: c.Store, Reporter: c.Reporter,
		Queue:    c.app.Queue.Of(c.Info.ID),
		SignedIn: c.SignedIn, Rest: c.restSync, OpenPlan: plan.Open, Now: c.app.options.Now,
	})
}

// OtherUnits is Choices with the barcodes of the product's other units, which İşbaşı is asked for (one read).
func (c *Company) OtherUnits(ctx context.Context, run int64, remote domain.RemoteID, n int) (transfer.Choices, error) {
	choices, err := c.Store.Choices(ctx, run, remote, nil, 1)
	if err != nil {
		return transfer.Choices{}, err
	}
	if err := c.SignedIn(ctx); err != nil {
		return transfer.Choices{}, err
	}
	detail, err := c.Client().Product(ctx, domain.ProductRef{ID: remote, Type: choices.Row.Remote.Type})
	if err != nil {
		return transfer.Choices{}, err
	}
	var others []domain.Barcode
	for _, u := range detail.Units {
		if !u.Main {
			others = append(others, u.Barcode)
		}
	}
	return c.Store.Choices(ctx, run, remote, others, n)
}
