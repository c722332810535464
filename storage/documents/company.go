package documents

import (
	"io"
	"path/filepath"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/disk"
)

// Company are the folders of one company.
type Company struct {
	Folders Folders
	ID      domain.CompanyID
	Stem    string // what its folders are called
}

// Folder is the company's folder among the person's documents, which need not be there yet.
func (c Company) Folder() (string, error) {
	dir, err := c.Folders.Ours()
	return filepath.Join(dir, c.Stem), err
}

// own takes the files of the company that the person's documents do not take.
func (c Company) own() string { return filepath.Join(c.Folders.Reports(), string(c.ID)) }

// Create writes a new file "stem 2026-11-26 1405" among the company's documents and gives its path. What these do not take, as
// Windows guards them from programs that it does not know, goes where reports go then.
func (c Company) Create(stem, ending string, now time.Time, write func(io.Writer) error) (string, error) {
	name := stamped(stem, now)
	dir, err := c.Folder()
	if err == nil {
		var path string
		if path, err = disk.Create(dir, name, ending, write); domain.KindOf(err) != domain.KindDisk {
			return path, err
		}
	}
	path, again := disk.Create(c.own(), name, ending, write)
	if again != nil {
		return "", err // what the person can mend is said
	}
	return path, nil
}

// Reports are where reports are saved, best first: name among the person's documents, where they find them, and every browser and
// mail program may read them (those of Ubuntu cannot look into hidden folders such as ours). Who names a data folder wants everything
// in it, and what documents do not take goes there too.
func (c Company) Reports(name string) []string {
	if c.Folders.Named {
		return []string{c.own()}
	}
	dir, err := c.Folders.Ours()
	if err != nil {
		return []string{c.own()}
	}
	return []string{filepath.Join(dir, name, c.Stem), c.own()}
}
