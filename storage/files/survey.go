package files

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/figure"
	"github.com/sopyo/sopyo-desktop/storage/files/heading"
	"github.com/sopyo/sopyo-desktop/storage/files/mapping"
	"github.com/sopyo/sopyo-desktop/storage/files/table"
)

// survey is what the first rows show of each column.
type survey struct {
	rows    int
	columns []column
}

// column counts what the cells of one look like.
type column struct {
	filled, numbers, decimals, money, gtins, words, foreign int
	abroad                                                  int // numbers with another currency than lira
	currencies                                              map[domain.Currency]int
	names                                                   map[string]bool // the different ones of the first namesHeld
	samples                                                 []string
}

const (
	maxCurrency = 24 // bytes of the longest name of one
	namesHeld   = 50 // texts of a column that are held against each other
	// askedOfAField is how many columns are asked about that look like one field: of a table of hundreds of prices nobody says
	// one by one that none is meant. The others are told as passed over.
	askedOfAField = 5
	surveyCells   = 500_000 // that are looked at, of files with thousands of columns
)

// survey looks at the first rows, once.
func (f *File) survey() (*survey, error) {
	if f.seen != nil {
		return f.seen, nil
	}
	s := &survey{columns: make([]column, len(f.header))}
	for row, err := range f.Rows() {
		if err != nil {
			return nil, err
		}
		for i := range s.columns {
			s.columns[i].add(strings.TrimSpace(row.Cells[i]))
		}
		if s.rows++; s.rows == markSample || s.rows*len(s.columns) > surveyCells {
			break
		}
	}
	f.seen = s
	return s, nil
}

func (c *column) add(text string) {
	if text == "" {
		return
	}
	if c.filled++; len(text) > heading.MaxLength { // a description
		return
	}
	if len(c.samples) < samplesShown && !slices.Contains(c.samples, text) {
		c.samples = append(c.samples, text)
	}
	if len(text) <= maxCurrency && !strings.ContainsAny(text, "0123456789") {
		if currency, ok := figure.CurrencyOf(text); ok {
			if c.currencies == nil {
				c.currencies = map[domain.Currency]int{}
			}
			c.currencies[currency]++
			return
		}
		if figure.IsForeignCurrency(domain.Fold(text)) {
			c.foreign++
			return
		}
	}
	bare := figure.Amount(text)
	switch {
	case !figure.IsNumeral(bare):
		if !isName(text) {
			return
		}
		if c.words++; c.words <= namesHeld {
			if c.names == nil {
				c.names = map[string]bool{}
			}
			c.names[text] = true
		}
	case looksGTIN(text):
		c.gtins++
	default:
		c.numbers++
		if figure.MarkOf(bare) != figure.MarkUnknown {
			c.decimals++
		}
		if strings.IndexFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.Is(unicode.Sc, r) }) >= 0 {
			c.money++
			if of := figure.Of(text).Currency; of != "" && of != domain.TRY {
				c.abroad++
			}
		}
	}
}

// isName tells whether a text has the words that a product's name has.
func isName(text string) bool {
	words := 0
	for w := range strings.FieldsSeq(text) {
		if strings.ContainsFunc(w, unicode.IsLetter) {
			words++
		}
	}
	return words > 1 && !strings.Contains(text, "://") && !strings.ContainsAny(text, "<>@")
}

// currency tells whether all cells are currencies, some of them such that are known.
func (c *column) currency() bool {
	sum := c.foreign
	for _, n := range c.currencies {
		sum += n
	}
	return sum > c.foreign && sum == c.filled
}

// looks tells which field the values look like; "" for none. A column that few rows fill proves nothing.
func (s *survey) looks(i int, header string) listing.Field {
	c := &s.columns[i]
	switch {
	case c.filled == 0 || heading.OfOtherPrice(header):
		return ""
	case c.currency(): // whatever it is called: "Birim", "Tip"
		return listing.Currency
	}
	says := heading.HintsOf(header)
	if says.Other && !says.Price {
		return ""
	}
	switch {
	case 2*c.filled < s.rows:
		return ""
	case 5*c.gtins >= 4*c.filled:
		return listing.Barcode
	case c.numbers == c.filled && c.decimals+c.money == 0 && says.Stock:
		return listing.Stock
	case c.numbers == c.filled && (2*c.money > c.filled || 3*c.decimals >= c.filled || says.Amount):
		return listing.Price
	case 5*c.words >= 4*c.filled && 5*len(c.names) >= 4*min(c.words, namesHeld):
		return listing.Name
	}
	return ""
}

