package today

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// The measures of the page.
const (
	lineWidth  = 760
	stepHeight = 6
	stepGap    = 4
)

// day is the page of every day.
type day struct {
	e      *kit.Env
	ways   Ways
	object fyne.CanvasObject
	title  *widgets.Text
	setup  *fyne.Container // the steps of the set-up, till all are done
	waits  *fyne.Container
	fine   *fyne.Container
	facts  kit.Facts
	bare   bool     // products are here, and no backup of them is made
	shown  []string // what the lines say: they are made anew, and lose the focus, only when that has changed
}

func newDay(e *kit.Env, ways Ways) *day {
	d := &day{e: e, ways: ways, title: widgets.NewTitle("").OneLine(), setup: container.NewVBox(), waits: container.NewVBox(), fine: container.NewVBox()}
	d.object = container.NewVScroll(widgets.Inset(24, 18, widgets.MaxWidth(lineWidth, container.NewVBox(
		d.title, widgets.Gap(4), d.waits, d.setup, widgets.Gap(4), d.fine))))
	return d
}

// protect tells whether backups are made.
func (d *day) protect(bare bool) {
	if d.bare != bare {
		d.bare = bare
		d.set(d.facts)
	}
}

func (d *day) set(f kit.Facts) {
	d.facts = f
	d.title.SetText(d.e.T("today.title", longDay(d.e, d.e.Now())))
	waits, steps := f.Waits(), open(f)
	if f.HasRun && f.Run.State.Active() {
		waits = append(waits, kit.Wait{Key: "running", At: kit.PlaceTransfer})
	}
	fine := d.said(f, len(waits)+len(steps) == 0)
	var shown []string
	for _, f := range fine {
		shown = append(shown, f.words)
	}
	for _, w := range waits {
		shown = append(shown, d.words(w))
	}
	for _, s := range steps {
		shown = append(shown, s.Key)
	}
	if slices.Equal(shown, d.shown) {
		return
	}
	d.shown = shown
	d.waits.RemoveAll()
	if len(waits) > 0 {
		lines := container.NewVBox()
		for i, w := range waits {
			lines.Add(d.line(w, i == 0))
		}
		d.waits.Add(widgets.NewPanel(lines))
		d.waits.Add(widgets.Gap(4))
	}
	d.setup.RemoveAll()
	if len(steps) > 0 {
		d.setup.Add(d.steps(f, len(waits) == 0))
	}
	d.fine.RemoveAll()
	for _, f := range fine {
		d.fine.Add(fineLine(d.e, f))
	}
	for _, c := range []*fyne.Container{d.waits, d.setup, d.fine} {
		c.Refresh()
	}
}

// open gives the steps of the set-up that are not done.
func open(f kit.Facts) []kit.Step {
	var all []kit.Step
	for _, s := range f.Steps() {
		if !s.Done {
			all = append(all, s)
		}
	}
	return all
}

// words say what waits; what there is only one of has no number.
func (d *day) words(w kit.Wait) string {
	if w.N > 0 {
		return d.e.T("today."+w.Key, w.N)
	}
	return d.e.T("today." + w.Key)
}

// line is one thing that waits: the topmost has the blue button, the others a quiet one.
func (d *day) line(w kit.Wait, first bool) fyne.CanvasObject {
	act := func() { d.e.Frame.Open(w.At) }
	switch {
	case w.At == kit.PlaceReview:
		act = d.ways.Decide
	case w.Stage != "":
		act = func() { d.ways.Orders(w.Stage) }
	}
	verb := widgets.NewButton(d.e.T("today."+w.Key+".verb"), act)
	verb.Importance = widget.LowImportance
	if first {
		verb.Primary()
	}
	dot := theme.NewColoredResource(theme.NewThemedResource(theme.RadioButtonFillIcon()), theme.ColorNamePrimary)
	return widgets.NewBorder(nil, nil, container.NewHBox(widgets.Gap(2), widgets.Centred(widget.NewIcon(dot))),
		widgets.Centred(verb), widgets.NewBody(d.words(w)))
}

