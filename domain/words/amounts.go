package words

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Money words an amount: 1.234,50 ₺ or ₺1,234.50.
func (w Words) Money(d decimal.Decimal, c domain.Currency) string {
	if c == "" { // İşbaşı's rows that name none are in TRY
		c = domain.TRY
	}
	return domain.FormatMoney(d, c, w.Lang)
}

// MoneyIf words an amount, "" when there is none.
func (w Words) MoneyIf(d decimal.NullDecimal, c domain.Currency) string {
	if !d.Valid {
		return ""
	}
	return w.Money(d.Decimal, c)
}

// Count groups a whole number: 38.760 or 38,760.
func (w Words) Count(n int) string { return domain.FormatInt(n, w.Lang) }

// Counted words the n of key, "" when there is none: sums in words leave zeros out (interface.md).
func (w Words) Counted(key string, n int) string {
	if n == 0 {
		return ""
	}
	return w.T(key, n)
}

// Listed joins what is said; what is empty is left out.
func Listed(between string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), between)
}

// Amount words a quantity with the decimals it has, at most four: 1.250 or 1.250,5.
func (w Words) Amount(d decimal.Decimal) string { return domain.FormatNumber(d, w.Lang) }

// AmountIf words a quantity, "" when there is none.
func (w Words) AmountIf(d decimal.NullDecimal) string {
	if !d.Valid {
		return ""
	}
	return w.Amount(d.Decimal)
}

// Size words a number of bytes: 812 KB or 1,2 MB.
func (w Words) Size(bytes int64) string {
	const kilo, mega = 1 << 10, 1 << 20
	if bytes < mega {
		return w.Amount(decimal.NewFromInt((bytes+kilo-1)/kilo)) + " KB"
	}
	return w.Amount(decimal.NewFromInt(bytes).Div(decimal.NewFromInt(mega)).Round(1)) + " MB"
}
