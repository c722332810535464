package disk

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
)

// What keeps a file from being written is said with its place: nobody looks for room where a folder is missing.
func TestWrite_saysWhatIsInTheWayAndWhere(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "dosya")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	some := func(w io.Writer) error { _, err := io.WriteString(w, "x"); return err }
	written := func(path string) error { return Write(path, some) }
	created := func(path string) error { _, err := Create(filepath.Dir(path), "a", ".txt", some); return err }
	folded := func(path string) error {
		_, err := CreateFolder(filepath.Dir(path), "a", func(string) error { return nil })
		return err
	}
	for name, c := range map[string]struct {
		do            func(path string) error
		path          string
		field, detail string
	}{
		"a folder that is not there":      {written, filepath.Join(dir, "yok", "a.txt"), domain.AtNoFolder, filepath.Join(dir, "yok")},
		"a folder in its place":           {written, dir, domain.AtFolder, dir},
		"a file as its folder":            {written, filepath.Join(file, "a.txt"), domain.AtFile, file},
		"a file far above":                {created, filepath.Join(file, "b", "c", "a.txt"), domain.AtFile, file},
		"a file as the folder of a new":   {created, filepath.Join(file, "a.txt"), domain.AtFile, file},
		"a file as the folder of folders": {folded, filepath.Join(file, "a"), domain.AtFile, file},
		"no right":                        {func(path string) error { return Refused("write", path, syscall.EACCES) }, filepath.Join(dir, "a"), domain.AtNoRight, dir},
		"a disk for reading":              {func(path string) error { return Refused("write", path, syscall.EROFS) }, filepath.Join(dir, "a"), domain.AtNoRight, dir},
		"no room":                         {func(path string) error { return Refused("write", path, syscall.ENOSPC) }, filepath.Join(dir, "a"), "", "full"},
		"anything else":                   {func(path string) error { return Refused("write", path, io.ErrShortWrite) }, filepath.Join(dir, "a"), "", ""},
	} {
		var e *domain.Error
		if err := c.do(c.path); !errors.As(err, &e) || e.Kind != domain.KindDisk || e.Field != c.field || e.Detail != c.detail {
			t.Errorf("%s: %+v, want %s %s", name, err, c.field, c.detail)
		}
	}
}
