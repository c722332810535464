// Package doctor finds what is wrong with the barcodes and codes of a catalogue, and what would mend it
// (rules.md §1). It is pure and changes nothing: a person decides, and the store writes.
package doctor

import "github.com/sopyo/sopyo-desktop/domain"

// Kind is a sort of finding.
type Kind string

// The kinds, in the order they are listed.
const (
	LostZero   Kind = "lost-zero"   // 11 digits that are a GTIN-12 with the leading zero lost
	Exponent   Kind = "exponent"    // 8,69E+12: a spreadsheet has rounded it
	Spoilt     Kind = "spoilt"      // a number with a point or comma in it
	CheckDigit Kind = "check-digit" // as long as a GTIN, but the last digit is not the one it should be
	Several    Kind = "several"     // two numbers in one cell: pairs by nothing until a person has chosen
	Decorated  Kind = "decorated"   // a GTIN as it is printed: hyphens, blanks, "EAN:"
	ISBN       Kind = "isbn"        // a book's number of ten digits: pairs by nothing but its own text
	SpoiltCode Kind = "code"        // a code that a spreadsheet has made a number or a date of
	Box        Kind = "box"         // GTIN-14 of a box: matched to a piece, its price would be wrong many times over
	InStore    Kind = "in-store"    // a number every shop uses for something else
	Doubled    Kind = "doubled"     // more than one product has it
)

// Kinds lists them all.
func Kinds() []Kind {
	return []Kind{LostZero, Exponent, Spoilt, CheckDigit, Several, Decorated, ISBN, SpoiltCode, Box, InStore, Doubled}
}

// Reason says more closely what is wrong and what the proposal stands on, as the last part of the
// translation key "doctor.reason.…".
type Reason string

// The reasons. Those without a proposal are a person's to mend.
const (
	ReasonLostZero      Reason = "lost-zero"
	ReasonDigitsLost    Reason = "digits-lost"    // none: the digits cannot be known
	ReasonDigitsWhole   Reason = "digits-whole"   // no digit was rounded away, and the check digit is right
	ReasonDecimals      Reason = "decimals"       // only zeros behind the mark, and the check digit is right
	ReasonMarks         Reason = "marks"          // none
	ReasonDate          Reason = "date"           // none: a spreadsheet has made a date of it
	ReasonSeveral       Reason = "several"        // none
	ReasonDecorated     Reason = "decorated"      // its digits
	ReasonISBN          Reason = "isbn"           // the same book's number of 13 digits
	ReasonCodeLost      Reason = "code-lost"      // none: 1,23E+05, the digits cannot be known
	ReasonCodeWhole     Reason = "code-whole"     // no digit was rounded away
	ReasonCodeDecimals  Reason = "code-decimals"  // only zeros behind the mark
	ReasonCodeDate      Reason = "code-date"      // none: Oca.24
	ReasonTakenCode     Reason = "taken-code"     // none: the right code belongs to another product
	ReasonSameCode      Reason = "same-code"      // none: another product would get the same code
	ReasonCheckDigit    Reason = "check-digit"    // the digit that would be right, if the others are
	ReasonOwnNumbers    Reason = "own-numbers"    // none: most numbers that long are wrong, so they are no GTINs
	ReasonBox           Reason = "box"            // the piece's number that the box's is made of
	ReasonBoxOfAnother  Reason = "box-of-another" // none: another product has the piece's number
	ReasonInStore       Reason = "in-store"       // none
	ReasonDoubled       Reason = "doubled"        // none
	ReasonTakenProposal Reason = "taken"          // none: the right number belongs to another product
	ReasonSameProposal  Reason = "same-proposal"  // none: another product would get the same number
)

// Column is what of a product is looked at.
type Column string

// The columns.
const (
	Code    Column = "code"
	Barcode Column = "barcode"
)

// Finding is one product's value that a person should look at.
type Finding struct {
	Kind     Kind
	Reason   Reason
	Column   Column // that Value stands in
	Product  domain.ProductID
	Code     domain.Code
	Name     string
	Value    string // as it is
	Proposed string // "" = none
	// Others are the first of the OtherCount products that have, or would get, the same number.
	Others     []Other
	OtherCount int
}

// Other is a product that stands in the way of another.
type Other struct {
	Product domain.ProductID
	Code    domain.Code
	Name    string
}

// othersNamed is how many others a finding names: a barcode that thousands of products share would make
// a list of thousands for each of them.
const othersNamed = 5

// Fix is one value that becomes another.
type Fix struct {
	Product  domain.ProductID
	Column   Column
	From, To string
}
