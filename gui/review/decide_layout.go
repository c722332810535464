package review

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// newDecidePanel makes the panel at a row of the list q, or, without one, at the first row that waits.
func newDecidePanel(e *env, d *decider, q transfer.Query, row transfer.Listed, at int) *decidePanel {
	p := &decidePanel{e: e, decider: d, walk: rowWalk{e.co, q}, said: widgets.NewBanner(), place: widgets.NewMuted("").OneLine()}
	p.stop = stop{row: row, at: at, ok: row.Remote.ID != ""}
	p.title = widget.NewLabelWithStyle(e.T("decide.title"), fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	p.title.Truncation = fyne.TextTruncateEllipsis
	p.back = widgets.NewIconButton(e.T("decide.take-back"), theme.ContentUndoIcon(), d.undo)
	leave := widgets.NewIconButton(e.T("rows.back"), theme.NavigateBackIcon(), e.Pop)
	p.prev = widgets.NewIconButton("", theme.NavigateBackIcon(), func() { p.step(-1) })
	p.next = widgets.NewIconButton("", theme.NavigateNextIcon(), func() { p.step(1) })
	p.ignore = widgets.NewIconButton(e.T("rows.command.ignore"), theme.VisibilityOffIcon(), func() { p.decide(transfer.DecideIgnore, 0) })
	p.create = widgets.NewIconButton(e.T("rows.command.create"), theme.ContentAddIcon(), func() { p.decide(transfer.DecideCreate, 0) })
	left, rest, right := p.makeLeft(), p.makeRest(), p.makeRight()
	for _, b := range []*widgets.Button{p.back, leave, p.prev, p.next, p.ignore, p.create, p.units} {
		b.SetEscape(e.Pop)
	}
	p.scroll = container.NewVScroll(widgets.NewBorder(nil, nil, nil, widgets.Gap(6), widgets.Pair(decideBeside, 0.5, left, right, rest)))
	p.over = container.NewVBox(widgets.NewMuted(e.T("rows.loading")))
	head := container.NewVBox(widgets.NewBorder(nil, nil, leave,
		container.NewHBox(widgets.Centred(p.place), p.prev, p.next), p.title), p.said)
	foot := container.NewVBox(widget.NewSeparator(), widgets.NewBorder(nil, nil, nil,
		container.NewHBox(p.ignore, p.create), widgets.NewCaption(e.T("decide.keys"))))
	p.body = widgets.NewBorder(nil, foot, nil, nil, p.scroll)
	p.body.Hide() // until the row has come
	p.object = widgets.NewBorder(head, nil, nil, nil, container.NewStack(p.body, p.over))
	return p
}

// decideBeside is the width from which the two sides stand beside each other.
const decideBeside = 680

// makeLeft makes the İşbaşı product.
func (p *decidePanel) makeLeft() fyne.CanvasObject {
	p.name, p.why = widgets.NewBody("").Bold(), widgets.NewBody("")
	p.facts = widgets.NewMuted("")
	p.wrong = widgets.NewText("", theme.ColorNameError, theme.SizeNameText)
	p.wrong.Hide()
	return container.NewVBox(widgets.NewCaption(p.e.T("decide.remote")), widgets.NewPanel(widgets.Tight(p.name, p.facts, p.why, p.wrong)))
}

// makeRest makes what else İşbaşı has: its other units, and the products that want the same.
func (p *decidePanel) makeRest() fyne.CanvasObject {
	p.clash = widgets.NewMuted("")
	p.rivals = widgets.NewPicks()
	p.rivals.SetEscape(p.e.Pop)
	p.rivals.OnPicked = p.toRival
	p.units = widgets.NewIconButton(p.e.T("decide.units"), theme.SearchIcon(), p.otherUnits)
	return container.NewVBox(container.NewHBox(p.units, layout.NewSpacer()), p.clash, p.rivals)
}

// makeRight makes what the product could be.
func (p *decidePanel) makeRight() fyne.CanvasObject {
	e := p.e
	p.search = widgets.NewEntry(e.T("decide.search"))
	p.search.Icon = theme.SearchIcon()
	p.typing = kit.NewTyping(e.Env, p.seek)
	p.search.OnChanged = func(string) { p.typing.Typed() }
	p.search.OnSubmitted = func(string) { p.seek() }
	p.search.OnUndo = p.decider.undo
	p.search.SetEscape(func() {
		if p.search.Text != "" {
			p.search.SetText("")
			return
		}
		p.e.Pop()
	})
	p.lead = widgets.NewMuted("")
	p.picks = widgets.NewPicks()
	p.picks.OnPicked = func(i int) { p.decide(transfer.DecidePair, i) }
	p.picks.OnMoved = func(int) { p.bringIntoView() }
	p.picks.OnUp = func() { p.e.Win.Canvas().Focus(p.search) }
	p.picks.SetEscape(p.e.Pop)
	return container.NewVBox(widgets.NewCaption(e.T("decide.local")), p.search, p.lead, p.picks)
}
