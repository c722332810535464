package domain

import (
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// The decimals of money and of other numbers when shown; what a value has beyond is rounded.
const (
	minMoneyDecimals = 2
	maxDecimals      = 4
)

// FormatMoney words an amount the way of lang ("tr" or "en"): 1.234,50 ₺ or ₺1,234.50. It has two
// decimals, or more if the amount does, up to four.
func FormatMoney(d decimal.Decimal, c Currency, lang string) string {
	number, minus := format(d, minMoneyDecimals, lang)
	symbol := c.Symbol()
	switch {
	case lang != "en":
		return minus + number + " " + symbol
	case c != "" && !slices.Contains(Currencies(), c):
		return minus + symbol + " " + number
	default:
		return minus + symbol + number
	}
}

// FormatNumber words a number: 1.234,5 or 1,234.5, at most four decimals.
func FormatNumber(d decimal.Decimal, lang string) string {
	number, minus := format(d, 0, lang)
	return minus + number
}

// FormatPercent words a percentage: %12,5 or 12.5%.
func FormatPercent(d decimal.Decimal, lang string) string {
	number, minus := format(d, 0, lang)
	if lang == "en" {
		return minus + number + "%"
	}
	return minus + "%" + number
}

// FormatInt words a whole number: 38.760 or 38,760.
func FormatInt(n int, lang string) string { return FormatNumber(decimal.NewFromInt(int64(n)), lang) }

// FormatTime words a time in Istanbul: 23.11.2026 14:05 or 23 Nov 2026 14:05.
func FormatTime(t time.Time, lang string) string {
	if lang == "en" {
		return t.In(Istanbul).Format("2 Jan 2006 15:04")
	}
	return t.In(Istanbul).Format("02.01.2006 15:04")
}

// format gives the number without its sign, which languages put in different places, and the sign.
func format(d decimal.Decimal, atLeast int, lang string) (number, minus string) {
	d = d.Round(maxDecimals)
	if d.IsNegative() {
		minus = "-"
	}
	whole, fraction, _ := strings.Cut(d.Abs().StringFixed(maxDecimals), ".")
	for len(fraction) > atLeast && strings.HasSuffix(fraction, "0") {
		fraction = fraction[:len(fraction)-1]
	}
	thousands, point := ".", ","
	if lang == "en" {
		thousands, point = ",", "."
	}
	var b strings.Builder
	for i, r := range whole {
		if left := len(whole) - i; i > 0 && left%3 == 0 {
			b.WriteString(thousands)
		}
		b.WriteRune(r)
	}
	if fraction != "" {
		b.WriteString(point + fraction)
	}
	return b.String(), minus
}
