package domain

import (
	"bytes"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode"
)

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

func FuzzFold(f *testing.F) {
	for _, s := range []string{"ÇİKOLATA", "Üni̇tesi̇", "ﬁ ½", "a\u200d\u0301", "\xff", "ẞß", "Ω\u0345"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Fold(s)
		if again := Fold(once); again != once {
			t.Errorf("Fold(%q) = %q, folded again %q", s, once, again)
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
