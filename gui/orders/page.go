// Package orders is Siparişler: the orders that came, why they wait, and what makes invoices of them.
package orders

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// Page is Siparişler: a list of the orders, and sheets in front of it.
type Page struct {
	*kit.Leaves
	e *env
}

// New makes the page.
func New(k *kit.Env, co Company) *Page {
	e := &env{k, co, &kit.Leaves{Said: widgets.NewBanner()}}
	p := &Page{Leaves: e.Leaves, e: e}
	p.Uncovered = p.Show
	p.Sheet = container.NewVBox(widgets.NewTitle(e.T("menu.orders")).OneLine(), p.Said)
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
