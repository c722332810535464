package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// busyTimeout is how long a statement waits for another process's lock.
const busyTimeout = 5 * time.Second

// readers is how many connections read at the same time.
const readers = 4

// database is one open file: a single writing connection, whose transactions take the write lock when
// they begin, and a pool that cannot write. Reading then writing in a deferred transaction fails with
// "locked" whenever somebody else wrote in between; an immediate one cannot.
type database struct {
	write *sql.DB
	read  *sql.DB
	path  string
	open  opener
	now   func() time.Time
	actor string // who works with the program, for the history
}

// opener makes a pool of connections; a test's may fail where it wants.
type opener func(dsn string) (*sql.DB, error)

func openDriver(dsn string) (*sql.DB, error) { return sql.Open("sqlite", dsn) }

// close ends the readers first: the last connection to close folds the WAL back into the file, and only
// a writer can.
func (d *database) close() error {
	var err error
	if d.read != nil {
		err = d.read.Close()
	}
	return errors.Join(err, d.write.Close())
}

func writerDSN(path string) string {
	return dsn(path, url.Values{
		"_pragma": {busyPragma(), "journal_mode(WAL)", "foreign_keys(1)", "synchronous(FULL)"},
		"_txlock": {"immediate"},
		"_dqs":    {"0"},
	})
}

func readerDSN(path string) string {
	return dsn(path, url.Values{
		"_pragma": {busyPragma(), "foreign_keys(1)"},
		"_dqs":    {"0"},
		"mode":    {"ro"},
	})
}

func busyPragma() string { return fmt.Sprintf("busy_timeout(%d)", busyTimeout.Milliseconds()) }

// dsn writes an absolute path as a URI; a raw path with a "?" or "%" in it would open another file.
func dsn(path string, q url.Values) string {
	p := filepath.ToSlash(path)
	if !strings.HasPrefix(p, "/") {
		p = "/" + p // C:/… on Windows
	}
	return (&url.URL{Scheme: "file", Path: p, RawQuery: q.Encode()}).String()
}

// update runs work in one immediate transaction: all of it is kept, or nothing, also when work panics.
func (d *database) update(ctx context.Context, op string, work func(tx *sql.Tx) error) error {
	return within(ctx, d.write, nil, op, work)
}

// view runs work on one snapshot of the file.
func (d *database) view(ctx context.Context, op string, work func(tx *sql.Tx) error) error {
	return within(ctx, d.read, &sql.TxOptions{ReadOnly: true}, op, work)
}

func within(ctx context.Context, pool *sql.DB, o *sql.TxOptions, op string, work func(tx *sql.Tx) error) (err error) {
	tx, err := pool.BeginTx(ctx, o)
	if err != nil {
		return mapped(ctx, op, err)
	}
	defer func() {
		// After a commit this says ErrTxDone, and on any other path the error that led here matters more.
		_ = tx.Rollback()
	}()
	if err := work(tx); err != nil {
		return mapped(ctx, op, err)
	}
	return mapped(ctx, op, tx.Commit())
}

// read gives what work finds on one snapshot of the file, the zero value with an error.
func read[T any](ctx context.Context, d *database, op string, work func(tx *sql.Tx) (T, error)) (T, error) {
	v, _, err := readBoth(ctx, d, op, func(tx *sql.Tx) (T, struct{}, error) {
		v, err := work(tx)
		return v, struct{}{}, err
	})
	return v, err
}

// readBoth is read of two values: a page and the length of the list, a thing and whether it is there.
func readBoth[T, U any](ctx context.Context, d *database, op string, work func(tx *sql.Tx) (T, U, error)) (T, U, error) {
	var v, noV T
	var u, noU U
	err := d.view(ctx, op, func(tx *sql.Tx) (err error) {
		v, u, err = work(tx)
		return err
	})
	if err != nil {
		return noV, noU, err
	}
	return v, u, nil
}

// write gives what work has done in one immediate transaction, the zero value with an error.
func write[T any](ctx context.Context, d *database, op string, work func(tx *sql.Tx) (T, error)) (T, error) {
	var v, none T
	err := d.update(ctx, op, func(tx *sql.Tx) (err error) {
		v, err = work(tx)
		return err
	})
	if err != nil {
		return none, err
	}
	return v, nil
}

// readSeq yields what the rows of work are on one snapshot of the file; an error comes at most once, last.
func readSeq[T any](ctx context.Context, d *database, op string, work func(tx *sql.Tx) iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		enough := false
		err := d.view(ctx, op, func(tx *sql.Tx) error {
			for v, err := range work(tx) {
				if err != nil {
					return err
				}
				if enough = !yield(v, nil); enough {
					return nil
				}
			}
			return nil
		})
		if err != nil && !enough {
			var none T
			yield(none, err)
		}
	}
}

// execute carries out a single statement.
func (d *database) execute(ctx context.Context, op, statement string, args ...any) error {
	_, err := d.write.ExecContext(ctx, statement, args...)
	return mapped(ctx, op, err)
}
