package matching

import (
	"cmp"
	"math/rand/v2"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// referenceSuggest is T6 of rules.md §2 written down as plainly as possible. It shares nothing with Suggest
// but the types, the keys and the weights, and reads the products themselves, not the keys beside them.
func referenceSuggest(w Wanted, offers []Offer, names map[domain.ProductID]string, n int) (all []Suggestion) {
	done := map[domain.ProductID]bool{}
	for _, o := range offers {
		if done[o.ID] {
			continue
		}
		done[o.ID] = true
		if s, ok := referenceScore(w, o, names[o.ID]); ok {
			all = append(all, s)
		}
	}
	slices.SortFunc(all, func(a, b Suggestion) int {
		last := map[bool]int{true: 1}
		return cmp.Or(last[a.Bound]-last[b.Bound], b.Score-a.Score, int(a.Local-b.Local))
	})
	return all[:min(n, len(all))]
}

func referenceScore(w Wanted, o Offer, name string) (Suggestion, bool) {
	type reason struct {
		e       Evidence
		percent int
	}
	var why []reason
	add := func(e Evidence) { why = append(why, reason{e, weights()[e]}) }
	same, sure := func(b domain.Barcode) bool { return sameBarcode(Remote{Barcode: b}, o.Local) }, false
	mine, class := w.Barcode.Key()
	theirs, other := o.Barcode.Key()
	switch {
	case same(w.Barcode):
		add(ByBarcode)
		sure = true
	case class == domain.BarcodeRestricted && other == class && mine == theirs:
		add(ByRestricted)
	}
	k1, o1 := w.Code.K1(), o.Code.K1()
	long, short := k1, o1
	if len(long) < len(short) {
		long, short = short, long
	}
	switch {
	case k1 == "" || o1 == "":
	case w.Code.K0() == o.Code.K0():
		add(ByCode)
		sure = true
	case k1 == o1:
		add(BySpelling)
		sure = true
	case utf8.RuneCountInString(short) >= 4 && variant.MatchString(strings.TrimPrefix(long, short)) && strings.HasPrefix(long, short):
		add(ByModelCode)
	case w.Code.K2() != "" && w.Code.K2() == o.Code.K2():
		add(ByLooseCode)
	}
	if !same(w.Barcode) && slices.ContainsFunc(w.Others, same) {
		add(ByOtherUnit)
	}
	if o.Bound && !sure {
		return Suggestion{}, false
	}
	if a, b := domain.Fold(w.Name), domain.Fold(name); a != "" && b != "" {
		if a == b {
			add(ByName)
		} else if common, both, most := wordsInCommon(a, b); most {
			why = append(why, reason{ByNameWords, weights()[ByNameWords] * min(2*common, both) / both})
		}
	}
	if len(why) == 0 {
		return Suggestion{}, false
	}
	s, doubt := Suggestion{Local: o.ID, Bound: o.Bound}, 100
	for _, r := range why { // whole percents, as they were found
		doubt = doubt * (100 - r.percent) / 100
	}
	slices.SortFunc(why, func(a, b reason) int { return weights()[b.e] - weights()[a.e] })
	for _, r := range why {
		s.Why = append(s.Why, r.e)
	}
	s.Score = min(100-doubt, 99)
	if veto(Remote{Barcode: w.Barcode}, o.Local) {
		s.Against, s.Score = append(s.Against, AgainstBarcode), s.Score*6/10
	}
	if more, less := sizesOf(w.Name), sizesOf(name); !within(more, less) && !within(less, more) {
		s.Against, s.Score = append(s.Against, AgainstNumbers), s.Score*6/10
	}
	if o.Separated {
		s.Against, s.Score = append(s.Against, AgainstPerson), s.Score/2
	}
	s.Score = max(s.Score, 1)
	return s, true
}

// sizesOf gives the numbers of a name, those with a unit in grams, millilitres and millimetres.
func sizesOf(name string) map[string]bool {
	sizes := map[string]bool{}
	for _, m := range aSize.FindAllStringSubmatch(domain.Fold(name), -1) {
		number := m[1]
		switch {
		case strings.Contains(number, ","):
			number = strings.Replace(strings.ReplaceAll(number, ".", ""), ",", ".", 1)
		case thousands.MatchString(number):
			number = strings.ReplaceAll(number, ".", "")
		}
		n := decimal.RequireFromString(number)
		switch m[2] {
		case "kg", "l", "lt", "m":
			n = n.Mul(decimal.NewFromInt(1000))
		}
		base := map[string]string{"g": "g", "gr": "g", "kg": "g", "ml": "ml", "l": "ml", "lt": "ml", "m": "mm", "mm": "mm"}[m[2]]
		sizes[n.String()+base] = true
	}
	return sizes
}

func within(a, b map[string]bool) bool {
	for size := range a {
		if !b[size] {
			return false
		}
	}
	return true
}

var (
	aSize     = regexp.MustCompile(`([0-9]+(?:[.,][0-9]+)*) *(\pL+|)`)
	thousands = regexp.MustCompile(`^[1-9][0-9]*(\.[0-9]{3})+$`)
	variant   = regexp.MustCompile(`^[^\p{L}\p{Nd}].*[\p{L}\p{Nd}]`)
	aWord     = regexp.MustCompile(`\p{L}+|\p{Nd}+`)
)

// wordsInCommon weighs the words of two folded names: those of both, all, and whether the first are most of
// them, or a name of some weight stands wholly in the other.
func wordsInCommon(a, b string) (common, both int, most bool) {
	weight := func(word string) int {
		n := utf8.RuneCountInString(word)
		if strings.IndexByte("0123456789", word[0]) >= 0 {
			n++
		}
		return min(n, 6)
	}
	sum := func(words []string) (n int) {
		for _, word := range words {
			n += weight(word)
		}
		return n
	}
	once := func(words []string) (out []string) {
		for i, word := range words {
			if !slices.Contains(words[:i], word) {
				out = append(out, word)
			}
		}
		return out
	}
	mine, theirs := once(aWord.FindAllString(a, -1)), once(aWord.FindAllString(b, -1))
	common = sum(slices.DeleteFunc(slices.Clone(theirs), func(word string) bool { return !slices.Contains(mine, word) }))
	shorter := min(sum(mine), sum(theirs))
	both = sum(mine) + sum(theirs)
	return common, both, 200*common > 55*both || common == shorter && shorter >= 7
}

// The alphabets of what is suggested: what is a model, a variant, loosely equal or none of it; words of all
// weights, in several scripts; a name of more words than are told apart.
var (
	looseCodes = []domain.Code{
		"", " ", "--", "KZK-2041", "kzk–2041", "KZK-2041-L", "KZK-2041/9", "KZK-20411", "KZK-2041-", "KZK-2041-- ç", "KZK2041", "KZK 2041", "KZK", "KZK-", "KZK-9",
		"ABCD", "abcd", "ABCDX", "ABCD9", "ABCD-é", "ÂBCD", "ÇŞĞÜ", "ÇŞĞÜ-1", "csgu", "ÇŞĞ-1", "ŞAPKA 12", "sapka-12", "SAPKA12", "SAPKA 13", "SAPKA1", "SAPKA123", "+SAPKA12",
	}
	manyWords = func() string {
		words := []string{"cif", "krem"} // a name that says next to nothing beside all the others
		for r := 'a'; r <= 'z'; r++ {
			words = append(words, string(r)+"x", strings.Repeat(string(r), 7))
		}
		return strings.Join(words, " ")
	}()
	looseNames = []string{
		"", "---", "Cif Krem", "CIF KREM 500 ML LIMON KOKULU", "Cif Kre", "Krem", "Eti Çikolata 80 gr", "ETİ ÇİKOLATA 80GR", "çikolata eti 80 gr", "Eti Çikolata 60 gr", "Çikolata çikolata eti eti eti",
		"abcdef abcde uvwxyz uvw", "abcdef abcde klmnop klm", "abcdef abcde klmnop kl", "abcde ghij", "abcde klmn", "½ – 9 × ml", "80:9 ml", "80 9 ml", "809 ml", "ab{cd ab~ef", "ab cd ab ef", "abcd abef", "Süß Жир ٣٣", "süß жир", "ж٣", "жир ٣٣ ß", "Жир３３süß",
		"1 2 3", "3 2 1 0", "Krem 1,5 lt", "Krem 1500ml", "Krem 1.500 g", "Krem 1.5 kg 2", "gr ml", "abcdefgh", "abcdef", "axx bxx ax bx", manyWords, manyWords,
	}
)

func TestSuggest_agreesWithTheReference(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(7, 8))
	seen := map[any]int{}
	low := 0
	for range catalogues / 2 {
		w := Wanted{Code: pick(r, looseCodes), Barcode: pick(r, barcodes), Name: pick(r, looseNames)}
		for range r.IntN(3) {
			w.Others = append(w.Others, pick(r, barcodes))
		}
		var offers []Offer
		names := map[domain.ProductID]string{}
		for i := range 1 + r.IntN(6) {
			id := domain.ProductID(i + 1)
			names[id] = pick(r, looseNames)
			o := offer(id, pick(r, looseCodes), pick(r, barcodes), names[id])
			o.Bound, o.Separated = r.IntN(4) == 0, r.IntN(4) == 0
			offers = append(offers, o)
		}
		shuffle(r, offers)
		n := r.IntN(8)
		got, want := Suggest(w, offers, n), referenceSuggest(w, offers, names, n)
		if !slices.EqualFunc(got, want, func(a, b Suggestion) bool { return reflect.DeepEqual(a, b) }) {
			t.Fatalf("%+v of %+v named %v:\n%+v, want\n%+v", w, offers, names, got, want)
		}
		for _, s := range got {
			seen[s.Bound]++
			for _, e := range slices.Concat(s.Why, s.Against) {
				seen[e]++
			}
			if s.Score < 3 {
				low++
			}
		}
	}
	for _, e := range []any{
		ByBarcode, ByCode, BySpelling, ByOtherUnit, ByName, ByLooseCode, ByRestricted, ByModelCode, ByNameWords, AgainstBarcode, AgainstNumbers, AgainstPerson, true, false,
	} {
		if seen[e] < 80/thinned {
			t.Errorf("%v came up %d times: the offers do not try it", e, seen[e])
		}
	}
	if low < 20/thinned {
		t.Errorf("%d suggestions that say next to nothing: the offers do not try it", low)
	}
}

