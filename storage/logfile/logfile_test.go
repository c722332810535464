package logfile

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// Two programs write one log, as the window and a scheduled command do: when it is full Windows does not let one of them begin a new
// one while the other has it open, and no line is lost for that.
func TestLog_losesNoLineAtRotation(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "günlük")
	window, err := Open(dir, false)
	if err != nil {
		t.Fatal(err)
	}
	defer window.Close()
	command, err := Open(dir, false)
	if err != nil {
		t.Fatal(err)
	}
	defer command.Close()
	const each, size = 7, 1 << 20
	fill := strings.Repeat("x", size)
	for i := range each {
		window.Info("window", "line", i, "fill", fill)
		command.Info("command", "line", i, "fill", fill)
	}
	files, err := filepath.Glob(filepath.Join(dir, "sopyo*.log"))
	if err != nil {
		t.Fatal(err)
	}
	var all []byte
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, raw...)
	}
	for _, who := range []string{"window", "command"} {
		for i := range each {
			if n := bytes.Count(all, fmt.Appendf(nil, "msg=%s line=%d ", who, i)); n != 1 {
				t.Errorf("line %d of the %s is there %d times", i, who, n)
			}
		}
	}
}

// Old ones go: those beyond the fourth, and what is older than a quarter of a year. Nothing else in the folder does.
func TestLog_keepsSoMuch(t *testing.T) {
	dir := t.TempDir()
	old := time.Now().Add(-91 * 24 * time.Hour)
	for i, name := range []string{
		"sopyo-2026-01-01T00-00-00.000.log", "sopyo-2026-01-02T00-00-00.000.log", "sopyo-2026-01-03T00-00-00.000.log",
		"sopyo-2026-01-04T00-00-00.000.log", "sopyo-2026-01-05T00-00-00.000.log", "crash-20260101-000000.txt",
	} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
		if i >= 4 {
			if err := os.Chtimes(path, old, old); err != nil {
				t.Fatal(err)
			}
		}
	}
	log, err := Open(dir, false)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	for range 2 {
		log.Info("line", "fill", strings.Repeat("x", fullLog))
	}
	var left []string
	all, err := os.ReadDir(dir)
	for _, f := range all {
		left = append(left, f.Name())
	}
	// of the newest four one was too old; the one that was just full is the first of them
	if err != nil || len(left) != 6 || !slices.Contains(left, "crash-20260101-000000.txt") || !slices.Contains(left, "sopyo-2026-01-03T00-00-00.000.log") ||
		!slices.Contains(left, "sopyo-2026-01-04T00-00-00.000.log") {
		t.Errorf("left %v, %v", left, err)
	}
}

// What was opened for crashes is let go of, else Windows lets nobody remove the data folder while the program lives.
func TestLog_letsGoOfTheCrashFile(t *testing.T) {
	dir := t.TempDir()
	log, err := Open(filepath.Join(dir, "logs"), false)
	if err != nil {
		t.Fatal(err)
	}
	log.Info("begun")
	log.Close()
	if open := descriptors(t, dir); len(open) > 0 {
		t.Errorf("still open: %v", open)
	}
	if err := os.RemoveAll(filepath.Join(dir, "logs")); err != nil {
		t.Error(err)
	}
}

// descriptors gives what this process has open below a folder, where the system says it in a folder.
func descriptors(t *testing.T, dir string) (open []string) {
	t.Helper()
	const own = "/proc/self/fd"
	all, err := os.ReadDir(own)
	if err != nil {
		return nil
	}
	for _, fd := range all {
		if to, err := os.Readlink(filepath.Join(own, fd.Name())); err == nil && strings.HasPrefix(to, dir) {
			open = append(open, to)
		}
	}
	return open
}
