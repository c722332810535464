package table

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// newMarkTable makes a table of n rows that can be marked.
func newMarkTable(t *testing.T, n int) *Table {
	t.Helper()
	test.NewTempApp(t)
	d := New([]Column{{Title: "A", Width: 80}}, func(q Query, done func([]Row, int, bool)) {
		var rows []Row
		for i := q.Offset; i < min(q.Offset+q.Limit, n); i++ {
			rows = append(rows, Row{Cells: []string{fmt.Sprint(i)}, Key: fmt.Sprint(i)})
		}
		done(rows, n, true)
	})
	d.OnMarked = func(int) {}
	w := test.NewTempWindow(t, d)
	w.Resize(fyne.NewSize(400, 300))
	d.Reload()
	w.Canvas().Focus(d.Focusable())
	return d
}

func marksOf(d *Table) string {
	var keys []string
	for _, r := range d.Marked() {
		keys = append(keys, r.Key)
	}
	slices.Sort(keys)
	return strings.Join(keys, " ")
}

func press(d *Table, names ...fyne.KeyName) {
	for _, n := range names {
		k := &fyne.KeyEvent{Name: n}
		switch n {
		case desktop.KeyShiftLeft:
			d.list.KeyDown(k)
		case "up":
			d.list.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
		default:
			d.list.TypedKey(k)
		}
	}
}

func TestTable_marksByKeyboard(t *testing.T) {
	const shift = desktop.KeyShiftLeft
	for _, c := range []struct {
		name string
		keys []fyne.KeyName
		want string
	}{
		{"space marks and takes back", []fyne.KeyName{fyne.KeySpace, fyne.KeyDown, fyne.KeySpace, fyne.KeySpace}, "0"},
		{"shift marks as far as one comes", []fyne.KeyName{fyne.KeyDown, shift, fyne.KeyDown, fyne.KeyDown}, "1 2 3"},
		{"and less when one turns back", []fyne.KeyName{fyne.KeyDown, shift, fyne.KeyDown, fyne.KeyDown, fyne.KeyUp}, "1 2"},
		{"beside what was marked", []fyne.KeyName{fyne.KeySpace, fyne.KeyDown, fyne.KeyDown, shift, fyne.KeyDown}, "0 2 3"},
		{"moving on marks nothing", []fyne.KeyName{shift, fyne.KeyDown, "up", fyne.KeyDown, fyne.KeyDown}, "0 1"},
		{"a second range goes from where one stands", []fyne.KeyName{shift, fyne.KeyDown, "up", fyne.KeyDown, fyne.KeyDown, shift, fyne.KeyDown}, "0 1 3 4"},
	} {
		d := newMarkTable(t, 9)
		if press(d, c.keys...); marksOf(d) != c.want {
			t.Errorf("%s: marked %q, want %q", c.name, marksOf(d), c.want)
		}
	}
}

func TestTable_aRangeReachesRowsThatHaveNotCome(t *testing.T) {
	d := newMarkTable(t, 450)
	press(d, fyne.KeyDown, desktop.KeyShiftLeft, fyne.KeyEnd)
	if n := len(d.Marked()); n != 449 {
		t.Errorf("%d rows are marked", n)
	}
	long := newMarkTable(t, 5000)
	press(long, desktop.KeyShiftLeft, fyne.KeyEnd)
	if n := len(long.Marked()); n != MarksLimit {
		t.Errorf("%d rows are marked, want no more than %d", n, MarksLimit)
	}
}

func TestTable_marksAll(t *testing.T) {
	for n, want := range map[int]int{0: 0, 7: 7, 4000: MarksLimit} {
		d := newMarkTable(t, n)
		d.list.TypedShortcut(&fyne.ShortcutSelectAll{})
		if got := len(d.Marked()); got != want {
			t.Errorf("%d of %d rows are marked, want %d", got, n, want)
		}
		if d.Unmark(); len(d.Marked()) != 0 {
			t.Error("marks are left")
		}
	}
}

func TestTable_marksByMouse(t *testing.T) {
	d := newMarkTable(t, 9)
	click := func(i int, m fyne.KeyModifier) {
		line := &activeLine{line{list: d.list}}
		line.fill()
		r, ok := d.pages.row(i)
		line.show(i, r, ok)
		line.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(60, 5)}, Button: desktop.MouseButtonPrimary, Modifier: m})
	}
	click(1, 0)
	if got := marksOf(d); got != "" {
		t.Errorf("a click marks %q", got)
	}
	click(4, fyne.KeyModifierShift)
	click(7, fyne.KeyModifierShortcutDefault)
	if got := marksOf(d); got != "1 2 3 4 7" {
		t.Errorf("marked %q", got)
	}
}
