// Package heading is what the words of one heading say of what stands below it: a field, and of a price its currency and its VAT; the place of a
// stock; or that it is nothing of a product. It knows one heading at a time, in Turkish and in English.
package heading

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/figure"
)

// Meaning is what a header says of its column (files.md §2, 07).
type Meaning struct {
	Field listing.Field // "" for nothing known
	Rank  int           // of several columns of a field the lowest counts first
	Unit
}

// Unit is what a header says of the prices below it.
type Unit struct {
	Currency domain.Currency // "" for none
	Unknown  bool            // a currency that is not known
	Net      bool            // VAT is still to be added
}

// MaxLength is how long a header is looked at, in bytes; what is longer is text.
const MaxLength = 200

// Ranks: the names of headers one after the other, between them what is like one, and prices in another currency than lira.
const (
	byName    = 4
	likeIt    = 1
	otherwise = 2
	Unranked  = 1_000 // behind every name
)

// place is where a name stands in headers.
type place struct {
	field listing.Field
	index int
}

var headerNames = sync.OnceValue(func() map[string]place {
	all := map[string]place{}
	for _, f := range listing.Fields() {
		for i, name := range Names(f) {
			all[name] = place{f, i}
		}
	}
	return all
})

// MeaningOf finds what a header says: by its whole name, else by its words without those that say nothing of the field.
func MeaningOf(h string) Meaning {
	if len(h) > MaxLength || IsVATIncluded(h) {
		return Meaning{}
	}
	if rest, ok := strings.CutPrefix(h, "v"); ok && strings.IndexFunc(rest, unicode.IsUpper) == 0 { // IdeaSoft's variants: vStockCode
		h = rest
	}
	key := domain.NameKey(h)
	if key == "" {
		return Meaning{}
	}
	if at, ok := headerNames()[key]; ok {
		return meant(at.field, byName*at.index, h)
	}
	if before, _, _ := strings.Cut(h, "("); strings.Contains(before, "/") && !strings.Contains(strings.TrimSpace(h), " ") {
		return meaningOfBoth(h)
	}
	outside, inside := headerWords(h)
	outside = undated(outside)
	if at, ok := headerNames()[strings.Join(without(outside, ofNothing), "")]; ok && !containsAny(inside, ofOthers()) {
		return meant(at.field, byName*at.index+likeIt, h)
	}
	if plain := without(outside, ofLanguage); len(plain) < len(outside) {
		if m := MeaningOf(strings.Join(plain, " ")); InLanguages(m.Field) { // behind the Turkish one
			return Meaning{Field: m.Field, Rank: Unranked}
		}
	}
	for _, f := range listing.Fields() {
		if fits(f, outside, inside) && !containsAny(inside, ofOthers()) {
			return meant(f, rankOf(f, outside), h)
		}
	}
	return Meaning{}
}

// meaningOfBoth finds what a header says twice: "Fiyat/Price", "Fiyat/TL". Others are paths of elements.
func meaningOfBoth(h string) Meaning {
	first, second, _ := strings.Cut(h, "/")
	m, other := MeaningOf(first), MeaningOf(second)
	if m.Field == "" || m.Field != other.Field && (m.Field != listing.Price || headerCurrency(domain.NameKey(second)) == "") {
		return Meaning{}
	}
	return meant(m.Field, m.Rank, h)
}

func meant(f listing.Field, rank int, h string) Meaning {
	m := Meaning{Field: f, Rank: rank, Unit: UnitOf(f, h)}
	if m.Unknown || m.Currency != "" && m.Currency != domain.TRY {
		if f == listing.Price && rank < byName*len(discountedNames()) { // behind a list price in lira
			m.Rank = byName * headerNames()["satisfiyati"].index
		}
		m.Rank += otherwise
	}
	return m
}

// headerWords cuts a header into folded words: at every sign, and where a small letter meets a capital or a digit. Those in
// brackets are apart.
func headerWords(h string) (outside, inside []string) {
	var b strings.Builder
	depth := 0
	into := &outside
	flush := func() {
		*into = append(*into, strings.Fields(domain.Fold(b.String()))...)
		b.Reset()
	}
	var last rune
	for _, r := range h {
		switch {
		case strings.ContainsRune("([{", r):
			flush()
			depth++
		case strings.ContainsRune(")]}", r):
			flush()
			depth = max(depth-1, 0)
		case r == '+':
			b.WriteString(" arti ")
		case !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r):
			b.WriteRune(' ')
		default:
			if unicode.IsLower(last) && unicode.IsUpper(r) || unicode.IsLetter(last) && unicode.IsDigit(r) || unicode.IsDigit(last) && unicode.IsLetter(r) {
				b.WriteRune(' ')
			}
			b.WriteRune(r)
		}
		last = r
		if into = &outside; depth > 0 {
			into = &inside
		}
	}
	flush()
	return outside, inside
}

func without(words []string, drop func(string) bool) []string {
	return slices.DeleteFunc(slices.Clone(words), drop)
}

func containsAny(words, of []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(of, w) })
}

// undated leaves out the month and the day of a date whose year is there.
func undated(words []string) []string {
	if !slices.ContainsFunc(words, isYear) {
		return words
	}
	return without(words, func(w string) bool {
		switch w {
		case "ocak", "subat", "mart", "nisan", "mayis", "haziran", "temmuz", "agustos", "eylul", "ekim", "kasim", "aralik",
			"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december":
			return true
		}
		return len(w) <= 2 && figure.OnlyDigits(w)
	})
}

