package monthend

import (
	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/words"
)

// Page is a document to be read, in words: what stands on it and in which order, not where.
type Page struct {
	Lang            string
	Title, Subtitle string
	Blocks          []Block
	// Footer words what stands below each page.
	Footer func(page, of int) string
}

// Block is a part of a page: a heading with sentences, a table, or both.
type Block struct {
	Heading string
	Notes   []Note
	Columns []Column // none: the block has no table
	Rows    []Row
}

// Note is a sentence; a warning is seen first.
type Note struct {
	Text    string
	Warning bool
}

// Column is one of a table.
type Column struct {
	Title  string
	Amount bool // under each other at the right, never broken
	Share  int  // of the width, against those of the others
}

// Row is one of a table. A strong one adds up those before it.
type Row struct {
	Cells  []string
	Strong bool
}

func page(w words.Words, s Source, sum Summary, c Control) Page {
	month := s.Month.In(w)
	p := Page{
		Lang:     w.Lang,
		Title:    s.Company,
		Subtitle: w.T("monthend.title", month, w.Date(s.Month.Begin()), w.Date(s.Month.End())),
		Footer: func(page, of int) string {
			return w.T("monthend.footer", s.Company, s.Month.String(), page, of)
		},
	}
	for _, b := range []Block{
		warnings(w, sum, c, len(s.Changes)), counts(w, sum), kinds(w, sum), behind(w, sum), open(w, s), toPlatform(w, sum),
		held(w, sum), controlBlock(w, c), changed(w, s),
	} {
		if len(b.Notes)+len(b.Rows) > 0 {
			p.Blocks = append(p.Blocks, b)
		}
	}
	return p
}

// warnings says first what the accountant has to know.
func warnings(w words.Words, sum Summary, c Control, changes int) Block {
	b := Block{Heading: w.T("monthend.warnings")}
	warn := func(due bool, key string, args ...any) {
		if due {
			b.Notes = append(b.Notes, Note{w.T(key, args...), true})
		}
	}
	warn(sum.Missing > 0, "monthend.warn.missing", sum.Missing)
	warn(sum.Late > 0, "monthend.warn.late", sum.Late, LateDays)
	warn(sum.Open > 0, "monthend.warn.open", sum.Open)
	warn(!c.Asked, "monthend.warn.not-asked")
	warn(len(c.Differences) > 0, "monthend.warn.differences", len(c.Differences))
	warn(changes > 0, "monthend.warn.changes", changes)
	warn(sum.NoPDF > 0, "monthend.warn.no-pdf", sum.NoPDF)
	warn(sum.NoUBL > 0, "monthend.warn.no-ubl", sum.NoUBL)
	if len(b.Notes) == 0 {
		b.Notes = []Note{{Text: w.T("monthend.warn.none")}}
	}
	return b
}

func counts(w words.Words, sum Summary) Block {
	b := Block{
		Heading: w.T("monthend.counts"),
		Columns: []Column{{Title: "", Share: 6}, {w.T("monthend.count"), true, 2}, {w.T("monthend.total"), true, 3}},
	}
	row := func(key string, n int, total decimal.NullDecimal) {
		b.Rows = append(b.Rows, Row{Cells: []string{w.T(key), w.Count(n), w.MoneyIf(total, domain.TRY)}})
	}
	row("monthend.issued", sum.Issued, valid(sum.Sales.Total.Add(sum.Void.Total)))
	row("monthend.cancelled", sum.Cancelled, valid(sum.Void.Total))
	row("monthend.valid", sum.Valid, valid(sum.Sales.Total))
	b.Rows[2].Strong = true
	row("monthend.returned", sum.Returned, decimal.NullDecimal{})
	row("monthend.missing", sum.Missing, decimal.NullDecimal{})
	row("monthend.open", sum.Open, decimal.NullDecimal{})
	return b
}

// kinds adds up the valid invoices by kind and rate.
func kinds(w words.Words, sum Summary) Block {
	b := Block{
		Heading: w.T("monthend.kinds"),
		Columns: []Column{
			{w.T("monthend.kind"), false, 4},
			{w.T("monthend.count"), true, 2},
			{w.T("monthend.rate-short"), true, 2},
			{w.T("monthend.base-short"), true, 3},
			{w.T("monthend.vat-short"), true, 3},
			{w.T("monthend.total"), true, 3},
		},
	}
	for _, k := range sum.Kinds {
		b.Rows = append(b.Rows, byRates(w, k.Sums, kind(w, k.Kind))...)
		b.Rows = append(b.Rows, Row{append([]string{w.T("monthend.sum-of", kind(w, k.Kind)), w.Count(k.Count), ""}, sums(w, k.Sums)...), true})
	}
	if len(sum.Kinds) > 1 {
		b.Rows = append(b.Rows, byRates(w, sum.Sales, w.T("monthend.all-kinds"))...)
		b.Rows = append(b.Rows, Row{append([]string{w.T("monthend.sum-of-all"), w.Count(sum.Valid), ""}, sums(w, sum.Sales)...), true})
	}
	return b
}

