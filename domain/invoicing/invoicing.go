// Package invoicing decides whether and how an order becomes an invoice: its amounts, everything that keeps
// it here until a person has acted, the kind of document, and by which token an invoice is found again that
// may have been issued already. It reads and writes nothing itself and knows no clock.
package invoicing

import (
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

// Case is one order and what is known about it (orders-invoices.md §3). Days are midnights in
// domain.Istanbul; amounts are VAT included and in Currency.
type Case struct {
	Key
	Status      orders.Status
	Today       time.Time
	InvoiceDate time.Time // zero: today
	ShippedOn   time.Time // zero: unknown
	Currency    domain.Currency
	Rate        decimal.NullDecimal // of Currency in TRY; absent: none is stored
	Lines       []Line
	// Discount is the order's own, beside those of its lines. StatedTotal is what the file says the order costs;
	// absent: it says nothing. Refunded is what the buyer has been paid back already.
	Discount    decimal.Decimal
	StatedTotal decimal.NullDecimal
	Refunded    decimal.Decimal
	Buyer       Buyer
	Micro       bool // micro-export
	// ToPlatform: the invoice goes to the marketplace, not to the buyer ("Yurt Dışı Aracılığı").
	ToPlatform bool
	// KeepPostalCode: one that is missing is not derived from the province.
	KeepPostalCode bool
	// Fingerprint is that of buyer, lines and total, by which a changed order is noticed. Journal has the
	// earlier attempts of all orders that share a key or a line with this one.
	Fingerprint string
	Journal     []Attempt
	// Latest has the day of the newest invoice of each kind at İşbaşı; a kind that is absent has none.
	Latest map[domain.InvoiceKind]time.Time
}

// Key is what may be invoiced only once.
type Key struct {
	Company     domain.CompanyID
	Marketplace string
	Package     string // not the order: one order may leave in several packages, and be invoiced as often
	Direction   Direction
}

// Direction tells a sale from a return. The words are part of the token (§5).
type Direction string

// The directions.
const (
	DirectionSale   Direction = "sale"
	DirectionReturn Direction = "return"
)

// Line is one line of an order, with what its invoice says besides.
type Line struct {
	orders.Line
	// Exemption is the code of the reason for VAT 0. Special: withholding and other special bases.
	Exemption string
	Special   bool
}

// Buyer is to whom an invoice is made out, with what only the revenue administration and a person know.
type Buyer struct {
	orders.Buyer
	Registration Registration
	PublicBody   bool
}

// Registration says whether the buyer takes part in e-Fatura.
type Registration string

// The answers of the revenue administration.
const (
	RegistrationUnknown Registration = "" // not asked, or not answered
	RegistrationYes     Registration = "yes"
	RegistrationNo      Registration = "no"
)

// Hit is a reason why an order is kept here.
type Hit string

// The hits, in the order in which they are shown.
const (
	HitStatus            Hit = "status"
	HitUnpaid            Hit = "unpaid"
	HitAlready           Hit = "already"         // invoiced, or a line of it is
	HitUnknownAttempt    Hit = "unknown_attempt" // an attempt whose outcome nobody knows: to be looked up
	HitChangedSince      Hit = "changed_since"   // the order is not what was invoiced
	HitLine              Hit = "line"
	HitDiscountOver      Hit = "discount_over" // the order's discount is more than its goods cost, or below nothing
	HitTotalZero         Hit = "total_zero"
	HitTotalMismatch     Hit = "total_mismatch"
	HitVATMissing        Hit = "vat_missing"
	HitVATNotInForce     Hit = "vat_not_in_force"
	HitVATZeroCode       Hit = "vat_zero_code" // VAT 0 without an exemption code
	HitCurrency          Hit = "currency"
	HitMasked            Hit = "masked"
	HitCompanyNoNumber   Hit = "company_no_number"
	HitNumberBad         Hit = "number_bad"
	HitNumberPlaceholder Hit = "number_placeholder"
	HitName              Hit = "name"
	HitAddress           Hit = "address"
	HitForeign           Hit = "foreign"
	HitPublicBody        Hit = "public_body"
	HitSpecial           Hit = "special"
	HitPlatformBuyer     Hit = "platform_buyer"
	HitRegistryUnknown   Hit = "registry_unknown"
	HitDateOrder         Hit = "date_order" // an invoice of the same kind has a later date
	HitFuture            Hit = "future"
)

// Warning is something that is shown and keeps nothing.
type Warning string

// The warnings, in the order in which they are shown.
const (
	WarnLate          Warning = "late_7" // VUK 231/5: an invoice is due within seven days of shipping
	WarnPostalDerived Warning = "postal_derived"
	WarnRefundedPart  Warning = "refunded_part"
	WarnNameCut       Warning = "name_cut" // İşbaşı takes 200 characters of a line's name
)

// Answer is what becomes of a Case.
type Answer struct {
	Gate     []Hit // all of them; the invoice may be made when there is none
	Warnings []Warning
	// Kind and TaxNumber are those that the invoice goes out with, "" when the gate holds it.
	Kind      domain.InvoiceKind
	TaxNumber string
	Amounts   // whatever the gate says
}
