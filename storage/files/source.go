package files

import (
	"context"
	"errors"

	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// OpenOrder is the function of that name, for a listing.Importer.
func (Folders) OpenOrder(ctx context.Context, o listing.Order) (listing.Source, error) {
	f, err := OpenOrder(ctx, o)
	if err != nil {
		return listing.Source{}, err
	}
	return f.source(o.Mapping.Columns()), nil
}

// OpenChosen opens a file whose columns Map finds.
func (Folders) OpenChosen(ctx context.Context, path string, chosen map[listing.Field]string) (listing.Source, error) {
	f, err := Open(ctx, path, listing.Reading{})
	if err != nil {
		return listing.Source{}, err
	}
	columns, err := Map(f.Header(), chosen)
	if err != nil {
		return listing.Source{}, errors.Join(err, f.Close())
	}
	return f.source(columns), nil
}

func (f *File) source(columns map[listing.Field]int) listing.Source {
	return listing.Source{Header: f.Header(), Columns: columns, Rows: Products(f, columns), Close: f.Close}
}

// OpenPlan is the function of that name, for transfer.Jobs.
func (Folders) OpenPlan(path string) (transfer.PlanFile, error) {
	p, err := OpenPlan(path)
	if err != nil {
		return transfer.PlanFile{}, err
	}
	return transfer.PlanFile{Document: p.Document, Checksum: p.Checksum, Rows: p.Rows(), Close: p.Close}, nil
}
