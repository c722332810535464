package review

import (
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

// pastRuns is the small chart of the last transfers, with what it says in words.
type pastRuns struct {
	s      *Page
	object fyne.CanvasObject
	bars   *widgets.Bars
	words  *widgets.Text
	all    *widgets.Button
	runs   []transfer.Run // from left to right: the oldest first
}

func newPastRuns(s *Page) *pastRuns {
	e := s.e
	p := &pastRuns{s: s, words: widgets.NewMuted(e.T("runs.chart.hint"))}
	p.bars = widgets.NewBars(widgets.ColorBarBlue, widgets.ColorBarGreen, widgets.ColorBarOrange)
	p.bars.OnChosen = p.chosen
	p.bars.OnOpen = func(i int) { s.pick(p.runs[i]) }
	p.all = widgets.NewIconButton("", theme.ListIcon(), func() { s.push(newRunList(s)) })
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

func (p *pastRuns) set(f found) {
	widgets.ShowIf(p.object, len(f.runs) > 0)
	p.runs = nil
	for i := len(f.runs) - 1; i >= 0; i-- {
		p.runs = append(p.runs, f.runs[i])
	}
	p.all.SetText(p.s.e.T("runs.all", f.total))
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
		p.words.SetText(p.s.e.T("runs.chart.hint"))
		return
	}
	p.words.SetText(p.s.e.Run(p.runs[i]))
}
