package files

import (
	"github.com/sopyo/sopyo-desktop/domain/exports"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/charset"
	"github.com/sopyo/sopyo-desktop/storage/files/shift"
	"github.com/sopyo/sopyo-desktop/storage/files/table"
)

// looked is what the first rows of a file show of all of them.
type looked struct {
	escaped map[listing.Field]bool // texts that may be escaped as HTML
	shifted *shift.Rows            // CSV
}

// look reads the first rows. A text column is taken for escaped if none of them has a sign that escaped text cannot have; one
// of our own files is not: a name may have been &amp; in the catalogue.
func look(f *File, cols listing.Columns) (*looked, error) {
	l := &looked{escaped: map[listing.Field]bool{listing.Name: true, listing.Brand: true}}
	if f.info.Format == table.XML { // it is usual there, and was so in every feed
		return l, nil
	}
	if exports.IsProducts(f.header) {
		clear(l.escaped)
	}
	if f.info.Format == table.CSV {
		l.shifted = shift.New(f.info.Separator, f.header, cols)
	}
	n := 0
	var wide, tailed [][]string
	for row, err := range f.Rows() {
		if err != nil {
			return nil, err
		}
		if l.shifted != nil {
			row.Cells = padded(l.shifted.Whole(row.Cells), len(f.header))
			switch {
			case l.shifted.Surplus(row.Cells) > 0:
				wide = append(wide, row.Cells)
			case len(row.Cells) > len(f.header):
				tailed = append(tailed, row.Cells)
			default:
				l.shifted.Learn(row.Cells)
			}
		}
		for field := range l.escaped {
			for _, i := range cols[field] {
				if i < len(row.Cells) && !l.tooWide(row) && charset.NotEscaped(row.Cells[i]) {
					l.escaped[field] = false
				}
			}
		}
		if n++; n == markSample {
			break
		}
	}
	if l.shifted != nil {
		l.shifted.LearnTails(tailed, n)
	}
	for _, cells := range wide { // what is certain of them may tell of the others
		if mended, ok := l.shifted.Mend(cells); ok {
			l.shifted.Learn(mended)
		}
	}
	return l, nil
}

func (l *looked) tooWide(row table.Row) bool {
	return l.shifted != nil && l.shifted.Surplus(row.Cells) > 0
}

// mended puts a row right that has too many cells; ok = false when it cannot be. It tells the account what was made of it.
func (l *looked) mended(row table.Row, account *account) (mended table.Row, ok bool) {
	if l.shifted != nil {
		was := len(row.Cells)
		row.Cells = l.shifted.Whole(row.Cells)
		joined := len(row.Cells) < was
		if l.tooWide(row) {
			cells, ok := l.shifted.Mend(row.Cells)
			if !ok {
				return row, false
			}
			row.Cells, joined = cells, true
		}
		if was := len(row.Cells); !joined && was > l.shifted.Width() {
			cells, ok := l.shifted.Tail(row.Cells)
			if !ok {
				return row, false
			}
			row.Cells, joined = cells, len(cells) < was
		}
		if joined {
			account.note(listing.NoteShifted, table.WholeFile, l.shifted.Line(row.Cells))
			row.Cells = padded(row.Cells, l.shifted.Width())
		}
	}
	for _, n := range row.Notes {
		account.note(n.Kind, n.Column, n.Cell)
	}
	return row, true
}
