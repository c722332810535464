package orders

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// orderSheet is one order: what its source and people say of it at the left, its invoice as the buyer will see it at the
// right. Saving judges it anew.
type orderSheet struct {
	*kit.Form[orderDraft]
	e    *env
	key  orders.Key
	acts orderActs

	object    fyne.CanvasObject
	title     *widgets.Text
	state     *widgets.Text
	said      *widgets.Banner
	way       *widgets.Button // the first that leads out of a hit, nil: there is none
	drawn     bool
	hits      *fyne.Container
	hold      *widgets.Button
	toInvoice *widgets.Button
	never     *widgets.Button
	next      *widgets.Button
	scroll    *container.Scroll
	buyer     *buyerForm
	public    *widgets.Check
	goods     *fyne.Container
	lines     []*lineFields
	added     []*addedFields
	adding    []*widgets.Button
	entries   map[string]*widgets.Entry // of the order itself
	filling   bool
	preview   *fyne.Container
	stale     *widgets.Text // the preview is of what was saved last
}

// orderActs is what the sheet does with the page around it.
type orderActs struct {
	changed   func()
	corrected func(k orders.Key, before orders.Said, meant *meaning)
	undo      func()
	plan      func(keys ...orders.Key)
	next      func() // opens the next order that lacks something in its place
}

// orderFormWidth is that of the fields; what is left is for the invoice.
const orderFormWidth = 468

func newOrderSheet(e *env, k orders.Key, acts orderActs) *orderSheet {
	s := &orderSheet{
		Form: kit.NewForm[orderDraft](e.Env), e: e, key: k, acts: acts, title: widgets.NewTitle(""), state: widgets.NewMuted(""), said: widgets.NewBanner(),
		hits: container.NewVBox(), goods: container.NewVBox(), entries: map[string]*widgets.Entry{}, preview: container.NewVBox(),
		stale: widgets.NewMuted(e.T("orders.sheet.stale")),
	}
	s.next = widgets.NewIconButton(e.T("orders.sheet.next"), theme.NavigateNextIcon(), acts.next)
	s.Bar = widgets.NewSaveBar(e.T("orders.sheet.save"), s.save, s.next)
	s.Same = orderDraft.same
	s.Load = func(ctx context.Context, _ orderDraft) (orderDraft, error) {
		service, err := serviceVAT(ctx, e.co)
		if err != nil {
			return orderDraft{}, err
		}
		x, err := e.co.ExamineOrder(ctx, k)
		return draftOfOrder(x, e.Lang).with(service), err
	}
	s.Check = func(d orderDraft) error { _, err := d.said(e.Lang); return err }
	s.Store = func(ctx context.Context, d orderDraft) (orderDraft, error) {
		said, err := d.said(e.Lang)
		if err != nil {
			return d, err
		}
		x, err := e.co.CorrectOrder(ctx, k, said)
		if err != nil {
			return d, err
		}
		return draftOfOrder(x, e.Lang).with(d.service), nil
	}
	s.Fill = s.draw
	s.layout()
	return s
}

func (s *orderSheet) layout() {
	e := s.e
	back := widgets.NewIconButton(e.T("rows.back"), theme.NavigateBackIcon(), s.leave)
	s.title.OneLine().Truncation = fyne.TextTruncateEllipsis
	s.toInvoice = widgets.NewIconButton(e.T("orders.cure.invoices"), theme.DocumentIcon(), func() { e.Frame.Open(kit.PlaceInvoices) })
	s.hold = widgets.NewButton("", func() { s.say(func(x *orders.Said) { x.Held = !x.Held }) })
	s.never = widgets.NewButton("", s.askNever)
	for _, b := range []*widgets.Button{back, s.toInvoice, s.hold, s.never, s.next, s.Bar.Button()} {
		b.SetEscape(s.leave)
	}
	s.buyer = newBuyerForm(e, s.Row, func(change func(b *buyerDraft)) { s.edit(func(d *orderDraft) { change(&d.buyer) }) }, s.leave)
	s.public = widgets.NewCheck(e.T("orders.buyer.public"), func(on bool) { s.edit(func(d *orderDraft) { d.public = on }) })
	s.public.SetEscape(s.leave)
	rows := []fyne.CanvasObject{s.said, s.hits, widgets.NewSection(e.T("orders.sheet.buyer"))}
	rows = append(rows, s.buyer.order...)
	rows = append(rows, s.public, widgets.NewSection(e.T("orders.sheet.lines")), s.goods)
	adds := container.New(layout.NewRowWrapLayout())
	for _, kind := range []orders.LineKind{orders.LineShipping, orders.LineWrap, orders.LineFee} {
		b := widgets.NewIconButton(e.T("orders.line.add."+string(kind)), theme.ContentAddIcon(), func() { s.add(kind, "") })
		b.SetEscape(s.leave)
		s.adding = append(s.adding, b)
		adds.Add(b)
	}
	rows = append(rows, adds, widgets.NewSection(e.T("orders.sheet.order")),
		s.entry("discount", func(d *orderDraft) *string { return &d.coupon }), s.entry("total", func(d *orderDraft) *string { return &d.total }),
		s.entry("rate", func(d *orderDraft) *string { return &d.rate }), s.entry("day", func(d *orderDraft) *string { return &d.invoice }), widgets.Gap(6))
	s.scroll = container.NewVScroll(widgets.Inset(2, 0, container.NewVBox(rows...)))
	left := widgets.NewBorder(nil, s.Bar, nil, nil, s.scroll)
	s.stale.Hide()
	right := container.NewVScroll(widgets.Inset(6, 0, container.NewVBox(s.stale, s.preview)))
	s.object = widgets.NewBorder(
		widgets.NewBorder(nil, nil, widgets.Centred(back),
			container.NewHBox(widgets.Centred(s.toInvoice), widgets.Centred(s.never), widgets.Centred(s.hold)), widgets.Tight(s.title, s.state)), nil,
		widgets.FixedWidth(orderFormWidth, left), nil, right)
	s.enable(false)
}

