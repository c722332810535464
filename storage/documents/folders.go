// Package documents keeps the files that the program makes for a person: among the person's documents, where they find them, else in
// the data folder, where the documents of invoices lie in any case.
package documents

import (
	"errors"
	"io"
	"io/fs"
	"path/filepath"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/disk"
)

// The names of our folders among the person's documents, and of those in a data folder that a person has named.
const (
	ours                  = "Sopyo"
	backupsAmongDocuments = "Yedek"
	backupsInData         = "backups"
	supportAmongDocuments = "Destek"
	supportInData         = "support"
)

// Folders are those of a data folder.
type Folders struct {
	Data string // the data folder
	// Named: a person has named it, and wants everything in it.
	Named bool
}

// Ours is our folder among the person's documents, which need not be there yet.
func (f Folders) Ours() (string, error) {
	dir, err := disk.Documents()
	return filepath.Join(dir, ours), err
}

// Backups is where backups are written by themselves.
func (f Folders) Backups() (string, error) { return f.inOurs(backupsInData, backupsAmongDocuments) }

// Support is where files for support are written.
func (f Folders) Support() (string, error) { return f.inOurs(supportInData, supportAmongDocuments) }

func (f Folders) inOurs(inData, amongDocuments string) (string, error) {
	if f.Named {
		return filepath.Join(f.Data, inData), nil
	}
	dir, err := f.Ours()
	return filepath.Join(dir, amongDocuments), err
}

// Reports takes what the person's documents do not take, all companies' files in folders of their own.
func (f Folders) Reports() string { return filepath.Join(f.Data, "reports") }

// Invoices is where the documents of a company's invoices lie.
func (f Folders) Invoices(id domain.CompanyID) string {
	return filepath.Join(f.Data, "documents", string(id))
}

// Erase removes the documents and reports of a company from the data folder, and counts the files.
func (f Folders) Erase(id domain.CompanyID) (n int, err error) {
	for _, folder := range []string{f.Invoices(id), filepath.Join(f.Reports(), string(id))} {
		err := filepath.WalkDir(folder, func(_ string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				n++
			}
			return nil //nolint:nilerr // a folder that is not there holds nothing; RemoveAll says the rest
		})
		if err := errors.Join(err, disk.RemoveAll(folder)); err != nil {
			return n, domain.E(domain.KindDisk, "erase the company", err)
		}
	}
	return n, nil
}

// Create writes a new file "stem 2026-11-26 1405" for the person about all companies, and gives its path.
func (f Folders) Create(stem, ending string, now time.Time, write func(io.Writer) error) (string, error) {
	dir, err := f.Ours()
	if err != nil {
		dir = f.Reports()
	}
	return disk.Create(dir, stamped(stem, now), ending, write)
}

// stamped is the name of a file that was made at a moment.
func stamped(stem string, now time.Time) string {
	return disk.Name(stem) + " " + now.In(domain.Istanbul).Format("2006-01-02 1504")
}
