package matching

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// measures are the units in which names say how much of a thing there is, folded, each with what it is of another.
var measures = map[string]struct {
	base string
	of   int64 // base units, thousandths
}{
	"mg": {"g", 1}, "g": {"g", 1_000}, "gr": {"g", 1_000}, "gram": {"g", 1_000}, "kg": {"g", 1_000_000}, "kilo": {"g", 1_000_000}, "kilogram": {"g", 1_000_000},
	"ml": {"ml", 1_000}, "cl": {"ml", 10_000}, "cc": {"ml", 1_000}, "l": {"ml", 1_000_000}, "lt": {"ml", 1_000_000}, "litre": {"ml", 1_000_000},
	"mm": {"mm", 1_000}, "cm": {"mm", 10_000}, "m": {"mm", 1_000_000}, "mt": {"mm", 1_000_000}, "metre": {"mm", 1_000_000},
}

// amounts gives the numbers of a folded name, each once: 1,5 lt and 1500 ml are one, a number without a unit is itself.
func amounts(fold string) []string {
	var all []string
	for at := 0; at < len(fold); {
		if !isDigit(fold[at]) {
			at++
			continue
		}
		end := numberEnd(fold, at)
		number, rest := fold[at:end], strings.TrimLeft(fold[end:], " ")
		at = end
		n, err := decimal.NewFromString(plainNumber(number))
		if err != nil {
			continue
		}
		unit := ""
		for word := range nameWords(rest) {
			if strings.HasPrefix(rest, word) {
				unit = word
			}
			break
		}
		text := n.String()
		if m, ok := measures[unit]; ok {
			text = n.Mul(decimal.New(m.of, -3)).String() + m.base
		}
		if !slices.Contains(all, text) {
			all = append(all, text)
		}
	}
	return all
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// numberEnd is where the number that begins at a place ends: digits, with marks that stand between two of them.
func numberEnd(s string, at int) int {
	for ; at < len(s); at++ {
		mark := (s[at] == ',' || s[at] == '.') && at+1 < len(s) && isDigit(s[at+1])
		if !isDigit(s[at]) && !mark {
			break
		}
	}
	return at
}

// plainNumber is a number as Go writes it. A comma begins the decimals, a point does where not three digits follow.
func plainNumber(s string) string {
	whole, decimals, ok := strings.Cut(s, ",")
	if ok {
		return strings.ReplaceAll(whole, ".", "") + "." + strings.ReplaceAll(decimals, ",", "")
	}
	if at := strings.LastIndexByte(s, '.'); at > 0 && (len(s)-at-1 != 3 || s[0] == '0') {
		return strings.ReplaceAll(s[:at], ".", "") + s[at:]
	}
	return strings.ReplaceAll(s, ".", "")
}

// differ tells whether each of two lists has what the other has not: where only one says more, it says it of the same thing.
func differ(a, b []string) bool {
	missing := func(of, in []string) bool {
		return slices.ContainsFunc(of, func(n string) bool { return !slices.Contains(in, n) })
	}
	return missing(a, b) && missing(b, a)
}
