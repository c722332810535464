package table

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// store answers a table from n rows; late keeps the answers until they are asked for.
type store struct {
	n     int
	late  bool
	asked []Query
	kept  []func()
}

func (s *store) fetch(q Query, done func([]Row, int, bool)) {
	s.asked = append(s.asked, q)
	answer := func() {
		var rows []Row
		for i := q.Offset; i < min(q.Offset+q.Limit, s.n); i++ {
			rows = append(rows, Row{Cells: []string{fmt.Sprint(i), "b"}, Detail: fmt.Sprint("row ", i)})
		}
		done(rows, s.n, true)
	}
	if s.late {
		s.kept = append(s.kept, answer)
		return
	}
	answer()
}

func newTestTable(t *testing.T, s *store) *Table {
	t.Helper()
	test.NewTempApp(t)
	d := New([]Column{{ID: "a", Title: "A", Width: 80, Grow: 1}, {Title: "B", Width: 80}}, s.fetch)
	w := test.NewTempWindow(t, d)
	w.Resize(fyne.NewSize(400, 300))
	return d
}

func TestTable_comesToTheEndOfALongList(t *testing.T) {
	s := &store{n: 200_000}
	d := newTestTable(t, s)
	d.Reload()
	var got Row
	d.OnSelected = func(r Row) { got = r }
	d.Focusable().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	if got.Detail != "row 199999" {
		t.Errorf("the end shows %q", got.Detail)
	}
	if n := len(s.asked); n > 5 {
		t.Errorf("%d pages asked for to see two of them", n)
	}
	d.Focusable().TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	if got.Detail != "row 0" {
		t.Errorf("the beginning shows %q", got.Detail)
	}
	d.Focusable().TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown})
	if got.Detail == "row 0" || got.Detail == "row 1" {
		t.Errorf("a page down shows %q", got.Detail)
	}
}

func TestTable_forgetsOldAnswers(t *testing.T) {
	s := &store{n: 5, late: true}
	d := newTestTable(t, s)
	d.Reload()
	s.n = 3
	d.Reload()
	s.kept[1]()
	s.n = 5
	s.kept[0]() // the answer to the older question comes last
	if d.Total() != 3 {
		t.Errorf("%d rows, want those of the newer question", d.Total())
	}
}

func TestTable_tellsOfAChosenRowWhenItComes(t *testing.T) {
	s := &store{n: 1000}
	d := newTestTable(t, s)
	d.Reload()
	var got []string
	d.OnSelected = func(r Row) { got = append(got, r.Detail) }
	s.late = true
	d.Focusable().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	if len(got) != 0 {
		t.Fatalf("told of %v, which has not come", got)
	}
	for len(s.kept) > 0 {
		answer := s.kept[0]
		s.kept = s.kept[1:]
		answer()
	}
	if !slices.Equal(got, []string{"row 999"}) {
		t.Errorf("told of %v", got)
	}
}

func TestTable_keepsWhatItHasWhenAFetchFails(t *testing.T) {
	s := &store{n: 5}
	d := newTestTable(t, s)
	d.Reload()
	d.pages.fetch = func(_ Query, done func([]Row, int, bool)) { done(nil, 0, false) }
	d.Reload()
	if d.Total() != 5 {
		t.Errorf("%d rows", d.Total())
	}
}

func TestTable_holdsABoundedNumberOfPages(t *testing.T) {
	s := &store{n: 10_000}
	d := newTestTable(t, s)
	d.Reload()
	for i := 0; i < s.n; i += PageRows {
		d.list.Highlight(i)
	}
	d.list.Highlight(s.n - 1)
	if n := len(d.pages.held); n > pagesKept || n < pagesKept/2 {
		t.Errorf("%d pages are kept", n)
	}
	if r, ok := d.pages.row(9_999); !ok || r.Detail != "row 9999" {
		t.Errorf("the page in view is gone: %v", r)
	}
}

