package transfer

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// reasonsShown is how many reasons stand under the figures; the saved page has all of them.
const reasonsShown = 5

// planFigures are the three counts of a plan in small, each in its colour with its word, and under them
// why, and what changes in the catalogue.
type planFigures struct {
	e       *env
	row     fyne.CanvasObject // the counts
	reasons fyne.CanvasObject // why, and what changes
	counts  map[string]*widgets.Text
	why     *widgets.Text
	changes *widgets.Text
}

func newPlanFigures(e *env) *planFigures {
	f := &planFigures{e: e, counts: map[string]*widgets.Text{}, why: widgets.NewCaption(""), changes: widgets.NewBody("")}
	row := container.NewHBox(widgets.Gap(4))
	for _, c := range []struct {
		key   string
		color fyne.ThemeColorName
	}{{"matched", widgets.ColorGreen}, {"unmatched", widgets.ColorOrange}, {"skipped", widgets.ColorMuted}} {
		f.counts[c.key] = widgets.NewBody("").Bold().OneLine()
		row.Add(container.NewHBox(container.NewCenter(widgets.Swatch(c.color)), f.counts[c.key], widgets.Gap(8)))
	}
	f.row, f.reasons = row, container.NewVBox(f.why, f.changes)
	return f
}

func (f *planFigures) set(p transfer.Plan) {
	var why []string
	more := 0
	for _, sum := range f.e.Sums(p.Forecast) {
		t, ok := f.counts[sum.Key]
		if !ok {
			continue
		}
		t.SetText(f.e.T("counters.quiet", sum.Name, sum.N))
		for _, part := range sum.Parts {
			if len(why) == reasonsShown {
				more += part.N
				continue
			}
			why = append(why, f.e.T("counters.quiet", part.Name, part.N))
		}
	}
	if more > 0 {
		why = append(why, f.e.T("counters.quiet", f.e.T("plan.other"), more))
	}
	widgets.SetOrHide(f.why, strings.Join(why, " · "))
	f.changes.SetText(changesLine(f.e, p.Forecast) + " " + f.e.T("plan.spent", p.Cost.Reads))
}

// changesLine says what changes in the catalogue.
func changesLine(e *env, f transfer.Forecast) string {
	named := func(key string, n int) string {
		if n == 0 {
			return ""
		}
		return e.T("counters.quiet", e.T(key), n)
	}
	said := words.Listed(" · ", named("plan.prices", f.Prices), named("plan.stocks", f.Stocks), named("plan.created", f.Created()))
	if said == "" {
		return e.T("plan.changes.none")
	}
	return said + "."
}
