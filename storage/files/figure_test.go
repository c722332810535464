package files

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
)

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

func TestCurrencyOf_everySpelling(t *testing.T) {
	for want, spellings := range map[domain.Currency][]string{
		domain.TRY: {"₺", "TL", "tl", "TRY", "TRL", "Türk Lirası", "TURK LIRASI", "Turkish Lira", "Lira", "t.l.", "YTL", "TL.", "TL (₺)", "₺ TL", "TRY - Türk Lirası"},
		domain.USD: {"$", "USD", "usd", "Dolar", "Dollar", "Amerikan Doları", "ABD Doları", "US Dollar", "US$", "$US", "USD$", "USD/Dolar"},
		domain.EUR: {"€", "EUR", "Euro", "AVRO", "EURO", "€ EUR"},
		domain.GBP: {"£", "GBP", "Pound", "Sterlin", "İngiliz Sterlini", "Pound Sterling"},
		"":         {"", "CHF", "₽", "JPY", "T", "lirası", "A$", "R$", "HK$", "₺ USD", "USD/TL", "Kanada Doları", "Lübnan Lirası", "()", "-", "₤"},
	} {
		for _, s := range spellings {
			if got, ok := currencyOf(s); got != want || ok != (want != "") {
				t.Errorf("%q is %q %v, want %q", s, got, ok, want)
			}
		}
	}
}
