package database_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"path/filepath"
	"reflect"
	"runtime"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// drawers is a table of which a test knows every row.
const drawers = `CREATE TABLE drawer (id integer PRIMARY KEY, name text NOT NULL) STRICT; INSERT INTO drawer VALUES (1, 'bir'), (2, 'iki'), (3, 'üç');`

type drawer struct {
	id   int
	name string
}

func drawerTargets(d *drawer) []any { return []any{&d.id, &d.name} }

// queries are all ways to ask and to change, each with what it gives.
func queries(d *database.File) map[string]struct {
	want any
	ask  func(ctx context.Context) (any, error)
} {
	type way = struct {
		want any
		ask  func(ctx context.Context) (any, error)
	}
	const all, none = `SELECT id, name FROM drawer ORDER BY id`, `SELECT id, name FROM drawer WHERE id = ?`
	three := []drawer{{1, "bir"}, {2, "iki"}, {3, "üç"}}
	seq := func(ctx context.Context) iter.Seq2[drawer, error] {
		return database.ViewSeq(ctx, d, "yield", func(tx *sql.Tx) iter.Seq2[drawer, error] { return database.SelectSeq(ctx, tx, drawerTargets, all) })
	}
	type found struct {
		drawer
		ok bool
	}
	one := func(id int) func(ctx context.Context) (any, error) {
		return func(ctx context.Context) (any, error) {
			v, ok, err := database.ViewBoth(ctx, d, "find", func(tx *sql.Tx) (drawer, bool, error) {
				return database.SelectOne(ctx, tx, drawerTargets, none, id)
			})
			return found{v, ok}, err
		}
	}
	change := func(id int) func(ctx context.Context) (any, error) {
		return func(ctx context.Context) (any, error) {
			return database.Update(ctx, d, "change", func(tx *sql.Tx) (bool, error) {
				return database.ChangeOne(ctx, tx, `UPDATE drawer SET name = name || '' WHERE id = ?`, id)
			})
		}
	}
	return map[string]way{
		"all": {three, func(ctx context.Context) (any, error) {
			return database.View(ctx, d, "list", func(tx *sql.Tx) ([]drawer, error) { return database.SelectAll(ctx, tx, drawerTargets, all) })
		}},
		"all of none": {[]drawer(nil), func(ctx context.Context) (any, error) {
			return database.View(ctx, d, "list", func(tx *sql.Tx) ([]drawer, error) { return database.SelectAll(ctx, tx, drawerTargets, none, 4) })
		}},
		"by key": {map[int]string{1: "bir", 2: "iki", 3: "üç"}, func(ctx context.Context) (any, error) {
			return database.View(ctx, d, "map", func(tx *sql.Tx) (map[int]string, error) {
				return database.SelectMap(ctx, tx, database.Keyed[int, string], all)
			})
		}},
		"none by key": {map[int]string{}, func(ctx context.Context) (any, error) {
			return database.View(ctx, d, "map", func(tx *sql.Tx) (map[int]string, error) {
				return database.SelectMap(ctx, tx, database.Keyed[int, string], none, 4)
			})
		}},
		"one after the other": {three, func(ctx context.Context) (any, error) {
			var list []drawer
			for v, err := range seq(ctx) {
				if err != nil {
					if v != (drawer{}) {
						return list, errors.New("a value beside the error")
					}
					return []drawer(nil), err
				}
				list = append(list, v)
			}
			return list, nil
		}},
		"one":     {found{three[1], true}, one(2)},
		"none":    {found{}, one(4)},
		"change":  {true, change(2)},
		"changed": {false, change(4)},
		"a number": {3, func(ctx context.Context) (any, error) {
			return database.View(ctx, d, "count", func(tx *sql.Tx) (int, error) {
				return database.SelectValue[int](ctx, tx, `SELECT count(*) FROM drawer`)
			})
		}},
		"prepared": {"iki", func(ctx context.Context) (any, error) {
			return database.Update(ctx, d, "ask prepared", func(tx *sql.Tx) (name string, err error) {
				var change, find database.Statement
				if err := database.PrepareAll(ctx, tx, database.Prepare(&change, `UPDATE drawer SET name = name`), database.Prepare(&find, `SELECT name FROM drawer WHERE id = ?`)); err != nil {
					return "", err
				}
				if _, err := change.ExecContext(ctx); err != nil {
					return "", err
				}
				name, _, err = database.ScanOne(find.QueryRowContext(ctx, 2), database.Itself[string])
				return name, err
			})
		}},
		"execute": {nil, func(ctx context.Context) (any, error) {
			return nil, d.Execute(ctx, "execute", `UPDATE drawer SET name = name`)
		}},
	}
}

// Every way to ask gives what it finds; with an error, wherever it happens, it gives nothing else.
func TestQueries_giveAllOrTheErrorAlone(t *testing.T) {
	d, err := openTest(t, filepath.Join(t.TempDir(), "a.db"), testSchema(drawers))
	sqlitetest.Must(t, err)
	f, err := sqlitetest.Fused(d)
	sqlitetest.Must(t, err)
	for name, q := range queries(d) {
		for n := 1; ; n++ {
			f.Set(n)
			got, err := q.ask(t.Context())
			failed := f.Clear()
			if failed == "" {
				if err != nil || !reflect.DeepEqual(got, q.want) {
					t.Errorf("%s: %v, %v; want %v", name, got, err, q.want)
				}
				if n < 2 {
					t.Errorf("%s: nothing failed", name)
				}
				break
			}
			if !sqlitetest.Blew(failed, err) || got != nil && !reflect.ValueOf(got).IsZero() {
				t.Errorf("%s: %q failed, and the answer is %v, %v", name, failed, got, err)
			}
		}
	}
	// What could not be changed is as it was.
	if rows := fmt.Sprint(sqlitetest.RowsBy(t, d.Reader, `SELECT name FROM drawer ORDER BY id`)); rows != "[map[name:bir] map[name:iki] map[name:üç]]" {
		t.Error(rows)
	}
}

// Whoever has enough is told nothing more, even if everything is cancelled at that moment.
func TestViewSeq_endsWithItsReader(t *testing.T) {
	d, err := openTest(t, filepath.Join(t.TempDir(), "a.db"), testSchema(drawers))
	sqlitetest.Must(t, err)
	for enough := 1; enough <= 3; enough++ {
		ctx, cancel := context.WithCancel(t.Context())
		n := 0
		for v, err := range database.ViewSeq(ctx, d, "yield", func(tx *sql.Tx) iter.Seq2[drawer, error] {
			return database.SelectSeq(ctx, tx, drawerTargets, `SELECT id, name FROM drawer ORDER BY id`)
		}) {
			if n++; err != nil || v.id != n {
				t.Fatalf("%d: %v, %v", n, v, err)
			}
			if n == enough {
				cancel()
				break
			}
		}
		if n != enough {
			t.Errorf("%d came, %d were enough", n, enough)
		}
		// A cancelled transaction gives its connection back from a goroutine of its own.
		soon, end := context.WithTimeout(t.Context(), 10*time.Second)
		for d.Reader.Stats().InUse != 0 && soon.Err() == nil {
			runtime.Gosched()
		}
		end()
		if in := d.Reader.Stats().InUse; in != 0 {
			t.Errorf("%d connections are kept", in)
		}
		cancel()
	}
}
