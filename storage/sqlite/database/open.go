package database

import (
	"context"
	"errors"
	"os"
	"os/user"
	"path/filepath"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Open opens or makes the file at path and brings it to the newest of the migrations s, over the
// connections of open: Driver, or those of a test. Its errors are KindBusy, KindDisk, and KindFile for
// a file of a newer program or of another kind.
func Open(ctx context.Context, path string, s Schema, open Opener) (*File, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, Mapped(ctx, "open "+filepath.Base(path), err)
	}
	op := "open " + filepath.Base(path)
	// SQLite makes a file that everybody may read; what a company buys and sells is nobody else's.
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, Mapped(ctx, op, err)
	}
	if err := f.Close(); err != nil {
		return nil, Mapped(ctx, op, err)
	}
	d := &File{Path: path, open: open, Now: time.Now}
	if u, err := user.Current(); err == nil {
		d.Actor = u.Username
	}
	if d.Writer, err = open(WriterDSN(path)); err != nil {
		return nil, Mapped(ctx, op, err)
	}
	d.Writer.SetMaxOpenConns(1)
	if err := patiently(ctx, func() error { return d.migrate(ctx, s) }); err != nil {
		return nil, errors.Join(Mapped(ctx, op, err), d.Writer.Close())
	}
	d.settle = s.Settle
	// The readers come second: a read-only connection cannot make the file, nor its WAL.
	if d.Reader, err = open(ReaderDSN(path)); err == nil {
		d.Reader.SetMaxOpenConns(Readers)
		d.Reader.SetMaxIdleConns(Readers)
		err = d.Reader.PingContext(ctx)
	}
	if err != nil {
		return nil, errors.Join(Mapped(ctx, op, err), d.Close())
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
