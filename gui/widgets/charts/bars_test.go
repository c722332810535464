package charts

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

func newTestBars(t *testing.T, n int) (*Bars, *[]int, *[]int) {
	t.Helper()
	test.NewTempApp(t)
	b := NewBars(widgets.ColorBlue, widgets.ColorGreen, widgets.ColorOrange)
	var chosen, opened []int
	b.OnChosen = func(i int) { chosen = append(chosen, i) }
	b.OnOpen = func(i int) { opened = append(opened, i) }
	w := test.NewTempWindow(t, b)
	w.Resize(fyne.NewSize(500, 160))
	var bars []Bar
	for i := range n {
		bars = append(bars, Bar{Label: "24.11", Whole: 100 * i, Parts: []int{i, 99 * i}, Hollow: i == 1})
	}
	b.SetBars(bars)
	return b, &chosen, &opened
}

func TestBars_keyboardGoesFromBarToBar(t *testing.T) {
	b, chosen, opened := newTestBars(t, 4)
	fyne.CurrentApp().Driver().CanvasForObject(b).Focus(b)
	for _, k := range []fyne.KeyName{fyne.KeyLeft, fyne.KeyLeft, fyne.KeyLeft, fyne.KeyLeft, fyne.KeyRight, fyne.KeyReturn, fyne.KeyEnd, fyne.KeyRight, fyne.KeySpace, fyne.KeyHome} {
		b.TypedKey(&fyne.KeyEvent{Name: k})
	}
	b.FocusLost()
	if want := []int{3, 2, 1, 0, 1, 3, 0, -1}; !slices.Equal(*chosen, want) {
		t.Errorf("chose %v, want %v", *chosen, want)
	}
	if !slices.Equal(*opened, []int{1, 3}) {
		t.Errorf("opened %v", *opened)
	}
}

func TestBars_mouseChoosesAndOpens(t *testing.T) {
	b, chosen, opened := newTestBars(t, 4)
	step := b.step(b.Size())
	at := func(i int) fyne.PointEvent { return fyne.PointEvent{Position: fyne.NewPos(step*float32(i)+5, 10)} }
	b.MouseIn(&desktop.MouseEvent{PointEvent: at(2)})
	b.MouseMoved(&desktop.MouseEvent{PointEvent: at(3)})
	b.MouseMoved(&desktop.MouseEvent{PointEvent: at(9)}) // right of the last one
	e := at(1)
	b.Tapped(&e)
	b.MouseOut()
	if want := []int{2, 3, -1, 1, -1}; !slices.Equal(*chosen, want) || !slices.Equal(*opened, []int{1}) {
		t.Errorf("chose %v, opened %v", *chosen, *opened)
	}
}

func TestBars_partsMakeUpTheWhole(t *testing.T) {
	b, _, _ := newTestBars(t, 4)
	r, ok := test.WidgetRenderer(b).(*barsRenderer)
	if !ok {
		t.Fatal("it is drawn by something else")
	}
	for i, s := range r.sets {
		whole := s.whole.Size().Height
		parts := s.parts[0].Size().Height + s.parts[1].Size().Height
		if whole > 0 && (parts < whole-1 || parts > whole+3) {
			t.Errorf("bar %d: %.1f high, its parts %.1f", i, whole, parts)
		}
		if i > 0 && s.parts[0].Size().Height < 2 {
			t.Errorf("bar %d: a small part cannot be seen", i)
		}
	}
	if r.sets[1].whole.StrokeWidth == 0 || r.sets[2].whole.StrokeWidth != 0 {
		t.Error("what does not count is not drawn hollow")
	}
	b.SetBars(nil)
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
}
