package exports

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/doctor"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/domain/words"
)

// Refused lists rows of a person's file behind their line, the reason, and what a damaged code or barcode most probably was; stem
// and header are the file's own.
func Refused(w words.Words, stem string, header []string, rows iter.Seq2[listing.ProductRow, error]) Table {
	return Table{
		Name:    stem + "-" + w.T("import.errors.name"),
		Columns: append(keys("import.errors.", "line", "reason", "proposed"), header...),
		Rows: mapped(rows, func(r listing.ProductRow) []Cell {
			var reasons []string
			for _, p := range r.Problems {
				reasons = append(reasons, w.Problem(p))
			}
			cells := []Cell{Text(fmt.Sprint(r.Line)), Text(strings.Join(reasons, " ")), Text(strings.Join(proposals(w, r), " · "))}
			for _, c := range r.Cells {
				cells = append(cells, Text(c))
			}
			return cells
		}),
	}
}

// proposals are what the reader proposes for the row's code and barcode, and where it does not, the doctor.
func proposals(w words.Words, r listing.ProductRow) (all []string) {
	said := map[listing.Field]bool{}
	say := func(f listing.Field, proposed string) {
		if proposed != "" && !said[f] {
			said[f] = true
			all = append(all, w.T("import.problem", w.Field(f), proposed))
		}
	}
	for _, p := range r.Problems {
		say(p.Field, p.Proposed)
	}
	if r.Product.Code != "" || r.Product.Barcode != "" {
		for _, f := range doctor.Examine(slices.Values([]domain.Product{r.Product})).Findings {
			say(listing.Field(f.Column), f.Proposed)
		}
	}
	return all
}
