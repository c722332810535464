package disk

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
)

// filled puts files into a folder by Write.
func filled(files map[string]string) func(string) error {
	return func(folder string) error {
		for name, text := range files {
			path := filepath.Join(folder, filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
				return err
			}
			if err := Write(path, func(w io.Writer) error { _, err := io.WriteString(w, text); return err }); err != nil {
				return err
			}
		}
		return nil
	}
}

func wantFolder(t *testing.T, folder string, files map[string]string) {
	t.Helper()
	names, err := listed(folder)
	if err != nil || len(names) != len(files) {
		t.Errorf("%s holds %v, %v", folder, names, err)
	}
	for name, text := range files {
		if raw, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(name))); err != nil || string(raw) != text {
			t.Errorf("%s/%s holds %q, %v", folder, name, raw, err)
		}
	}
}

// A folder that is there stays as it is; the same is not made twice, anything else gets a name of its own.
func TestCreateFolder_neverWritesOver(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "Paketler ş#")
	first := map[string]string{"a.txt": "1", "pdf/b.pdf": "2"}
	for i, c := range []struct {
		files map[string]string
		want  string
	}{
		{first, "Mayıs"},
		{first, "Mayıs"},
		{map[string]string{"a.txt": "1", "pdf/b.pdf": "3"}, "Mayıs (2)"},
		{map[string]string{"a.txt": "1"}, "Mayıs (3)"},
		{map[string]string{"a.txt": "1", "pdf/c.pdf": "2"}, "Mayıs (4)"},
		{map[string]string{"a.txt": "1", "pdf/b.pdf": "3"}, "Mayıs (2)"},
		{first, "Mayıs"},
	} {
		path, err := CreateFolder(dir, "Mayıs", filled(c.files))
		if err != nil || path != filepath.Join(dir, c.want) {
			t.Fatalf("%d: %s, %v", i, path, err)
		}
		wantFolder(t, path, c.files)
	}
	wantFolder(t, filepath.Join(dir, "Mayıs"), first)
	if left, err := os.ReadDir(dir); err != nil || len(left) != 4 {
		t.Errorf("left %v, %v", left, err)
	}
	if err := os.WriteFile(filepath.Join(dir, "Haziran"), []byte("a file"), 0o600); err != nil {
		t.Fatal(err)
	}
	if path, err := CreateFolder(dir, "Haziran", filled(first)); err != nil || path != filepath.Join(dir, "Haziran (2)") {
		t.Errorf("beside a file: %s, %v", path, err)
	}
}

// Of a folder that could not be filled nothing is left, not even half.
func TestCreateFolder_leavesNothingHalf(t *testing.T) {
	cause := errors.New("power cut")
	for kind, failed := range map[domain.Kind]error{
		domain.KindDisk: cause, domain.KindCancelled: domain.E(domain.KindCancelled, "write", cause),
	} {
		dir := t.TempDir()
		path, err := CreateFolder(dir, "Mayıs", func(folder string) error {
			return errors.Join(filled(map[string]string{"a.txt": "1", "pdf/b.pdf": "2"})(folder), failed)
		})
		if left, read := os.ReadDir(dir); domain.KindOf(err) != kind || !errors.Is(err, cause) || path != "" || read != nil || len(left) != 0 {
			t.Errorf("%q, %v, left %v, %v", path, err, left, read)
		}
	}
	file := filepath.Join(t.TempDir(), "a")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if path, err := CreateFolder(file, "Mayıs", filled(nil)); domain.KindOf(err) != domain.KindDisk || path != "" {
		t.Errorf("in a file: %q, %v", path, err)
	}
}

// symlink makes a link, or skips the test where there are none: Windows asks for a right, wine makes one that cannot be read.
func symlink(t *testing.T, to, link string) {
	t.Helper()
	if err := os.Symlink(to, link); err != nil {
		t.Skip(err)
	}
	if _, err := os.Readlink(link); err != nil && runtime.GOOS == "windows" {
		t.Skip(err)
	}
}

func TestCreateFolder_besideALinkToNowhere(t *testing.T) {
	dir := t.TempDir()
	symlink(t, filepath.Join(dir, "yok"), filepath.Join(dir, "Mayıs"))
	if path, err := CreateFolder(dir, "Mayıs", filled(nil)); err != nil || path != filepath.Join(dir, "Mayıs (2)") {
		t.Errorf("%s, %v", path, err)
	}
}
