package domain

import "testing"

func TestCode_K0(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ code, want Code }{
		{"007", "007"},
		{" 007\u00a0", "007"},
		{"\ufeffABC\u200b-1\u2060", "ABC-1"},
		{"s\u0327apka", "şapka"},
		{"e\u200b\u0301", "é"},
		{"a  b", "a  b"},
		{"", ""},
		{"\u00a0\t", ""},
	} {
		if got := tt.code.K0(); got != string(tt.want) {
			t.Errorf("K0 of %q = %q, want %q", tt.code, got, tt.want)
		}
	}
	if Code("007").K0() == Code("7").K0() {
		t.Error("007 and 7 are one code")
	}
	if Code("abc").K0() == Code("ABC").K0() {
		t.Error("K0 ignores case")
	}
}

func TestCode_K1(t *testing.T) {
	t.Parallel()
	same := [][]Code{
		{
			"kitap-01 ", "KİTAP-01", "KITAP-01", "Kitap–01", "kıtap-01", "ki\u0307tap-01", "kı\u0307tap-01", "KI\u0307TAP-01",
			"kitap—01", "kitap\u201101", "kitap\u221201", "ｋｉｔａｐ－０１", "\ufeffkitap-\u200b01",
		},
		{"ŞAPKA 12", "şapka 12", "S\u0327apka\u00a012", " şapka  \t12 "},
		{"SAPKA-12", "sapka-12"},
		{"I", "i", "ı", "İ"},
		{"ia", "ıA"},
		{"a"},
		{"\u0307a", "\u0307A"},   // of no letter at all
		{"iȧ", "İȦ", "ıa\u0307"}, // the dot of another letter counts
		{"I\u0323", "i\u0323", "i\u0323\u0307", "i\u0307\u0323", "ị"},
	}
	for i, codes := range same {
		want := codes[0].K1()
		for _, c := range codes {
			if got := c.K1(); got != want {
				t.Errorf("K1 of %q = %q, of %q = %q", codes[0], want, c, got)
			}
		}
		for _, other := range same[i+1:] {
			if other[0].K1() == want {
				t.Errorf("K1 takes %q and %q for one", codes[0], other[0])
			}
		}
	}
	if got := Code("kitap-01 ").K1(); got != "KITAP-01" {
		t.Errorf("K1 = %q", got)
	}
	if Code("007").K1() == Code("7").K1() {
		t.Error("K1 drops leading zeros")
	}
}

func TestCode_K2(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ code, want Code }{
		{"ŞAPKA 12", "SAPKA12"},
		{"sapka-12", "SAPKA12"},
		{"a.b/c_1", "ABC1"},
		{"--", ""},
	} {
		if got := tt.code.K2(); got != string(tt.want) {
			t.Errorf("K2 of %q = %q, want %q", tt.code, got, tt.want)
		}
	}
}

func FuzzCodeKeys(f *testing.F) {
	for _, s := range []string{"kitap-01 ", "Kİ\u0307tap–01", "i\u0323\u0307", "´a", "ﷺ", "ŉ", "a\u200d\u0301", "\xff", "ǰ", "ᾳ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c := Code(s)
		if k := c.K0(); Code(k).K0() != k || Code(k).K1() != c.K1() {
			t.Errorf("K0 %q of %q is no key", k, s)
		}
		if k := c.K1(); Code(k).K1() != k || Code(k).K2() != c.K2() {
			t.Errorf("K1 %q of %q is no key", k, s)
		}
		if k := c.K2(); Code(k).K2() != k {
			t.Errorf("K2 %q of %q is no key", k, s)
		}
	})
}

func BenchmarkCode_K1(b *testing.B) {
	for b.Loop() {
		Code("kıtap–01 ").K1()
	}
}
