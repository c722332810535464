package catalogue

import (
	"cmp"
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
	"github.com/sopyo/sopyo-desktop/gui/widgets/table"
)

// productPanel is one product: its fields left, and right what it is bound to and what it costs where.
type productPanel struct {
	*kit.Form[productDraft]
	e      *env
	acts   panelActs
	object fyne.CanvasObject
	first  *widgets.Entry

	title   *widgets.Text
	shelve  *widgets.Button
	sell    *widgets.Button
	entries map[string]*widgets.Entry
	filling bool

	pair      fyne.CanvasObject
	pairWhat  *widgets.Text
	pairWhy   *widgets.Text
	prices    *table.Table
	priceRows []table.Row
	priceWhy  *widgets.Text
	priceless *widgets.Text // stands for the prices while none is typed
	typing    *kit.Typing
	asked     int // which question about prices is the newest
}

// panelFormWidth is that of the fields; what is left is for prices.
const panelFormWidth = 470

// panelActs is what the panel does with the page around it.
type panelActs struct {
	leave  func()
	shelve func(products []domain.Product, into bool)
	sell   func(products []domain.Product, on bool)
	// saved is told what a product was and what it is; guards are what its guards were, nil: they stayed.
	saved func(before, after domain.Product, guards *pricing.Guards)
}

func newProductPanel(e *env, product domain.Product, acts panelActs) *productPanel {
	p := &productPanel{Form: kit.NewForm[productDraft](e.Env), e: e, acts: acts, entries: map[string]*widgets.Entry{}}
	p.typing = kit.NewTyping(e.Env, p.askPrices)
	p.Bar = widgets.NewSaveBar(e.T("products.save"), p.save)
	p.Same = productDraft.same
	p.Load = func(ctx context.Context, kept productDraft) (productDraft, error) {
		id := cmp.Or(kept.base.ID, product.ID) // a new one may have been saved meanwhile
		if id == 0 {
			return draftOfProduct(domain.Product{}, pricing.Guards{}, e.Lang), nil
		}
		found, _, err := e.co.ListProducts(ctx, domain.ProductQuery{ID: id})
		if err == nil && len(found) == 0 {
			err = domain.E(domain.KindNotFound, "read the product", nil)
		}
		if err != nil {
			return productDraft{}, err
		}
		guards, err := e.co.ProductGuards(ctx, id)
		if err != nil {
			return productDraft{}, err
		}
		return p.withFacts(ctx, draftOfProduct(found[0].Product, guards, e.Lang))
	}
	p.Check = func(d productDraft) error {
		if _, err := d.product(e.Lang); err != nil {
			return err
		}
		_, err := d.guards(e.Lang)
		return err
	}
	p.Store = p.write
	p.Fill = p.draw
	p.makeObject()
	return p
}

// write saves the draft and remembers what the product was.
func (p *productPanel) write(ctx context.Context, d productDraft) (productDraft, error) {
	product, err := d.product(p.e.Lang)
	if err != nil {
		return d, err
	}
	guards, err := d.guards(p.e.Lang)
	if err != nil {
		return d, err
	}
	edit := pricing.Edit{Product: product}
	if !d.sameGuards(draftOfProduct(d.base, d.kept, p.e.Lang)) {
		edit.Guards = &guards
	}
	saved, err := p.e.co.SaveEdits(ctx, edit)
	if err != nil {
		return d, err
	}
	return p.withFacts(ctx, draftOfProduct(saved[0], guards, p.e.Lang))
}

// withFacts adds where price and stock have come from, and what is sold already.
func (p *productPanel) withFacts(ctx context.Context, d productDraft) (productDraft, error) {
	var err error
	if d.origins, err = p.e.co.Origins(ctx, d.base.ID); err != nil {
		return d, err
	}
	if d.formers, err = p.e.co.Formers(ctx, d.base.ID); err != nil {
		return d, err
	}
	open, err := p.e.co.OpenQuantities(ctx)
	d.open = open[d.base.ID]
	return d, err
}

func (p *productPanel) save() { p.saveThen(nil) }

// saveThen is the form's, and keeps what the product was for undo.
func (p *productPanel) saveThen(then func()) {
	before, was := p.Kept.base, p.Kept
	p.SaveThen(func() {
		if after := p.Kept.base; before.ID != 0 && (after.Revision != before.Revision || !p.Kept.sameGuards(was)) {
			var guards *pricing.Guards
			if !p.Kept.sameGuards(was) {
				guards = &was.kept
			}
			p.acts.saved(before, after, guards)
		}
		if then != nil {
			then()
		}
	})
}

