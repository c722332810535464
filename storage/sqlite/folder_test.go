package sqlite_test

import (
	"path/filepath"
	"testing"

	"github.com/sopyo/sopyo-desktop/storage/sqlite"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// A copy of a data folder is another folder; one that was moved stays the same.
func TestDataFolder_isAnotherOneInACopy(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sopyo.db")
	m := openMachine(t, path)
	there, gone := func(string) bool { return false }, func(string) bool { return true }
	name := func(at, machine string, gone func(string) bool) sqlite.Folder {
		t.Helper()
		f, err := m.DataFolder(t.Context(), at, machine, gone)
		sqlitetest.Must(t, err)
		return f
	}
	first := name("/a", "m", there)
	if len(first.Name) != 12 || !first.Inherits || name("/a", "m", there) != first || name("/a", "", there) != first {
		t.Errorf("%+v", first)
	}
	if moved := name("/b", "m", gone); moved != first {
		t.Errorf("moved: %+v", moved)
	}
	copied := name("/c", "m", there)
	if copied.Name == first.Name || copied.Inherits || name("/c", "m", there) != copied {
		t.Errorf("copied: %+v", copied)
	}
	if elsewhere := name("/c", "n", gone); elsewhere.Name == copied.Name || elsewhere.Inherits {
		t.Errorf("on another machine: %+v", elsewhere)
	}
}
