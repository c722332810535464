package domain

import (
	"strings"
	"testing"
)

func TestLine_drawsOnlyItself(t *testing.T) {
	for in, want := range map[string]string{
		"Çay 1 kg": "Çay 1 kg", "": "", " a ": " a ", "a\nb": "a b", "a\r\nb\tc": "a  b c", "\x1b[2J\x1b]0;x\x07Çay": "[2J]0;xÇay", "a\u009b31mb": "a31mb",
		"fatura\u202Efdp.exe": "faturafdp.exe", "a\u2066b\u2069\u200f\u061c": "ab", "a\u2028b\u2029c\u0085d": "a b c d", "a\x00b\x7f": "ab",
		"bozuk\xff": "bozuk\uFFFD", "👩\u200d💻": "👩\u200d💻", "می\u200cخواهم": "می\u200cخواهم",
	} {
		if got := Line(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
		if again := Line(Line(in)); again != Line(in) {
			t.Errorf("%q: not the same again: %q", in, again)
		}
	}
	for in, want := range map[string]string{strings.Repeat("ş", 501): strings.Repeat("ş", 500), strings.Repeat("ş", 500): strings.Repeat("ş", 500), strings.Repeat("a", 499) + " bc": strings.Repeat("a", 499)} {
		if got := ProductText(in); got != want {
			t.Errorf("%d bytes became %d", len(in), len(got))
		}
	}
}
