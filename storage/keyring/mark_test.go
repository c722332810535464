package keyring

import (
	"sync"
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

// Not every system's keyring takes two calls at once: the library's own mock is one that does not.
func TestNew_asksTheSystemOneThingAtATime(t *testing.T) {
	InMemory(nil)
	var all sync.WaitGroup
	for n := range int64(50) {
		k := New("sopyo", timeLimit) // there is one keyring, whoever asks
		all.Go(func() {
			if err := k.SaveMark(t.Context(), "a", n+1, time.Time{}); err != nil {
				t.Error(err)
			}
			if serial, _, err := k.LoadMark(t.Context(), "a"); err != nil || serial == 0 {
				t.Errorf("%d, %v", serial, err)
			}
		})
	}
	all.Wait()
}
