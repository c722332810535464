package isbasi

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// everyKind is the value by which a filter on the kind of e-document asks for all (isbasi-api.md §12 "To §6.5").
const everyKind = "Tümü"

// columns say of a record what it says itself in a column of its list, under the column's name in small
// letters: a string, taxNumber, bool or time.Time. Blank and zero say nothing.
type columns[T any] map[string]func(T) any

// taxNumber is one that İşbaşı may have written as a number, without its leading zeros.
type taxNumber string

func (n taxNumber) bare() string { return strings.TrimLeft(string(n), "0") }

// contradicts tells of a record for which a condition of q plainly does not hold. İşbaşı ignores a condition that
// it does not understand instead of refusing it, so only the rows that come back prove one (isbasi-api.md
// §12 "To §3.2").
func (c columns[T]) contradicts(q domain.ListQuery, record T) bool {
	return slices.ContainsFunc(q.Filters, func(f domain.Filter) bool {
		says, known := c[strings.ToLower(f.Column)] //nolint:forbidigo // column names are ASCII
		values := textsOf(f.Value)
		if !known || len(values) == 0 || slices.Contains(values, everyKind) {
			return false
		}
		switch said := says(record).(type) {
		case bool:
			on, err := strconv.ParseBool(values[0])
			return err == nil && f.Operator == domain.IsEqualTo && said != on
		case time.Time:
			return !said.IsZero() && outside(f.Operator, values, func(value string, late bool) (int, bool) { return compareTime(said, value, late) })
		case taxNumber:
			for i, value := range values {
				values[i] = taxNumber(value).bare()
			}
			return said != "" && textContradicts(f.Operator, said.bare(), values)
		case string:
			return said != "" && textContradicts(f.Operator, said, values)
		default:
			return false
		}
	})
}

func textContradicts(op domain.Operator, said string, values []string) bool {
	among := slices.Contains(values, said)
	switch op {
	case domain.IsEqualTo, domain.In:
		return !among
	case domain.IsNotEqualTo, domain.NotIn:
		return among
	default:
		return outside(op, values, func(value string, _ bool) (int, bool) {
			a, errA := decimal.NewFromString(said)
			b, errB := decimal.NewFromString(value)
			return a.Cmp(b), errA == nil && errB == nil
		})
	}
}

// outside tells a value that lies outside what op asks for. compare compares it with one of the values, late
// as an upper end; ok = false when it cannot.
func outside(op domain.Operator, values []string, compare func(value string, late bool) (order int, ok bool)) bool {
	below := func(value string) bool { order, ok := compare(value, false); return ok && order < 0 }
	above := func(value string) bool { order, ok := compare(value, true); return ok && order > 0 }
	switch op {
	case domain.IsGreaterThanOrEqualTo:
		return below(values[0])
	case domain.IsLessThanOrEqualTo:
		return above(values[0])
	case domain.IsGreaterThan:
		order, ok := compare(values[0], false)
		return ok && order <= 0
	case domain.IsLessThan:
		order, ok := compare(values[0], true)
		return ok && order >= 0
	case domain.IsBetween:
		return len(values) == 2 && (below(values[0]) || above(values[1]))
	default:
		return false
	}
}

// compareTime compares a time with one of a filter; a day is meant whole.
func compareTime(said time.Time, value string, late bool) (order int, ok bool) {
	var m moment
	_ = m.UnmarshalJSON(textJSON(value)) // it is a text, of which a moment refuses none
	if late && len(strings.TrimSpace(value)) == len(time.DateOnly) {
		m.Time = m.AddDate(0, 0, 1).Add(-time.Nanosecond)
	}
	return said.Compare(m.Time), !m.IsZero()
}

// textsOf spells the values of a condition.
func textsOf(value any) []string {
	switch v := value.(type) {
	case string:
		return []string{strings.TrimSpace(v)}
	case []string:
		return slices.Clone(v)
	case bool:
		return []string{strconv.FormatBool(v)}
	case int:
		return []string{strconv.Itoa(v)}
	case decimal.Decimal:
		return []string{v.String()}
	case time.Time:
		return []string{isoTime(v)}
	case []int:
		texts := make([]string, len(v))
		for i, n := range v {
			texts[i] = strconv.Itoa(n)
		}
		return texts
	default:
		return nil
	}
}

// filterValue writes the value of a condition as İşbaşı's samples do, numbers and flags as such; ok = false when
// it is none of those that a condition can have.
func filterValue(value any) (raw any, ok bool) {
	switch v := value.(type) {
	case nil:
		return "", true
	case decimal.Decimal:
		return json.RawMessage(v.String()), true
	case time.Time:
		return isoTime(v), true
	case string, bool, int, []string, []int:
		return v, true
	default:
		return nil, false
	}
}
