package files

import (
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
		if got, numeric := plainNumber(c.raw); got != c.want || numeric != c.numeric {
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
		{"12 adet", markUnknown, "", listing.BadNumber},
	} {
		got, why := parseNumber(c.text, c.column)
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
			d, why := parseNumber(text, column)
			if why != "" {
				continue
			}
			again, why := parseNumber(d.String(), markPoint) // what was read says the same written plainly
			if why != "" || !again.Equal(d) {
				t.Errorf("%q is %s, which reads as %s %q", text, d, again, why)
			}
		}
	})
}
