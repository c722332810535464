package pricing

import (
	"sync/atomic"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Laboratory tries price rules out on a catalogue before they are saved. The products come by one at a
// time; of each price only what a list is found and sorted by is kept (32 bytes), and what is shown of it
// is computed anew by Explain. Add is for one goroutine; afterwards the rest may be called from several.
type Laboratory struct {
	draft, saved Pricer
	columns      []*Column
	products     int
	changed      []bool          // by column: whether its rule is another one than that which holds
	noticed      decimal.Decimal // percent of change that is noticed
	trialList
}

// Stock is a product with what its prices depend on besides the rules.
type Stock struct {
	Product domain.Product
	Guards  Guards
	Last    LastPrices
}

var (
	// noticedChange is the percent of change that is noticed where the company has set none.
	noticedChange = decimal.NewFromInt(50)
	// noticedEnding is the percent of a price that its ending may move it by without being noticed.
	noticedEnding = decimal.NewFromInt(5)
)

// Column is one or more marketplaces at which every product costs the same, before and after.
type Column struct {
	Marketplaces []MarketplaceID
	Rule         *Rule // that is tried; nil: none
	Counts       Counts
	Plot         Plot
}

// Counts count prices: a product at a column is one.
type Counts struct {
	Prices, Moved, Blocked, Approval, Suspicious int
	Raised, Lowered, Same, Fresh                 int // against what there was before; Fresh: there was nothing
}

func (c *Counts) count(t Trial) {
	c.Prices++
	for _, f := range []struct {
		is   bool
		into *int
	}{
		{t.Found&FoundMoved != 0, &c.Moved},
		{t.Found&FoundBlocked != 0, &c.Blocked},
		{t.Found&FoundApproval != 0, &c.Approval},
		{t.Found&Suspicious != 0, &c.Suspicious},
		{t.New > t.Old && t.Old != NoKurus, &c.Raised},
		{t.New < t.Old && t.New != NoKurus, &c.Lowered},
		{t.New == t.Old && t.New != NoKurus, &c.Same},
		{t.New != NoKurus && t.Old == NoKurus, &c.Fresh},
	} {
		if f.is {
			*f.into++
		}
	}
}

// Add sums counts.
func (c Counts) Add(o Counts) Counts {
	return Counts{
		c.Prices + o.Prices, c.Moved + o.Moved, c.Blocked + o.Blocked, c.Approval + o.Approval, c.Suspicious + o.Suspicious,
		c.Raised + o.Raised, c.Lowered + o.Lowered, c.Same + o.Same, c.Fresh + o.Fresh,
	}
}

// NewLaboratory makes a laboratory for draft, compared with what holds now; alike are the marketplaces by
// columns, as Alike gives them.
func NewLaboratory(draft, saved Pricer, alike [][]MarketplaceID) *Laboratory {
	l := &Laboratory{draft: draft, saved: saved, noticed: noticedChange}
	if draft.MaxChange.Valid {
		l.noticed = draft.MaxChange.Decimal
	}
	for _, ms := range alike {
		rule := draft.Rules.For(ms[0])
		l.columns = append(l.columns, &Column{Marketplaces: ms, Rule: rule})
		l.changed = append(l.changed, !rule.Same(saved.Rules.For(ms[0])))
	}
	return l
}

// Columns gives what there is of each column so far.
func (l *Laboratory) Columns() []*Column { return l.columns }

// Products is how many products have come by.
func (l *Laboratory) Products() int { return l.products }

// Total adds the columns up.
func (l *Laboratory) Total() Counts {
	var all Counts
	for _, c := range l.columns {
		all = all.Add(c.Counts)
	}
	return all
}

// Add tries the rules on one more product.
func (l *Laboratory) Add(s Stock) {
	l.products++
	for i, c := range l.columns {
		tried := l.try(&l.draft, &l.saved, s, c)
		t := Trial{
			Product: s.Product.ID, Column: uint16(i), Found: tried.Found,
			Old: kurusOf(tried.Old), New: kurusOf(tried.Price),
		}
		c.Counts.count(t)
		c.Plot.add(t)
		l.trials = append(l.trials, t)
	}
}

// Tried is the price of a product at the marketplaces of a column with all that is to be said of it.
type Tried struct {
	Trial
	Offer        // under the tried rules
	Product      domain.Product
	Marketplaces []MarketplaceID
	Old          decimal.NullDecimal // that holds now: by the saved rules, or the approved one while a person has to let that go
	Approved     bool                // Old was approved by a person
}

// Explain computes a trial anew, with every step.
func (l *Laboratory) Explain(t Trial, s Stock) Tried {
	draft, saved := l.draft, l.saved
	draft.found, saved.found = nil, nil // the looked-up rates are not shared
	tried := l.try(&draft, &saved, s, l.columns[t.Column])
	tried.Trial = t
	return tried
}

func (l *Laboratory) try(draft, saved *Pricer, s Stock, c *Column) Tried {
	m := c.Marketplaces[0]
	previous := s.Last.At(m)
	t := Tried{Product: s.Product, Marketplaces: c.Marketplaces}
	t.Offer = draft.Offer(s.Product, s.Guards, m, previous)
	now := saved.Offer(s.Product, s.Guards, m, previous)
	t.Old = now.Price
	if now.Approval && previous.Valid {
		t.Old = previous
	}
	t.Approved = t.Old.Valid && previous.Valid && t.Old.Decimal.Equal(previous.Decimal)
	t.Found = l.findings(t)
	return t
}

func (l *Laboratory) findings(t Tried) (f Finding) {
	for _, x := range []struct {
		is bool
		f  Finding
	}{
		{t.Blocked, FoundBlocked},
		{t.Approval, FoundApproval},
		{t.warns(WarnBelowCost), FoundBelow},
		{t.warns(WarnNoPrice) || t.warns(WarnNoBase), FoundNoBase},
		{t.Price.Valid && t.Old.Valid && apart(t.Price.Decimal, t.Old.Decimal, l.noticed), FoundChange},
		{t.endingMoved(), FoundEnding},
		{t.Price.Valid != t.Old.Valid || !t.Price.Decimal.Equal(t.Old.Decimal), FoundMoved},
	} {
		if x.is {
			f |= x.f
		}
	}
	return f
}

func (t Tried) warns(w Warning) bool {
	for _, x := range t.Warnings {
		if x == w {
			return true
		}
	}
	return false
}

// StillSo tells whether the price, computed anew, still is what it was when it was tried.
func (t Tried) StillSo() bool {
	return kurusOf(t.Price) == t.New && (t.Found&FoundBlocked != 0) == t.Blocked
}

// Change is by how many percent the new price differs from the old one, rounded to two decimals; not valid
// when there is none of either.
func (t Tried) Change() decimal.NullDecimal {
	if !t.Price.Valid || !t.Old.Valid || !t.Old.Decimal.IsPositive() {
		return decimal.NullDecimal{}
	}
	return decimal.NewNullDecimal(t.Price.Decimal.Sub(t.Old.Decimal).Mul(hundred).DivRound(t.Old.Decimal, 2))
}

// endingMoved tells whether the ending changed the price by more than is noticed.
func (t Tried) endingMoved() bool {
	n := len(t.Steps)
	return n > 1 && t.Steps[n-1].Stage == StageEnding && apart(t.Steps[n-1].Price, t.Steps[n-2].Price, noticedEnding)
}

// apart tells whether p differs from before by more than that percent of before.
func apart(p, before, of decimal.Decimal) bool {
	return p.Sub(before).Abs().GreaterThan(percent(before, of))
}

// maxKurus is more than any price; what is above is shown exactly, but sorted as if it were this.
const maxKurus = int64(1) << 52

func kurusOf(p decimal.NullDecimal) int64 {
	switch {
	case !p.Valid:
		return NoKurus
	case p.Decimal.GreaterThan(decimal.New(maxKurus, -moneyDecimals)):
		return maxKurus
	default:
		return p.Decimal.Shift(moneyDecimals).IntPart()
	}
}

// Watch is how far a laboratory has come: whoever works writes, whoever waits reads.
type Watch struct{ done, of atomic.Int64 }

// Of notes how many products there are.
func (w *Watch) Of(n int) { w.of.Store(int64(n)) }

// Did counts a product.
func (w *Watch) Did() { w.done.Add(1) }

// Snapshot gives the products gone through, and how many there are; 0 while that is not known.
func (w *Watch) Snapshot() (done, of int) { return int(w.done.Load()), int(w.of.Load()) }
