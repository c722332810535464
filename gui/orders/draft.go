package orders

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/gui/kit"
)

// orderDraft is what is said of an order as it is typed; base is what it was made of.
type orderDraft struct {
	base    issuing.Examined
	buyer   buyerDraft
	public  bool
	lines   []lineDraft  // as many as the order has
	added   []addedDraft // that people have added
	coupon  string
	total   string
	rate    string
	invoice string              // the day of the invoice
	service decimal.NullDecimal // VAT of shipping and the like; not edited
}

// serviceVAT is the rate, in percent, that the company has chosen for shipping and the like.
func serviceVAT(ctx context.Context, co Runs) (decimal.NullDecimal, error) {
	st, err := co.InvoiceStanding(ctx)
	return decimal.NewNullDecimal(st.Settings.ServiceVAT), err
}

// buyerDraft is a buyer as it is typed.
type buyerDraft struct {
	kind                                                                               orders.BuyerType
	first, last, name, number, office, address, city, district, postal, plate, country string
}

// lineDraft is a line as it is typed. vat is the rate in percent, "" = the file's or the catalogue's.
type lineDraft struct {
	name, quantity, unit, discount, vat, exemption string
	without                                        bool // it is invoiced without a product
}

// addedDraft is a line that people have added.
type addedDraft struct {
	kind              orders.LineKind
	name, amount, vat string
}

// money is how many decimals an amount of money is shown with at least.
const money = 2

func draftOfBuyer(b orders.Buyer) buyerDraft {
	return buyerDraft{
		b.Type, b.First, b.Last, b.Name, b.TaxNumber, b.TaxOffice, b.Address, b.City, b.District, b.PostalCode, b.Plate, b.Country,
	}
}

// buyer is what was typed.
func (d buyerDraft) buyer() orders.Buyer {
	t := strings.TrimSpace
	return orders.Buyer{
		Type: d.kind, First: t(d.first), Last: t(d.last), Name: t(d.name), TaxNumber: t(d.number), TaxOffice: t(d.office), Address: t(d.address),
		City: t(d.city), District: t(d.district), PostalCode: t(d.postal), Plate: d.plate, Country: t(d.country),
	}
}

// draftOfOrder shows an order as it stands.
func draftOfOrder(x issuing.Examined, lang string) orderDraft {
	x.Verdict = verdictOf(x)
	k := &x.Kept
	o := k.Standing()
	d := orderDraft{
		base: x, buyer: draftOfBuyer(o.Buyer), public: k.Said.PublicBody,
		coupon: shown(o.Discount, lang), total: kit.Typed(o.StatedTotal, money, lang), rate: kit.Typed(k.Said.Rate, 0, lang),
		invoice: dayTyped(k.Said.InvoiceDate),
	}
	for i, l := range o.Lines {
		if i >= len(k.Lines) {
			d.added = append(d.added, addedDraft{l.Kind, l.Name, shown(l.Unit, lang), kit.Typed(l.VAT, 0, lang)})
			continue
		}
		said := k.Said.Lines[i]
		d.lines = append(d.lines, lineDraft{
			l.Name, kit.Typed(decimal.NewNullDecimal(l.Quantity), 0, lang), shown(l.Unit, lang), shown(l.OwnDiscount(), lang),
			kit.Typed(l.VAT, 0, lang), said.Exemption, said.Without,
		})
	}
	return d
}

// verdictOf is what is judged of an order; nothing holds one with an invoice any more, but its source may
// say something else since.
func verdictOf(x issuing.Examined) orders.Verdict {
	v := x.Verdict
	if stage := x.Kept.Verdict.Stage; stage == orders.StageInvoiced || stage == orders.StageTask {
		v.Stage, v.Warnings = stage, nil
		v.Reasons = nil
		if x.Kept.Later != nil {
			v.Reasons = []string{string(invoicing.HitChangedSince)}
		}
	}
	return v
}

// with adds what is not the order's.
func (d orderDraft) with(service decimal.NullDecimal) orderDraft {
	d.service = service
	return d
}

// shown is an amount of money, "" for none.
func shown(d decimal.Decimal, lang string) string {
	if d.IsZero() {
		return ""
	}
	return kit.Typed(decimal.NewNullDecimal(d), money, lang)
}

// dayFormat is how a day is typed.
const dayFormat = "02.01.2006"

