package invoices

import (
	"time"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/lines"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

// invoiceCase understands a line of invoices try.
func invoiceCase(line []byte) (invoicing.Case, error) {
	o, err := lines.Read(line)
	if err != nil {
		return invoicing.Case{}, err
	}
	in := invoicing.Case{
		Key: invoicing.Key{
			Company: domain.CompanyID(o.Text("company")), Marketplace: o.Text("marketplace"), Package: o.Text("package"),
			Direction: oneOf(o, "direction", invoicing.DirectionSale, invoicing.DirectionReturn),
		},
		Status: oneOf(o, "status", orders.StatusOK, orders.StatusOpen, orders.StatusCancelled, orders.StatusReturned,
			orders.StatusUndelivered, orders.StatusSplitParent, orders.StatusUnpaid, orders.StatusTest, orders.StatusUnknown),
		Today: o.Day("today"), InvoiceDate: o.Day("invoice_date"), ShippedOn: o.Day("shipped_on"),
		Currency: lines.Currency(o.Text("currency")), Rate: o.NumberOrBlank("rate"),
		Discount: o.Number("order_discount").Decimal, StatedTotal: o.Number("stated_total"), Refunded: o.Number("refunded").Decimal,
		Micro: o.IsTrue("micro", false), ToPlatform: o.IsTrue("platform_buyer", false), KeepPostalCode: !o.IsTrue("derive_postal", true),
		Fingerprint: o.Text("fingerprint"),
		Latest:      latestInvoices(o),
	}
	if !o.Has("today") {
		o.Refuse("today", "required")
	}
	for _, l := range o.Objects("lines") {
		in.Lines = append(in.Lines, orderLine(l))
	}
	for _, a := range o.Objects("journal") {
		in.Journal = append(in.Journal, earlierAttempt(a))
	}
	if b := o.Object("buyer"); b != nil {
		in.Buyer = buyer(b)
	}
	return in, o.Err()
}

// oneOf reads one of the words, the first where nothing is said.
func oneOf[T ~string](o *lines.Object, key string, words ...T) T {
	if !o.Has(key) {
		return words[0]
	}
	allowed := make([]string, len(words))
	for i, w := range words {
		allowed[i] = string(w)
	}
	return T(o.Word(key, allowed...))
}

func orderLine(o *lines.Object) invoicing.Line {
	return invoicing.Line{
		Line: orders.Line{
			ID: o.Text("id"), Name: o.Text("name"),
			Quantity: o.Number("qty").Decimal, Unit: o.Number("unit").Decimal, Amount: o.Number("amount"),
			Discount: o.Number("discount").Decimal, PerUnit: o.IsTrue("discount_per_unit", false),
			VAT:  o.NumberOrBlank("vat"),
			Kind: oneOf(o, "kind", orders.LineGoods, orders.LineShipping, orders.LineWrap, orders.LineFee),
		},
		Exemption: o.Text("exemption"), Special: o.IsTrue("special", false),
	}
}

func buyer(o *lines.Object) invoicing.Buyer {
	return invoicing.Buyer{
		Buyer: orders.Buyer{
			Type:  oneOf(o, "type", orders.BuyerPerson, orders.BuyerCompany),
			First: o.Text("first"), Last: o.Text("last"), Name: o.Text("name"),
			TaxNumber: o.Text("tax_no"), TaxOffice: o.Text("tax_office"),
			Address: o.Text("address"), City: o.Text("city"), District: o.Text("district"), PostalCode: o.Text("postal"), Plate: o.Text("plate"),
			Country: o.Text("country"),
		},
		Registration: registration(o.Truth("registered")), PublicBody: o.IsTrue("public", false),
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

func earlierAttempt(o *lines.Object) invoicing.Attempt {
	a := invoicing.Attempt{Fingerprint: o.Text("fingerprint"), Lines: o.Texts("lines")}
	if key := o.Texts("key"); len(key) == 4 {
		a.Key = invoicing.Key{
			Company: domain.CompanyID(key[0]), Marketplace: key[1], Package: key[2], Direction: invoicing.Direction(key[3]),
		}
	} else {
		o.Refuse("key", "required")
	}
	if o.Has("state") {
		a.State = oneOf(o, "state", invoicing.AttemptStates()...)
	} else {
		o.Refuse("state", "required")
	}
	return a
}

// latestInvoices reads the day of the newest invoice of each kind.
func latestInvoices(o *lines.Object) map[domain.InvoiceKind]time.Time {
	l := o.Object("latest")
	if l == nil {
		return nil
	}
	latest := map[domain.InvoiceKind]time.Time{}
	for _, kind := range []domain.InvoiceKind{domain.InvoiceEArchive, domain.InvoiceEInvoice} {
		if day := l.Day(invoiceKindWord(kind)); !day.IsZero() {
			latest[kind] = day
		}
	}
	return latest
}
