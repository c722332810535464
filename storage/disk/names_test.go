package disk

import (
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestName_isOneThatEverySystemTakes(t *testing.T) {
	for in, want := range map[string]string{
		"Deneme Ticaret":               "Deneme Ticaret",
		"Işık & Oğlu (İzmir) 2026":     "Işık & Oğlu (İzmir) 2026",
		`a/b\c:d*e?f"g<h>i|j`:          "a-b-c-d-e-f-g-h-i-j",
		"../../etc/passwd":             "---..-etc-passwd",
		"satır\nsekme\tnul\x00del\x7f": "satır-sekme-nul-del-",
		"ters\u202Ecod.exe":            "ters-cod.exe",
		"bozuk\xff":                    "bozuk-",
		"A.Ş.":                         "A.Ş-",
		"A. Ş. ..":                     "A. Ş----",
		"son ":                         "son-",
		".gizli":                       "-gizli",
		"..":                           "--",
		"":                             "-",
		"CON":                          "CON-", "nul": "nul-", "Com1": "Com1-", "lpt9.txt": "lpt9-.txt", "AUX .a.b": "AUX -.a.b", "prn.": "prn-",
		"COM²": "COM²-", "CONTROL": "CONTROL", "COM10": "COM10", "nıl": "nıl",
	} {
		if got := Name(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

func TestName_isCutBehindALetter(t *testing.T) {
	for in, want := range map[string]string{
		strings.Repeat("a", 80):                    strings.Repeat("a", 80),
		strings.Repeat("a", 81):                    strings.Repeat("a", 80),
		strings.Repeat("a", 79) + "şx":             strings.Repeat("a", 79),
		strings.Repeat("a", 78) + "şx":             strings.Repeat("a", 78) + "ş",
		strings.Repeat("a", 78) + "s\u0327\u0307x": strings.Repeat("a", 78), // an s with two accents: all of it or none
		strings.Repeat("a", 79) + " bc":            strings.Repeat("a", 79) + "-",
		strings.Repeat("\u0327", 60):               "-",
	} {
		if got := Name(in); got != want || !utf8.ValidString(got) {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

func FuzzName(f *testing.F) {
	f.Add("CON.txt")
	f.Add(" . ")
	f.Fuzz(func(t *testing.T, s string) {
		got := Name(s)
		if got == "" || len(got) > maxName+1 || !utf8.ValidString(got) || strings.ContainsAny(got, "/\\:*?\"<>|\x00\n") ||
			strings.ContainsAny(got[:1]+got[len(got)-1:], ". ") || filepath.Base(got) != got {
			t.Errorf("%q became %q", s, got)
		}
		if again := Name(got); again != got {
			t.Errorf("%q, and then %q", got, again)
		}
	})
}
