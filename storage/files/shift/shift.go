// Package shift puts rows of a CSV right that have more cells than the header, where one way alone makes each cell what its column holds. What the
// columns hold it learns from the rows that are sound.
package shift

import (
	"slices"
	"strings"
	"unicode"

	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/charset"
	"github.com/sopyo/sopyo-desktop/storage/files/figure"
	"github.com/sopyo/sopyo-desktop/storage/files/heading"
	"github.com/sopyo/sopyo-desktop/storage/files/mapping"
)

// Rows puts rows of a CSV right that have more cells than the header, because a decimal comma, or a comma in a name, is
// the separator too: cells are joined again where one way alone makes each of them what its column holds (files.md §2, 02).
type Rows struct {
	sep     string
	columns []shiftColumn
	mark    figure.Mark // of all the columns' numbers
	// tails is how many cells rows have that end with empty ones too many as a rule, and are right without them; 0: there is none.
	tails int
}

// shiftColumn is what the sound rows of the sample show of a column.
type shiftColumn struct {
	field    listing.Field // that it is taken for, or that its header alone would be
	numbers  int
	texts    int
	blanks   int
	mark     figure.Mark
	fraction bool // some of the numbers are no whole ones
	grouped  bool // some of them have the separator between thousands
	padded   bool // some of them begin with a zero that counts for nothing
}

// New knows of a CSV its separator, its header and which columns hold which field; what they hold it is to Learn.
func New(sep string, header []string, cols listing.Columns) *Rows {
	s := &Rows{sep: sep, columns: make([]shiftColumn, len(header))}
	for i, h := range header {
		for field := range mapping.Of([]string{h}) {
			s.columns[i].field = field
		}
		if s.columns[i].field == "" && heading.NamesAmount(h) {
			s.columns[i].field = listing.Price // what somebody else pays is written the same way
		}
	}
	for field, all := range cols {
		for _, i := range all {
			s.columns[i].field = field
		}
	}
	return s
}

// Learn looks at a row that has no cells too many.
func (s *Rows) Learn(cells []string) {
	for i := range s.columns {
		c := &s.columns[i]
		switch text := strings.TrimSpace(cells[i]); {
		case text == "":
			c.blanks++
		case figure.IsFigure(text):
			c.numbers++
			c.mark = figure.Join(c.mark, figure.MarkOf(text))
			s.mark = figure.Join(s.mark, c.mark)
			c.fraction = c.fraction || fraction(text)
			c.grouped = c.grouped || s.grouped(text)
			c.padded = c.padded || leadingZero(text)
		default:
			c.texts++
		}
	}
}

// Surplus is by how many cells a row has too many; empty ones at its end are none.
func (s *Rows) Surplus(cells []string) int {
	n := len(cells)
	for n > len(s.columns) && strings.TrimSpace(cells[n-1]) == "" {
		n--
	}
	return n - len(s.columns)
}

// Whole joins what the semicolon of an entity has cut. A row that fits the header is as it is meant: there a text may end so.
func (s *Rows) Whole(cells []string) []string {
	if s.sep != ";" || s.Surplus(cells) <= 0 {
		return cells
	}
	return charset.WholeEntities(cells)
}

// mostSurplus is how many cells too many are tried to be put right.
const mostSurplus = 8

// Mend joins the cells of a row that has too many; ok = false: no way fits, or several do.
func (s *Rows) Mend(cells []string) (mended []string, ok bool) {
	for total := len(s.columns) + s.Surplus(cells); total <= min(len(cells), len(s.columns)+mostSurplus); total++ { // empty cells behind may be those of columns
		switch as, ways := s.joined(cells[:total]); {
		case ways > 1, ways == 1 && mended != nil && !slices.Equal(as, mended):
			return nil, false
		case ways == 1:
			mended = as
		}
	}
	return mended, mended != nil
}

