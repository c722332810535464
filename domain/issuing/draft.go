package issuing

import (
	"reflect"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

// The item codes of lines that no product is known of. İşbaşı makes a card of a code that it does not know, so there is
// one for each kind of service, always the same.
const (
	codeGoods    = "SOPYO-URUN"
	codeShipping = "SOPYO-KARGO"
	codeWrap     = "SOPYO-PAKET"
	codeFee      = "SOPYO-HIZMET"
)

// nameLength is what İşbaşı takes of a line's name.
const nameLength = 200

// draft makes what is sent for an order (isbasi-api.md §6.1): prices with VAT, less every discount.
func (a *around) draft(e *Examined) domain.InvoiceDraft {
	c, b := &e.Case, &e.Case.Buyer
	number, _ := b.Askable()
	postal, _ := c.PostalCode()
	d := domain.InvoiceDraft{
		Customer: domain.Firm{
			Name: b.Name, FirstName: b.First, LastName: b.Last, Person: b.Personal(), TaxNumber: number, TaxOffice: b.TaxOffice,
			Country: country, City: b.City, District: b.District, Address: b.Address, PostalCode: postal,
		},
		Date: a.date(c), Currency: c.Currency, Rate: c.Rate.Decimal, VATIncluded: true, Description: a.description(&e.Kept, c.Key),
		Kind: b.Kind(), Scenario: a.scenario,
	}
	if d.Currency == "" || d.Currency == domain.TRY {
		d.Currency, d.Rate = domain.TRY, decimal.Zero
	}
	for n, l := range c.Lines {
		amounts := e.Answer.Lines[n]
		if !amounts.Net.IsPositive() || !amounts.SendUnit.Valid { // İşbaşı may refuse a line of nothing (orders-invoices.md §11)
			continue
		}
		d.Lines = append(d.Lines, draftLine(l, productOf(&e.Kept, n), amounts.SendUnit.Decimal))
	}
	return d
}

// country is as İşbaşı writes it.
const country = "Türkiye"

// date is the invoice's: the chosen day, else now. İşbaşı refuses a time before that of its newest invoice of the kind,
// so a clock that is behind takes the second after that one, on the same day: it may be dated to a part of a second.
func (a *around) date(c *invoicing.Case) time.Time {
	at := a.now
	if !c.InvoiceDate.IsZero() && !c.InvoiceDate.Equal(domain.Day(a.now)) {
		at = c.InvoiceDate
	}
	if latest := a.latest[c.Buyer.Kind()]; latest.After(at) && domain.Day(latest).Equal(domain.Day(at)) {
		if at = latest.Add(time.Second); !domain.Day(at).Equal(domain.Day(latest)) {
			at = latest
		}
	}
	return at.UTC().Truncate(time.Second)
}

func draftLine(l invoicing.Line, p orders.LineProduct, unit decimal.Decimal) domain.DraftLine {
	d := domain.DraftLine{
		ItemCode: p.Code, Name: cut(l.Name, nameLength), Unit: p.Unit, Quantity: l.Quantity, Price: unit, VATRate: l.VAT.Decimal,
	}
	if l.VAT.Valid && l.VAT.Decimal.IsZero() {
		d.ExemptionCode = l.Exemption
	}
	switch l.Kind {
	case orders.LineShipping:
		d.ItemCode, d.Service = codeShipping, true
	case orders.LineWrap:
		d.ItemCode, d.Service = codeWrap, true
	case orders.LineFee:
		d.ItemCode, d.Service = codeFee, true
	default:
		for _, code := range []domain.Code{domain.Code(l.Code), domain.Code(l.Barcode), codeGoods} {
			if d.ItemCode == "" {
				d.ItemCode = code
			}
		}
	}
	return d
}

// description is the invoice's: the order's number, the token by which it is found again, and what an internet sale has
// to say while İşbaşı takes no fields of its own for it (orders-invoices.md §7).
func (a *around) description(k *orders.Kept, key invoicing.Key) string {
	parts := []string{a.text("invoice.text.order", k.Number) + " " + string(invoicing.TokenOf(a.tenant, key))}
	if k.Package != k.Number {
		parts = append(parts, a.text("invoice.text.package", k.Package))
	}
	if a.choices.Website != "" {
		parts = append(parts, a.text("invoice.text.website", a.choices.Website))
	}
	if a.choices.Carrier.Name != "" {
		parts = append(parts, a.text("invoice.text.carrier", strings.TrimSpace(a.choices.Carrier.Name+" "+a.choices.Carrier.TaxNumber)))
	}
	if at := shipped(&k.Order); !at.IsZero() {
		parts = append(parts, a.text("invoice.text.shipped", at.In(domain.Istanbul).Format("02.01.2006")))
	}
	return strings.Join(parts, " · ")
}

func cut(s string, letters int) string {
	r := []rune(s)
	if len(r) <= letters {
		return s
	}
	return string(r[:letters])
}

// sameButDate tells whether two drafts say the same, whenever and in whichever attempt.
func sameButDate(x, y domain.InvoiceDraft) bool {
	x.Date, y.Date = time.Time{}, time.Time{}
	_, x.Description = invoicing.NonceIn(x.Description)
	_, y.Description = invoicing.NonceIn(y.Description)
	if len(x.Lines) != len(y.Lines) {
		return false
	}
	for n := range x.Lines {
		if !sameLine(x.Lines[n], y.Lines[n]) {
			return false
		}
	}
	if !x.Rate.Equal(y.Rate) {
		return false
	}
	x.Lines, y.Lines, x.Rate, y.Rate = nil, nil, decimal.Zero, decimal.Zero
	return reflect.DeepEqual(x, y)
}

// sameLine compares numbers as numbers: 20 and 20.00 are one.
func sameLine(x, y domain.DraftLine) bool {
	if !x.Quantity.Equal(y.Quantity) || !x.Price.Equal(y.Price) || !x.VATRate.Equal(y.VATRate) {
		return false
	}
	x.Quantity, x.Price, x.VATRate = y.Quantity, y.Price, y.VATRate
	return reflect.DeepEqual(x, y)
}
