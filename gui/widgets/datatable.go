package widgets

import (
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

	columns []Column
	heads   []*TableHead
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
}

// NewDataTable makes an empty table; Reload fills it.
func NewDataTable(columns []Column, fetch Fetch) *DataTable {
	t := &DataTable{columns: columns, fetch: fetch, pages: map[int][]TableRow{}, next: -1, picked: -1}
	t.list = newTableList(t)
	for _, c := range columns {
		h := newTableHead(c, func() { t.sortBy(c.ID) })
		t.heads = append(t.heads, h)
	}
	t.ExtendBaseWidget(t)
	return t
}

// SetEscape says what Esc does while a part of the table has the focus.
func (t *DataTable) SetEscape(f func()) {
	t.list.SetEscape(f)
	for _, h := range t.heads {
		h.SetEscape(f)
	}
}

// Sorted tells the column the table is sorted by, empty for none.
func (t *DataTable) Sorted() (id string, desc bool) { return t.sort, t.desc }

// Total is the number of rows.
func (t *DataTable) Total() int { return t.total }

// Heads are the header cells, in the order of the columns.
func (t *DataTable) Heads() []*TableHead { return t.heads }

// Focusable is the part that takes the focus for the whole.
func (t *DataTable) Focusable() fyne.Focusable { return t.list }

// Reload asks for the first page anew; what is shown stays until it comes.
func (t *DataTable) Reload() {
	t.generation++
	t.next, t.picked = -1, -1
	t.load(0, true)
}

func (t *DataTable) sortBy(id string) {
	if t.sort == id {
		t.desc = !t.desc
	} else {
		t.sort, t.desc = id, false
	}
	for i, c := range t.columns {
		t.heads[i].order(c.ID != "" && c.ID == t.sort, t.desc)
	}
	t.Reload()
}

func (t *DataTable) load(page int, anew bool) {
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
		if anew {
			t.pages = map[int][]TableRow{}
		}
		t.total = total
		t.pages[page] = rows
		t.forget(page)
		if anew {
			t.list.UnselectAll()
			t.list.at = 0
			if t.OnLoaded != nil {
				t.OnLoaded(total)
			}
			t.list.ScrollToOffset(0)
		}
		t.list.Refresh()
		if t.picked >= 0 && t.picked/PageRows == page {
			t.selected(t.picked)
		}
		if next := t.next; next >= 0 {
			t.next = -1
			if _, have := t.pages[next]; !have {
				t.load(next, false)
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
		t.load(page, false)
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
	head := container.New(columnsLayout(t.columns))
	for _, h := range t.heads {
		head.Add(h)
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
