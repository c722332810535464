package invoices

import (
	"context"
	"slices"
	"time"

	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

// found is all that stands over the list.
type found struct {
	standing  issuing.Standing
	unknown   int        // to be looked up
	lookUp    quota.Cost // of that, at least
	lost      []invoicing.Record
	drafts    []invoicing.Record // that can be formalised
	barred    map[int64]bool     // checked drafts that are not to be: their orders were cancelled, returned or changed
	counts    map[invoicing.RecordGroup]int
	hindrance error     // what holds the queue up, nil for nothing
	goesOn    time.Time // by itself; zero: nobody knows
}

// groups are the parts of the list in the order they are offered.
func groups() []invoicing.RecordGroup {
	return []invoicing.RecordGroup{
		invoicing.RecordsAll, invoicing.RecordsUnknown, invoicing.RecordsDrafts, invoicing.RecordsIssued, invoicing.RecordsRejected, invoicing.RecordsGone,
	}
}

func (e *env) find(ctx context.Context) (f found, err error) {
	if f.standing, err = e.co.InvoiceStanding(ctx); err != nil {
		return f, err
	}
	if f.unknown, f.lookUp, err = e.co.LookUpCost(ctx); err != nil {
		return f, err
	}
	if f.lost, err = e.co.RecordsIn(ctx, invoicing.AttemptLost); err != nil {
		return f, err
	}
	if err = e.findDrafts(ctx, &f); err != nil {
		return f, err
	}
	f.hindrance, f.goesOn = e.co.Hindrance(), e.co.GoesOnAt()
	f.counts, err = e.co.InvoiceGroups(ctx)
	return f, err
}

// findDrafts finds the drafts that can be formalised, and those that are checked and cannot.
func (e *env) findDrafts(ctx context.Context, f *found) error {
	all, err := e.co.RecordsIn(ctx, invoicing.AttemptChecked)
	if err != nil {
		return err
	}
	tasks, err := e.co.Tasks(ctx, false)
	if err != nil {
		return err
	}
	f.barred = map[int64]bool{}
	for _, r := range all {
		if r.Changed != "" || slices.ContainsFunc(tasks, func(t invoicing.Task) bool { return t.Record.ID == r.ID }) {
			f.barred[r.ID] = true
		}
	}
	f.drafts = f.sendable(all)
	return nil
}

// sendable are the drafts that can be formalised.
func (f found) sendable(all []invoicing.Record) []invoicing.Record {
	return slices.DeleteFunc(slices.Clone(all), func(r invoicing.Record) bool { return r.State != invoicing.AttemptChecked || f.barred[r.ID] })
}

func ended(w *issuing.Work) bool {
	select {
	case <-w.Done():
		return true
	default:
		return false
	}
}

// deletable are the drafts that can be taken back.
func deletable(all []invoicing.Record) []invoicing.Record {
	return slices.DeleteFunc(slices.Clone(all), func(r invoicing.Record) bool { return !r.Deletable() })
}

func idsOf(all []invoicing.Record) []int64 {
	ids := make([]int64, len(all))
	for i, r := range all {
		ids[i] = r.ID
	}
	return ids
}
