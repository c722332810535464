// Package catalogue is Ürünler: the catalogue as a list, one product while it is edited, and the barcode doctor.
package catalogue

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// Page is Ürünler: the catalogue as a list, and in its place one product while it is edited.
type Page struct {
	e     *env
	root  *fyne.Container
	list  *productsList
	panel *productPanel // nil while no product is in view

	doctor   *doctorPage
	atDoctor bool // it stands in place of the list

	before []domain.Product                    // what undo brings back, at the revisions it had made; nil: nothing
	guards map[domain.ProductID]pricing.Guards // and their guards, of those that had others
	mended bool                                // the last change was the doctor's: that is what undo takes back
	back   *widgets.Button
	saving bool
}

// New makes the page.
func New(e *kit.Env, co Company) *Page {
	p := &Page{e: &env{e, co}}
	p.back = widgets.NewIconButton(p.e.T("products.undo"), theme.ContentUndoIcon(), p.Undo)
	p.list = newProductsList(p.e, listActs{p.Edit, p.shelve, p.sell, func() { p.OpenDoctor(); p.Show() }})
	p.root = container.NewStack(p.list.object)
	p.doctor = newDoctorPage(p.e, doctorActs{leave: p.leaveDoctor, edit: p.Edit, looked: p.list.showFindings, mended: p.doctorMended, takenBack: p.doctorTookBack})
	return p
}

// Content is always the same object.
func (p *Page) Content() fyne.CanvasObject { return widgets.Inset(12, 6, p.root) }

// Show fetches anew what is in view, and drops what was edited.
func (p *Page) Show() {
	if p.panel != nil {
		p.panel.Show()
		return
	}
	if p.atDoctor {
		p.doctor.show()
		return
	}
	p.list.show()
}

// Home is the list, without the product or the doctor that was open in front of it; one that is edited or mends stays.
func (p *Page) Home() {
	if p.Dirty() || p.atDoctor && p.doctor.task.Busy() {
		return
	}
	p.panel, p.atDoctor = nil, false
	p.put(p.list.object)
}

// OpenDoctor puts the barcode doctor in place of the list; it looks when the page is shown.
func (p *Page) OpenDoctor() {
	p.panel, p.atDoctor = nil, true
	p.put(p.doctor.object)
}

// ShowsDoctor tells whether the barcode doctor is in view.
func (p *Page) ShowsDoctor() bool { return p.atDoctor && p.panel == nil }

// leaveDoctor goes back to the list.
func (p *Page) leaveDoctor() {
	if p.e.Modal != nil {
		return
	}
	p.atDoctor = false
	p.put(p.list.object)
	p.list.Table.Renew()
	p.e.Win.Canvas().Focus(p.list.Table.Focusable())
}

// put brings an object into view in place of the one that is.
func (p *Page) put(o fyne.CanvasObject) {
	widgets.Leave(p.root)
	p.root.Objects = []fyne.CanvasObject{o}
	p.root.Refresh()
}

// Dirty tells whether the product in view was edited.
func (p *Page) Dirty() bool { return p.panel != nil && p.panel.Dirty() }

// Save saves the product in view.
func (p *Page) Save() {
	if p.panel != nil {
		p.panel.save()
	}
}

// SaveThen saves before the product is left.
func (p *Page) SaveThen(then func()) {
	if p.panel != nil {
		p.panel.saveThen(then)
	}
}

// FocusSearch puts the cursor into the search of the list.
func (p *Page) FocusSearch() bool {
	switch {
	case p.panel != nil:
		return false
	case p.atDoctor:
		return p.doctor.FocusSearch()
	default:
		return p.list.FocusSearch()
	}
}

// TypedKey takes Esc that no focused widget took: it leaves the product, or takes the marks away.
func (p *Page) TypedKey(k *fyne.KeyEvent) bool {
	switch {
	case k.Name != fyne.KeyEscape:
		return false
	case p.panel != nil:
		p.leavePanel()
	case p.atDoctor:
		p.doctor.escape()
	default:
		p.list.Table.Unmark()
	}
	return true
}

// Edit brings a product into view; one without an ID is new.
func (p *Page) Edit(product domain.Product) {
	p.panel = newProductPanel(p.e, product, panelActs{p.leavePanel, p.shelve, p.sell, p.saved})
	p.put(p.panel.object)
	p.panel.Show()
	p.e.Win.Canvas().Focus(p.panel.first)
}

// leavePanel goes back to the list; changes ask first.
func (p *Page) leavePanel() {
	if p.e.Modal == nil {
		p.e.Frame.Leave(p.closePanel)
	}
}

func (p *Page) closePanel() {
	p.panel = nil
	if p.atDoctor {
		p.put(p.doctor.object)
		p.doctor.examine()
		p.e.Win.Canvas().Focus(p.doctor.Table.Focusable())
		return
	}
	p.put(p.list.object)
	p.list.Table.Renew()
	p.e.Win.Canvas().Focus(p.list.Table.Focusable())
}

