package files

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain/listing"
)

func TestPlainNumber_ofXLSX(t *testing.T) {
	for _, c := range []struct {
		raw, want string
		numeric   bool
	}{
		{"159.11999999999998", "159.12", true},
		{"56.217599999999997", "56.2176", true},
		{"19.747200000000003", "19.7472", true},
		{"-0.30000000000000004", "-0.3", true},
		{"8690632059150", "8690632059150", true},
		{"8.69063205915E12", "8690632059150", true},
		{"8.6906320591499995E+18", "8690632059149999500", true},
		{"12345678901234567", "12345678901234567", true},
		{"1E-3", "0.001", true},
		{"35.0", "35", true},
		{"0", "0", true},
		{"1E+999999999", "1E+999999999", false},
		{"1E-999999999", "1E-999999999", false},
		{"NaN", "NaN", false},
		{"", "", false},
	} {
		if got, numeric := withoutNoise(c.raw); got != c.want || numeric != c.numeric {
			t.Errorf("%q is %q %t, want %q %t", c.raw, got, numeric, c.want, c.numeric)
		}
	}
}

func TestParseNumber(t *testing.T) {
	for _, c := range []struct {
		text   string
		column mark
		want   string
		why    listing.Reason
	}{
		{"0.01", markUnknown, "0.01", ""},
		{"0,01", markUnknown, "0.01", ""},
		{"0.001", markComma, "0.001", ""},
		{"1.234,50", markUnknown, "1234.5", ""},
		{"1,234.50", markUnknown, "1234.5", ""},
		{"1.234.567", markUnknown, "1234567", ""},
		{"1,234,567", markUnknown, "1234567", ""},
		{"273,0072", markUnknown, "273.0072", ""},
		{"159.11999999999998", markUnknown, "159.11999999999998", ""},
		{"1.234", markComma, "1234", ""},
		{"1.234", markPoint, "1.234", ""},
		{"1,234", markComma, "1.234", ""},
		{"1,234", markPoint, "1234", ""},
		{"1.234", markUnknown, "", listing.AmbiguousNumber},
		{"1,234", markMixed, "", listing.AmbiguousNumber},
		{"1234", markMixed, "1234", ""},
		{"29.90", markComma, "29.9", ""},
		{"1 234,50 ₺", markUnknown, "1234.5", ""},
		{"1\u00a0234,5 TL", markUnknown, "1234.5", ""},
		{"$12.5", markUnknown, "12.5", ""},
		{"%20", markUnknown, "20", ""},
		{"-12,5", markUnknown, "-12.5", ""},
		{"+12", markUnknown, "12", ""},
		{"-₺12", markUnknown, "-12", ""},
		{",5", markUnknown, "0.5", ""},
		{"5,", markUnknown, "5", ""},
		{"-", markUnknown, "", listing.BadNumber},
		{"--5", markUnknown, "", listing.BadNumber},
		{"5-", markUnknown, "", listing.BadNumber},
		{".", markUnknown, "", listing.BadNumber},
		{"1.2.3", markUnknown, "", listing.BadNumber},
		{"1,2,3", markUnknown, "", listing.BadNumber},
		{"1.234,5,6", markUnknown, "", listing.BadNumber},
		{"12.34,56", markUnknown, "", listing.BadNumber},
		{"1E+3", markUnknown, "", listing.BadNumber},
		{"yok", markUnknown, "", listing.BadNumber},
		{"٣", markUnknown, "", listing.BadNumber},
		{"12 adet", markUnknown, "12", ""},
		{"12 kg", markUnknown, "", listing.BadNumber},
		{"12,- TL", markUnknown, "12", ""},
		{"12.-", markUnknown, "12", ""},
		{"TL.12", markUnknown, "12", ""},
		{"12 TL.", markUnknown, "12", ""},
		{"₺.50", markUnknown, "0.5", ""},
		{"(12)", markUnknown, "", listing.BadNumber},
		{"12-15", markUnknown, "", listing.BadNumber},
		{"12 CHF", markUnknown, "", listing.BadNumber},
		{"-TL-12", markUnknown, "", listing.BadNumber},
	} {
		got, why := figureOf(c.text).read(c.column)
		if why != c.why || why == "" && !got.Equal(decimal.RequireFromString(c.want)) {
			t.Errorf("%q in a column with %q: %s %q, want %s %q", c.text, c.column, got, why, c.want, c.why)
		}
	}
}

