// Package prices is section 4, Fiyat Kurallarını Belirle, with what stands behind it: the laboratory, approvals, exchange
// rates, marketplaces and commissions.
package prices

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// Page is Fiyat Kurallarını Belirle: one rule for every marketplace, or one each, with a live
// example.
type Page struct {
	*kit.Form[priceDraft]
	e       *env
	object  fyne.CanvasObject
	per     *widgets.Choice
	rule    *ruleForm
	places  *marketList
	title   *widgets.Text
	chosen  pricing.MarketplaceID // whose rule is in the fields; "" = the global one
	example *priceExample
	samples []domain.Product
	rates   pricing.Rates // of the day, for samples in another currency
	sample  *widgets.Select
}

// New makes the page.
func New(k *kit.Env, co Company) *Page {
	e := &env{k, co}
	s := &Page{e: e}
	quiet, beside := s.toolsOf(e)
	s.Form = kit.NewForm[priceDraft](e.Env, beside)
	s.Same = priceDraft.same
	s.Load = func(ctx context.Context, _ priceDraft) (priceDraft, error) {
		r, err := e.co.PriceRules(ctx)
		if err != nil {
			return priceDraft{}, err
		}
		markets, err := e.co.Marketplaces(ctx)
		return draftOfRules(r, markets, e.Lang), err
	}
	s.Check = func(d priceDraft) error {
		_, where, err := d.rules(e.Lang)
		if err != nil && d.per {
			s.choosePlace(where)
		}
		return err
	}
	s.Store = func(ctx context.Context, d priceDraft) (priceDraft, error) {
		r, _, err := d.rules(e.Lang)
		if err != nil {
			return d, err
		}
		if err := e.co.SavePriceRules(ctx, r); err != nil {
			return d, err
		}
		return s.Load(ctx, d)
	}
	s.Fill = s.draw
	s.Fresh = func(d priceDraft) bool { return d.version == 0 }
	s.per = widgets.NewRowChoice([]string{e.T("no"), e.T("yes")}, s.switchPer)
	perRow := s.Row("per_marketplace", e.T("price.per"), s.per, e.T("price.per.help"))
	s.places = newMarketList(e, s.choosePlace)
	s.title = widgets.NewTitle("")
	s.rule = newRuleForm(s)
	s.example = newPriceExample(e)
	s.sample = widgets.NewSelect(e.T("price.sample.made"), nil, func(int) { s.live() })
	fields := append([]fyne.CanvasObject{perRow, s.places.object, s.title}, s.rule.objects()...)
	fields = append(fields, widgets.NewRow(e.T("price.sample"), s.sample, e.T("price.sample.help")))
	// the example stands still while the fields scroll: it is what they are typed for
	s.object = widgets.NewBorder(quiet, container.NewVBox(s.example.object, s.Bar), nil, nil, widgets.Scrolled(fields...))
	s.Accept(draftOfRules(pricing.Rules{}, nil, e.Lang))
	return s
}

// Content is always the same object.
func (s *Page) Content() fyne.CanvasObject { return s.object }

// Show fetches the rules and up to three products for the example.
func (s *Page) Show() {
	s.Form.Show()
	type found struct {
		products []domain.Product
		rates    pricing.Rates
	}
	kit.Background(s.e.Env, func(ctx context.Context) (f found, err error) {
		if f.products, err = s.e.co.SamplePrices(ctx, 3); err == nil {
			f.rates, err = s.e.co.Rates(ctx)
		}
		return f, err
	},
		func(f found, err error) {
			products := f.products
			if err != nil {
				products = nil // the made-up price does as well
			}
			s.samples, s.rates = products, f.rates
			names := make([]string, len(products))
			for i, p := range products {
				names[i] = p.Name
			}
			s.sample.SetOptions(names)
			if len(names) > 0 {
				s.sample.SetSelectedIndex(0)
				s.sample.Enable()
			} else {
				s.sample.ClearSelected()
				s.sample.Disable()
			}
			s.live()
		})
}