// entry makes the row of a field of the order itself.
func (s *orderSheet) entry(field string, of func(d *orderDraft) *string) fyne.CanvasObject {
	w := widgets.NewEntry("")
	w.OnChanged = func(text string) { s.edit(func(d *orderDraft) { *of(d) = text }) }
	w.OnSubmitted = func(string) { s.save() }
	w.SetEscape(s.leave)
	s.entries[field] = w
	return s.Row(field, s.e.T("orders.sheet."+field), w, s.e.T("orders.sheet."+field+".help"))
}

// edit changes what is typed; the lines of what was kept stay as they are.
func (s *orderSheet) edit(change func(d *orderDraft)) {
	if s.filling || !s.Loaded {
		return
	}
	s.Form.Edit(func(d *orderDraft) {
		d.lines, d.added = slices.Clone(d.lines), slices.Clone(d.added)
		change(d)
	})
	widgets.ShowIf(s.stale, s.Dirty())
}

// Content is always the same object.
func (s *orderSheet) Content() fyne.CanvasObject { return s.object }

// save saves, and remembers what was said before.
func (s *orderSheet) save() { s.SaveThen(nil) }

// Save is Ctrl+S.
func (s *orderSheet) Save() { s.save() }

// SaveThen saves before the sheet is left.
func (s *orderSheet) SaveThen(then func()) {
	before := s.Kept.base.Kept.Said
	s.Form.SaveThen(func() {
		s.acts.corrected(s.key, before, nil)
		s.saved()
		if then != nil {
			then()
		}
	})
}

// saved says what came of a change, and that it can be taken back.
func (s *orderSheet) saved() {
	e, key := s.e, "orders.sheet.saved"
	if s.Kept.base.Verdict.Stage == orders.StageReady {
		key = "orders.sheet.ready"
	}
	undo := widgets.NewIconButton(e.T("orders.undo"), theme.ContentUndoIcon(), s.acts.undo)
	undo.SetEscape(s.leave)
	s.said.Say(widgets.BannerGood, e.T(key), undo)
	s.scroll.ScrollToTop()
	s.acts.changed()
}

// askNever asks before the order is set aside: the button stands where the page before has its main one, and a second click
// would hit it.
func (s *orderSheet) askNever() {
	if !s.Loaded || s.Saving {
		return
	}
	set := func() { s.say(func(x *orders.Said) { x.Never = !x.Never }) }
	if s.Kept.base.Kept.Said.Never {
		set()
		return
	}
	e := s.e
	e.Ask(e.T("orders.never.ask"), e.T("orders.never.ask.text"),
		kit.Answer{Label: e.T("cancel")}, kit.Answer{Label: e.T("orders.never"), Importance: widget.HighImportance, Act: set})
}

// say changes what is said of the order at once; what is being typed has to be saved first.
func (s *orderSheet) say(change func(x *orders.Said)) {
	if !s.Loaded || s.Saving {
		return
	}
	s.e.Frame.Leave(func() {
		before := s.Kept.base.Kept.Said
		after := before
		change(&after)
		s.take(func(ctx context.Context) (issuing.Examined, error) { return s.e.co.CorrectOrder(ctx, s.key, after) }, func() {
			s.acts.corrected(s.key, before, nil)
			s.saved()
		})
	})
}

