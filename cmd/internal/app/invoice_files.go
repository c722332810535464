package app

import (
	"context"
	"io"
	"os"
	"path/filepath"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/storage/disk"
)

// InvoiceFilePath is where a document of an invoice is saved among the person's documents unless they name another
// place: a folder of its own, by the invoice's number.
func (c *Company) InvoiceFilePath(ctx context.Context, id int64, k issuing.DocumentKind) (string, error) {
	r, err := c.Record(ctx, id)
	if err != nil {
		return "", err
	}
	w, err := c.app.words(ctx, "")
	if err != nil {
		return "", err
	}
	dir, err := c.documents()
	return filepath.Join(dir, disk.Name(w.T("invoices.folder")), invoiceFileName(r, k)), err
}

func invoiceFileName(r invoicing.Record, k issuing.DocumentKind) string {
	return disk.Name(r.Number) + documentEnding(k)
}

// SaveInvoiceFile writes a document of an invoice there, fetched if it is not kept here; into a folder that is there
// under its own name. KindState: İşbaşı does not have it yet; KindInvalid (field "path"): that is no whole path.
func (c *Company) SaveInvoiceFile(ctx context.Context, id int64, k issuing.DocumentKind, path string) error {
	if !filepath.IsAbs(path) {
		return domain.Invalid("path", "whole-path")
	}
	d, err := c.DocumentOf(ctx, id, k)
	if err != nil {
		return err
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		r, err := c.Record(ctx, id)
		if err != nil {
			return err
		}
		path = filepath.Join(path, invoiceFileName(r, k))
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return domain.E(domain.KindDisk, "save a document", err)
	}
	return disk.Write(path, func(w io.Writer) error {
		_, err := w.Write(d.Content)
		return err
	})
}
