package app

import (
	"context"
	"errors"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/exports"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/storage/files"
)

// Inspect looks at a product file without taking anything from it.
func (c *Company) Inspect(ctx context.Context, path string, r listing.Reading) (listing.Found, error) {
	stamp, err := stampOf(path)
	if err != nil {
		return listing.Found{}, err
	}
	f, err := files.Open(ctx, path, r)
	if err != nil {
		return listing.Found{}, err
	}
	defer f.Close() //nolint:errcheck // only read
	info := f.Info()
	out := listing.Found{
		Path: path, Format: string(info.Format), Sheets: info.Sheets, HeaderRow: info.HeaderRow, Element: info.Element,
		Header: f.Header(), Mapping: make(listing.Mapping, len(f.Header())), Stamp: stamp,
		Reading: listing.Reading{Separator: info.Separator, Encoding: info.Encoding, Sheet: info.Sheet, Decimal: r.Decimal},
	}
	cols := files.Columns(f.Header())
	for field, i := range cols {
		out.Mapping[i] = field
	}
	if out.Reading.Decimal == "" {
		if out.Reading.Decimal, err = files.DecimalMark(f, cols); err != nil {
			return listing.Found{}, err
		}
	}
	for row, err := range f.Rows() {
		if err != nil {
			return listing.Found{}, err
		}
		out.Rows = append(out.Rows, listing.Row{Line: row.Line, Cells: row.Cells})
		if len(out.Rows) == listing.SampleRows {
			break
		}
	}
	return out, nil
}

// Plan tells what Take would do now, and writes nothing.
func (c *Company) Plan(ctx context.Context, o listing.Order, count *listing.Count) (listing.Result, error) {
	f, err := openOrder(ctx, o)
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
	f, err := openOrder(ctx, o)
	if err != nil {
		return listing.Result{}, err
	}
	defer f.Close() //nolint:errcheck // only read
	return c.take(ctx, f, filepath.Base(o.Path), o.Mapping.Columns(), count)
}

// openOrder opens the file of an order, if it still is the one that was looked at.
func openOrder(ctx context.Context, o listing.Order) (*files.File, error) {
	if !o.Mapping.Known() {
		return nil, domain.Invalid("mapping", "mapping-unknown")
	}
	stamp, err := stampOf(o.Path)
	if err != nil {
		return nil, err
	}
	if !stamp.Same(o.Stamp) {
		return nil, domain.Invalid("path", "file-changed")
	}
	f, err := files.Open(ctx, o.Path, o.Reading)
	if err != nil {
		return nil, err
	}
	if len(f.Header()) != len(o.Mapping) {
		return nil, domain.Wrap(domain.Invalid("path", "file-changed"), "close: %v", f.Close())
	}
	return f, nil
}

// Refused writes the rows of an order that have problems, as they stand in the file, with their line and
// the reason, as an Excel file among the company's documents, and gives its path.
func (c *Company) Refused(ctx context.Context, o listing.Order) (string, error) {
	f, err := openOrder(ctx, o)
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

func stampOf(path string) (listing.Stamp, error) {
	info, err := os.Stat(path)
	if err != nil {
		return listing.Stamp{}, fileError(err)
	}
	return listing.Stamp{Size: info.Size(), ModifiedAt: info.ModTime()}, nil
}

func fileError(err error) error {
	key := "file.unreadable"
	switch {
	case errors.Is(err, fs.ErrNotExist):
		key = "file.not-found"
	case errors.Is(err, fs.ErrPermission):
		key = "file.no-permission"
	}
	return &domain.Error{Kind: domain.KindFile, Op: "look at the file", Detail: key, Err: err}
}