func (p *productPanel) makeObject() {
	e := p.e
	back := widgets.NewIconButton(e.T("rows.back"), theme.NavigateBackIcon(), p.acts.leave)
	p.title = widgets.NewTitle("")
	p.shelve = widgets.NewIconButton("", theme.DeleteIcon(), func() {
		if !p.Dirty() {
			kept := p.Kept.base
			p.acts.shelve([]domain.Product{kept}, kept.State != domain.ProductArchived)
		}
	})
	p.sell = widgets.NewButton("", func() {
		if !p.Dirty() {
			kept := p.Kept.base
			p.acts.sell([]domain.Product{kept}, kept.State != domain.ProductActive)
		}
	})
	rows := []fyne.CanvasObject{
		p.entry("name", func(d *productDraft) *string { return &d.name }),
		p.entry("code", func(d *productDraft) *string { return &d.code }),
		p.entry("barcode", func(d *productDraft) *string { return &d.barcode }),
		p.entry("brand", func(d *productDraft) *string { return &d.brand }),
		p.entry("price", func(d *productDraft) *string { return &d.price }),
		p.entry("minimum", func(d *productDraft) *string { return &d.minimum }),
		p.entry("cost", func(d *productDraft) *string { return &d.cost }),
		p.entry("stock", func(d *productDraft) *string { return &d.stock }),
		p.entry("vat_rate", func(d *productDraft) *string { return &d.vatRate }),
	}
	p.first = p.entries["name"]
	p.pairWhat, p.pairWhy = widgets.NewBody(""), widgets.NewMuted("")
	p.pair = container.NewVBox(widgets.NewBody(e.T("products.pair")).Bold(), p.pairWhat, p.pairWhy, widgets.Gap(2))
	p.priceWhy, p.priceless = widgets.NewMuted(e.T("products.why.pick")), widgets.NewMuted(e.T("products.why.first"))
	p.prices = table.New([]table.Column{
		{Title: e.T("products.marketplace"), Width: 108, Grow: 1},
		{Title: e.T("products.price"), Width: 88, Grow: 0.3, Right: true},
		{Title: e.T("products.why"), Width: 64, Grow: 3},
	}, p.givePrices)
	p.prices.OnSelected = func(r table.Row) { p.priceWhy.SetText(r.Detail) }
	for _, k := range []interface{ SetEscape(func()) }{back, p.sell, p.shelve, p.prices, p.Bar.Button()} {
		k.SetEscape(p.acts.leave)
	}
	right := widgets.NewBorder(
		container.NewVBox(p.pair, widgets.NewBody(e.T("products.prices")).Bold(), p.priceless), p.priceWhy, nil, nil, p.prices)
	p.object = widgets.NewBorder(
		container.NewVBox(widgets.NewBorder(nil, nil, back, container.NewHBox(widgets.Centred(p.sell), widgets.Centred(p.shelve)), p.title), widgets.Gap(4)), nil,
		widgets.FixedWidth(panelFormWidth, p.Layout(rows...)), nil, widgets.Inset(12, 0, right))
}

// entry makes the row of a field.
func (p *productPanel) entry(field string, of func(d *productDraft) *string) fyne.CanvasObject {
	f := widgets.NewEntry(p.e.T("products." + field + ".hint"))
	f.OnChanged = func(text string) {
		if p.filling {
			return
		}
		p.Edit(func(d *productDraft) { *of(d) = text })
		p.said(field)
	}
	f.OnSubmitted = func(string) { p.save() }
	f.SetEscape(p.acts.leave)
	p.entries[field] = f
	return p.Row(field, p.e.T("products."+field), f, p.e.T("products."+field+".help"))
}

// said checks a field while it is typed.
func (p *productPanel) said(field string) {
	if _, err := p.Now.product(p.e.Lang); err != nil && words.RefusedField(err) == field {
		p.Rows[field].SetError(p.e.Error(err))
	}
	if _, err := p.Now.guards(p.e.Lang); err != nil && words.RefusedField(err) == field {
		p.Rows[field].SetError(p.e.Error(err))
	}
	p.hints()
	if field != "price" && field != "minimum" && field != "cost" {
		return
	}
	p.typing.Typed()
}

func (p *productPanel) hints() {
	p.Rows["barcode"].SetHint(barcodeHint(p.e, domain.Barcode(p.Now.barcode)))
	var currency string
	if c := p.Now.base.Currency; c != "" {
		currency = p.e.T("products.currency.hint", p.e.T("currency."+string(c)))
	}
	p.Rows["price"].SetHint(strings.TrimSpace(currency + " " + p.why(p.e.PriceOrigin(p.Now.origins.Price, p.Now.formers))))
	p.Rows["stock"].SetHint(strings.TrimSpace(p.shown() + " " + p.why(p.e.StockOrigin(p.Now.origins.Stock, p.Now.formers))))
}

