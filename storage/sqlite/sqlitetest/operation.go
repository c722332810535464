package sqlitetest

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// Operation is one call of a store, named after its method and, behind a space, after what is special.
type Operation[S any] struct {
	Name    string
	Do      func(ctx context.Context, s S) error
	Prepare func(ctx context.Context, s S) error // what it needs beside what is in the file, nil = nothing
}

// Op is an operation that needs nothing beside what is in the file.
func Op[S any](name string, do func(ctx context.Context, s S) error) Operation[S] {
	return Operation[S]{Name: name, Do: do}
}

// After is the operation behind what it needs.
func (o Operation[S]) After(prepare func(ctx context.Context, s S) error) Operation[S] {
	o.Prepare = prepare
	return o
}

// CompanyFailsWhole is FailsWhole over a company in which something of everything is.
func CompanyFailsWhole(t *testing.T, store reflect.Type, all []Operation[*Company]) {
	t.Helper()
	template := WorldFile(t)
	FailsWhole(t, store, all, func(t *testing.T, path string) (*Company, *database.File, *Fuse) {
		CopyFile(t, template, path)
		c := Reopen(t, path)
		f, err := Fused(c.DB)
		Must(t, err)
		c.DB.Now = StillNow
		return c, c.DB, f
	})
}

// FailsWhole lets every operation fail at its first step, its second and so on until it succeeds: each time
// the error arrives, the file is as it was and no connection is lost, and in the end the file is as if
// nothing had ever failed. Every exported method of the store has to be among the operations, but those of its
// rooms: each room tries its own. What open opens is closed with the test it is given: Windows removes no file that is open.
func FailsWhole[S any](t *testing.T, store reflect.Type, all []Operation[S], open func(t *testing.T, path string) (S, *database.File, *Fuse)) {
	t.Helper()
	tried := map[string]bool{"Close": true}
	for _, op := range all {
		method, _, _ := strings.Cut(op.Name, " ")
		tried[method] = true
		t.Run(op.Name, func(t *testing.T) {
			prepare := func(s S) {
				if op.Prepare != nil {
					Must(t, op.Prepare(t.Context(), s))
				}
			}
			untouched, db, _ := open(t, filepath.Join(t.TempDir(), "want.db"))
			prepare(untouched)
			Must(t, op.Do(t.Context(), untouched))
			want := Dump(t, db)
			path := filepath.Join(t.TempDir(), "got.db")
			s, db, f := open(t, path)
			prepare(s)
			version := versionOf(t, path)
			before, at := Dump(t, db), version()
			const enough = 5000
			for n := 1; n < enough; n += Thinned {
				f.Set(n)
				err := op.Do(t.Context(), s)
				failed := f.Clear()
				if in := db.Writer.Stats().InUse + db.Reader.Stats().InUse; in != 0 {
					t.Fatalf("%q: %d connections are lost", failed, in)
				}
				if failed == "" {
					Must(t, err)
					break
				}
				if !Blew(failed, err) {
					t.Fatalf("%q failed, and the answer is %v", failed, err)
				}
				if now := version(); now != at { // somebody wrote
					if after := Dump(t, db); after != before {
						t.Fatalf("%q failed, yet something is different:\n%s", failed, Apart(before, after))
					}
					at = now
				}
			}
			if got := Dump(t, db); got != want {
				t.Errorf("after the failures something else was done:\n%s", Apart(want, got))
			}
		})
	}
	if store.Kind() == reflect.Pointer {
		for room := range store.Elem().Fields() {
			for m := range room.Type.Methods() {
				tried[m.Name] = tried[m.Name] || room.Anonymous
			}
		}
	}
	for m := range store.Methods() {
		if !tried[m.Name] {
			t.Errorf("%s is not tried", m.Name)
		}
	}
}

// Blew tells whether err is what comes of that failure: a value that is spoilt is found by whoever reads it.
func Blew(failed string, err error) bool {
	return errors.Is(err, ErrFuse) || err != nil && strings.HasPrefix(failed, "values of")
}

// versionOf gives a question that is answered otherwise whenever somebody has written into the file.
func versionOf(t *testing.T, path string) func() int {
	t.Helper()
	pool, err := database.Driver(database.ReaderDSN(path))
	Must(t, err)
	pool.SetMaxOpenConns(1)
	t.Cleanup(func() { _ = pool.Close() })
	return func() (v int) {
		t.Helper()
		Must(t, pool.QueryRowContext(context.WithoutCancel(t.Context()), `PRAGMA data_version`).Scan(&v))
		return v
	}
}

// CopyFile copies a file that nobody has open.
func CopyFile(t *testing.T, from, to string) {
	t.Helper()
	text, err := os.ReadFile(from)
	Must(t, err)
	Must(t, os.WriteFile(to, text, 0o600))
}

// SaysWhatIsDamaged damages the file of a company in which something of everything is, by statements, and
// names the operations that need what is damaged: each says so, and writes nothing.
func SaysWhatIsDamaged(t *testing.T, all []Operation[*Company], damages map[string][]string) {
	t.Helper()
	byName := map[string]Operation[*Company]{}
	for _, op := range all {
		byName[op.Name] = op
	}
	template := WorldFile(t)
	for damage, names := range damages {
		path := filepath.Join(t.TempDir(), "company.db")
		CopyFile(t, template, path)
		c := Reopen(t, path)
		if _, err := c.DB.Writer.ExecContext(t.Context(), damage); err != nil {
			t.Fatal(err)
		}
		before := Dump(t, c.DB)
		for _, name := range names {
			if err := byName[name].Do(t.Context(), c); domain.KindOf(err) != domain.KindInternal {
				t.Errorf("%s: %s says %v", damage, name, err)
			}
			if after := Dump(t, c.DB); after != before {
				t.Errorf("%s: %s wrote something:\n%s", damage, name, Apart(before, after))
			}
		}
	}
}
