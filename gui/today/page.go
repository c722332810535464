// Package today is Bugün, the first page: what waits for the person, each with one verb, and what is fine in a grey line. On a
// machine that knows no İşbaşı yet it is the first run: an API key, or another way to the first products.
package today

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// Ways lead from the page to what the window does.
type Ways struct {
	// Authorise begins the authorisation in the browser with an API key; of the demo company it may be empty.
	Authorise func(known domain.Connection, key string)
	// Demo opens the demo company.
	Demo func()
	// Decide opens the products that wait for a decision.
	Decide func()
	// Orders opens the orders of a stage.
	Orders func(orders.Stage)
	// Unprotected tells whether the company has products, and no backup is made of them because no password was chosen. It may
	// block. nil: nobody keeps backups.
	Unprotected func(ctx context.Context) (bool, error)
}

// Page is Bugün.
type Page struct {
	e      *kit.Env
	object *fyne.Container
	empty  *firstRun
	day    *day
	loaded bool
	demo   bool
	ways   Ways
	asked  int
}

// New makes the page; demo tells that the company in view is the demo one.
func New(e *kit.Env, demo bool, ways Ways) *Page {
	p := &Page{e: e, empty: newFirstRun(e, demo, ways), day: newDay(e, ways), demo: demo, ways: ways}
	p.object = container.NewStack()
	return p
}

// Content is always the same object.
func (p *Page) Content() fyne.CanvasObject { return p.object }

// Show lets the window fetch what stands around the pages, and looks whether backups are made.
func (p *Page) Show() {
	p.e.Frame.Refresh()
	if p.demo || p.ways.Unprotected == nil {
		return
	}
	kit.Newest(p.e, &p.asked, p.ways.Unprotected, func(bare bool, err error) {
		bare = bare && err == nil // what the keyring does not tell is told on the page of backups
		p.day.protect(bare)
		widgets.ShowIf(p.empty.bare, bare)
	})
}

// ShowFacts shows what waits, or the first run while nothing was ever authorised or brought over.
func (p *Page) ShowFacts(f kit.Facts) {
	face := p.day.object
	if first := !f.Connection.Authorised && !f.HasRun && len(f.Waits()) == 0; first {
		p.empty.set(f.Connection)
		face = p.empty.object
	} else {
		p.day.set(f)
	}
	if p.loaded && p.object.Objects[0] == face {
		return
	}
	p.loaded = true
	widgets.Leave(p.object)
	p.object.Objects = []fyne.CanvasObject{face}
	p.object.Refresh()
}
