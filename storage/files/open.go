package files

import (
	"context"
	"errors"
	"path/filepath"

	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/csv"
	"github.com/sopyo/sopyo-desktop/storage/files/document"
	"github.com/sopyo/sopyo-desktop/storage/files/feed"
	"github.com/sopyo/sopyo-desktop/storage/files/refusal"
	"github.com/sopyo/sopyo-desktop/storage/files/table"
)

// Open finds out what path is, by its content, and reads its header: the row that r names, else that with most known columns
// among the first 20, else the first row that is not empty; in XML the paths below the element that is a
// product. What r leaves out is found out too. The file is read until ctx ends, then KindCancelled is the
// error. Others are domain.KindFile, also for a list of orders or a payment report, or domain.KindEmptyFile when there is no row below the header; their Detail is a translation key
// "file.…" and their Field, where there is one, the line. KindInvalid: there is no such separator, encoding,
// decimal mark, sheet or header row (XML has none).
func Open(ctx context.Context, path string, r listing.Reading) (*File, error) {
	return openBy(ctx, path, r, headerSearcher{})
}

// openBy is Open for a person who has named columns.
func openBy(ctx context.Context, path string, r listing.Reading, h headerSearcher) (*File, error) {
	if err := table.CheckReading(r); err != nil {
		return nil, err
	}
	name := filepath.Base(path)
	doc, err := document.Open(ctx, path)
	if err != nil {
		return nil, refusal.Located(name, err)
	}
	return understand(doc, name, r, h)
}

// understand takes doc over, and closes it when it is no product file.
func understand(doc *document.Document, name string, r listing.Reading, h headerSearcher) (*File, error) {
	f, err := open(doc, r, h)
	if err == nil {
		err = f.foreign
	}
	if err != nil {
		return nil, refusal.Located(name, errors.Join(doc.Excuse(err), doc.Close()))
	}
	f.name, f.doc, f.reading = name, doc, r
	return f, nil
}

func open(doc *document.Document, r listing.Reading, h headerSearcher) (*File, error) {
	if doc.Size == 0 {
		return nil, refusal.Empty()
	}
	kind, err := table.Sniff(doc)
	if err != nil {
		return nil, err
	}
	switch kind {
	case table.XLSX:
		return openXLSX(doc, r, h)
	case table.XML:
		if r.HeaderRow > 0 {
			return nil, table.UnknownHeaderRow()
		}
		f, err := feed.Open(doc, r.Answers)
		if err != nil {
			return nil, err
		}
		return &File{src: f, info: f.Info, header: f.Header, asks: f.Asks, besides: f.Besides}, nil
	}
	src, info, err := csv.Open(doc, r, h.score)
	if err != nil {
		return nil, err
	}
	info.HeaderRow = r.HeaderRow
	return newFile(src, info, h)
}