// steps is the thin bar of the set-up, what comes next, and the way there.
func (d *day) steps(f kit.Facts, first bool) fyne.CanvasObject {
	all := f.Steps()
	bar := container.New(layout.NewGridLayoutWithColumns(len(all)))
	done := 0
	for _, s := range all {
		fill := widgets.ColorLine
		if s.Done {
			fill = widgets.ColorBarGreen
			done++
		}
		bar.Add(widgets.FixedHeight(stepHeight, widgets.Inset(stepGap/2, 0, widgets.NewSurface(fill, "", stepHeight/2))))
	}
	next := open(f)[0]
	goOn := widgets.NewIconButton(d.e.T("today.go-on"), theme.NavigateNextIcon(), func() { d.e.Frame.Open(next.At) })
	goOn.IconPlacement, goOn.Importance = widget.ButtonIconTrailingText, widget.LowImportance
	if first {
		goOn.Primary()
	}
	said := d.e.T("today.steps", done, len(all), d.e.T("guide."+next.Key+".title"))
	return widgets.NewPanel(container.NewVBox(widgets.NewBorder(nil, nil, nil, widgets.Centred(goOn), widgets.NewBody(said)), bar))
}

// calm is something that is fine, or could be better, and where it is looked at; 0: nowhere.
type calm struct {
	words string
	at    kit.Place
	verb  string // the key of what is done there, "": it is looked at
}

// fineLine is a grey line: who wants to look at what it tells, or take it back, finds the way there.
func fineLine(e *kit.Env, f calm) fyne.CanvasObject {
	icon := theme.ConfirmIcon()
	if f.verb != "" {
		icon = theme.InfoIcon()
	}
	line := container.NewHBox(widgets.Gap(2),
		widgets.Centred(widget.NewIcon(theme.NewColoredResource(icon, widgets.ColorMuted))), widgets.Centred(widgets.NewMuted(f.words).OneLine()))
	if f.at != 0 {
		look := widgets.NewButton(e.T(cmp.Or(f.verb, "today.look")), func() { e.Frame.Open(f.at) })
		look.Importance = widget.LowImportance
		line.Add(look)
	}
	return line
}

// said is what is fine, and that nothing is backed up; rested tells that nothing waits.
func (d *day) said(f kit.Facts, rested bool) []calm {
	var all []calm
	if rested {
		all = append(all, calm{words: d.e.T("today.nothing")})
	}
	if f.Sync.HasLast {
		all = append(all, calm{words: d.e.LastSync(f.Sync, d.e.Now()), at: kit.PlaceSync})
	}
	if f.HasRun && !f.Run.State.Active() {
		at := f.Run.FinishedAt
		if at.IsZero() {
			at = f.Run.CreatedAt
		}
		said := d.e.T("today.run", d.e.Clock(at), f.Run.Counters.Transferred)
		if f.Run.State != transfer.StateDone {
			said += " · " + d.e.RunEnd(f.Run)
		}
		all = append(all, calm{words: said, at: kit.PlaceReview})
	}
	if d.bare {
		all = append(all, unprotected(d.e))
	}
	return all
}

// unprotected tells that products are here, and no backup of them is made.
func unprotected(e *kit.Env) calm {
	return calm{words: e.T("today.bare"), at: kit.PlaceBackup, verb: "today.bare.verb"}
}

// longDay words a day with the names of month and weekday: 26 Kasım Perşembe.
func longDay(e *kit.Env, t time.Time) string {
	t = t.In(domain.Istanbul)
	name := func(key string, i int) string { return strings.Split(e.T(key), " ")[i] }
	return e.T("today.day", t.Day(), name("today.months", int(t.Month())-1), name("today.days", int(t.Weekday())))
}
