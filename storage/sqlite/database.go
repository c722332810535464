package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"github.com/sopyo/sopyo-desktop/domain"
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
}

// opener makes a pool of connections; a test's may fail where it wants.
type opener func(dsn string) (*sql.DB, error)

func openDriver(dsn string) (*sql.DB, error) { return sql.Open("sqlite", dsn) }

// openDatabase opens or makes the file at path and brings it to the newest of the migrations s.
func openDatabase(ctx context.Context, path string, s schema) (*database, error) {
	return openThrough(ctx, path, s, openDriver)
}

func openThrough(ctx context.Context, path string, s schema, open opener) (*database, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, mapped(ctx, "open "+filepath.Base(path), err)
	}
	op := "open " + filepath.Base(path)
	// SQLite makes a file that everybody may read; what a company buys and sells is nobody else's.
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600) //nolint:gosec // the caller chooses the folder
	if err != nil {
		return nil, mapped(ctx, op, err)
	}
	if err := f.Close(); err != nil {
		return nil, mapped(ctx, op, err)
	}
	d := &database{path: path, open: open, now: time.Now}
	if d.write, err = open(writerDSN(path)); err != nil {
		return nil, mapped(ctx, op, err)
	}
	d.write.SetMaxOpenConns(1)
	if err := patiently(ctx, func() error { return d.migrate(ctx, s) }); err != nil {
		return nil, errors.Join(mapped(ctx, op, err), d.write.Close())
	}
	// The readers come second: a read-only connection cannot make the file, nor its WAL.
	if d.read, err = open(readerDSN(path)); err == nil {
		d.read.SetMaxOpenConns(readers)
		d.read.SetMaxIdleConns(readers)
		err = d.read.PingContext(ctx)
	}
	if err != nil {
		return nil, errors.Join(mapped(ctx, op, err), d.close())
	}
	return d, nil
}

// patiently repeats work that finds the file busy, for as long as a statement would wait. SQLite does not
// wait by itself when two programs turn a new file to WAL at the same moment.
func patiently(ctx context.Context, work func() error) error {
	ctx, cancel := context.WithTimeout(ctx, busyTimeout)
	defer cancel()
	pause := time.NewTicker(busyTimeout / 200)
	defer pause.Stop()
	for {
		err := work()
		if domain.KindOf(err) != domain.KindBusy {
			return err
		}
		select {
		case <-pause.C:
		case <-ctx.Done():
			return err
		}
	}
}

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

// writing runs work in one immediate transaction: all of it is kept, or nothing, also when work panics.
func (d *database) writing(ctx context.Context, op string, work func(tx *sql.Tx) error) error {
	return within(ctx, d.write, nil, op, work)
}

// reading runs work on one snapshot of the file.
func (d *database) reading(ctx context.Context, op string, work func(tx *sql.Tx) error) error {
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
