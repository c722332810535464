package files

import (
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/figure"
	"github.com/sopyo/sopyo-desktop/storage/files/table"
)

// markSample is how many rows are looked at to learn a column's decimal mark.
const markSample = 1000

// numbers are the fields that hold one.
func numbers() []listing.Field { return []listing.Field{listing.Price, listing.Stock, listing.VAT} }

// DecimalMark tells which mark the number columns of f go by: "," or ".", "" when nothing shows it.
func DecimalMark(f *File, cols listing.Columns) (string, error) {
	marks, err := findMarks(f, cols)
	if err != nil {
		return "", err
	}
	for _, field := range numbers() {
		if _, ok := cols[field]; ok && (marks[field] == figure.MarkPoint || marks[field] == figure.MarkComma) {
			return string(marks[field]), nil
		}
	}
	return "", nil
}

// findMarks learns the decimal mark of each number column. One that proves nothing goes by the others; if none does, it
// stays unknown, and a number that could be both is asked about. A column that has such numbers of both marks contradicts
// itself.
func findMarks(f *File, cols listing.Columns) (map[listing.Field]figure.Mark, error) {
	marks := map[listing.Field]figure.Mark{}
	if chosen := f.reading.Decimal; chosen != "" {
		for _, field := range numbers() {
			marks[field] = figure.Mark(chosen[0])
		}
		return marks, nil
	}
	unsure := map[listing.Field]figure.Mark{}
	n := 0
	for row, err := range f.Rows() {
		if err != nil {
			return nil, err
		}
		for _, field := range numbers() {
			for _, i := range cols[field] {
				if i >= len(row.Cells) || row.Numeric(i) || row.Beside(i).As != table.AsText {
					continue
				}
				proved, unproved := figure.MarkOf(row.Cells[i]), figure.UnsureOf(row.Cells[i])
				if field == listing.VAT { // no rate is a thousand
					proved = figure.Join(proved, unproved)
				}
				marks[field], unsure[field] = figure.Join(marks[field], proved), figure.Join(unsure[field], unproved)
			}
		}
		if n++; n == markSample {
			break
		}
	}
	file := figure.MarkUnknown
	for _, field := range numbers() {
		file = figure.Join(file, marks[field])
	}
	for _, field := range numbers() {
		switch {
		case marks[field] != figure.MarkUnknown:
		case file != figure.MarkUnknown:
			marks[field] = file
		case unsure[field] == figure.MarkMixed:
			marks[field] = figure.MarkMixed
		}
	}
	return marks, nil
}
