package orders

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Row is a row of a file.
type Row struct {
	Line    int
	Cells   []string
	Numbers []bool // which cells the file holds as numbers: their text is plain decimal with a point
}

func (r Row) number(i int) bool { return i < len(r.Numbers) && r.Numbers[i] }

func (r Row) blank() bool {
	return !slices.ContainsFunc(r.Cells, func(c string) bool { return text(c) != "" })
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
const maxRows = 500_000

// Read reads a file's rows from its first one, by the one of the profiles whose columns it has. The order of
// the rows decides nothing but the order of orders and lines. Errors are those of Detect and of rows, and
// domain.KindFile when there is no row below the header.
func Read(rows iter.Seq2[Row, error], profiles []Profile) (Result, error) {
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
	r := newReader(p, head[header])
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

// reader collects the rows of a file by the orders they belong to.
type reader struct {
	columns columns
	result  Result
	groups  map[string]*group
	order   []*group // as they come
	spoilt  map[string]bool
	seen    map[string]bool
	unknown map[Word]int
}

// group is the rows of one order.
type group struct {
	records []record
	refused bool
}

func newReader(p Profile, header Row) *reader {
	c := newColumns(p, header.Cells)
	return &reader{
		columns: c, result: Result{Profile: p, FirstRow: header.Line, Columns: c.names()},
		groups: map[string]*group{}, spoilt: map[string]bool{}, seen: map[string]bool{}, unknown: map[Word]int{},
	}
}

// take adds a row to its order.
func (r *reader) take(row Row) {
	if row.blank() {
		return
	}
	r.result.Rows++
	if r.columns.repeats(row) {
		r.result.NoLine++
		return
	}
	r.columns.count(row)
	if r.columns.profile.Repeats {
		whole := joined(row.Cells...)
		if r.seen[whole] {
			r.result.Repeated++
			return
		}
		r.seen[whole] = true
	}
	rec := r.columns.record(row)
	r.result.Problems = append(r.result.Problems, rec.problems...)
	if rec.key == "" {
		r.result.Refused++
		for _, part := range rec.parts { // an order that shares what can be read of the key may lack this row
			r.spoilt[part] = true
		}
		return
	}
	g := r.groups[rec.key]
	if g == nil {
		g = &group{}
		r.groups[rec.key] = g
		r.order = append(r.order, g)
	}
	g.records = append(g.records, rec)
	g.refused = g.refused || rec.refused
}

// finish makes orders of the rows.
func (r *reader) finish() Result {
	for _, g := range r.order {
		r.close(g)
	}
	for word, rows := range r.unknown {
		word.Rows = rows
		r.result.Unknown = append(r.result.Unknown, word)
	}
	slices.SortFunc(r.result.Unknown, func(a, b Word) int {
		return cmp.Or(strings.Compare(string(a.Field), string(b.Field)), strings.Compare(a.Text, b.Text))
	})
	slices.SortStableFunc(r.result.Problems, func(a, b Problem) int { return a.Line - b.Line })
	r.result.Ignored = r.columns.ignored()
	return r.result
}

// close makes the order of a group, or refuses all of its rows: an order of which a part is missing must not
// be invoiced.
func (r *reader) close(g *group) {
	if slices.ContainsFunc(g.records[0].parts, func(part string) bool { return r.spoilt[part] }) {
		g.refused = true
	}
	var o Order
	if !g.refused {
		var problems []Problem
		var lines int
		if o, lines, problems = r.assemble(g); len(problems) == 0 {
			r.result.Orders = append(r.result.Orders, o)
			r.result.Taken += lines
			r.result.NoLine += len(g.records) - lines
			return
		}
		g.refused = true
		r.result.Problems = append(r.result.Problems, problems...)
		r.result.Refused += len(g.records)
		return
	}
	for _, rec := range g.records {
		r.result.Refused++
		if !rec.refused {
			r.result.Problems = append(r.result.Problems, Problem{
				Line: rec.line, Field: FieldNumber, Value: rec.key, Reason: Incomplete, Refused: true,
			})
		}
	}
}

// assemble makes the order of the rows; lines are how many of them became one.
func (r *reader) assemble(g *group) (o Order, lines int, problems []Problem) {
	m := merged{profile: r.columns.profile, texts: map[Field]cell{}}
	for _, rec := range g.records {
		for _, f := range slices.Sorted(maps.Keys(rec.texts)) {
			m.add(f, rec.texts[f])
		}
	}
	status, word, live := r.status(g.records)
	o = m.order(g.records[0], status, word)
	for _, rec := range live {
		rec.times(&o)
		m.services(rec)
		if gone := status == StatusCancelled || status == StatusReturned; gone && rec.item.Quantity.IsZero() {
			continue
		}
		// One that is not paid yet may have no price yet.
		if rec.unpriced && (status == StatusOK || status == StatusUnknown) {
			m.problem(rec.line, FieldAmount, "", NoAmount)
		}
		o.Lines = append(o.Lines, rec.item)
		if rec.invoiced.Valid {
			o.StatedTotal.Decimal, o.StatedTotal.Valid = o.StatedTotal.Decimal.Add(rec.invoiced.Decimal), true
		}
		lines++
	}
	o.Lines = append(o.Lines, m.serviceLines()...)
	if len(o.Lines) == 0 { // nothing was sold: nobody's data is kept for it
		o.Buyer = Buyer{Type: BuyerPerson, Country: home}
	}
	return o, lines, m.problems
}

// status tells where the order of the rows stands, and which of them count: what is cancelled is no part of
// an order that is not. A row that says nothing goes with the others.
func (r *reader) status(records []record) (status Status, word string, live []record) {
	speaks := func(rec record) bool { return len(rec.states) > 0 }
	sold := slices.ContainsFunc(records, func(rec record) bool { return speaks(rec) && rec.status() != StatusCancelled })
	status = StatusOK
	said := 0
	for _, rec := range records {
		if speaks(rec) {
			if sold && rec.status() == StatusCancelled {
				continue
			}
			said++
			for _, s := range rec.states {
				if s.status == StatusUnknown {
					r.unknown[Word{Field: s.field, Text: s.word}]++
				}
			}
			status = worst(status, rec.status())
			switch {
			case said == 1:
				word = rec.states[0].word
			case word != rec.states[0].word:
				word = ""
			}
		}
		live = append(live, rec)
	}
	if said == 0 {
		state := r.columns.profile.States[0]
		if status = state.status(""); status == StatusUnknown {
			r.unknown[Word{Field: state.Field}] += len(records)
		}
	}
	return status, word, live
}

// worst is the one of two that keeps an order from being invoiced more surely.
func worst(a, b Status) Status {
	if slices.Index(Statuses(), b) < slices.Index(Statuses(), a) {
		return b
	}
	return a
}
