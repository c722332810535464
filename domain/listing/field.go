// Package listing is a file of products as a person sees it: what was found in it, what each column becomes, and
// what comes of it. Its Importer takes such files into the catalogue; storage/files reads them.
package listing

// Field is something of a product that a column can hold.
type Field string

// The fields, in the order they are written; "" stands for a column that is not taken.
const (
	Code        Field = "code"
	Barcode     Field = "barcode"
	Name        Field = "name"
	Brand       Field = "brand"
	Description Field = "description"
	Price       Field = "price" // sales price, VAT included
	Currency    Field = "currency"
	Stock       Field = "stock"
	VAT         Field = "vat"   // percent
	State       Field = "state" // whether it is on sale
)

// Fields lists them all.
func Fields() []Field {
	return []Field{Code, Barcode, Name, Brand, Description, Price, Currency, Stock, VAT, State}
}

// Reason says what is wrong with a cell, as the last part of the translation key "file.reason.…".
type Reason string

// The reasons. NothingToKnowBy and ShiftedCells refuse a row; Heading, Total, HeaderAgain, NoVariant and HasVariants say that it is no product; the others
// leave the field absent, save where said.
const (
	BarcodeExponent  Reason = "barcode-exponent" // 8,69E+12: cannot be recovered; kept as text
	BarcodeRounded   Reason = "barcode-rounded"  // a number of more digits than a spreadsheet keeps; kept as text
	BarcodeSeveral   Reason = "barcode-several"  // two in one cell: pairs by nothing until one is chosen; kept as text
	BadNumber        Reason = "bad-number"
	AmbiguousNumber  Reason = "ambiguous-number" // 1.234 in a column that does not show what its point means
	NegativePrice    Reason = "negative-price"
	BadRate          Reason = "bad-rate"          // VAT outside 0–100
	UnknownCurrency  Reason = "unknown-currency"  // the price is not taken either
	UnknownState     Reason = "unknown-state"     // neither active nor passive: the product's own stays
	CellError        Reason = "cell-error"        // #N/A and its like
	PriceWithoutVAT  Reason = "price-without-vat" // the row says so and names no rate
	PriceZero        Reason = "price-zero"
	CurrenciesDiffer Reason = "currencies-differ" // the one at the price or in its header is another than that of the row
	ShiftedCells     Reason = "shifted-cells"     // more cells than columns, and no one way to put them right; refuses the row
	Heading          Reason = "heading"           // no product: of what follows, or a note
	Total            Reason = "total"
	HeaderAgain      Reason = "header-again"
	NoVariant        Reason = "no-variant"   // no product: one more picture of the product above
	HasVariants      Reason = "has-variants" // no product: its variants are
	FormulaPending   Reason = "formula-without-result"
	SpoiltDate       Reason = "spoilt-date"   // a spreadsheet has made a date of it
	CodeDate         Reason = "code-date"     // the same of a code or barcode, which is kept as text
	CodeExponent     Reason = "code-exponent" // 1,23E+05; kept as text
	CodeDecimals     Reason = "code-decimals" // 1234.0; kept as text
	CodeRounded      Reason = "code-rounded"  // a number of more digits than a spreadsheet keeps; kept as text
	BarcodeDecimals  Reason = "barcode-decimals"
	ScaledNumber     Reason = "scaled-number" // its format shows another number than is stored; a code or barcode is kept as stored
	NothingToKnowBy  Reason = "no-name-no-code-no-barcode"

	// RowRepeated and RowDiffers are of rows of a product that the file has had before; the value of the first is what the
	// product is known by, that of the second what differs.
	RowRepeated Reason = "repeated"
	RowDiffers  Reason = "repeated-differing"
	// OtherCurrency is of a price without a currency, over a product in another one than the company's: it is not taken.
	OtherCurrency Reason = "price-other-currency"
)

// Problem is a cell that could not be taken as it stands.
type Problem struct {
	Field  Field
	Value  string // as read
	Reason Reason
	// Proposed is what a damaged code or barcode most probably was, "" where nothing tells.
	Proposed string
}
