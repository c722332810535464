package files

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/exports"
	"github.com/sopyo/sopyo-desktop/storage/disk"
	"github.com/sopyo/sopyo-desktop/storage/files/filestest"
)

// smallDisk is set in the process that writes under a limit: the limit holds for all of its files, also
// those that a test run keeps about itself.
const smallDisk = "SOPYO_TEST_SMALL_DISK"

// A disk that is full after any number of bytes.
func TestReplaceFile_ofAFullDiskLeavesWhatWasThere(t *testing.T) {
	if os.Getenv(smallDisk) == "" {
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
		cmd.Env = append(os.Environ(), smallDisk+"=1")
		if out, err := cmd.CombinedOutput(); err != nil || !bytes.Contains(out, []byte("--- PASS")) {
			t.Errorf("%v\n%s", err, out)
		}
		return
	}
	signal.Ignore(syscall.SIGXFSZ) // the write fails instead
	var text strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&text, "%x", uint64(i)*0x9E3779B97F4A7C15) // little shrinks of it
	}
	rows := make([][]exports.Cell, 0, 200)
	for i := range 200 {
		rows = append(rows, []exports.Cell{exports.Text(text.String()[i*1000 : (i+1)*1000])})
	}
	d, planned := filestest.PlanOf()
	planned[0].Remote.Name = text.String()
	for name, write := range map[string]func(path string) error{
		"a.csv":     func(path string) error { return tableFile(path, []string{"Ad"}, filestest.Each(rows, nil)) },
		"a.xlsx":    func(path string) error { return tableFile(path, []string{"Ad"}, filestest.Each(rows, nil)) },
		"plan.json": func(path string) error { return planAt(path, d, filestest.EachRow(planned)) },
		"a.html": func(path string) error {
			return disk.Write(path, func(w io.Writer) error { _, err := io.WriteString(w, text.String()); return err })
		},
	} {
		whole := filepath.Join(t.TempDir(), name)
		if err := write(whole); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(whole)
		if err != nil || info.Size() < 100_000 {
			t.Fatalf("%s: %v, %v", name, info, err)
		}
		for _, room := range []int64{0, 1, 1000, 64<<10 - 1, 64 << 10, 64<<10 + 1, 100_000, info.Size() - 1, info.Size()} {
			path := filestest.Written(t, name, "was here")
			err := withRoom(t, room, func() error { return write(path) })
			got, readErr := os.ReadFile(path)
			left, dirErr := os.ReadDir(filepath.Dir(path))
			if readErr != nil || dirErr != nil || len(left) != 1 {
				t.Errorf("%s with room for %d bytes: %v, %v, left %v", name, room, readErr, dirErr, left)
			}
			switch {
			case room == info.Size():
				if err != nil || int64(len(got)) != room {
					t.Errorf("%s with all the room it needs: %v", name, err)
				}
			case domain.KindOf(err) != domain.KindDisk || !errors.Is(err, syscall.EFBIG) || !strings.Contains(err.Error(), "write "+name):
				t.Errorf("%s with room for %d bytes: %v", name, room, err)
			case string(got) != "was here":
				t.Errorf("%s with room for %d bytes: the file is now %d bytes", name, room, len(got))
			}
		}
	}
}

// withRoom does something while files may have so many bytes.
func withRoom(t *testing.T, bytes int64, do func() error) error {
	t.Helper()
	var before syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &before); err != nil {
		t.Skip(err)
	}
	small := before
	small.Cur = uint64(bytes)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &small); err != nil {
		t.Skip(err)
	}
	defer func() {
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &before); err != nil {
			t.Fatal(err)
		}
	}()
	return do()
}
