package main

import (
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

// invoiceCase understands a line of invoices try.
func invoiceCase(line []byte) (invoicing.Case, error) {
	o, err := newTryObject(line)
	if err != nil {
		return invoicing.Case{}, err
	}
	in := invoicing.Case{
		Key: invoicing.Key{
			Company: domain.CompanyID(o.text("company")), Marketplace: o.text("marketplace"), Package: o.text("package"),
			Direction: oneOf(o, "direction", invoicing.DirectionSale, invoicing.DirectionReturn),
		},
		Status: oneOf(o, "status", orders.StatusOK, orders.StatusOpen, orders.StatusCancelled, orders.StatusReturned,
			orders.StatusUndelivered, orders.StatusSplitParent, orders.StatusUnpaid, orders.StatusTest, orders.StatusUnknown),
		Today: o.day("today"), InvoiceDate: o.day("invoice_date"), ShippedOn: o.day("shipped_on"),
		Currency: currency(o.text("currency")), Rate: o.numberOrBlank("rate"),
		Discount: o.number("order_discount").Decimal, StatedTotal: o.number("stated_total"), Refunded: o.number("refunded").Decimal,
		Micro: o.isTrue("micro", false), ToPlatform: o.isTrue("platform_buyer", false), KeepPostalCode: !o.isTrue("derive_postal", true),
		Fingerprint: o.text("fingerprint"),
		Latest:      latestInvoices(o),
	}
	if !o.has("today") {
		o.refuse("today", "required")
	}
	for _, l := range o.objects("lines") {
		in.Lines = append(in.Lines, orderLine(l))
	}
	for _, a := range o.objects("journal") {
		in.Journal = append(in.Journal, earlierAttempt(a))
	}
	if b := o.object("buyer"); b != nil {
		in.Buyer = buyer(b)
	}
	return in, o.err()
}

// oneOf reads one of the words, the first where nothing is said.
func oneOf[T ~string](o *tryObject, key string, words ...T) T {
	if !o.has(key) {
		return words[0]
	}
	allowed := make([]string, len(words))
	for i, w := range words {
		allowed[i] = string(w)
	}
	return T(o.word(key, allowed...))
}

func orderLine(o *tryObject) invoicing.Line {
	return invoicing.Line{
		Line: orders.Line{
			ID: o.text("id"), Name: o.text("name"),
			Quantity: o.number("qty").Decimal, Unit: o.number("unit").Decimal, Amount: o.number("amount"),
			Discount: o.number("discount").Decimal, PerUnit: o.isTrue("discount_per_unit", false),
			VAT:  o.numberOrBlank("vat"),
			Kind: oneOf(o, "kind", orders.LineGoods, orders.LineShipping, orders.LineWrap, orders.LineFee),
		},
		Exemption: o.text("exemption"), Special: o.isTrue("special", false),
	}
}

func buyer(o *tryObject) invoicing.Buyer {
	return invoicing.Buyer{
		Buyer: orders.Buyer{
			Type:  oneOf(o, "type", orders.BuyerPerson, orders.BuyerCompany),
			First: o.text("first"), Last: o.text("last"), Name: o.text("name"),
			TaxNumber: o.text("tax_no"), TaxOffice: o.text("tax_office"),
			Address: o.text("address"), City: o.text("city"), District: o.text("district"), PostalCode: o.text("postal"), Plate: o.text("plate"),
			Country: o.text("country"),
		},
		Registration: registration(o.truth("registered")), PublicBody: o.isTrue("public", false),
	}
}

func registration(b *bool) invoicing.Registration {
	switch {
	case b == nil:
		return invoicing.RegistrationUnknown
	case *b:
		return invoicing.RegistrationYes
	default:
		return invoicing.RegistrationNo
	}
}

func earlierAttempt(o *tryObject) invoicing.Attempt {
	a := invoicing.Attempt{Fingerprint: o.text("fingerprint"), Lines: o.texts("lines")}
	if key := o.texts("key"); len(key) == 4 {
		a.Key = invoicing.Key{
			Company: domain.CompanyID(key[0]), Marketplace: key[1], Package: key[2], Direction: invoicing.Direction(key[3]),
		}
	} else {
		o.refuse("key", "required")
	}
	if o.has("state") {
		a.State = oneOf(o, "state", invoicing.AttemptStates()...)
	} else {
		o.refuse("state", "required")
	}
	return a
}

// latestInvoices reads the day of the newest invoice of each kind.
func latestInvoices(o *tryObject) map[domain.InvoiceKind]time.Time {
	l := o.object("latest")
	if l == nil {
		return nil
	}
	latest := map[domain.InvoiceKind]time.Time{}
	for _, kind := range []domain.InvoiceKind{domain.InvoiceEArchive, domain.InvoiceEInvoice} {
		if day := l.day(invoiceKindWord(kind)); !day.IsZero() {
			latest[kind] = day
		}
	}
	return latest
}
