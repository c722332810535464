package backup

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/backup"
)

var errKilled = errors.New("killed")

// folder is a data folder with two companies, and a backup of "x" and "y" unpacked beside them; x takes a's place.
func folder(t *testing.T) (data string, s *Swap, all []backup.Replacement) {
	t.Helper()
	data = t.TempDir()
	for path, text := range map[string]string{
		"companies/a.db": "old a", "companies/a.db-wal": "old journal", "companies/a.db-shm": "old index", "companies/b.db": "b",
		"documents/a/2026-01/1.pdf": "old document", "documents/b/2.pdf": "document of b",
		"restore/new/x.db": "new a", "restore/new/x/2026-05/3.pdf": "new document", "restore/new/y.db": "new y",
	} {
		lay(t, filepath.Join(data, filepath.FromSlash(path)), text)
	}
	if err := os.MkdirAll(filepath.Join(data, "restore", "new", "y"), 0o700); err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)
	return data, NewSwap(data), []backup.Replacement{
		{ID: "x", As: domain.Company{ID: "a", Name: "Alfa", TenantID: "t"}, Serial: 8, At: at},
		{ID: "y", As: domain.Company{ID: "y", Name: "Yeni"}, Serial: 1, At: at},
	}
}

// contents are the files under a folder with what they hold.
func contents(t *testing.T, data string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(data, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		name, _ := filepath.Rel(data, path)
		b.WriteString(filepath.ToSlash(name) + "=" + string(raw) + "\n")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

const (
	oldState = "companies/a.db=old a\ncompanies/a.db-shm=old index\ncompanies/a.db-wal=old journal\ncompanies/b.db=b\n" +
		"documents/a/2026-01/1.pdf=old document\ndocuments/b/2.pdf=document of b\n"
	newState = "companies/a.db=new a\ncompanies/b.db=b\ncompanies/y.db=new y\ndocuments/a/2026-05/3.pdf=new document\ndocuments/b/2.pdf=document of b\n"
)

// registered notes what was made known.
func registered(into *[]backup.Replacement) backup.Register {
	return func(_ context.Context, r backup.Replacement) error {
		*into = append(*into, r)
		return nil
	}
}

func TestSwap_takesThePlaceOfWhatWasThere(t *testing.T) {
	data, s, all := folder(t)
	var known []backup.Replacement
	if err := s.Do(t.Context(), all, registered(&known)); err != nil {
		t.Fatal(err)
	}
	if got := contents(t, data); got != newState {
		t.Errorf("%s", got)
	}
	if len(known) != 2 || known[0] != all[0] || known[1] != all[1] || s.Pending() {
		t.Errorf("known: %+v, pending %v", known, s.Pending())
	}
}

// A kill at any step leaves the old state or, when the next start has gone on, the new one whole.
func TestSwap_isWholeAfterAKillAtAnyStep(t *testing.T) {
	steps := 0
	for n := 1; ; n++ {
		data, s, all := folder(t)
		left := n
		step := func() error {
			if left--; left == 0 {
				return errKilled
			}
			return nil
		}
		s.rename = func(from, to string) error {
			if err := step(); err != nil {
				return err
			}
			return os.Rename(from, to)
		}
		err := s.Do(t.Context(), all, func(context.Context, backup.Replacement) error { return step() })
		if err == nil {
			steps = n - 1
			break
		}
		if !errors.Is(err, errKilled) || !s.Pending() {
			t.Fatalf("step %d: %v, pending %v", n, err, s.Pending())
		}
		var known []backup.Replacement
		if err := NewSwap(data).Resume(t.Context(), registered(&known)); err != nil {
			t.Errorf("step %d: %v", n, err)
		}
		if got := contents(t, data); got != newState || len(known) != 2 {
			t.Errorf("killed at step %d:\n%s%+v", n, got, known)
		}
	}
	if steps != 14 {
		t.Errorf("%d steps were tried", steps)
	}
}

func TestSwap_leavesTheOldStateBeforeItIsNoted(t *testing.T) {
	data, s, all := folder(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	none := func(context.Context, backup.Replacement) error {
		t.Error("a company is made known")
		return nil
	}
	if err := s.Do(ctx, all, none); domain.KindOf(err) != domain.KindCancelled || s.Pending() {
		t.Errorf("cancelled: %v", err)
	}
	if err := s.Resume(t.Context(), none); err != nil { // the next start
		t.Error(err)
	}
	if got := contents(t, data); got != oldState {
		t.Errorf("%s", got)
	}
	lay(t, filepath.Join(data, "restore", "plan.json", "x"), "in the way")
	if err := s.Do(t.Context(), all, none); domain.KindOf(err) != domain.KindDisk {
		t.Errorf("a plan that cannot be written: %v", err)
	}
}

func TestResume_saysThatAPlanIsNone(t *testing.T) {
	data, s, _ := folder(t)
	lay(t, filepath.Join(data, "restore", "plan.json"), "{")
	if err := s.Resume(t.Context(), nil); domain.KindOf(err) != domain.KindInternal {
		t.Errorf("%v", err)
	}
	if !strings.HasPrefix(contents(t, data), oldState) {
		t.Error("something was touched")
	}
}
