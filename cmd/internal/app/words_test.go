package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

func TestWords_speakTheLanguageTheWindowWasLeftIn(t *testing.T) {
	for _, c := range []struct{ started, kept, want string }{
		{"", "", "tr"}, {"", "en", "en"}, {"en", "tr", "en"}, {"tr", "en", "tr"},
	} {
		a, err := Open(t.Context(), Options{DataDir: t.TempDir(), Lang: c.started})
		if err != nil {
			t.Fatal(err)
		}
		if c.kept != "" {
			if err := a.Machine.SavePreference(t.Context(), preferenceLanguage, c.kept); err != nil {
				t.Fatal(err)
			}
		}
		text, err := a.words(t.Context(), "")
		if err != nil || text.Lang != c.want {
			t.Errorf("started %q, kept %q: %v, %v; want %s", c.started, c.kept, text, err, c.want)
		}
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	}
}

// Where the language has to be asked for, no list and no page is written without it.
func TestWords_thatCannotBeAskedForEndWhatIsWritten(t *testing.T) {
	h := newHouse(t, sandbox.Options{})
	h.app.options.Lang = ""
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	path := filepath.Join(t.TempDir(), "liste.csv")
	for what, err := range map[string]error{
		"a list":         h.ExportFile(ended, path),
		"a list of ours": func() error { _, err := h.ExportRuns(ended, ""); return err }(),
	} {
		if domain.KindOf(err) != domain.KindCancelled {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("something is written: %v", err)
	}
}

// One who is asked to sign in anew in the middle of a transfer finds it as it was.
func TestTransfer_withoutASessionWaits(t *testing.T) {
	h := newHouse(t, sandbox.Options{}).signIn()
	h.stock()
	job := h.begin()
	if err := h.Forget(t.Context()); err != nil {
		t.Fatal(err)
	}
	err := job.Run(t.Context())
	if s := job.Snapshot(); err == nil || s.State == transfer.StateDone || s.Counters.Read != 0 {
		t.Errorf("%s, %+v, %v", s.State, s.Counters, err)
	}
}

// over is a context that has ended, as whoever asks it hears; what waits for its end goes on.
type over struct{ context.Context }

func (over) Err() error { return context.Canceled }

// A program that is ended goes on with nothing more, and counts no company among those that it could not open.
func TestRunners_cutOffGoOnWithNothingMore(t *testing.T) {
	h := newHouse(t, sandbox.Options{})
	if err := h.app.Machine.EnterQueue(t.Context(), h.Info.ID, 7); err != nil {
		t.Fatal(err)
	}
	r := NewRunners(h.app) // h has the company, so that these cannot open it
	for n, ctx := range map[int]context.Context{0: over{t.Context()}, 1: t.Context()} {
		if left, err := r.GoOn(ctx); err != nil || len(left) != n {
			t.Errorf("%d left, want %d, %v", len(left), n, err)
		}
	}
}
