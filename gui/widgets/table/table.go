// Package table shows a list of any length: rows are fetched page by page as they come into view, a press
// on a header sorts, keyboard and mouse choose and mark. Like widgets, it knows no domain.
package table

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// Table is a header over rows. It is made of a List, because Fyne's Table loses its place in long ones.
type Table struct {
	widget.BaseWidget
	Handlers

	heads  []*Head
	head   *fyne.Container // of heads
	escape func()
	pages  *pages
	marks  *marks
	list   *list
}

// New makes an empty table; Reload fills it.
func New(columns []Column, fetch Fetch) *Table {
	t := &Table{head: container.NewWithoutLayout()}
	t.pages = &pages{fetch: fetch, came: t.came, held: map[int][]Row{}, next: -1}
	t.marks = &marks{pages: t.pages, handlers: &t.Handlers, refresh: func() { t.list.Refresh() }}
	t.list = newList(&t.Handlers, t.pages, t.marks)
	showLines(t.list)
	t.divide(columns)
	t.ExtendBaseWidget(t)
	return t
}

// divide gives the table columns. It stays sorted as it is, if by one of them.
func (t *Table) divide(columns []Column) {
	t.list.columns, t.heads = columns, nil
	t.head.RemoveAll()
	t.head.Layout = columnsLayout(columns)
	for _, c := range columns {
		h := newHead(c, func() { t.sortBy(c.ID) })
		h.SetEscape(t.escape)
		t.heads = append(t.heads, h)
		t.head.Add(h)
	}
	id, desc := t.Sorted()
	if !slices.ContainsFunc(columns, func(c Column) bool { return c.ID == id }) {
		id, desc = "", false
	}
	t.Sort(id, desc)
}

// SetColumns empties the table and gives it other columns; Reload fills it.
func (t *Table) SetColumns(columns []Column) {
	t.Unmark()
	t.pages.clear()
	t.divide(columns)
	t.list.Refresh()
}

// SetEscape says what Esc does while a part of the table has the focus.
func (t *Table) SetEscape(f func()) {
	t.escape = f
	t.list.SetEscape(f)
	for _, h := range t.heads {
		h.SetEscape(f)
	}
}

// Sorted tells the column the table is sorted by, empty for none.
func (t *Table) Sorted() (id string, desc bool) { return t.pages.sort, t.pages.desc }

// Current gives the row that the keyboard stands on, ok = false when there is none.
func (t *Table) Current() (r Row, ok bool) { return t.pages.row(t.list.at) }

// Choose chooses a row as a person does, but for the focus.
func (t *Table) Choose(at int) {
	if at < t.pages.total {
		t.list.Select(at)
	}
}

// At is the place of that row in the list.
func (t *Table) At() int { return t.list.at }

// Total is the number of rows.
func (t *Table) Total() int { return t.pages.total }

// Generation numbers the times the list was asked anew: an answer to an older one does not count any more.
func (t *Table) Generation() int { return t.pages.generation }

// Heads are the header cells, in the order of the columns.
func (t *Table) Heads() []*Head { return t.heads }

// Focusable is the part that takes the focus for the whole.
func (t *Table) Focusable() fyne.Focusable { return t.list }

// Marked gives the rows that are marked, in the order in which they were.
func (t *Table) Marked() []Row { return slices.Clone(t.marks.rows) }

// Mark marks the rows with these keys among those that are at hand, and no others.
func (t *Table) Mark(keys ...string) { t.marks.only(keys) }

// Unmark takes every mark away.
func (t *Table) Unmark() { t.marks.none() }

func (t *Table) sortBy(id string) {
	t.Sort(id, t.pages.sort == id && !t.pages.desc)
	t.Reload()
}

// Sort shows the list as sorted by a column from its next Reload on.
func (t *Table) Sort(id string, desc bool) {
	t.pages.sort, t.pages.desc = id, desc
	for i, c := range t.list.columns {
		t.heads[i].order(c.ID != "" && c.ID == id, desc)
	}
}

// Reload asks for the first page anew; what is shown stays until it comes.
func (t *Table) Reload() { t.renew(0, anew) }

// Renew asks anew for the rows in view, and stays where it is.
func (t *Table) Renew() {
	t.renew(max(0, min(t.list.at, t.pages.total-1))/PageRows, staying)
}

func (t *Table) renew(page int, way loading) {
	t.list.picked = -1
	t.pages.renew(page, way)
}

// came shows a page that has come.
func (t *Table) came(page int, rows []Row, way loading) {
	t.marks.renew(rows)
	t.list.fit(page, rows)
	if way == anew {
		t.list.UnselectAll()
		t.list.at = 0
	}
	if way != adding && t.OnLoaded != nil {
		t.OnLoaded(t.pages.total)
	}
	if way == anew {
		t.list.ScrollToOffset(0)
	}
	t.list.Refresh()
	if picked := t.list.picked; picked >= 0 && picked/PageRows == page {
		t.list.choose(picked)
	}
}

// CreateRenderer lays header and rows out; a narrow window scrolls them sideways together.
func (t *Table) CreateRenderer() fyne.WidgetRenderer {
	head := t.head
	if t.marks.possible() {
		head = widgets.NewBorder(nil, nil, widgets.FixedWidth(markWidth, widgets.Gap(1)), nil, head)
	}
	body := widgets.NewBorder(container.NewVBox(head, widget.NewSeparator()), nil, nil, nil, t.list)
	return widget.NewSimpleRenderer(container.NewHScroll(body))
}
