package orders

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// typedSheet is an order that is typed in, by telephone for example: its invoice grows beside it.
type typedSheet struct {
	*kit.Form[typedDraft]
	e     *env
	saved func(k orders.Key)

	object  fyne.CanvasObject
	scroll  *container.Scroll
	entries map[string]*widgets.Entry
	buyer   *buyerForm
	known   *buyerSearch
	goods   *fyne.Container
	preview *fyne.Container
	filling bool
	stored  orders.Key
}

// typedDraft is such an order as it is typed.
type typedDraft struct {
	number, day, shipping, coupon string
	buyer                         buyerDraft
	lines                         []typedLine
	service                       decimal.NullDecimal // VAT of shipping; not edited
}

type typedLine struct {
	lineDraft
	product domain.ProductID
	code    domain.Code
	barcode domain.Barcode
	says    string // of the product
}

func (d typedDraft) same(o typedDraft) bool {
	return d.number == o.number && d.day == o.day && d.shipping == o.shipping && d.coupon == o.coupon && d.buyer == o.buyer && slices.Equal(d.lines, o.lines)
}

// newTypedSheet makes it; saved is told the order.
func newTypedSheet(e *env, saved func(k orders.Key)) *typedSheet {
	s := &typedSheet{
		Form: kit.NewForm[typedDraft](e.Env), e: e, saved: saved, entries: map[string]*widgets.Entry{}, goods: container.NewVBox(), preview: container.NewVBox(),
	}
	s.Bar = widgets.NewSaveBar(e.T("orders.type.save"), s.Save)
	s.Same = typedDraft.same
	s.Load = s.begin
	s.Check = func(d typedDraft) error { _, err := d.order(e); return err }
	s.Store = s.store
	s.Fill = s.draw
	s.layout()
	return s
}

// begin is an empty order with the next number.
func (s *typedSheet) begin(ctx context.Context, _ typedDraft) (typedDraft, error) {
	now := s.e.Now().In(domain.Istanbul)
	service, err := serviceVAT(ctx, s.e.co)
	if err != nil {
		return typedDraft{}, err
	}
	number, err := nextNumber(ctx, s.e.co, now.Year())
	return typedDraft{service: service, number: number, day: dayTyped(now), buyer: buyerDraft{kind: orders.BuyerPerson, country: "TR"}}, err
}

// nextNumber follows the numbers that were given in a year: E-2026-0001.
func nextNumber(ctx context.Context, co Orders, year int) (string, error) {
	prefix := fmt.Sprintf("E-%d-", year)
	list, _, err := co.ListOrders(ctx, orders.Query{Marketplace: typed, Search: prefix})
	last := 0
	for _, k := range list {
		if digits, ok := strings.CutPrefix(k.Number, prefix); ok {
			if n, err := strconv.Atoi(digits); err == nil {
				last = max(last, n)
			}
		}
	}
	return fmt.Sprintf("%s%04d", prefix, last+1), err
}