// take carries out a change of the order, and shows what has become of it.
func (s *orderSheet) take(do func(ctx context.Context) (issuing.Examined, error), done func()) {
	kit.Act(s.e.Env, "save", do, func(x issuing.Examined, err error) {
		if err != nil {
			s.said.Say(widgets.BannerError, s.e.Error(err))
			return
		}
		s.Accept(draftOfOrder(x, s.e.Lang).with(s.Now.service))
		done()
	})
}

// leave goes back to the list; changes ask first.
func (s *orderSheet) leave() {
	if s.e.Modal == nil {
		s.e.Frame.Leave(s.e.Pop)
	}
}

// draw shows d.
func (s *orderSheet) draw(d orderDraft) {
	e, x := s.e, d.base
	k := &x.Kept
	s.filling = true
	s.title.SetText(titleOf(e, k.Order))
	s.state.SetText(s.stateWords(x))
	s.buyer.draw(d.buyer)
	s.public.SetChecked(d.public)
	for field, text := range map[string]string{"discount": d.coupon, "total": d.total, "rate": d.rate, "day": d.invoice} {
		s.entries[field].SetText(text)
	}
	widgets.ShowIf(s.Rows["rate"], k.Currency != "" && k.Currency != domain.TRY)
	s.Rows["day"].SetHint("")
	if !x.Earliest.IsZero() {
		s.Rows["day"].SetHint(e.T("orders.sheet.earliest", e.Date(x.Earliest)))
	}
	s.drawLines(d)
	s.filling = false
	s.drawHits(x)
	s.stale.Hide()
	s.preview.Objects = []fyne.CanvasObject{s.invoice(x)}
	s.preview.Refresh()
	s.hold.SetText(e.T(ifElse(k.Said.Held, "orders.release", "orders.hold")))
	s.never.SetText(e.T(ifElse(k.Said.Never, "orders.invoice", "orders.never")))
	free := x.Verdict.Stage != orders.StageInvoiced && x.Verdict.Stage != orders.StageTask
	widgets.ShowIf(s.hold, free && !k.Said.Never)
	widgets.ShowIf(s.never, free)
	widgets.ShowIf(s.toInvoice, !free)
	s.enable(free)
	s.object.Refresh()
	if !s.drawn && s.way != nil { // Enter leads to what is to be mended
		e.Win.Canvas().Focus(s.way)
	}
	s.drawn = true
}

// invoice draws the invoice that stands, else the one that would be made.
func (s *orderSheet) invoice(x issuing.Examined) fyne.CanvasObject {
	if n := len(x.Records); n > 0 && (x.Verdict.Stage == orders.StageInvoiced || x.Verdict.Stage == orders.StageTask) {
		r := x.Records[n-1]
		return viewOfRecord(s.e, r).show(s.e, s.e.T("orders.view.made", s.e.Attempt(r)))
	}
	return viewOf(s.e, x).show(s.e, s.e.T("orders.view.title"))
}

func ifElse(is bool, yes, no string) string {
	if is {
		return yes
	}
	return no
}

// stateWords say where the order stands here, at its source, and when it was sold.
func (s *orderSheet) stateWords(x issuing.Examined) string {
	e, k := s.e, x.Kept
	if k.Source == orders.SourceTyped {
		return strings.Join(kit.Filled(e.Stage(x.Verdict), e.Moment(k.OrderedAt)), " · ")
	}
	status := e.OrderStatus(k.Status)
	if k.Word != "" {
		status = e.T("orders.sheet.word", status, k.Word)
	}
	ordered := ""
	if !k.OrderedAt.IsZero() {
		ordered = e.Moment(k.OrderedAt)
	}
	said := e.T("orders.sheet.state", e.Stage(x.Verdict), status)
	for _, part := range kit.Filled(ordered, k.From) {
		said += " · " + part
	}
	return said
}

// drawLines makes the fields of the lines anew.
func (s *orderSheet) drawLines(d orderDraft) {
	e, x := s.e, d.base
	rates := ratesOn(x.Case)
	s.lines, s.added, s.goods.Objects = nil, nil, nil
	for i, l := range d.lines {
		product := orders.LineProduct{}
		if i < len(x.Kept.Products) {
			product = x.Kept.Products[i]
		}
		source := x.Kept.Lines[i]
		f := newLineFields(e, lineOf{
			draft: l, kind: source.Kind, rates: rates, none: s.noRate(source, product),
			says: productWords(e, source, product, x.Kept.Said.Lines[i]), bound: product.ID != 0,
		}, lineActs{
			edit:   func(change func(l *lineDraft)) { s.edit(func(d *orderDraft) { change(&d.lines[i]) }) },
			bind:   func() { s.bind(i) },
			escape: s.leave,
		})
		s.lines = append(s.lines, f)
		s.goods.Add(f.object)
	}
	for i, a := range d.added {
		f := newAddedFields(e, a, rates, func(change func(a *addedDraft)) { s.edit(func(d *orderDraft) { change(&d.added[i]) }) },
			func() { s.remove(i) }, s.leave)
		s.added = append(s.added, f)
		s.goods.Add(f.object)
	}
	s.goods.Refresh()
}