func FuzzParseNumber(f *testing.F) {
	for _, s := range []string{"1.234,50", "0.01", "1E+3", "-5", ",", "%20"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, column := range []mark{markUnknown, markPoint, markComma, markMixed} {
			d, why := figureOf(text).read(column)
			if why != "" {
				continue
			}
			again, why := figureOf(d.String()).read(markPoint) // what was read says the same written plainly
			if why != "" || !again.Equal(d) {
				t.Errorf("%q is %s, which reads as %s %q", text, d, again, why)
			}
		}
	})
}

// A reference that writes: a number in every way people write it, read in a column that goes by its mark.
func TestParseNumber_readsEveryWayOfWriting(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	signs := []string{"", "TL", "tl", "Tl", "TRY", "USD", "EUR", "GBP", "₺", "$", "€", "£", "%"}
	blanks := []string{"", " ", "\u00a0", "\u202f", "\u2009", "\t"}
	pick := func(list []string) string { return list[r.IntN(len(list))] }
	grouped := func(digits, between string) string {
		out := ""
		for len(digits) > 3 {
			out, digits = between+digits[len(digits)-3:]+out, digits[:len(digits)-3]
		}
		return digits + out
	}
	for range 20_000 {
		whole := fmt.Sprint(r.IntN(1 << uint(r.IntN(31))))
		fraction := fmt.Sprintf("%0*d", 1+r.IntN(6), r.IntN(10))
		if r.IntN(3) == 0 {
			fraction = ""
		}
		minus := pick([]string{"", "-"})
		want := decimal.RequireFromString(minus + whole + "." + fraction + "0")
		for column, between := range map[mark]string{markComma: ".", markPoint: ","} {
			text := whole
			switch between := between; r.IntN(3) {
			case 0:
				text = grouped(whole, between)
			case 1:
				text = grouped(whole, pick([]string{" ", "\u00a0", "\u202f", "\u2009", "'", "’"}))
			}
			if fraction != "" {
				text += string(column) + fraction
			}
			text = pick([]string{minus + pick(signs) + pick(blanks) + text, pick(signs) + minus + text, minus + text + pick(blanks) + pick(signs)})
			if minus == "" && r.IntN(4) == 0 {
				text = "+" + text
			}
			if got, why := figureOf(text).read(column); why != "" || !got.Equal(want) {
				t.Fatalf("%q in a column with %q: %s %q, want %s", text, column, got, why, want)
			}
			// What shows its mark is read the same in every column.
			shown := markOf(text)
			for _, other := range []mark{markUnknown, markPoint, markComma, markMixed} {
				got, why := figureOf(text).read(other)
				switch {
				case shown != markUnknown || !strings.ContainsAny(text, ".,"):
					if why != "" || !got.Equal(want) {
						t.Fatalf("%q in a column with %q: %s %q, want %s", text, other, got, why, want)
					}
				case other == markUnknown || other == markMixed:
					if why != listing.AmbiguousNumber {
						t.Fatalf("%q in a column with %q: %s %q, want it ambiguous", text, other, got, why)
					}
				}
			}
		}
	}
}

