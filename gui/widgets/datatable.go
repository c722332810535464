package widgets

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// PageRows is how many rows a DataTable asks for at once.
const PageRows = 100

// pagesKept bounds what a table holds of a long list.
const pagesKept = 40

// Column is one column of a DataTable.
type Column struct {
	ID    string  // what a page is asked to be sorted by; empty: this column cannot sort
	Title string  // in the header
	Width float32 // at least
	Grow  float32 // its share of the width that is left over
	Right bool    // for numbers
}

// TableRow is one row as it is shown.
type TableRow struct {
	Cells  []string
	Detail string // the whole of what the cells may cut off
	Key    string // what a mark is kept by; only rows that can be marked need one
	Data   any    // what the row was made of; the table does not look at it
}

// PageQuery asks for some rows.
type PageQuery struct {
	Sort   string
	Desc   bool
	Limit  int
	Offset int
}

// Fetch brings rows from elsewhere: it is called on the interface's thread, must not block, and gives
// its answer there with one call of done. Not ok leaves the table as it is.
type Fetch func(q PageQuery, done func(rows []TableRow, total int, ok bool))

// DataTable shows a list of any length: rows are fetched page by page as they come into view, a press
// on a header sorts. It is made of a List, because Fyne's Table loses its place in long ones.
type DataTable struct {
	widget.BaseWidget

	// OnSelected is told of the row a person chose, by mouse or keyboard.
	OnSelected func(TableRow)
	// OnLoaded is told how many rows there are, each time the list was asked for anew.
	OnLoaded func(total int)
	// OnOpen is told of the row that was pressed twice, or Enter was pressed on.
	OnOpen func(TableRow)
	// OnMenu is asked for the commands of a row: by right click, Shift+F10 or the menu key. at is where,
	// on the canvas.
	OnMenu func(r TableRow, at fyne.Position)
	// OnKey is given the keys that the table has no use for.
	OnKey func(k *fyne.KeyEvent)
	// OnMarked is told how many rows are marked. With it rows have a box that Space, Ctrl and the mouse
	// mark, Shift marks as far as the row one comes to, Ctrl+A all; without it none can be marked.
	OnMarked func(n int)

	columns []Column
	heads   []*TableHead
	head    *fyne.Container // of heads
	escape  func()
	fetch   Fetch
	list    *tableList

	sort       string
	desc       bool
	total      int
	pages      map[int][]TableRow
	generation int
	loading    bool
	next       int // the page to fetch when the one in flight has come; -1: none
	picked     int // the row that was chosen before it had come; -1: none
	marks      tableMarks
}

// NewDataTable makes an empty table; Reload fills it.
func NewDataTable(columns []Column, fetch Fetch) *DataTable {
	t := &DataTable{fetch: fetch, pages: map[int][]TableRow{}, next: -1, picked: -1, head: container.NewWithoutLayout()}
	t.list = newTableList(t)
	t.divide(columns)
	t.ExtendBaseWidget(t)
	return t
}

// divide gives the table columns. It stays sorted as it is, if by one of them.
func (t *DataTable) divide(columns []Column) {
	t.columns, t.heads = columns, nil
	t.head.RemoveAll()
	t.head.Layout = columnsLayout(columns)
	for _, c := range columns {
		h := newTableHead(c, func() { t.sortBy(c.ID) })
		h.SetEscape(t.escape)
		t.heads = append(t.heads, h)
		t.head.Add(h)
	}
	if !slices.ContainsFunc(columns, func(c Column) bool { return c.ID == t.sort }) {
		t.sort, t.desc = "", false
	}
	t.Sort(t.sort, t.desc)
}

// SetColumns empties the table and gives it other columns; Reload fills it.
func (t *DataTable) SetColumns(columns []Column) {
	t.Unmark()
	t.generation++
	t.pages, t.total = map[int][]TableRow{}, 0
	t.divide(columns)
	t.list.Refresh()
}

// SetEscape says what Esc does while a part of the table has the focus.
func (t *DataTable) SetEscape(f func()) {
	t.escape = f
	t.list.SetEscape(f)
	for _, h := range t.heads {
		h.SetEscape(f)
	}
}

// Sorted tells the column the table is sorted by, empty for none.
func (t *DataTable) Sorted() (id string, desc bool) { return t.sort, t.desc }

// Current gives the row that the keyboard stands on, ok = false when there is none.
func (t *DataTable) Current() (r TableRow, ok bool) { return t.row(t.list.at) }

// At is the place of that row in the list.
func (t *DataTable) At() int { return t.list.at }

// GoTo moves the keyboard to row i.
func (t *DataTable) GoTo(i int) {
	if i >= 0 && i < t.total {
		t.list.Highlight(i)
		t.list.Select(i)
	}
}

// Total is the number of rows.
func (t *DataTable) Total() int { return t.total }

// Generation numbers the times the list was asked anew: an answer to an older one does not count any more.
func (t *DataTable) Generation() int { return t.generation }

