package xlsx

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/shopspring/decimal"
	"github.com/xuri/nfp"
	"golang.org/x/text/currency"

	"github.com/sopyo/sopyo-desktop/storage/files/charset"
	"github.com/sopyo/sopyo-desktop/storage/files/figure"
	"github.com/sopyo/sopyo-desktop/storage/files/table"
)

// numberFormat is what a number format adds to a number that a person sees: zeros in front, a percent sign, a currency,
// words around it; or that it is a date. What a format hides of a number, its decimals or marks between its thousands, is
// in the cell and stays. Where it shows another number than the stored one, in thousands or with digits of its own, neither is
// taken for an amount: the shown one has lost digits, and the stored one nobody sees. A format that adds nothing is nil.
type numberFormat struct {
	sections []formatSection
	era1904  bool // days are counted from 1904
}

// formatSection is the part of a format that is for some of the numbers.
type formatSection struct {
	operator string // of the condition, "" for none
	operand  decimal.Decimal
	date     []nfp.Token // not nil: it shows a date or a time
	english  bool        // a date's months are

	prefix, suffix string
	places         []string // of the whole part: "0", "#" and what stands between them
	inner          bool     // something stands between them
	scaled         bool     // it shows thousands, or millions
	altered        bool     // its words make another number of it: 0"000"
	zeros          int
	percent        int32 // signs
	currency       string
}

// widestPadding is how many zeros a format may put in front; a longer one is no format of codes.
const widestPadding = 64

// longestFormat is how many bytes a format code may have; Excel takes 255 characters.
const longestFormat = 1024

// parseFormat reads a format code. One that cannot be read adds nothing: to Excel the whole workbook would be broken.
func parseFormat(code string, era1904 bool) (f *numberFormat) {
	switch charset.ASCIILower(code) {
	case "", "general", "genel", "standard", "@":
		return nil
	}
	if len(code) > longestFormat {
		return nil
	}
	defer func() {
		if recover() != nil { // the parser stumbles over a fifth section
			f = nil
		}
	}()
	parser := nfp.NumberFormatParser()
	f = &numberFormat{era1904: era1904}
	adds := false
	for _, s := range parser.Parse(code) {
		if s.Type == nfp.TokenSectionText {
			continue
		}
		section := readSection(s.Items, len(f.sections) > 0)
		f.sections = append(f.sections, section)
		adds = adds || !section.plain()
	}
	if !adds {
		return nil
	}
	return f
}

// readSection reads the tokens of a section. In one for negative numbers and zeros the signs are no words.
func readSection(tokens []nfp.Token, negative bool) (s formatSection) {
	if s.condition(tokens); isDate(tokens) {
		s.date, s.english = tokens, isEnglish(tokens)
		return s
	}
	var before, between, behind strings.Builder // literals, by where they stand
	digits, fraction, scaled := false, false, false
	for i, t := range tokens {
		text := ""
		switch t.TType {
		case nfp.TokenTypeExponential, nfp.TokenTypeFraction:
			return formatSection{operator: s.operator, operand: s.operand} // another notation of the same number
		case nfp.TokenTypeZeroPlaceHolder, nfp.TokenTypeHashPlaceHolder, nfp.TokenTypeDigitalPlaceHolder, nfp.TokenTypeGeneral:
			if !fraction {
				s.place(behind.String(), t)
			}
			between.WriteString(behind.String())
			behind.Reset()
			digits = true
		case nfp.TokenTypeDecimalPoint:
			fraction = true
		case nfp.TokenTypeThousandsSeparator:
			scaled = scaled || digits && isScale(tokens[i+1:])
		case nfp.TokenTypePercent:
			s.percent++
			text = t.TValue
		case nfp.TokenTypeCurrencyLanguage:
			var of string
			text, of = currencyString(t)
			s.currency = cmp.Or(s.currency, of)
		case nfp.TokenTypeLiteral, nfp.TokenTypeDateTimes:
			text = t.TValue
		}
		if digits {
			behind.WriteString(text)
		} else {
			before.WriteString(text)
		}
	}
	if s.currency == "" {
		s.currency = currencyIn(before.String() + " " + between.String() + " " + behind.String())
	}
	switch {
	case scaled:
		return formatSection{operator: s.operator, operand: s.operand, scaled: true}
	case !digits || s.zeros > widestPadding:
		return formatSection{operator: s.operator, operand: s.operand} // it hides the number
	}
	s.inner = slices.ContainsFunc(s.places, s.isWord)
	s.prefix, s.suffix = strings.TrimLeft(before.String(), " \u00a0"), strings.TrimRight(behind.String(), " \u00a0")
	if negative {
		s.prefix, s.suffix = strings.TrimLeft(s.prefix, "-( \u00a0"), strings.TrimRight(s.suffix, "-) \u00a0")
	}
	s.altered = s.alters()
	return s
}

