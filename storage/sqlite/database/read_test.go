package database_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// A reader sees what is committed, writes nothing, and makes nothing.
func TestRead_neitherWaitsNorWrites(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	read := func(s database.Schema) (*database.File, error) {
		return database.Read(t.Context(), path, s, database.Driver)
	}
	_, err := read(testSchema(first))
	sqlitetest.WantKind(t, err, domain.KindData)
	if _, err := os.Stat(path); err == nil {
		t.Error("a reader has made the file")
	}
	w, err := openTest(t, path, testSchema(first))
	sqlitetest.Must(t, err)
	tx, err := w.Writer.BeginTx(t.Context(), nil) // a writer is at work
	sqlitetest.Must(t, err)
	defer func() { _ = tx.Rollback() }()
	r, err := read(testSchema(first))
	sqlitetest.Must(t, err)
	if n := things(t, r); n != 2 {
		t.Errorf("%d things", n)
	}
	sqlitetest.WantKind(t, r.Execute(t.Context(), "write", `DELETE FROM thing`), domain.KindDisk)
	sqlitetest.Must(t, r.Close())
	if _, err := read(testSchema(first, second)); !errors.Is(err, database.ErrOlder) {
		t.Errorf("an older file: %v", err)
	}
	_, err = read(testSchema())
	sqlitetest.WantKind(t, err, domain.KindData)
	sqlitetest.Must(t, tx.Rollback(), w.Close(), os.WriteFile(path, []byte("no database, but long enough to be looked at"), 0o600))
	_, err = read(testSchema(first))
	sqlitetest.WantKind(t, err, domain.KindData)
}
