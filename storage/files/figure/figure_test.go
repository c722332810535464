package figure

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
		column Mark
		want   string
		why    listing.Reason
	}{
		{"0.01", MarkUnknown, "0.01", ""},
		{"0,01", MarkUnknown, "0.01", ""},
		{"0.001", MarkComma, "0.001", ""},
		{"1.234,50", MarkUnknown, "1234.5", ""},
		{"1,234.50", MarkUnknown, "1234.5", ""},
		{"1.234.567", MarkUnknown, "1234567", ""},
		{"1,234,567", MarkUnknown, "1234567", ""},
		{"273,0072", MarkUnknown, "273.0072", ""},
		{"159.11999999999998", MarkUnknown, "159.11999999999998", ""},
		{"1.234", MarkComma, "1234", ""},
		{"1.234", MarkPoint, "1.234", ""},
		{"1,234", MarkComma, "1.234", ""},
		{"1,234", MarkPoint, "1234", ""},
		{"1.234", MarkUnknown, "", listing.AmbiguousNumber},
		{"1,234", MarkMixed, "", listing.AmbiguousNumber},
		{"1234", MarkMixed, "1234", ""},
		{"29.90", MarkComma, "29.9", ""},
		{"1 234,50 ₺", MarkUnknown, "1234.5", ""},
		{"1\u00a0234,5 TL", MarkUnknown, "1234.5", ""},
		{"$12.5", MarkUnknown, "12.5", ""},
		{"%20", MarkUnknown, "20", ""},
		{"-12,5", MarkUnknown, "-12.5", ""},
		{"+12", MarkUnknown, "12", ""},
		{"-₺12", MarkUnknown, "-12", ""},
		{",5", MarkUnknown, "0.5", ""},
		{"5,", MarkUnknown, "5", ""},
		{"-", MarkUnknown, "", listing.BadNumber},
		{"--5", MarkUnknown, "", listing.BadNumber},
		{"5-", MarkUnknown, "", listing.BadNumber},
		{".", MarkUnknown, "", listing.BadNumber},
		{"1.2.3", MarkUnknown, "", listing.BadNumber},
		{"1,2,3", MarkUnknown, "", listing.BadNumber},
		{"1.234,5,6", MarkUnknown, "", listing.BadNumber},
		{"12.34,56", MarkUnknown, "", listing.BadNumber},
		{"1E+3", MarkUnknown, "", listing.BadNumber},
		{"yok", MarkUnknown, "", listing.BadNumber},
		{"٣", MarkUnknown, "", listing.BadNumber},
		{"12 adet", MarkUnknown, "12", ""},
		{"12 kg", MarkUnknown, "", listing.BadNumber},
		{"12,- TL", MarkUnknown, "12", ""},
		{"12.-", MarkUnknown, "12", ""},
		{"TL.12", MarkUnknown, "12", ""},
		{"12 TL.", MarkUnknown, "12", ""},
		{"₺.50", MarkUnknown, "0.5", ""},
		{"(12)", MarkUnknown, "", listing.BadNumber},
		{"12-15", MarkUnknown, "", listing.BadNumber},
		{"12 CHF", MarkUnknown, "", listing.BadNumber},
		{"-TL-12", MarkUnknown, "", listing.BadNumber},
	} {
		got, why := Of(c.text).Read(c.column)
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
		for _, column := range []Mark{MarkUnknown, MarkPoint, MarkComma, MarkMixed} {
			d, why := Of(text).Read(column)
			if why != "" {
				continue
			}
			again, why := Of(d.String()).Read(MarkPoint) // what was read says the same written plainly
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
		for column, between := range map[Mark]string{MarkComma: ".", MarkPoint: ","} {
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
			if got, why := Of(text).Read(column); why != "" || !got.Equal(want) {
				t.Fatalf("%q in a column with %q: %s %q, want %s", text, column, got, why, want)
			}
			// What shows its mark is read the same in every column.
			shown := MarkOf(text)
			for _, other := range []Mark{MarkUnknown, MarkPoint, MarkComma, MarkMixed} {
				got, why := Of(text).Read(other)
				switch {
				case shown != MarkUnknown || !strings.ContainsAny(text, ".,"):
					if why != "" || !got.Equal(want) {
						t.Fatalf("%q in a column with %q: %s %q, want %s", text, other, got, why, want)
					}
				case other == MarkUnknown || other == MarkMixed:
					if why != listing.AmbiguousNumber {
						t.Fatalf("%q in a column with %q: %s %q, want it ambiguous", text, other, got, why)
					}
				}
			}
		}
	}
}

func TestMarkOf(t *testing.T) {
	for text, want := range map[string]Mark{
		"": MarkUnknown, "35": MarkUnknown, "1234": MarkUnknown, "1.234": MarkUnknown, "1,234": MarkUnknown, "12.345": MarkUnknown, "123.456": MarkUnknown, "-1.234": MarkUnknown,
		"1234.567": MarkPoint, "1234,567": MarkComma, "0.123": MarkPoint, "0,123": MarkComma, "01.234": MarkPoint, ".123": MarkPoint, ",123": MarkComma,
		"1.2": MarkPoint, "1,2": MarkComma, "1.2345": MarkPoint, "1,2345": MarkComma, "1.23": MarkPoint, "5.": MarkPoint, "5,": MarkComma,
		"1.234,5": MarkComma, "1,234.5": MarkPoint, "1.234,567": MarkComma, "1,234.567": MarkPoint, "1.234.567": MarkComma, "1,234,567": MarkPoint,
		"1.234.567,8": MarkComma, "1,234,567.8": MarkPoint, "1,2,3.4": MarkPoint, "1.2,3.4": MarkPoint, "1,2.3,4": MarkComma, "+1.5 ₺": MarkPoint, "₺ 1,5": MarkComma,
		"-₺1.234": MarkUnknown, "-₺ 1,5": MarkComma, "sor.": MarkUnknown, "12.5 kg": MarkUnknown, "a,b": MarkUnknown, ".": MarkUnknown, ".,": MarkUnknown, "v1.2": MarkUnknown,
	} {
		if got := MarkOf(text); got != want {
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
		got, why := Of(text).Read(MarkComma)
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
			if got, ok := CurrencyOf(s); got != want || ok != (want != "") {
				t.Errorf("%q is %q %v, want %q", s, got, ok, want)
			}
		}
	}
}
