package widgets

import "testing"

func TestDrawn_drawsOnlyLettersAndLines(t *testing.T) {
	for in, want := range map[string][2]string{ // as lines, and as one
		"Çay 1 kg": {"Çay 1 kg", "Çay 1 kg"}, "a\nb": {"a\nb", "a b"}, "\x1b[2Ja\tb": {"[2Ja b", "[2Ja b"},
		"fatura\u202Efdp.exe": {"faturafdp.exe", "faturafdp.exe"}, "a\u2066b\u200f\u061c": {"ab", "ab"}, "a\u2028b\u0085c\x00": {"a bc", "a bc"},
		"👩\u200d💻": {"👩\u200d💻", "👩\u200d💻"},
	} {
		if lines, one := Drawn(in), OneLine(in); lines != want[0] || one != want[1] {
			t.Errorf("%q became %q and %q, want %q", in, lines, one, want)
		}
	}
	text := NewBody("a\u202Eb")
	if text.Words() != "ab" {
		t.Errorf("%q", text.Words())
	}
	if text.SetText("c\x1bd\ne"); text.Words() != "cd\ne" {
		t.Errorf("%q", text.Words())
	}
	item := NewItem("", "a\nb", nil, nil)
	if item.SetSub("c\u202Ed\n"); item.Title() != "a b" || item.Sub() != "cd " {
		t.Errorf("%q %q", item.Title(), item.Sub())
	}
}
