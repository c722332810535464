package orders

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// picksShown is how many products a search offers.
const picksShown = 20

// productPick is the choice of a product of the catalogue.
type productPick struct {
	e        *env
	picked   func(p domain.ListedProduct, remember bool)
	offered  []domain.ListedProduct
	asked    int
	object   fyne.CanvasObject
	search   *widgets.Entry
	lead     *widgets.Text
	picks    *widgets.Picks
	remember *widgets.Check // nil: nothing can be remembered
}

// newProductPick makes it for what a source calls name; market is who is remembered to mean the product by it, "" nobody.
func newProductPick(e *env, name, market string, picked func(p domain.ListedProduct, remember bool)) *productPick {
	p := &productPick{e: e, picked: picked, lead: widgets.NewMuted(""), picks: widgets.NewPicks(), search: widgets.NewEntry(e.T("rows.search"))}
	back := widgets.NewIconButton(e.T("rows.back"), theme.NavigateBackIcon(), e.Pop)
	typing := kit.NewTyping(e.Env, p.find)
	p.search.Icon = theme.SearchIcon()
	p.search.OnChanged = func(string) { typing.Typed() }
	p.search.OnSubmitted = func(string) { p.find() }
	p.picks.OnPicked = func(i int) { p.picked(p.offered[i], p.remember != nil && p.remember.Checked) }
	for _, k := range []interface{ SetEscape(func()) }{back, p.search, p.picks} {
		k.SetEscape(e.Pop)
	}
	title := e.T("orders.pick.title")
	head := container.NewVBox()
	if name != "" {
		head.Add(widgets.NewBody(e.T("orders.pick.of", name)))
	}
	head.Add(p.search)
	if market != "" {
		p.remember = widgets.NewCheck(e.T("orders.pick.remember", market), nil)
		p.remember.Checked = true
		p.remember.SetEscape(e.Pop)
		head.Add(p.remember)
	}
	head.Add(p.lead)
	p.object = widgets.NewBorder(container.NewVBox(widgets.NewBorder(nil, nil, back, nil, widgets.NewTitle(title)), head), nil, nil, nil,
		container.NewVScroll(widgets.Inset(6, 0, p.picks)))
	return p
}

// Content is always the same object.
func (p *productPick) Content() fyne.CanvasObject { return p.object }

// Show begins with the whole catalogue.
func (p *productPick) Show() {
	p.find()
	p.e.Win.Canvas().Focus(p.search)
}

// FocusSearch puts the cursor into the search.
func (p *productPick) FocusSearch() bool {
	p.e.Win.Canvas().Focus(p.search)
	return true
}

func (p *productPick) find() {
	sought := strings.TrimSpace(p.search.Text)
	kit.Newest(p.e.Env, &p.asked, func(ctx context.Context) ([]domain.ListedProduct, error) {
		found, _, err := p.e.co.ListProducts(ctx, domain.ProductQuery{
			Group: domain.ProductsCurrent, Search: sought, Most: picksShown, Sort: domain.ProductsByName, Limit: picksShown,
		})
		return found, err
	}, func(found []domain.ListedProduct, err error) {
		e := p.e
		if err != nil {
			p.lead.SetText(e.Error(err))
			return
		}
		p.offered = found
		picks := make([]widgets.Pick, len(found))
		for i, f := range found {
			price := e.MoneyIf(f.Price, f.Currency)
			if f.VATRate.Valid {
				price = strings.Join(kit.Filled(price, e.T("orders.pick.vat", percent(e, f.VATRate.Decimal))), " · ")
			}
			why := ""
			if f.Bound == "" {
				why = e.T("orders.pick.unbound")
			}
			picks[i] = widgets.Pick{
				Title: f.Name, Lines: kit.Filled(strings.Join(kit.Filled(string(f.Code), string(f.Barcode)), " · "), price), Why: why, Button: e.T("orders.pick.take"),
			}
		}
		p.picks.SetPicks(picks)
		switch {
		case len(found) == 0 && sought == "":
			p.lead.SetText(e.T("orders.pick.none"))
		case len(found) == 0:
			p.lead.SetText(e.T("rows.none.search", sought))
		default:
			p.lead.SetText(e.T("orders.pick.found", len(found)))
		}
		p.object.Refresh()
	})
}
