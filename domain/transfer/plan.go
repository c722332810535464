package transfer

import (
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/matching"
)

// Plan is what a run would do, counted when it was matched and kept for ever: also when the rows of an
// old run are gone, a report can set it against what came of it.
type Plan struct {
	RunID   int64
	Options Options
	ReadAt  time.Time // end of the read that it rests on
	MadeAt  time.Time
	Cost    Cost // of the whole read; carrying the plan out costs nothing more
	Forecast
}

// OldAt tells whether the plan is so old that a person is asked before it is carried out (rules.md §4).
func (p Plan) OldAt(now time.Time) bool { return now.Sub(p.ReadAt) > PlanLifetime }

// Forecast counts the rows of a plan. Always: Read = Matched + Unmatched + Skipped + Failed; the tiers
// add up to Matched and Failed, the reasons and what becomes of them to Unmatched, the skips to Skipped.
type Forecast struct {
	Read      int `json:"read"`
	Matched   int `json:"matched"`
	Unmatched int `json:"unmatched"`
	Skipped   int `json:"skipped"`
	// Failed rows changed while the plan was made, for instance under the hand of a person.
	Failed int `json:"failed"`

	Tiers   map[matching.Tier]int   `json:"tiers"`
	Reasons map[matching.Reason]int `json:"reasons"` // why unmatched
	Skips   map[matching.Reason]int `json:"skips"`   // why skipped
	Flags   map[matching.Flag]int   `json:"flags"`   // of matched and unmatched rows
	Becomes map[Unmatched]int       `json:"becomes"` // what the unmatched ones become
	Notes   map[Note]int            `json:"notes"`

	Prices int `json:"prices"` // matched products that get another price
	Stocks int `json:"stocks"` // and those that get another stock
}

// Add counts a planned row.
func (f *Forecast) Add(row Row) {
	p := row.Planned
	f.Read++
	switch p.Outcome {
	case OutcomeMatched:
		f.Matched++
		if p.Priced() {
			f.Prices++
		}
		if p.Stocked() {
			f.Stocks++
		}
	case OutcomeUnmatched:
		f.Unmatched++
		count(&f.Reasons, row.Reason)
		count(&f.Becomes, p.Becomes)
	case OutcomeSkipped:
		f.Skipped++
		count(&f.Skips, row.Reason)
	case OutcomeFailed, OutcomePending:
		f.Failed++
	}
	if row.Tier != matching.TierNone {
		count(&f.Tiers, row.Tier)
	}
	if row.Flag != matching.FlagNone && p.Outcome != OutcomeSkipped {
		count(&f.Flags, row.Flag)
	}
	for _, n := range p.Notes {
		count(&f.Notes, n)
	}
}

func count[K comparable](m *map[K]int, key K) {
	if *m == nil {
		*m = map[K]int{}
	}
	(*m)[key]++
}

// Transferred is the blue counter as planned.
func (f Forecast) Transferred() int { return f.Matched + f.Unmatched }

// Created is how many products the plan adds to the catalogue, drafts too.
func (f Forecast) Created() int { return f.Becomes[UnmatchedDraft] + f.Becomes[UnmatchedCreated] }

// Planned is what the plan says of one row. It is made by what applies the row later, from what stood in
// the catalogue when it was matched; no plan, no Outcome.
type Planned struct {
	Outcome Outcome
	Becomes Unmatched // of an unmatched row: listed, draft or created
	Notes   []Note
	// Before are the values of the partner, After what it, or the created product, will have. Rows that
	// touch no product have neither.
	Before, After Values
}

// Priced tells whether the row changes a price.
func (p Planned) Priced() bool {
	return !equal(p.Before.Price, p.After.Price) || p.After.Price.Valid && p.Before.Currency != p.After.Currency
}

// Stocked tells whether the row changes a stock.
func (p Planned) Stocked() bool { return !equal(p.Before.Stock, p.After.Stock) }

// Values are what a transfer always takes of a product.
type Values struct {
	Price    decimal.NullDecimal
	Currency domain.Currency // of Price
	Stock    decimal.NullDecimal
}

// ValuesOf gives those of p, which may be nil.
func ValuesOf(p *domain.Product) Values {
	if p == nil {
		return Values{}
	}
	return Values{Price: p.Price, Currency: p.Currency, Stock: p.Stock}
}

// Same compares values; 35 and 35.00 are the same.
func (v Values) Same(w Values) bool {
	return equal(v.Price, w.Price) && equal(v.Stock, w.Stock) && v.Currency == w.Currency
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

// Deviation says how what became of a row differs from what was planned, as the last part of the
// translation key "deviation.…"; "" = it does not.
type Deviation string

// The deviations.
const (
	DeviationNone    Deviation = ""
	DeviationFailed  Deviation = "failed"  // its product or binding had changed since the plan
	DeviationOutcome Deviation = "outcome" // it became something else: paired after a second try, or by hand
	DeviationValues  Deviation = "values"  // its product got another price or stock than planned
)

// Deviation compares the outcome of a row with its plan. A row without a plan, or that waits to be
// applied, does not deviate.
func (r Row) Deviation() Deviation {
	switch {
	case r.Planned.Outcome == "", r.Outcome == OutcomePending, r.Outcome == "":
		return DeviationNone
	case r.Outcome != r.Planned.Outcome && r.Outcome == OutcomeFailed:
		return DeviationFailed
	case r.Outcome != r.Planned.Outcome:
		return DeviationOutcome
	case !r.Applied.Same(r.Planned.After):
		return DeviationValues
	default:
		return DeviationNone
	}
}
