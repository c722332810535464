package monthend

import (
	"cmp"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Control holds the month's invoices here against those that İşbaşı lists.
type Control struct {
	Asked       bool
	Reads       int
	Here, There Count
	Differences []Difference // by number
}

// Count is how many invoices there are, and what the ones that are not cancelled come to.
type Count struct {
	Invoices, Cancelled int
	Total               decimal.Decimal
}

// Agrees tells whether both sides have the same, to the last invoice.
func (c Control) Agrees() bool { return c.Asked && len(c.Differences) == 0 }

// Difference is one invoice that the two sides do not have alike.
type Difference struct {
	Why         Deviation
	Number      string // İşbaşı's, where it has the invoice
	Here, There decimal.NullDecimal
}

// Deviation says in what they differ.
type Deviation string

// The deviations.
const (
	DeviationNotThere       Deviation = "not-there"
	DeviationNotHere        Deviation = "not-here"
	DeviationTotal          Deviation = "total"
	DeviationCancelledThere Deviation = "cancelled-there"
	DeviationCancelledHere  Deviation = "cancelled-here"
)

// control compares the invoices of one month, by İşbaşı's id, else by number.
func control(invoices []Invoice, l Listing) Control {
	c := Control{Asked: l.Asked, Reads: l.Reads}
	for _, i := range invoices {
		c.Here.add(i.State == StateCancelled, i.Total)
	}
	if !l.Asked {
		return c
	}
	listed := newIndex(l.Invoices)
	for _, row := range listed.rows {
		c.There.add(row.Cancelled, row.Total)
	}
	for _, i := range invoices {
		here := decimal.NewNullDecimal(i.Total)
		row, found := listed.take(i)
		if !found {
			c.Differences = append(c.Differences, Difference{DeviationNotThere, name(i), here, decimal.NullDecimal{}})
			continue
		}
		if why := deviation(i, row); why != "" {
			c.Differences = append(c.Differences, Difference{why, row.name(), here, decimal.NewNullDecimal(row.Total)})
		}
	}
	for _, row := range listed.left() {
		c.Differences = append(c.Differences, Difference{DeviationNotHere, row.name(), decimal.NullDecimal{}, decimal.NewNullDecimal(row.Total)})
	}
	slices.SortStableFunc(c.Differences, func(a, b Difference) int {
		return cmp.Or(cmp.Compare(a.Number, b.Number), cmp.Compare(a.Why, b.Why))
	})
	return c
}

func (c *Count) add(cancelled bool, amount decimal.Decimal) {
	c.Invoices++
	if cancelled {
		c.Cancelled++
		return
	}
	c.Total = c.Total.Add(amount)
}

// deviation gives in what an invoice differs from its row, "" when in nothing.
func deviation(i Invoice, row Listed) Deviation {
	switch cancelled := i.State == StateCancelled; {
	case row.Cancelled && !cancelled:
		return DeviationCancelledThere
	case cancelled && !row.Cancelled:
		return DeviationCancelledHere
	case !i.Total.Equal(row.Total):
		return DeviationTotal
	default:
		return ""
	}
}

// index finds the rows of a listing, each once. A list that changes while it is read may give a row twice.
type index struct {
	rows     []Listed
	taken    map[int]bool
	byID     map[domain.RemoteID]int
	byNumber map[string]int
}

func newIndex(rows []Listed) *index {
	x := &index{taken: map[int]bool{}, byID: map[domain.RemoteID]int{}, byNumber: map[string]int{}}
	rows = slices.SortedStableFunc(slices.Values(rows), func(a, b Listed) int {
		return cmp.Or(cmp.Compare(a.Number, b.Number), cmp.Compare(a.ID, b.ID), a.Total.Cmp(b.Total))
	})
	for _, row := range rows {
		if _, twice := x.byID[row.ID]; twice && row.ID != "" {
			continue
		}
		x.byID[row.ID], x.byNumber[row.Number] = len(x.rows), len(x.rows)
		x.rows = append(x.rows, row)
	}
	return x
}

// take gives the row of an invoice, and to nobody else after that.
func (x *index) take(i Invoice) (Listed, bool) {
	n, found := x.byID[i.RemoteID]
	if !found || i.RemoteID == "" {
		n, found = x.byNumber[i.Number]
		found = found && i.Number != ""
	}
	if !found || x.taken[n] {
		return Listed{}, false
	}
	x.taken[n] = true
	return x.rows[n], true
}

// left gives the rows that nobody took.
func (x *index) left() []Listed {
	var rows []Listed
	for n, row := range x.rows {
		if !x.taken[n] {
			rows = append(rows, row)
		}
	}
	return rows
}

// name is what an invoice is called by: its number, else what else is known of it.
func name(i Invoice) string { return cmp.Or(i.Number, i.ETTN, string(i.RemoteID)) }

func (l Listed) name() string { return cmp.Or(l.Number, string(l.ID)) }
