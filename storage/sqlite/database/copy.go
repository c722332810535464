package database

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// bystanderDSN is the address of a file for a connection that only looks on, whoever else has it open; it never makes one.
// A journal that a kill has left is read too, so it may write; VACUUM INTO has to, into the copy.
func bystanderDSN(path string) string {
	return DSN(path, url.Values{"_pragma": {busyPragma()}, "_dqs": {"0"}, "mode": {"rw"}})
}

// Look runs work over a connection of its own to the file at path, whatever version it is of, while others may have it
// open; it may run twice. KindData: there is no file, or an empty one.
func Look(ctx context.Context, path string, open Opener, op string, work func(tx *sql.Tx) error) error {
	if err := present(op, path); err != nil {
		return err
	}
	err := look(ctx, bystanderDSN(path), open, op, work)
	if _, journal := os.Stat(path + "-wal"); domain.KindOf(err) == domain.KindDisk && errors.Is(journal, fs.ErrNotExist) {
		return look(ctx, stillDSN(path), open, op, work) // where its journal cannot be made nobody writes, and there is none to read
	}
	return err
}

func look(ctx context.Context, dsn string, open Opener, op string, work func(tx *sql.Tx) error) (err error) {
	pool, err := open(dsn)
	if err != nil {
		return Mapped(ctx, op, err)
	}
	defer func() { err = errors.Join(err, Mapped(ctx, op, pool.Close())) }()
	pool.SetMaxOpenConns(1)
	return within(ctx, pool, nil, op, work)
}

// present says that a file is there and not empty.
func present(op, path string) error {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) || err == nil && info.Mode().IsRegular() && info.Size() == 0:
		return &domain.Error{Kind: domain.KindData, Op: op, Field: path, Detail: domain.DataMissing, Err: err}
	case err != nil:
		return domain.E(domain.KindDisk, op, err)
	}
	return nil
}

// copyTicks is how often a copy tells how far it is.
const copyTicks = 200 * time.Millisecond

// Copy writes a consistent copy of the file at path to target, which must not be there, while others go on writing it; grown
// is told how many bytes it has and how many it will have at most. Errors: KindData, KindDisk, KindBusy, KindCancelled.
func Copy(ctx context.Context, path, target string, open Opener, grown func(done, of int64)) (err error) {
	const op = "copy the data file"
	if err := present(op, path); err != nil {
		return err
	}
	pool, err := open(bystanderDSN(path))
	if err != nil {
		return Mapped(ctx, op, err)
	}
	pool.SetMaxOpenConns(1)
	defer func() { err = errors.Join(err, Mapped(ctx, op, pool.Close())) }()
	var of int64
	if err := pool.QueryRowContext(ctx, `SELECT page_count * page_size FROM pragma_page_count, pragma_page_size`).Scan(&of); err != nil {
		return Mapped(ctx, op, err)
	}
	done := make(chan struct{})
	defer close(done)
	go func() {
		tick := time.NewTicker(copyTicks)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				if info, err := os.Stat(target); err == nil {
					grown(info.Size(), of)
				}
			}
		}
	}()
	_, err = pool.ExecContext(ctx, `VACUUM INTO ?`, target)
	if err == nil {
		err = os.Chmod(target, 0o600)
	}
	return Mapped(ctx, op, err)
}

// Newest is the version of a file that this program has brought up to date.
func (s Schema) Newest() (int, error) {
	steps, err := s.migrations()
	return len(steps), err
}

// Version tells how far the file at path is. Errors as of Look; KindData also: it is of another kind.
func Version(ctx context.Context, path string, s Schema, open Opener) (version int, err error) {
	err = Look(ctx, path, open, "look at the version of a data file", func(tx *sql.Tx) (err error) {
		version, _, err = (&File{Path: path}).version(ctx, tx, s.ApplicationID)
		return err
	})
	return version, err
}
