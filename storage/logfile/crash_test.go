package logfile

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

func TestKeepCrash_masksTheHomeFolderAndLeavesNothingForTheNextStart(t *testing.T) {
	home := filepath.Join(t.TempDir(), "ayşe")
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	path := filepath.Join(t.TempDir(), "crash.txt")
	if kept, err := keepCrash(path, time.Now()); kept != "" || err != nil {
		t.Fatalf("without a crash: %q, %v", kept, err)
	}
	if err := os.WriteFile(path, []byte("panic: boom\n\t"+home+"/src/x.go:1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	kept, err := keepCrash(path, time.Date(2026, 11, 23, 9, 5, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(kept)
	if err != nil || filepath.Base(kept) != "crash-20261123-090500.txt" {
		t.Fatal(kept, err)
	}
	if info, err := os.Stat(kept); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("it is not for its owner alone: %v, %v", info, err)
	}
	if s := string(raw); strings.Contains(s, "ayşe") || !strings.Contains(s, "boom") {
		t.Errorf("kept: %q", s)
	}
	if again, err := keepCrash(path, time.Now()); again != "" || err != nil {
		t.Errorf("a crash is offered twice: %q, %v", again, err)
	}
}

// What cannot be kept stays where it is, and is tried again at the next start.
func TestKeepCrash_losesNothing(t *testing.T) {
	write := func(path, text string) {
		t.Helper()
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(text), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	crash := filepath.Join(t.TempDir(), "crash.txt")
	write(filepath.Join(crash, "x"), "x")
	if _, err := keepCrash(crash, time.Now()); err == nil {
		t.Error("a folder is no crash, and that is no error")
	}
	now := time.Date(2026, 11, 23, 9, 5, 0, 0, time.UTC)
	taken := filepath.Join(t.TempDir(), "crash.txt")
	write(taken, "panic")
	write(filepath.Join(filepath.Dir(taken), "crash-20261123-090500.txt", "x"), "x")
	if kept, err := keepCrash(taken, now); err == nil || kept != "" {
		t.Errorf("kept as a folder: %s", kept)
	}
	if raw, err := os.ReadFile(taken); err != nil || string(raw) != "panic" {
		t.Errorf("lost: %q, %v", raw, err)
	}
	for home, want := range map[string]string{"/": "panic /a/b", "/a": "panic ~/b"} {
		t.Setenv("HOME", home)
		t.Setenv("USERPROFILE", home)
		write(taken, "panic /a/b")
		if kept, err := keepCrash(taken, now.Add(time.Hour)); err != nil {
			t.Error(err)
		} else if raw, err := os.ReadFile(kept); err != nil || string(raw) != want {
			t.Errorf("%q, %v", raw, err)
		}
	}
}
