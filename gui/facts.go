package gui

import (
	"context"
	"errors"

	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/gui/kit"
)

// fetchFacts asks every port once; what fails stays empty, and the errors come back joined.
func fetchFacts(ctx context.Context, co Ports) (kit.Facts, error) {
	var f kit.Facts
	var errs [9]error
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
	f.Orders, errs[6] = stages[orders.StageReady]+stages[orders.StageHeld], err
	st, err := co.InvoiceStanding(ctx)
	f.Invoices, errs[7] = st.Unknown+st.Tasks, err
	f.Saved, errs[8] = co.SavedReads(ctx)
	return f, errors.Join(errs[:]...)
}
