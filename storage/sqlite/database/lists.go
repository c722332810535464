package database

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"sync"
)

// Listing asks for a page of a list's rows, by the words of SQL.
type Listing struct {
	ID   string // the column of their ids
	Text string // what is searched of a row, folded
	From string // the tables
	All  Clause // of all rows that the list can have
	Rows Clause // of those it has: some of All
	// Order is their ORDER BY, without two rows that are equal. It is "" where it is that of the ids, and Desc turns it round.
	Order string
	Desc  bool
	// TextsHold and OrderHolds say as long as they are the same that no row of All has another text or place. Where one is
	// empty that is as long as nobody writes into the file.
	TextsHold, OrderHolds string

	Words         []string // each has to be in the text; without white space
	Limit, Offset int      // a Limit of 0 means all of them
}

// Clause is a condition.
type Clause struct {
	SQL  string
	Args []any
}

// Lists keeps in memory what the lists of a room were last searched, narrowed down and sorted by: 16 bytes a row and its text,
// and 8 for each of a few orders. A letter that is typed then goes over the texts in a hundredth of the time that SQL takes.
type Lists struct {
	db  *File
	few int // rows are sooner asked about one by one than all of them are read

	mu   sync.Mutex
	kept [kinds][]*column // the newest behind
}

// NewLists makes those of a file.
func NewLists(d *File) *Lists { return &Lists{db: d, few: 1_000} }

// What is kept of lists, and how many of each.
const (
	texts = iota
	subsets
	orders
	kinds
)

var most = [kinds]int{texts: 1, subsets: 8, orders: 3}

// column is what a query says of the rows of a list.
type column struct {
	query, holds string
	rows         Set[int64] // of a subset
	ids          []int64    // of texts and of an order, in that order
	text         []byte     // of all rows, each with an end of line
	ends         []int      // of the rows' texts
}

// mostSpan is how far the ids of a list may be apart: there is a bit for each between them.
const mostSpan = 1 << 28

var errSpan = errors.New("the ids of a list are too far apart")

// Page gives the ids of a page and how many rows are found in all. The state is that of the file from before tx.
func (l *Lists) Page(ctx context.Context, tx *sql.Tx, before State, q Listing) (ids []int64, total int, err error) {
	still, err := l.db.still(ctx, tx, before)
	if err != nil {
		return nil, 0, err
	}
	if !still || len(q.Words) == 0 && q.Order == "" {
		return q.Page(ctx, tx)
	}
	p := paging{Lists: l, tx: tx, Listing: q, state: fmt.Sprint(before.ended)}
	if ids, total, err = p.page(ctx); errors.Is(err, errSpan) {
		return q.Page(ctx, tx)
	}
	return ids, total, err
}

// Page is that of Lists by SQL alone.
func (q Listing) Page(ctx context.Context, tx *sql.Tx) (ids []int64, total int, err error) {
	words, needles := wordFilter(q.Text, q.Words)
	tail, args := ` FROM `+q.From+` WHERE `+q.Rows.SQL+words, append(slices.Clone(q.Rows.Args), needles...)
	total, err = SelectValue[int](ctx, tx, `SELECT count(*)`+tail, args...)
	if err != nil || total <= q.Offset {
		return nil, total, err
	}
	ids, err = SelectAll(ctx, tx, Itself[int64], `SELECT `+q.ID+tail+` ORDER BY `+q.order()+` LIMIT ? OFFSET ?`, append(args, Limit(q.Limit), q.Offset)...)
	return ids, total, err
}

func (q Listing) order() string {
	if q.Order == "" {
		return Ordered(q.Desc, q.ID)
	}
	return q.Order
}

// paging is a Page at work.
type paging struct {
	*Lists
	Listing
	tx    *sql.Tx
	state string
}

func (p *paging) page(ctx context.Context) (ids []int64, total int, err error) {
	var found Set[int64]
	listed := p.known(subsets, p.subsetQuery(), "")
	if len(p.Words) > 0 {
		text, err := p.column(ctx, texts, `SELECT `+p.ID+`, `+p.Text+` FROM `+p.From+` WHERE `+p.All.SQL+` ORDER BY `+p.ID, p.TextsHold, p.All.Args)
		if err != nil {
			return nil, 0, err
		}
		found = text.find(p.Words)
		order := p.Order == "" || p.known(orders, p.orderQuery(), p.OrderHolds) != nil
		if n := found.Count(); n == 0 {
			return nil, 0, nil
		} else if n <= p.few && (listed == nil || !order) {
			return p.those(ctx, found)
		}
	}
	if listed == nil {
		if listed, err = p.column(ctx, subsets, p.subsetQuery(), "", p.Rows.Args); err != nil {
			return nil, 0, err
		}
	}
	if len(p.Words) > 0 {
		found.Keep(listed.rows)
	} else {
		found = listed.rows
	}
	if total = found.Count(); total <= p.Offset {
		return nil, total, nil
	}
	if p.Order == "" {
		return found.IDs(p.Desc, p.Offset, p.Limit), total, nil
	}
	order, err := p.column(ctx, orders, p.orderQuery(), p.OrderHolds, p.All.Args)
	if err != nil {
		return nil, 0, err
	}
	return found.Walk(order.ids, p.Offset, p.Limit), total, nil
}

