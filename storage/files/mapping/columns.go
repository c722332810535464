// Package mapping finds which columns of a header hold which field: by what each says, by what they say together, by the shop whose export it is,
// and by what a person chose and answered.
package mapping

import (
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/heading"
	"github.com/sopyo/sopyo-desktop/storage/files/table"
)

// Of finds the columns of each field by what the header says, those that count before the others first. Where no column is
// a product's name, its description is (files.md §2, 28).
func Of(header []string) listing.Columns {
	cols := named(header)
	nameless(cols)
	return cols
}

// named finds the columns that the header names.
func named(header []string) listing.Columns {
	type candidate struct{ column, rank int }
	found := map[listing.Field][]candidate{}
	var beside pricing
	means := make([]heading.Meaning, len(header))
	shop := ExportOf(header)
	for i, h := range header {
		means[i] = shop.meaning(h)
		beside.add(means[i])
	}
	for i, m := range means {
		if m.Field == "" || m.Field == listing.Price && !beside.counts(m, header[i]) {
			continue
		}
		found[m.Field] = append(found[m.Field], candidate{i, m.Rank})
	}
	cols := listing.Columns{}
	for f, all := range found {
		slices.SortStableFunc(all, func(a, b candidate) int { return a.rank - b.rank })
		for _, c := range all {
			if f == listing.Currency && len(cols[f]) > 0 && domain.NameKey(header[c.column]) == heading.ExchangeRate {
				continue
			}
			cols[f] = append(cols[f], c.column)
		}
	}
	return cols
}

// nameless takes the description for the name where a product is known by its code or barcode and has no other name.
func nameless(cols listing.Columns) {
	if len(cols[listing.Name]) == 0 && len(cols[listing.Description]) > 0 && len(cols[listing.Code])+len(cols[listing.Barcode]) > 0 {
		cols[listing.Name] = cols[listing.Description]
		delete(cols, listing.Description)
	}
}

// Ordered puts the columns of each field into the order in which they count: one that was answered first, then by their names.
func Ordered(header []string, cols listing.Columns, answers listing.Answers) listing.Columns {
	shop := ExportOf(header)
	out := listing.Columns{}
	for f, all := range cols {
		all = slices.Clone(all)
		slices.SortStableFunc(all, func(a, b int) int { return shop.rank(header[a], f) - shop.rank(header[b], f) })
		out[f] = all
	}
	Answer(header, out, answers)
	return out
}

// Answer brings the column to the front that was answered to count first.
func Answer(header []string, cols listing.Columns, answers listing.Answers) {
	for f, all := range cols {
		if choice := answers[columnQuestion(f)]; choice != "" {
			slices.SortStableFunc(all, func(a, b int) int {
				switch choice {
				case Label(header, a):
					return -1
				case Label(header, b):
					return 1
				}
				return 0
			})
		}
	}
}

func columnQuestion(f listing.Field) string { return string(listing.AskColumn) + ":" + string(f) }

// Label is what a column is called in questions: its header, or its letter where that is no name or that of several.
func Label(header []string, column int) string {
	if h := header[column]; h != "" && slices.Index(header, h) == column && !slices.Contains(header[column+1:], h) {
		return h
	}
	letters, _ := excelize.ColumnNumberToName(column + 1) // there is one for each that a row may have
	return letters
}

// Chosen is Columns with a person's own choices: a column's name, its number from 1, or its letter as in
// Excel, tried in this order; several with "|" between them, of which row by row the first that is filled counts; "-" means that
// no column holds the field. The error is domain.KindInvalid with the field or column as Field.
func Chosen(header []string, chosen map[listing.Field]string) (listing.Columns, error) {
	cols := named(header)
	taken := map[int]bool{}
	for _, f := range listing.Fields() {
		text, ok := chosen[f]
		if !ok {
			continue
		}
		delete(cols, f)
		if text == "-" {
			continue
		}
		own, err := findColumns(header, text)
		if err != nil {
			return nil, err
		}
		cols[f] = own
		for _, i := range own {
			taken[i] = true
		}
	}
	for f := range chosen {
		if !slices.Contains(listing.Fields(), f) {
			return nil, domain.Invalid(string(f), "file.unknown-field")
		}
	}
	for f, all := range cols { // a chosen column is not also something that was guessed
		if _, own := chosen[f]; own {
			continue
		}
		if cols[f] = slices.DeleteFunc(all, func(i int) bool { return taken[i] }); len(cols[f]) == 0 {
			delete(cols, f)
		}
	}
	if _, own := chosen[listing.Name]; !own {
		if _, own := chosen[listing.Description]; !own {
			nameless(cols)
		}
	}
	return cols, nil
}

// findColumns finds one column, or several with "|" between them.
func findColumns(header []string, text string) ([]int, error) {
	i, err := findColumn(header, text)
	if err == nil || !strings.Contains(text, "|") {
		return []int{i}, err
	}
	var all []int
	for part := range strings.SplitSeq(text, "|") {
		if i, err = findColumn(header, part); err != nil {
			return nil, err
		}
		if !slices.Contains(all, i) {
			all = append(all, i)
		}
	}
	return all, nil
}

func findColumn(header []string, text string) (int, error) {
	text = strings.TrimSpace(text)
	for i, h := range header {
		if strings.TrimSpace(h) == text {
			return i, nil
		}
	}
	if key := domain.NameKey(text); key != "" {
		for i, h := range header {
			if domain.NameKey(h) == key {
				return i, nil
			}
		}
	}
	if n, err := strconv.Atoi(text); err == nil && n >= 1 && n <= len(header) {
		return n - 1, nil
	}
	if i, letters := table.ColumnOf(text); letters > 0 && letters == len(text) && i < len(header) {
		return i, nil
	}
	return 0, domain.Invalid(text, "file.unknown-column")
}

// VATIncluded gives the number of the column that says, row by row, whether prices have VAT in them, -1 when there is none.
func VATIncluded(header []string) int { return slices.IndexFunc(header, heading.IsVATIncluded) }
