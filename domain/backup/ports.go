package backup

import (
	"context"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Machine lists the companies of this machine.
type Machine interface {
	Companies(ctx context.Context) ([]domain.Company, error)
	// SaveCompany adds a company or replaces what is known of it.
	SaveCompany(ctx context.Context, c domain.Company) error
	// InvoiceMark gives the serial of the last attempt to invoice, and when it was.
	InvoiceMark(ctx context.Context, id domain.CompanyID) (serial int64, at time.Time, err error)
	SaveInvoiceMark(ctx context.Context, id domain.CompanyID, serial int64, at time.Time) error
}

// Folder is where backups lie.
type Folder interface {
	// Path is where they are written by themselves.
	Path() (string, error)
	// List gives them, those of every company, the newest first.
	List() ([]File, error)
	// Next is the first path of that name that is free; its folder is made.
	Next(name string) (string, error)
	Remove(path string) error
}

// Packer makes backups.
type Packer interface {
	// Exclusively does work on backups while nobody else on this data folder does. KindBusy (detail "backup"): somebody
	// does. What was left by a kill is removed first.
	Exclusively(ctx context.Context, work func() error) error
	// Gather copies what a backup of companies is to hold.
	Gather(ctx context.Context, m Manifest, all []domain.Company, p *Progress) (Gathered, error)
}

// Gathered is what will be in a backup. It is to be closed.
type Gathered interface {
	// Digest is the same for the same content.
	Digest() string
	// Write writes it to the file at path, which stays until the new one is whole and was read back.
	Write(ctx context.Context, path string, password domain.Secret, p *Progress) (Made, error)
	Close() error
}

// Reader reads backups. version is the newest of a database that this program knows.
type Reader interface {
	// Holds tells whether there is a file at path.
	Holds(path string) bool
	// Read gives the manifest of the file at path.
	Read(ctx context.Context, path string, password domain.Secret, version int) (Manifest, error)
	// Unpack reads the whole file into the folder dir: ID.db, and its documents in ID, which is there in any case.
	Unpack(ctx context.Context, path string, password domain.Secret, version int, dir string, p *Progress) (Manifest, error)
}

// Databases are the companies' files.
type Databases interface {
	// NewestVersion is the newest that this program knows.
	NewestVersion() (int, error)
	// HandedOver tells since when a company is another machine's, the zero time while it is not.
	HandedOver(ctx context.Context, id domain.CompanyID) (time.Time, error)
	// SetAside moves a company's file to those of the removed, and gives its path there.
	SetAside(id domain.CompanyID, now time.Time) (string, error)
	// Settle makes the database at path, which was unpacked, ready to be the company's, and gives the serial of its last
	// attempt to invoice.
	Settle(ctx context.Context, path string, m Manifest, c domain.Company) (serial int64, err error)
}

// Replacement is one company that takes its place.
type Replacement struct {
	ID domain.CompanyID `json:"id"` // that it was unpacked under
	As domain.Company   `json:"as"` // that it is from now on
	// Serial and At are the mark by which its invoices wait until İşbaşı was asked (orders-invoices.md §5).
	Serial int64     `json:"serial"`
	At     time.Time `json:"at"`
}

// Register makes a company known to the machine, with its mark. It may be called again.
type Register func(ctx context.Context, r Replacement) error

// Swap puts unpacked companies into the place of those that are there; a kill leaves the old state or the new one whole.
type Swap interface {
	// Unpacked is the folder into which a backup is unpacked.
	Unpacked() string
	// Pending tells whether a swap was begun and has not come to its end.
	Pending() bool
	Do(ctx context.Context, all []Replacement, register Register) error
	// Resume goes on with what a kill has cut off, and removes what it has left.
	Resume(ctx context.Context, register Register) error
}

// Locks take companies for this process. KindBusy: another one has it.
type Locks interface {
	Take(id domain.CompanyID) (release func() error, err error)
}
