package matching

import (
	"cmp"
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Evidence is what speaks for, or against, two products being the same thing (rules.md §2, T6), as the last part
// of the translation key "suggested.…".
type Evidence string

// What speaks for it, the strongest first.
const (
	ByBarcode    Evidence = "barcode"    // equal, but not alone so (ambiguous or in conflict), or taken apart by a person
	ByCode       Evidence = "code"       // equal K0
	BySpelling   Evidence = "spelling"   // equal K1
	ByOtherUnit  Evidence = "other-unit" // barcode of another unit at İşbaşı
	ByName       Evidence = "name"       // equal folded name
	ByLooseCode  Evidence = "loose-code" // equal K2
	ByRestricted Evidence = "restricted" // equal in-store number
	ByModelCode  Evidence = "model-code" // one code is the beginning of the other, up to a separator
	ByNameWords  Evidence = "name-words" // most words of the names are the same
)

// What speaks against it.
const (
	AgainstBarcode Evidence = "other-barcode" // both have a valid GTIN, and it is not the same: vetoed
	AgainstNumbers Evidence = "other-numbers" // each name has a number that the other has not: size, count, model
	AgainstPerson  Evidence = "separated"     // a person took the two apart
)

// weights are how sure each of them makes, in percent. The same words score less the fewer they are.
func weights() map[Evidence]int {
	return map[Evidence]int{
		ByBarcode: 90, ByCode: 80, BySpelling: 75, ByOtherUnit: 65, ByName: 60, ByLooseCode: 55, ByRestricted: 50,
		ByModelCode: 40, ByNameWords: 45,
	}
}

// Wanted is an İşbaşı product that looks for a partner. Others are the barcodes of its other units.
type Wanted struct {
	Code    domain.Code
	Barcode domain.Barcode
	Name    string
	Others  []domain.Barcode
}

// Offer is a catalogue product that could be one, with the keys that a catalogue keeps beside it: there are
// tens of thousands of them, and making the keys is what takes time.
type Offer struct {
	Local
	K1        string // of the code
	Key       string // of the barcode, if its class pairs; else ""
	NameFold  string // domain.Fold of the name
	Bound     bool   // it has a partner: only a barcode or code speaks for it then
	Separated bool   // from the wanted product
}

// Suggestion is a scored offer. Score is 1–99: nothing of T6 is certain.
type Suggestion struct {
	Local   domain.ProductID
	Score   int
	Why     []Evidence // the strongest first
	Against []Evidence
	Bound   bool
}

// Suggest gives the at most n offers that most speaks for, the best first, those that have a partner
// already last (T6). The order of the offers changes nothing. It looks at each offer once and takes about a
// microsecond for it: a catalogue needs no index, and no cache that could be stale.
func Suggest(w Wanted, offers []Offer, n int) []Suggestion {
	s := newSuggester(w)
	var found []Suggestion
	for _, o := range offers {
		if got, ok := s.score(o); ok {
			found = append(found, got)
		}
	}
	slices.SortFunc(found, func(a, b Suggestion) int {
		return cmp.Or(compareBool(a.Bound, b.Bound), cmp.Compare(b.Score, a.Score), cmp.Compare(a.Local, b.Local))
	})
	found = slices.CompactFunc(found, func(a, b Suggestion) bool { return a.Local == b.Local })
	return found[:min(n, len(found))]
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	default:
		return -1
	}
}

// suggester is a wanted product with its keys.
type suggester struct {
	barcode    string
	class      domain.BarcodeClass
	others     map[string]bool
	k0, k1, k2 string
	name       string
	words      map[string]int // and how much each weighs
	weight     int            // of all
	gtin       string
	amounts    []string
	percent    map[Evidence]int
}

func newSuggester(w Wanted) *suggester {
	s := &suggester{
		k0: w.Code.K0(), k1: w.Code.K1(), k2: w.Code.K2(), name: domain.Fold(w.Name), others: map[string]bool{}, percent: weights(),
	}
	s.barcode, s.class = w.Barcode.Key()
	s.gtin, _ = w.Barcode.GTIN()
	s.amounts = amounts(s.name)
	for _, b := range w.Others {
		if key, class := b.Key(); class.Pairs() && key != s.barcode {
			s.others[key] = true
		}
	}
	s.words = map[string]int{}
	for word := range nameWords(s.name) {
		if s.words[word] == 0 {
			s.words[word] = weigh(word)
			s.weight += s.words[word]
		}
	}
	return s
}

