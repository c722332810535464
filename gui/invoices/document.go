package invoices

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
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// document is the invoice as its buyer sees it: to whom, what, and the sums.
func document(e *env, r invoicing.Record) fyne.CanvasObject {
	c := r.Draft.Currency
	box := container.NewVBox(buyer(e, r), widget.NewSeparator())
	for _, l := range linesOf(r) {
		about := e.T("invoices.line", e.Amount(l.quantity), e.Money(l.price, c), percent(e, l.rate))
		box.Add(widgets.NewBorder(nil, nil, nil, amount(e.Money(l.net, c)), widgets.Tight(widgets.NewBody(l.name), widgets.NewCaption(about))))
	}
	box.Add(widget.NewSeparator())
	box.Add(sums(e, r.Amounts.Sums, c))
	if r.Draft.Description != "" {
		box.Add(widgets.NewCaption(r.Draft.Description))
	}
	return widgets.NewPanel(box)
}

func buyer(e *env, r invoicing.Record) fyne.CanvasObject {
	f := r.Draft.Customer
	number := cmp.Or(r.TaxNumber, f.TaxNumber)
	if f.TaxOffice != "" {
		number = f.TaxOffice + " " + number
	}
	place := strings.Join(strings.Fields(strings.Join([]string{f.PostalCode, f.District, f.City}, " ")), " ")
	lines := []fyne.CanvasObject{widgets.NewMuted(e.T("invoices.to")), widgets.NewBody(cmp.Or(r.Buyer, f.Name)).Bold()}
	for _, s := range []string{number, f.Address, place} {
		if s != "" {
			lines = append(lines, widgets.NewBody(s))
		}
	}
	return widgets.Tight(lines...)
}

// sums are the base and the VAT of each rate, and the total.
func sums(e *env, s invoicing.Sums, c domain.Currency) fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for _, rate := range s.Rates {
		rows = append(rows,
			widgets.NewBorder(nil, nil, nil, amount(e.Money(rate.Base, c)), widgets.NewMuted(e.T("invoices.base", percent(e, rate.Rate)))),
			widgets.NewBorder(nil, nil, nil, amount(e.Money(rate.VAT, c)), widgets.NewMuted(e.T("invoices.vat", percent(e, rate.Rate)))))
	}
	total := widgets.NewBody(e.Money(s.Total, c)).Bold().OneLine()
	return widgets.Tight(append(rows, widgets.NewBorder(nil, nil, nil, total, widgets.NewBody(e.T("invoices.total")).Bold()))...)
}

func amount(words string) fyne.CanvasObject {
	return container.NewVBox(widgets.NewBody(words).OneLine())
}

func percent(e *env, rate decimal.Decimal) string { return domain.FormatPercent(rate, e.Lang) }

// line is one line of an invoice.
type line struct {
	name            string
	quantity, price decimal.Decimal
	net             decimal.Decimal // VAT included, less every discount
	rate            decimal.Decimal // percent
}

// linesOf are the lines that went out.
func linesOf(r invoicing.Record) []line {
	all := make([]line, len(r.Draft.Lines))
	for i, l := range r.ReturnLines() {
		d := r.Draft.Lines[i]
		all[i] = line{name: d.Name, quantity: d.Quantity, price: d.Price, rate: d.VATRate, net: l.Net}
	}
	return all
}

// mismatch says that İşbaşı's total is not what was sent, and by how much.
func mismatch(e *env, r invoicing.Record) fyne.CanvasObject {
	b := widgets.NewBanner()
	c := r.Draft.Currency
	said := e.T("invoices.mismatch", e.Money(r.Amounts.Total, c), e.MoneyIf(r.Read, c), e.Money(r.Read.Decimal.Sub(r.Amounts.Total), c))
	b.Say(widgets.BannerWarning, said+" "+e.AttemptCure(r))
	return b
}

// facts are what is known of an invoice beside what it says: where it stands, since when, and İşbaşı's own words.
func facts(e *env, r invoicing.Record) fyne.CanvasObject {
	state := widgets.NewBody(e.Attempt(r)).Bold()
	state.SetColor(colorOf(r))
	box := widgets.Tight(state)
	if do := e.AttemptCure(r); do != "" && r.State != invoicing.AttemptMismatch {
		box.Add(widgets.NewBody(do))
	}
	if why := e.AttemptCause(r); why != "" {
		box.Add(widgets.NewText(why, theme.ColorNameError, theme.SizeNameText))
	}
	for _, f := range []struct{ key, said string }{
		{"invoices.number", r.Number},
		{"invoices.date", e.Date(r.Draft.Date)},
		{"invoices.kind", kindOf(e, r)},
		{"invoices.ettn", r.UUID},
		{"invoices.order", r.Key.Package},
		{"invoices.token", string(r.Token)},
		{"invoices.isbasi-says", r.StatusText},
		{"invoices.total-there", e.MoneyIf(r.Read, r.Draft.Currency)},
	} {
		if f.said != "" {
			box.Add(widgets.NewCaption(e.T(f.key)))
			box.Add(widgets.NewBody(f.said))
		}
	}
	return widgets.NewPanel(container.NewVBox(box, widget.NewSeparator(), past(e, r)))
}

// past is what happened to an invoice, and when.
func past(e *env, r invoicing.Record) fyne.CanvasObject {
	box := widgets.Tight(widgets.NewBody(e.T("invoices.past")).Bold())
	for _, s := range stepsOf(e, r) {
		box.Add(widgets.NewBody(s))
	}
	return box
}

// stepsOf are the steps of an invoice's life that have a time, the first one first.
func stepsOf(e *env, r invoicing.Record) (steps []string) {
	if !r.IntentAt.IsZero() {
		steps = append(steps, e.T("invoices.step.intent", e.Moment(r.IntentAt)))
	}
	if !r.SentAt.IsZero() {
		steps = append(steps, e.T("invoices.step.sent", e.Moment(r.SentAt)))
	}
	if !r.IssuedAt.IsZero() {
		steps = append(steps, e.T("invoices.step.issued", e.Moment(r.IssuedAt)))
	}
	if r.Missed > 0 {
		steps = append(steps, e.T("invoices.step.missed", e.Moment(r.MissedAt), r.Missed))
	}
	if !r.AskedAt.IsZero() && !r.Issued() {
		steps = append(steps, e.T("invoices.step.asked", e.Moment(r.AskedAt)))
	}
	return steps
}

// colorOf is toneOf as the colour of a text.
func colorOf(r invoicing.Record) fyne.ThemeColorName {
	switch toneOf(r) {
	case widget.WarningImportance:
		return theme.ColorNameWarning
	case widget.DangerImportance:
		return theme.ColorNameError
	case widget.SuccessImportance:
		return theme.ColorNameSuccess
	default:
		return theme.ColorNameForeground
	}
}
