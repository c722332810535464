package gui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// Open leaves what is in view, asking if it has changes, and shows p.
func (w *Window) Open(p kit.Place) {
	switch {
	case w.e.Modal != nil || p == w.at && w.covering == nil:
	case p.Section() && !w.sections.offers(p):
	default:
		w.Leave(func() { w.Bring(p) })
	}
}

// OpenHome is Open from the menu: it leads to what a page begins with, also where something of it is open.
func (w *Window) OpenHome(p kit.Place) {
	if w.e.Modal != nil {
		return
	}
	w.Leave(func() {
		if h, ok := w.pages[p].(kit.Homer); ok {
			h.Home()
			w.Bring(p)
			return
		}
		w.Open(p)
	})
}

// Bring puts a place into view without asking.
func (w *Window) Bring(p kit.Place) {
	w.uncover()
	if l, ok := w.pages[w.at].(kit.Leaver); ok && p != w.at {
		l.Left()
	}
	if p == kit.PlaceSettings {
		p = w.sections.current
	}
	var o fyne.CanvasObject
	if p.Section() {
		p = w.sections.bring(p, w.pages)
		o = w.sections.object
	} else {
		o = w.pages[p].Content()
	}
	if p != w.at {
		w.before = w.at
	}
	w.at = p
	w.put(o)
	w.jump()
	w.pages[p].Show()
	w.Drawn()
}

// Back uncovers what was covered, as it was left, and goes back to the page before from everywhere else.
func (w *Window) Back() {
	switch {
	case w.e.Modal != nil:
	case w.covering == nil:
		to := w.before
		if to == w.at || w.pages[to] == nil || to.Section() && !w.sections.offers(to) {
			to = kit.PlaceToday
		}
		w.Leave(func() { w.Bring(to) })
	case w.at.Section():
		w.uncover()
		w.put(w.sections.object)
	default:
		w.uncover()
		w.put(w.pages[w.at].Content())
	}
}

// Cover puts a page in the place of what is in view.
func (w *Window) Cover(with kit.Page) {
	if w.e.Modal != nil {
		return
	}
	w.uncover()
	w.covering = with
	w.put(with.Content())
	w.jump()
	with.Show()
	w.Drawn()
}

func (w *Window) uncover() {
	if p, ok := w.covering.(kit.Leaver); ok {
		p.Left()
	}
	w.covering = nil
}

// put fills the middle of the window.
func (w *Window) put(o fyne.CanvasObject) {
	widgets.Leave(w.body)
	w.body.Objects = []fyne.CanvasObject{o}
	if o != w.sections.object {
		w.body.Objects = []fyne.CanvasObject{container.NewWithoutLayout(w.inside), o}
	}
	w.body.Refresh()
	w.menu.mark(w.at)
}

// inView is what takes keys, searches and undoes.
func (w *Window) inView() kit.Page {
	if w.covering != nil {
		return w.covering
	}
	return w.pages[w.at]
}

// Leave goes on with then at once, or after the person said what becomes of the changes.
func (w *Window) Leave(then func()) { w.leaveOr(then, nil) }

// leaveOr is Leave with what happens when the person stays.
func (w *Window) leaveOr(then, stay func()) {
	w.e.AskLeave(w.pages[w.at], then, stay)
}

// SetBusy hides every section but Aktarım Durumu while a transfer works.
func (w *Window) SetBusy(busy bool) {
	if w.sections.setBusy(busy) {
		if busy && w.at.Section() && w.at != kit.PlaceTransfer {
			w.Bring(kit.PlaceTransfer)
		}
		w.Refresh()
	}
}

// OpenProduct shows a product in Ürünler.
func (w *Window) OpenProduct(id domain.ProductID) {
	if w.e.Modal == nil {
		w.Leave(func() {
			w.Bring(kit.PlaceProducts)
			w.products.Edit(domain.Product{ID: id})
		})
	}
}

// openDoctor brings the barcode doctor into view.
func (w *Window) openDoctor() {
	if w.e.Modal == nil && (w.at != kit.PlaceProducts || !w.products.ShowsDoctor()) {
		w.Leave(func() {
			w.products.OpenDoctor()
			w.Bring(kit.PlaceProducts)
		})
	}
}

// dropped opens a file that was dropped onto the window: a list of orders in Siparişler, another one in Dosyadan Al.
func (w *Window) dropped(_ fyne.Position, files []fyne.URI) {
	if w.e.Modal != nil || w.closed || len(files) == 0 || w.e.UnderWay() != "" {
		return
	}
	path := files[0].Path()
	kit.Newest(w.e, &w.drops, func(ctx context.Context) (bool, error) {
		_, err := w.co.Inspect(ctx, path, listing.Reading{})
		return listing.IsOrderList(err), nil
	}, func(list bool, _ error) {
		if w.e.Modal != nil || w.e.UnderWay() != "" {
			return
		}
		w.Leave(func() {
			if list {
				w.Bring(kit.PlaceOrders)
				w.orders.Open(path)
				return
			}
			w.Bring(kit.PlaceFiles)
			w.files.Open(path, listing.Reading{}, nil)
		})
	})
}