// A name is read to its end, however often its words come again, and whoever stops reading is left in peace.
func TestNameWords_splitsLettersFromDigits(t *testing.T) {
	t.Parallel()
	for _, name := range looseNames {
		fold := domain.Fold(name)
		want := aWord.FindAllString(fold, -1)
		if got := slices.Collect(nameWords(fold)); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
		for stop := range want {
			n := 0
			for word := range nameWords(fold) {
				if word != want[n] {
					t.Errorf("%q: word %d is %q", name, n, word)
				}
				if n++; n > stop {
					break
				}
			}
			if n != stop+1 {
				t.Errorf("%q: %d words read, want %d", name, n, stop+1)
			}
		}
	}
}

func TestRivals_agreesWithTheReference(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, _ *rand.Rand, in Input) {
		t.Helper()
		var want []domain.RemoteID
		for _, r := range in.Remotes {
			if slices.ContainsFunc(in.Locals, func(l Local) bool {
				a, class := r.Barcode.Key()
				b, other := l.Barcode.Key()
				restricted := class == domain.BarcodeRestricted && class == other && a == b
				return sameBarcode(r, l) || restricted || r.Code.K1() != "" && r.Code.K1() == l.Code.K1()
			}) {
				want = append(want, r.ID)
			}
		}
		if got := Rivals(in.Locals, in.Remotes); !slices.Equal(got, want) {
			t.Errorf("%v, want %v", got, want)
		}
	})
}