// draw shows d in the fields.
func (s *Page) draw(d priceDraft) {
	s.Now = d.clone()
	if d.per {
		s.per.SetSelected(1)
		if _, ok := d.markets.Find(string(s.chosen)); !ok && len(d.markets) > 0 {
			s.chosen = d.markets[0].ID
		}
		s.places.object.Show()
	} else {
		s.per.SetSelected(0)
		s.chosen = ""
		s.places.object.Hide()
	}
	s.fields()
}

// fields shows the chosen rule.
func (s *Page) fields() {
	s.title.SetText(s.e.T("price.all"))
	if s.chosen != "" {
		s.title.SetText(s.Now.markets.Name(s.chosen))
	}
	s.rule.fill(s.draft())
	s.live()
}

func (s *Page) draft() ruleDraft {
	if s.chosen == "" {
		return s.Now.global
	}
	if d, ok := s.Now.each[s.chosen]; ok {
		return d
	}
	return newRuleDraft()
}

// setDraft takes what was typed.
func (s *Page) setDraft(d ruleDraft) {
	if s.chosen == "" {
		s.Now.global = d
	} else {
		s.Now.each[s.chosen] = d
	}
	s.Changed()
	if _, err := d.rule(s.e.Lang); err != nil { // said while typing, at the field
		if r, ok := s.Rows[words.RefusedField(err)]; ok {
			r.SetError(s.e.Error(err))
		}
	}
	s.live()
}

// switchPer changes between one rule and one each; what is switched off is kept.
func (s *Page) switchPer(i int) {
	s.Now.per = i == 1
	s.draw(s.Now)
	s.Changed()
}

func (s *Page) choosePlace(id pricing.MarketplaceID) {
	if s.chosen == id || id == "" && s.Now.per {
		return
	}
	s.chosen = id
	s.Clear()
	s.fields()
}

// base is the price of the example: a product of the catalogue, else a made-up one.
func (s *Page) base() (decimal.Decimal, domain.Currency) {
	if i := s.sample.SelectedIndex(); i >= 0 && i < len(s.samples) && s.samples[i].Price.Valid {
		return s.samples[i].Price.Decimal, s.samples[i].Currency
	}
	return decimal.New(24990, -2), domain.TRY
}

// live computes the example anew: for the rule in the fields, and for every marketplace of the list.
func (s *Page) live() {
	base, currency := s.base()
	s.example.show(s.draft(), base, currency, s.rates)
	if s.Now.per {
		s.places.show(s.Now.markets, s.Now.each, s.chosen, base, currency, s.rates)
	}
}

// ruleForm is the fields of one rule.
type ruleForm struct {
	s               *Page
	direction, kind *widgets.Choice
	amount, extra   *widgets.Entry
	ending          *widgets.Select
	mode            *widgets.Choice
	modeRow         *widgets.Row
	rows            []fyne.CanvasObject
	filling         bool
}

func endings() []string { return []string{"", ".00", ".50", ".90", ".95", ".99"} }

func newRuleForm(s *Page) *ruleForm {
	e := s.e
	f := &ruleForm{s: s}
	tell := func(int) { f.read() }
	f.direction = widgets.NewRowChoice([]string{e.T("rule.increase"), e.T("rule.discount")}, tell)
	f.kind = widgets.NewRowChoice([]string{e.T("rule.amount"), e.T("rule.percent")}, tell)
	f.amount, f.extra = widgets.NewEntry(e.T("rule.value.hint")), widgets.NewEntry(e.T("rule.extra.hint"))
	f.amount.OnChanged = func(string) { f.read() }
	f.extra.OnChanged = func(string) { f.read() }
	f.amount.OnSubmitted = func(string) { s.Save() }
	f.extra.OnSubmitted = func(string) { s.Save() }
	names := make([]string, len(endings()))
	for i, x := range endings() {
		names[i] = e.T("rule.ending" + x)
		if x == "" {
			names[i] = e.T("rule.ending.none")
		}
	}
	f.ending = widgets.NewSelect(e.T("choose"), names, tell)
	f.mode = widgets.NewRowChoice([]string{e.T("rule.up"), e.T("rule.nearest")}, tell)
	f.modeRow = s.Row("ending_mode", e.T("rule.mode"), f.mode, e.T("rule.mode.help"))
	f.rows = []fyne.CanvasObject{
		s.Row("direction", e.T("rule.direction"), f.direction, e.T("rule.direction.help")),
		s.Row("kind", e.T("rule.kind"), f.kind, e.T("rule.kind.help")),
		s.Row("amount", e.T("rule.value"), f.amount, e.T("rule.value.help")),
		s.Row("extra", e.T("rule.extra"), f.extra, e.T("rule.extra.help")),
		s.Row("ending", e.T("rule.ending"), f.ending, e.T("rule.ending.help")),
		f.modeRow,
	}
	return f
}

