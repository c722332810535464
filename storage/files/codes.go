package files

import (
	"slices"
	"strconv"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/exports"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/figure"
	"github.com/sopyo/sopyo-desktop/storage/files/table"
)

// shown gives what a person sees in a field's cell where that is more than its text: of a field that holds a number the
// number alone, of a code what the format puts around it, but no currency.
func (r *rowReader) shown(f listing.Field, text string, beside table.Shown) string {
	number := slices.Contains(numbers(), f)
	switch {
	case beside.As == table.AsFormula:
		r.problem(f, text, listing.FormulaPending)
		return ""
	case beside.As == table.AsScaled && number:
		r.problem(f, text, listing.ScaledNumber)
		return ""
	case beside.As == table.AsScaled && beside.Number == "": // of a code all digits are stored
		r.problem(f, text, listing.ScaledNumber)
		return text
	case beside.As == table.AsDate && number:
		r.problem(f, text, listing.SpoiltDate)
		return ""
	case beside.As == table.AsDate && (f == listing.Code || f == listing.Barcode):
		r.problem(f, text, listing.CodeDate)
		return text
	case beside.As == table.AsNumber && (number || beside.Currency != ""):
		if beside.Currency == "" {
			r.note(listing.NoteFormat, f)
		}
		return beside.Number
	}
	r.note(listing.NoteFormat, f)
	return text
}

// code keeps a damaged code as text, and says so: what it was a person knows.
func (r *rowReader) code() string {
	s := r.letters(listing.Code)
	switch {
	case r.row.Numeric(r.at(listing.Code)):
		if figure.OnlyDigits(s) && len(strings.TrimLeft(s, "0")) > exports.SheetDigits {
			r.problem(listing.Code, s, listing.CodeRounded)
		}
	case r.row.Beside(r.at(listing.Code)).As == table.AsDate: // said already
	case strings.ContainsAny(s, "Ee") && isExponent(s) && strings.ContainsAny(s, ",.+"): // 12E34 is a shop's own
		r.damaged(listing.Code, s, listing.CodeExponent, wholeExponent(s))
	case beforeZeros(s) != "":
		r.damaged(listing.Code, s, listing.CodeDecimals, beforeZeros(s))
	case excelDate(s):
		r.problem(listing.Code, s, listing.CodeDate)
	}
	return s
}

// barcode keeps a destroyed barcode as text, so that nothing is lost and nothing pairs by it, and a decorated one as it is
// printed; it is compared without its decoration.
func (r *rowReader) barcode() string {
	s := r.text(listing.Barcode)
	if digits := strings.TrimPrefix(s, "'"); figure.OnlyDigits(digits) { // Excel's mark of a text
		s = digits
	}
	switch {
	case r.row.Numeric(r.at(listing.Barcode)):
		if len(strings.TrimLeft(s, "0")) > exports.SheetDigits {
			r.problem(listing.Barcode, s, listing.BarcodeRounded)
		}
	case r.row.Beside(r.at(listing.Barcode)).As == table.AsDate: // said already
	case isExponent(s):
		r.damaged(listing.Barcode, s, listing.BarcodeExponent, wholeExponent(s))
	case beforeZeros(s) != "":
		r.damaged(listing.Barcode, s, listing.BarcodeDecimals, beforeZeros(s))
	case excelDate(s):
		r.problem(listing.Barcode, s, listing.CodeDate)
	case !figure.OnlyDigits(s) || len(s) > gtinLength:
		r.dressed(domain.Barcode(s))
	}
	return s
}

func (r *rowReader) damaged(f listing.Field, value string, why listing.Reason, proposed string) {
	r.problems = append(r.problems, listing.Problem{Field: f, Value: value, Reason: why, Proposed: proposed})
}

// isExponent knows 8,69E+12, 8.69E12 and 8E+12.
func isExponent(s string) bool {
	mantissa, exponent, _ := strings.Cut(strings.Replace(s, "e", "E", 1), "E")
	exponent = strings.TrimPrefix(exponent, "+")
	return figure.OnlyDigits(exponent) && len(exponent) <= 2 && strings.Count(mantissa, ".")+strings.Count(mantissa, ",") <= 1 &&
		figure.OnlyDigits(strings.NewReplacer(".", "", ",", "").Replace(mantissa)) && (len(mantissa) == 1 || strings.ContainsAny(mantissa, ".,"))
}

// wholeExponent gives the digits of a number in E notation that shows as many as it has: 1,23456E+05. "" for others, and for
// those that end in zeros: a shown zero may stand for any digits.
func wholeExponent(s string) string {
	mantissa, exponent, _ := strings.Cut(strings.Replace(s, "e", "E", 1), "E")
	whole, fraction, _ := strings.Cut(strings.Replace(mantissa, ",", ".", 1), ".")
	places, err := strconv.Atoi(strings.TrimPrefix(exponent, "+"))
	if err != nil || len(whole) != 1 || len(fraction) != places || places == 0 {
		return ""
	}
	return whole + fraction
}

// beforeZeros gives the digits of a whole number that a program has written with decimals: 1234.0, 1234,00. "" for others.
func beforeZeros(s string) string {
	for _, end := range []string{".0", ",0", ".00", ",00"} {
		if digits, ok := strings.CutSuffix(s, end); ok && figure.OnlyDigits(digits) {
			return digits
		}
	}
	return ""
}
