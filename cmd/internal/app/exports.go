package app

import (
	"context"
	"io"
	"path/filepath"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain/exports"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/storage/disk"
	"github.com/sopyo/sopyo-desktop/storage/files/export"
	"github.com/sopyo/sopyo-desktop/storage/sqlite"
)

// lists are what a company's lists are read from.
type lists struct {
	*sqlite.Company
	*pricing.Engine
}

func (c *Company) newExporter() *exports.Exporter {
	return exports.NewExporter(lists{c.Store, c.Engine}, exports.Files{Words: c.app.words, Create: c.create, Write: disk.Write, Encode: export.Write})
}

// create writes a new file among the company's documents.
func (c *Company) create(stem, ending string, write func(io.Writer) error) (string, error) {
	return c.documents.Create(stem, ending, c.app.now(), write)
}

// Refused writes the rows of an order that have problems, as they stand in the file, with their line and
// the reason, as an Excel file among the company's documents, and gives its path.
func (c *Company) Refused(ctx context.Context, o listing.Order) (string, error) {
	f, err := c.OpenOrder(ctx, o)
	if err != nil {
		return "", err
	}
	defer f.Close() //nolint:errcheck // only read
	stem := strings.TrimSuffix(filepath.Base(o.Path), filepath.Ext(o.Path))
	return c.Create(ctx, "", func(w words.Words) exports.Table { return exports.Refused(w, stem, f.Header, f.WithProblems()) })
}

// ExportCompanies writes how the companies of this machine stand as an Excel file in the words of lang into our folder among the
// person's documents, and gives its path.
func (a *App) ExportCompanies(ctx context.Context, lang string, all []exports.Company) (string, error) {
	w, err := a.words(ctx, lang)
	if err != nil {
		return "", err
	}
	t := exports.Companies(w, all)
	const ending = ".xlsx"
	return a.folders.Create(t.Name, ending, a.now(), func(out io.Writer) error { return export.Write(out, ending, t.Header(w), t.Rows) })
}
