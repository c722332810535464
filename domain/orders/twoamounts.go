package orders

import (
	"cmp"
	"crypto/sha256"
	"slices"

	"github.com/shopspring/decimal"
)

// amountForm is how a source gets from what a line costs to what is to be invoiced for it (orders-invoices.md §1). Each
// is taken as it stands; where a package has both, nobody but its seller's accountant knows which one holds.
type amountForm uint8

// The forms; the zero value: none of them, or nothing tells them apart.
const (
	formReimbursed amountForm = 1 << iota // what the marketplace gives is paid by it, and lowers no invoice
	formDeducted                          // it lowers the invoice too
	formBoth       = formReimbursed | formDeducted
)

// rest is the row without what is to be invoiced for it.
func (c *columns) rest(row Row) [sha256.Size]byte {
	cells := slices.Clone(row.Cells)
	for _, i := range c.at[FieldInvoiced] {
		if i < len(cells) {
			cells[i] = ""
		}
	}
	return sha256.Sum256([]byte(joined(cells...)))
}

// onceEach leaves out rows that stand above already but for the form of their amount.
func onceEach(records []record) []record {
	at := map[[sha256.Size]byte]int{}
	var once []record
	for _, rec := range records {
		if i, again := at[rec.rest]; again && once[i].form|rec.form == formBoth {
			once[i].form = formBoth
			continue
		}
		if rec.form != 0 {
			at[rec.rest] = len(once)
		}
		once = append(once, rec)
	}
	return once
}

// contest makes all amounts of a package reimbursed ones where it has both forms.
func contest(records []record) {
	var forms amountForm
	for _, rec := range records {
		forms |= rec.form
	}
	if forms != formBoth {
		return
	}
	for i := range records {
		rec := &records[i]
		if rec.form == 0 {
			continue
		}
		rec.item.TwoAmounts = true
		if rec.deducted {
			rec.item.Discount = rec.item.Discount.Sub(rec.item.Platform)
		}
		rec.invoiced.Decimal = rec.item.Net()
	}
}

// TwoAmounts tells whether the source says of the order both that what the marketplace gives lowers the invoice and that
// it does not. The lines are then as if it did not; see Settle.
func (o *Order) TwoAmounts() bool {
	return slices.ContainsFunc(o.Lines, func(l Line) bool { return l.TwoAmounts })
}

// Settle is an order of TwoAmounts by one of them: deducted, what the marketplace gives lowers the invoice.
func (o Order) Settle(deducted bool) Order {
	o.Lines = slices.Clone(o.Lines)
	for i := range o.Lines {
		l := &o.Lines[i]
		if l.TwoAmounts && deducted {
			l.Discount = l.Discount.Add(l.Platform)
			if o.StatedTotal.Valid {
				o.StatedTotal.Decimal = o.StatedTotal.Decimal.Sub(l.Platform.Round(kurus))
			}
		}
		l.TwoAmounts = false
	}
	return o
}

// Contested is the order when its source has said the other amount before.
func (o Order) Contested(before Order) Order {
	if len(before.Lines) != len(o.Lines) || o.Key() != before.Key() {
		return o
	}
	places, other := sortedPlaces(o.Lines), sortedPlaces(before.Lines)
	contested := o
	contested.Lines = slices.Clone(o.Lines)
	found := false
	for n, i := range places {
		now, was := &contested.Lines[i], &before.Lines[other[n]]
		if !now.sameBut(was) {
			return o
		}
		switch {
		case now.Platform.IsZero() || now.PerUnit:
			if !now.Discount.Equal(was.Discount) {
				return o
			}
			continue
		case now.Discount.Equal(was.Discount):
			now.TwoAmounts = now.TwoAmounts || was.TwoAmounts
		case now.Discount.Equal(was.Discount.Add(now.Platform)): // deducted now, reimbursed before
			now.Discount, now.TwoAmounts = was.Discount, true
		case was.Discount.Equal(now.Discount.Add(now.Platform)):
			now.TwoAmounts = true
		default:
			return o
		}
		found = found || now.TwoAmounts
	}
	if !found {
		return o
	}
	if contested.StatedTotal.Valid {
		contested.StatedTotal.Decimal = o.StatedTotal.Decimal.Add(contested.Total().Sub(o.Total()))
	}
	return contested
}

// sameBut tells whether two lines are the same but for their discount.
func (l *Line) sameBut(o *Line) bool {
	same := func(a, b decimal.NullDecimal) bool { return a.Valid == b.Valid && a.Decimal.Equal(b.Decimal) }
	return l.ID == o.ID && l.Name == o.Name && l.Kind == o.Kind && l.PerUnit == o.PerUnit && l.Quantity.Equal(o.Quantity) && l.Unit.Equal(o.Unit) &&
		same(l.Amount, o.Amount) && l.Platform.Equal(o.Platform)
}

// sortedPlaces are the places of lines in an order that no file decides.
func sortedPlaces(lines []Line) []int {
	places := make([]int, len(lines))
	for i := range places {
		places[i] = i
	}
	slices.SortStableFunc(places, func(i, j int) int {
		a, b := &lines[i], &lines[j]
		return cmp.Or(
			cmp.Compare(a.ID, b.ID), cmp.Compare(a.Name, b.Name), a.Quantity.Cmp(b.Quantity), a.Unit.Cmp(b.Unit), a.Amount.Decimal.Cmp(b.Amount.Decimal),
			a.Platform.Cmp(b.Platform), a.Discount.Cmp(b.Discount),
		)
	})
	return places
}
