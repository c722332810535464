package sandbox

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/shopspring/decimal"
)

type filter struct {
	ColumnName string `json:"columnName"`
	Operator   any    `json:"operator"` // a name or a 1-based number
	Value      any    `json:"value"`
}

// operators are the names of isbasi-api.md §3.2; their number is the place in this list, from 1.
func operators() []string {
	return []string{
		"IsLessThan", "IsLessThanOrEqualTo", "IsEqualTo", "IsNotEqualTo", "IsGreaterThanOrEqualTo", "IsGreaterThan",
		"StartsWith", "EndsWith", "Contains", "DoesNotContain", "IsNull", "IsNotNull",
		"IsEmpty", "IsNotEmpty", "TextSearch", "IsBetween", "In", "NotIn",
	}
}

// operator gives the name of an operator that is written as a name or a number; false for no such one.
func (f filter) operator() (string, bool) {
	names := operators()
	text := fmt.Sprint(f.Operator)
	if n, err := strconv.Atoi(text); err == nil && n >= 1 && n <= len(names) {
		return names[n-1], true
	}
	return text, slices.Contains(names, text)
}

// test makes the filter's test of a column whose values are of like's type.
func (f filter) test(like any) (func(any) bool, error) {
	op, _ := f.operator()
	switch op {
	case "IsNull", "IsEmpty":
		return empty, nil
	case "IsNotNull", "IsNotEmpty":
		return func(v any) bool { return !empty(v) }, nil
	case "StartsWith", "EndsWith", "Contains", "DoesNotContain", "TextSearch":
		return f.textTest(op), nil
	}
	values, err := f.values(like)
	if err != nil {
		return nil, err
	}
	switch op {
	case "In", "NotIn":
		return func(v any) bool {
			in := slices.ContainsFunc(values, func(w any) bool { return compare(v, w) == 0 })
			return in == (op == "In")
		}, nil
	case "IsBetween":
		if len(values) != 2 {
			return nil, fmt.Errorf("%s iki değer ister", f.ColumnName)
		}
		return func(v any) bool { return compare(v, values[0]) >= 0 && compare(v, values[1]) <= 0 }, nil
	}
	if len(values) != 1 {
		return nil, fmt.Errorf("%s bir değer ister", f.ColumnName)
	}
	holds := map[string]func(int) bool{
		"IsLessThan":             func(n int) bool { return n < 0 },
		"IsLessThanOrEqualTo":    func(n int) bool { return n <= 0 },
		"IsEqualTo":              func(n int) bool { return n == 0 },
		"IsNotEqualTo":           func(n int) bool { return n != 0 },
		"IsGreaterThanOrEqualTo": func(n int) bool { return n >= 0 },
		"IsGreaterThan":          func(n int) bool { return n > 0 },
	}[op]
	return func(v any) bool { return holds(compare(v, values[0])) }, nil
}

func (f filter) textTest(op string) func(any) bool {
	want := upper(fmt.Sprint(f.Value))
	return func(v any) bool {
		have := upper(fmt.Sprint(v))
		switch op {
		case "StartsWith":
			return strings.HasPrefix(have, want)
		case "EndsWith":
			return strings.HasSuffix(have, want)
		case "DoesNotContain":
			return !strings.Contains(have, want)
		default:
			return strings.Contains(have, want)
		}
	}
}

// empty tells whether a column has no value.
func empty(v any) bool {
	t, isTime := v.(time.Time)
	return v == "" || isTime && t.IsZero()
}

// upper folds Turkish case, i ı I İ to one letter.
func upper(s string) string {
	return strings.ReplaceAll(strings.ToUpperSpecial(unicode.TurkishCase, s), "İ", "I")
}

// values reads the filter's value, or its array of values, as like's type. Values are declared as
// text, but are sent as numbers and booleans too.
func (f filter) values(like any) ([]any, error) {
	raw, many := f.Value.([]any)
	if !many {
		raw = []any{f.Value}
	}
	values := make([]any, 0, len(raw))
	for _, v := range raw {
		text := fmt.Sprint(v)
		switch like.(type) {
		case int64:
			n, err := strconv.ParseInt(text, 10, 64)
			if err != nil {
				return nil, fmt.Errorf("%s sayı olmalıdır", f.ColumnName)
			}
			values = append(values, n)
		case bool:
			b, err := strconv.ParseBool(text)
			if err != nil {
				return nil, fmt.Errorf("%s doğru ya da yanlış olmalıdır", f.ColumnName)
			}
			values = append(values, b)
		case time.Time:
			d, err := parseDate(text)
			if err != nil {
				return nil, fmt.Errorf("%s tarih olmalıdır", f.ColumnName)
			}
			values = append(values, d)
		case decimal.Decimal:
			d, err := decimal.NewFromString(text)
			if err != nil {
				return nil, fmt.Errorf("%s sayı olmalıdır", f.ColumnName)
			}
			values = append(values, d)
		default:
			values = append(values, text)
		}
	}
	return values, nil
}

// compare orders two values of one column; texts by their bytes, false before true.
func compare(a, b any) int {
	switch x := a.(type) {
	case int64:
		y, _ := b.(int64)
		return cmp.Compare(x, y)
	case bool:
		y, _ := b.(bool)
		switch {
		case x == y:
			return 0
		case y:
			return -1
		default:
			return 1
		}
	case time.Time:
		y, _ := b.(time.Time)
		return x.Compare(y)
	case decimal.Decimal:
		y, _ := b.(decimal.Decimal)
		return x.Cmp(y)
	default:
		return strings.Compare(fmt.Sprint(a), fmt.Sprint(b))
	}
}