// Tail looks at a row whose cells too many are all empty. They are harmless, unless others of it have to be joined, and the last
// ones are those of columns; where both is possible nobody knows.
func (s *Rows) Tail(cells []string) (mended []string, ok bool) {
	if len(cells) <= s.tails {
		return cells, true
	}
	fits := s.asItIs(cells)
	mended, ways := s.joined(cells[:len(cells)-max(s.tails-len(s.columns), 0)])
	switch {
	case ways != 1 || fits && s.empties(cells, mended):
		return cells, true
	case fits:
		return nil, false
	}
	return mended, true
}

// empties tells whether joining cells leaves a number out that no row lacks.
func (s *Rows) empties(cells, mended []string) bool {
	for i := range s.columns {
		c := &s.columns[i]
		if mended[i] == "" && cells[i] != "" && c.blanks == 0 && (c.field == listing.Price || c.field == listing.Stock || c.field == listing.VAT) {
			return true
		}
	}
	return false
}

// LearnTails looks at the rows whose cells too many are all empty; rows are all that were looked at.
func (s *Rows) LearnTails(tailed [][]string, rows int) {
	const few = 5 // rows, which show no rule
	lengths := map[int]int{}
	for _, cells := range tailed {
		if s.asItIs(cells) {
			lengths[len(cells)]++
		}
	}
	for length, times := range lengths {
		if times >= few && 5*times >= 4*rows {
			s.tails = length
		}
	}
	for _, cells := range tailed {
		if mended, ok := s.Tail(cells); ok {
			s.Learn(mended)
		}
	}
}

// asItIs tells whether each cell is what its column holds.
func (s *Rows) asItIs(cells []string) bool {
	for i := range s.columns {
		if !s.fits(i, cells[i:i+1], likeOthers) {
			return false
		}
	}
	return true
}

// joined joins cells until they are as many as the columns, in the one way that fits; ways is 2 where several do.
func (s *Rows) joined(cells []string) (mended []string, ways int) {
	if len(cells) > len(s.columns)+mostSurplus || len(s.columns) == 0 {
		return nil, 0
	}
	for _, as := range []leniency{likeOthers, likeOne, likeText} {
		switch ways := s.ways(cells, as); {
		case ways[0][0].count == 1:
			for i, j := 0, 0; j < len(s.columns); j++ {
				n := ways[i][j].takes
				mended = append(mended, strings.Join(cells[i:i+n], s.sep))
				i += n
			}
			return mended, 1
		case ways[0][0].count > 1:
			return nil, 2
		}
	}
	return nil, 0
}

// leniency is how much cells joined may differ from what the rows show that fit the header.
type leniency byte

const (
	likeOthers leniency = iota
	likeOne             // prices may be the first of the column with a mark between thousands
	likeText            // words may follow each other without a blank
)

// way is in how many ways (2 for all more) the cells from one on fit the columns from one on, and how many cells the first
// column takes in the last of them.
type way struct{ count, takes int }

// ways looks at the cells and columns from the last to the first.
func (s *Rows) ways(cells []string, as leniency) [][]way {
	ways := make([][]way, len(cells)+1)
	for i := range ways {
		ways[i] = make([]way, len(s.columns)+1)
	}
	ways[len(cells)][len(s.columns)].count = 1
	for j := len(s.columns) - 1; j >= 0; j-- {
		for i := j; i <= j+len(cells)-len(s.columns); i++ {
			w := &ways[i][j]
			for n := 1; i+n <= len(cells); n++ {
				if rest := ways[i+n][j+1].count; rest > 0 && s.fits(j, cells[i:i+n], as) {
					w.count, w.takes = min(w.count+rest, 2), n
				}
			}
		}
	}
	return ways
}

