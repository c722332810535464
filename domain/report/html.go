package report

import (
	_ "embed"
	"html/template"
	"io"
)

//go:embed report.html
var page string

var pageTemplate = template.Must(template.New("report").Parse(page))

// WriteHTML writes the report as one page that needs nothing else: no script, no picture, nothing from the
// network. It follows the reader's light or dark look, and prints black on white.
func (r Report) WriteHTML(w io.Writer, l Language) error {
	return pageTemplate.Execute(w, map[string]any{
		"Lang": l.Lang, "Title": r.Title(l), "Heading": l.T("report.title"), "Company": r.Company,
		"When": l.moment(r.At()), "State": l.T("state." + string(r.Run.State)), "Class": string(r.Run.State),
		"Lead": r.Lead(l), "Cause": r.cause(l),
		"Cards": r.cards(l), "Rest": r.rest(l), "Lists": r.lists(l), "Facts": r.facts(l),
		"Problems": r.problems(l), "ProblemsTitle": r.problemsTitle(l), "ProblemCount": r.ProblemCount, "More": r.more(l),
		"Columns": []string{
			l.T("export.code"), l.T("export.barcode"), l.T("export.name"), l.T("report.price"), l.T("export.stock"),
			l.T("export.outcome"), l.T("export.reason"),
		},
		"FactsTitle": l.T("report.facts"), "Footer": l.T("report.footer", l.moment(r.MadeAt)),
	})
}