func TestTable_sortsByHead(t *testing.T) {
	s := &store{n: 5}
	d := newTestTable(t, s)
	d.Reload()
	s.asked = nil
	d.Heads()[0].TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	test.Tap(d.Heads()[0])
	test.Tap(d.Heads()[1]) // cannot sort
	want := []Query{{Sort: "a", Limit: PageRows}, {Sort: "a", Desc: true, Limit: PageRows}}
	if !slices.Equal(s.asked, want) {
		t.Errorf("asked %+v", s.asked)
	}
}

func TestTable_changesItsColumns(t *testing.T) {
	s := &store{n: 5}
	d := newTestTable(t, s)
	d.OnMarked = func(int) {}
	left := 0
	d.SetEscape(func() { left++ })
	d.Sort("a", true)
	d.Reload()
	d.marks.all()
	s.late = true
	d.Reload()
	d.SetColumns([]Column{{ID: "c", Title: "C", Width: 100}, {ID: "a", Title: "A", Width: 60}, {Title: "B", Width: 60}})
	s.kept[0]()
	if d.Total() != 0 || len(d.Marked()) != 0 {
		t.Errorf("%d rows and %d marks are left of the other columns", d.Total(), len(d.Marked()))
	}
	if id, desc := d.Sorted(); id != "a" || !desc {
		t.Errorf("sorted by %q", id)
	}
	s.late, s.asked = false, nil
	d.Reload()
	line := d.list.CreateItem().(*activeLine)
	for _, c := range [][]Column{d.list.columns, {{Title: "B", Width: 60}}} {
		d.SetColumns(c)
		line.show(0, Row{Cells: []string{"x", "y", "z"}}, true)
		if len(line.cells.Objects) != len(c) || len(d.Heads()) != len(c) || len(d.head.Objects) != len(c) {
			t.Errorf("%d cells under %d heads for %d columns", len(line.cells.Objects), len(d.Heads()), len(c))
		}
	}
	if id, _ := d.Sorted(); id != "" {
		t.Errorf("sorted by %q, which is gone", id)
	}
	d.Heads()[0].TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if left != 1 {
		t.Error("escape of a new head does nothing")
	}
}

func TestTable_coloursACellAndTakesTheColourAwayAgain(t *testing.T) {
	d := newTestTable(t, &store{n: 1})
	d.OnMarked = func(int) {}
	line, _ := newLine(d.list).(*activeLine)
	tones := func() (all []widget.Importance) {
		for _, cell := range line.cells.Objects {
			all = append(all, cell.(*widget.Label).Importance)
		}
		return all
	}
	line.show(0, Row{Cells: []string{"a", "b"}, Tones: []widget.Importance{widget.DangerImportance}}, true)
	if got := tones(); !slices.Equal(got, []widget.Importance{widget.DangerImportance, widget.MediumImportance}) {
		t.Errorf("%v", got)
	}
	line.show(1, Row{Cells: []string{"a", "b"}}, true) // the same words, without a colour
	if got := tones(); !slices.Equal(got, []widget.Importance{widget.MediumImportance, widget.MediumImportance}) {
		t.Errorf("%v", got)
	}
}

// Of two texts that fill their cells one ends well before the other begins.
func TestColumns_leaveRoomBetweenTexts(t *testing.T) {
	test.NewTempApp(t)
	columns := columnsLayout{{Width: 100, Grow: 1}, {Width: 100}, {Width: 60, Right: true}, {Width: 80}}
	cells := make([]fyne.CanvasObject, len(columns))
	for i := range cells {
		cells[i] = widget.NewLabel("")
	}
	columns.Layout(cells, fyne.NewSize(500, 40))
	margin := cells[0].(*widget.Label).Theme().Size(theme.SizeNameInnerPadding)
	for i, c := range cells[1:] {
		end, begin := cells[i].Position().X+cells[i].Size().Width-margin, c.Position().X+margin
		if begin-end < 12 {
			t.Errorf("a text ends at %.0f, the next one begins at %.0f", end, begin)
		}
	}
}
