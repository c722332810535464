package disk

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
)

func TestCreate_neverWritesOver(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "Raporlar ş#")
	write := func(text string) func(io.Writer) error {
		return func(w io.Writer) error { _, err := io.WriteString(w, text); return err }
	}
	for i, want := range []string{"rapor.html", "rapor (2).html", "rapor (3).html"} {
		path, err := Create(dir, "rapor", ".html", write(want))
		if err != nil || filepath.Base(path) != want {
			t.Fatalf("%d: %s, %v", i, path, err)
		}
	}
	for _, name := range []string{"rapor.html", "rapor (2).html", "rapor (3).html"} {
		if raw, err := os.ReadFile(filepath.Join(dir, name)); err != nil || string(raw) != name {
			t.Errorf("%s holds %q, %v", name, raw, err)
		}
	}
	if _, err := Create(dir, "yarim", ".html", func(io.Writer) error { return errors.New("power cut") }); domain.KindOf(err) != domain.KindDisk {
		t.Errorf("%v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "yarim.html")); err == nil {
		t.Error("half a file was left")
	}
	if _, err := Create(filepath.Join(dir, "rapor.html", "x"), "rapor", ".html", write("")); domain.KindOf(err) != domain.KindDisk {
		t.Errorf("%v", err)
	}
}

// What a person named is replaced by what is whole, or stays.
func TestWrite_replacesOnlyByWhatIsWhole(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "rapor.html")
	if err := os.WriteFile(path, []byte("was here"), 0o600); err != nil {
		t.Fatal(err)
	}
	cause := errors.New("power cut")
	long := strings.Repeat("x", 10_000)
	for _, c := range []struct {
		write func(io.Writer) error
		kind  domain.Kind
		cause error
		want  string
	}{
		{func(w io.Writer) error { _, _ = io.WriteString(w, long); return cause }, domain.KindDisk, cause, "was here"},
		{func(w io.Writer) error {
			_, _ = io.WriteString(w, long)
			return domain.E(domain.KindCancelled, "read", cause)
		}, domain.KindCancelled, cause, "was here"},
		{func(w io.Writer) error { _, err := io.WriteString(w, long); return err }, "", nil, long},
		{func(w io.Writer) error { _, err := io.WriteString(w, "short"); return err }, "", nil, "short"},
		{func(io.Writer) error { return nil }, "", nil, ""},
	} {
		if err := Write(path, c.write); domain.KindOf(err) != c.kind || !errors.Is(err, c.cause) {
			t.Errorf("%v, want %q", err, c.kind)
		}
		got, err := os.ReadFile(path)
		left, dirErr := os.ReadDir(dir)
		if err != nil || string(got) != c.want || dirErr != nil || len(left) != 1 {
			t.Errorf("%d bytes, %v, want %d; left %v, %v", len(got), err, len(c.want), left, dirErr)
		}
		if info, err := os.Stat(path); runtime.GOOS != "windows" && (err != nil || info.Mode().Perm() != 0o600) {
			t.Errorf("mode %v, %v", info.Mode(), err)
		}
	}
	if err := Write(filepath.Join(dir, "yok", "a.html"), func(io.Writer) error { return nil }); domain.KindOf(err) != domain.KindDisk || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no folder: %v", err)
	}
	if err := Write(dir, func(io.Writer) error { return nil }); domain.KindOf(err) != domain.KindDisk {
		t.Errorf("a folder: %v", err)
	}
}

// The name is taken by a folder while the report is written, or the disk says at the end that it has not kept it.
func TestWrite_failsAtTheEnd(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "rapor.html")
	err := Write(path, func(io.Writer) error { return os.MkdirAll(filepath.Join(path, "x"), 0o700) })
	if left, dirErr := os.ReadDir(dir); domain.KindOf(err) != domain.KindDisk || dirErr != nil || len(left) != 1 {
		t.Errorf("%v, left %v, %v", err, left, dirErr)
	}
	f, err := os.Create(filepath.Join(dir, "a"))
	if err != nil {
		t.Fatal(err)
	}
	cause := errors.New("power cut")
	if err := fill(f, func(io.Writer) error { return nil }, func() error { return cause }); !errors.Is(err, cause) {
		t.Errorf("%v", err)
	}
	if err := f.Close(); !errors.Is(err, os.ErrClosed) {
		t.Errorf("the file was left open: %v", err)
	}
	if err := fill(f, func(io.Writer) error { return nil }, func() error { return nil }); !errors.Is(err, os.ErrClosed) {
		t.Errorf("a file that does not close: %v", err)
	}
	if err := fill(f, func(io.Writer) error { return domain.E(domain.KindCancelled, "x", cause) }, nil); domain.KindOf(err) != domain.KindCancelled || !errors.Is(err, os.ErrClosed) {
		t.Errorf("a file that does not close: %v", err)
	}
}

