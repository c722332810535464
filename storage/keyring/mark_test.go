package keyring

import (
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

func TestMark_isKeptByCompany(t *testing.T) {
	s := newSystem()
	k := NewWith(s.provider(), "sopyo", timeLimit)
	at := time.Date(2026, 5, 4, 9, 0, 7, 0, time.UTC)
	if n, when, err := k.LoadMark(t.Context(), "a"); n != 0 || !when.IsZero() || err != nil {
		t.Fatalf("%d, %v, %v", n, when, err)
	}
	for _, id := range []domain.CompanyID{"a", "b"} {
		if err := k.SaveMark(t.Context(), id, int64(len(id))+6, at); err != nil {
			t.Fatal(err)
		}
	}
	if err := k.SaveMark(t.Context(), "b", 9, at.Add(time.Second)); err != nil {
		t.Fatal(err)
	}
	for id, want := range map[domain.CompanyID]struct {
		n  int64
		at time.Time
	}{"a": {7, at}, "b": {9, at.Add(time.Second)}} {
		if n, when, err := k.LoadMark(t.Context(), id); n != want.n || !when.Equal(want.at) || err != nil {
			t.Errorf("%s: %d, %v, %v", id, n, when, err)
		}
	}
}

func TestLoadMark_refusesWhatIsNone(t *testing.T) {
	s := newSystem()
	s.held["sopyo a/mark"] = "yesterday"
	_, _, err := NewWith(s.provider(), "sopyo", timeLimit).LoadMark(t.Context(), "a")
	if domain.KindOf(err) != domain.KindKeyring {
		t.Error(err)
	}
}

func TestMark_saysThatThereIsNoKeyring(t *testing.T) {
	s := newSystem()
	s.fails = func(int) error { return errSystem }
	k := NewWith(s.provider(), "sopyo", timeLimit)
	if _, _, err := k.LoadMark(t.Context(), "a"); domain.KindOf(err) != domain.KindKeyring {
		t.Error(err)
	}
	if err := k.SaveMark(t.Context(), "a", 1, time.Time{}); domain.KindOf(err) != domain.KindKeyring {
		t.Error(err)
	}
}
