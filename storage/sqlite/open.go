package sqlite

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

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