// shown says how much of the stock is sold in open orders, and what marketplaces are to be shown; "" where nothing is.
func (p *productPanel) shown() string {
	d := p.Now
	if d.open.IsZero() || !d.base.Stock.Valid {
		return ""
	}
	left := sync.Available(d.base.Stock.Decimal, d.open, decimal.Zero)
	return p.e.T("products.open-orders", domain.FormatNumber(d.open, p.e.Lang), domain.FormatNumber(left, p.e.Lang))
}

// why says where the value that is kept has come from, "" where nobody knows.
func (p *productPanel) why(said string) string {
	if said == "" {
		return ""
	}
	return p.e.T("products.origin", said)
}

// draw shows d in the fields.
func (p *productPanel) draw(d productDraft) {
	p.filling = true
	for field, text := range map[string]string{
		"name": d.name, "code": d.code, "barcode": d.barcode, "brand": d.brand, "price": d.price, "minimum": d.minimum, "cost": d.cost, "stock": d.stock, "vat_rate": d.vatRate,
	} {
		p.entries[field].SetText(text)
	}
	p.filling = false
	p.hints()
	p.title.SetText(p.e.T("products.new"))
	widgets.ShowIf(p.shelve, d.base.ID != 0)
	widgets.ShowIf(p.sell, d.base.ID != 0 && d.base.State != domain.ProductArchived)
	widgets.ShowIf(p.pair, d.base.ID != 0)
	if d.base.ID != 0 {
		p.title.SetText(d.name)
		p.shelve.SetText(p.e.T("products.archive"))
		p.sell.SetText(sellWord(p.e, d.base.State != domain.ProductActive))
		switch d.base.State {
		case domain.ProductArchived:
			p.title.SetText(p.e.T("products.title.archived", d.name))
			p.shelve.SetText(p.e.T("products.restore"))
		case domain.ProductPassive:
			p.title.SetText(p.e.T("products.title.passive", d.name))
		default:
		}
		p.askPair(d.base.ID)
	}
	p.askPrices()
	p.object.Refresh()
}

// askPair fetches what the product is bound to.
func (p *productPanel) askPair(id domain.ProductID) {
	type answer struct {
		pair transfer.Row
		ok   bool
	}
	kit.Background(p.e.Env, func(ctx context.Context) (answer, error) {
		pair, ok, err := p.e.co.Pair(ctx, id)
		return answer{pair, ok}, err
	}, func(a answer, err error) {
		if err != nil {
			p.pairWhat.SetText(p.e.Error(err))
			p.pairWhy.SetText("")
			return
		}
		what, why := pairLines(p.e, a.pair, a.ok)
		p.pairWhat.SetText(what)
		p.pairWhy.SetText(why)
		p.object.Refresh()
	})
}

// askPrices computes the prices of what is typed; while that is no product they stay.
func (p *productPanel) askPrices() {
	product, err := p.Now.product(p.e.Lang)
	if err != nil && words.RefusedField(err) == "price" {
		return
	}
	priced := product.ID != 0 || p.Now.price != "" // no marketplace lacks a price that nobody has typed yet
	for _, o := range []fyne.CanvasObject{p.prices, p.priceWhy} {
		widgets.ShowIf(o, priced)
	}
	widgets.ShowIf(p.priceless, !priced)
	if !priced {
		p.asked++
		p.priceRows = nil
		p.prices.Reload()
		return
	}
	guards, err := p.Now.guards(p.e.Lang)
	if err != nil {
		return
	}
	kit.Newest(p.e.Env, &p.asked, func(ctx context.Context) ([]table.Row, error) {
		offers, err := p.e.co.Offers(ctx, product, guards)
		return offerRows(p.e, offers), err
	}, func(rows []table.Row, err error) {
		if err != nil {
			p.priceWhy.SetText(p.e.Error(err))
			return
		}
		p.priceRows = rows
		p.priceWhy.SetText(p.e.T("products.why.pick"))
		p.prices.Reload()
	})
}

// offerRows makes a row for every marketplace: what makes its price in a few words, and step by step where the row is chosen.
func offerRows(e *env, offers []pricing.MarketOffer) []table.Row {
	rows := make([]table.Row, len(offers))
	for i, o := range offers {
		price, why := offerWords(e, o.Offer)
		rows[i] = table.Row{Cells: []string{o.Marketplace.Name, price, pricing.Gist(e.Words, e.Lang, o.Offer)}, Detail: o.Marketplace.Name + ": " + why}
	}
	return rows
}

// givePrices gives the table its rows; there are few, and they are at hand.
func (p *productPanel) givePrices(q table.Query, done func([]table.Row, int, bool)) {
	rows := p.priceRows
	done(kit.PageOf(rows, q.Limit, q.Offset), len(rows), true)
}
