package gui

import (
	"context"
	"errors"

	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit"
)

// fetchFacts asks every port once; what fails stays empty, and the errors come back joined.
func fetchFacts(ctx context.Context, co Ports) (kit.Facts, error) {
	var f kit.Facts
	var errs [12]error
	f.Connection, errs[0] = co.Connection(ctx)
	f.Settings, errs[1] = co.Settings(ctx)
	f.Rules, errs[2] = co.PriceRules(ctx)
	f.Run, f.HasRun, errs[3] = co.LatestRun(ctx)
	f.Usage, errs[4] = co.Usage(ctx)
	groups, err := co.OpenGroups(ctx)
	for _, g := range groups {
		f.Waiting += g.Fields
	}
	errs[5] = err
	stages, err := co.OrderStages(ctx)
	f.Ready, f.Held, errs[6] = stages[orders.StageReady], stages[orders.StageHeld], err
	st, err := co.InvoiceStanding(ctx)
	f.Drafts, f.Unknown, f.Tasks, errs[7] = st.Drafts, st.Unknown, st.Tasks, err
	f.Saved, errs[8] = co.SavedReads(ctx)
	f.Sync, errs[9] = co.SyncStanding(ctx)
	f.HandedOver, errs[11] = co.HandedOver(ctx)
	if f.HasRun && f.Run.UndoneAt.IsZero() {
		_, f.Undecided, errs[10] = co.Rows(ctx, transfer.Query{
			RunID: f.Run.ID, Outcome: transfer.OutcomeUnmatched, Part: transfer.PartUndecided, Limit: 1,
		})
	}
	return f, errors.Join(errs[:]...)
}
