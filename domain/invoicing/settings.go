package invoicing

import (
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Settings are a company's choices for its invoices: what an accountant is asked once (orders-invoices.md, A).
type Settings struct {
	Website string // that the goods are sold on; in the description
	Carrier Carrier
	// ServiceVAT is the rate of shipping, wrap and fees in percent, where the file names none.
	ServiceVAT decimal.Decimal
	GiftCard   GiftCard
	// KeepPostalCode: one that is missing is not derived from the province.
	KeepPostalCode bool
	// Exemption is the code of the reason for VAT 0, "" = asked in each order.
	Exemption string
	// ShippingNet: ikas's price of shipping is without VAT.
	ShippingNet bool
	Trendyol    TrendyolAmount
	// Returns is how a consumer's return is documented.
	Returns ReturnPaper
}

// Carrier brings the goods; the zero value: none is named.
type Carrier struct{ Name, TaxNumber string }

// GiftCard is what a gift card is taken as.
type GiftCard string

// The ways.
const (
	GiftCardPayment  GiftCard = "payment"
	GiftCardDiscount GiftCard = "discount"
)

// TrendyolAmount is which of two amounts holds where one package has both (orders-invoices.md §1).
type TrendyolAmount string

// The amounts.
const (
	TrendyolUnasked    TrendyolAmount = ""
	TrendyolReimbursed TrendyolAmount = "reimbursed" // the platform's discount does not lower the invoice
	TrendyolDeducted   TrendyolAmount = "deducted"
)

// ReturnPaper is a document of a consumer's return.
type ReturnPaper string

// The papers.
const (
	ReturnSection ReturnPaper = "section" // the return section of the e-Arşiv
	ReturnSlip    ReturnPaper = "slip"    // gider pusulası
)

// DefaultSettings are those of a company that nobody has asked yet.
func DefaultSettings() Settings {
	return Settings{ServiceVAT: decimal.NewFromInt(20), GiftCard: GiftCardPayment, Returns: ReturnSection}
}

// Validate refuses what cannot be meant; the error's Field is website, carrier, service_vat, gift_card, exemption,
// trendyol or returns.
func (s Settings) Validate(today time.Time) error {
	switch {
	case len([]rune(s.Website)) > longest:
		return domain.Invalid("website", "too-long")
	case s.Carrier.TaxNumber != "" && !domain.ValidVKN(s.Carrier.TaxNumber) && !domain.ValidTCKN(s.Carrier.TaxNumber),
		s.Carrier.TaxNumber != "" && s.Carrier.Name == "":
		return domain.Invalid("carrier", "tax-number")
	case !InForce(s.ServiceVAT, today):
		return domain.Invalid("service_vat", "not-in-force")
	case s.GiftCard != GiftCardPayment && s.GiftCard != GiftCardDiscount:
		return domain.Invalid("gift_card", "choose")
	case s.Exemption != "" && !allDigits(s.Exemption):
		return domain.Invalid("exemption", "code")
	case s.Trendyol != TrendyolUnasked && s.Trendyol != TrendyolReimbursed && s.Trendyol != TrendyolDeducted:
		return domain.Invalid("trendyol", "choose")
	case s.Returns != ReturnSection && s.Returns != ReturnSlip:
		return domain.Invalid("returns", "choose")
	}
	return nil
}

// longest is how many letters a choice may have.
const longest = 200
