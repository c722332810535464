package app

import (
	"context"
	"iter"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/files/plan"
)

func (c *Company) newJobs() *transfer.Jobs {
	return transfer.NewJobs(transfer.Company{
		Company: c.Info, Books: books{c}, Abilities: remote{books{c}}, Store: c.Store, Reporter: c.Reporter,
		Queue:    c.app.Queue.Of(c.Info.ID),
		SignedIn: c.SignedIn, Rest: c.restSync, OpenPlan: plan.Open, Now: c.app.options.Now,
	})
}

// books are the company's İşbaşı, signed in when the first page is asked for: a run that resumes in
// its last phase needs no session at all.
type books struct{ c *Company }

func (b books) Calls() (reads, writes int) { return b.c.Client().Calls() }

func (b books) Abreast() int { return b.c.Client().Abreast() }

func (b books) Products(ctx context.Context, in transfer.Range) iter.Seq2[transfer.Page, error] {
	return func(yield func(transfer.Page, error) bool) {
		if err := b.c.SignedIn(ctx); err != nil {
			yield(transfer.Page{}, err)
			return
		}
		b.c.Client().Products(ctx, in)(yield)
	}
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