// fits tells whether cells joined are what a column holds.
func (s *Rows) fits(column int, cells []string, as leniency) bool {
	c := &s.columns[column]
	text := strings.TrimSpace(strings.Join(cells, s.sep))
	if len(cells) > 1 && strings.TrimSpace(cells[len(cells)-1]) == "" {
		return false
	}
	switch c.field {
	case listing.Price, listing.Stock, listing.VAT:
		return text == "" || s.fitsNumber(c, text, as)
	case listing.Code, listing.Barcode, listing.Currency:
		return len(cells) == 1 && (text == "" || c.numbers == 0 || c.texts > 0 || figure.OnlyDigits(text))
	}
	switch {
	case c.field == listing.Brand && c.texts > 0 && c.numbers == 0 && figure.OnlyDigits(text):
		return false
	case c.numbers > 0 && c.texts == 0:
		return text == "" || s.fitsNumber(c, text, as)
	case len(cells) > 1 && c.field == "" && c.texts == 0, len(cells) > 1 && !s.oneText(cells, as == likeText):
		return false
	}
	return c.field != listing.Name || text == "" || c.numbers > 0 || strings.IndexFunc(text, unicode.IsLetter) >= 0
}

// fitsNumber tells whether a text is a number as the others of its column are. Stocks and rates are whole where none of
// them is another, no price or stock begins with a zero, and none has a mark between thousands where the others have none.
func (s *Rows) fitsNumber(c *shiftColumn, text string, as leniency) bool {
	m, column := figure.MarkOf(text), c.mark
	if column == figure.MarkUnknown {
		column = s.mark
	}
	if _, why := figure.Of(text).Read(figure.MarkComma); why != "" || m != figure.MarkUnknown && (column == figure.MarkPoint || column == figure.MarkComma) && m != column {
		return false
	}
	amounts := c.field == listing.Price || c.field == listing.Stock
	switch {
	case amounts && leadingZero(text) && !c.padded:
		return false
	case amounts && m == figure.MarkUnknown && c.numbers > 0 && !c.grouped && s.grouped(text) && (as == likeOthers || c.field == listing.Stock):
		return false
	}
	whole := (c.field == listing.Stock || c.field == listing.VAT) && !c.fraction
	decimals := fraction(text) || m == figure.MarkUnknown && s.mark == figure.MarkComma && strings.Contains(text, ",")
	return !whole || !decimals
}

// grouped tells whether a number has the separator where one between thousands stands.
func (s *Rows) grouped(text string) bool {
	bare := strings.TrimLeft(figure.Amount(text), "+-")
	if i := strings.IndexAny(bare, ".,"); i < 0 || bare[i:i+1] != s.sep {
		return false
	}
	whole, _, _ := strings.Cut(bare, ".")
	return figure.Thousands(whole, figure.Mark(s.sep[0]))
}

// leadingZero knows 05 and 00, which are what a decimal mark is followed by.
func leadingZero(text string) bool {
	bare := strings.TrimLeft(figure.Amount(text), "+-")
	return len(bare) > 1 && bare[0] == '0' && bare[1] >= '0' && bare[1] <= '9'
}

// fraction tells whether a number proves that it is no whole one.
func fraction(text string) bool {
	d, why := figure.Of(text).Read(figure.MarkUnknown)
	return why == "" && !d.IsInteger()
}

// oneText tells whether cells read like one text with separators in it: "Tava, kapaklı", "3,5 mm", and where nothing else
// fits "Tava,kapaklı".
func (s *Rows) oneText(cells []string, loose bool) bool {
	letters := func(text string) bool { return strings.IndexFunc(text, unicode.IsLetter) >= 0 }
	for i, next := range cells[1:] {
		was := cells[i]
		if was == "" || next == "" {
			return false
		}
		switch first, last := next[0], was[len(was)-1]; {
		case first == ' ', figure.OnlyDigits(string([]byte{last})) && figure.OnlyDigits(string([]byte{first})):
		case loose && letters(was) && letters(next):
		default:
			return false
		}
	}
	return true
}

// Width is how many columns the header has.
func (s *Rows) Width() int { return len(s.columns) }

// Line is the cells as they stand in the file.
func (s *Rows) Line(cells []string) string { return strings.Join(cells, s.sep) }
