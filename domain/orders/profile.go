package orders

import (
	"slices"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Field is something that a column of an order file says.
type Field string

// The fields. Those of a line may differ from row to row of an order; the others say the same in all of
// its rows, or stand in one of them only.
const (
	FieldPackage     Field = "package"
	FieldNumber      Field = "order"
	FieldOrderedAt   Field = "ordered_at"
	FieldShippedAt   Field = "shipped_at"
	FieldDeliveredAt Field = "delivered_at"
	FieldCurrency    Field = "currency"
	FieldMicro       Field = "micro"
	FieldStatus      Field = "status"
	FieldPayment     Field = "payment"
	FieldReturned    Field = "returned"     // a word that says yes or no
	FieldCancelledAt Field = "cancelled_at" // filled when the order is cancelled

	FieldBuyer       Field = "name" // first and last name in one
	FieldFirst       Field = "first"
	FieldLast        Field = "last"
	FieldInvoicedAs  Field = "buyer_type" // a word that says person or company
	FieldCompany     Field = "company_name"
	FieldTaxNumber   Field = "tax_no"
	FieldIdentity    Field = "identity_no"
	FieldTaxOffice   Field = "tax_office"
	FieldAddress     Field = "address"
	FieldCity        Field = "city"
	FieldDistrict    Field = "district"
	FieldPostal      Field = "postal"
	FieldCountry     Field = "country"
	FieldAttributes  Field = "attributes" // "key: value" lines that a shop collects from its buyers
	FieldOrderCoupon Field = "order_discount"
	FieldTotal       Field = "stated_total"
	FieldRefunded    Field = "refunded"

	FieldLineID   Field = "id"
	FieldCode     Field = "code"
	FieldBarcode  Field = "barcode"
	FieldProduct  Field = "product"
	FieldQuantity Field = "qty"
	FieldUnit     Field = "unit"
	FieldAmount   Field = "amount"            // of the line, before discounts
	FieldDiscount Field = "discount"          // that the seller gives
	FieldCoupon   Field = "coupon"            // another one of the seller's
	FieldPlatform Field = "platform_discount" // that the marketplace gives
	FieldInvoiced Field = "invoiced"          // of the line, after discounts: to be invoiced
	FieldVAT      Field = "vat"
	FieldTax      Field = "tax"

	// What is charged beside goods: of the order, or of a row where Profile.ServicesPerRow.
	FieldShipping       Field = "shipping"
	FieldShippingCoupon Field = "shipping_discount"
	FieldWrap           Field = "wrap"
)

// orderFields are the texts that all rows of an order have in common.
func orderFields() []Field {
	return []Field{
		FieldNumber, FieldCurrency, FieldMicro,
		FieldBuyer, FieldFirst, FieldLast, FieldInvoicedAs, FieldCompany, FieldTaxNumber, FieldIdentity, FieldTaxOffice,
		FieldAddress, FieldCity, FieldDistrict, FieldPostal, FieldCountry, FieldAttributes,
		FieldOrderCoupon, FieldTotal, FieldRefunded,
	}
}

// lineFields are the texts of a line; otherFields those that are judged on their own.
func lineFields() []Field {
	return []Field{
		FieldLineID, FieldCode, FieldBarcode, FieldProduct, FieldQuantity, FieldUnit, FieldAmount, FieldDiscount, FieldCoupon,
		FieldPlatform, FieldInvoiced, FieldVAT, FieldTax,
	}
}

func serviceFields() []Field { return []Field{FieldShipping, FieldShippingCoupon, FieldWrap} }

func otherFields() []Field {
	return []Field{
		FieldPackage, FieldOrderedAt, FieldShippedAt, FieldDeliveredAt, FieldStatus, FieldPayment, FieldReturned, FieldCancelledAt,
	}
}

// Fields are all fields that a column can say.
func Fields() []Field {
	return slices.Concat(orderFields(), lineFields(), serviceFields(), otherFields())
}

// Profile says what a kind of file means: data, not code (orders-invoices.md §1). Names of columns and words
// of a status are compared by domain.Code.K1.
type Profile struct {
	Name        string // of the profile, unique
	Marketplace string // as it stands in an order's key
	Title       string // of the marketplace, for people
	// Columns are the names of the column of each field; in a row the first one that is filled counts.
	Columns map[Field][]string
	// Mandatory are the fields without whose column a file is not read.
	Mandatory []Field
	// Key is what a package is known by, joined by "/". Numbered: that is the order's number too, because a
	// package may hold several orders.
	Key      []Field
	Numbered bool
	// Language is how amounts that are text are written: "tr" (1.154,50) or "en" (1,154.50).
	Language string
	States   []State // at least one
	// Companies are the words of FieldInvoicedAs that say company; any other one says person.
	Companies []string
	// Attributes are the keys, in the texts of FieldAttributes, under which buyers write a field.
	Attributes map[Field][]string
	// NetAmounts: FieldAmount and the services are without VAT; a line's is FieldTax, a service's is ServiceVAT.
	NetAmounts bool
	// PerUnit: discounts of a line are of one unit.
	PerUnit bool
	// ServicesPerRow: shipping and wrap are charged by row, and are summed.
	ServicesPerRow bool
	// Repeats: a row that stands in the file twice is one row.
	Repeats bool
}

// ServiceVAT is the rate, in percent, of shipping and gift wrap.
const ServiceVAT = 20

// State is a column that speaks of an order's status. Where several do, the one counts that keeps the order
// from being invoiced most surely.
type State struct {
	Field Field
	Words map[string]Status
	// Counted: the word has the number of units before it, "2 adet Teslim Edildi".
	Counted bool
	// Filled is the status of a row in which the column is filled, whatever its text; "" = the words decide.
	Filled Status
}

// WithWord is the profile after somebody has said what a word of a state means.
func (p Profile) WithWord(f Field, word string, s Status) Profile {
	p.States = slices.Clone(p.States)
	for i, state := range p.States {
		if state.Field == f {
			words := map[string]Status{key(word): s}
			for w, status := range state.Words {
				if key(w) != key(word) {
					words[w] = status
				}
			}
			p.States[i].Words = words
		}
	}
	return p
}

// explained is the profile after somebody has said what words mean: in its first state whatever they meant there, in
// the others where they meant nothing.
func (p Profile) explained(words map[string]Status) Profile {
	for word, s := range words {
		for i, state := range p.States {
			if state.Filled == "" && (i == 0 || state.status(word) == StatusUnknown) {
				p = p.WithWord(state.Field, word, s)
			}
		}
	}
	return p
}

// status gives what a word means.
func (s State) status(word string) Status {
	for w, status := range s.Words {
		if key(w) == key(word) {
			return status
		}
	}
	return StatusUnknown
}

// FindProfile gives the built-in profile of that name.
func FindProfile(name string) (Profile, bool) {
	for _, p := range Profiles() {
		if domain.Fold(p.Name) == domain.Fold(name) {
			return p, true
		}
	}
	return Profile{}, false
}

// key is the form in which names of columns and words are compared.
func key(s string) string { return domain.Code(s).K1() }

// text is a cell as a domain.Line, without what cannot be seen.
func text(s string) string { return domain.Line(paragraph(s)) }

// paragraph is a cell without what cannot be seen: its lines stay. Most cells have nothing of it, and rows are many.
func paragraph(s string) string {
	if strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r >= 0x7f }) {
		return domain.Code(s).K0()
	}
	return strings.Trim(s, " ")
}

// TitleOf is what a marketplace is called, by the name that orders have for it; one of a company's own is called by that.
func TitleOf(marketplace string) string {
	for _, p := range Profiles() {
		if p.Marketplace == marketplace {
			return p.Title
		}
	}
	return marketplace
}