// byRates gives a row for each rate; what has none stands in one of its own.
func byRates(w words.Words, s invoicing.Sums, name string) []Row {
	var rows []Row
	for _, r := range s.Rates {
		rows = append(rows, Row{Cells: []string{
			name, "", domain.FormatPercent(r.Rate, w.Lang), lira(w, r.Base), lira(w, r.VAT), lira(w, r.Gross),
		}})
	}
	if rest := unrated(s); !rest.IsZero() {
		rows = append(rows, Row{Cells: []string{name, "", w.T("monthend.unrated"), "", "", lira(w, rest)}})
	}
	return rows
}

// sums are base, VAT and total in words.
func sums(w words.Words, s invoicing.Sums) []string {
	return []string{lira(w, s.Base), lira(w, s.VAT), lira(w, s.Total)}
}

// sumsIfRated are sums whose base and VAT are unknown where a part of the total has no known rate.
func sumsIfRated(w words.Words, s invoicing.Sums) []string {
	all := sums(w, s)
	if !unrated(s).IsZero() {
		all[0], all[1] = w.T("monthend.unrated"), w.T("monthend.unrated")
	}
	return all
}

func lira(w words.Words, d decimal.Decimal) string { return w.Money(d, domain.TRY) }

// behind adds up what was cancelled and came back.
func behind(w words.Words, sum Summary) Block {
	b := Block{
		Heading: w.T("monthend.behind"),
		Columns: append([]Column{{w.T("monthend.what"), false, 4}, {w.T("monthend.count"), true, 2}, {w.T("monthend.open-short"), true, 2}}, amountColumns(w)...),
	}
	for _, t := range sum.Tasks {
		b.Rows = append(b.Rows, Row{Cells: append([]string{w.T("monthend.what." + string(t.What)), w.Count(t.Count), w.Count(t.Open)}, sumsIfRated(w, t.Sums)...)})
	}
	return b
}

func amountColumns(w words.Words) []Column {
	return []Column{{w.T("monthend.base-short"), true, 3}, {w.T("monthend.vat-short"), true, 3}, {w.T("monthend.total"), true, 3}}
}

// open lists the tasks that wait for somebody.
func open(w words.Words, s Source) Block {
	b := Block{
		Heading: w.T("monthend.open-tasks"),
		Columns: append([]Column{
			{w.T("monthend.what"), false, 2}, {w.T("monthend.happened"), false, 3}, {w.T("monthend.number"), false, 4}, {w.T("monthend.buyer"), false, 5},
		}, amountColumns(w)...),
	}
	for _, t := range s.Tasks {
		if t.Open() {
			b.Rows = append(b.Rows, Row{Cells: append([]string{w.T("monthend.what." + string(t.What)), w.Date(t.At), t.Number, t.Buyer}, sumsIfRated(w, t.Sums)...)})
		}
	}
	return b
}

// toPlatform adds up what is to be invoiced to marketplaces.
func toPlatform(w words.Words, sum Summary) Block {
	b := Block{
		Heading: w.T("monthend.to-platform"),
		Columns: append([]Column{{w.T("monthend.marketplace"), false, 5}, {w.T("monthend.orders"), true, 2}}, amountColumns(w)...),
	}
	for _, p := range sum.Platform {
		b.Rows = append(b.Rows, Row{Cells: append([]string{p.Marketplace, w.Count(p.Count)}, sumsIfRated(w, p.Sums)...)})
	}
	if len(b.Rows) > 0 {
		b.Notes = []Note{{Text: w.T("monthend.to-platform.note")}}
	}
	return b
}

// held counts the orders without an invoice by what keeps them.
func held(w words.Words, sum Summary) Block {
	b := Block{
		Heading: w.T("monthend.held"),
		Columns: []Column{{w.T("monthend.reason"), false, 11}, {w.T("monthend.orders"), true, 2}},
	}
	for _, h := range sum.Hits {
		b.Rows = append(b.Rows, Row{Cells: []string{w.Hit(string(h.Hit)), w.Count(h.N)}})
	}
	return b
}
