package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"net/url"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// busyTimeout is how long a statement waits for another process's lock.
const busyTimeout = 5 * time.Second

// Readers is how many connections read at the same time.
const Readers = 4

// File is one open file: a single writing connection, whose transactions take the write lock when
// they begin, and a pool that cannot write. Reading then writing in a deferred transaction fails with
// "locked" whenever somebody else wrote in between; an immediate one cannot.
type File struct {
	Path           string
	Writer, Reader *sql.DB
	Now            func() time.Time
	Actor          string // who works with the program, for the history

	open   Opener
	settle func(ctx context.Context, tx *sql.Tx) error // brings up to date what follows from a transaction's work

	begun, ended atomic.Int64 // writes of this program, see State
}

// Opener makes a pool of connections; a test's may fail where it wants.
type Opener func(dsn string) (*sql.DB, error)

// Driver opens connections of SQLite.
func Driver(dsn string) (*sql.DB, error) { return sql.Open("sqlite", dsn) }

// Close ends the readers first: the last connection to close folds the WAL back into the file, and only
// a writer can.
func (d *File) Close() error {
	var err error
	if d.Reader != nil {
		err = d.Reader.Close()
	}
	return errors.Join(err, d.Writer.Close())
}

// WriterDSN is the address of a file for its writing connection.
func WriterDSN(path string) string {
	return DSN(path, url.Values{
		"_pragma": {busyPragma(), "journal_mode(WAL)", "foreign_keys(1)", "synchronous(FULL)"},
		"_txlock": {"immediate"},
		"_dqs":    {"0"},
	})
}

// ReaderDSN is the address of a file for connections that cannot write.
func ReaderDSN(path string) string {
	return DSN(path, url.Values{
		"_pragma": {busyPragma(), "foreign_keys(1)"},
		"_dqs":    {"0"},
		"mode":    {"ro"},
	})
}

// stillDSN is the address of a file that nobody can write, whose journal cannot be made.
func stillDSN(path string) string {
	return DSN(path, url.Values{"_pragma": {busyPragma(), "foreign_keys(1)"}, "_dqs": {"0"}, "mode": {"ro"}, "immutable": {"1"}})
}

func busyPragma() string { return fmt.Sprintf("busy_timeout(%d)", busyTimeout.Milliseconds()) }

// DSN writes an absolute path as a URI; a raw path with a "?" or "%" in it would open another file.
func DSN(path string, q url.Values) string {
	p := filepath.ToSlash(path)
	if !strings.HasPrefix(p, "/") {
		p = "/" + p // C:/… on Windows
	}
	return (&url.URL{Scheme: "file", Path: p, RawQuery: q.Encode()}).String()
}

// Update runs work in one immediate transaction: all of it is kept, or nothing, also when work panics. When it
// returns nil the work is on the disk (WriterDSN: WAL, synchronous=FULL).
func (d *File) Update(ctx context.Context, op string, work func(tx *sql.Tx) error) error {
	writes := false
	defer func() {
		if writes {
			d.ended.Add(1)
		}
	}()
	return within(ctx, d.Writer, nil, op, func(tx *sql.Tx) error {
		err := work(tx)
		if err == nil && d.settle != nil {
			err = d.settle(ctx, tx)
		}
		if err != nil {
			return err
		}
		writes = true
		d.begun.Add(1) // others see the work somewhere between this and the end
		return nil
	})
}

// View runs work on one snapshot of the file.
func (d *File) View(ctx context.Context, op string, work func(tx *sql.Tx) error) error {
	return within(ctx, d.Reader, &sql.TxOptions{ReadOnly: true}, op, work)
}

func within(ctx context.Context, pool *sql.DB, o *sql.TxOptions, op string, work func(tx *sql.Tx) error) (err error) {
	tx, err := pool.BeginTx(ctx, o)
	if err != nil {
		return Mapped(ctx, op, err)
	}
	defer func() {
		// After a commit this says ErrTxDone, and on any other path the error that led here matters more.
		_ = tx.Rollback()
	}()
	if err := work(tx); err != nil {
		return Mapped(ctx, op, err)
	}
	return Mapped(ctx, op, tx.Commit())
}

// View gives what work finds on one snapshot of the file, the zero value with an error.
func View[T any](ctx context.Context, d *File, op string, work func(tx *sql.Tx) (T, error)) (T, error) {
	v, _, err := ViewBoth(ctx, d, op, func(tx *sql.Tx) (T, struct{}, error) {
		v, err := work(tx)
		return v, struct{}{}, err
	})
	return v, err
}

// ViewBoth is View of two values: a page and the length of the list, a thing and whether it is there.
func ViewBoth[T, U any](ctx context.Context, d *File, op string, work func(tx *sql.Tx) (T, U, error)) (T, U, error) {
	var v, noV T
	var u, noU U
	err := d.View(ctx, op, func(tx *sql.Tx) (err error) {
		v, u, err = work(tx)
		return err
	})
	if err != nil {
		return noV, noU, err
	}
	return v, u, nil
}

// Update gives what work has done in one immediate transaction, the zero value with an error.
func Update[T any](ctx context.Context, d *File, op string, work func(tx *sql.Tx) (T, error)) (T, error) {
	var v, none T
	err := d.Update(ctx, op, func(tx *sql.Tx) (err error) {
		v, err = work(tx)
		return err
	})
	if err != nil {
		return none, err
	}
	return v, nil
}

// ViewSeq yields what the rows of work are on one snapshot of the file; an error comes at most once, last.
func ViewSeq[T any](ctx context.Context, d *File, op string, work func(tx *sql.Tx) iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		enough := false
		err := d.View(ctx, op, func(tx *sql.Tx) error {
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

// Execute carries out a single statement.
func (d *File) Execute(ctx context.Context, op, statement string, args ...any) error {
	d.begun.Add(1)
	defer d.ended.Add(1)
	_, err := d.Writer.ExecContext(ctx, statement, args...)
	return Mapped(ctx, op, err)
}
