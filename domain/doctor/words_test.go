package doctor

import (
	"fmt"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
)

// spelt words a key as itself with what it is given.
type spelt struct{}

func (spelt) T(key string, args ...any) string { return fmt.Sprint(append([]any{key}, args...)...) }

func TestSentence_namesWhatIsWrongAndWhoStandsInTheWay(t *testing.T) {
	t.Parallel()
	coded, named, nameless := Other{1, " K 1 ", "Name"}, Other{2, "\u200b", "Ğış"}, Other{3, "", ""}
	w := spelt{}
	for _, tt := range []struct {
		name   string
		others []Other
		count  int
		want   string
	}{
		{"nobody", nil, 0, w.T("doctor.reason.box")},
		{"nobody that is named", nil, 3, w.T("doctor.reason.box")},
		{"one by its code", []Other{coded}, 1, w.T("doctor.reason.box") + " " + w.T("doctor.others", "K 1")},
		{"all of them", []Other{coded, named, nameless}, 3, w.T("doctor.reason.box") + " " + w.T("doctor.others", "K 1, Ğış, "+w.T("doctor.nameless"))},
		{"and one more", []Other{coded, named}, 3, w.T("doctor.reason.box") + " " + w.T("doctor.others.more", "K 1, Ğış", 1)},
	} {
		if got := Sentence(w, Finding{Reason: ReasonBox, Others: tt.others, OtherCount: tt.count}); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
	if got := Sentence(w, Finding{Reason: ReasonDoubled, Value: string(domain.TRY)}); got != w.T("doctor.reason.doubled") {
		t.Errorf("another reason: %s", got)
	}
}