func dayTyped(day time.Time) string {
	if day.IsZero() {
		return ""
	}
	return day.In(domain.Istanbul).Format(dayFormat)
}

// dayOf reads a typed day; "" is the zero time.
func dayOf(text, field string) (time.Time, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return time.Time{}, nil
	}
	day, err := time.ParseInLocation("2.1.2006", text, domain.Istanbul)
	if err != nil {
		return time.Time{}, domain.Invalid(field, "orders.day")
	}
	return day, nil
}

// same tells whether two drafts say the same.
func (d orderDraft) same(other orderDraft) bool {
	return d.base.Kept.ID == other.base.Kept.ID && d.buyer == other.buyer && d.public == other.public && d.coupon == other.coupon &&
		d.total == other.total && d.rate == other.rate && d.invoice == other.invoice && slices.Equal(d.lines, other.lines) &&
		slices.Equal(d.added, other.added)
}

// said reads what was typed: what is not the source's own word. The error's Field is discount, total, rate, day, "line N" or
// "added N".
func (d orderDraft) said(lang string) (orders.Said, error) {
	was := draftOfOrder(d.base, lang)
	k := &d.base.Kept
	s := k.Said
	s.PublicBody = d.public
	s.Buyer = saidOfBuyer(d.buyer.buyer(), k.Buyer)
	var err error
	number := func(field, text, before string, into *decimal.NullDecimal) {
		if text == before || err != nil { // 1.234 is not read another way only because it was shown
			return
		}
		*into, err = numberOf(field, text, lang)
	}
	number("discount", d.coupon, was.coupon, &s.Discount)
	number("total", d.total, was.total, &s.Total)
	number("rate", d.rate, was.rate, &s.Rate)
	if err == nil && d.invoice != was.invoice {
		s.InvoiceDate, err = dayOf(d.invoice, "day")
	}
	s.Lines = map[int]orders.SaidLine{}
	for i, l := range d.lines {
		said, w := k.Said.Lines[i], was.lines[i]
		if l.name != w.name {
			if said.Name = strings.TrimSpace(l.name); said.Name == k.Lines[i].Name {
				said.Name = ""
			}
		}
		field := lineField(i)
		number(field, l.quantity, w.quantity, &said.Quantity)
		number(field, l.unit, w.unit, &said.Unit)
		number(field, l.discount, w.discount, &said.Discount)
		number(field, l.vat, w.vat, &said.VAT)
		said.Exemption, said.Without = strings.TrimSpace(l.exemption), l.without
		if said != (orders.SaidLine{}) {
			s.Lines[i] = said
		}
	}
	s.Added = nil
	for i, a := range d.added {
		var amount, vat decimal.NullDecimal
		number(addedField(i), a.amount, "", &amount)
		number(addedField(i), a.vat, "", &vat)
		if err == nil && !amount.Valid {
			err = domain.Invalid(addedField(i), "required")
		}
		s.Added = append(s.Added, orders.Line{
			Name: strings.TrimSpace(a.name), Quantity: decimal.NewFromInt(1), Unit: amount.Decimal, VAT: vat, Kind: a.kind,
		})
	}
	return s, err
}

// numberOf reads a number; "" is none.
func numberOf(field, text, lang string) (decimal.NullDecimal, error) {
	if strings.TrimSpace(text) == "" {
		return decimal.NullDecimal{}, nil
	}
	n, err := domain.ParseNumber(text, lang)
	if err != nil {
		return decimal.NullDecimal{}, domain.Invalid(field, "number")
	}
	return decimal.NewNullDecimal(n), nil
}

// saidOfBuyer leaves out what the source says itself.
func saidOfBuyer(b, source orders.Buyer) orders.Buyer {
	if b.Type == source.Type {
		b.Type = ""
	}
	for _, f := range []struct {
		said   *string
		source string
	}{
		{&b.First, source.First},
		{&b.Last, source.Last},
		{&b.Name, source.Name},
		{&b.TaxNumber, source.TaxNumber},
		{&b.TaxOffice, source.TaxOffice},
		{&b.Address, source.Address},
		{&b.City, source.City},
		{&b.District, source.District},
		{&b.PostalCode, source.PostalCode},
		{&b.Plate, source.Plate},
		{&b.Country, source.Country},
	} {
		if *f.said == f.source {
			*f.said = ""
		}
	}
	return b
}
