package monthend

import (
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/exports"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/words"
)

// column is one column of a sheet of T: its head's key, its format, and its cell of a row.
type column[T any] struct {
	key    string
	format Format
	cell   func(T) exports.Cell
}

func text[T any](key string, of func(T) string) column[T] {
	return column[T]{key, FormatText, func(v T) exports.Cell { return exports.Text(of(v)) }}
}

func date[T any](key string, of func(T) time.Time) column[T] {
	return column[T]{key, FormatDate, func(v T) exports.Cell {
		if t := of(v); !t.IsZero() {
			return exports.Text(t.In(domain.Istanbul).Format(time.DateOnly))
		}
		return exports.Cell{}
	}}
}

func money[T any](key string, of func(T) decimal.NullDecimal) column[T] {
	return column[T]{key, FormatMoney, func(v T) exports.Cell { return exports.Number(of(v)) }}
}

func price[T any](key string, of func(T) decimal.NullDecimal) column[T] {
	return column[T]{key, FormatPrice, func(v T) exports.Cell { return exports.Number(of(v)) }}
}

func number[T any](key string, of func(T) decimal.NullDecimal) column[T] {
	return column[T]{key, FormatNumber, func(v T) exports.Cell { return exports.Number(of(v)) }}
}

// amounts are the columns of an invoice's sums: base and VAT of each rate that the sheet has anywhere, the
// lowest first, and the total.
func amounts[T any](w words.Words, all []T, of func(T) invoicing.Sums) []column[T] {
	var columns []column[T]
	for _, r := range total(all, of).Rates {
		percent := domain.FormatPercent(r.Rate, w.Lang)
		part := func(key string, amount func(invoicing.RateAmounts) decimal.Decimal) column[T] {
			return money(w.T(key, percent), func(v T) decimal.NullDecimal {
				amounts, found := at(of(v), r.Rate)
				return decimal.NullDecimal{Decimal: amount(amounts), Valid: found}
			})
		}
		columns = append(columns,
			part("monthend.base", func(a invoicing.RateAmounts) decimal.Decimal { return a.Base }),
			part("monthend.vat", func(a invoicing.RateAmounts) decimal.Decimal { return a.VAT }))
	}
	return append(columns, money("monthend.total", func(v T) decimal.NullDecimal { return valid(of(v).Total) }))
}

func valid(d decimal.Decimal) decimal.NullDecimal { return decimal.NewNullDecimal(d) }

// sheet makes the table of rows; key names it.
func sheet[T any](w words.Words, key string, rows []T, columns ...[]column[T]) Sheet {
	s := Sheet{Table: exports.Table{Name: w.T(key)}}
	var all []column[T]
	for _, part := range columns {
		all = append(all, part...)
	}
	for _, c := range all {
		s.Columns, s.Formats = append(s.Columns, c.key), append(s.Formats, c.format)
	}
	s.Rows = func(yield func([]exports.Cell, error) bool) {
		for _, row := range rows {
			cells := make([]exports.Cell, len(all))
			for i, c := range all {
				cells[i] = c.cell(row)
			}
			if !yield(cells, nil) {
				return
			}
		}
	}
	return s
}
