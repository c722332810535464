package monthend

import (
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain/words"
)

// controlBlock says whether İşbaşı has the same, and names what it has not.
func controlBlock(w words.Words, c Control) Block {
	b := Block{Heading: w.T("monthend.control"), Notes: []Note{{Text: verdict(w, c), Warning: !c.Agrees()}}}
	if !c.Asked {
		return b
	}
	b.Notes = append(b.Notes,
		Note{Text: w.T("monthend.control.here", c.Here.Invoices, c.Here.Cancelled, lira(w, c.Here.Total))},
		Note{Text: w.T("monthend.control.there", c.There.Invoices, c.There.Cancelled, lira(w, c.There.Total))},
		Note{Text: w.T("monthend.control.cost", c.Reads)})
	b.Columns = []Column{
		{w.T("monthend.number"), false, 4}, {w.T("monthend.difference"), false, 5}, {w.T("monthend.here"), true, 3}, {w.T("monthend.there"), true, 3},
	}
	for _, d := range c.Differences {
		b.Rows = append(b.Rows, Row{Cells: []string{d.Number, w.T("monthend.difference." + string(d.Why)), either(w, d.Here), either(w, d.There)}})
	}
	return b
}

func verdict(w words.Words, c Control) string {
	switch {
	case !c.Asked:
		return w.T("monthend.control.not-asked")
	case c.Agrees():
		return w.T("monthend.control.agrees")
	default:
		return w.T("monthend.control.differs", len(c.Differences))
	}
}

// changed names what is no longer what was sent.
func changed(w words.Words, s Source) Block {
	b := Block{
		Heading: w.T("monthend.changed"),
		Columns: []Column{
			{w.T("monthend.month-closed"), false, 3},
			{w.T("monthend.number"), false, 5},
			{w.T("monthend.date"), false, 3},
			{w.T("monthend.buyer"), false, 5},
			{w.T("monthend.change"), false, 4},
			{w.T("monthend.before"), true, 3},
			{w.T("monthend.after"), true, 3},
		},
	}
	for _, c := range s.Changes {
		b.Rows = append(b.Rows, Row{Cells: []string{
			w.T("monthend.closed-on", c.Month.String(), w.Date(c.ClosedAt)), c.Number, w.Date(c.Date), c.Buyer, w.T("monthend.change." + string(c.What)),
			either(w, c.Before), either(w, c.After),
		}})
	}
	return b
}

// either words an amount that only one side may have.
func either(w words.Words, d decimal.NullDecimal) string {
	if !d.Valid {
		return w.T("none")
	}
	return lira(w, d.Decimal)
}

// controlText is the control as a file of its own: the result, both sides, and a line for each difference.
func controlText(w words.Words, s Source, c Control) Text {
	var t strings.Builder
	fmt.Fprintf(&t, "%s\n\n", w.T("monthend.control.title", s.Company, s.Month.String()))
	for _, n := range controlBlock(w, c).Notes {
		fmt.Fprintln(&t, n.Text)
	}
	if len(c.Differences) > 0 {
		fmt.Fprintln(&t)
	}
	for _, d := range c.Differences {
		fmt.Fprintln(&t, w.T("monthend.control.line", d.Number, w.T("monthend.difference."+string(d.Why)), either(w, d.Here), either(w, d.There)))
	}
	if b := changed(w, s); len(b.Rows) > 0 {
		fmt.Fprintf(&t, "\n%s\n", b.Heading)
		for _, r := range b.Rows {
			fmt.Fprintln(&t, strings.Join(r.Cells, " · "))
		}
	}
	return Text(t.String())
}
