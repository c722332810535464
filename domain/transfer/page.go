package transfer

import (
	_ "embed"
	"html/template"
	"io"
	"strings"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// PageRows is how many rows of a plan a person is shown.
const PageRows = 50

//go:embed page.html
var pageText string

var pageTemplate = template.Must(template.New("plan").Parse(pageText))

// PlanPage is a plan for a person to read, for instance the accountant, who has no Sopyo.
type PlanPage struct {
	Document
	First  []Listed // its first rows
	MadeAt time.Time
}

// pageRow is one row as the page shows it.
type pageRow struct {
	Code, Barcode, Name, Product, Outcome, Class string
	Why                                          []string
	Price, Stock                                 pageChange
}

// pageChange is a value before and after.
type pageChange struct {
	Before, After string
	Changed       bool
}

// Absent stands for what was not there before, where something is afterwards.
func (c pageChange) Absent() string {
	if c.After == "" {
		return ""
	}
	return "–"
}

// WriteHTML writes the page in one language ("tr" or "en"): one file that needs nothing else, no script and
// nothing from the network. It follows the reader's light or dark look and prints black on white.
func (p PlanPage) WriteHTML(w io.Writer, words Words, lang string) error {
	number := func(n int) string { return domain.FormatInt(n, lang) }
	var rows []pageRow
	for _, r := range p.First {
		rows = append(rows, rowOfPage(r, words, lang))
	}
	lead := words.T("plan.lead", p.Read, p.Matched, p.Unmatched, p.Skipped)
	if p.Read == 0 {
		lead = words.T("plan.lead.empty")
	}
	more := ""
	if p.Read > len(rows) {
		more = words.T("plan.of", p.Read, len(rows))
	}
	sums := p.Sums(words)
	return pageTemplate.Execute(w, map[string]any{
		"Lang": lang, "Title": words.T("plan.title.of", p.Name), "Heading": words.T("plan.title"), "Company": p.Name,
		"Lead": lead, "NotYet": words.T("plan.not-yet"), "Cards": sums[:3], "Lists": sums, "Number": number,
		"Facts": p.facts(words, lang), "FirstTitle": words.T("plan.first", len(rows)), "Rows": rows, "More": more,
		"Columns": map[string]string{
			"Code": words.T("plan.column.code"), "Barcode": words.T("plan.column.barcode"), "Name": words.T("plan.column.name"),
			"Why": words.T("plan.column.why"), "Product": words.T("plan.column.product"),
			"Price": words.T("plan.column.price.now"), "NewPrice": words.T("plan.column.price.then"),
			"Stock": words.T("plan.column.stock.now"), "NewStock": words.T("plan.column.stock.then"),
		},
		"Footer": words.T("plan.footer", domain.FormatTime(p.MadeAt, lang)),
	})
}

func rowOfPage(r Listed, words Words, lang string) pageRow {
	p := r.Planned
	row := pageRow{
		Code: string(r.Remote.Code), Barcode: string(r.Remote.Barcode), Name: r.Remote.Name, Product: r.ProductName,
		Class: string(p.Outcome), Why: r.Why(words),
		Price: pageChange{p.Before.PriceWords(lang), p.After.PriceWords(lang), p.Priced()},
		Stock: pageChange{p.Before.StockWords(lang), p.After.StockWords(lang), p.Stocked()},
	}
	switch p.Outcome {
	case OutcomeMatched, OutcomeUnmatched, OutcomeSkipped, OutcomeFailed:
		row.Outcome = words.T("plan." + string(p.Outcome))
	case OutcomePending:
	}
	if p.Outcome == OutcomeUnmatched {
		row.Product = words.T("plan.becomes." + string(p.Becomes))
	}
	return row
}

// facts are pairs of a name and a value.
func (p PlanPage) facts(words Words, lang string) [][2]string {
	o := p.Options
	choices := []string{
		either(words, o.IncludePassive, "wizard.passive.in", "wizard.passive.out"),
		either(words, o.OnlyInStock, "wizard.stock.only", "wizard.stock.any"),
	}
	if o.ByBarcode {
		choices = append(choices, words.T("wizard.match.barcode"))
	}
	if o.ByCode {
		choices = append(choices, words.T("wizard.match.code"))
	}
	taken := []string{words.T("wizard.fields.only")}
	for _, f := range []struct {
		on  bool
		key string
	}{{o.TakeName, "name"}, {o.TakeBrand, "brand"}, {o.TakeVAT, "vat"}} {
		if f.on {
			taken = append(taken, words.T("wizard.fields.and."+f.key))
		}
	}
	choices = append(choices, words.T("wizard.price.value", o.Currency.Symbol()))
	if o.Limit > 0 {
		choices = append(choices, words.T("plan.choice.limit", o.Limit))
	}
	facts := [][2]string{
		{words.T("plan.read-at"), domain.FormatTime(p.ReadAt, lang)},
		{words.T("plan.cost"), words.T("plan.cost.value", p.Cost.Reads, p.Cost.Writes) + ". " + words.T("plan.cost.none")},
		{words.T("plan.choices"), strings.Join(choices, " · ")},
		{words.T("wizard.fields"), strings.Join(taken, ", ")},
	}
	if p.Firm != "" {
		facts = append([][2]string{{words.T("plan.firm"), p.Firm}}, facts...)
	}
	return facts
}

func either(words Words, on bool, yes, no string) string {
	if on {
		return words.T(yes)
	}
	return words.T(no)
}
