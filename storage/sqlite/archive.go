package sqlite

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/disk"
)

// NeverAuthorised tells whether surely nobody has ever signed in to the company whose file is to be at path. A
// file that cannot be read does not tell.
func NeverAuthorised(ctx context.Context, path string) bool {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return true
	}
	store, err := OpenCompany(ctx, path)
	if err != nil {
		return false
	}
	conn, err := store.Connection(ctx)
	return errors.Join(err, store.Close()) == nil && !conn.Authorised //nolint:contextcheck // io.Closer knows no context
}

// MergeJournal brings the write-ahead log that a kill left behind into the company's file at path, as SQLite
// does when it is closed: there is one file to move then, and no kill can part the two.
func MergeJournal(ctx context.Context, path string) error {
	if _, err := os.Stat(path + "-wal"); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	store, err := OpenCompany(ctx, path)
	if err != nil {
		return err
	}
	return store.Close() //nolint:contextcheck // io.Closer knows no context
}

// Archive moves the file at path, with what belongs to it, into dir under a name that was not there before,
// and gives its new path, "" when there was none. With an error all of it is where it was.
func Archive(path, dir string, now time.Time) (string, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", domain.E(domain.KindDisk, "make the folder of removed companies", err)
	}
	stem := strings.TrimSuffix(filepath.Base(path), ".db") + now.UTC().Format("-20060102-150405.db")
	target := filepath.Join(dir, stem)
	parts := []string{"-wal", "-shm", ""}         // the database behind its journal: without it what was written last would be lost
	backups, _ := filepath.Glob(path + ".v*.bak") // a pattern without a mistake
	for _, b := range backups {
		parts = append(parts, strings.TrimPrefix(b, path))
	}
	for i, part := range parts {
		err := disk.Rename(path+part, target+part)
		switch {
		case errors.Is(err, fs.ErrNotExist) && part == "":
			return "", nil // never opened: there is nothing to keep
		case err != nil && !errors.Is(err, fs.ErrNotExist):
			for _, moved := range slices.Backward(parts[:i]) {
				if back := disk.Rename(target+moved, path+moved); !errors.Is(back, fs.ErrNotExist) {
					err = errors.Join(err, back)
				}
			}
			return "", disk.Failed("archive the company's file", err)
		}
	}
	return target, nil
}
