package documents

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/storage/disk"
)

// Invoices are the documents of a company's invoices: files in the data folder, by the month of the invoice.
type Invoices struct{ Company Company }

// endings are those of the documents' files.
var endings = map[issuing.DocumentKind]string{issuing.DocumentPDF: ".pdf", issuing.DocumentUBL: ".xml"}

func (i Invoices) path(r invoicing.Record, k issuing.DocumentKind) string {
	name := disk.Name(fmt.Sprintf("%s %s", r.Number, r.Remote)) + endings[k]
	return filepath.Join(i.Company.Folders.Invoices(i.Company.ID), r.Day().Format("2006-01"), name)
}

// Keep writes one, replacing what was there.
func (i Invoices) Keep(_ context.Context, r invoicing.Record, k issuing.DocumentKind, d domain.Document) error {
	return write("keep a document", i.path(r, k), d)
}

// Document reads one, ok = false where it is not kept.
func (i Invoices) Document(_ context.Context, r invoicing.Record, k issuing.DocumentKind) (_ domain.Document, ok bool, _ error) {
	path := i.path(r, k)
	content, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return domain.Document{}, false, nil
	case err != nil:
		return domain.Document{}, false, domain.E(domain.KindDisk, "read a document", err)
	}
	types := map[issuing.DocumentKind]string{issuing.DocumentPDF: "application/pdf", issuing.DocumentUBL: "application/xml"}
	return domain.Document{Name: filepath.Base(path), Type: types[k], Content: content}, true, nil
}

// Invoice is where a document of an invoice is saved unless a person names another place: among the company's documents.
func (c Company) Invoice(r invoicing.Record, k issuing.DocumentKind) (string, error) {
	dir, err := c.Folder()
	return filepath.Join(dir, disk.Name(r.Number)+endings[k]), err
}

// Save writes a document to the place that a person has named, whose folder is made.
func Save(path string, d domain.Document) error { return write("save a document", path, d) }

func write(op, path string, d domain.Document) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return domain.E(domain.KindDisk, op, err)
	}
	return disk.Write(path, func(w io.Writer) error {
		_, err := w.Write(d.Content)
		return err
	})
}
