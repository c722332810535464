package issuing

import (
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

// The reasons that keep an order here beside those of the gate.
const (
	ReasonHeld       = "held"        // a person holds it
	ReasonNoProduct  = "no_product"  // a line is of no product of the catalogue, and nobody has said that it needs none
	ReasonTwoAmounts = "two_amounts" // its source names two amounts, and nobody has chosen between them
	ReasonLost       = "lost"        // an attempt was looked for in vain: a person may let it be issued again
	ReasonRefused    = "refused"     // İşbaşı has refused just this; corrected it may go again, or when it is named
)

// examine judges an order.
func (a *around) examine(k orders.Kept) Examined {
	e := Examined{Kept: k, Case: a.caseOf(&k)}
	e.Answer = invoicing.Judge(e.Case)
	e.Draft = a.draft(&e)
	e.Verdict = a.verdict(&e)
	if slices.Contains(e.Answer.Gate, invoicing.HitDateOrder) {
		e.Earliest = domain.Day(a.latest[e.Case.Buyer.Kind()])
	}
	return e
}

// caseOf makes the case of an order: the file's word first, what the catalogue and the company's choices say where it
// has none.
func (a *around) caseOf(k *orders.Kept) invoicing.Case {
	settled := *k
	settled.Order = a.choices.Settle(k.Order)
	o := settled.Standing()
	c := invoicing.Case{
		Key: a.key(o.Key()), Status: o.Status, Today: domain.Day(a.now), InvoiceDate: k.Said.InvoiceDate, ShippedOn: domain.Day(shipped(&o)),
		Currency: o.Currency, Rate: k.Said.Rate, Discount: o.Discount, StatedTotal: o.StatedTotal, Refunded: o.Refunded,
		Buyer: invoicing.Buyer{Buyer: o.Buyer, PublicBody: k.Said.PublicBody}, Micro: o.Micro, KeepPostalCode: a.choices.KeepPostalCode,
		Fingerprint: k.Order.Fingerprint(), Latest: map[domain.InvoiceKind]time.Time{},
	}
	for kind, at := range a.latest {
		c.Latest[kind] = domain.Day(at)
	}
	for n, l := range o.Lines {
		c.Lines = append(c.Lines, a.line(o.Marketplace, l, k.Said.Lines[n], productOf(k, n)))
	}
	if p, ok := domain.FindProvince(o.Buyer.City); ok {
		c.Buyer.Plate = p.Plate
	} else if k.Said.Buyer.City != "" { // that of the source's city is another one's
		c.Buyer.Plate = k.Said.Buyer.Plate
	}
	if number, ask := c.Buyer.Askable(); ask {
		if registered, known := a.taxpayer[number]; known {
			c.Buyer.Registration = invoicing.RegistrationNo
			if registered {
				c.Buyer.Registration = invoicing.RegistrationYes
			}
		}
	}
	c.Journal = a.past(o.Key(), c.Lines)
	return c
}

// shipped is when an order was, as far as its source says.
func shipped(o *orders.Order) time.Time {
	if o.ShippedAt.IsZero() {
		return o.DeliveredAt
	}
	return o.ShippedAt
}

// productOf is what is known of the product of a line; lines that people add have none.
func productOf(k *orders.Kept, line int) orders.LineProduct {
	if line >= len(k.Products) {
		return orders.LineProduct{}
	}
	return k.Products[line]
}

func (a *around) line(marketplace string, l orders.Line, said orders.SaidLine, p orders.LineProduct) invoicing.Line {
	if l.ID != "" { // the numbers of two sources have nothing to do with each other
		l.ID = marketplace + "/" + l.ID
	}
	switch {
	case l.VAT.Valid:
	case l.Kind == orders.LineGoods:
		l.VAT = p.VATRate
	default:
		l.VAT = decimal.NewNullDecimal(a.choices.ServiceVAT)
	}
	if strings.TrimSpace(l.Name) == "" {
		l.Name = p.Name
	}
	if strings.TrimSpace(l.Name) == "" && l.Kind != orders.LineGoods {
		l.Name = a.text("invoice.line." + string(l.Kind))
	}
	out := invoicing.Line{Line: l, Exemption: said.Exemption}
	if out.Exemption == "" {
		out.Exemption = a.choices.Exemption
	}
	return out
}

// verdict joins what the gate says with what people say. What only waits for the revenue administration's answer is
// ready: it is asked when the order goes out.
func (a *around) verdict(e *Examined) orders.Verdict {
	v := orders.Verdict{Stage: orders.StageReady, Total: e.Answer.Total, At: a.now, Invoice: e.Kept.Verdict.Invoice, Draft: e.Kept.Verdict.Draft, Queued: e.Kept.Verdict.Queued}
	for _, h := range e.Answer.Gate {
		v.Reasons = append(v.Reasons, string(h))
	}
	if e.Kept.Said.Held {
		v.Reasons = append(v.Reasons, ReasonHeld)
	}
	if noProduct(e) {
		v.Reasons = append(v.Reasons, ReasonNoProduct)
	}
	if settled := a.choices.Settle(e.Kept.Order); settled.TwoAmounts() {
		v.Reasons = append(v.Reasons, ReasonTwoAmounts)
	}
	if a.lost[e.Kept.Key()] {
		v.Reasons = append(v.Reasons, ReasonLost)
	}
	if r, ok := a.refused[e.Kept.Key()]; ok && r.Cause == domain.KindRejected && sameButDate(r.Draft, e.Draft) {
		v.Reasons = append(v.Reasons, ReasonRefused)
	}
	for _, w := range e.Answer.Warnings {
		v.Warnings = append(v.Warnings, string(w))
	}
	if e.Answer.TaxNumber == invoicing.FinalConsumer && looksLikeCompany(e.Case.Buyer.FullName()) {
		v.Warnings = append(v.Warnings, WarnLooksCompany)
	}
	switch {
	case e.Kept.Said.Never, e.Kept.Status.Over():
		v.Stage = orders.StageNever
	case len(v.Reasons) > 0 && !onlyAsked(v.Reasons):
		v.Stage = orders.StageHeld
	}
	return v
}

// onlyAsked tells whether nothing keeps an order but a question that a run asks.
func onlyAsked(reasons []string) bool {
	return len(reasons) == 1 && reasons[0] == string(invoicing.HitRegistryUnknown)
}

// noProduct tells whether goods are of no product that is known.
func noProduct(e *Examined) bool {
	for n, l := range e.Case.Lines {
		if l.Kind == orders.LineGoods && productOf(&e.Kept, n).ID == 0 && !e.Kept.Said.Lines[n].Without {
			return true
		}
	}
	return false
}