// fits tells whether the words are those of a field.
func fits(f listing.Field, words, inside []string) bool {
	if f == listing.Currency {
		return ofCurrency(words)
	}
	v := vocabularies()[f]
	price := f == listing.Price
	if !containsAny(words, v.heads) || len(v.beside) > 0 && !containsAny(words, v.beside) {
		return false
	}
	dated := slices.Contains(words, "yurtici") || slices.ContainsFunc(inside, func(w string) bool { return isYear(w) || headerCurrency(w) != "" })
	for _, w := range words {
		money := price && (headerCurrency(w) != "" || figure.IsForeignCurrency(w))
		dated = dated || money || isYear(w)
		if !ofNothing(w) && !money && !slices.Contains(v.heads, w) && !slices.Contains(v.beside, w) && !slices.Contains(v.more, w) {
			return false
		}
	}
	if !price {
		return true
	}
	// "Fiyat KDV" may be the VAT itself, and a list is one of prices where it is of a year or in a currency.
	vat, said := slices.ContainsFunc(words, isTax), containsAny(words, without(append(taxWords(), netWords()...), isTax))
	return (!vat || said) && (dated || !slices.ContainsFunc(words, isList) || !containsNoPrice(words))
}

func isTax(w string) bool { return w == "kdv" || w == "vat" || w == "tax" || w == "vergi" }

func isList(w string) bool { return w == "liste" || w == "list" }

func containsNoPrice(words []string) bool {
	return !containsAny(words, []string{"fiyat", "fiyati", "price", "fiat", "fiati"})
}

// ofCurrency knows "Döviz Tipi", "SatisFiyatiParaBirimi" and their like, but for those of other prices than the sales price.
func ofCurrency(words []string) bool {
	if containsAny(words, ofOthers()) {
		return false
	}
	said := strings.Join(words, " ")
	for _, end := range []string{"para birimi", "para birimi kodu", "doviz", "dovizi", "doviz tipi", "doviz cinsi", "doviz turu", "doviz kodu", "doviz adi", "doviz birimi", "currency", "currency code", "currency type"} {
		if said == end || strings.HasSuffix(said, " "+end) {
			return true
		}
	}
	return false
}

// rankOf ranks words as the name that they are most like.
func rankOf(f listing.Field, words []string) int {
	names := headerNames()
	plain := without(words, func(w string) bool { return ofNothing(w) || headerCurrency(w) != "" || figure.IsForeignCurrency(w) })
	bare := without(plain, func(w string) bool {
		return slices.Contains(taxWords(), w) || slices.Contains(netWords(), w) || w == "1"
	})
	for _, like := range [][]string{plain, bare} {
		if at, ok := names[strings.Join(like, "")]; ok && at.field == f {
			return byName*at.index + likeIt
		}
	}
	if f != listing.Price || slices.Contains(words, "unit") { // which may be of a kilogram
		return Unranked
	}
	like := "fiyat"
	switch {
	case containsAny(words, markets()): // of one marketplace, behind the price of all
	case containsAny(words, []string{"satilacak"}):
		like = "trendyoldasatilacakfiyatkdvdahil"
	case containsAny(words, discountedWords()):
		like = "indirimlifiyati"
	case containsAny(words, []string{"piyasa", "liste", "list", "normal", "regular", "tavsiye", "onerilen", "etiket"}):
		like = "listefiyati"
	case containsAny(words, []string{"satis", "sale", "sales", "sell", "selling", "perakende", "retail"}):
		like = "satisfiyati"
	}
	return byName*names[like].index + likeIt
}

// UnitOf is what a price's header says beside that it is one.
func UnitOf(f listing.Field, h string) (u Unit) {
	if f != listing.Price {
		return Unit{}
	}
	outside, inside := headerWords(h)
	words := slices.Concat(outside, inside)
	currencies := map[domain.Currency]bool{}
	for _, w := range words {
		if c := headerCurrency(w); c != "" {
			currencies[c] = true
		}
		u.Unknown = u.Unknown || figure.IsForeignCurrency(w)
	}
	for _, r := range h {
		if c := signCurrency(r); c != "" {
			currencies[c] = true
		}
		u.Unknown = u.Unknown || strings.ContainsRune("₽¥₼₴₹₸", r)
	}
	if len(currencies) == 1 { // of several the header says nothing
		for c := range currencies {
			u.Currency = c
		}
	}
	u.Net = containsAny(words, netWords()) && !containsAny(words, []string{"dahil", "included", "incl", "inc"})
	return u
}

func signCurrency(r rune) domain.Currency {
	if r < unicode.MaxASCII && r != '$' {
		return ""
	}
	c, _ := figure.CurrencyOf(string(r))
	return c
}

// headerCurrency knows a currency in a header; "lira" and "pound" are such words too.
func headerCurrency(w string) domain.Currency {
	if len(w) < 2 || len(w) > 8 {
		return ""
	}
	c, _ := figure.CurrencyOf(w)
	return c
}

// RankOf is that of a column which is called exactly so.
func RankOf(name string) int { return byName * headerNames()[name].index }
