package orders

import (
	"cmp"
	"crypto/sha256"
	"maps"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// reader collects the rows of a file by the orders they belong to.
type reader struct {
	columns   columns
	districts domain.Districts
	result    Result
	groups    map[string]*group
	order     []*group // as they come
	spoilt    map[string]bool
	seen      map[[sha256.Size]byte]bool // rows
	unknown   map[Word]int
}

// group is the rows of one order.
type group struct {
	records []record
	refused bool
}

func newReader(p Profile, header Row, districts domain.Districts) *reader {
	c := newColumns(p, header.Cells)
	return &reader{
		columns: c, districts: districts, result: Result{Profile: p, FirstRow: header.Line, Columns: c.names()},
		groups: map[string]*group{}, spoilt: map[string]bool{}, seen: map[[sha256.Size]byte]bool{}, unknown: map[Word]int{},
	}
}

// take adds a row to its order.
func (r *reader) take(row Row) {
	if row = row.clean(); row.blank() {
		return
	}
	r.result.Rows++
	if r.columns.repeats(row) {
		r.result.NoLine++
		return
	}
	r.columns.count(row)
	if r.columns.profile.Repeats {
		whole := sha256.Sum256([]byte(joined(row.Cells...)))
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
		if r.columns.profile.Repeats {
			once := onceEach(g.records)
			r.result.Repeated += len(g.records) - len(once)
			g.records = once
		}
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
	m := merged{profile: r.columns.profile, districts: r.districts, texts: map[Field]cell{}}
	for _, rec := range g.records {
		for _, f := range slices.Sorted(maps.Keys(rec.texts)) {
			m.add(f, rec.texts[f])
		}
	}
	status, word, live := r.status(g.records)
	contest(live)
	o = m.order(g.records[0], status, word)
	gone := status == StatusCancelled || status == StatusReturned
	if gone {
		o.Refunded = decimal.Decimal{}
	}
	for _, rec := range live {
		rec.times(&o)
		m.services(rec)
		if gone && rec.item.Quantity.IsZero() {
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
