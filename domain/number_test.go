package domain

import (
	"errors"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
)

func TestParseNumber(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ text, tr, en string }{
		{"1.234,50", "1234.5", "1234.5"},
		{"1234,5", "1234.5", "1234.5"},
		{"1,234.50", "1234.5", "1234.5"},
		{"1234.5", "1234.5", "1234.5"},
		{"249.90", "249.9", "249.9"},
		{"249,90", "249.9", "249.9"},
		{"1.234", "1234", "1.234"},
		{"1,234", "1.234", "1234"},
		{"1.234.567", "1234567", "1234567"},
		{"1,234,567", "1234567", "1234567"},
		{"1.234.567,891", "1234567.891", "1234567.891"},
		{"1,234,567.891", "1234567.891", "1234567.891"},
		{"0.125", "0.125", "0.125"},
		{"0,125", "0.125", "0.125"},
		{"1234.567", "1234.567", "1234.567"},
		{"1 234,50", "1234.5", "1234.5"},
		{"1\u00a0234,500", "1234.5", "1234.5"},
		{",5", "0.5", "0.5"},
		{".500", "0.5", "0.5"},
		{"007", "7", "7"},
		{"-12,5", "-12.5", "-12.5"},
		{"\u221212,5", "-12.5", "-12.5"},
		{"+3", "3", "3"},
		{"1.234,50 ₺", "1234.5", "1234.5"},
		{"₺1,234.50", "1234.5", "1234.5"},
		{"100 TL", "100", "100"},
		{"%12,5", "12.5", "12.5"},
		{"12.5%", "12.5", "12.5"},
		{" % 12,5 ", "12.5", "12.5"},
		{"$20", "20", "20"},
		{"20 €", "20", "20"},
		{"£ 20", "20", "20"},
		{"-₺5", "-5", "-5"},
		{"₺-5", "-5", "-5"},
		{"\ufeff5\u200b", "5", "5"},
		{"123.456", "123456", "123.456"},
		{"123,456", "123.456", "123456"},
		{"1.23", "1.23", "1.23"},
		{"1.2345", "1.2345", "1.2345"},
		{"007,125", "7.125", "7.125"},
		{"123 456", "123456", "123456"},
		{"1 234 567", "1234567", "1234567"},
		{"₺+5", "5", "5"},
		{"+₺5", "5", "5"},
		{"5 ₺", "5", "5"},
		{"- 5", "-5", "-5"},
		{"-0", "0", "0"},
		{strings.Repeat("9", 24), strings.Repeat("9", 24), strings.Repeat("9", 24)},
		{"1" + strings.Repeat(" ", 99), "1", "1"},
	} {
		for lang, want := range map[string]string{"tr": tt.tr, "en": tt.en} {
			d, err := ParseNumber(tt.text, lang)
			if err != nil || !d.Equal(decimal.RequireFromString(want)) {
				t.Errorf("ParseNumber(%q, %s) = %v, %v; want %s", tt.text, lang, d, err, want)
			}
		}
	}
}

func TestParseNumber_refuses(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"", " ", "abc", "12a", "8,69E+12", "8.69E+12", "1e3", "0x10", "Inf", "NaN", "--5", "-+5", "-₺-5", "5-", "-",
		"₺", "%", "5,", "5.", ",", "1,2,3", "1.2.3", "1.23,50", "12.34.567", "1.234,5,6", "1,234.567.8", "1.,5", ".123,5",
		"1234.567,5", "12 34", "1 234 5", "1,5 0", "1_000", "₺₺5", "₺5%", "５", "+-5", "++5", "+₺-5", "+₺+5", "-₺+5", "₺+-5", "₺-", "5+", "1,234 567", "1 234.567,5", "123.45.678",
		"1234.567.890", "1,234,5", "x5", "5x", strings.Repeat("9", 25), "0." + strings.Repeat("0", 24), "1" + strings.Repeat(" ", 100), strings.Repeat("9", 50), "1..234",
	} {
		for _, lang := range []string{"tr", "en"} {
			d, err := ParseNumber(s, lang)
			var said *Error
			if !errors.As(err, &said) || *said != *Invalid("", "number") || !d.IsZero() {
				t.Errorf("ParseNumber(%q, %s) = %v, %v; want it refused", s, lang, d, err)
			}
		}
	}
}

// Numbers are written in every way that people write them, by another hand than Format's: what was meant is
// read, whatever sign stands before or behind it.
func TestParseNumber_readsEveryWayOfWriting(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 6))
	for range 5_000 {
		whole, fraction := r.Int64N([]int64{10, 1_000, 1_000_000, 10_000_000_000}[r.IntN(4)]), ""
		for range r.IntN(6) {
			fraction += string(rune('0' + r.IntN(10)))
		}
		digits := strconv.FormatInt(whole, 10)
		lang, marks := "tr", ".,"
		if r.IntN(2) == 0 {
			lang, marks = "en", ",."
		}
		text := digits
		if r.IntN(2) == 0 {
			text = ""
			for i := range digits {
				if left := len(digits) - i; i > 0 && left%3 == 0 {
					text += marks[:1]
				}
				text += digits[i : i+1]
			}
		}
		want := digits
		if fraction != "" {
			text, want = text+marks[1:]+fraction, want+"."+fraction
		}
		minus := [][2]string{{"", ""}, {"", "+"}, {"-", "-"}, {"-", "\u2212"}}[r.IntN(4)]
		sign := signs[r.IntN(len(signs))]
		blank := []string{"", " ", "\u00a0"}[r.IntN(3)]
		text = [...]string{minus[1] + text, minus[1] + sign + blank + text, sign + blank + minus[1] + text, minus[1] + text + blank + sign}[r.IntN(4)]
		if d, err := ParseNumber(text, lang); err != nil || !d.Equal(decimal.RequireFromString(minus[0]+want)) {
			t.Errorf("ParseNumber(%q, %s) = %v, %v; want %s%s", text, lang, d, err, minus[0], want)
		}
	}
}

