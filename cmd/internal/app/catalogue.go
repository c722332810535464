package app

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files"
)

// Imported is what became of a product file.
type Imported = listing.Result

// FileProblem is something a person should look at in a line of the file.
type FileProblem = listing.Noted

// ImportFile takes the products of a CSV, XLSX or XML file into the catalogue, in one transaction: whatever
// goes wrong, the catalogue is as it was. Columns are found by their headers; chosen names some of
// them ("code" → header, number or letter). KindInvalid with Field "map": no column that a product can
// be known by was found; Detail lists the headers.
func (c *Company) ImportFile(ctx context.Context, path string, chosen map[listing.Field]string) (Imported, error) {
	f, err := files.Open(path)
	if err != nil {
		return Imported{}, err
	}
	defer f.Close() //nolint:errcheck // only read
	cols, err := files.Map(f.Header(), chosen)
	if err != nil {
		return Imported{}, err
	}
	if !known(cols) {
		unknown := domain.Invalid("map", "columns-unknown")
		unknown.Err = errors.New(strings.Join(f.Header(), ", "))
		return Imported{}, unknown
	}
	var out importing
	products, err := out.read(ctx, f, cols, func() {})
	if err != nil {
		return Imported{}, err
	}
	out.Added, out.Updated, out.Unchanged, err = c.Store.ImportWatched(ctx, filepath.Base(path), products, func(int) {})
	return out.Imported, err
}

// importing is a file on its way into the catalogue.
type importing struct{ Imported }

// known tells whether there is a column that a product can be known by.
func known(cols map[listing.Field]int) bool {
	for _, f := range []listing.Field{listing.Code, listing.Barcode, listing.Name} {
		if _, ok := cols[f]; ok {
			return true
		}
	}
	return false
}

// read gives the products of f, and notes what is wrong in which row; count is called for each row.
func (i *importing) read(ctx context.Context, f *files.File, cols map[listing.Field]int, count func()) ([]domain.Product, error) {
	var products []domain.Product
	for row, err := range files.Products(f, cols) {
		if err != nil {
			return nil, err
		}
		if err := ctx.Err(); err != nil {
			return nil, domain.E(domain.KindCancelled, "read the file", err)
		}
		i.Rows++
		count()
		for _, p := range row.Problems {
			i.Note(FileProblem{Problem: p, Line: row.Line, Refused: row.Refused})
		}
		if row.Refused {
			i.Refused++
			continue
		}
		products = append(products, row.Product)
	}
	if i.Rows == 0 {
		return nil, &domain.Error{Kind: domain.KindEmptyFile, Op: "read the file", Detail: "file.empty"}
	}
	return products, nil
}

// ExportFile writes the whole catalogue as XLSX or CSV, by the file's extension.
func (c *Company) ExportFile(ctx context.Context, path string) error {
	return files.WriteProducts(path, c.Store.AllProducts(ctx))
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
	_, err = c.ImportFile(ctx, path, nil)
	return err
}
