package invoicing

import (
	"cmp"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

// Judge computes the amounts of an order and asks whether it may be invoiced (orders-invoices.md §3).
func Judge(c Case) Answer {
	j := judged{Case: &c, Amounts: Compute(c.Lines, c.Discount), past: c.past()}
	j.number, j.numberKind = c.Buyer.number()
	j.kind = c.Buyer.Kind()
	a := Answer{Amounts: j.Amounts}
	for _, g := range gate() {
		if g.holds(&j) {
			a.Gate = append(a.Gate, g.hit)
		}
	}
	for _, w := range warnings() {
		if w.due(&j) {
			a.Warnings = append(a.Warnings, w.warning)
		}
	}
	if len(a.Gate) == 0 {
		a.Kind, a.TaxNumber = j.kind, j.number
	}
	return a
}

// judged is a case with what several judgements need to know of it.
type judged struct {
	*Case
	Amounts
	past       past
	number     string
	numberKind numberKind
	kind       domain.InvoiceKind
}

type gateRow struct {
	hit   Hit
	holds func(*judged) bool
}

// gate lists what may keep an order, in the order in which it is shown.
func gate() []gateRow {
	return []gateRow{
		{HitStatus, func(j *judged) bool { return j.Status != orders.StatusOK && j.Status != orders.StatusUnpaid }},
		{HitUnpaid, func(j *judged) bool { return j.Status == orders.StatusUnpaid }},
		{HitAlready, func(j *judged) bool { return j.past.already }},
		{HitUnknownAttempt, func(j *judged) bool { return j.past.unknown }},
		{HitChangedSince, func(j *judged) bool { return j.past.changed }},
		{HitLine, (*judged).badLine},
		{HitDiscountOver, func(j *judged) bool { return j.Over }},
		{HitTotalZero, (*judged).totalZero},
		{HitTotalMismatch, (*judged).totalMismatch},
		{HitVATMissing, func(j *judged) bool { return j.anyVAT(HitVATMissing) }},
		{HitVATNotInForce, func(j *judged) bool { return j.anyVAT(HitVATNotInForce) }},
		{HitVATZeroCode, func(j *judged) bool { return j.anyVAT(HitVATZeroCode) }},
		{HitCurrency, (*judged).noRate},
		{HitMasked, func(j *judged) bool { return j.Buyer.masked() }},
		{HitCompanyNoNumber, func(j *judged) bool { return j.numberKind == numberNone && j.Buyer.Type == orders.BuyerCompany }},
		{HitNumberBad, func(j *judged) bool { return j.numberKind == numberBad }},
		{HitNumberPlaceholder, func(j *judged) bool { return j.numberKind == numberPlaceholder }},
		{HitName, func(j *judged) bool { return !j.Buyer.named() }},
		{HitAddress, func(j *judged) bool { return !j.addressed() }},
		{HitForeign, func(j *judged) bool { return j.Buyer.foreign() || j.Micro }},
		{HitPublicBody, func(j *judged) bool { return j.Buyer.PublicBody }},
		{HitSpecial, (*judged).special},
		{HitPlatformBuyer, func(j *judged) bool { return j.ToPlatform }},
		{HitRegistryUnknown, (*judged).registryUnknown},
		{HitDateOrder, (*judged).tooEarly},
		{HitFuture, func(j *judged) bool { return j.date().After(j.Today) }},
	}
}

type warningRow struct {
	warning Warning
	due     func(*judged) bool
}

// warnings lists what is shown besides, in its order.
func warnings() []warningRow {
	return []warningRow{
		{WarnLate, (*judged).late},
		{WarnPostalDerived, func(j *judged) bool { _, derived := j.PostalCode(); return derived }},
		{WarnRefundedPart, func(j *judged) bool { return j.Refunded.IsPositive() }},
		{WarnNameCut, (*judged).nameCut},
	}
}

// date is the invoice's.
func (j *judged) date() time.Time {
	if j.InvoiceDate.IsZero() {
		return j.Today
	}
	return j.InvoiceDate
}

func (j *judged) badLine() bool {
	goods := slices.ContainsFunc(j.Case.Lines, func(l Line) bool { return l.Kind == orders.LineGoods })
	return !goods || slices.ContainsFunc(j.Case.Lines, Line.bad)
}

// bad tells whether a line cannot be meant. One that costs nothing in the end can.
func (l Line) bad() bool {
	switch {
	case !l.Quantity.IsPositive(), l.Unit.IsNegative(), l.Discount.IsNegative(), blank(l.Name):
		return true
	case l.Gross().LessThan(l.OwnDiscount()):
		return true
	default:
		return l.contradicts()
	}
}

// contradicts tells whether the line's amount is not its quantity times its price, but for what rounding the
// price to kuruş may make of it.
func (l Line) contradicts() bool {
	off := l.Stated().Sub(l.Quantity.Mul(l.Unit)).Abs()
	return off.GreaterThan(oneKurus.Mul(decimal.Max(one, l.Quantity)))
}

var one = decimal.NewFromInt(1)

func (j *judged) totalZero() bool { return !j.Total.IsPositive() && !j.badLine() }

func (j *judged) totalMismatch() bool {
	return j.StatedTotal.Valid && !kurus(j.StatedTotal.Decimal).Equal(j.Total)
}

func (j *judged) anyVAT(hit Hit) bool {
	return slices.ContainsFunc(j.Case.Lines, func(l Line) bool { return l.vatHit(j.vatDay()) == hit })
}

// vatDay is the day whose rates count: that of shipping where it is known.
func (j *judged) vatDay() time.Time {
	if j.ShippedOn.IsZero() {
		return j.date()
	}
	return j.ShippedOn
}

// vatHit gives what is wrong with a line's VAT rate, "" when nothing is.
func (l Line) vatHit(day time.Time) Hit {
	switch {
	case !l.VAT.Valid:
		return HitVATMissing
	case !InForce(l.VAT.Decimal, day):
		return HitVATNotInForce
	case l.VAT.Decimal.IsZero() && blank(l.Exemption):
		return HitVATZeroCode
	default:
		return ""
	}
}

// noRate tells whether the invoice is in a foreign currency and nothing says what that is worth.
func (j *judged) noRate() bool {
	return cmp.Or(j.Currency, domain.TRY) != domain.TRY && !j.Rate.Decimal.IsPositive()
}

// special tells whether the invoice can only be made on İşbaşı's own screen. A return always is: it has no
// call.
func (j *judged) special() bool {
	return j.Direction == DirectionReturn || slices.ContainsFunc(j.Case.Lines, func(l Line) bool { return l.Special })
}

// registryUnknown tells whether the revenue administration has to be asked about the number, right or wrong,
// unless nobody knows it.
func (j *judged) registryUnknown() bool {
	return j.Buyer.Registration == RegistrationUnknown && j.numberKind != numberNone && j.numberKind != numberMasked
}

// tooEarly tells whether İşbaşı has an invoice of the same kind with a later date.
func (j *judged) tooEarly() bool {
	return j.date().Before(j.Latest[j.kind]) // nothing is before the zero time of a kind that has none
}

func (j *judged) late() bool {
	const days = 7
	return !j.ShippedOn.IsZero() && j.date().After(j.ShippedOn.AddDate(0, 0, days))
}

func (j *judged) nameCut() bool {
	const most = 200
	return slices.ContainsFunc(j.Case.Lines, func(l Line) bool { return utf8.RuneCountInString(l.Name) > most })
}