func TestFormat(t *testing.T) {
	t.Parallel()
	d := decimal.RequireFromString
	for _, tt := range []struct{ name, got, want string }{
		{"money tr", FormatMoney(d("1234.5"), TRY, "tr"), "1.234,50 ₺"},
		{"money en", FormatMoney(d("1234.5"), TRY, "en"), "₺1,234.50"},
		{"money of no language is Turkish", FormatMoney(d("1234.5"), TRY, ""), "1.234,50 ₺"},
		{"money of no currency is TRY", FormatMoney(d("1"), "", "tr"), "1,00 ₺"},
		{"dollars tr", FormatMoney(d("19.99"), USD, "tr"), "19,99 $"},
		{"pounds en", FormatMoney(d("19.99"), GBP, "en"), "£19.99"},
		{"francs tr", FormatMoney(d("19.99"), "CHF", "tr"), "19,99 CHF"},
		{"francs en", FormatMoney(d("-19.99"), "CHF", "en"), "-CHF 19.99"},
		{"debt tr", FormatMoney(d("-1234567"), TRY, "tr"), "-1.234.567,00 ₺"},
		{"debt en", FormatMoney(d("-1234567"), TRY, "en"), "-₺1,234,567.00"},
		{"three decimals", FormatMoney(d("0.125"), TRY, "tr"), "0,125 ₺"},
		{"four decimals", FormatMoney(d("29.1667"), TRY, "tr"), "29,1667 ₺"},
		{"more decimals are rounded", FormatMoney(d("29.16666666"), TRY, "tr"), "29,1667 ₺"},
		{"trailing zeros", FormatMoney(d("35.00000"), TRY, "tr"), "35,00 ₺"},
		{"next to nothing", FormatMoney(d("-0.00001"), TRY, "tr"), "0,00 ₺"},
		{"percent tr", FormatPercent(d("12.50"), "tr"), "%12,5"},
		{"percent en", FormatPercent(d("12.50"), "en"), "12.5%"},
		{"negative percent tr", FormatPercent(d("-10"), "tr"), "-%10"},
		{"number", FormatNumber(d("1234.50"), "tr"), "1.234,5"},
		{"int tr", FormatInt(38760, "tr"), "38.760"},
		{"int en", FormatInt(-1234567, "en"), "-1,234,567"},
		{"small int", FormatInt(999, "tr"), "999"},
		{"zero", FormatInt(0, "en"), "0"},
		{"euros en", FormatMoney(d("-0.5"), EUR, "en"), "-€0.50"},
		{"money of no currency en", FormatMoney(d("1"), "", "en"), "₺1.00"},
		{"four decimals of a number", FormatNumber(d("0.00005"), "en"), "0.0001"},
		{"next to nothing of a number", FormatNumber(d("0.00004"), "en"), "0"},
		{"a thousand", FormatInt(1000, "tr"), "1.000"},
		{"time early", FormatTime(time.Date(2026, 3, 1, 6, 7, 0, 0, time.UTC), "en"), "1 Mar 2026 09:07"},
		{"time tr", FormatTime(time.Date(2026, 11, 23, 11, 5, 0, 0, time.UTC), "tr"), "23.11.2026 14:05"},
		{"the last second of a minute", FormatTime(time.Date(2026, 11, 23, 11, 5, 59, 0, time.UTC), "tr"), "23.11.2026 14:05"},
		{"time en", FormatTime(time.Date(2026, 11, 23, 11, 5, 0, 0, time.UTC), "en"), "23 Nov 2026 14:05"},
		{"time across midnight", FormatTime(time.Date(2026, 12, 31, 21, 30, 0, 0, time.UTC), "tr"), "01.01.2027 00:30"},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, tt.got, tt.want)
		}
	}
}

func TestFormatMoney_canBeTypedBack(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"0", "0.5", "1", "999.99", "1000", "1234.5", "1234.567", "-1234567.8912", "0.125"} {
		want := decimal.RequireFromString(text)
		for _, lang := range []string{"tr", "en"} {
			for _, c := range Currencies() {
				shown := FormatMoney(want, c, lang)
				if got, err := ParseNumber(shown, lang); err != nil || !got.Equal(want) {
					t.Errorf("%q read back in %s = %v, %v; want %v", shown, lang, got, err, want)
				}
			}
			for _, shown := range []string{FormatPercent(want, lang), FormatNumber(want, lang)} {
				if got, err := ParseNumber(shown, lang); err != nil || !got.Equal(want) {
					t.Errorf("%q read back in %s = %v, %v; want %v", shown, lang, got, err, want)
				}
			}
		}
	}
}

func FuzzParseNumber(f *testing.F) {
	for _, s := range []string{"1.234,50", "1,234.50", "1.234", "%12,5", "-₺5", "8,69E+12", "1 234", ",5", "TL"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, lang := range []string{"tr", "en"} {
			d, err := ParseNumber(s, lang)
			if err != nil {
				if KindOf(err) != KindInvalid {
					t.Errorf("%q: %v", s, err)
				}
				continue
			}
			if strings.ContainsAny(s, "eEaxX") {
				t.Errorf("%q is read as %v", s, d)
			}
			d = d.Round(4)
			shown := FormatNumber(d, lang)
			if again, err := ParseNumber(shown, lang); err != nil || !again.Equal(d) {
				t.Errorf("%q is %v, shown %q, read back %v, %v", s, d, shown, again, err)
			}
		}
	})
}
