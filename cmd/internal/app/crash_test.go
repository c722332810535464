package app

import (
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