// withoutRates leaves out a column that is called as one of currencies or of their rates may be and holds no currency: what it
// holds is no product's.
func (f *File) withoutRates(cols listing.Columns) error {
	if !slices.ContainsFunc(cols[listing.Currency], f.maybeRates) {
		return nil
	}
	s, err := f.survey()
	if err != nil {
		return err
	}
	if cols[listing.Currency] = slices.DeleteFunc(slices.Clone(cols[listing.Currency]), func(i int) bool {
		c := &s.columns[i]
		return f.maybeRates(i) && c.numbers > 0 && c.numbers == c.filled && c.abroad == 0
	}); len(cols[listing.Currency]) == 0 {
		delete(cols, listing.Currency)
	}
	return nil
}

func (f *File) maybeRates(column int) bool {
	return heading.MaybeRates(f.header[column])
}

// findCurrency takes the column for the price's currency whose cells are all currencies (files.md §2, 25), where no header
// names one. Of several that do not say the same none is: they are asked about.
func (f *File) findCurrency(cols listing.Columns) error {
	if len(cols[listing.Price]) == 0 || len(cols[listing.Currency]) > 0 {
		return nil
	}
	s, err := f.survey()
	if err != nil {
		return err
	}
	found := -1
	for i := range s.columns {
		if isTaken(cols, i) || s.looks(i, f.header[i]) != listing.Currency {
			continue
		}
		if found >= 0 && !maps.Equal(s.columns[found].currencies, s.columns[i].currencies) {
			return nil
		}
		if found < 0 {
			found = i
		}
	}
	if found >= 0 {
		cols[listing.Currency] = []int{found}
	}
	return nil
}

func isTaken(cols listing.Columns, column int) bool {
	for _, all := range cols {
		if slices.Contains(all, column) {
			return true
		}
	}
	return false
}

// answered lets the columns that nothing is read from become what was answered.
func (f *File) answered(cols listing.Columns) (listing.Columns, error) {
	for id, answer := range f.reading.Answers {
		label, ok := strings.CutPrefix(id, string(listing.AskUnused)+":")
		if !ok || len(cols[listing.Field(answer)]) > 0 {
			continue
		}
		i := slices.IndexFunc(f.header, func(h string) bool { return h == label })
		if i < 0 || mapping.Label(f.header, i) != label {
			at, letters := table.ColumnOf(label)
			if letters != len(label) || at >= len(f.header) || mapping.Label(f.header, max(at, 0)) != label {
				continue
			}
			i = at
		}
		s, err := f.survey()
		if err != nil {
			return nil, err
		}
		if field := s.looks(i, f.header[i]); field != "" && string(field) == answer && !isTaken(cols, i) {
			cols[field] = []int{i}
		}
	}
	return cols, nil
}

// askUnused asks about the columns whose values look like a field that none is read from.
func (f *File) askUnused(as *layout) error {
	s, err := f.survey()
	if err != nil {
		return err
	}
	usual := "" // open
	if f.chosen {
		usual = listing.ChooseIgnore // who names columns has looked at them
	}
	used := as.used()
	asked := map[listing.Field]int{}
	for i, h := range f.header {
		field := s.looks(i, h)
		if field == "" || field == listing.Currency && len(as.cols[listing.Price]) == 0 {
			continue
		}
		label := mapping.Label(f.header, i)
		taken := slices.Contains(used, i)
		if answer := as.answers[string(listing.AskUnused)+":"+label]; taken && listing.Field(answer) != field || !taken && len(as.cols[field]) > 0 {
			continue
		}
		if !taken {
			as.account.unused[i].Looks = field
		}
		if asked[field]++; asked[field] > askedOfAField {
			continue
		}
		as.account.ask(as.answers.Ask(listing.AskUnused, label, usual, []string{listing.ChooseIgnore, string(field)}, s.columns[i].samples))
	}
	return nil
}
