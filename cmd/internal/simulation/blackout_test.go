package simulation

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/sopyo/sopyo-desktop/storage/disk"
)

// runningIn makes a program that works on a folder of its own.
func runningIn(t *testing.T) *process {
	t.Helper()
	p := &process{dir: t.TempDir(), room: -1, told: func(bool) {}}
	_, p.end = context.WithCancel(t.Context())
	p.runs(true)
	t.Cleanup(func() { p.runs(false) })
	return p
}

// A commit that was synced outlasts the power, one that was not may be lost.
func TestBlackout_losesOfADatabaseWhatWasNotSynced(t *testing.T) {
	for synchronous, lasts := range map[string]bool{"FULL": true, "OFF": false} {
		lost := 0
		for seed := range uint64(20) {
			p := runningIn(t)
			path := filepath.Join(p.dir, "x.db")
			dsn := "file:" + filepath.ToSlash(path) + "?_pragma=journal_mode(WAL)&_pragma=synchronous(" + synchronous + ")"
			db, err := sql.Open("sqlite", dsn)
			if err != nil {
				t.Fatal(err)
			}
			db.SetMaxOpenConns(1)
			for _, statement := range []string{`CREATE TABLE t (x)`, `INSERT INTO t VALUES (1)`, `INSERT INTO t VALUES (2)`} {
				if _, err := db.ExecContext(t.Context(), statement); err != nil {
					t.Fatal(err)
				}
			}
			p.killIn(fuse{steps: 1})
			if _, err := db.ExecContext(t.Context(), `INSERT INTO t VALUES (3)`); err == nil || !p.killed() {
				t.Fatalf("a program that is killed goes on: %v", err)
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			if err := p.blackout(rand.New(rand.NewPCG(seed, 1))); err != nil {
				t.Fatal(err)
			}
			p.runs(false)
			if rows(t, dsn) != 2 {
				lost++
			}
		}
		if lasts != (lost == 0) {
			t.Errorf("synchronous=%s: %d of 20 have lost something", synchronous, lost)
		}
	}
}

// rows counts those that are left of a database, none where nothing is left of it.
func rows(t *testing.T, dsn string) (n int) {
	t.Helper()
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.QueryRowContext(t.Context(), `SELECT count(*) FROM t`).Scan(&n); err != nil {
		return -1
	}
	return n
}

// A file that takes the place of another is the old one or the new one, whichever step is the last before the power goes, and what
// was written with success stays. Whoever does without the room's steps loses something.
func TestBlackout_leavesAFileOldOrNew(t *testing.T) {
	const old, fresh = "eski", "yeni, ve uzunca"
	write := func(path, text string) error {
		return disk.Write(path, func(w io.Writer) error { _, err := io.WriteString(w, text); return err })
	}
	killed := 0
	for at := 1; at <= 12; at++ {
		for seed := range uint64(10) {
			p := runningIn(t)
			path := filepath.Join(p.dir, "rapor.html")
			if err := write(path, old); err != nil {
				t.Fatal(err)
			}
			p.killIn(fuse{steps: at})
			written := write(path, fresh)
			if err := p.blackout(rand.New(rand.NewPCG(seed, 1))); err != nil {
				t.Fatal(err)
			}
			text, err := os.ReadFile(path)
			if err != nil || string(text) != fresh && (string(text) != old || written == nil) {
				t.Errorf("killed at step %d (%v): %q, %v", at, written, text, err)
			}
			if errors.Is(written, errDead) {
				killed++
			}
			p.runs(false)
		}
	}
	if killed < 40 {
		t.Errorf("only %d were killed", killed)
	}
	lost := 0
	for seed := range uint64(10) { // neither synced nor settled
		p := runningIn(t)
		path := filepath.Join(p.dir, "rapor.html")
		if err := errors.Join(os.WriteFile(path, []byte(fresh), 0o600), intercept(disk.OpWrite, path, "")); err != nil {
			t.Fatal(err)
		}
		if err := p.blackout(rand.New(rand.NewPCG(seed, 1))); err != nil {
			t.Fatal(err)
		}
		if text, err := os.ReadFile(path); err != nil || string(text) != fresh {
			lost++
		}
		p.runs(false)
	}
	if lost < 5 {
		t.Errorf("of what was not synced only %d of 10 were lost", lost)
	}
}
