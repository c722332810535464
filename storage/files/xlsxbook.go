package files

import (
	"cmp"
	"iter"
	"slices"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/document"
	"github.com/sopyo/sopyo-desktop/storage/files/mapping"
	"github.com/sopyo/sopyo-desktop/storage/files/refusal"
	"github.com/sopyo/sopyo-desktop/storage/files/table"
	"github.com/sopyo/sopyo-desktop/storage/files/xlsx"
)

// bookSheets are the sheets of a workbook that products are read from, and those that they are not.
type bookSheets struct {
	all  []*xlsx.Sheet
	read []int // that are read, in their order, as places in all
	// rows below the header of each sheet, -1 while they have not been counted.
	rows []int
}

// openXLSX takes the sheets that r names, else those that were answered, else the first visible one that has the columns a
// person names, or that products can be read from; where there are several of them it asks. Where there is none it takes the first with a known column, else the
// first with rows.
func openXLSX(doc *document.Document, r listing.Reading, h headerSearcher) (*File, error) {
	all, err := xlsx.Open(doc)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, s := range all {
		if !s.Hidden {
			names = append(names, s.Name)
		}
	}
	named := r.Sheet != "" && r.Sheet != listing.AllSheets
	files := make([]*File, len(all))
	first, unreadable := -1, error(refusal.Empty())
	for i, s := range all {
		if s.Hidden || named && s.Name != r.Sheet {
			continue
		}
		f, err := newFile(s, table.Info{Format: table.XLSX, Sheet: s.Name, Sheets: names, HeaderRow: r.HeaderRow}, h)
		switch {
		case err != nil && (first < 0 || rank(files[first]) == 0) && domain.KindOf(err) != domain.KindEmptyFile && domain.KindOf(err) != domain.KindInvalid:
			return nil, err // it may be the one with the products
		case err != nil:
			if domain.KindOf(unreadable) == domain.KindEmptyFile {
				unreadable = err
			}
			continue
		}
		if files[i] = f; first < 0 || cmp.Or(cmp.Compare(h.named(f.header), h.named(files[first].header)), cmp.Compare(rank(f), rank(files[first]))) > 0 {
			first = i
		}
		if named {
			break
		}
	}
	switch {
	case first >= 0:
	case named && !slices.ContainsFunc(all, func(s *xlsx.Sheet) bool { return s.Name == r.Sheet && !s.Hidden }):
		return nil, domain.Invalid("sheet", "file.unknown-sheet")
	default:
		return nil, unreadable
	}
	for i, f := range files {
		if f != nil && h.named(f.header) < h.named(files[first].header) {
			files[i] = nil // what a person names is not in it
		}
	}
	return choose(all, files, first, r)
}

// rank tells sheets that products can be read from, from those with a known column, from others.
func rank(f *File) int {
	switch {
	case f.foreign == nil && offers(f.header):
		return 2
	case len(mapping.Of(f.header)) > 0:
		return 1
	}
	return 0
}

// offers tells whether a header is one of products, and not of brands, categories or the like.
func offers(header []string) bool {
	columns := mapping.Of(header)
	has := func(fields ...listing.Field) bool {
		return slices.ContainsFunc(fields, func(f listing.Field) bool { _, ok := columns[f]; return ok })
	}
	return len(columns) > 1 && has(listing.Code, listing.Barcode, listing.Name) && has(listing.Barcode, listing.Price, listing.Stock)
}

// choose makes the file of what is read of the sheets; files are those that can be, first is the one that is taken unless
// something else was said.
func choose(all []*xlsx.Sheet, files []*File, first int, r listing.Reading) (*File, error) {
	var like []int // sheets with products, or with the same columns
	var choices []string
	for i, f := range files {
		if f != nil && (i == first || f.foreign == nil && (rank(f) == 2 || sameColumns(f.header, files[first].header))) {
			like, choices = append(like, i), append(choices, f.info.Sheet)
		}
	}
	chosen := r.Sheet
	var asked []listing.Question
	if chosen == "" && len(like) > 1 {
		q := r.Answers.Ask(listing.AskSheet, "", "", append(choices, listing.ChooseAll), nil)
		asked = append(asked, q)
		if chosen = q.Chosen; chosen == listing.ChooseAll {
			chosen = listing.AllSheets
		}
	}
	read := []int{first}
	for _, i := range like {
		if chosen == listing.AllSheets && i != first {
			read = append(read, i)
		} else if chosen == files[i].info.Sheet {
			read = []int{i}
		}
	}
	slices.Sort(read)
	f := files[read[0]]
	if len(read) > 1 {
		f = joinSheets(files, read)
	}
	f.asks = asked
	f.sheets = &bookSheets{all: all, read: read, rows: make([]int, len(all))}
	for i := range all {
		f.sheets.rows[i] = -1
	}
	return f, nil
}