// alters tells whether the words of the section make another number of its number: digits at either end, and a mark between its
// places that stands where none between thousands does.
func (s *formatSection) alters() bool {
	const figures = "0123456789"
	added := s.prefix[len(strings.TrimRight(s.prefix, figures+".,")):]
	if strings.Trim(added, "0") != "" && (len(added) == len(s.prefix) || strings.Trim(added, ".,") != "") {
		return true
	}
	if behind := strings.TrimLeft(s.suffix, figures+".,"); len(behind) < len(s.suffix) {
		added = s.suffix[:len(s.suffix)-len(behind)]
		zeros := strings.TrimLeft(added, ".,")
		if zeros != "" && (len(added) == len(zeros) || len(zeros) == 3 || strings.Trim(zeros, "0") != "") {
			return true
		}
	}
	group := 0
	for i := len(s.places) - 1; i >= 0; i-- {
		switch p := s.places[i]; {
		case p == "0" || p == "#":
			group++
		case p == "." || p == ",":
			if group != 3 {
				return true
			}
			group = 0
		case strings.ContainsAny(p, figures):
			return true
		}
	}
	return false
}

// isScale tells whether a comma with those tokens behind it divides by a thousand: no place of the whole part follows.
func isScale(behind []nfp.Token) bool {
	for _, t := range behind {
		switch {
		case isDigitPlace(t):
			return false
		case t.TType != nfp.TokenTypeThousandsSeparator:
			return true
		}
	}
	return true
}

func isDigitPlace(t nfp.Token) bool {
	switch t.TType {
	case nfp.TokenTypeZeroPlaceHolder, nfp.TokenTypeHashPlaceHolder, nfp.TokenTypeDigitalPlaceHolder:
		return true
	}
	return false
}

// place adds the places of digits to the whole part, with what stands before them.
func (s *formatSection) place(before string, t nfp.Token) {
	if before != "" && len(s.places) > 0 {
		s.places = append(s.places, before)
	}
	kind := "#"
	if t.TType == nfp.TokenTypeZeroPlaceHolder {
		kind = "0"
		s.zeros += len(t.TValue)
	}
	for range t.TValue {
		s.places = append(s.places, kind)
	}
}

// isWord tells what stands between places from places, and from what only groups the digits of an amount.
func (s *formatSection) isWord(place string) bool {
	return place != "0" && place != "#" && (s.zeros > 1 || strings.Trim(place, " \u00a0\u202f.'") != "")
}

func (s *formatSection) condition(tokens []nfp.Token) {
	for _, t := range tokens {
		if t.TType != nfp.TokenTypeCondition || len(t.Parts) != 2 {
			continue
		}
		if d, err := decimal.NewFromString(t.Parts[1].Token.TValue); err == nil {
			s.operator, s.operand = t.Parts[0].Token.TValue, d
		}
	}
}

// plain tells whether the section adds nothing.
func (s *formatSection) plain() bool {
	return s.date == nil && !s.scaled && s.percent == 0 && s.zeros <= 1 && s.prefix == "" && s.suffix == "" && !s.inner
}

