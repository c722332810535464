// Package backup says what a backup holds, which backups of a company are kept, what restoring one would do, and when
// the next is due. It knows no file and no cipher: storage/backup writes and reads what is described here
// (orders-invoices.md §10).
package backup

import (
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Format is the number of the form of files that this program writes; it reads this one and older ones.
const Format = 1

// Ending is that of the files' names.
const Ending = ".sopyoyedek"

// Manifest is what a file says of itself, before anything of a company is read.
type Manifest struct {
	Format int       `json:"format"`
	MadeAt time.Time `json:"made_at"`
	// HandOver: the company goes on where this file is restored, and where it was made no invoices are issued any more.
	HandOver  bool      `json:"hand_over"`
	Companies []Content `json:"companies"`
	// Parts are in the order in which they lie in the file, each company's database before its documents.
	Parts []Part `json:"parts"`
}

// Content is what a backup holds of a company.
type Content struct {
	ID       domain.CompanyID `json:"id"`
	Name     string           `json:"name"`
	TenantID string           `json:"tenant"`
	Demo     bool             `json:"demo"`
	Version  int              `json:"version"` // of its database: a program that knows only lower ones cannot open it
	Products int              `json:"products"`
	Orders   int              `json:"orders"`
	Invoices int              `json:"invoices"`
	// Documents are the PDFs and UBLs of invoices that lay on the machine.
	Documents int `json:"documents"`
	// Serial is that of the last attempt to invoice, 0 for none.
	Serial int64 `json:"serial"`
}

// Company is the company that the content is of.
func (c Content) Company() domain.Company {
	return domain.Company{ID: c.ID, Name: c.Name, Demo: c.Demo, TenantID: c.TenantID}
}

// Part is one file inside a backup.
type Part struct {
	Company domain.CompanyID `json:"company"`
	// Name is DatabasePart, or the path of a document from the company's folder of documents, with slashes.
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"` // hexadecimal
}

// DatabasePart is the name of the part that holds a company's database.
const DatabasePart = "company.db"

// Database tells whether the part is a company's database, not one of its documents.
func (p Part) Database() bool { return p.Name == DatabasePart }

// Size is how many bytes all parts have.
func (m Manifest) Size() int64 {
	var n int64
	for _, p := range m.Parts {
		n += p.Size
	}
	return n
}

// Made is a backup that was written.
type Made struct {
	Manifest
	Path string
	Size int64 // of the file, in bytes
}

// Standing is how a company's daily backups stand; the zero value: none was ever made.
type Standing struct {
	Company domain.Company
	// MadeAt is when the last was made, File its path, and CheckedAt when the program looked last: without a change none
	// is made.
	MadeAt    time.Time
	CheckedAt time.Time
	File      string
	// Failed is why the last try came to nothing, "" for none since.
	Failed domain.Kind
	// HandedOver is when the company was handed over to another machine, the zero time while it was not.
	HandedOver time.Time
}

// State is how the backups of the machine stand.
type State struct {
	// Folder is where they are written by themselves.
	Folder string
	// Protected: a password is kept. Without one no backup is made by itself.
	Protected bool
	// SessionOnly: there is no keyring, the password ends with the program.
	SessionOnly bool
	Companies   []Standing
}

// Last is the newest of the backups, the zero value where there is none.
func (s State) Last() (last Standing) {
	for _, c := range s.Companies {
		if c.MadeAt.After(last.MadeAt) {
			last = c
		}
	}
	return last
}

// Due gives the companies whose daily backup is due; the demo company has nothing to lose.
func (s State) Due(now time.Time) (due []domain.Company) {
	for _, c := range s.Companies {
		if !c.Company.Demo && !c.DueAt(now).After(now) {
			due = append(due, c.Company)
		}
	}
	return due
}

// DueAt tells when the company's next daily backup is to be looked at: at once where none was on that day in Istanbul,
// else at the beginning of the next one. A clock that was wrong makes it due.
func (s Standing) DueAt(now time.Time) time.Time {
	looked := s.CheckedAt
	if looked.IsZero() || looked.After(now) || domain.Day(looked).Before(domain.Day(now)) {
		return now
	}
	return domain.Day(now).AddDate(0, 0, 1)
}
