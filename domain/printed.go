package domain

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// printed gives the digits of a number as people print it, "" when s is none: blanks and dashes between digits, what stands
// around it and full-width forms are taken off (rules.md §1).
func printed(s string) string {
	if digits(s) {
		return s
	}
	if few(s) {
		return ""
	}
	s = undressed(norm.NFKC.String(s))
	var b strings.Builder
	dash := false
	for _, r := range s {
		switch {
		case isDigit(r):
			b.WriteRune(r)
			dash = false
		case unicode.IsSpace(r):
		case unicode.Is(unicode.Dash, r) && b.Len() > 0 && !dash:
			dash = true
		default:
			return ""
		}
	}
	if dash { // it stands behind the last digit
		return ""
	}
	return b.String()
}

// element gives the GTIN of a GS1 element string as it is printed, "" when s is none: (01)08690632059150(17)261231.
func element(s string) string {
	rest, ok := strings.CutPrefix(s, "(01)")
	if rest = strings.TrimSpace(rest); !ok || len(rest) < gtinLength || !digits(rest[:gtinLength]) {
		return ""
	}
	number, more := rest[:gtinLength], strings.TrimSpace(rest[gtinLength:])
	if more != "" && more[0] != '(' || strings.Contains(more, "(01)") {
		return ""
	}
	return number
}

// undressed takes off what stands around a number, from the outside to the inside: brackets, quotes and asterisks, what it
// is called in front of it or behind it, a number sign, the apostrophe by which Excel keeps a text, a slash or its like for a second one.
func undressed(s string) string {
	front, behind := false, false
	for {
		was := s
		s = strings.TrimSpace(s)
		for inner := unwrapped(s); inner != s; inner = unwrapped(s) {
			s = inner
		}
		s = strings.Trim(strings.TrimLeft(s, "#'’`"), "/;|")
		if rest := unlabelled(s); !front && rest != s {
			s, front = rest, true
		}
		if rest := unlabelledBehind(s); !behind && rest != s {
			s, behind = rest, true
		}
		if s == was {
			return s
		}
	}
}

// unwrapped takes off a pair of signs around a text, as the asterisks that a font of Code 39 prints.
func unwrapped(s string) string {
	for _, pair := range []struct{ open, closing string }{
		{"*", "*"}, {"[", "]"}, {"(", ")"}, {"{", "}"}, {"<", ">"}, {`"`, `"`}, {"'", "'"}, {"“", "”"}, {"‘", "’"}, {"«", "»"}, {"„", "“"},
	} {
		if inner, ok := strings.CutPrefix(s, pair.open); ok && strings.HasSuffix(inner, pair.closing) {
			return strings.TrimSpace(strings.TrimSuffix(inner, pair.closing))
		}
	}
	return s
}

// labelMarks stand between what a number is called and the number.
const labelMarks = " \t\u00a0\u202f.:=#/-–—"

// unlabelled takes off what a number is called: "EAN:", "ISBN-13:", "Barkod No. ", "[UPC] ".
func unlabelled(s string) string {
	if label, rest, ok := strings.Cut(s, ")"); ok && strings.HasPrefix(label, "(") && called(label[1:]) {
		return rest
	}
	if label, rest, ok := strings.Cut(s, "]"); ok && strings.HasPrefix(label, "[") && called(label[1:]) {
		return strings.TrimLeft(rest, labelMarks)
	}
	end := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !strings.ContainsRune(labelMarks, r) })
	if end <= 0 || !called(s[:end]) {
		return s
	}
	rest := s[end:]
	length := rest[:len(rest)-len(strings.TrimLeft(rest, "0123456789"))]
	behind := rest[len(length):]
	n, _ := strconv.Atoi(length)
	if !isLength(length) || strings.TrimLeft(behind, labelMarks) == behind {
		return rest
	}
	if strings.HasPrefix(strings.TrimSpace(behind), ":") || countDigits(behind) == n { // else it begins the number: EAN 8 690632 059150
		return strings.TrimLeft(behind, labelMarks)
	}
	return rest
}

// unlabelledBehind takes off what a number is called behind it: " (EAN)", " EAN-13".
func unlabelledBehind(s string) string {
	if s == "" || !isDigit(rune(s[0])) {
		return s
	}
	at := strings.IndexFunc(s, func(r rune) bool { return unicode.IsLetter(r) || r == '(' || r == '[' })
	if at < 0 || !called(unwrapped(s[at:])) {
		return s
	}
	return strings.TrimRight(s[:at], " \u00a0/:")
}

// called tells whether a text is no more than what a number is called: "EAN-13", "Barkod No.", "EAN/UPC".
func called(text string) bool {
	const longest = 40
	if len(text) > longest {
		return false
	}
	var names []string
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		name := Code(strings.TrimRight(word, "0123456789")).K1()
		if length := word[len(strings.TrimRight(word, "0123456789")):]; length != "" && (!isLength(length) || len(names) == 0 && name == "") {
			return false
		}
		switch name {
		case "EAN", "UPC", "GTIN", "ISBN", "JAN", "BARKOD", "BARKODU", "BARCODE", "BAR":
			if slices.Contains(names, name) {
				return false
			}
			names = append(names, name)
		case "":
		case "ÜRÜN", "URUN", "PRODUCT":
		case "NO", "NR", "NUMARA", "NUMARASI", "NUMBER", "CODE", "KOD", "KODU", "A":
			if len(names) == 0 {
				return false
			}
		default:
			return false
		}
	}
	return len(names) > 0
}

// few tells whether a text has too few digits to be a GTIN, whatever it wears: most shops' own texts.
func few(s string) bool {
	n := 0
	for _, r := range s {
		if unicode.IsDigit(r) {
			n++
		}
	}
	return n < shortestGTIN
}

// isLength knows the numbers that name GTINs and ISBNs by their length: EAN-13.
func isLength(s string) bool { return s == "8" || s == "10" || s == "12" || s == "13" || s == "14" }

// several tells whether more than one number stands in s: "a, b", "a/b", one below the other. Between marks a number is
// one by its length, between blanks and words by its check digit.
func several(s string) bool {
	numbers := 0
	for part := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune(",;/|&+()\n\r\t", r) }) {
		if n := printed(part); len(n) >= shortestGTIN && !uniform(n) {
			numbers++
		}
	}
	if numbers > 1 {
		return true
	}
	numbers = 0
	for run := range strings.FieldsFuncSeq(s, func(r rune) bool { return !isDigit(r) }) {
		if gtinLong(len(run)) && !uniform(run) && checked(padded(run)) {
			numbers++
		}
	}
	return numbers > 1
}

// uniform tells whether all digits are equal: people write such numbers for none.
func uniform(s string) bool { return strings.Trim(s, s[:1]) == "" }
