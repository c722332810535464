package disk

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
)

// smallDisk is set in the process that writes under a limit: the limit holds for all of its files, also
// those that a test run keeps about itself.
const smallDisk = "SOPYO_TEST_SMALL_DISK"

// A disk that is full after any number of bytes.
func TestFiles_ofAFullDisk(t *testing.T) {
	if os.Getenv(smallDisk) == "" {
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
		cmd.Env = append(os.Environ(), smallDisk+"=1")
		if out, err := cmd.CombinedOutput(); err != nil || !bytes.Contains(out, []byte("--- PASS")) {
			t.Errorf("%v\n%s", err, out)
		}
		return
	}
	signal.Ignore(syscall.SIGXFSZ) // the write fails instead
	const size = 100_000
	write := func(w io.Writer) error { _, err := io.WriteString(w, strings.Repeat("x", size)); return err }
	for _, room := range []int64{0, 1, 4095, 4096, 4097, 65_536, size - 1, size} {
		dir := t.TempDir()
		path := filepath.Join(dir, "rapor.html")
		if err := os.WriteFile(path, []byte("was here"), 0o600); err != nil {
			t.Fatal(err)
		}
		var before syscall.Rlimit
		if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &before); err != nil {
			t.Fatal(err)
		}
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: uint64(room), Max: before.Max}); err != nil {
			t.Fatal(err)
		}
		saved, saveErr := Create(dir, "rapor", ".html", write)
		writeErr := Write(path, write)
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &before); err != nil {
			t.Fatal(err)
		}
		left, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if room == size {
			if saveErr != nil || writeErr != nil || len(got) != size || len(left) != 2 || filepath.Base(saved) != "rapor (2).html" {
				t.Errorf("all the room it needs: %v, %v, %d bytes, %v", saveErr, writeErr, len(got), left)
			}
			continue
		}
		for _, err := range []error{saveErr, writeErr} {
			if domain.KindOf(err) != domain.KindDisk || !errors.Is(err, syscall.EFBIG) {
				t.Errorf("room for %d bytes: %v", room, err)
			}
		}
		if string(got) != "was here" || len(left) != 1 || saved != "" {
			t.Errorf("room for %d bytes: the file is now %d bytes, left %v", room, len(got), left)
		}
	}
}
