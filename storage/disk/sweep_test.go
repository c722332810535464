package disk

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"
)

// hiddenIn gives the names of what is not whole in a folder.
func hiddenIn(t *testing.T, dir string) (names []string) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, unfinished))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		names = append(names, filepath.Base(path))
	}
	return names
}

// ways are those by which something is written into a folder.
var ways = map[string]func(dir string, fill func(io.Writer) error) error{
	"write": func(dir string, fill func(io.Writer) error) error { return Write(filepath.Join(dir, "yedek"), fill) },
	"check": func(dir string, fill func(io.Writer) error) error {
		nothing := func(io.Writer) error { return nil }
		return WriteChecked(filepath.Join(dir, "yedek"), nothing, func(string) error { return fill(io.Discard) })
	},
	"create": func(dir string, fill func(io.Writer) error) error {
		_, err := Create(dir, "rapor", ".html", fill)
		return err
	},
	"folder": func(dir string, fill func(io.Writer) error) error {
		_, err := CreateFolder(dir, "Mayıs", func(string) error { return fill(io.Discard) })
		return err
	},
}

// killedWriter names the way that the process of this test writes by until it is killed.
const killedWriter = "SOPYO_TEST_KILLED_WRITER"

// What a process that was killed while it wrote has left goes with the next write into that folder.
func TestSweep_takesAwayWhatAKilledProcessLeft(t *testing.T) {
	if way := os.Getenv(killedWriter); way != "" {
		err := ways[way](os.Getenv(killedWriter+"_IN"), func(w io.Writer) error {
			if _, err := io.WriteString(w, "half"); err != nil {
				return err
			}
			fmt.Println("\nwriting")                // said to the one that kills
			_, err := io.Copy(io.Discard, os.Stdin) // which does not end before this process is killed
			return err
		})
		t.Fatal(err)
	}
	for _, killed := range []string{"write", "check", "create", "folder"} {
		if runtime.GOOS == "windows" && killed == "folder" {
			continue // a day later
		}
		for by, write := range ways {
			dir := t.TempDir()
			cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
			cmd.Env = append(os.Environ(), killedWriter+"="+killed, killedWriter+"_IN="+dir)
			if _, err := cmd.StdinPipe(); err != nil {
				t.Fatal(err)
			}
			out, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			for said := bufio.NewScanner(out); said.Scan() && said.Text() != "writing"; {
				continue
			}
			if n := len(hiddenIn(t, dir)); n != 1 {
				t.Errorf("%s: %d files are hidden while it writes", killed, n)
			}
			if err := write(dir, func(io.Writer) error { return nil }); err != nil || len(hiddenIn(t, dir)) != 1 {
				t.Errorf("%s beside %s that goes on: %v, hidden %v", by, killed, err, hiddenIn(t, dir))
			}
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
			_ = cmd.Wait()
			if err := write(dir, func(io.Writer) error { return nil }); err != nil || len(hiddenIn(t, dir)) != 0 {
				t.Errorf("%s behind %s that was killed: %v, left %v", by, killed, err, hiddenIn(t, dir))
			}
		}
	}
}

// What is being written is swept by nobody who writes beside it, however it is written, and however many do.
func TestSweep_leavesWhatIsBeingWritten(t *testing.T) {
	for outer, write := range ways {
		for inner, beside := range ways {
			dir := t.TempDir()
			if err := write(dir, func(io.Writer) error {
				before := hiddenIn(t, dir)
				err := beside(dir, func(io.Writer) error { return nil })
				if after := hiddenIn(t, dir); len(before) != 1 || !slices.Equal(before, after) {
					t.Errorf("%s within %s: %v, then %v", inner, outer, before, after)
				}
				return err
			}); err != nil || len(hiddenIn(t, dir)) != 0 {
				t.Errorf("%s within %s: %v, left %v", inner, outer, err, hiddenIn(t, dir))
			}
		}
	}
	dir := t.TempDir()
	var all sync.WaitGroup
	for n := range 8 {
		all.Go(func() {
			for i := range 20 {
				want := fmt.Sprint(n, i)
				path := filepath.Join(dir, fmt.Sprint(n))
				err := Write(path, func(w io.Writer) error { _, err := io.WriteString(w, want); return err })
				if got, read := os.ReadFile(path); err != nil || read != nil || string(got) != want {
					t.Errorf("%q instead of %q: %v", got, want, errors.Join(err, read))
				}
			}
		})
	}
	all.Wait()
	if left := hiddenIn(t, dir); len(left) != 0 {
		t.Errorf("left %v", left)
	}
}

// What has another name is nobody's to take away.
func TestSweep_leavesWhatIsNotOurs(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"eski.tmp", ".sopyo-1", "sopyo-1.tmp"} {
		path := filepath.Join(dir, name)
		before := time.Now().Add(-25 * time.Hour)
		if err := errors.Join(os.WriteFile(path, []byte("half"), 0o600), os.Chtimes(path, before, before)); err != nil {
			t.Fatal(err)
		}
	}
	sweep(dir)
	if left, err := os.ReadDir(dir); err != nil || len(left) != 3 {
		t.Errorf("left %v, %v", left, err)
	}
}