// Heads are the header cells, in the order of the columns.
func (t *DataTable) Heads() []*TableHead { return t.heads }

// Focusable is the part that takes the focus for the whole.
func (t *DataTable) Focusable() fyne.Focusable { return t.list }

// Reload asks for the first page anew; what is shown stays until it comes.
func (t *DataTable) Reload() {
	t.generation++
	t.next, t.picked = -1, -1
	t.load(0, anew)
}

func (t *DataTable) sortBy(id string) {
	t.Sort(id, t.sort == id && !t.desc)
	t.Reload()
}

// Sort shows the list as sorted by a column from its next Reload on.
func (t *DataTable) Sort(id string, desc bool) {
	t.sort, t.desc = id, desc
	for i, c := range t.columns {
		t.heads[i].order(c.ID != "" && c.ID == id, desc)
	}
}

// Renew asks anew for the rows in view, and stays where it is.
func (t *DataTable) Renew() {
	t.generation++
	t.next, t.picked = -1, -1
	page := max(0, min(t.list.at, t.total-1)) / PageRows
	t.load(page, staying)
}

// The ways of loading a page: beside those that are there, in their place from the top, or in their place
// without moving.
type loading int

const (
	adding loading = iota
	anew
	staying
)

func (t *DataTable) load(page int, way loading) {
	t.loading = true
	generation := t.generation
	q := PageQuery{Sort: t.sort, Desc: t.desc, Limit: PageRows, Offset: page * PageRows}
	t.fetch(q, func(rows []TableRow, total int, ok bool) {
		if generation != t.generation {
			return // an answer to an older question
		}
		t.loading = false
		if !ok {
			t.next = -1
			return
		}
		if way != adding {
			t.pages = map[int][]TableRow{}
		}
		t.total = total
		t.pages[page] = rows
		t.remark(rows)
		t.forget(page)
		if way == anew {
			t.list.UnselectAll()
			t.list.at = 0
		}
		if way != adding && t.OnLoaded != nil {
			t.OnLoaded(total)
		}
		if way == anew {
			t.list.ScrollToOffset(0)
		}
		t.list.Refresh()
		if t.picked >= 0 && t.picked/PageRows == page {
			t.selected(t.picked)
		}
		if next := t.next; next >= 0 {
			t.next = -1
			if _, have := t.pages[next]; !have {
				t.load(next, adding)
			}
		}
	})
}

// forget drops the pages farthest from page when there are too many.
func (t *DataTable) forget(page int) {
	for len(t.pages) > pagesKept {
		far, distance := page, 0
		for p := range t.pages {
			if d := max(p-page, page-p); d > distance {
				far, distance = p, d
			}
		}
		delete(t.pages, far)
	}
}

// row gives row i, or asks for its page and gives ok = false.
func (t *DataTable) row(i int) (r TableRow, ok bool) {
	page, at := i/PageRows, i%PageRows
	rows, have := t.pages[page]
	switch {
	case have && at < len(rows):
		return rows[at], true
	case have:
		return TableRow{}, false // shorter than it was counted
	case t.loading:
		t.next = page
	default:
		t.load(page, adding)
	}
	return TableRow{}, false
}

// selected tells of the chosen row, now or when it comes.
func (t *DataTable) selected(i int) {
	r, ok := t.row(i)
	if !ok {
		t.picked = i
		return
	}
	t.picked = -1
	if t.OnSelected != nil {
		t.OnSelected(r)
	}
}

// CreateRenderer lays header and rows out; a narrow window scrolls them sideways together.
func (t *DataTable) CreateRenderer() fyne.WidgetRenderer {
	head := t.head
	if t.OnMarked != nil {
		head = NewBorder(nil, nil, FixedWidth(markWidth, Gap(1)), nil, head)
	}
	body := NewBorder(container.NewVBox(head, widget.NewSeparator()), nil, nil, nil, t.list)
	return widget.NewSimpleRenderer(container.NewHScroll(body))
}

// cellOverlap takes back a part of the margin that cells bring along, so that more of a row fits.
const cellOverlap = 4

// columnsLayout gives every cell of a row the width of its column.
type columnsLayout []Column

func (l columnsLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var s fyne.Size
	for _, o := range objects {
		s.Height = max(s.Height, o.MinSize().Height)
	}
	for _, c := range l {
		s.Width += c.Width
	}
	s.Width += 2 * cellOverlap
	return s
}

func (l columnsLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	var fixed, grow float32
	for _, c := range l {
		fixed += c.Width
		grow += c.Grow
	}
	left := max(0, size.Width-fixed-2*cellOverlap)
	x := float32(cellOverlap)
	for i, o := range objects {
		w := l[i].Width
		if grow > 0 {
			w += left * l[i].Grow / grow
		}
		o.Move(fyne.NewPos(x-cellOverlap, 0))
		cell := w + 2*cellOverlap
		if l[i].Right {
			cell -= cellOverlap // a number does not touch the word after it
		}
		o.Resize(fyne.NewSize(cell, size.Height))
		x += w
	}
}
