package orders

import (
	"crypto/sha256"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// record is a row as one of an order.
type record struct {
	line                              int
	key                               string   // "" when it cannot be read
	parts                             []string // of the key that can be read, each with its field
	texts                             map[Field]cell
	item                              Line
	unpriced                          bool // nothing says what the line costs
	invoiced                          decimal.NullDecimal
	form                              amountForm        // of invoiced
	deducted                          bool              // Platform is in the line's discount
	rest                              [sha256.Size]byte // where rows may stand in the file twice
	states                            []saidState
	orderedAt, shippedAt, deliveredAt time.Time
	problems                          []Problem
	refused                           bool
}

type saidState struct {
	field  Field
	word   string
	status Status
}

func (rec *record) problem(f Field, value string, why Reason, refused bool) {
	rec.problems = append(rec.problems, Problem{Line: rec.line, Field: f, Value: value, Reason: why, Refused: refused})
	rec.refused = rec.refused || refused
}

// status is the row's own.
func (rec *record) status() Status {
	s := StatusOK
	for _, said := range rec.states {
		s = worst(s, said.status)
	}
	return s
}

// times adds the row's to those of its order: ordered is the first one, the others are the last.
func (rec *record) times(o *Order) {
	if t := rec.orderedAt; !t.IsZero() && (o.OrderedAt.IsZero() || t.Before(o.OrderedAt)) {
		o.OrderedAt = t
	}
	if rec.shippedAt.After(o.ShippedAt) {
		o.ShippedAt = rec.shippedAt
	}
	if rec.deliveredAt.After(o.DeliveredAt) {
		o.DeliveredAt = rec.deliveredAt
	}
}

// record reads a row.
func (c *columns) record(row Row) record {
	rec := record{line: row.Line, texts: map[Field]cell{}}
	if c.profile.Repeats {
		rec.rest = c.rest(row)
	}
	c.identify(row, &rec)
	fields := orderFields()
	if !c.profile.ServicesPerRow {
		fields = append(fields, serviceFields()...)
	}
	for _, f := range fields {
		if got := c.cell(row, f); got.text != "" {
			rec.texts[f] = got
		}
	}
	for _, f := range []Field{
		FieldBuyer, FieldFirst, FieldLast, FieldCompany, FieldTaxOffice, FieldAddress, FieldCity, FieldDistrict, FieldProduct,
	} {
		if got := c.cell(row, f).text; brokenText(got) {
			rec.problem(f, got, BrokenLetters, true)
		}
	}
	rec.orderedAt = c.time(row, FieldOrderedAt, &rec)
	rec.shippedAt = c.time(row, FieldShippedAt, &rec)
	rec.deliveredAt = c.time(row, FieldDeliveredAt, &rec)
	c.line(row, &rec)
	c.states(row, &rec)
	if c.profile.ServicesPerRow {
		for _, f := range serviceFields() {
			if d := c.number(row, f, &rec); d.Valid {
				rec.texts[f] = cell{line: row.Line, text: d.Decimal.String(), numeric: true}
			}
		}
	}
	return rec
}

// identify reads the key. What a table program has made of a long number is none: it may be another order's.
func (c *columns) identify(row Row, rec *record) {
	var parts []string
	for _, f := range c.profile.Key {
		got := c.cell(row, f)
		switch part := guarded(got.text); {
		case part == "":
			rec.problem(f, got.text, NoKey, true)
		case spoilt(got):
			rec.problem(f, got.text, SpoiltNumber, true)
		default:
			parts = append(parts, part)
			rec.parts = append(rec.parts, joined(string(f), part))
		}
	}
	if number := c.cell(row, FieldNumber); spoilt(number) && !slices.Contains(c.profile.Key, FieldNumber) {
		rec.problem(FieldNumber, number.text, SpoiltNumber, true)
	}
	if len(parts) == len(c.profile.Key) {
		rec.key = strings.Join(parts, "/")
	}
}

// guarded takes off the apostrophe by which shops keep a table program from reading a number.
func guarded(s string) string { return text(strings.TrimPrefix(s, "'")) }

var exponent = regexp.MustCompile(`^[0-9]([.,][0-9]+)?[eE]\+?[0-9]+$`)

// tableDigits are those that a table program keeps of a number.
const tableDigits = 15

func spoilt(c cell) bool {
	if c.numeric {
		return len(strings.Trim(c.text, "-.")) > tableDigits
	}
	return exponent.MatchString(c.text)
}

// states reads what the row says of the order's status.
func (c *columns) states(row Row, rec *record) {
	for _, s := range c.profile.States {
		got := c.cell(row, s.Field).text
		if got == "" {
			continue
		}
		said := saidState{field: s.Field, word: got, status: s.Filled}
		if said.status == "" {
			word, counts := got, true
			if s.Counted {
				word, counts = withoutCount(got, rec.item.Quantity)
			}
			if said.status = c.explain(s, word); !counts {
				said.status = StatusUnknown
			}
		}
		rec.states = append(rec.states, said)
	}
}

// explain is State.status, which compares with every word, once a word.
func (c *columns) explain(s State, word string) Status {
	at := saidState{field: s.Field, word: word}
	status, known := c.words[at]
	if !known {
		status = s.status(word)
		c.words[at] = status
	}
	return status
}

var counted = regexp.MustCompile(`^([0-9]+) adet (.+)$`)

// withoutCount takes "2 adet " off a status; all says that it is of as many units as the row has.
func withoutCount(s string, quantity decimal.Decimal) (word string, all bool) {
	m := counted.FindStringSubmatch(s)
	if m == nil {
		return s, true
	}
	n, err := strconv.Atoi(m[1])
	return m[2], err == nil && quantity.Equal(decimal.NewFromInt(int64(n)))
}
