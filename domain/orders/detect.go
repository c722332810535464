package orders

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/sopyo/sopyo-desktop/domain"
)

// headerSearch is how many rows a title may take, with the header.
const headerSearch = 10

// enough is how many mandatory names make a row the header.
const enough = 3

// What a file that is no list of orders is refused as: domain.KindFile with this Detail, a translation key.
const (
	RefusedPayments = "orders.payment-report" // a marketplace's account of what it pays
	RefusedReturns  = "orders.return-list"    // what buyers send back
	RefusedNoPrices = "orders.no-prices"      // Amazon's report of what is not shipped yet
	RefusedLetters  = "orders.broken-letters" // saved in an encoding that has no Turkish letters
	RefusedUnknown  = "orders.unknown"
	refusedTooLong  = "orders.too-many-rows"
	refusedEmpty    = "orders.empty"
)

func refuse(detail string) error {
	return &domain.Error{Kind: domain.KindFile, Op: "read orders", Detail: detail}
}

// Detect finds among the first rows of a file, ten count, which of the profiles it is written by and which row
// is the header. The error is KindFile as the constants say, or KindInvalid with Field "map" when mandatory
// columns are missing: Err lists them.
func Detect(rows [][]string, profiles []Profile) (p Profile, header int, err error) {
	rows = rows[:min(len(rows), headerSearch)]
	if detail := foreign(rows); detail != "" {
		return Profile{}, 0, refuse(detail)
	}
	best := 0
	var missing []string
	for i, row := range rows {
		names := keys(row)
		for _, candidate := range profiles {
			found, lacks := candidate.mandatory(names)
			if found < min(enough, len(candidate.Mandatory)) {
				continue
			}
			if len(lacks) == 0 {
				found += len(Fields()) // one that is whole comes before all that are not
			}
			if found > best {
				best, p, header, missing = found, candidate, i, lacks
			}
		}
		if best > 0 {
			break
		}
	}
	switch {
	case slices.ContainsFunc(rows, brokenHeader): // also where none of the lost names is mandatory: they are read as well
		return Profile{}, 0, refuse(RefusedLetters)
	case best == 0:
		return Profile{}, 0, refuse(RefusedUnknown)
	case len(missing) > 0:
		unmapped := domain.Invalid("map", "order-columns-missing")
		unmapped.Err = errors.New(strings.Join(missing, ", "))
		return Profile{}, 0, unmapped
	}
	return p, header, nil
}

// Known counts what a row says as the header of a list of orders, or as one of a file that is refused by its
// name: of several ways to cut text into cells the one is right that makes sense.
func Known(row []string) (n int) {
	if foreign([][]string{row}) != "" {
		return len(row)
	}
	names := keys(row)
	for _, p := range Profiles() {
		found, _ := p.mandatory(names)
		n = max(n, found)
	}
	return n
}

// mandatory counts the mandatory fields that have a column, and names the columns of the others.
func (p Profile) mandatory(names []string) (found int, missing []string) {
	for _, f := range p.Mandatory {
		if slices.ContainsFunc(p.Columns[f], func(name string) bool { return slices.Contains(names, key(name)) }) {
			found++
		} else {
			missing = append(missing, p.Columns[f][0])
		}
	}
	return found, missing
}

// foreign tells by what its rows say which kind of file it is that is known and is none to be read; "" = none.
func foreign(rows [][]string) string {
	for _, row := range rows {
		names := keys(row)
		has := func(name string) bool { return slices.Contains(names, key(name)) }
		switch {
		case has("tarih/saat"), has("Net Tutar") && has("Komisyon"):
			return RefusedPayments
		case has("order-id") && has("order-item-id") && has("quantity-purchased") && !has("item-price"):
			return RefusedNoPrices
		}
	}
	return ""
}

// keys are a row's texts in the form in which they are compared.
func keys(row []string) []string {
	out := make([]string, len(row))
	for i, cell := range row {
		out[i] = key(cell)
	}
	return out
}

// columnNames are, as keys, the names of all columns of all profiles.
var columnNames = sync.OnceValue(func() (out []string) {
	for _, p := range Profiles() {
		for _, names := range p.Columns {
			out = append(out, keys(names)...)
		}
	}
	return out
})

// brokenHeader tells whether a row is the header of a known file in which question marks stand in the place
// of Turkish letters.
func brokenHeader(row []string) bool {
	n := 0
	for _, cell := range keys(row) {
		if strings.ContainsAny(cell, "?\ufffd") && slices.ContainsFunc(columnNames(), func(name string) bool { return resembles(cell, name) }) {
			n++
		}
	}
	return n >= enough
}

// resembles tells whether text is name but for letters that have become question marks.
func resembles(text, name string) bool {
	a, b := []rune(text), []rune(name)
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		lost := a[i] == '?' || a[i] == unicode.ReplacementChar
		turkish := b[i] >= 0x80 || b[i] == 'I' // ı and İ are I in a key
		if a[i] != b[i] && (!lost || !turkish) {
			return false
		}
	}
	return true
}

// brokenText tells whether letters inside a text have become question marks.
func brokenText(s string) bool {
	letters := []rune(s)
	for i, r := range letters {
		if r == unicode.ReplacementChar || r == '?' && i > 0 && i+1 < len(letters) && unicode.IsLetter(letters[i-1]) && unicode.IsLetter(letters[i+1]) {
			return true
		}
	}
	return false
}