// score says what speaks for o, and how much.
func (s *suggester) score(o Offer) (Suggestion, bool) {
	out := Suggestion{Local: o.ID, Bound: o.Bound}
	doubt := 100 // percent: each thing that speaks for it leaves a part of what was left
	strong := false
	add := func(e Evidence, percent int) {
		out.Why = append(out.Why, e)
		doubt = doubt * (100 - percent) / 100
	}
	switch {
	case o.Key != "" && o.Key == s.barcode:
		add(ByBarcode, s.percent[ByBarcode])
		strong = true
	case s.class == domain.BarcodeRestricted && o.Key == "":
		if key, _ := o.Barcode.Key(); key == s.barcode {
			add(ByRestricted, s.percent[ByRestricted])
		}
	}
	if e := s.byCode(o); e != "" {
		add(e, s.percent[e])
		strong = strong || e == ByCode || e == BySpelling
	}
	if s.others[o.Key] {
		add(ByOtherUnit, s.percent[ByOtherUnit])
	}
	if o.Bound && !strong {
		return Suggestion{}, false
	}
	if e, percent := s.byName(o.NameFold); e != "" {
		add(e, percent)
	}
	if len(out.Why) == 0 {
		return Suggestion{}, false
	}
	slices.SortStableFunc(out.Why, func(a, b Evidence) int { return cmp.Compare(s.percent[b], s.percent[a]) })
	out.Score = 100 - max(doubt, 1)
	if gtin, ok := o.Barcode.GTIN(); ok && s.gtin != "" && gtin != s.gtin {
		out.Against = append(out.Against, AgainstBarcode)
		out.Score = out.Score * 6 / 10
	}
	if o.NameFold != s.name && differ(s.amounts, amounts(o.NameFold)) {
		out.Against = append(out.Against, AgainstNumbers)
		out.Score = out.Score * 6 / 10
	}
	if o.Separated {
		out.Against = append(out.Against, AgainstPerson)
		out.Score /= 2
	}
	out.Score = max(out.Score, 1)
	return out, true
}

// byCode gives the strongest that the codes say.
func (s *suggester) byCode(o Offer) Evidence {
	switch {
	case o.K1 == "":
		return ""
	case o.K1 == s.k1 && o.Code.K0() == s.k0:
		return ByCode
	case o.K1 == s.k1:
		return BySpelling
	case begins(s.k1, o.K1), begins(o.K1, s.k1):
		return ByModelCode
	case s.k2 != "" && loose(o.K1, s.k2):
		return ByLooseCode
	default:
		return ""
	}
}

// loose tells whether k2 is what is left of k1 without diacritics, punctuation and blanks.
func loose(k1, k2 string) bool {
	for i := range len(k1) {
		if k1[i] >= utf8.RuneSelf {
			return domain.Code(k1).K2() == k2
		}
	}
	at := 0
	for i := range len(k1) {
		switch {
		case at < len(k2) && k1[i] == k2[at]:
			at++
		case unicode.IsPunct(rune(k1[i])) || k1[i] == ' ':
		default:
			return false
		}
	}
	return at == len(k2)
}

// minModel is how long a code has to be to be the model of another one.
const minModel = 4

// begins tells whether long is short, a separator and something more: KZK-2041-L is of the model KZK-2041.
func begins(long, short string) bool {
	rest, ok := strings.CutPrefix(long, short)
	if !ok || utf8.RuneCountInString(short) < minModel {
		return false
	}
	for i, r := range rest {
		if i == 0 && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return false
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return true
		}
	}
	return false
}

// byName compares folded names: equal, or with most of their words in common, by weight, or one of them
// wholly in the other. Books write sizes, flavours and numbers of their own behind the name.
func (s *suggester) byName(fold string) (Evidence, int) {
	switch fold {
	case "":
		return "", 0
	case s.name:
		return ByName, s.percent[ByName]
	}
	common, weight := 0, 0
	var seen [32]string // enough for a name; words beyond count each time they come
	n := 0
	for word := range nameWords(fold) {
		if slices.Contains(seen[:n], word) {
			continue
		}
		if n < len(seen) {
			seen[n] = word
			n++
		}
		weight += weigh(word)
		common += s.words[word]
	}
	both, shorter := weight+s.weight, min(weight, s.weight)
	const wholly = 7 // more than any one word weighs
	if 2*common*100 <= 55*both && (common < shorter || shorter < wholly) {
		return "", 0
	}
	return ByNameWords, s.percent[ByNameWords] * min(2*common, both) / both
}

// nameWords splits a folded name at everything that is no letter or digit, and between the two: "80gr" and
// "80 gr" have the same words.
func nameWords(fold string) iter.Seq[string] {
	return func(yield func(string) bool) {
		begin, kind := 0, 0
		for i, r := range fold {
			k := kindOf(r)
			if k == kind {
				continue
			}
			if kind != 0 && !yield(fold[begin:i]) {
				return
			}
			begin, kind = i, k
		}
		if kind != 0 {
			yield(fold[begin:])
		}
	}
}

// kindOf is 1 for letters, 2 for digits, 0 for all else.
func kindOf(r rune) int {
	switch {
	case r >= 'a' && r <= 'z':
		return 1
	case r >= '0' && r <= '9':
		return 2
	case r < utf8.RuneSelf:
		return 0
	case unicode.IsLetter(r):
		return 1
	case unicode.IsDigit(r):
		return 2
	default:
		return 0
	}
}

// weigh says how much a word tells: a unit or a letter little, a number as much as a short word.
func weigh(word string) int {
	const most = 6
	n := utf8.RuneCountInString(word)
	if word[0] <= '9' { // a digit: words have nothing below
		n++
	}
	return min(n, most)
}