func TestMarkOf(t *testing.T) {
	for text, want := range map[string]mark{
		"": markUnknown, "35": markUnknown, "1234": markUnknown, "1.234": markUnknown, "1,234": markUnknown, "12.345": markUnknown, "123.456": markUnknown, "-1.234": markUnknown,
		"1234.567": markPoint, "1234,567": markComma, "0.123": markPoint, "0,123": markComma, "01.234": markPoint, ".123": markPoint, ",123": markComma,
		"1.2": markPoint, "1,2": markComma, "1.2345": markPoint, "1,2345": markComma, "1.23": markPoint, "5.": markPoint, "5,": markComma,
		"1.234,5": markComma, "1,234.5": markPoint, "1.234,567": markComma, "1,234.567": markPoint, "1.234.567": markComma, "1,234,567": markPoint,
		"1.234.567,8": markComma, "1,234,567.8": markPoint, "1,2,3.4": markPoint, "1.2,3.4": markPoint, "1,2.3,4": markComma, "+1.5 ₺": markPoint, "₺ 1,5": markComma,
		"-₺1.234": markUnknown, "-₺ 1,5": markComma, "sor.": markUnknown, "12.5 kg": markUnknown, "a,b": markUnknown, ".": markUnknown, ".,": markUnknown, "v1.2": markUnknown,
	} {
		if got := markOf(text); got != want {
			t.Errorf("%q proves %q, want %q", text, got, want)
		}
	}
}

func TestParseNumber_limits(t *testing.T) {
	nines := func(n int) string { return strings.Repeat("9", n) }
	for text, want := range map[string]string{
		nines(64): nines(64), nines(65): "", "-" + nines(64): "-" + nines(64), "-" + nines(65): "", nines(60) + ",999": nines(60) + ".999", nines(61) + ",999": "",
		"0": "0", "00": "0", "007": "7", "-0": "0", "1.000": "1000", "1.0000": "1", "0.001": "0.001", "1234.567,8": "", "1.234.56": "", "1.23.456": "", "12345.678,9": "",
		"1.234,": "1234", ",": "", ".,": "", "": "", " ": "", "+": "", "+-5": "", "-+5": "", "- 5": "-5", "5 ": "5", "5%": "5", "%": "", "TL": "", "TL5TL": "5", "TLTL5": "",
		".234,5": "", "0.234,5": "", "012.345,6": "", "1.234.567,89": "1234567.89", "1e3": "", "0x5": "", "５": "", "5.5.5,5": "", "5,5,5.5": "", "1_000": "",
	} {
		got, why := figureOf(text).read(markComma)
		switch {
		case want == "":
			if why != listing.BadNumber || !got.IsZero() {
				t.Errorf("%q: %s %q, want it refused", text, got, why)
			}
		case why != "" || !got.Equal(decimal.RequireFromString(want)):
			t.Errorf("%q: %s %q, want %s", text, got, why, want)
		}
	}
}

func TestPlainNumber_limits(t *testing.T) {
	for raw, want := range map[string]string{
		"1E40": "1" + strings.Repeat("0", 40), "1E41": "", "1E-400": "0." + strings.Repeat("0", 399) + "1", "1E-401": "",
		strings.Repeat("1", 64): strings.Repeat("1", 64), strings.Repeat("1", 65): "", " 1.5 ": "1.5", "1.": "1", "a": "", " ": "", "1,5": "",
		"123456789.12345678": "123456789.123457", "123456789.123456": "123456789.123456", "12345678901234.5": "12345678901234.5", "1234567890123.45": "1234567890123.45",
		"123456789012345.6": "123456789012346", "12345678901234567.8": "12345678901234600", "1234567890123456": "1234567890123456", "0.1234567890123456": "0.123456789012346",
		"1234567890123456.0": "1234567890123456", "-0.0": "0", "1e2": "100",
	} {
		got, numeric := withoutNoise(raw)
		if numeric != (want != "") || numeric && got != want || !numeric && got != raw {
			t.Errorf("%q is %q %t, want %q", raw, got, numeric, want)
		}
	}
}

