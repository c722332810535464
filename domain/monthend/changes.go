package monthend

import (
	"cmp"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Change is an invoice of a closed month that is no longer what the accountant was sent.
type Change struct {
	Month    Month // the closed one
	ClosedAt time.Time
	What     Altered
	Number   string
	Date     time.Time // of the invoice
	Buyer    string
	// Before and After are its totals then and now; one that is not valid: there was, or is, no such invoice.
	Before, After decimal.NullDecimal
}

// Altered says what is other than it was.
type Altered string

// What may be.
const (
	AlteredAdded     Altered = "added"
	AlteredGone      Altered = "gone"
	AlteredTotal     Altered = "total"
	AlteredCancelled Altered = "cancelled"
	AlteredReturned  Altered = "returned"
	AlteredValid     Altered = "valid" // again
)

// Since compares the invoices of a month as they were when it was closed with what they are now. Lines and
// documents are not looked at, nor is what is dated in another month.
func Since(m Month, closedAt time.Time, then, now []Invoice) []Change {
	then, now = of(m, then), of(m, now)
	before := map[domain.RemoteID]Invoice{}
	for _, i := range then {
		before[i.RemoteID] = i
	}
	var changes []Change
	add := func(i Invoice, what Altered, was, is decimal.NullDecimal) {
		changes = append(changes, Change{m, closedAt, what, name(i), i.Date, i.Buyer, was, is})
	}
	for _, i := range now {
		is := decimal.NewNullDecimal(i.Total)
		was, known := before[i.RemoteID]
		delete(before, i.RemoteID)
		switch {
		case !known:
			add(i, AlteredAdded, decimal.NullDecimal{}, is)
		case was.State != i.State:
			add(i, Altered(i.State), decimal.NewNullDecimal(was.Total), is)
		case !was.Total.Equal(i.Total):
			add(i, AlteredTotal, decimal.NewNullDecimal(was.Total), is)
		}
	}
	for _, i := range then {
		if _, gone := before[i.RemoteID]; gone {
			add(i, AlteredGone, decimal.NewNullDecimal(i.Total), decimal.NullDecimal{})
		}
	}
	return sortedChanges(changes)
}

func sortedChanges(all []Change) []Change {
	return slices.SortedStableFunc(slices.Values(all), func(a, b Change) int {
		return cmp.Or(cmp.Compare(a.Month.String(), b.Month.String()), cmp.Compare(a.Number, b.Number), cmp.Compare(a.What, b.What))
	})
}
