package files

import "github.com/sopyo/sopyo-desktop/domain/listing"

// markSample is how many rows are looked at to learn a column's decimal mark.
const markSample = 1000

// numbers are the fields that hold one.
func numbers() []listing.Field { return []listing.Field{listing.Price, listing.Stock, listing.VAT} }

// DecimalMark tells which mark the number columns of f go by: "," or ".", "" when nothing shows it.
func DecimalMark(f *File, cols map[listing.Field]int) (string, error) {
	marks, err := findMarks(f, cols)
	if err != nil {
		return "", err
	}
	for _, field := range numbers() {
		if _, ok := cols[field]; ok && (marks[field] == markPoint || marks[field] == markComma) {
			return string(marks[field]), nil
		}
	}
	return "", nil
}

// findMarks learns the decimal mark of each number column. One that proves nothing goes by the others,
// and if none does, by the separator: a file cut by commas has its decimals behind a point, one cut by
// semicolons comes from a Turkish Excel, where they stand behind a comma.
func findMarks(f *File, cols map[listing.Field]int) (map[listing.Field]mark, error) {
	marks := map[listing.Field]mark{}
	if chosen := f.reading.Decimal; chosen != "" {
		for _, field := range numbers() {
			marks[field] = mark(chosen[0])
		}
		return marks, nil
	}
	n := 0
	for row, err := range f.Rows() {
		if err != nil {
			return nil, err
		}
		for _, field := range numbers() {
			if i, ok := cols[field]; ok && i < len(row.Cells) && !row.Numeric(i) && row.beside(i).as == asText {
				marks[field] = joined(marks[field], markOf(row.Cells[i]))
			}
		}
		if n++; n == markSample {
			break
		}
	}
	file := markUnknown
	for _, field := range numbers() {
		file = joined(file, marks[field])
	}
	if file == markUnknown {
		switch f.info.Separator {
		case ",":
			file = markPoint
		case ";":
			file = markComma
		}
	}
	for _, field := range numbers() {
		if marks[field] == markUnknown {
			marks[field] = file
		}
	}
	return marks, nil
}

func joined(a, b mark) mark {
	switch {
	case a == markUnknown || a == b:
		return b
	case b == markUnknown:
		return a
	default:
		return markMixed
	}
}
