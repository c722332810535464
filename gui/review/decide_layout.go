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

// newDecidePanel makes the panel at a row of the list q, which has that name, or, without one, at the first row that waits.
func newDecidePanel(e *env, d *decider, name string, q transfer.Query, row transfer.Listed, at int) *decidePanel {
	p := &decidePanel{e: e, decider: d, walk: rowWalk{e.co, q}, said: widgets.NewBanner(), place: widgets.NewMuted("").OneLine()}
	p.stop = stop{row: row, at: at, ok: row.Remote.ID != ""}
	p.back = widgets.NewIconButton(e.T("decide.take-back"), theme.ContentUndoIcon(), d.undo)
	leave := widgets.NewIconButton(e.T("rows.back"), theme.NavigateBackIcon(), e.Pop)
	p.prev = widgets.NewIconButton("", theme.NavigateBackIcon(), func() { p.step(-1) })
	p.next = widgets.NewIconButton("", theme.NavigateNextIcon(), func() { p.step(1) })
	p.makeSearch()
	p.makeLocal()
	p.makeRivals()
	foot := p.makeFoot()
	for _, b := range []*widgets.Button{p.back, leave, p.prev, p.next, p.ignore, p.create, p.pair, p.units, p.more} {
		b.SetEscape(e.Pop)
	}
	p.title = widget.NewLabelWithStyle(name, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	p.title.Truncation = fyne.TextTruncateEllipsis
	head := container.NewVBox(widgets.NewBorder(nil, nil, leave,
		container.NewHBox(widgets.Centred(p.place), p.prev, p.next), p.title), p.said)
	p.remote = newComparedRow(compared{})
	p.wrong = widgets.NewText("", theme.ColorNameError, theme.SizeNameText)
	p.wrong.Hide()
	over := container.NewVBox(newComparedHead(e), p.remote, p.wrong,
		widgets.NewBorder(nil, nil, nil, container.NewVBox(widgets.FixedWidth(searchWidth, p.search)), p.lead))
	p.scroll = widgets.Scrolled(p.local, container.NewHBox(p.more, layout.NewSpacer()), p.clash, p.rivals).(*container.Scroll)
	p.body = widgets.NewBorder(over, foot, nil, nil, p.scroll)
	p.body.Hide() // until the row has come
	p.over = container.NewVBox(widgets.NewMuted(e.T("rows.loading")))
	p.object = widgets.NewBorder(head, nil, nil, nil, container.NewStack(p.body, p.over))
	return p
}

// searchWidth is that of the search of the whole catalogue.
const searchWidth = 320

// makeSearch makes the search of the whole catalogue.
func (p *decidePanel) makeSearch() {
	p.search = widgets.NewEntry(p.e.T("decide.search"))
	p.search.Icon = theme.SearchIcon()
	p.typing = kit.NewTyping(p.e.Env, p.seek)
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
}

// makeLocal makes what the product could be.
func (p *decidePanel) makeLocal() {
	p.local = newComparison()
	p.local.OnPicked = func(int) { p.offerPair(); p.bringIntoView() }
	p.local.OnTaken = func(i int) { p.decide(transfer.DecidePair, i) }
	p.local.OnUp = func() { p.e.Win.Canvas().Focus(p.search) }
	p.local.SetEscape(p.e.Pop)
	p.more = widgets.NewIconButton("", theme.MenuDropDownIcon(), func() { p.all = true; p.suggest() })
	p.more.Importance = widget.LowImportance
}

// makeRivals makes what else İşbaşı has: the products that want the same.
func (p *decidePanel) makeRivals() {
	p.clash = widgets.NewMuted("")
	p.rivals = widgets.NewPicks()
	p.rivals.SetEscape(p.e.Pop)
	p.rivals.OnPicked = p.toRival
}

// makeFoot makes what can be decided.
func (p *decidePanel) makeFoot() fyne.CanvasObject {
	e := p.e
	p.units = widgets.NewIconButton(e.T("decide.units"), theme.SearchIcon(), p.otherUnits)
	p.units.Importance = widget.LowImportance
	p.ignore = widgets.NewIconButton(e.T("rows.command.ignore"), theme.VisibilityOffIcon(), func() { p.decide(transfer.DecideIgnore, 0) })
	p.create = widgets.NewIconButton(e.T("decide.create"), theme.ContentAddIcon(), func() { p.decide(transfer.DecideCreate, 0) })
	p.pair = widgets.NewIconButton(e.T("decide.pair"), theme.ConfirmIcon(), func() { p.decide(transfer.DecidePair, p.local.Picked()) })
	return container.NewVBox(widget.NewSeparator(), container.NewHBox(p.units, layout.NewSpacer(), p.ignore, p.create, p.pair))
}