func (s *typedSheet) layout() {
	e := s.e
	back := widgets.NewIconButton(e.T("rows.back"), theme.NavigateBackIcon(), s.leave)
	add := widgets.NewIconButton(e.T("orders.type.line"), theme.ContentAddIcon(), s.addLine)
	for _, b := range []*widgets.Button{back, add, s.Bar.Button()} {
		b.SetEscape(s.leave)
	}
	s.buyer = newBuyerForm(e, s.Row, func(change func(b *buyerDraft)) { s.edit(func(d *typedDraft) { change(&d.buyer) }) }, s.leave)
	s.known = newBuyerSearch(e, func(b orders.Buyer) {
		s.edit(func(d *typedDraft) { d.buyer = draftOfBuyer(b) })
		s.filling = true
		s.buyer.draw(s.Now.buyer)
		s.filling = false
	}, s.leave)
	rows := []fyne.CanvasObject{
		widgets.Gap(2), s.entry("number", func(d *typedDraft) *string { return &d.number }), s.entry("day", func(d *typedDraft) *string { return &d.day }),
		widgets.NewSection(e.T("orders.sheet.buyer")), s.known.object,
	}
	rows = append(rows, s.buyer.order...)
	rows = append(rows, widgets.NewSection(e.T("orders.sheet.lines")), s.goods, container.NewHBox(widgets.Gap(2), add, layout.NewSpacer()), widgets.NewSection(e.T("orders.sheet.order")),
		s.entry("shipping", func(d *typedDraft) *string { return &d.shipping }), s.entry("coupon", func(d *typedDraft) *string { return &d.coupon }), widgets.Gap(6))
	s.scroll = container.NewVScroll(widgets.Inset(2, 0, container.NewVBox(rows...)))
	right := container.NewVScroll(widgets.Inset(6, 0, s.preview))
	s.object = widgets.NewBorder(widgets.NewBorder(nil, nil, back, nil, widgets.NewTitle(e.T("orders.type.title"))), nil,
		widgets.FixedWidth(orderFormWidth, widgets.NewBorder(nil, s.Bar, nil, nil, s.scroll)), nil, right)
}

func (s *typedSheet) entry(field string, of func(d *typedDraft) *string) fyne.CanvasObject {
	w := widgets.NewEntry("")
	w.OnChanged = func(text string) { s.edit(func(d *typedDraft) { *of(d) = text }) }
	w.SetEscape(s.leave)
	s.entries[field] = w
	return s.Row(field, s.e.T("orders.type."+field), w, s.e.T("orders.type."+field+".help"))
}

func (s *typedSheet) edit(change func(d *typedDraft)) {
	if s.filling || !s.Loaded {
		return
	}
	s.Form.Edit(func(d *typedDraft) {
		d.lines = slices.Clone(d.lines)
		change(d)
	})
	s.drawPreview()
}

// Content is always the same object.
func (s *typedSheet) Content() fyne.CanvasObject { return s.object }

// Show begins an order, and goes on with one that was begun: a product was chosen meanwhile.
func (s *typedSheet) Show() {
	if !s.Loaded {
		s.Form.Show()
	}
}

func (s *typedSheet) draw(d typedDraft) {
	s.filling = true
	for field, text := range map[string]string{"number": d.number, "day": d.day, "shipping": d.shipping, "coupon": d.coupon} {
		s.entries[field].SetText(text)
	}
	s.buyer.draw(d.buyer)
	s.drawLines(d)
	s.filling = false
	s.drawPreview()
	s.e.Win.Canvas().Focus(s.known.search)
}

// drawLines makes the fields of the lines anew.
func (s *typedSheet) drawLines(d typedDraft) {
	e := s.e
	rates := ratesOn(invoicing.Case{Today: domain.Day(e.Now())})
	s.goods.Objects = nil
	for i, l := range d.lines {
		f := newLineFields(e, lineOf{
			draft: l.lineDraft, kind: orders.LineGoods, rates: rates, none: e.T("orders.line.choose"), says: l.says, bound: true,
		}, lineActs{
			edit: func(change func(l *lineDraft)) { s.edit(func(d *typedDraft) { change(&d.lines[i].lineDraft) }) },
			bind: func() { s.choose(i) },
			remove: func() {
				s.edit(func(d *typedDraft) { d.lines = slices.Delete(d.lines, i, i+1) })
				s.redraw()
			},
			escape: s.leave,
		})
		s.goods.Add(f.object)
	}
	s.goods.Refresh()
}

func (s *typedSheet) redraw() {
	s.filling = true
	s.drawLines(s.Now)
	s.filling = false
	s.drawPreview()
}

// addLine asks for a product and puts a line of it under the others.
func (s *typedSheet) addLine() {
	if s.Loaded {
		s.choose(len(s.Now.lines))
	}
}

