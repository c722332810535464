package orders

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// columns are where a file has the fields of its profile.
type columns struct {
	profile Profile
	header  []string
	at      map[Field][]int
	filled  []int
	sample  []string
	words   map[saidState]Status // what is explained already, by field and word
}

func newColumns(p Profile, header []string) columns {
	c := columns{profile: p, at: map[Field][]int{}, filled: make([]int, len(header)), sample: make([]string, len(header)), words: map[saidState]Status{}}
	for _, h := range header {
		c.header = append(c.header, text(h))
	}
	names := keys(header)
	for f, wanted := range p.Columns {
		for _, name := range wanted {
			if i := slices.Index(names, key(name)); i >= 0 {
				c.at[f] = append(c.at[f], i)
			}
		}
	}
	return c
}

// names gives the columns of each field as the file calls them.
func (c *columns) names() map[Field][]string {
	out := map[Field][]string{}
	for f, at := range c.at {
		for _, i := range at {
			out[f] = append(out[f], c.header[i])
		}
	}
	return out
}

// count notes which columns a row fills.
func (c *columns) count(row Row) {
	for i, cell := range row.Cells[:min(len(row.Cells), len(c.header))] {
		if cell != "" {
			if c.filled[i]++; c.sample[i] == "" {
				c.sample[i] = text(cell)
			}
		}
	}
}

// repeats tells whether a row is the header once more, as in files that were put together.
func (c *columns) repeats(row Row) bool {
	for i, cell := range row.Cells {
		if i < len(c.header) && text(cell) != c.header[i] || i >= len(c.header) && cell != "" {
			return false
		}
	}
	return true
}

// ignored are the filled columns that no field is read from.
func (c *columns) ignored() []Column {
	read := map[int]bool{}
	for _, at := range c.at {
		for _, i := range at {
			read[i] = true
		}
	}
	var out []Column
	for i, name := range c.header {
		if !read[i] && c.filled[i] > 0 {
			out = append(out, Column{Name: name, Filled: c.filled[i], Sample: c.sample[i]})
		}
	}
	return out
}

// cell is what a row says of a field.
type cell struct {
	line    int
	text    string
	numeric bool
}

// cell gives the first filled one of a field's columns, as a line but where lines have a meaning.
func (c *columns) cell(row Row, f Field) cell {
	for _, i := range c.at[f] {
		if i >= len(row.Cells) {
			continue
		}
		said := row.Cells[i]
		if f != FieldAttributes {
			said = domain.Line(said)
		}
		if said != "" {
			return cell{line: row.Line, text: said, numeric: row.number(i)}
		}
	}
	return cell{}
}

// number reads an amount; what is none refuses the row.
func (c *columns) number(row Row, f Field, rec *record) decimal.NullDecimal {
	got := c.cell(row, f)
	if got.text == "" {
		return decimal.NullDecimal{}
	}
	d, err := got.number(c.profile.Language)
	if err != nil {
		rec.problem(f, got.text, BadNumber, true)
		return decimal.NullDecimal{}
	}
	return decimal.NewNullDecimal(d)
}

// number reads the cell: as plain decimal where the file holds a number, else the way of the language.
func (c cell) number(language string) (decimal.Decimal, error) {
	if c.numeric {
		language = "en" // a point, and nothing between thousands
	}
	return domain.ParseNumber(c.text, language)
}
