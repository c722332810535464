package files

import (
	"strings"

	"github.com/sopyo/sopyo-desktop/storage/files/figure"
)

// shortMonths are those that Excel writes, in Turkish and in English.
const shortMonths = " Oca Şub Mar Nis May Haz Tem Ağu Eyl Eki Kas Ara Jan Feb Apr Jun Jul Aug Sep Oct Nov Dec "

// excelDate knows the texts that Excel makes of what it takes for a date: 03.Oca, Oca.24, 3-May-24, 12.03.2024 and
// 2024-03-12 00:00:00. Shops' own codes are capitals, or have no such month.
func excelDate(s string) bool {
	if len(s) < 5 || len(s) > 23 {
		return false
	}
	if i := strings.IndexAny(s, " T"); i == 10 && strings.Trim(s[i+1:], "0123456789:.") == "" {
		s = s[:i]
	}
	a, rest, mark := cutDate(s)
	b, c, second := cutDate(rest)
	switch {
	case mark == 0:
		return false
	case second == 0: // two parts
		return between(a, 1, 31) && shortMonth(b) || shortMonth(a) && len(b) == 2 && between(b, 0, 99)
	case mark != second:
		return false
	case shortMonth(b):
		return between(a, 1, 31) && (len(c) == 2 && between(c, 0, 99) || between(c, 1900, 2199))
	case len(a) == 4:
		return between(a, 1900, 2199) && len(b) == 2 && between(b, 1, 12) && len(c) == 2 && between(c, 1, 31)
	}
	return len(c) == 4 && between(c, 1900, 2199) && between(a, 1, 31) && between(b, 1, 31) && (between(a, 1, 12) || between(b, 1, 12))
}

// cutDate cuts s at the first mark that stands in dates.
func cutDate(s string) (before, behind string, mark byte) {
	i := strings.IndexAny(s, ".-/ ")
	if i <= 0 {
		return s, "", 0
	}
	return s[:i], s[i+1:], s[i]
}

func shortMonth(s string) bool {
	return (len(s) == 3 || len(s) == 4) && strings.Contains(shortMonths, " "+s+" ")
}

// between tells whether s is a number of one to four digits from low to high.
func between(s string, low, high int) bool {
	if !figure.OnlyDigits(s) || len(s) > 4 {
		return false
	}
	n := 0
	for _, c := range s {
		n = n*10 + int(c-'0')
	}
	return n >= low && n <= high
}
