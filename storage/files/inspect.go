package files

import (
	"context"
	"os"
	"slices"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/refusal"
)

// Inspect looks at a product file without taking anything from it.
func (Folders) Inspect(ctx context.Context, path string, r listing.Reading) (listing.Found, error) {
	stamp, err := stampOf(path)
	if err != nil {
		return listing.Found{}, err
	}
	f, err := Open(ctx, path, r)
	if err != nil {
		return listing.Found{}, err
	}
	defer f.Close() //nolint:errcheck // only read
	info := f.Info()
	out := listing.Found{
		Path: path, Format: string(info.Format), Sheets: info.Sheets, HeaderRow: info.HeaderRow, Element: info.Element,
		Header: f.Header(), Mapping: make(listing.Mapping, len(f.Header())), Stamp: stamp,
		Reading: listing.Reading{
			Separator: info.Separator, Encoding: info.Encoding, Sheet: info.Sheet, Decimal: r.Decimal, HeaderRow: r.HeaderRow, Answers: r.Answers,
		},
	}
	if slices.ContainsFunc(f.asks, func(q listing.Question) bool { return q.Kind == listing.AskSheet }) { // nobody named one
		out.Reading.Sheet = r.Sheet
	}
	cols, err := f.mapped(nil)
	if err != nil {
		return listing.Found{}, err
	}
	for field, all := range cols {
		for _, i := range all {
			out.Mapping[i] = field
		}
	}
	if out.Reading.Decimal == "" {
		if out.Reading.Decimal, err = DecimalMark(f, cols); err != nil {
			return listing.Found{}, err
		}
	}
	n := 0
	for row, err := range Products(f, cols) {
		if err != nil {
			return listing.Found{}, err
		}
		if n++; n <= listing.SampleRows {
			out.Rows = append(out.Rows, listing.Row{Line: row.Line, Cells: row.Cells})
		}
		if n == markSample {
			break
		}
	}
	out.Account = f.Account()
	if err := ctx.Err(); err != nil { // sheets that are not taken were counted in part
		return listing.Found{}, domain.E(domain.KindCancelled, "read the file", err)
	}
	return out, nil
}

func stampOf(path string) (listing.Stamp, error) {
	info, err := os.Stat(path)
	if err != nil {
		return listing.Stamp{}, refusal.Looking(err)
	}
	return listing.Stamp{Size: info.Size(), ModifiedAt: info.ModTime()}, nil
}
