package review

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// lastRuns is how many transfers the small chart shows.
const lastRuns = 10

// found are the newest transfers, and of all the newest that stands.
type found struct {
	runs  []transfer.Run // the newest ones
	total int
	run   transfer.Run
	ok    bool // there is a run that stands
}

// findRuns fetches the last transfers, and of these, or of those before them, the newest that stands.
func findRuns(ctx context.Context, co Runs) (found, error) {
	var f found
	for skip := 0; ; skip += lastRuns {
		runs, total, err := co.Runs(ctx, lastRuns, skip)
		if err != nil {
			return f, err
		}
		if skip == 0 {
			f.runs, f.total = runs, total
		}
		for _, r := range runs {
			if r.UndoneAt.IsZero() {
				f.run, f.ok = r, true
				return f, nil
			}
		}
		if len(runs) == 0 || skip+len(runs) >= total {
			return f, nil
		}
	}
}

// pastRuns is the small chart of the last transfers, with what it says in words.
type pastRuns struct {
	e      *env
	object fyne.CanvasObject
	bars   *widgets.Bars
	words  *widgets.Text
	all    *widgets.Button
	runs   []transfer.Run // from left to right: the oldest first
}

// newPastRuns makes the chart; pick is told the transfer that a person wants to see.
func newPastRuns(e *env, pick func(transfer.Run)) *pastRuns {
	p := &pastRuns{e: e, words: widgets.NewMuted(e.T("runs.chart.hint"))}
	p.bars = widgets.NewBars(widgets.ColorBarBlue, widgets.ColorBarGreen, widgets.ColorBarOrange)
	p.bars.OnChosen = p.chosen
	p.bars.OnOpen = func(i int) { pick(p.runs[i]) }
	p.all = widgets.NewIconButton("", theme.ListIcon(), func() { e.Push(newRunList(e, pick)) })
	legend := container.NewHBox()
	for _, c := range []struct {
		color fyne.ThemeColorName
		word  string
	}{{widgets.ColorBarBlue, "counters.transferred"}, {widgets.ColorBarGreen, "counters.matched"}, {widgets.ColorBarOrange, "counters.unmatched"}} {
		legend.Add(container.NewHBox(widgets.Centred(widgets.Swatch(c.color)), widgets.NewCaption(e.T(c.word)).OneLine()))
	}
	title := widgets.NewBody(e.T("runs.chart")).Bold().OneLine()
	p.object = container.NewVBox(widgets.NewPanel(container.NewVBox(
		container.NewHBox(title, layout.NewSpacer(), legend),
		widgets.Inset(8, 0, p.bars), p.words,
		container.NewHBox(p.all, layout.NewSpacer()))))
	p.object.Hide()
	return p
}

// set shows the newest runs of all.
func (p *pastRuns) set(newest []transfer.Run, all int) {
	widgets.ShowIf(p.object, len(newest) > 0)
	p.runs = slices.Clone(newest)
	slices.Reverse(p.runs)
	p.all.SetText(p.e.T("runs.all", all))
	p.draw()
}

// draw makes a bar of every run.
func (p *pastRuns) draw() {
	bars := make([]widgets.Bar, len(p.runs))
	for i, r := range p.runs {
		bars[i] = widgets.Bar{
			Label: r.CreatedAt.In(domain.Istanbul).Format("02.01"), Whole: r.Counters.Transferred,
			Parts: []int{r.Counters.Matched, r.Counters.Unmatched}, Hollow: !r.UndoneAt.IsZero(),
		}
	}
	p.bars.SetBars(bars)
	p.chosen(-1)
}

// counted takes a run's new counters.
func (p *pastRuns) counted(r transfer.Run) {
	for i := range p.runs {
		if p.runs[i].ID == r.ID {
			p.runs[i] = r
			p.draw()
		}
	}
}

// chosen words the bar that is chosen.
func (p *pastRuns) chosen(i int) {
	if i < 0 || i >= len(p.runs) {
		p.words.SetText(p.e.T("runs.chart.hint"))
		return
	}
	p.words.SetText(p.e.Run(p.runs[i]))
}
