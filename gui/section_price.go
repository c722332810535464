package gui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// priceSection is Fiyat Kurallarını Belirle: one rule for every marketplace, or one each, with a live
// example.
type priceSection struct {
	*form[priceDraft]
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

func newPriceSection(e *env, p pageControl) *priceSection {
	s := &priceSection{}
	quiet, beside := s.toolsOf(e)
	s.form = newForm[priceDraft](e, p, beside...)
	s.same = priceDraft.same
	s.load = func(ctx context.Context) (priceDraft, error) {
		r, err := e.co.Prices.PriceRules(ctx)
		if err != nil {
			return priceDraft{}, err
		}
		markets, err := e.co.Prices.Marketplaces(ctx)
		return draftOfRules(r, markets, e.text.Lang), err
	}
	s.check = func(d priceDraft) error {
		_, where, err := d.rules(e.text.Lang)
		if err != nil && d.per {
			s.choosePlace(where)
		}
		return err
	}
	s.store = func(ctx context.Context, d priceDraft) (priceDraft, error) {
		r, _, err := d.rules(e.text.Lang)
		if err != nil {
			return d, err
		}
		if err := e.co.Prices.SavePriceRules(ctx, r); err != nil {
			return d, err
		}
		return s.load(ctx)
	}
	s.fill = s.draw
	s.fresh = func(d priceDraft) bool { return d.version == 0 }
	s.per = widgets.NewRowChoice([]string{e.t("no"), e.t("yes")}, s.switchPer)
	perRow := s.row("per_marketplace", e.t("price.per"), s.per, e.t("price.per.help"))
	s.places = newMarketList(e, s.choosePlace)
	s.title = widgets.NewTitle("")
	s.rule = newRuleForm(s)
	s.example = newPriceExample(e)
	s.sample = widgets.NewSelect(e.t("price.sample.made"), nil, func(int) { s.live() })
	fields := append([]fyne.CanvasObject{perRow, s.places.object, s.title}, s.rule.objects()...)
	fields = append(fields, widgets.NewRow(e.t("price.sample"), s.sample, e.t("price.sample.help")))
	// the example stands still while the fields scroll: it is what they are typed for
	s.object = widgets.NewBorder(quiet, container.NewVBox(s.example.object, s.bar), nil, nil, scrolled(fields...))
	s.accept(draftOfRules(pricing.Rules{}, nil, e.text.Lang))
	return s
}

func (s *priceSection) content() fyne.CanvasObject { return s.object }

// show fetches the rules and up to three products for the example.
func (s *priceSection) show() {
	s.form.show()
	type found struct {
		products []domain.Product
		rates    pricing.Rates
	}
	background(s.e, func(ctx context.Context) (f found, err error) {
		if f.products, err = s.e.co.Prices.SamplePrices(ctx, 3); err == nil && s.e.co.Rates != nil {
			f.rates, err = s.e.co.Rates.Rates(ctx)
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

// accept copies the map: the edited one must not be the kept one.
func (s *priceSection) accept(d priceDraft) { s.form.accept(d) }

// draw shows d in the fields.
func (s *priceSection) draw(d priceDraft) {
	s.now = d.clone()
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
func (s *priceSection) fields() {
	s.title.SetText(s.e.t("price.all"))
	if s.chosen != "" {
		s.title.SetText(s.now.markets.Name(s.chosen))
	}
	s.rule.fill(s.draft())
	s.live()
}

func (s *priceSection) draft() ruleDraft {
	if s.chosen == "" {
		return s.now.global
	}
	if d, ok := s.now.each[s.chosen]; ok {
		return d
	}
	return newRuleDraft()
}

// setDraft takes what was typed.
func (s *priceSection) setDraft(d ruleDraft) {
	if s.chosen == "" {
		s.now.global = d
	} else {
		s.now.each[s.chosen] = d
	}
	s.changed()
	if _, err := d.rule(s.e.text.Lang); err != nil { // said while typing, at the field
		if r, ok := s.rows[invalidField(err)]; ok {
			r.SetError(errorText(s.e.text, err))
		}
	}
	s.live()
}

// switchPer changes between one rule and one each; what is switched off is kept.
func (s *priceSection) switchPer(i int) {
	s.now.per = i == 1
	s.draw(s.now)
	s.changed()
}

func (s *priceSection) choosePlace(id pricing.MarketplaceID) {
	if s.chosen == id || id == "" && s.now.per {
		return
	}
	s.chosen = id
	s.clear()
	s.fields()
}

// base is the price of the example: a product of the catalogue, else a made-up one.
func (s *priceSection) base() (decimal.Decimal, domain.Currency) {
	if i := s.sample.SelectedIndex(); i >= 0 && i < len(s.samples) && s.samples[i].Price.Valid {
		return s.samples[i].Price.Decimal, s.samples[i].Currency
	}
	return decimal.New(24990, -2), domain.TRY
}

// live computes the example anew: for the rule in the fields, and for every marketplace of the list.
func (s *priceSection) live() {
	base, currency := s.base()
	s.example.show(s.draft(), base, currency, s.rates)
	if s.now.per {
		s.places.show(s.now.markets, s.now.each, s.chosen, base, currency, s.rates)
	}
}

// ruleForm is the fields of one rule.
type ruleForm struct {
	s               *priceSection
	direction, kind *widgets.Choice
	amount, extra   *widgets.Entry
	ending          *widgets.Select
	mode            *widgets.Choice
	modeRow         *widgets.Row
	rows            []fyne.CanvasObject
	filling         bool
}

func endings() []string { return []string{"", ".00", ".50", ".90", ".95", ".99"} }

func newRuleForm(s *priceSection) *ruleForm {
	e := s.e
	f := &ruleForm{s: s}
	tell := func(int) { f.read() }
	f.direction = widgets.NewRowChoice([]string{e.t("rule.increase"), e.t("rule.discount")}, tell)
	f.kind = widgets.NewRowChoice([]string{e.t("rule.amount"), e.t("rule.percent")}, tell)
	f.amount, f.extra = widgets.NewEntry(e.t("rule.value.hint")), widgets.NewEntry(e.t("rule.extra.hint"))
	f.amount.OnChanged = func(string) { f.read() }
	f.extra.OnChanged = func(string) { f.read() }
	f.amount.OnSubmitted = func(string) { s.save() }
	f.extra.OnSubmitted = func(string) { s.save() }
	names := make([]string, len(endings()))
	for i, x := range endings() {
		names[i] = e.t("rule.ending" + x)
		if x == "" {
			names[i] = e.t("rule.ending.none")
		}
	}
	f.ending = widgets.NewSelect(e.t("choose"), names, tell)
	f.mode = widgets.NewRowChoice([]string{e.t("rule.up"), e.t("rule.nearest")}, tell)
	f.modeRow = s.row("ending_mode", e.t("rule.mode"), f.mode, e.t("rule.mode.help"))
	f.rows = []fyne.CanvasObject{
		s.row("direction", e.t("rule.direction"), f.direction, e.t("rule.direction.help")),
		s.row("kind", e.t("rule.kind"), f.kind, e.t("rule.kind.help")),
		s.row("amount", e.t("rule.value"), f.amount, e.t("rule.value.help")),
		s.row("extra", e.t("rule.extra"), f.extra, e.t("rule.extra.help")),
		s.row("ending", e.t("rule.ending"), f.ending, e.t("rule.ending.help")),
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
	if ending == "" {
		f.modeRow.Hide()
	} else {
		f.modeRow.Show()
	}
}

// read takes what is in the fields.
func (f *ruleForm) read() {
	if f.filling {
		return
	}
	d := ruleDraft{
		direction: pick([]pricing.Direction{pricing.Increase, pricing.Discount}, f.direction.Selected()),
		kind:      pick([]pricing.Kind{pricing.Amount, pricing.Percent}, f.kind.Selected()),
		amount:    f.amount.Text, extra: f.extra.Text,
		ending: pick(endings(), f.ending.SelectedIndex()),
		mode:   pick([]pricing.EndingMode{pricing.EndingUp, pricing.EndingNearest}, f.mode.Selected()),
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

func pick[T any](all []T, i int) T { return all[max(i, 0)] }

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
		centred(widgets.NewBody(e.t("price.example")).OneLine().Bold()),
		centred(widgets.NewMuted(e.t("price.before")).OneLine()), centred(x.before), chevron(),
		centred(widgets.NewMuted(e.t("price.after")).OneLine()), centred(x.after))
	x.object = container.NewStack(widgets.NewSurface(widgets.ColorSurface, widgets.ColorLine, 8),
		widgets.Inset(4, 0, container.NewVBox(pair, x.says)))
	return x
}

func (x *priceExample) show(d ruleDraft, base decimal.Decimal, currency domain.Currency, rates pricing.Rates) {
	x.before.SetText(x.e.money(base, currency))
	after, says := x.e.priced(d, base, currency, rates)
	x.after.SetText(after)
	x.says.SetText(says)
}

// priced words the price after a draft, and what is to be said about it. A base in another currency is
// converted first, as everywhere.
func (e *env) priced(d ruleDraft, base decimal.Decimal, currency domain.Currency, rates pricing.Rates) (after, says string) {
	rule, err := d.rule(e.text.Lang)
	if err != nil {
		return e.t("none"), errorText(e.text, err)
	}
	in := pricing.Input{Base: base, Rule: rule}
	if currency != "" && currency != pricing.Target {
		rate, ok := rates.On(currency, pricing.DayOf(e.now()))
		if !ok {
			return e.t("none"), e.t("pricing.warning.no-rate")
		}
		in.Rate = rate.Value
	}
	r := pricing.Compute(in)
	if r.Blocked || !r.Price.Valid {
		return e.t("none"), e.t("price.blocked")
	}
	says = e.t("price.norule")
	if rule != nil {
		says = e.t("price.rule", e.ruleText(*rule, pricing.Target))
	}
	if r.Approval {
		says += " " + e.t("price.approval")
	}
	return e.money(r.Price.Decimal, pricing.Target), says
}

// ruleText words a rule in a few characters: +%10, ek 20,00 ₺.
func (e *env) ruleText(r pricing.Rule, currency domain.Currency) string {
	sign := "+"
	if r.Direction == pricing.Discount {
		sign = "−"
	}
	text := ""
	if !r.Amount.IsZero() {
		if r.Kind == pricing.Percent {
			text = sign + domain.FormatPercent(r.Amount, e.text.Lang)
		} else {
			text = sign + e.money(r.Amount, currency)
		}
	}
	join := func(s string) {
		if text != "" {
			text += ", "
		}
		text += s
	}
	if !r.Extra.IsZero() {
		join(e.t("price.rule.extra", e.money(r.Extra, currency)))
	}
	if r.Ending != "" {
		join(e.t("price.rule.ending", e.t("rule.ending"+r.Ending)))
	}
	return text
}
