package disk

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// hold opens a file as another program does, which lets others do what share says, and lets go of it after a while.
func hold(t *testing.T, path string, share uint32, while time.Duration) {
	t.Helper()
	name, err := syscall.UTF16PtrFromString(path)
	if err != nil {
		t.Fatal(err)
	}
	file, err := syscall.CreateFile(name, syscall.GENERIC_READ, share, nil, syscall.OPEN_EXISTING, 0, 0)
	if err != nil {
		t.Fatal(path, err)
	}
	gone := make(chan struct{})
	time.AfterFunc(while, func() { _ = syscall.CloseHandle(file); close(gone) })
	t.Cleanup(func() { <-gone })
}

const (
	scanner = syscall.FILE_SHARE_READ | syscall.FILE_SHARE_WRITE // reads, and lets nobody rename or remove
	brief   = 300 * time.Millisecond
	forGood = patience + 2*time.Second
)

// unfinishedIn gives the hidden files of a folder.
func unfinishedIn(t *testing.T, dir string) []string {
	t.Helper()
	left, err := filepath.Glob(filepath.Join(dir, unfinished))
	if err != nil {
		t.Fatal(err)
	}
	return left
}

// written fills a file, whose fresh one a scanner looks into.
func written(t *testing.T, dir, text string, while time.Duration) func(io.Writer) error {
	return func(w io.Writer) error {
		for _, fresh := range unfinishedIn(t, dir) {
			hold(t, fresh, scanner, while)
		}
		_, err := io.WriteString(w, text)
		return err
	}
}

func wantHeld(t *testing.T, err error) {
	t.Helper()
	var e *domain.Error
	if !errors.As(err, &e) || e.Kind != domain.KindDisk || e.Detail != "held" || !IsHeld(err) {
		t.Errorf("%v, want that another program has it open", err)
	}
}

func TestFiles_waitForAScanner(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "Ayşe İĞÜ")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if err := Write(filepath.Join(dir, "a.xlsx"), written(t, dir, "1", brief)); err != nil {
			t.Error(err)
		}
	}
	if path, err := Create(dir, "b", ".xlsx", written(t, dir, "2", brief)); err != nil || filepath.Base(path) != "b.xlsx" {
		t.Error(path, err)
	}
	path, err := CreateFolder(dir, "Mayıs", func(folder string) error {
		err := filled(map[string]string{"a.txt": "1"})(folder)
		hold(t, filepath.Join(folder, "a.txt"), scanner, brief)
		return err
	})
	if err != nil || filepath.Base(path) != "Mayıs" {
		t.Error(path, err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 3 {
		t.Errorf("left %v, %v", left, err)
	}
}

// The file is open in Excel, which lets others read it, or somewhere that lets them do nothing.
func TestFiles_sayThatAnotherProgramHasThem(t *testing.T) {
	for _, share := range []uint32{syscall.FILE_SHARE_READ, 0} {
		dir := t.TempDir()
		path := filepath.Join(dir, "rapor.xlsx")
		if err := os.WriteFile(path, []byte("was here"), 0o600); err != nil {
			t.Fatal(err)
		}
		hold(t, path, share, brief)
		if err := Write(path, written(t, dir, "now", 0)); err != nil {
			t.Errorf("held for a while: %v", err)
		}
		hold(t, path, share, forGood)
		wantHeld(t, Write(path, written(t, dir, "later", 0)))
		if left := unfinishedIn(t, dir); len(left) > 0 {
			t.Errorf("left %v", left)
		}
		if again, err := Create(dir, "rapor", ".xlsx", written(t, dir, "later", 0)); err != nil || filepath.Base(again) != "rapor (2).xlsx" {
			t.Errorf("beside it: %s, %v", again, err)
		}
	}
}

// A scanner that does not let go of a file keeps it from no place where it has its name already.
func TestCreate_isDoneWhereOnlyTheHiddenNameStays(t *testing.T) {
	dir := t.TempDir()
	path, err := Create(dir, "rapor", ".xlsx", written(t, dir, "1", forGood))
	if raw, read := os.ReadFile(path); err != nil || read != nil || string(raw) != "1" {
		t.Errorf("%s: %q, %v, %v", path, raw, err, read)
	}
}

func TestAwait_waitsForWhoKeepsEverybodyOut(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "sopyo.db")
	if err := Await(path); err != nil {
		t.Errorf("a file that is not there: %v", err)
	}
	if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	hold(t, path, 0, patience*3/4)
	if err := Await(filepath.Join(dir, "yok"), path); err != nil {
		t.Error(err)
	}
	hold(t, path, scanner, forGood)
	if err := Await(path); err != nil {
		t.Errorf("one that lets others read and write: %v", err)
	}
}

func TestAwait_givesUp(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sopyo.db")
	if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	hold(t, path, 0, forGood)
	begun := time.Now()
	err := Failed("open", Await(path))
	wantHeld(t, err)
	if took := time.Since(begun); took < patience || !strings.Contains(err.Error(), "sopyo.db") {
		t.Errorf("after %v: %v", took, err)
	}
}
