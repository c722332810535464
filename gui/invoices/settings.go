package invoices

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// draft is the settings as they are typed.
type draft struct {
	invoicing.Settings        // ServiceVAT apart
	vat                string // ServiceVAT
}

func draftOf(s invoicing.Settings, lang string) draft {
	d := draft{Settings: s, vat: kit.Typed(decimal.NewNullDecimal(s.ServiceVAT), 0, lang)}
	d.ServiceVAT = decimal.Zero
	return d
}

func (d draft) same(o draft) bool {
	return d.vat == o.vat && d.Website == o.Website && d.Carrier == o.Carrier && d.GiftCard == o.GiftCard && d.KeepPostalCode == o.KeepPostalCode &&
		d.Exemption == o.Exemption && d.ShippingNet == o.ShippingNet && d.Trendyol == o.Trendyol && d.Returns == o.Returns
}

// settings reads what was typed. The error's Field is that of invoicing.Settings.Validate.
func (d draft) settings(e *env) (invoicing.Settings, error) {
	s := d.Settings
	s.Website, s.Exemption = strings.TrimSpace(s.Website), strings.TrimSpace(s.Exemption)
	s.Carrier = invoicing.Carrier{Name: strings.TrimSpace(domain.Line(s.Carrier.Name)), TaxNumber: strings.TrimSpace(s.Carrier.TaxNumber)}
	var err error
	if s.ServiceVAT, err = domain.ParseNumber(strings.TrimSpace(d.vat), e.Lang); err != nil {
		return s, domain.Invalid("service_vat", "number")
	}
	return s, s.Validate(domain.Day(e.Now()))
}

// settingsSheet is what an accountant is asked once about the company's invoices.
type settingsSheet struct {
	*kit.Form[draft]
	e       *env
	object  fyne.CanvasObject
	entries map[string]*widgets.Entry
	choices map[string]*widgets.Choice
	filling bool
}

func newSettingsSheet(e *env) *settingsSheet {
	s := &settingsSheet{Form: kit.NewForm[draft](e.Env), e: e, entries: map[string]*widgets.Entry{}, choices: map[string]*widgets.Choice{}}
	s.Same = draft.same
	s.Load = func(ctx context.Context, _ draft) (draft, error) {
		of, err := e.co.InvoiceSettings(ctx)
		return draftOf(of, e.Lang), err
	}
	s.Check = func(d draft) error { _, err := d.settings(e); return err }
	s.Store = func(ctx context.Context, d draft) (draft, error) {
		of, err := d.settings(e)
		if err == nil {
			err = e.co.SaveInvoiceSettings(ctx, of)
		}
		if err != nil {
			return d, err
		}
		return draftOf(of, e.Lang), nil
	}
	s.Fill = s.draw
	s.object = s.layout()
	return s
}

func giftCards() []invoicing.GiftCard {
	return []invoicing.GiftCard{invoicing.GiftCardPayment, invoicing.GiftCardDiscount}
}

func papers() []invoicing.ReturnPaper {
	return []invoicing.ReturnPaper{invoicing.ReturnSection, invoicing.ReturnSlip}
}

func trendyols() []invoicing.TrendyolAmount {
	return []invoicing.TrendyolAmount{invoicing.TrendyolUnasked, invoicing.TrendyolReimbursed, invoicing.TrendyolDeducted}
}