// choose asks for the product of a line, of a new one behind the last; what it costs comes from the catalogue.
func (s *typedSheet) choose(i int) {
	e := s.e
	e.Push(newProductPick(e, "", "", func(p domain.ListedProduct, _ bool) {
		e.Pop()
		s.edit(func(d *typedDraft) {
			l := typedLine{lineDraft: lineDraft{quantity: "1"}}
			if i < len(d.lines) {
				l = d.lines[i]
			} else {
				d.lines = append(d.lines, l)
			}
			l.name, l.unit, l.vat = p.Name, kit.Typed(p.Price, money, e.Lang), kit.Typed(p.VATRate, 0, e.Lang)
			l.product, l.code, l.barcode = p.ID, p.Code, p.Barcode
			l.says = strings.Join(kit.Filled(string(p.Code), string(p.Barcode)), " · ")
			d.lines[i] = l
		})
		s.redraw()
	}))
}

// drawPreview shows the invoice that comes of what is typed, as far as that is an order.
func (s *typedSheet) drawPreview() {
	e := s.e
	o, err := s.Now.order(e)
	var said fyne.CanvasObject = widgets.NewMuted(e.T("orders.type.preview"))
	if err == nil && len(o.Lines) > 0 {
		said = viewOfTyped(e, o).show(e, e.T("orders.view.title"))
	}
	s.preview.Objects = []fyne.CanvasObject{said}
	s.preview.Refresh()
}

func viewOfTyped(e *env, o orders.Order) invoiceView {
	lines := make([]invoicing.Line, len(o.Lines))
	for i, l := range o.Lines {
		lines[i].Line = l
	}
	a := invoicing.Compute(lines, o.Discount)
	v := invoiceView{kind: e.T("orders.type.kind"), date: e.Date(e.Now()), customer: firmOf(o.Buyer), currency: o.Currency, sums: a.Sums}
	for i, l := range o.Lines {
		v.lines = append(v.lines, lineView{name: l.Name, quantity: l.Quantity, net: a.Lines[i].Net})
	}
	return v
}

// order reads what was typed. The error's Field is number, day, shipping, coupon, or "line N".
func (d typedDraft) order(e *env) (orders.Order, error) {
	number := strings.TrimSpace(d.number)
	if number == "" {
		return orders.Order{}, domain.Invalid("number", "required")
	}
	day, err := dayOf(d.day, "day")
	if err != nil {
		return orders.Order{}, err
	}
	if !day.IsZero() {
		day = day.Add(12 * time.Hour) // of the day, wherever it is read
	}
	b := d.buyer.buyer()
	b.SourceCity, b.SourceDistrict = b.City, b.District
	o := orders.Order{
		Marketplace: typed, Number: number, Package: number, Status: orders.StatusOK, OrderedAt: day.UTC(), Currency: domain.TRY, Buyer: b,
	}
	for i, l := range d.lines {
		line, err := l.line(lineField(i), e.Lang)
		if err != nil {
			return o, err
		}
		o.Lines = append(o.Lines, line)
	}
	shipping, err := numberOf("shipping", d.shipping, e.Lang)
	if err != nil {
		return o, err
	}
	if shipping.Decimal.IsPositive() {
		o.Lines = append(o.Lines, orders.Line{
			Name: e.T("orders.line.called.shipping"), Quantity: decimal.NewFromInt(1), Unit: shipping.Decimal, VAT: d.service, Kind: orders.LineShipping,
		})
	}
	coupon, err := numberOf("coupon", d.coupon, e.Lang)
	o.Discount = coupon.Decimal
	return o, err
}

func (l typedLine) line(field, lang string) (orders.Line, error) {
	out := orders.Line{Code: string(l.code), Barcode: string(l.barcode), Name: strings.TrimSpace(l.name), Kind: orders.LineGoods}
	for _, n := range []struct {
		text string
		into *decimal.Decimal
	}{{l.quantity, &out.Quantity}, {l.unit, &out.Unit}, {l.discount, &out.Discount}} {
		v, err := numberOf(field, n.text, lang)
		if err != nil {
			return out, err
		}
		*n.into = v.Decimal
	}
	var err error
	out.VAT, err = numberOf(field, l.vat, lang)
	return out, err
}

