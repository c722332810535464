package app

import (
	"context"
	"iter"
	"path/filepath"
	"strings"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain/exports"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/domain/words"
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
// the reason, as an Excel file among the company's documents, and gives its path.
func (c *Company) Refused(ctx context.Context, o listing.Order) (string, error) {
	f, err := files.OpenOrder(ctx, o)
	if err != nil {
		return "", err
	}
	defer f.Close() //nolint:errcheck // only read
	stem := strings.TrimSuffix(filepath.Base(o.Path), filepath.Ext(o.Path))
	return c.export(ctx, "", func(w words.Words) exports.Table {
		return exports.Refused(w, stem, f.Header(), refusedRows(files.Products(f, o.Mapping.Columns())))
	})
}

// refusedRows are those that have problems.
func refusedRows(rows iter.Seq2[files.ProductRow, error]) iter.Seq2[exports.RefusedRow, error] {
	return func(yield func(exports.RefusedRow, error) bool) {
		for row, err := range rows {
			if err == nil && len(row.Problems) == 0 {
				continue
			}
			if !yield(exports.RefusedRow{Line: row.Line, Problems: row.Problems, Cells: row.Cells}, err) {
				return
			}
		}
	}
}

// preferenceLanguage is where the window keeps the language it speaks.
const preferenceLanguage = "language"

// words are those of files for the person, in the language the program was started in, else in the one
// the window was left in.
func (c *Company) words(ctx context.Context) (words.Words, error) {
	text, err := c.app.text(ctx, "")
	if err != nil {
		return words.Words{}, err
	}
	return words.New(text.Lang, text.T), nil
}

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