// One mark for a file or a column: what proves nothing goes by the others, and what is at odds by none; separators prove nothing.
func TestFindMarks(t *testing.T) {
	first := func(n int, text string) string { return strings.Repeat("a;"+text+";1;1\n", n) }
	const header = "Ad;Fiyat;Stok;KDV\n"
	for name, c := range map[string]struct {
		content, chosen         string
		price, stock, vat, said string
	}{
		"nothing, by semicolons":               {header + "a;1;1;1\n", "", "\x00", "\x00", "\x00", ""},
		"nothing, by commas":                   {"Ad,Fiyat,Stok,KDV\na,1,1,1\n", "", "\x00", "\x00", "\x00", ""},
		"nothing, by tabs":                     {"Ad\tFiyat\tStok\tKDV\na\t1\t1\t1\n", "", "\x00", "\x00", "\x00", ""},
		"nothing, by bars":                     {"Ad|Fiyat|Stok|KDV\na|1|1|1\n", "", "\x00", "\x00", "\x00", ""},
		"a point in one":                       {header + "a;1.5;1;1\n", "", ".", ".", ".", "."},
		"a point in the last":                  {header + "a;1;1;1.5\n", "", ".", ".", ".", "."},
		"one and another":                      {header + "a;1.5;1,5;1\n", "", ".", ",", "?", "."},
		"another and one":                      {header + "a;1,5;1.5;1\n", "", ",", ".", "?", ","},
		"both in one":                          {header + "a;1.5;1;1\nb;1,5;1;1\n", "", "?", "?", "?", ""},
		"both in one, a point in another":      {header + "a;1.5;1.5;1\nb;1,5;1;1\n", "", "?", ".", "?", "."},
		"both in the second":                   {header + "a;1;1,5;1\nb;1;1.5;1\n", "", "?", "?", "?", ""},
		"chosen":                               {header + "a;1.5;1;1\n", ",", ",", ",", ",", ","},
		"chosen otherwise":                     {header + "a;1,5;1;1\n", ".", ".", ".", ".", "."},
		"the last row that is looked at":       {header + first(markSample-1, "1") + "a;1.5;1;1\n", "", ".", ".", ".", "."},
		"a row behind it":                      {header + first(markSample, "1") + "a;1.5;1;1\n", "", "\x00", "\x00", "\x00", ""},
		"only a short row":                     {header + "a\n", "", "\x00", "\x00", "\x00", ""},
		"a text with a point":                  {header + "a;Sor.;1;1\nb;1.234;1;1\n", "", "\x00", "\x00", "\x00", ""},
		"a price below zero":                   {header + "a;-₺1.234;1;1\nb;1.234;1;1\n", "", "\x00", "\x00", "\x00", ""},
		"a column that is none of the numbers": {"Kod;Ad\n1.5;1.5\n", "", "\x00", "\x00", "\x00", ""},
		"both marks, and each proves nothing":  {header + "a;1.234;1;1\nb;1,234;1;1\n", "", "?", "\x00", "\x00", ""},
		"both marks, and another column shows": {header + "a;1.234;1,5;1\nb;1,234;1;1\n", "", ",", ",", ",", ","},
		"a rate with three decimals":           {header + "a;1.234;1;20.000\n", "", ".", ".", ".", "."},
	} {
		f, err := Open(t.Context(), written(t, "a.csv", c.content), listing.Reading{Decimal: c.chosen})
		if err != nil {
			t.Fatal(err)
		}
		cols := Columns(f.Header())
		marks, err := findMarks(f, cols)
		if err != nil || string(marks[listing.Price]) != c.price || string(marks[listing.Stock]) != c.stock || string(marks[listing.VAT]) != c.vat {
			t.Errorf("%s: %q, %v", name, marks, err)
		}
		if said, err := DecimalMark(f, cols); err != nil || said != c.said {
			t.Errorf("%s: says %q, %v, want %q", name, said, err, c.said)
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
	// A cell that is stored as a number shows no mark.
	sheet := sheetOf(inline("Ad", "Fiyat"), `<row><c t="str"><v>a</v></c><c><v>1.5</v></c></row>`)
	f := opened(t, written(t, "a.xlsx", workbookOf(t, "", sheet)))
	if said, err := DecimalMark(f, Columns(f.Header())); err != nil || said != "" {
		t.Errorf("numbers: says %q, %v", said, err)
	}
}
