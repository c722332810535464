package gui

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// productsPage is Ürünler: the catalogue as a list, and in its place one product while it is edited.
type productsPage struct {
	e     *env
	w     *Window
	root  *fyne.Container
	list  *productsList
	panel *productPanel // nil while no product is in view

	doctor   *doctorPage // nil: the company has none
	atDoctor bool        // it stands in place of the list

	before []domain.Product                    // what undo brings back, at the revisions it had made; nil: nothing
	guards map[domain.ProductID]pricing.Guards // and their guards, of those that had others
	mended bool                                // the last change was the doctor's: that is what undo takes back
	back   *widgets.Button
	saving bool
}

func newProductsPage(w *Window) *productsPage {
	p := &productsPage{e: w.e, w: w}
	p.back = widgets.NewIconButton(p.e.t("products.undo"), theme.ContentUndoIcon(), p.undo)
	p.list = newProductsList(p)
	p.root = container.NewStack(p.list.object)
	if w.co.Doctor != nil {
		p.doctor = newDoctorPage(p)
	}
	return p
}

func (p *productsPage) content() fyne.CanvasObject { return widgets.Inset(12, 6, p.root) }

// show fetches anew what is in view, and drops what was edited.
func (p *productsPage) show() {
	if p.panel != nil {
		p.panel.show()
		return
	}
	if p.atDoctor {
		p.doctor.show()
		return
	}
	p.list.show()
}

// openDoctor brings the barcode doctor into view.
func (w *Window) openDoctor() {
	if w.e.modal != nil || w.goods == nil || w.goods.doctor == nil || w.view == viewProducts && w.goods.atDoctor && w.goods.panel == nil {
		return
	}
	w.page.leave(func() {
		p := w.goods
		p.panel, p.atDoctor = nil, true
		p.put(p.doctor.object)
		w.show(viewProducts)
	})
}

// leaveDoctor goes back to the list.
func (p *productsPage) leaveDoctor() {
	if p.e.modal != nil {
		return
	}
	p.atDoctor = false
	p.put(p.list.object)
	p.list.renew()
	p.e.win.Canvas().Focus(p.list.table.Focusable())
}

// put brings an object into view in place of the one that is.
func (p *productsPage) put(o fyne.CanvasObject) {
	widgets.Leave(p.root)
	p.root.Objects = []fyne.CanvasObject{o}
	p.root.Refresh()
}

func (p *productsPage) dirty() bool { return p.panel != nil && p.panel.dirty() }

func (p *productsPage) save() {
	if p.panel != nil {
		p.panel.save()
	}
}

// saveThen saves before the product is left.
func (p *productsPage) saveThen(then func()) {
	if p.panel != nil {
		p.panel.saveThen(then)
	}
}

// focusSearch puts the cursor into the search of the list.
func (p *productsPage) focusSearch() bool {
	if p.panel != nil {
		return false
	}
	search := p.list.search
	if p.atDoctor {
		search = p.doctor.search
	}
	p.e.win.Canvas().Focus(search)
	return true
}

// typedKey takes Esc that no focused widget took: it leaves the product, or takes the marks away.
func (p *productsPage) typedKey(k *fyne.KeyEvent) bool {
	switch {
	case k.Name != fyne.KeyEscape:
		return false
	case p.panel != nil:
		p.leavePanel()
	case p.atDoctor:
		p.doctor.escape()
	default:
		p.list.table.Unmark()
	}
	return true
}

// edit brings a product into view; one without an ID is new.
func (p *productsPage) edit(product domain.Product) {
	p.panel = newProductPanel(p, product)
	p.put(p.panel.object)
	p.panel.show()
	p.e.win.Canvas().Focus(p.panel.first)
}

// leavePanel goes back to the list; changes ask first.
func (p *productsPage) leavePanel() {
	if p.e.modal == nil {
		p.w.page.leave(p.closePanel)
	}
}

func (p *productsPage) closePanel() {
	p.panel = nil
	if p.atDoctor {
		p.put(p.doctor.object)
		p.doctor.examine()
		p.e.win.Canvas().Focus(p.doctor.table.Focusable())
		return
	}
	p.put(p.list.object)
	p.list.renew()
	p.e.win.Canvas().Focus(p.list.table.Focusable())
}

