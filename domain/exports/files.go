package exports

import (
	"fmt"
	"iter"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/domain/words"
)

// Refused lists rows of a person's file behind their line and the reason; stem and header are the file's
// own.
func Refused(w words.Words, stem string, header []string, rows iter.Seq2[listing.ProductRow, error]) Table {
	return Table{
		Name:    stem + "-" + w.T("import.errors.name"),
		Columns: append(keys("import.errors.", "line", "reason"), header...),
		Rows: mapped(rows, func(r listing.ProductRow) []Cell {
			var reasons []string
			for _, p := range r.Problems {
				reasons = append(reasons, w.Problem(p))
			}
			cells := []Cell{Text(fmt.Sprint(r.Line)), Text(strings.Join(reasons, " "))}
			for _, c := range r.Cells {
				cells = append(cells, Text(c))
			}
			return cells
		}),
	}
}
