package domain

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

func TestNameKey(t *testing.T) {
	for name, want := range map[string]string{
		"Satış Fiyatı (KDV Dahil)": "satisfiyatikdvdahil",
		"SATIS_FIYATI KDV DAHIL":   "satisfiyatikdvdahil",
		"  EAN-13 ":                "ean13",
		"İ/ı":                      "ii",
		"—…₺":                      "",
	} {
		if got := NameKey(name); got != want {
			t.Errorf("NameKey(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestFold(t *testing.T) {
	t.Parallel()
	same := [][]string{
		{"cikolata", "çikolata", "ÇİKOLATA", "Çi̇kolata", "  çikolata\u00a0", "çi\u200bkolata", "\ufeffçikolata"},
		{"universitesi", "Üni̇versitesi̇", "ÜNİVERSİTESİ", "üniversitesi"},
		{"isi", "ISI", "ısı", "İSİ", "ISİ", "ıSi"},
		{"diyarbakir", "DİYARBAKIR", "Diyarbakır"},
		{"cay seker", "Çay   Şeker", "ÇAY\u00a0ŞEKER", "çay\tşeker", "çay\u2003\n şeker "},
		{"hala", "hâlâ", "HÂLÂ"},
		{"abc", "ABC", "ａｂｃ"},
		{"", " ", "\u200b", "\u00a0\ufeff"},
	}
	for _, words := range same {
		for _, w := range words {
			if got := Fold(w); got != words[0] {
				t.Errorf("Fold(%q) = %q, want %q", w, got, words[0])
			}
		}
	}
	for _, p := range [][2]string{{"kitap", "kıtab"}, {"çay", "cays"}, {"a b", "ab"}, {"007", "7"}} {
		if Fold(p[0]) == Fold(p[1]) {
			t.Errorf("Fold takes %q and %q for one", p[0], p[1])
		}
	}
}

// The characters that nobody sees, by the ends of their ranges, and the neighbours that are seen.
func TestClean_dropsWhatCannotBeSeenAndNothingElse(t *testing.T) {
	t.Parallel()
	for _, r := range []rune{0xAD, 0x180E, 0x200B, 0x200D, 0x200F, 0x202A, 0x202E, 0x2060, 0x2065, 0x206F, 0xFEFF} {
		s := "a" + string(r) + "b"
		if Code(s).K0() != "ab" || Code(s).K1() != "AB" || Fold(s) != "ab" || !bytes.Equal(SortKey(s), SortKey("ab")) {
			t.Errorf("%U is left: %q, %q, %q", r, Code(s).K0(), Code(s).K1(), Fold(s))
		}
		if key, _ := Barcode("8690524" + string(r) + "165235").Key(); key != "08690524165235" {
			t.Errorf("%U is left in a barcode: %q", r, key)
		}
	}
	for _, r := range []rune{0xAC, 0xAE, 0x180F, 0x200A, 0x2010, 0x2029, 0x202F, 0x205F, 0x2070, 0xFEFE, 0xFF00} {
		if s := "a" + string(r) + "b"; Code(s).K0() != s {
			t.Errorf("%U is dropped: %q", r, Code(s).K0())
		}
		if s := string(r) + "b"; unicode.IsSpace(r) && Code(s).K0() != "b" {
			t.Errorf("%U surrounds %q", r, Code(s).K0())
		}
	}
}

func TestSortKey_ordersTurkish(t *testing.T) {
	t.Parallel()
	want := strings.Fields("adana cam çam dağ dal gam ğam halı ısı izmir kol oda ödev sal şal ufuk üzüm zil")
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, func(a, b string) int { return bytes.Compare(SortKey(a), SortKey(b)) })
	if !slices.Equal(got, want) {
		t.Errorf("sorted %v, want %v", got, want)
	}
	if !bytes.Equal(SortKey("Üni̇"), SortKey("Üni̇ \u200b")) {
		t.Error("invisible characters change the sort key")
	}
}

func TestSortKey_leavesCaseAndAccentsOut(t *testing.T) {
	t.Parallel()
	if !bytes.Equal(SortKey("kâğıt"), SortKey("Kağıt")) || bytes.Equal(SortKey("kagıt"), SortKey("kağıt")) {
		t.Error("case and accents count, or letters do not")
	}
}

// Each two characters, alone and beside one another, stand as the collation has them.
func TestSortKey_ordersAsTheCollation(t *testing.T) {
	t.Parallel()
	var texts []string
	for r := rune(' '); r < 0x180; r++ {
		texts = append(texts, string(r), "l"+string(r), string(r)+"ı", string(r)+" ", "i"+string(r)+"İ")
	}
	for _, r := range "ΩжЖ日本\u0307\u0301\u0387\u200bﬁ１" {
		for _, beside := range []string{"", "a", "ş", "·", "9"} {
			texts = append(texts, string(r)+beside, beside+string(r))
		}
	}
	rest := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		texts = append(texts, texts[rest.IntN(len(texts))]+texts[rest.IntN(len(texts))]+texts[rest.IntN(len(texts))])
	}
	slices.SortFunc(texts, func(a, b string) int { return bytes.Compare(collated(clean(a)), collated(clean(b))) })
	for i, s := range texts[1:] {
		checkSorted(t, texts[i], s)
	}
	if n := len(SortKey("Çekirdek Kahve (250 g)")); n != 22 {
		t.Errorf("a common text of 22 letters has a key of %d bytes", n)
	}
}

func TestShortenedKey_isTheKeyOfToday(t *testing.T) {
	t.Parallel()
	var buf collate.Buffer
	for _, s := range []string{"", "Kupa", "KUPA", "Kâğıt 3'lü", "ÇİĞDEM", "  Şişe  500 ml", "ı", "Ω 12"} {
		want, oldest := SortKey(s), bytes.Clone(collate.New(language.Turkish).KeyFromString(&buf, clean(s)))
		if got := ShortenedKey(collated(clean(s))); !bytes.Equal(got, want) {
			t.Errorf("%q: %x, want %x", s, got, want)
		}
		if got := ShortenedKey(oldest); !bytes.Equal(got, want) {
			t.Errorf("%q: %x of %x, want %x", s, got, oldest, want)
		}
	}
}

func FuzzSortKey(f *testing.F) {
	f.Add("Kâğıt 3'lü", "kagit\u200b")
	f.Add("l·", "ŀ")
	f.Add("獀", "玝")
	f.Fuzz(checkSorted)
}

func checkSorted(t *testing.T, a, b string) {
	got := bytes.Compare(SortKey(a), SortKey(b))
	if want := bytes.Compare(collated(clean(a)), collated(clean(b))); got != want {
		t.Errorf("%q and %q are compared as %d, the collation says %d", a, b, got, want)
	}
}

func TestSortKey_servesManyGoroutines(t *testing.T) {
	t.Parallel()
	want := SortKey("ÇİĞDEM")
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 200 {
				if got := SortKey("ÇİĞDEM"); !bytes.Equal(got, want) {
					t.Errorf("key %x, want %x", got, want)
					return
				}
			}
		})
	}
	wg.Wait()
}