func (f *ruleForm) objects() []fyne.CanvasObject { return f.rows }

// fill shows d; nothing of it counts as typed.
func (f *ruleForm) fill(d ruleDraft) {
	f.filling = true
	defer func() { f.filling = false }()
	f.direction.SetSelected(at([]pricing.Direction{pricing.Increase, pricing.Discount}, d.direction))
	f.kind.SetSelected(at([]pricing.Kind{pricing.Amount, pricing.Percent}, d.kind))
	f.amount.SetText(d.amount)
	f.extra.SetText(d.extra)
	f.ending.SetSelectedIndex(max(at(endings(), d.ending), 0))
	f.mode.SetSelected(at([]pricing.EndingMode{pricing.EndingUp, pricing.EndingNearest}, d.mode))
	f.showMode(d.ending)
}

func (f *ruleForm) showMode(ending string) {
	widgets.ShowIf(f.modeRow, ending != "")
}

// read takes what is in the fields.
func (f *ruleForm) read() {
	if f.filling {
		return
	}
	d := ruleDraft{
		direction: kit.Pick([]pricing.Direction{pricing.Increase, pricing.Discount}, f.direction.Selected()),
		kind:      kit.Pick([]pricing.Kind{pricing.Amount, pricing.Percent}, f.kind.Selected()),
		amount:    f.amount.Text, extra: f.extra.Text,
		ending: kit.Pick(endings(), f.ending.SelectedIndex()),
		mode:   kit.Pick([]pricing.EndingMode{pricing.EndingUp, pricing.EndingNearest}, f.mode.Selected()),
	}
	f.showMode(d.ending)
	f.s.setDraft(d)
}

func at[T comparable](all []T, v T) int {
	for i, x := range all {
		if x == v {
			return i
		}
	}
	return -1
}

// priceExample shows a price before and after.
type priceExample struct {
	e             *env
	object        fyne.CanvasObject
	before, after *widgets.Text
	says          *widgets.Text
}

func newPriceExample(e *env) *priceExample {
	x := &priceExample{e: e, before: widgets.NewTitle("").OneLine(), after: widgets.NewTitle("").OneLine(), says: widgets.NewCaption("")}
	pair := container.NewHBox(
		widgets.Centred(widgets.NewBody(e.T("price.example")).OneLine().Bold()),
		widgets.Centred(widgets.NewMuted(e.T("price.before")).OneLine()), widgets.Centred(x.before), widgets.Chevron(),
		widgets.Centred(widgets.NewMuted(e.T("price.after")).OneLine()), widgets.Centred(x.after))
	x.object = container.NewStack(widgets.NewSurface(widgets.ColorSurface, widgets.ColorLine, 8),
		widgets.Inset(4, 0, container.NewVBox(pair, x.says)))
	return x
}

func (x *priceExample) show(d ruleDraft, base decimal.Decimal, currency domain.Currency, rates pricing.Rates) {
	x.before.SetText(x.e.Money(base, currency))
	after, says := x.e.priced(d, base, currency, rates)
	x.after.SetText(after)
	x.says.SetText(says)
}

// setMarkets takes the marketplaces as they are now; what is edited stays.
func (s *Page) setMarkets(all pricing.Marketplaces) {
	s.Kept.markets, s.Now.markets = all, all
	s.draw(s.Now)
}
