package transfer

import (
	"context"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/matching"
)

// apply writes the plan, batch by batch, once it is this run's turn.
func (j *Job) apply(ctx context.Context) error {
	j.enter(StateQueued)
	if err := j.save(ctx); err != nil {
		return err
	}
	release, err := j.turn(ctx)
	if err != nil {
		return domain.Wrap(err, "wait for the turn to write")
	}
	defer release()
	j.enter(StateApplying)
	j.phase()
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		r := j.current()
		n := BatchSize
		if limit := r.Options.Limit; limit > 0 {
			n = min(n, limit-(r.Counters.Read-r.Counters.Pending))
		}
		if r.Counters.Pending > 0 && n <= 0 {
			j.set(func(r *Run) { r.State = StateStopped })
			return nil
		}
		r, rows, lastName, err := j.deps.Steps.Step(ctx, r, max(n, 1))
		if err != nil {
			return err
		}
		if rows == 0 {
			j.set(func(r *Run) {
				r.Phase, r.State = PhaseEnd, StateDone
				if r.Counters.Failed > 0 {
					r.State = StatePartlyDone
				}
			})
			return nil
		}
		j.written(r, lastName)
	}
}

// decide says what is to happen to one row, given what stands in the catalogue now.
func decide(o Options, c Candidate) Effect {
	row := c.Row
	switch {
	case row.Skipped:
		return Effect{Outcome: OutcomeSkipped}
	case row.Tier != matching.TierNone:
		return decideMatched(o, c)
	case c.BoundTo != 0:
		return changed()
	case o.Unmatched != UnmatchedListed && row.Creatable() && row.Decided != DecideIgnore:
		p, notes := create(o, row.Remote)
		return Effect{Outcome: OutcomeUnmatched, Notes: notes, Product: &p, Bind: true}
	default:
		return Effect{Outcome: OutcomeUnmatched}
	}
}

func changed() Effect { return Effect{Outcome: OutcomeFailed, Notes: []Note{NoteChanged}} }

func decideMatched(o Options, c Candidate) Effect {
	row := c.Row
	switch {
	case c.Product == nil, c.Product.Revision != row.Revision, c.Product.State == domain.ProductArchived,
		c.BoundTo != 0 && c.BoundTo != row.ProductID,
		c.BoundFrom != "" && c.BoundFrom != row.Remote.ID,
		row.Tier == matching.TierKnown && c.BoundTo == 0:
		return changed()
	}
	p, notes := take(o, *c.Product, row.Remote)
	e := Effect{Outcome: OutcomeMatched, Notes: notes, Bind: c.BoundTo == 0}
	if !same(p, *c.Product) {
		e.Product = &p
	}
	return e
}

func create(o Options, remote domain.RemoteProduct) (domain.Product, []Note) {
	p := domain.Product{
		Code: remote.Code, Barcode: remote.Barcode, Name: remote.Name, Brand: remote.Brand,
		VATRate: remote.VATRate, Currency: o.Currency, State: domain.ProductActive,
	}
	switch {
	case !remote.Active: // it is on sale nowhere either way, and what a person knows of it stays known
		p.State = domain.ProductPassive
	case o.Unmatched == UnmatchedDraft:
		p.State = domain.ProductDraft
	}
	return take(o, p, remote)
}

// take gives p with the values of remote that are taken over (rules.md §2 "Values taken on a match"):
// what is absent never overwrites.
func take(o Options, p domain.Product, remote domain.RemoteProduct) (domain.Product, []Note) {
	var notes []Note
	if remote.Price.Valid {
		switch {
		case !remote.Price.Decimal.IsPositive():
			notes = append(notes, NoteZeroPrice)
		case remote.Currency == "" && o.Currency != domain.TRY:
			notes = append(notes, NoteCurrency)
		default:
			p.Price, p.Currency = remote.Price, o.Currency
		}
	}
	if remote.Stock.Valid {
		p.Stock = remote.Stock
		if remote.Stock.Decimal.IsNegative() {
			notes = append(notes, NoteNegativeStock)
		}
	}
	if o.TakeName && remote.Name != "" {
		p.Name = remote.Name
	}
	if o.TakeBrand && remote.Brand != "" {
		p.Brand = remote.Brand
	}
	if o.TakeVAT && remote.VATRate.Valid {
		p.VATRate = remote.VATRate
	}
	return p, notes
}

// same compares the fields a transfer may change; 35 and 35.00 are the same price.
func same(a, b domain.Product) bool {
	return equal(a.Price, b.Price) && equal(a.Stock, b.Stock) && equal(a.VATRate, b.VATRate) &&
		a.Currency == b.Currency && a.Name == b.Name && a.Brand == b.Brand
}

// foresee says what decide would do to a row now.
func foresee(o Options, c Candidate) Planned {
	var before Values
	if c.Product != nil {
		before = ValuesOf(c.Product)
	}
	e := decide(o, c)
	p := Planned{Outcome: e.Outcome, Notes: e.Notes, After: ValuesOf(e.Product)}
	switch e.Outcome {
	case OutcomeMatched:
		p.Before = before
		if e.Product == nil { // nothing differs
			p.After = before
		}
	case OutcomeUnmatched:
		p.Becomes = UnmatchedListed
		if e.Product != nil {
			p.Becomes = o.Unmatched
		}
	default:
	}
	return p
}

// turn waits until the run may write.
func (j *Job) turn(ctx context.Context) (release func(), err error) {
	return j.deps.Queue.Turn(ctx, j.Snapshot().ID, func(s Standing) {
		j.mu.Lock()
		defer j.mu.Unlock()
		j.standing = s
	})
}
