package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files"
)

// Plan tells what Take would do now, and writes nothing.
func (c *Company) Plan(ctx context.Context, o listing.Order, count *listing.Count) (listing.Result, error) {
	f, err := files.OpenOrder(ctx, o)
	if err != nil {
		return listing.Result{}, err
	}
	defer f.Close() //nolint:errcheck // only read
	var r listing.Result
	r.Tally, err = c.Store.PlanImport(ctx, products(ctx, f, o.Mapping.Columns(), &r, count), count.Wrote)
	return r, err
}

// Take brings the products of a file into the catalogue, all of them or none.
func (c *Company) Take(ctx context.Context, o listing.Order, count *listing.Count) (listing.Result, error) {
	f, err := files.OpenOrder(ctx, o)
	if err != nil {
		return listing.Result{}, err
	}
	defer f.Close() //nolint:errcheck // only read
	return c.take(ctx, f, filepath.Base(o.Path), o.Mapping.Columns(), count)
}

// Refused writes the rows of an order that have problems, as they stand in the file, with their line and
// the reason, as an Excel file into the person's documents, and gives its path.
func (c *Company) Refused(ctx context.Context, o listing.Order) (string, error) {
	text, err := c.words(ctx)
	if err != nil {
		return "", err
	}
	f, err := files.OpenOrder(ctx, o)
	if err != nil {
		return "", err
	}
	defer f.Close() //nolint:errcheck // only read
	stem := strings.TrimSuffix(filepath.Base(o.Path), filepath.Ext(o.Path))
	path, err := exportPath(stem + "-" + text.T("import.errors.name"))
	if err != nil {
		return "", err
	}
	header := append([]string{text.T("import.errors.line"), text.T("import.errors.reason")}, f.Header()...)
	return path, files.WriteTable(path, header, func(yield func([]files.Cell, error) bool) {
		for row, err := range files.Products(f, o.Mapping.Columns()) {
			if err == nil && ctx.Err() != nil {
				err = domain.E(domain.KindCancelled, "write the rows with problems", ctx.Err())
			}
			if err != nil {
				yield(nil, err)
				return
			}
			if len(row.Problems) > 0 && !yield(refusedRow(text, row), nil) {
				return
			}
		}
	})
}

// refusedRow is a row of the file behind its line and what is wrong in it.
func refusedRow(text *assets.Text, row files.ProductRow) []files.Cell {
	var reasons []string
	for _, p := range row.Problems {
		reasons = append(reasons, text.T("import.problem", text.T("import.field."+string(p.Field)), text.T("file.reason."+string(p.Reason))))
	}
	cells := []files.Cell{files.Text(fmt.Sprint(row.Line)), files.Text(strings.Join(reasons, " "))}
	for _, c := range row.Cells {
		cells = append(cells, files.Text(c))
	}
	return cells
}

// preferenceLanguage is where the window keeps the language it speaks.
const preferenceLanguage = "language"

// words are those of files for the person, in the language the program was started in, else in the one
// the window was left in.
func (c *Company) words(ctx context.Context) (*assets.Text, error) { return c.app.text(ctx, "") }

// text are the words of lang; "" is the language of files for the person.
func (a *App) text(ctx context.Context, lang string) (*assets.Text, error) {
	if lang == "" {
		lang = a.options.Lang
	}
	if lang == "" {
		var err error
		if lang, err = a.Machine.Preference(ctx, preferenceLanguage); err != nil {
			return nil, err
		}
	}
	return assets.NewText(lang)
}

// exportPath gives the path of a new Excel file among the person's documents.
func exportPath(stem string) (string, error) { return documentPath(stem, ".xlsx") }

// documentPath gives the path of a new file among the person's documents.
func documentPath(stem, ending string) (string, error) {
	dir, err := exportDir()
	if err != nil {
		return "", domain.E(domain.KindDisk, "find the documents folder", err)
	}
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return "", domain.E(domain.KindDisk, "make the export folder", err)
	}
	return filepath.Join(dir, stem+"-"+time.Now().In(domain.Istanbul).Format("20060102-150405")+ending), nil
}