// shelve asks, if they are several, and puts products into the archive or takes them out.
func (p *Page) shelve(products []domain.Product, into bool) {
	state, key := domain.ProductActive, "products.restored"
	if into {
		state, key = domain.ProductArchived, "products.archived"
	}
	products = slices.DeleteFunc(slices.Clone(products), func(q domain.Product) bool {
		return (q.State == domain.ProductArchived) == into
	})
	if len(products) == 0 || p.e.Modal != nil {
		return
	}
	after := slices.Clone(products)
	for i := range after {
		after[i].State = state
	}
	act := func() { p.change(products, after, p.e.T(key, len(after))) }
	if !into || len(products) == 1 {
		act()
		return
	}
	p.e.Ask(p.e.T("products.archive.ask", len(products)), p.e.T("products.archive.text"),
		kit.Answer{Label: p.e.T("cancel")}, kit.Answer{Label: p.e.T("products.archive"), Importance: widget.HighImportance, Act: act})
}

// sell puts products on sale, or takes them out of it; what is in the archive stays there.
func (p *Page) sell(products []domain.Product, on bool) {
	state, key := domain.ProductPassive, "products.passive"
	if on {
		state, key = domain.ProductActive, "products.on-sale"
	}
	products = slices.DeleteFunc(slices.Clone(products), func(q domain.Product) bool {
		return q.State == state || q.State == domain.ProductArchived
	})
	if len(products) == 0 || p.e.Modal != nil {
		return
	}
	after := slices.Clone(products)
	for i := range after {
		after[i].State = state
	}
	p.change(products, after, p.e.T(key, len(after)))
}

// sellWord is what the command is called that puts products on sale, or takes them out of it.
func sellWord(e *env, on bool) string {
	if on {
		return e.T("products.sell")
	}
	return e.T("products.unsell")
}

// change saves products, remembers what they were, and says what was done.
func (p *Page) change(before, after []domain.Product, done string) {
	if p.saving {
		return
	}
	p.saving = true
	kit.Act(p.e.Env, "save", func(ctx context.Context) ([]domain.Product, error) {
		return p.e.co.SaveProducts(ctx, after...)
	}, func(saved []domain.Product, err error) {
		p.saving = false
		if err != nil {
			p.say(widgets.BannerError, p.e.Error(err))
			p.list.Table.Renew()
			return
		}
		p.remember(before, saved)
		p.say(widgets.BannerGood, done, p.back)
		p.list.Table.Unmark()
		if p.panel != nil {
			p.panel.Show()
			return
		}
		p.list.Table.Renew()
	})
}

// say tells what was done, or why not, in what is in view; the list tells it too when it comes back.
func (p *Page) say(kind widgets.BannerKind, text string, actions ...fyne.CanvasObject) {
	p.tell(kind, text, actions...)
	switch {
	case p.panel == nil:
	case kind == widgets.BannerError:
		p.panel.Bar.SetError(text)
	default:
		p.panel.Bar.SetNote(text)
	}
}

// tell says it in the list, or in the doctor if that is where one goes back to.
func (p *Page) tell(kind widgets.BannerKind, text string, actions ...fyne.CanvasObject) {
	if p.atDoctor {
		p.doctor.Said.Say(kind, text, actions...)
		return
	}
	p.list.Said.Say(kind, text, actions...)
}

// remember keeps what products were, for undo: it holds only as long as nobody else changes them.
func (p *Page) remember(before, saved []domain.Product) {
	p.before, p.guards, p.mended = nil, nil, false
	for i, now := range saved {
		was := before[i]
		was.Revision = now.Revision
		p.before = append(p.before, was)
	}
}

// saved remembers what the product in view was, and says that it was saved.
func (p *Page) saved(before, after domain.Product, guards *pricing.Guards) {
	p.remember([]domain.Product{before}, []domain.Product{after})
	if guards != nil {
		p.guards = map[domain.ProductID]pricing.Guards{before.ID: *guards}
	}
	p.tell(widgets.BannerGood, p.e.T("products.saved", after.Name), p.back)
}

// doctorMended makes a repair the last change; the doctor has said so.
func (p *Page) doctorMended() {
	p.mended = true
	p.list.Said.Hide()
}

// doctorTookBack tells that a repair was taken back.
func (p *Page) doctorTookBack(kind widgets.BannerKind, text string) {
	p.mended = false
	p.tell(kind, text)
	if !p.atDoctor {
		p.list.Table.Renew()
	}
}

// Undo takes the last change of the catalogue back; it is Ctrl+Z where no field has a use for it.
func (p *Page) Undo() {
	if p.mended && p.panel == nil {
		p.doctor.undo()
		return
	}
	if len(p.before) == 0 || p.saving || p.e.Modal != nil || p.Dirty() {
		return
	}
	before, guards := p.before, p.guards
	p.before, p.guards, p.saving = nil, nil, true
	kit.Act(p.e.Env, "save", func(ctx context.Context) ([]domain.Product, error) {
		edits := make([]pricing.Edit, len(before))
		for i, product := range before {
			edits[i].Product = product
			if g, ok := guards[product.ID]; ok {
				edits[i].Guards = &g
			}
		}
		return p.e.co.SaveEdits(ctx, edits...)
	}, func(_ []domain.Product, err error) {
		p.saving = false
		if err != nil {
			p.say(widgets.BannerError, p.e.T("products.undo.failed")+" "+p.e.Error(err))
		} else {
			p.say(widgets.BannerGood, p.e.T("products.undone", len(before)))
			if p.atDoctor {
				p.doctor.examine()
			}
		}
		if p.panel != nil {
			p.panel.Show()
		}
		p.list.Table.Renew()
	})
}
