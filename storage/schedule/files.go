package schedule

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/unattended"
	"github.com/sopyo/sopyo-desktop/storage/disk"
)

// compare tells whether files, by their paths, are as they would be written now: On, or Off where none is there, else Other.
func compare(files map[string]string) (unattended.Standing, error) {
	missing, other := 0, 0
	for path, want := range files {
		got, err := os.ReadFile(path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			missing++
		case err != nil:
			return "", disk.Failed("read "+filepath.Base(path), err)
		case string(got) != want:
			other++
		}
	}
	switch {
	case missing == len(files):
		return unattended.Off, nil
	case missing+other > 0:
		return unattended.Other, nil
	default:
		return unattended.On, nil
	}
}

// put writes files, and the folders they need.
func put(files map[string]string) error {
	for path, text := range files {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return domain.E(domain.KindDisk, "make the folder of the scheduler", err)
		}
		if err := disk.Write(path, func(w io.Writer) error { _, err := io.WriteString(w, text); return err }); err != nil {
			return err
		}
	}
	return nil
}

// drop removes files; one that is not there is no error.
func drop(files map[string]string) error {
	for path := range files {
		if err := disk.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return disk.Failed("remove "+filepath.Base(path), err)
		}
	}
	return nil
}