// shelve asks, if they are several, and puts products into the archive or takes them out.
func (p *productsPage) shelve(products []domain.Product, into bool) {
	state, key := domain.ProductActive, "products.restored"
	if into {
		state, key = domain.ProductArchived, "products.archived"
	}
	products = slices.DeleteFunc(slices.Clone(products), func(q domain.Product) bool {
		return (q.State == domain.ProductArchived) == into
	})
	if len(products) == 0 || p.e.modal != nil {
		return
	}
	after := slices.Clone(products)
	for i := range after {
		after[i].State = state
	}
	act := func() { p.change(products, after, p.e.t(key, len(after))) }
	if !into || len(products) == 1 {
		act()
		return
	}
	p.e.ask(p.e.t("products.archive.ask", len(products)), p.e.t("products.archive.text"),
		answer{label: p.e.t("cancel")}, answer{label: p.e.t("products.archive"), importance: widget.HighImportance, act: act})
}

// change saves products, remembers what they were, and says what was done.
func (p *productsPage) change(before, after []domain.Product, done string) {
	if p.saving {
		return
	}
	p.saving = true
	background(p.e, func(ctx context.Context) ([]domain.Product, error) {
		return p.e.co.Catalogue.SaveProducts(ctx, after...)
	}, func(saved []domain.Product, err error) {
		p.saving = false
		if err != nil {
			p.say(widgets.BannerError, errorText(p.e.text, err))
			p.list.renew()
			return
		}
		p.remember(before, saved)
		p.say(widgets.BannerGood, done, p.back)
		p.list.table.Unmark()
		if p.panel != nil {
			p.panel.show()
			return
		}
		p.list.renew()
	})
}

// say tells what was done, or why not, in what is in view; the list tells it too when it comes back.
func (p *productsPage) say(kind widgets.BannerKind, text string, actions ...fyne.CanvasObject) {
	p.tell(kind, text, actions...)
	switch {
	case p.panel == nil:
	case kind == widgets.BannerError:
		p.panel.bar.SetError(text)
	default:
		p.panel.bar.SetNote(text)
	}
}

// tell says it in the list, or in the doctor if that is where one goes back to.
func (p *productsPage) tell(kind widgets.BannerKind, text string, actions ...fyne.CanvasObject) {
	if p.atDoctor {
		p.doctor.said.Say(kind, text, actions...)
		return
	}
	p.list.said.Say(kind, text, actions...)
}

// remember keeps what products were, for undo: it holds only as long as nobody else changes them.
func (p *productsPage) remember(before, saved []domain.Product) {
	p.before, p.guards, p.mended = nil, nil, false
	for i, now := range saved {
		was := before[i]
		was.Revision = now.Revision
		p.before = append(p.before, was)
	}
}

// undo takes the last change of the catalogue back; it is Ctrl+Z where no field has a use for it.
func (p *productsPage) undo() {
	if p.mended && p.panel == nil {
		p.doctor.undo()
		return
	}
	if len(p.before) == 0 || p.saving || p.e.modal != nil || p.dirty() {
		return
	}
	before, guards := p.before, p.guards
	p.before, p.guards, p.saving = nil, nil, true
	background(p.e, func(ctx context.Context) ([]domain.Product, error) {
		saved, err := p.e.co.Catalogue.SaveProducts(ctx, before...)
		for id, g := range guards {
			if err == nil {
				err = p.e.co.Catalogue.SaveGuards(ctx, id, g)
			}
		}
		return saved, err
	}, func(_ []domain.Product, err error) {
		p.saving = false
		if err != nil {
			p.say(widgets.BannerError, p.e.t("products.undo.failed")+" "+errorText(p.e.text, err))
		} else {
			p.say(widgets.BannerGood, p.e.t("products.undone", len(before)))
			if p.atDoctor {
				p.doctor.examine()
			}
		}
		if p.panel != nil {
			p.panel.show()
		}
		p.list.renew()
	})
}
