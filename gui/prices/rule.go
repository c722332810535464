package prices

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// ruleForm is the fields of one rule.
type ruleForm struct {
	e               *env
	change          func(ruleDraft) // is told what was typed
	direction, kind *widgets.Choice
	amount, extra   *widgets.Entry
	ending          *widgets.Select
	mode            *widgets.Choice
	modeRow         *widgets.Row
	rows            []fyne.CanvasObject
	filling         bool
}

func endings() []string { return []string{"", ".00", ".50", ".90", ".95", ".99"} }

func newRuleForm(e *env, s *kit.Form[priceDraft], change func(ruleDraft)) *ruleForm {
	f := &ruleForm{e: e, change: change}
	tell := func(int) { f.read() }
	f.direction = widgets.NewRowChoice([]string{e.T("rule.increase"), e.T("rule.discount")}, tell)
	f.kind = widgets.NewRowChoice([]string{e.T("rule.amount"), e.T("rule.percent")}, tell)
	f.amount, f.extra = widgets.NewEntry(""), widgets.NewEntry(e.T("rule.extra.hint"))
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
	f.fit(d)
}

// fit asks for what goes with the rest of d: money or percent, and how an ending is reached.
func (f *ruleForm) fit(d ruleDraft) {
	f.amount.SetPlaceHolder(f.e.T("rule.value.hint." + string(d.kind)))
	widgets.ShowIf(f.modeRow, d.ending != "")
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
	f.fit(d)
	f.change(d)
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