// A link stays a link to the file that is replaced, and a device is no file to be replaced.
func TestWrite_ofWhatIsNotTheFileItself(t *testing.T) {
	dir := t.TempDir()
	link, path := filepath.Join(dir, "link"), filepath.Join(dir, "rapor.html")
	if err := os.WriteFile(path, []byte("was here"), 0o600); err != nil {
		t.Fatal(err)
	}
	symlink(t, path, link)
	if err := Write(link, func(w io.Writer) error { _, err := io.WriteString(w, "new"); return err }); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(path); err != nil || string(got) != "new" {
		t.Errorf("%q, %v", got, err)
	}
	if to, err := os.Readlink(link); err != nil || to != path {
		t.Errorf("the link is %q, %v", to, err)
	}
	null, err := os.Lstat(os.DevNull)
	if err != nil || null.Mode().IsRegular() {
		t.Skipf("no null device: %v", err)
	}
	for _, cause := range []error{nil, errors.New("power cut")} {
		if err := Write(os.DevNull, func(w io.Writer) error { _, _ = io.WriteString(w, "x"); return cause }); !errors.Is(err, cause) || (err != nil) != (cause != nil) {
			t.Errorf("%v, want %v", err, cause)
		}
		if now, err := os.Lstat(os.DevNull); err != nil || now.Mode() != null.Mode() {
			t.Fatalf("the null device is %v, %v", now, err)
		}
	}
}

func TestCreate_searchesForAFreeName(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b")
	write := func(w io.Writer) error { _, err := io.WriteString(w, "x"); return err }
	path, err := Create(dir, "r", ".html", write)
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" {
		for name, want := range map[string]os.FileMode{path: 0o600, dir: 0o700, filepath.Dir(dir): 0o700} {
			if info, err := os.Stat(name); err != nil || info.Mode().Perm() != want {
				t.Errorf("%s: %v, %v, want %v", name, info.Mode(), err, want)
			}
		}
	}
	for n := 2; n < maxSame; n++ {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("r (%d).html", n)), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write = func(w io.Writer) error { _, err := io.WriteString(w, "y"); return err }
	if path, err := Create(dir, "r", ".html", write); err != nil || path != filepath.Join(dir, fmt.Sprintf("r (%d).html", maxSame)) {
		t.Errorf("the last name: %s, %v", path, err)
	}
	write = func(w io.Writer) error { _, err := io.WriteString(w, "z"); return err }
	path, err = Create(dir, "r", ".html", write)
	var e *domain.Error
	if !errors.As(err, &e) || e.Kind != domain.KindDisk || e.Detail != filepath.Join(dir, "r.html") || e.Op == "" || path != "" {
		t.Errorf("no name is free: %s, %v", path, err)
	}
	if path, err := Create(dir, filepath.Join("yok", "r"), ".html", write); domain.KindOf(err) != domain.KindDisk || !errors.Is(err, fs.ErrNotExist) || path != "" {
		t.Errorf("no folder: %s, %v", path, err)
	}
	cause := errors.New("power cut")
	for _, c := range []struct {
		err  error
		kind domain.Kind
	}{{cause, domain.KindDisk}, {domain.E(domain.KindCancelled, "read", cause), domain.KindCancelled}} {
		path, err := Create(dir, "half", ".html", func(w io.Writer) error { _ = write(w); return c.err })
		if domain.KindOf(err) != c.kind || !errors.Is(err, cause) || path != "" {
			t.Errorf("%s, %v, want %s", path, err, c.kind)
		}
		if left, err := filepath.Glob(filepath.Join(dir, "half*")); err != nil || len(left) > 0 {
			t.Errorf("left behind: %v, %v", left, err)
		}
	}
}

// A kill at any moment leaves no file that looks whole, and none under the name that the next try will want.
func TestCreate_showsNothingBeforeItIsWhole(t *testing.T) {
	dir := t.TempDir()
	shown := func() (names []string) {
		all, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range all {
			if !strings.HasPrefix(f.Name(), ".") {
				names = append(names, f.Name())
			}
		}
		return names
	}
	path, err := Create(dir, "rapor", ".html", func(w io.Writer) error {
		_, err := io.WriteString(w, strings.Repeat("x", 100_000))
		if names := shown(); len(names) > 0 {
			t.Errorf("while it is written: %v", names)
		}
		return err
	})
	if err != nil || filepath.Base(path) != "rapor.html" {
		t.Fatal(path, err)
	}
	// What was written before the kill and noted nowhere is found again, not doubled.
	again, err := Create(dir, "rapor", ".html", func(w io.Writer) error {
		_, err := io.WriteString(w, strings.Repeat("x", 100_000))
		return err
	})
	if err != nil || again != path || len(shown()) != 1 {
		t.Errorf("%s, %v, %v", again, err, shown())
	}
}

// A file that others may read stays one.
func TestWrite_keepsWhoMayRead(t *testing.T) {
	if runtime.GOOS == "windows" {
		return
	}
	path := filepath.Join(t.TempDir(), "rapor.html")
	if err := errors.Join(os.WriteFile(path, nil, 0o600), os.Chmod(path, 0o664)); err != nil {
		t.Fatal(err)
	}
	if err := Write(path, func(w io.Writer) error { _, err := io.WriteString(w, "yeni"); return err }); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o664 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}
