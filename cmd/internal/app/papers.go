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

// endings are those of the documents' files.
var endings = map[issuing.DocumentKind]string{issuing.DocumentPDF: ".pdf", issuing.DocumentUBL: ".xml"}

func (p papers) path(r invoicing.Record, k issuing.DocumentKind) string {
	name := disk.Name(fmt.Sprintf("%s %s", r.Number, r.Remote)) + endings[k]
	return filepath.Join(p.c.app.dir, "documents", string(p.c.Info.ID), r.Day().Format("2006-01"), name)
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

// InvoiceFilePath is where a document of an invoice is saved unless a person names another place: among the company's
// documents.
func (c *Company) InvoiceFilePath(ctx context.Context, id int64, k issuing.DocumentKind) (string, error) {
	r, err := c.Record(ctx, id)
	if err != nil {
		return "", err
	}
	dir, err := c.documents()
	return filepath.Join(dir, disk.Name(r.Number)+endings[k]), err
}

// SaveInvoiceFile writes a document of an invoice to path, fetched if it is not kept here (one read). KindState: İşbaşı
// does not have it yet; KindInvalid (field "path"): it begins nowhere, and would end up wherever the program was started.
func (c *Company) SaveInvoiceFile(ctx context.Context, id int64, k issuing.DocumentKind, path string) error {
	if !filepath.IsAbs(path) {
		return domain.Invalid("path", "whole-path")
	}
	d, err := c.DocumentOf(ctx, id, k)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return domain.E(domain.KindDisk, "save a document", err)
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
