package app

import (
	"bytes"
	"context"
	"errors"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/exports"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/disk"
	"github.com/sopyo/sopyo-desktop/storage/files"
)

// ImportFile takes the products of a CSV, XLSX or XML file into the catalogue, in one transaction: whatever
// goes wrong, the catalogue is as it was. Columns are found by their headers; chosen names some of
// them ("code" → header, number or letter). KindInvalid with Field "map": no column that a product can
// be known by was found; Detail lists the headers.
func (c *Company) ImportFile(ctx context.Context, path string, chosen map[listing.Field]string, count *listing.Count) (listing.Result, error) {
	f, err := files.Open(ctx, path, listing.Reading{})
	if err != nil {
		return listing.Result{}, err
	}
	defer f.Close() //nolint:errcheck // only read
	cols, err := files.Map(f.Header(), chosen)
	if err != nil {
		return listing.Result{}, err
	}
	if !known(cols) {
		unknown := domain.Invalid("map", "columns-unknown")
		unknown.Err = errors.New(strings.Join(f.Header(), ", "))
		return listing.Result{}, unknown
	}
	return c.take(ctx, f, filepath.Base(path), cols, count)
}

// known tells whether there is a column that a product can be known by.
func known(cols map[listing.Field]int) bool {
	for _, f := range []listing.Field{listing.Code, listing.Barcode, listing.Name} {
		if _, ok := cols[f]; ok {
			return true
		}
	}
	return false
}

// take brings the products of f into the catalogue.
func (c *Company) take(ctx context.Context, f *files.File, name string, cols map[listing.Field]int, count *listing.Count) (listing.Result, error) {
	var r listing.Result
	var err error
	r.Tally, err = c.Store.ImportProducts(ctx, name, products(ctx, f, cols, &r, count), count.Wrote)
	return r, err
}

// products streams the products of f, and notes in r the rows, and what is wrong in which.
func products(ctx context.Context, f *files.File, cols map[listing.Field]int, r *listing.Result, count *listing.Count) iter.Seq2[domain.Product, error] {
	return func(yield func(domain.Product, error) bool) {
		for row, err := range files.Products(f, cols) {
			if err == nil && ctx.Err() != nil {
				err = domain.E(domain.KindCancelled, "read the file", ctx.Err())
			}
			if err != nil {
				yield(domain.Product{}, err)
				return
			}
			r.Rows++
			count.Read()
			for _, p := range row.Problems {
				r.Note(listing.Noted{Problem: p, Line: row.Line, Refused: row.Refused})
			}
			if row.Refused {
				r.Refused++
			} else if !yield(row.Product, nil) {
				return
			}
		}
		if r.Rows == 0 {
			yield(domain.Product{}, &domain.Error{Kind: domain.KindEmptyFile, Op: "read the file", Detail: "file.empty"})
		}
	}
}

// ExportFile writes the whole catalogue as XLSX or CSV, by the file's extension.
func (c *Company) ExportFile(ctx context.Context, path string) error {
	w, err := c.words(ctx)
	if err != nil {
		return err
	}
	t := exports.Products(w, c.Store.AllProducts(ctx))
	return disk.Write(path, func(out io.Writer) error { return files.WriteTable(out, filepath.Ext(path), t.Header(w), t.Rows) })
}

// importDemo fills the demo company's catalogue.
func (c *Company) importDemo(ctx context.Context) error {
	dir, err := os.MkdirTemp("", "sopyo-demo-")
	if err != nil {
		return domain.E(domain.KindDisk, "unpack the demo catalogue", err)
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a temporary folder
	path := filepath.Join(dir, "catalogue.csv")
	if err := os.WriteFile(path, bytes.Clone(assets.DemoCatalogue()), 0o600); err != nil {
		return domain.E(domain.KindDisk, "unpack the demo catalogue", err)
	}
	_, err = c.ImportFile(ctx, path, nil, &listing.Count{})
	return err
}
