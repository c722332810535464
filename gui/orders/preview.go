package orders

import (
	"cmp"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// invoiceView is an invoice as its buyer sees it.
type invoiceView struct {
	kind     string
	number   string
	date     string
	customer domain.Firm
	currency domain.Currency
	lines    []lineView
	sums     invoicing.Sums
	warnings []string
}

type lineView struct {
	name     string
	quantity decimal.Decimal
	unit     string
	net      decimal.Decimal // VAT included, less every discount
}

// viewOf is the invoice that would be made of an order now.
func viewOf(e *env, x issuing.Examined) invoiceView {
	v := invoiceView{
		kind: kindWords(e, x), number: x.Verdict.Invoice, date: e.Date(x.Draft.Date), customer: x.Draft.Customer,
		currency: x.Case.Currency, sums: x.Answer.Sums, warnings: x.Verdict.Warnings,
	}
	for i, l := range x.Case.Lines {
		unit := ""
		if i < len(x.Kept.Products) {
			unit = x.Kept.Products[i].Unit
		}
		v.lines = append(v.lines, lineView{l.Name, l.Quantity, unit, x.Answer.Lines[i].Net})
	}
	return v
}

// kindWords say which document an order becomes, as far as that is known.
func kindWords(e *env, x issuing.Examined) string {
	if number, ask := x.Case.Buyer.Askable(); ask && number != "" && x.Case.Buyer.Registration == invoicing.RegistrationUnknown {
		return e.T("orders.view.asked")
	}
	return e.InvoiceKind(cmp.Or(x.Answer.Kind, x.Case.Buyer.Kind()), x.Draft.Scenario)
}

// viewOfRecord is an invoice that was made.
func viewOfRecord(e *env, r invoicing.Record) invoiceView {
	v := invoiceView{
		kind: e.InvoiceKind(r.Kind, r.Scenario), number: r.Number, date: e.Date(r.Day()), customer: r.Draft.Customer, currency: r.Draft.Currency, sums: r.Amounts.Sums,
	}
	for _, l := range r.Draft.Lines {
		v.lines = append(v.lines, lineView{l.Name, l.Quantity, l.Unit, l.Price.Mul(l.Quantity).Round(money)})
	}
	return v
}

// show draws it.
func (v invoiceView) show(e *env, title string) fyne.CanvasObject {
	number := v.number
	if number == "" {
		number = e.T("orders.view.no-number")
	}
	box := container.NewVBox(widgets.Tight(widgets.NewCaption(title), widgets.NewBody(v.kind).Bold(), pair(number, v.date, true)))
	box.Add(widget.NewSeparator())
	who := []fyne.CanvasObject{widgets.NewBody(cmp.Or(customerName(v.customer), e.T("none"))).Bold()}
	for _, l := range addressLines(v.customer) {
		who = append(who, widgets.NewBody(l))
	}
	if n := v.customer.TaxNumber; n != "" {
		key := "orders.view.company"
		if v.customer.Person {
			key = "orders.view.person"
		}
		who = append(who, widgets.NewMuted(strings.Join(kit.Filled(e.T(key, n), v.customer.TaxOffice), " · ")))
	}
	box.Add(widgets.Tight(who...))
	box.Add(widget.NewSeparator())
	for _, l := range v.lines {
		unit := l.unit
		if unit == "" {
			unit = e.T("orders.view.piece")
		}
		box.Add(widgets.Tight(pair(l.name, e.Money(l.net, v.currency), false), widgets.NewCaption(e.T("orders.view.quantity", e.Amount(l.quantity), unit))))
	}
	box.Add(widget.NewSeparator())
	var sums []fyne.CanvasObject
	for _, r := range v.sums.Rates {
		rate := percent(e, r.Rate)
		sums = append(sums, pair(e.T("orders.view.base", rate), e.Money(r.Base, v.currency), true),
			pair(e.T("orders.view.vat", rate), e.Money(r.VAT, v.currency), true))
	}
	box.Add(widgets.Tight(sums...))
	total := pair(e.T("orders.view.total"), e.Money(v.sums.Total, v.currency), false)
	for _, o := range total.Objects {
		o.(*widgets.Text).Bold()
	}
	box.Add(total)
	for _, w := range v.warnings {
		what, do := e.Warning(w)
		icon := widget.NewIcon(theme.NewColoredResource(theme.WarningIcon(), theme.ColorNameWarning))
		box.Add(widgets.NewBorder(nil, nil, container.NewVBox(widgets.Gap(4), icon), nil, widgets.NewText(what+". "+do, theme.ColorNameForeground, theme.SizeNameCaptionText)))
	}
	return widgets.NewPanel(box)
}

// customerName is a company's title, or a person's first and last name.
func customerName(f domain.Firm) string {
	return cmp.Or(f.Name, strings.TrimSpace(f.FirstName+" "+f.LastName))
}

// pair is words at the left and a number at the right.
func pair(left, right string, quiet bool) *fyne.Container {
	l, r := widgets.NewBody(left), widgets.NewBody(right).OneLine()
	if quiet {
		l.SetColor(widgets.ColorMuted)
	}
	return widgets.NewBorder(nil, nil, nil, r, l)
}