// store adds the order, and says of which products its lines are.
func (s *typedSheet) store(ctx context.Context, d typedDraft) (typedDraft, error) {
	o, err := d.order(s.e)
	if err != nil {
		return d, err
	}
	kept, err := s.e.co.AddOrder(ctx, o)
	if err != nil {
		return d, err
	}
	s.stored = kept.Key()
	for i, l := range d.lines {
		if l.product == 0 {
			continue
		}
		if _, err := s.e.co.BindLine(ctx, kept.Key(), i, l.product, false); err != nil {
			return d, err
		}
	}
	return d, s.e.co.JudgeOrders(ctx, kept.Key())
}

// Save is Ctrl+S, and the button.
func (s *typedSheet) Save() { s.SaveThen(nil) }

// SaveThen saves, and shows the order.
func (s *typedSheet) SaveThen(then func()) {
	s.Form.SaveThen(func() {
		if then != nil {
			then()
			return
		}
		s.saved(s.stored)
	})
}

// leave goes back to the list; what was typed asks first.
func (s *typedSheet) leave() {
	if s.e.Modal == nil {
		s.e.Frame.Leave(s.e.Pop)
	}
}

// TypedKey takes Enter that nothing has the focus for, and Esc.
func (s *typedSheet) TypedKey(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyEscape:
		s.leave()
	case fyne.KeyReturn, fyne.KeyEnter:
		s.Save()
	default:
		return false
	}
	return true
}

// buyerSearch finds buyers of earlier orders.
type buyerSearch struct {
	e      *env
	object fyne.CanvasObject
	search *widgets.Entry
	picks  *widgets.Picks
	found  []orders.Buyer
	asked  int
}

func newBuyerSearch(e *env, picked func(b orders.Buyer), escape func()) *buyerSearch {
	s := &buyerSearch{e: e, search: widgets.NewEntry(e.T("orders.type.known")), picks: widgets.NewPicks()}
	typing := kit.NewTyping(e.Env, s.find)
	s.search.Icon = theme.SearchIcon()
	s.search.OnChanged = func(string) { typing.Typed() }
	s.search.OnSubmitted = func(string) { s.find() }
	s.search.SetEscape(escape)
	s.picks.SetEscape(escape)
	s.picks.OnPicked = func(i int) {
		picked(s.found[i])
		s.search.SetText("")
		s.show(nil)
	}
	s.picks.Hide()
	s.object = container.NewVBox(s.search, s.picks)
	return s
}

// find asks for the buyers in whose orders every word that is sought stands.
func (s *buyerSearch) find() {
	const looked, offered = 40, 5
	sought := strings.TrimSpace(s.search.Text)
	if sought == "" {
		s.show(nil)
		return
	}
	kit.Newest(s.e.Env, &s.asked, func(ctx context.Context) (buyers []orders.Buyer, err error) {
		list, _, err := s.e.co.ListOrders(ctx, orders.Query{Search: sought, Desc: true, Limit: looked})
		for _, k := range list {
			o := k.Standing()
			if b := o.Buyer; kit.HasWords(b.FullName(), sought) && !slices.Contains(buyers, b) && len(buyers) < offered {
				buyers = append(buyers, b)
			}
		}
		return buyers, err
	}, func(buyers []orders.Buyer, err error) {
		if err == nil {
			s.show(buyers)
		}
	})
}

func (s *buyerSearch) show(buyers []orders.Buyer) {
	s.found = buyers
	picks := make([]widgets.Pick, len(buyers))
	for i, b := range buyers {
		picks[i] = widgets.Pick{Title: b.FullName(), Lines: kit.Filled(strings.Join(addressLines(firmOf(b)), ", "), b.TaxNumber), Button: s.e.T("orders.pick.take")}
	}
	s.picks.SetPicks(picks)
	widgets.ShowIf(s.picks, len(picks) > 0)
	s.object.Refresh()
}
