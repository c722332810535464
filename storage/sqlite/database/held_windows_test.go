package database_test

import (
	"errors"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// keepOut opens a file and lets nobody at it until the time is over.
func keepOut(t *testing.T, path string, while time.Duration) {
	t.Helper()
	name, err := syscall.UTF16PtrFromString(path)
	if err != nil {
		t.Fatal(err)
	}
	file, err := syscall.CreateFile(name, syscall.GENERIC_READ, 0, nil, syscall.OPEN_EXISTING, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	gone := make(chan struct{})
	time.AfterFunc(while, func() { _ = syscall.CloseHandle(file); close(gone) })
	t.Cleanup(func() { <-gone })
}

// A scanner or a copying program that holds the file for a second and a half does not keep it from being opened, to write and to
// read; one that stays is named.
func TestOpen_waitsForWhoKeepsEverybodyOut(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sopyo.db")
	f, err := database.Create(t.Context(), path, database.MachineSchema(), database.Driver)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	type open func() (*database.File, error)
	ways := map[string]open{
		"to make it": func() (*database.File, error) {
			return database.Create(t.Context(), path, database.MachineSchema(), database.Driver)
		},
		"to write it": func() (*database.File, error) {
			return database.Open(t.Context(), path, database.MachineSchema(), database.Driver)
		},
		"to read it": func() (*database.File, error) {
			return database.Read(t.Context(), path, database.MachineSchema(), database.Driver)
		},
	}
	for name, open := range ways {
		keepOut(t, path, 1500*time.Millisecond)
		f, err := open()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
	keepOut(t, path, 10*time.Second)
	for name, open := range ways {
		_, err := open()
		var e *domain.Error
		if !errors.As(err, &e) || e.Kind != domain.KindDisk || e.Detail != "held" {
			t.Errorf("%s: %v, want that another program has it open", name, err)
		}
	}
}
