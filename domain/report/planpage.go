package report

import (
	_ "embed"
	"html/template"
	"io"
	"strings"
	"time"

	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/domain/words"
)

// PlanRows is how many rows of a plan a person is shown.
const PlanRows = 50

//go:embed planpage.html
var planPage string

var planTemplate = template.Must(template.New("plan").Parse(planPage))

// PlanPage is a plan for a person to read, for instance the accountant, who has no Sopyo.
type PlanPage struct {
	transfer.Document
	First  []transfer.Listed // its first rows
	MadeAt time.Time
}

// plannedRow is one row as the page shows it.
type plannedRow struct {
	Code, Barcode, Name, Product, Outcome, Class string
	Why                                          []string
	Price, Stock                                 change
}

// change is a value before and after.
type change struct {
	Before, After string
	Changed       bool
}

// Absent stands for what was not there before, where something is afterwards.
func (c change) Absent() string {
	if c.After == "" {
		return ""
	}
	return "–"
}

// WriteHTML writes the page: one file that needs nothing else, no script and
// nothing from the network. It follows the reader's light or dark look and prints black on white.
func (p PlanPage) WriteHTML(out io.Writer, w words.Words) error {
	var rows []plannedRow
	for _, r := range p.First {
		rows = append(rows, rowOfPlan(r, w))
	}
	lead := w.T("plan.lead", p.Read, p.Matched, p.Unmatched, p.Skipped)
	if p.Read == 0 {
		lead = w.T("plan.lead.empty")
	}
	more := ""
	if p.Read > len(rows) {
		more = w.T("plan.of", p.Read, len(rows))
	}
	sums := w.Sums(p.Forecast)
	return planTemplate.Execute(out, map[string]any{
		"Lang": w.Lang, "Title": w.T("plan.title.of", p.Name), "Heading": w.T("plan.title"), "Company": p.Name,
		"Lead": lead, "NotYet": w.T("plan.not-yet"), "Cards": sums[:3], "Lists": sums, "Number": w.Count,
		"Facts": p.facts(w), "FirstTitle": w.T("plan.first", len(rows)), "Rows": rows, "More": more,
		"Columns": map[string]string{
			"Code": w.T("plan.column.code"), "Barcode": w.T("plan.column.barcode"), "Name": w.T("plan.column.name"),
			"Why": w.T("plan.column.why"), "Product": w.T("plan.column.product"),
			"Price": w.T("plan.column.price.now"), "NewPrice": w.T("plan.column.price.then"),
			"Stock": w.T("plan.column.stock.now"), "NewStock": w.T("plan.column.stock.then"),
		},
		"Footer": w.T("plan.footer", w.Moment(p.MadeAt)),
	})
}

func rowOfPlan(r transfer.Listed, w words.Words) plannedRow {
	p := r.Planned
	waiting := r.Row // what the plan said, whatever has become of the row since
	waiting.Outcome, waiting.Decided = transfer.OutcomePending, ""
	row := plannedRow{
		Code: string(r.Remote.Code), Barcode: string(r.Remote.Barcode), Name: r.Remote.Name, Product: r.ProductName,
		Class: string(p.Outcome), Why: w.Reasons(waiting),
		Price: change{w.MoneyIf(p.Before.Price, p.Before.Currency), w.MoneyIf(p.After.Price, p.After.Currency), p.Priced()},
		Stock: change{w.AmountIf(p.Before.Stock), w.AmountIf(p.After.Stock), p.Stocked()},
	}
	switch p.Outcome {
	case transfer.OutcomeMatched, transfer.OutcomeUnmatched, transfer.OutcomeSkipped, transfer.OutcomeFailed:
		row.Outcome = w.T("plan." + string(p.Outcome))
	case transfer.OutcomePending:
	}
	if p.Outcome == transfer.OutcomeUnmatched {
		row.Product = w.T("plan.becomes." + string(p.Becomes))
	}
	return row
}

// facts are pairs of a name and a value.
func (p PlanPage) facts(w words.Words) [][2]string {
	o := p.Options
	choices := []string{
		either(w, o.IncludePassive, "wizard.passive.in", "wizard.passive.out"),
		either(w, o.OnlyInStock, "wizard.stock.only", "wizard.stock.any"),
	}
	if o.ByBarcode {
		choices = append(choices, w.T("wizard.match.barcode"))
	}
	if o.ByCode {
		choices = append(choices, w.T("wizard.match.code"))
	}
	taken := []string{w.T("wizard.fields.only")}
	for _, f := range []struct {
		on  bool
		key string
	}{{o.TakeName, "name"}, {o.TakeBrand, "brand"}, {o.TakeVAT, "vat"}} {
		if f.on {
			taken = append(taken, w.T("wizard.fields.and."+f.key))
		}
	}
	choices = append(choices, w.T("wizard.price.value", o.Currency.Symbol()))
	if o.Limit > 0 {
		choices = append(choices, w.T("plan.choice.limit", o.Limit))
	}
	facts := [][2]string{
		{w.T("plan.read-at"), w.Moment(p.ReadAt)},
		{w.T("plan.cost"), w.T("plan.cost.value", p.Cost.Reads, p.Cost.Writes) + ". " + w.T("plan.cost.none")},
		{w.T("plan.choices"), strings.Join(choices, " · ")},
		{w.T("wizard.fields"), strings.Join(taken, ", ")},
	}
	if p.Firm != "" {
		facts = append([][2]string{{w.T("plan.firm"), p.Firm}}, facts...)
	}
	return facts
}

func either(w words.Words, on bool, yes, no string) string {
	if on {
		return w.T(yes)
	}
	return w.T(no)
}
