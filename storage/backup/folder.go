package backup

import (
	"errors"
	"os"
	"path/filepath"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/backup"
)

// NextPath is the first of the names of a day that is free.
func NextPath(folder, name string) string {
	for n := 1; ; n++ {
		path := filepath.Join(folder, backup.NumberedName(name, n)+backup.Ending)
		if _, err := os.Lstat(path); err != nil {
			return path
		}
	}
}

// List gives the backups of a folder, those of every company, the newest first.
func List(folder string) (files []backup.File, err error) {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, domain.E(domain.KindDisk, "list the backups", err)
	}
	for _, e := range entries {
		f, ok := backup.ParseName(e.Name())
		if !ok {
			continue
		}
		info, err := e.Info()
		if err != nil || !info.Mode().IsRegular() {
			continue // gone meanwhile
		}
		f.Path, f.Size = filepath.Join(folder, e.Name()), info.Size()
		files = append(files, f)
	}
	backup.Newest(files)
	return files, nil
}