func (p *paging) subsetQuery() string {
	return `SELECT ` + p.ID + ` FROM ` + p.From + ` WHERE ` + p.Rows.SQL
}

func (p *paging) orderQuery() string {
	return `SELECT ` + p.ID + ` FROM ` + p.From + ` WHERE ` + p.All.SQL + ` ORDER BY ` + p.Order
}

// those gives the page out of a few rows by asking about each.
func (p *paging) those(ctx context.Context, found Set[int64]) (ids []int64, total int, err error) {
	list, err := JSONText(found.IDs(false, 0, 0))
	if err != nil {
		return nil, 0, err
	}
	ids, err = SelectAll(ctx, p.tx, Itself[int64], p.subsetQuery()+` AND `+p.ID+` IN (SELECT value FROM json_each(?)) ORDER BY `+p.order(),
		append(slices.Clone(p.Rows.Args), list)...)
	if total = len(ids); err != nil || total <= p.Offset {
		return nil, total, err
	}
	if ids = ids[p.Offset:]; p.Limit > 0 {
		ids = ids[:min(p.Limit, len(ids))]
	}
	return ids, total, nil
}

// names gives what a query is known by, and how long its answer holds.
func (p *paging) names(kind int, query, holds string) (string, string) {
	args := p.All.Args
	if kind == subsets {
		args = p.Rows.Args
	}
	query = fmt.Sprintf("%s %#v", query, args)
	if holds == "" {
		return query, "state " + p.state
	}
	return query, "held " + holds
}

// known gives what is kept and holds, nil for nothing.
func (p *paging) known(kind int, query, holds string) *column {
	query, holds = p.names(kind, query, holds)
	p.mu.Lock()
	defer p.mu.Unlock()
	kept := p.kept[kind]
	i := slices.IndexFunc(kept, func(c *column) bool { return c.query == query && c.holds == holds })
	if i < 0 {
		return nil
	}
	c := kept[i]
	p.kept[kind] = append(slices.Delete(kept, i, i+1), c)
	return c
}

// column gives what a query says, which is kept in the place of what it said before.
func (p *paging) column(ctx context.Context, kind int, query, holds string, args []any) (*column, error) {
	if c := p.known(kind, query, holds); c != nil {
		return c, nil
	}
	c := &column{}
	c.query, c.holds = p.names(kind, query, holds)
	if err := c.read(ctx, p.tx, kind, query, args); err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	kept := append(slices.DeleteFunc(p.kept[kind], func(old *column) bool { return old.query == c.query }), c)
	p.kept[kind] = slices.Delete(kept, 0, max(len(kept)-most[kind], 0))
	return c, nil
}

func (c *column) read(ctx context.Context, tx *sql.Tx, kind int, query string, args []any) (err error) {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	var id int64
	var text sql.RawBytes
	into := []any{&id}
	if kind == texts {
		into = append(into, &text)
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		c.ids = append(c.ids, id)
		if kind == texts {
			c.text = append(append(c.text, text...), '\n')
			c.ends = append(c.ends, len(c.text))
		}
	}
	if err := rows.Err(); err != nil || len(c.ids) == 0 || kind == orders {
		return err
	}
	first, last := slices.Min(c.ids), slices.Max(c.ids)
	if first < 0 || last-first >= mostSpan {
		return errSpan
	}
	if kind == subsets {
		c.rows = NewSet(first, last)
		for _, id := range c.ids {
			c.rows.Add(id)
		}
		c.ids = nil
	}
	return nil
}

// find gives the rows whose texts have all words.
func (c *column) find(words []string) Set[int64] {
	if len(c.ids) == 0 {
		return Set[int64]{}
	}
	found := NewSet(c.ids[0], c.ids[len(c.ids)-1])
	sought := make([][]byte, len(words))
	for i, word := range words {
		sought[i] = []byte(word)
	}
	slices.SortStableFunc(sought, func(a, b []byte) int { return len(b) - len(a) }) // a long one is rarer
	for row, at := 0, 0; ; row++ {
		next := bytes.Index(c.text[at:], sought[0])
		if next < 0 {
			return found
		}
		for at += next; c.ends[row] <= at; {
			row++
		}
		from := 0
		if row > 0 {
			from = c.ends[row-1]
		}
		at = c.ends[row]
		if !slices.ContainsFunc(sought[1:], func(word []byte) bool { return !bytes.Contains(c.text[from:at], word) }) {
			found.Add(c.ids[row])
		}
	}
}
