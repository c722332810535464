package report

import (
	_ "embed"
	"html/template"
	"io"

	"github.com/sopyo/sopyo-desktop/domain/words"
)

//go:embed report.html
var page string

var pageTemplate = template.Must(template.New("report").Parse(page))

// WriteHTML writes the report as one page that needs nothing else: no script, no picture, nothing from the
// network. It follows the reader's light or dark look, and prints black on white.
func (r Report) WriteHTML(out io.Writer, w words.Words) error {
	return pageTemplate.Execute(out, map[string]any{
		"Lang": w.Lang, "Title": r.Title(w), "Heading": w.T("report.title"), "Company": r.Company,
		"When": w.Moment(r.At()), "State": w.T("state." + string(r.Run.State)), "Class": string(r.Run.State),
		"Lead": r.Lead(w), "Cause": r.cause(w),
		"Cards": r.cards(w), "Rest": r.rest(w), "Lists": r.lists(w), "Facts": r.facts(w),
		"Problems": r.problems(w), "ProblemsTitle": r.problemsTitle(w), "ProblemCount": r.ProblemCount, "More": r.more(w),
		"Columns": []string{
			w.T("export.code"), w.T("export.barcode"), w.T("export.name"), w.T("report.price"), w.T("export.stock"),
			w.T("export.outcome"), w.T("export.reason"),
		},
		"FactsTitle": w.T("report.facts"), "Footer": w.T("report.footer", w.Moment(r.MadeAt)),
	})
}
