package listing

import (
	"slices"
	"testing"
)

func TestMapping_isWrittenAndRead(t *testing.T) {
	m := Mapping{Code, "", Price, VAT}
	got, ok := ParseMapping(m.String(), 4)
	if !ok || !slices.Equal(got, m) {
		t.Errorf("%v, %v", got, ok)
	}
	for text, width := range map[string]int{"code,,price": 4, "code,code": 2, "kod": 1} {
		if got, ok := ParseMapping(text, width); ok {
			t.Errorf("%q was read as %v", text, got)
		}
	}
}

func TestMapping_setTakesAFieldAwayFromItsColumn(t *testing.T) {
	m := Mapping{Code, Name, ""}
	m.Set(2, Name)
	if want := (Mapping{Code, "", Name}); !slices.Equal(m, want) {
		t.Errorf("%v", m)
	}
	m.Set(0, "")
	m.Set(2, "")
	if m.Known() || len(m.Columns()) != 0 {
		t.Errorf("%v is known", m)
	}
}

func TestFingerprint_tellsHeadersApart(t *testing.T) {
	a := Fingerprint([]string{"Stok Kodu", "BARKOD"})
	if a != Fingerprint([]string{"stok kodu", "Barkod "}) || a == Fingerprint([]string{"Barkod", "Stok Kodu"}) || a == Fingerprint([]string{"Stok KoduBARKOD"}) {
		t.Error("headers are mixed up")
	}
}

func TestResult_listsTheFirstProblems(t *testing.T) {
	var r Result
	for range ProblemLimit + 5 {
		r.Note(Noted{})
	}
	if len(r.Problems) != ProblemLimit || r.ProblemCount != ProblemLimit+5 {
		t.Errorf("%d listed of %d", len(r.Problems), r.ProblemCount)
	}
}