// What the short way says, the long way says as well.
func TestFold_isTheSameCharacterByCharacter(t *testing.T) {
	t.Parallel()
	for r := rune(0); r < 0x200; r++ {
		for _, s := range []string{string(r), "a" + string(r), string(r) + "I", " " + string(r) + "  Ş ", "İ" + string(r) + "\u0307"} {
			long := strings.Join(strings.Fields(norm.NFC.String(strings.Map(bare, norm.NFKD.String(strings.Map(visible, s))))), " ")
			if got := Fold(s); got != long {
				t.Errorf("Fold(%q) = %q, want %q", s, got, long)
			}
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"ÇİKOLATA", "Üni̇tesi̇", "ﬁ ½", "a\u200d\u0301", "\xff", "ẞß", "Ω\u0345"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Fold(s)
		if again := Fold(once); again != once {
			t.Errorf("Fold(%q) = %q, folded again %q", s, once, again)
		}
		if long := strings.Join(strings.Fields(norm.NFC.String(strings.Map(bare, norm.NFKD.String(strings.Map(visible, s))))), " "); once != long {
			t.Errorf("Fold(%q) = %q, want %q", s, once, long)
		}
		if got := Fold(" " + s + "\u00a0"); got != once {
			t.Errorf("blanks around %q change its fold: %q, %q", s, got, once)
		}
	})
}

func BenchmarkFold(b *testing.B) {
	for b.Loop() {
		Fold("ÜLKER Çikolatalı Gofret 36 g x 24 Adet")
	}
}

func BenchmarkSortKey(b *testing.B) {
	for b.Loop() {
		SortKey("ÜLKER Çikolatalı Gofret 36 g x 24 Adet")
	}
}
