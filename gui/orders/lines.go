package orders

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// lineFields are the fields of one line of an order: what it is, how many, what it costs, its product.
type lineFields struct {
	object    fyne.CanvasObject
	name      *widgets.Entry
	quantity  *widgets.Entry
	unit      *widgets.Entry
	discount  *widgets.Entry
	vat       *vatSelect
	exemption *widgets.Entry
	without   *widgets.Check
	bind      *widgets.Button
	all       []fyne.Disableable
}

// vatWidth is that of a rate that says where it comes from.
const vatWidth = 156

// lineActs is what the fields do with the form around them.
type lineActs struct {
	edit   func(change func(l *lineDraft))
	bind   func() // asks for the product
	remove func() // nil: it stays
	escape func()
}

func newLineFields(e *env, x lineOf, acts lineActs) *lineFields {
	f := &lineFields{}
	entry := func(text string, of func(l *lineDraft) *string) *widgets.Entry {
		w := widgets.NewEntry("")
		w.SetText(text)
		w.OnChanged = func(text string) { acts.edit(func(l *lineDraft) { *of(l) = text }) }
		w.SetEscape(acts.escape)
		f.all = append(f.all, w)
		return w
	}
	f.name = entry(x.draft.name, func(l *lineDraft) *string { return &l.name })
	f.quantity = entry(x.draft.quantity, func(l *lineDraft) *string { return &l.quantity })
	f.unit = entry(x.draft.unit, func(l *lineDraft) *string { return &l.unit })
	f.discount = entry(x.draft.discount, func(l *lineDraft) *string { return &l.discount })
	f.exemption = entry(x.draft.exemption, func(l *lineDraft) *string { return &l.exemption })
	exemption := captioned(e.T("orders.line.exemption"), f.exemption)
	zero := func(vat string) { widgets.ShowIf(exemption, vat == "0") }
	f.vat = newVATSelect(e, x.rates, x.none, x.draft.vat, func(vat string) {
		acts.edit(func(l *lineDraft) { l.vat = vat })
		zero(vat)
	})
	f.vat.SetEscape(acts.escape)
	f.all = append(f.all, f.vat)
	zero(x.draft.vat)
	box := container.NewVBox(f.name, widgets.NewBorder(nil, nil, nil, widgets.FixedWidth(vatWidth, captioned(e.T("orders.line.vat"), f.vat.Select)),
		container.NewGridWithColumns(3, captioned(e.T("orders.line.quantity"), f.quantity), captioned(e.T("orders.line.unit"), f.unit),
			captioned(e.T("orders.line.discount"), f.discount))), exemption)
	if x.kind == orders.LineGoods {
		f.bind = widgets.NewIconButton(e.T(x.bindKey()), theme.SearchIcon(), acts.bind)
		f.bind.SetEscape(acts.escape)
		f.all = append(f.all, f.bind)
		ways := container.NewHBox(f.bind)
		if acts.remove != nil {
			gone := widgets.NewIconButton(e.T("orders.line.remove"), theme.DeleteIcon(), acts.remove)
			gone.SetEscape(acts.escape)
			ways.Add(gone)
		}
		box.Add(widgets.NewBorder(nil, nil, nil, widgets.Centred(ways), widgets.NewMuted(x.says)))
		f.without = widgets.NewCheck(e.T("orders.line.without"), func(on bool) { acts.edit(func(l *lineDraft) { l.without = on }) })
		f.without.Checked = x.draft.without
		f.without.SetEscape(acts.escape)
		f.all = append(f.all, f.without)
		widgets.ShowIf(f.without, !x.bound || x.draft.without)
		box.Add(f.without)
	} else {
		box.Add(widgets.NewMuted(x.says))
	}
	f.object = widgets.NewPanel(box)
	return f
}

// lineOf is what the fields of a line show.
type lineOf struct {
	draft lineDraft
	kind  orders.LineKind
	rates []decimal.Decimal // that may be chosen
	none  string            // where no rate is chosen: where it comes from
	says  string            // of its product
	bound bool
}

func (x lineOf) bindKey() string {
	if x.bound {
		return "orders.line.rebind"
	}
	return "orders.line.bind"
}

// captioned puts a small caption over a field.
func captioned(caption string, o fyne.CanvasObject) fyne.CanvasObject {
	return widgets.Tight(widgets.NewCaption(caption).OneLine(), container.NewVBox(o))
}

// vatSelect chooses a VAT rate, or none.
type vatSelect struct {
	*widgets.Select
	values []string
}

// newVATSelect offers rates, and the one that stands; none is said where no rate is chosen.
func newVATSelect(e *env, rates []decimal.Decimal, none, now string, changed func(vat string)) *vatSelect {
	s := &vatSelect{values: []string{""}}
	names := []string{none}
	for _, r := range rates {
		s.values = append(s.values, kit.Typed(decimal.NewNullDecimal(r), 0, e.Lang))
		names = append(names, percent(e, r))
	}
	at := 0
	for i, v := range s.values {
		if v == now {
			at = i
		}
	}
	if at == 0 && now != "" { // one that is not in force
		s.values, names, at = append(s.values, now), append(names, e.T("orders.page.percent", now)), len(names)
	}
	s.Select = widgets.NewSelect(none, names, nil)
	s.SetSelectedIndex(at)
	s.OnChanged = func(string) {
		if i := s.SelectedIndex(); i >= 0 {
			changed(s.values[i])
		}
	}
	return s
}

// ratesOn are the VAT rates in force on the day that counts for a case.
func ratesOn(c invoicing.Case) (rates []decimal.Decimal) {
	day := c.ShippedOn
	if day.IsZero() {
		day = c.Today
	}
	for _, r := range []int64{0, 1, 8, 10, 18, 20} {
		if rate := decimal.NewFromInt(r); invoicing.InForce(rate, day) {
			rates = append(rates, rate)
		}
	}
	return rates
}

// addedFields are those of a line that people have added.
type addedFields struct {
	object fyne.CanvasObject
	amount *widgets.Entry
	all    []fyne.Disableable
}

func newAddedFields(e *env, d addedDraft, rates []decimal.Decimal, edit func(change func(a *addedDraft)), remove, escape func()) *addedFields {
	f := &addedFields{amount: widgets.NewEntry("")}
	name := widgets.NewEntry("")
	name.SetText(d.name)
	name.OnChanged = func(text string) { edit(func(a *addedDraft) { a.name = text }) }
	f.amount.SetText(d.amount)
	f.amount.OnChanged = func(text string) { edit(func(a *addedDraft) { a.amount = text }) }
	vat := newVATSelect(e, rates, e.T("orders.line.choose"), d.vat, func(vat string) { edit(func(a *addedDraft) { a.vat = vat }) })
	gone := widgets.NewIconButton(e.T("orders.line.remove"), theme.DeleteIcon(), remove)
	gone.Importance = widget.LowImportance
	for _, k := range []interface{ SetEscape(func()) }{name, f.amount, vat, gone} {
		k.SetEscape(escape)
	}
	f.all = []fyne.Disableable{name, f.amount, vat, gone}
	f.object = widgets.NewPanel(container.NewVBox(
		widgets.NewBorder(nil, nil, nil, gone, widgets.NewMuted(e.LineKind(d.kind))),
		widgets.NewBorder(nil, nil, nil, widgets.FixedWidth(vatWidth, captioned(e.T("orders.line.vat"), vat.Select)),
			container.NewGridWithColumns(2, captioned(e.T("orders.line.name"), name), captioned(e.T("orders.line.amount"), f.amount)))))
	return f
}
