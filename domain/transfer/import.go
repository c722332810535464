package transfer

import (
	"context"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/matching"
)

// Import are the steps of a transfer: what was read is matched with the catalogue as a whole, and written
// into it.
type Import struct{ Catalogue }

var _ Steps = Import{}

// Match decides over the whole of both sides and stores the plan.
func (i Import) Match(ctx context.Context, r Run) (Run, error) {
	sides, err := i.Sides(ctx, r, func(p domain.RemoteProduct) matching.Remote {
		return matching.Remote{ID: p.ID, Code: p.Code, Barcode: p.Barcode, Skip: skip(r.Options, p)}
	})
	if err != nil {
		return r, domain.Wrap(err, "load both sides")
	}
	plan := matching.Match(matching.Input{
		Locals: sides.Locals, Remotes: sides.Remotes, Bound: sides.Bound, Separated: sides.Separated,
		ByBarcode: r.Options.ByBarcode, ByCode: r.Options.ByCode,
	})
	if err := ctx.Err(); err != nil {
		return r, err
	}
	r.Phase, sides.Locals, sides.Remotes, sides.Bound = PhaseApply, nil, nil, nil // which are large
	err = i.SavePlan(ctx, r, plan, sides.Revisions, func(c Candidate) Planned { return foresee(r.Options, c) })
	return r, domain.Wrap(err, "store the plan")
}

// Step writes the next rows of the plan: those about which there is nothing to decide at once, then the others.
func (i Import) Step(ctx context.Context, r Run, n int) (after Run, rows int, lastName string, err error) {
	after, rows, lastName, err = i.ApplySettled(ctx, r, n)
	if err != nil || rows == n {
		return after, rows, lastName, domain.Wrap(err, "apply the plan")
	}
	after, written, err := i.Apply(ctx, after, n-rows, func(c Candidate) Effect { return decide(r.Options, c) })
	if of := len(written); of > 0 {
		rows, lastName = rows+of, written[of-1].Remote.Name
	}
	if rows > 0 { // what is written counts: an error that lasts comes again
		return after, rows, lastName, nil
	}
	return after, rows, lastName, domain.Wrap(err, "apply the plan")
}

// Progress counts the rows that are written.
func (Import) Progress(r Run) (done, of int) {
	return r.Counters.Read - r.Counters.Pending, r.Counters.Read
}

// skip gives the reason why p is excluded (T0), by the options as a rule, or "". Services are not asked for, but
// İşbaşı ignores a condition that it does not understand (isbasi-api.md §12).
func skip(o Options, p domain.RemoteProduct) matching.Reason {
	switch {
	case p.Type == domain.TypeService:
		return matching.ReasonService
	case !p.Active && !o.IncludePassive:
		return matching.ReasonPassive
	case o.OnlyInStock && (!p.Stock.Valid || !p.Stock.Decimal.IsPositive()):
		return matching.ReasonNoStock
	case p.Currency != "" && p.Currency != o.Currency:
		return matching.ReasonOtherCurrency
	default:
		return ""
	}
}
