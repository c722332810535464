// Package invoices is Faturalar: the invoices at İşbaşı, what waits of them, and tasks about them.
package invoices

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// Page is Faturalar: a list of the invoices under what waits for a person, and sheets in front of it.
type Page struct {
	*kit.Leaves
	e    *env
	list *recordList

	found found
	known bool // found has come
	asked int  // which question to the stores is the newest

	why       *widgets.Banner // what could not be fetched
	notices   *notices
	status    *statusPanel
	formalise *widgets.Button
	remove    *widgets.Button
}

// New makes the page. It shows the company's run at work, whoever has begun it.
func New(k *kit.Env, co Company, all AllMonths) *Page {
	e := &env{k, co, all, &kit.Leaves{Said: widgets.NewBanner()}}
	p := &Page{Leaves: e.Leaves, e: e, why: widgets.NewBanner()}
	p.Uncovered = p.back
	p.list = newRecordList(e, recordActs{open: p.open, marked: p.offer, menu: p.commands})
	p.notices = newNotices(e, noticeActs{lookUp: p.lookUp, again: p.again, drop: p.drop, goOn: p.goOn, tasks: p.openTasks})
	p.status = newStatusPanel(e)
	p.arrange()
	p.watch()
	return p
}

func (p *Page) arrange() {
	e := p.e
	settings := widgets.NewIconButton(e.T("invoices.settings"), theme.SettingsIcon(), func() { e.Push(newSettingsSheet(e)) })
	settings.Importance = widget.LowImportance
	month := widgets.NewIconButton(e.T("invoices.month.title"), theme.CalendarIcon(), p.openMonth)
	month.Importance = widget.LowImportance
	p.formalise = widgets.NewIconButton("", theme.ConfirmIcon(), p.openFormalise).Primary()
	p.remove = widgets.NewIconButton("", theme.DeleteIcon(), func() { p.takeBack(deletable(kit.Marked[invoicing.Record](p.list.Table))) })
	p.remove.Hide()
	p.formalise.Hide()
	p.Sheet = p.list.Layout(
		widgets.NewBorder(nil, nil, nil, container.NewHBox(layout.NewSpacer(), p.remove, p.formalise, month, settings), widgets.NewTitle(e.T("invoices.title")).OneLine()),
		p.why, p.Said, p.list.Said, p.status.object, p.notices.object, p.list.line())
	p.Root = widgets.NewSettled(p.Sheet)
}

// Home is the list, without the invoice that was open in front of it.
func (p *Page) Home() {
	if _, ok := p.Top().(*invoiceSheet); ok {
		p.Close()
	}
}

// Content is always the same object.
func (p *Page) Content() fyne.CanvasObject { return widgets.Inset(10, 6, p.Root) }

// Show fetches anew.
func (p *Page) Show() {
	if l := p.Top(); l != nil {
		l.Show()
		return
	}
	p.renew()
	p.list.FocusSearch()
}

// back is called when the list has come into view again: the keyboard stands in it.
func (p *Page) back() {
	p.renew()
	p.e.Win.Canvas().Focus(p.list.Table.Focusable())
}

// renew fetches anew how things stand, and the rows in view.
func (p *Page) renew() {
	p.load()
	p.list.Table.Renew()
}

func (p *Page) load() {
	kit.Newest(p.e.Env, &p.asked, p.e.find, func(f found, err error) {
		if err != nil {
			p.why.Say(widgets.BannerError, p.e.Error(err), widgets.NewButton(p.e.T("sync.retry"), p.renew))
			p.Sheet.Refresh()
			return
		}
		p.found, p.known = f, true
		p.why.Hide()
		p.notices.set(f)
		p.list.count(f.counts)
		p.offer()
		p.Sheet.Refresh()
	})
}

// changed fetches anew what an action has changed, and what stands around the page.
func (p *Page) changed() {
	p.list.Table.Unmark()
	p.renew()
	p.e.Frame.Refresh()
}

// tell says on the sheet what was done, or why not.
func (p *Page) tell(kind widgets.BannerKind, text string, actions ...fyne.CanvasObject) {
	p.e.Said.Say(kind, text, actions...)
	p.Sheet.Refresh()
}

// offer says on the buttons how many invoices they are for: those that are marked, else all that can be formalised.
func (p *Page) offer() {
	e := p.e
	marked := kit.Marked[invoicing.Record](p.list.Table)
	n := len(p.found.drafts)
	if len(marked) > 0 {
		n = len(p.found.sendable(marked))
	}
	p.formalise.SetText(e.T("invoices.formalise", n))
	widgets.ShowIf(p.formalise, p.known && (n > 0 || len(marked) > 0))
	widgets.EnableIf(p.formalise, n > 0 && p.status.work == nil)
	drafts := len(deletable(marked))
	p.remove.SetText(e.T("invoices.delete", drafts))
	widgets.ShowIf(p.remove, drafts > 0)
	widgets.EnableIf(p.remove, p.status.work == nil)
	p.notices.setBusy(p.status.work != nil)
	p.Sheet.Refresh()
}

// FocusSearch puts the cursor into the search in view.
func (p *Page) FocusSearch() bool {
	if p.Top() != nil {
		return p.Leaves.FocusSearch()
	}
	return p.list.FocusSearch()
}

// TypedKey takes the keys that nothing has the focus for.
func (p *Page) TypedKey(k *fyne.KeyEvent) bool {
	if p.Leaves.TypedKey(k) || p.Top() != nil {
		return true
	}
	switch k.Name {
	case fyne.KeyEscape:
		if len(p.list.Table.Marked()) == 0 {
			return false
		}
		p.list.Table.Unmark()
	case fyne.KeyUp, fyne.KeyDown:
		p.e.Win.Canvas().Focus(p.list.Table.Focusable())
	case fyne.KeyReturn, fyne.KeyEnter:
		if !p.formalise.Visible() || p.formalise.Disabled() {
			return false
		}
		p.openFormalise()
	default:
		return false
	}
	return true
}
