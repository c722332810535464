package files

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/mapping"
	"github.com/sopyo/sopyo-desktop/storage/files/table"
)

// OpenOrder opens the file of an order, if it still is the one that was looked at.
func (Folders) OpenOrder(ctx context.Context, o listing.Order) (listing.Source, error) {
	if !o.Mapping.Known() {
		return listing.Source{}, domain.Invalid("mapping", "mapping-unknown")
	}
	stamp, err := stampOf(o.Path)
	if err != nil {
		return listing.Source{}, err
	}
	if !stamp.Same(o.Stamp) {
		return listing.Source{}, domain.Invalid("path", "file-changed")
	}
	f, err := Open(ctx, o.Path, o.Reading)
	if err != nil {
		return listing.Source{}, err
	}
	if len(f.Header()) != len(o.Mapping) {
		return listing.Source{}, errors.Join(domain.Invalid("path", "file-changed"), f.Close())
	}
	columns, err := f.answered(mapping.Ordered(f.Header(), o.Mapping.Columns(), o.Reading.Answers))
	if err != nil {
		return listing.Source{}, errors.Join(err, f.Close())
	}
	return f.source(columns), nil
}

// OpenChosen opens a file whose columns Map finds, and those that their cells show. The header is found by the names that are
// chosen too.
func (Folders) OpenChosen(ctx context.Context, path string, r listing.Reading, chosen map[listing.Field]string) (listing.Source, error) {
	f, err := openBy(ctx, path, r, searcherOf(chosen))
	if err != nil {
		return listing.Source{}, err
	}
	columns, err := f.mapped(chosen)
	if err != nil {
		return listing.Source{}, errors.Join(err, f.Close())
	}
	return f.source(columns), nil
}

// mapped finds the columns by the header, by what a person chose and answered, and by their cells.
func (f *File) mapped(chosen map[listing.Field]string) (listing.Columns, error) {
	columns, err := mapping.Chosen(f.Header(), chosen)
	if err != nil {
		return nil, err
	}
	if f.info.Format == table.XML {
		withoutPaths(f.Header(), columns, chosen)
	}
	f.chosen = len(chosen) > 0
	mapping.Answer(f.Header(), columns, f.reading.Answers)
	if columns, err = f.answered(columns); err != nil {
		return nil, err
	}
	if _, own := chosen[listing.State]; !own {
		err = f.findStates(columns)
	}
	if _, own := chosen[listing.Currency]; !own && err == nil {
		if err = f.withoutRates(columns); err == nil {
			err = f.findCurrency(columns)
		}
	}
	return columns, err
}

// withoutPaths leaves out the columns of a feed that are one of several of an element, by its place or its type: price[USD]. Which
// of them counts was said when the feed was laid out.
func withoutPaths(header []string, columns listing.Columns, chosen map[listing.Field]string) {
	for f, all := range columns {
		if _, own := chosen[f]; own {
			continue
		}
		if all = slices.DeleteFunc(all, func(i int) bool { return strings.Contains(header[i], "[") }); len(all) > 0 {
			columns[f] = all
		} else {
			delete(columns, f)
		}
	}
}

func (f *File) source(columns listing.Columns) listing.Source {
	return listing.Source{Header: f.Header(), Columns: columns, Rows: Products(f, columns), Account: f.Account, Close: f.Close}
}