// currencyString gives the text of [$₺-41F], and the currency that it is: [$SKU] is none.
func currencyString(t nfp.Token) (text, currency string) {
	local := false
	for _, p := range t.Parts {
		switch p.Token.TType {
		case nfp.TokenSubTypeCurrencyString:
			text = p.Token.TValue
		case nfp.TokenSubTypeLanguageInfo:
			local = p.Token.TValue != ""
		}
	}
	if currency = currencyIn(text); currency == "" && local {
		currency = strings.TrimSpace(text)
	}
	return text, currency
}

// currencyIn gives the first word of a format's literals that is a currency.
func currencyIn(literals string) string {
	for _, word := range strings.FieldsFunc(literals, func(r rune) bool { return !unicode.IsLetter(r) && !isCurrencySign(r) }) {
		if _, known := figure.CurrencyOf(word); known {
			return word
		}
		if _, err := currency.ParseISO(word); err == nil && len(word) == 3 && unicode.IsUpper(rune(word[0])) {
			return word
		}
		if strings.ContainsFunc(word, isCurrencySign) { // A$ is not $
			return strings.TrimSuffix(strings.TrimPrefix(word, "US"), "US")
		}
	}
	return ""
}

func isCurrencySign(r rune) bool { return unicode.Is(unicode.Sc, r) }

// show gives what a person sees of a number, which is plain decimal; the number itself where the format adds nothing to it.
func (f *numberFormat) show(number string) (text string, cell table.Shown) {
	d, err := decimal.NewFromString(number)
	if err != nil || len(f.sections) == 0 {
		return number, table.Shown{}
	}
	s := f.section(d)
	if s.date != nil {
		if date, ok := showDate(s.date, d, f.era1904, s.english); ok {
			return date, table.Shown{As: table.AsDate}
		}
		return number, table.Shown{} // Excel shows only ####
	}
	switch {
	case s.plain():
		return number, table.Shown{}
	case s.scaled:
		return number, table.Shown{As: table.AsScaled}
	}
	if s.percent > 0 && s.percent <= 4 {
		number = d.Shift(2 * s.percent).String()
	}
	digits, sign := strings.TrimPrefix(number, "-"), ""
	if len(digits) < len(number) {
		sign = "-"
	}
	text = sign + s.prefix + s.placed(digits) + s.suffix
	if text == number {
		return number, table.Shown{}
	}
	if s.altered {
		return text, table.Shown{As: table.AsScaled, Number: number, Currency: s.currency}
	}
	return text, table.Shown{As: table.AsNumber, Number: number, Currency: s.currency}
}

// placed puts the digits of a number's whole part in their places, from the last one on; the first place takes what is left.
func (s *formatSection) placed(number string) string {
	whole, fraction, _ := strings.Cut(number, ".")
	if fraction != "" {
		fraction = "." + fraction
	}
	if !s.inner {
		return strings.Repeat("0", max(s.zeros-len(whole), 0)) + whole + fraction
	}
	out := ""
	for i := len(s.places) - 1; i >= 0; i-- {
		switch p := s.places[i]; {
		case p != "0" && p != "#":
			out = p + out
		case i == 0 && whole != "":
			out = whole + out
		case whole != "":
			out, whole = whole[len(whole)-1:]+out, whole[:len(whole)-1]
		case p == "0":
			out = "0" + out
		}
	}
	return out + fraction
}

// section gives the one that is for a number.
func (f *numberFormat) section(d decimal.Decimal) *formatSection {
	last := len(f.sections) - 1
	for i := range f.sections {
		s := &f.sections[i]
		switch {
		case i == last, s.operator != "" && s.holds(d):
			return s
		case s.operator != "":
		case i == 0 && (d.IsPositive() || d.IsZero() && last < 2), i == 1 && d.IsNegative():
			return s
		}
	}
	return &f.sections[last]
}

func (s *formatSection) holds(d decimal.Decimal) bool {
	switch c := d.Cmp(s.operand); s.operator {
	case "<":
		return c < 0
	case "<=":
		return c <= 0
	case ">":
		return c > 0
	case ">=":
		return c >= 0
	case "=":
		return c == 0
	case "<>":
		return c != 0
	}
	return false
}
