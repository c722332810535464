package files

import (
	"slices"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/figure"
	"github.com/sopyo/sopyo-desktop/storage/files/heading"
	"github.com/sopyo/sopyo-desktop/storage/files/mapping"
	"github.com/sopyo/sopyo-desktop/storage/files/table"
)

// headerSearcher looks for the row that is the header: the one with most of the columns that a person names, else the one with
// most known columns.
type headerSearcher struct{ names []string }

// byNames counts more than all known columns together.
const byNames = table.MaxCells

// searcherOf takes the names of columns out of a person's choices; numbers and letters of columns are none.
func searcherOf(chosen map[listing.Field]string) headerSearcher {
	var h headerSearcher
	for _, text := range chosen {
		for name := range strings.SplitSeq(text, "|") {
			name = strings.TrimSpace(name)
			if _, letters := table.ColumnOf(name); name == "-" || domain.NameKey(name) == "" || figure.OnlyDigits(name) || letters == len(name) && letters == 1 || slices.Contains(h.names, name) {
				continue
			}
			h.names = append(h.names, name)
		}
	}
	return h
}

// score tells how much a row is like a header.
func (h headerSearcher) score(cells []string) int {
	return byNames*h.named(cells) + productColumns(cells)
}

// named counts the names that stand in a row, if they are most of them; one alone may stand among the values of a product.
func (h headerSearcher) named(cells []string) (n int) {
	if len(h.names) == 0 {
		return 0
	}
	cells = trimmed(cells)
	for _, name := range h.names {
		if slices.ContainsFunc(cells, func(c string) bool { return len(c) <= heading.MaxLength && domain.NameKey(c) == domain.NameKey(name) }) {
			n++
		}
	}
	if 2*n <= len(h.names) || len(h.names) == 1 && slices.ContainsFunc(cells, figure.IsFigure) {
		return 0
	}
	return n
}

// over tells whether the search is over: all names are found, or too many rows were seen.
func (h headerSearcher) over(best, seen int) bool {
	if len(h.names) > 0 {
		return best >= byNames*len(h.names) && seen >= table.HeaderSearch || seen >= markSample
	}
	return seen >= table.HeaderSearch
}

// productColumns counts the fields that a row names.
func productColumns(row []string) int { return len(mapping.Of(trimmed(row))) }
