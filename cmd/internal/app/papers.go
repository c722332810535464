package app

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

// papers are the documents of a company's invoices: files in the data folder, by the month of the invoice.
type papers struct{ c *Company }

func (p papers) path(r invoicing.Record, k issuing.DocumentKind) string {
	name := disk.Name(fmt.Sprintf("%s %s", r.Number, r.Remote)) + documentEnding(k)
	return filepath.Join(p.c.app.dir, "documents", string(p.c.Info.ID), r.Day().Format("2006-01"), name)
}

func documentEnding(k issuing.DocumentKind) string {
	return map[issuing.DocumentKind]string{issuing.DocumentPDF: ".pdf", issuing.DocumentUBL: ".xml"}[k]
}

// Keep writes one, replacing what was there.
func (p papers) Keep(_ context.Context, r invoicing.Record, k issuing.DocumentKind, d domain.Document) error {
	path := p.path(r, k)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return domain.E(domain.KindDisk, "keep a document", err)
	}
	return disk.Write(path, func(w io.Writer) error {
		_, err := w.Write(d.Content)
		return err
	})
}

// Document reads one.
func (p papers) Document(_ context.Context, r invoicing.Record, k issuing.DocumentKind) (domain.Document, bool, error) {
	path := p.path(r, k)
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
