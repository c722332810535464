package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/disk"
)

// Create opens or makes the file at path, else it is as Open.
func Create(ctx context.Context, path string, s Schema, open Opener) (*File, error) {
	return with(ctx, path, s, open, true)
}

// Open opens the file at path and brings it to the newest of the migrations s, over the connections of open: Driver,
// or those of a test. Its errors are KindBusy, KindDisk, and KindData for a file that is missing or empty (what it held
// is not replaced by nothing), damaged, of a newer program or of another kind.
func Open(ctx context.Context, path string, s Schema, open Opener) (*File, error) {
	return with(ctx, path, s, open, false)
}

func with(ctx context.Context, path string, s Schema, open Opener, create bool) (*File, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, Mapped(ctx, "open "+filepath.Base(path), err)
	}
	op := "open " + filepath.Base(path)
	d := &File{Path: path, open: open, Now: time.Now}
	if err := d.claim(create); err != nil {
		return nil, Mapped(ctx, op, err)
	}
	if u, err := user.Current(); err == nil {
		d.Actor = u.Username
	}
	if d.Writer, err = open(WriterDSN(path)); err != nil {
		return nil, Mapped(ctx, op, err)
	}
	d.Writer.SetMaxOpenConns(1)
	if err := patiently(ctx, func() error { return d.migrate(ctx, s, create) }); err != nil {
		return nil, errors.Join(Mapped(ctx, op, d.located(err)), d.Writer.Close())
	}
	d.settle = s.Settle
	// The readers come second: a read-only connection cannot make the file, nor its WAL.
	if d.Reader, err = open(ReaderDSN(path)); err == nil {
		d.Reader.SetMaxOpenConns(Readers)
		d.Reader.SetMaxIdleConns(Readers)
		err = d.Reader.PingContext(ctx)
	}
	if err != nil {
		return nil, errors.Join(Mapped(ctx, op, d.located(err)), d.Close())
	}
	return d, nil
}

// ErrOlder says that a file is to be brought to the newest of its migrations, which only Open does.
var ErrOlder = errors.New("the file is an older program's")

// Read opens the file at path for reading, whoever is writing into it and wherever it lies: no lock is needed, nothing is
// written, and what tries to is KindDisk. Its errors are those of Open, and ErrOlder.
func Read(ctx context.Context, path string, s Schema, open Opener) (*File, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, Mapped(ctx, "read "+filepath.Base(path), err)
	}
	d := &File{Path: path, open: open, Now: time.Now}
	if err := d.claim(false); err != nil {
		return nil, Mapped(ctx, "read "+filepath.Base(path), err)
	}
	err = d.read(ctx, s, ReaderDSN(path))
	if _, journal := os.Stat(path + "-wal"); domain.KindOf(err) == domain.KindDisk && errors.Is(journal, fs.ErrNotExist) {
		// Where its journal cannot be made nobody writes, and there is none to read.
		err = d.read(ctx, s, stillDSN(path))
	}
	if err != nil {
		return nil, d.located(Mapped(ctx, "read "+filepath.Base(path), err))
	}
	return d, nil
}

func (d *File) read(ctx context.Context, s Schema, dsn string) (err error) {
	steps, err := s.migrations()
	if err != nil {
		return err
	}
	if d.Reader, err = d.open(dsn); err != nil {
		return err
	}
	d.Reader.SetMaxOpenConns(Readers)
	d.Reader.SetMaxIdleConns(Readers)
	d.Writer = d.Reader // which cannot write
	err = d.View(ctx, "look at its version", func(tx *sql.Tx) error {
		version, empty, err := d.version(ctx, tx, s.ApplicationID)
		switch {
		case err != nil:
			return err
		case empty:
			return d.unusable(domain.DataMissing, nil)
		case version > len(steps):
			return d.unusable(domain.DataNewer, fmt.Errorf("version %d, this program knows %d", version, len(steps)))
		case version < len(steps):
			return ErrOlder
		}
		return nil
	})
	if err != nil {
		return errors.Join(err, d.Reader.Close())
	}
	return nil
}

// claim makes sure that the file is there: SQLite makes one that everybody may read, and what a company buys and sells
// is nobody else's. It waits for another program that keeps everybody out of it.
func (d *File) claim(create bool) error {
	// SQLite gives up a moment too early, and then opens for reading alone what a scanner or a copying program has let go of.
	if err := disk.Await(d.Path, d.Path+"-wal", d.Path+"-shm"); err != nil {
		return err
	}
	if create {
		f, err := os.OpenFile(d.Path, os.O_RDWR|os.O_CREATE, 0o600)
		if err != nil {
			return err
		}
		return f.Close()
	}
	info, err := os.Stat(d.Path)
	switch {
	case errors.Is(err, fs.ErrNotExist), err == nil && info.Mode().IsRegular() && info.Size() == 0:
		return d.unusable(domain.DataMissing, err)
	default:
		return err
	}
}

// located adds to what is wrong with the file where it lies.
func (d *File) located(err error) error {
	var e *domain.Error
	if errors.As(err, &e) && e.Kind == domain.KindData {
		e.Field = d.Path
	}
	return err
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
