// Package invoices is Faturalar: the invoices at İşbaşı, what waits of them, and tasks about them.
package invoices

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// Page is Faturalar: a list of the invoices, and sheets in front of it.
type Page struct {
	*kit.Leaves
	e *env
}

// New makes the page.
func New(k *kit.Env, co Company) *Page {
	e := &env{k, co, &kit.Leaves{Said: widgets.NewBanner()}}
	p := &Page{Leaves: e.Leaves, e: e}
	p.Uncovered = p.Show
	p.Sheet = container.NewVBox(widgets.NewTitle(e.T("menu.invoices")).OneLine(), p.Said)
	p.Root = container.NewStack(p.Sheet)
	return p
}

// Content is always the same object.
func (p *Page) Content() fyne.CanvasObject { return widgets.Inset(10, 6, p.Root) }

// Show fetches anew.
func (p *Page) Show() {
	if l := p.Top(); l != nil {
		l.Show()
	}
}