// noRate says where the VAT rate comes from while a person chooses none.
func (s *orderSheet) noRate(source orders.Line, p orders.LineProduct) string {
	switch {
	case source.VAT.Valid:
		return s.e.T("orders.line.vat.file", percent(s.e, source.VAT.Decimal))
	case p.VATRate.Valid:
		return s.e.T("orders.line.vat.catalogue", percent(s.e, p.VATRate.Decimal))
	default:
		return s.e.T("orders.line.choose")
	}
}

// productWords say of which product a line is, and by what it was found.
func productWords(e *env, source orders.Line, p orders.LineProduct, said orders.SaidLine) string {
	if source.Kind != orders.LineGoods {
		return e.LineKind(source.Kind)
	}
	how := e.Binding(p, said)
	if p.ID == 0 || said.Without {
		return how
	}
	return e.T("orders.line.product", p.Name, string(p.Code), how)
}

// add puts a line under those of the source.
func (s *orderSheet) add(kind orders.LineKind, amount string) {
	e := s.e
	vat := kit.Typed(s.Now.service, 0, e.Lang)
	s.edit(func(d *orderDraft) {
		d.added = append(d.added, addedDraft{kind, e.T("orders.line.called." + string(kind)), amount, vat})
	})
	s.redraw()
	if n := len(s.added); n > 0 {
		s.focus(s.added[n-1].amount)
	}
}

func (s *orderSheet) remove(i int) {
	s.edit(func(d *orderDraft) { d.added = slices.Delete(d.added, i, i+1) })
	s.redraw()
}

// redraw makes the fields of the lines anew of what is typed.
func (s *orderSheet) redraw() {
	s.filling = true
	s.drawLines(s.Now)
	s.filling = false
}

// bind asks of which product a line is.
func (s *orderSheet) bind(i int) {
	if !s.Loaded || s.Saving || i >= len(s.Kept.base.Kept.Lines) {
		return
	}
	l := s.Kept.base.Kept.Lines[i]
	s.e.Frame.Leave(func() {
		s.e.Push(newProductPick(s.e, l.Name, marketName(s.e, s.key.Marketplace), func(p domain.ListedProduct, remember bool) {
			before, meant := s.Kept.base.Kept.Said, s.meant(i, remember)
			s.e.Pop()
			s.take(func(ctx context.Context) (issuing.Examined, error) {
				return s.e.co.BindLine(ctx, s.key, i, p.ID, remember)
			}, func() { s.acts.corrected(s.key, before, meant); s.saved() })
		}))
	})
}

// meant is what is known now of what the marketplace means by a line, nil when that does not change: who has said it of
// this order alone has said nothing of others.
func (s *orderSheet) meant(i int, remember bool) *meaning {
	switch p := s.Kept.base.Kept.Products[i]; {
	case !remember || p.By == orders.FoundByPerson:
		return nil
	case p.By == orders.FoundByPair:
		return &meaning{i, p.ID}
	default:
		return &meaning{i, 0}
	}
}

// enable turns the fields on or off: an order with an invoice is not changed any more.
func (s *orderSheet) enable(on bool) {
	s.buyer.enable(on)
	var all []fyne.Disableable
	for _, f := range s.lines {
		all = append(all, f.all...)
	}
	for _, f := range s.added {
		all = append(all, f.all...)
	}
	for _, w := range s.entries {
		all = append(all, w)
	}
	for _, b := range s.adding {
		all = append(all, b)
	}
	for _, o := range append(all, s.public) {
		widgets.EnableIf(o, on)
	}
}

// focus puts the cursor into a field and brings it into view.
func (s *orderSheet) focus(o fyne.Focusable) {
	s.e.Win.Canvas().Focus(o)
	field, ok := o.(fyne.CanvasObject)
	if !ok {
		return
	}
	driver := fyne.CurrentApp().Driver()
	at := driver.AbsolutePositionForObject(field).Y - driver.AbsolutePositionForObject(s.scroll.Content).Y
	s.scroll.ScrollToOffset(fyne.NewPos(0, max(0, at-s.scroll.Size().Height/3)))
}

// TypedKey takes Enter that nothing has the focus for, and Esc.
func (s *orderSheet) TypedKey(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyEscape:
		s.leave()
	case fyne.KeyReturn, fyne.KeyEnter:
		s.save()
	default:
		return false
	}
	return true
}

func lineField(i int) string  { return fmt.Sprint("line ", i) }
func addedField(i int) string { return fmt.Sprint("added ", i) }
