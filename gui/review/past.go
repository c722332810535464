package review

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/sopyo/sopyo-desktop/domain/decisions"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
	"github.com/sopyo/sopyo-desktop/gui/widgets/charts"
)

// lastRuns is how many transfers the small chart shows.
const lastRuns = 10

// found are the newest transfers, and the one that is shown: the one that was asked for, else the newest that stands.
type found struct {
	runs     []transfer.Run // the newest ones
	total    int
	run      transfer.Run
	ok       bool // there is a run to show
	standing decisions.Standing
}

// findRuns fetches them. wanted is a transfer that a person chose, 0: none.
func findRuns(ctx context.Context, co Company, wanted int64) (f found, err error) {
	for skip := 0; !f.ok; skip += lastRuns {
		runs, total, err := co.Runs(ctx, lastRuns, skip)
		if err != nil {
			return f, err
		}
		if skip == 0 {
			f.runs, f.total = runs, total
		}
		i := slices.IndexFunc(runs, func(r transfer.Run) bool {
			return r.ID == wanted || wanted == 0 && r.UndoneAt.IsZero()
		})
		if i >= 0 {
			f.run, f.ok = runs[i], true
		}
		if len(runs) == 0 || skip+len(runs) >= total {
			break
		}
	}
	if f.ok {
		f.standing, err = co.DecisionStanding(ctx, f.run.ID)
	}
	return f, err
}

// pastRuns is the small chart of the last transfers, with what it says in words.
type pastRuns struct {
	e      *env
	object fyne.CanvasObject
	bars   *charts.Bars
	words  *widgets.Text
	runs   []transfer.Run // from left to right: the oldest first
}

// newPastRuns makes the chart of the newest runs; pick is told the transfer that a person wants to see.
func newPastRuns(e *env, newest []transfer.Run, pick func(transfer.Run)) *pastRuns {
	p := &pastRuns{e: e, words: widgets.NewMuted(e.T("runs.chart.hint"))}
	p.runs = slices.Clone(newest)
	slices.Reverse(p.runs)
	p.bars = charts.NewBars(widgets.ColorBarBlue, widgets.ColorBarGreen, widgets.ColorBarOrange)
	p.bars.OnChosen = p.chosen
	p.bars.OnOpen = func(i int) { pick(p.runs[i]) }
	p.bars.SetEscape(e.Pop)
	legend := container.NewHBox()
	for _, c := range []struct {
		color fyne.ThemeColorName
		word  string
	}{{widgets.ColorBarBlue, "counters.transferred"}, {widgets.ColorBarGreen, "counters.matched"}, {widgets.ColorBarOrange, "counters.unmatched"}} {
		legend.Add(container.NewHBox(widgets.Centred(widgets.Swatch(c.color)), widgets.NewCaption(e.T(c.word)).OneLine()))
	}
	p.object = widgets.NewPanel(container.NewVBox(
		widgets.NewBorder(nil, nil, nil, legend, p.words), widgets.Inset(8, 0, p.bars)))
	p.draw()
	return p
}

// draw makes a bar of every run.
func (p *pastRuns) draw() {
	bars := make([]charts.Bar, len(p.runs))
	for i, r := range p.runs {
		bars[i] = charts.Bar{
			Label: p.e.DayMonth(r.CreatedAt), Whole: r.Counters.Transferred,
			Parts: []int{r.Counters.Matched, r.Counters.Unmatched}, Hollow: !r.UndoneAt.IsZero(),
		}
	}
	p.bars.SetBars(bars)
	p.chosen(-1)
}

// chosen words the bar that is chosen.
func (p *pastRuns) chosen(i int) {
	if i < 0 || i >= len(p.runs) {
		p.words.SetText(p.e.T("runs.chart.hint"))
		return
	}
	p.words.SetText(p.e.Run(p.runs[i]))
}