func (s *settingsSheet) layout() fyne.CanvasObject {
	e := s.e
	back := widgets.NewIconButton(e.T("rows.back"), theme.NavigateBackIcon(), s.leave)
	back.SetEscape(s.leave)
	yes := []string{e.T("yes"), e.T("no")}
	rows := []fyne.CanvasObject{
		s.entry("website", "website", func(d *draft) *string { return &d.Website }),
		s.entry("carrier_name", "carrier_name", func(d *draft) *string { return &d.Carrier.Name }),
		s.entry("carrier", "carrier", func(d *draft) *string { return &d.Carrier.TaxNumber }),
		s.entry("service_vat", "service_vat", func(d *draft) *string { return &d.vat }),
		s.choice("gift_card", names(e, "gift_card.", giftCards()), true, func(d *draft, i int) { d.GiftCard = giftCards()[i] }),
		s.choice("returns", names(e, "returns.", papers()), false, func(d *draft, i int) { d.Returns = papers()[i] }),
		s.choice("postal", yes, true, func(d *draft, i int) { d.KeepPostalCode = i != 0 }),
		s.entry("exemption", "exemption", func(d *draft) *string { return &d.Exemption }),
		s.choice("trendyol", names(e, "trendyol.", trendyols()), false, func(d *draft, i int) { d.Trendyol = trendyols()[i] }),
		s.choice("shipping_net", yes, true, func(d *draft, i int) { d.ShippingNet = i == 0 }),
		s.Bar,
	}
	return widgets.NewBorder(
		container.NewVBox(widgets.NewBorder(nil, nil, back, nil, widgets.NewBody(e.T("invoices.settings.title")).Bold()), widgets.NewMuted(e.T("invoices.settings.text"))),
		nil, nil, nil, widgets.Scrolled(widgets.MaxWidth(settingsWidth, container.NewVBox(rows...))))
}

// settingsWidth is that of the form: its button stands at its end, not at the window's edge.
const settingsWidth = 720

func names[T ~string](e *env, key string, all []T) []string {
	said := make([]string, len(all))
	for i, v := range all {
		said[i] = e.T("invoices.set." + key + cmp.Or(string(v), "unasked"))
	}
	return said
}

func (s *settingsSheet) entry(field, key string, of func(d *draft) *string) fyne.CanvasObject {
	f := widgets.NewEntry("")
	f.OnChanged = func(text string) {
		if !s.filling {
			s.Edit(func(d *draft) { *of(d) = text })
		}
	}
	f.OnSubmitted = func(string) { s.Save() }
	f.SetEscape(s.leave)
	s.entries[field] = f
	return s.Row(field, s.e.T("invoices.set."+key), f, s.e.T("invoices.set."+key+".help"))
}

func (s *settingsSheet) choice(field string, options []string, beside bool, set func(d *draft, i int)) fyne.CanvasObject {
	changed := func(i int) { s.Edit(func(d *draft) { set(d, i) }) }
	c := widgets.NewChoice(options, changed)
	c.Horizontal = beside
	c.SetEscape(s.leave)
	s.choices[field] = c
	return s.Row(field, s.e.T("invoices.set."+field), c, s.e.T("invoices.set."+field+".help"))
}

// draw shows d in the fields.
func (s *settingsSheet) draw(d draft) {
	s.filling = true
	for field, text := range map[string]string{
		"website": d.Website, "carrier_name": d.Carrier.Name, "carrier": d.Carrier.TaxNumber, "service_vat": d.vat, "exemption": d.Exemption,
	} {
		s.entries[field].SetText(text)
	}
	s.filling = false
	s.choices["gift_card"].SetSelected(slices.Index(giftCards(), d.GiftCard))
	s.choices["returns"].SetSelected(slices.Index(papers(), d.Returns))
	s.choices["postal"].SetSelected(kit.Yes(!d.KeepPostalCode))
	s.choices["trendyol"].SetSelected(slices.Index(trendyols(), d.Trendyol))
	s.choices["shipping_net"].SetSelected(kit.Yes(d.ShippingNet))
}

// leave goes back to the list; changes ask first.
func (s *settingsSheet) leave() {
	if s.e.Modal == nil {
		s.e.Frame.Leave(s.e.Pop)
	}
}

// TypedKey takes Esc.
func (s *settingsSheet) TypedKey(k *fyne.KeyEvent) bool {
	if k.Name != fyne.KeyEscape {
		return false
	}
	s.leave()
	return true
}

// Content is always the same object.
func (s *settingsSheet) Content() fyne.CanvasObject { return s.object }
