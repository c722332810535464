package app

import (
	"context"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

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

// Undo takes a whole transfer back, batch by batch. Cancelled, or killed, it goes on at the next call.
// KindBusy: this program is carrying the transfer out; it has to be stopped first.
func (c *Company) Undo(ctx context.Context, run int64, done func(n, of int)) (transfer.UndoPlan, error) {
	if w := c.Runner.Work(); w != nil && w.Job.Snapshot().ID == run {
		return transfer.UndoPlan{}, domain.E(domain.KindBusy, "undo a transfer", nil)
	}
	// A paused run has a place in the machine's queue that it will not come back to.
	if err := c.app.Queue.Of(c.Info.ID).Leave(ctx, run); err != nil {
		return transfer.UndoPlan{}, err
	}
	of := 0
	for {
		left, err := c.Store.UndoBatch(ctx, run, transfer.BatchSize)
		if err != nil {
			return transfer.UndoPlan{}, err
		}
		of = max(of, left+transfer.BatchSize)
		if left == 0 {
			break
		}
		done(of-left, of)
	}
	done(of, of)
	return c.Store.PlanUndo(ctx, run)
}