func sameColumns(a, b []string) bool {
	keys := func(header []string) []string {
		out := make([]string, len(header))
		for i, h := range header {
			out[i] = domain.NameKey(h)
		}
		slices.Sort(out)
		return out
	}
	return slices.Equal(keys(a), keys(b))
}

// joinedSheets are several sheets as one. Those behind the first have no header row; their cells stand where the joined
// header has the column.
type joinedSheets []joinedSheet

type joinedSheet struct {
	table.Source
	headerRow int
	to        []int // where the cell of each column goes; nil: where it is
	width     int   // of the joined header
}

// joinSheets makes one file of several sheets. Columns are the same by their names, else by the field that they hold; what
// the first sheet has no column for comes behind its columns.
func joinSheets(files []*File, read []int) *File {
	out := *files[read[0]]
	sheets := make(joinedSheets, len(read))
	for n, i := range read {
		sheets[n] = joinedSheet{Source: files[i].src, headerRow: files[i].info.HeaderRow}
		if n > 0 {
			out.header, sheets[n].to = placed(files[i].header, out.header)
		}
	}
	for n := range sheets {
		sheets[n].width = len(out.header)
	}
	out.src, out.info.Sheet = sheets, listing.AllSheets
	return &out
}

// placed finds the columns of header in that of other sheets, which grows by those that it does not have.
func placed(header, of []string) (grown []string, to []int) {
	named := map[string][]int{}
	for i, h := range of {
		named[domain.NameKey(h)] = append(named[domain.NameKey(h)], i)
	}
	to, taken := make([]int, len(header)), make([]bool, len(of))
	put := func(column, where int) { to[column], taken[where] = where, true }
	for i, h := range header {
		to[i] = -1
		if at := named[domain.NameKey(h)]; len(at) > 0 {
			put(i, at[0])
			named[domain.NameKey(h)] = at[1:]
		}
	}
	fields := mapping.Of(of)
	for field, all := range mapping.Of(header) {
		for n, i := range all {
			if n < len(fields[field]) && to[i] < 0 && !taken[fields[field][n]] {
				put(i, fields[field][n])
			}
		}
	}
	grown, same := slices.Clip(of), true
	for i, h := range header {
		if to[i] < 0 {
			to[i] = len(grown)
			grown = append(grown, h)
		}
		same = same && to[i] == i
	}
	if same {
		to = nil
	}
	return grown, to
}

func (j joinedSheets) Rows() iter.Seq2[table.Row, error] {
	return func(yield func(table.Row, error) bool) {
		for n, sheet := range j {
			for row, err := range sheet.Rows() {
				if err == nil && n > 0 && row.Line <= sheet.headerRow {
					continue
				}
				if row.Part = n; !yield(sheet.placed(row), err) {
					return
				}
			}
		}
	}
}

// placed is a row with its cells where the joined header has their columns. Those that have none stay behind them all.
func (s *joinedSheet) placed(row table.Row) table.Row {
	if s.to == nil {
		return row
	}
	out := table.Row{Line: row.Line, Part: row.Part, Cells: make([]string, s.width), Numbers: make([]bool, s.width)}
	for i, cell := range row.Cells {
		where := len(out.Cells)
		if i < len(s.to) {
			where = s.to[i]
		} else {
			out.Cells, out.Numbers = append(out.Cells, ""), append(out.Numbers, false)
		}
		out.Cells[where], out.Numbers[where] = cell, row.Numeric(i)
		if beside := row.Beside(i); beside.As != table.AsText {
			out.Shown = append(out.Shown, make([]table.Shown, max(where+1-len(out.Shown), 0))...)
			out.Shown[where] = beside
		}
	}
	return out
}

// begin begins to count the rows of the sheets that are read.
func (b *bookSheets) begin() {
	for _, i := range b.read {
		b.rows[i] = 0
	}
}

// count counts a row of a sheet that is read, and gives the sheet's name, "" where it is the only one.
func (b *bookSheets) count(part int) string {
	b.rows[b.read[part]]++
	if len(b.read) < 2 {
		return ""
	}
	return b.all[b.read[part]].Name
}

// countOthers counts the rows of the sheets that are not read, once. One that cannot be read has none.
func (b *bookSheets) countOthers() {
	for i, s := range b.all {
		if b.rows[i] >= 0 {
			continue
		}
		b.rows[i] = 0
		f, err := newFile(s, table.Info{}, headerSearcher{})
		if err != nil {
			continue
		}
		for row, err := range s.Rows() {
			if err != nil {
				break
			}
			if row.Line > f.info.HeaderRow && !row.Blank() {
				b.rows[i]++
			}
		}
	}
}

// account lists all sheets.
func (b *bookSheets) account() (out []listing.Sheet) {
	for i, s := range b.all {
		out = append(out, listing.Sheet{Name: s.Name, Rows: max(b.rows[i], 0), Read: slices.Contains(b.read, i)})
	}
	return out
}
