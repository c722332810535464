package transfer

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// rulesViewer is what Aktarım Kurallarını İncele opens: the rules of a transfer in plain sentences.
type rulesViewer struct{ object fyne.CanvasObject }

// ruleChapters are the headings with their sentences, in the order they are read (rules.md §2 and §4).
func ruleChapters() [][]string {
	return [][]string{
		{
			"rules.match.title", "rules.match.known", "rules.match.barcode", "rules.match.code", "rules.match.spelling",
			"rules.match.one", "rules.match.veto",
		},
		{
			"rules.reason.title", "rules.reason.bound-elsewhere", "rules.reason.repeated-remote",
			"rules.reason.repeated-local", "rules.reason.conflict", "rules.reason.ambiguous",
			"rules.reason.invalid-barcode", "rules.reason.no-code-no-barcode", "rules.reason.no-candidate",
		},
		{"rules.skip.title", "rules.skip.passive", "rules.skip.no-stock", "rules.skip.other-currency"},
		{
			"rules.value.title", "rules.value.price", "rules.value.currency", "rules.value.stock", "rules.value.empty",
			"rules.value.rules",
		},
		{"rules.end.title", "rules.end.counts", "rules.end.changed"},
	}
}

func newRulesViewer(e *env) *rulesViewer {
	page := container.NewVBox()
	for _, chapter := range ruleChapters() {
		page.Add(widgets.NewText(e.T(chapter[0]), theme.ColorNameForeground, theme.SizeNameText).Bold())
		for _, key := range chapter[1:] {
			page.Add(widgets.NewBody(e.T(key)))
		}
	}
	return &rulesViewer{object: container.NewVScroll(widgets.MaxWidth(760, page))}
}
