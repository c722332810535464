package orders

import (
	"iter"
	"slices"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Row is a row of a file.
type Row struct {
	Line    int
	Cells   []string
	Numbers []bool // which cells the file holds as numbers: their text is plain decimal with a point
}

func (r Row) number(i int) bool { return i < len(r.Numbers) && r.Numbers[i] }

// clean is the row with the texts of its cells.
func (r Row) clean() Row {
	cells := make([]string, len(r.Cells))
	for i, c := range r.Cells {
		cells[i] = paragraph(c)
	}
	r.Cells = cells
	return r
}

// blank tells whether a clean row says nothing.
func (r Row) blank() bool {
	return !slices.ContainsFunc(r.Cells, func(c string) bool { return c != "" })
}

// Result is what was read of a file. Rows = Taken + Repeated + NoLine + Refused.
type Result struct {
	Profile  Profile
	FirstRow int // line of the header
	Orders   []Order
	Problems []Problem
	Unknown  []Word // of states, that nobody has explained
	Rows     int    // below the header, that are not empty
	Taken    int    // that are lines of orders
	Repeated int    // that stand above already
	NoLine   int    // nothing was sold by them: cancelled beside others, with quantity 0, the header once more
	Refused  int
	Columns  map[Field][]string // the columns that are read, as the file calls them
	Ignored  []Column           // that are filled and are not read
}

// Problem is something in a row that could not be taken.
type Problem struct {
	Line    int
	Field   Field
	Value   string // as it stands in the file
	Reason  Reason
	Refused bool // with its row
}

// Reason says what is wrong, as the end of a translation key.
type Reason string

// The reasons.
const (
	NoKey           Reason = "no-key"         // without a number of package or order
	SpoiltNumber    Reason = "spoilt-number"  // 4,00000E+09, or more digits than a table program keeps
	BrokenLetters   Reason = "broken-letters" // Kad?k?y
	BadNumber       Reason = "bad-number"
	NoQuantity      Reason = "no-quantity"
	NoAmount        Reason = "no-amount"
	Disagrees       Reason = "disagrees"  // rows of one order say different things
	Incomplete      Reason = "incomplete" // another row of the order is refused
	BadTime         Reason = "bad-time"
	SpoiltBarcode   Reason = "spoilt-barcode"
	UnknownRate     Reason = "unknown-rate" // the VAT is no rate that there is
	UnknownCurrency Reason = "unknown-currency"
)

// Word is a word of a state that no profile explains.
type Word struct {
	Field Field
	Text  string
	Rows  int
}

// Column is one that is not read.
type Column struct {
	Name   string
	Filled int    // rows
	Sample string // the first text in it
}

// maxRows is more than a table program holds comfortably; orders are in memory while a file is read.
const maxRows = 200_000

// Read reads a file's rows from its first one, by the one of the profiles whose columns it has, and finds the
// buyers' places among the districts. The order of the rows decides nothing but the order of orders and lines.
// Errors are those of Detect and of rows, and domain.KindFile when there is no row below the header.
func Read(rows iter.Seq2[Row, error], profiles []Profile, districts domain.Districts) (Result, error) {
	next, stop := iter.Pull2(rows)
	defer stop()
	var head []Row
	for len(head) < headerSearch {
		row, err, more := next()
		if err != nil {
			return Result{}, err
		}
		if !more {
			break
		}
		head = append(head, row)
	}
	cells := make([][]string, len(head))
	for i, row := range head {
		cells[i] = row.Cells
	}
	p, header, err := Detect(cells, profiles)
	if err != nil {
		return Result{}, err
	}
	r := newReader(p, head[header], districts)
	for _, row := range head[header+1:] {
		r.take(row)
	}
	for {
		row, err, more := next()
		if err != nil {
			return Result{}, err
		}
		if !more {
			break
		}
		if r.take(row); r.result.Rows > maxRows {
			return Result{}, refuse(refusedTooLong)
		}
	}
	if r.result.Rows == 0 {
		return Result{}, &domain.Error{Kind: domain.KindEmptyFile, Op: "read orders", Detail: refusedEmpty}
	}
	return r.finish(), nil
}
