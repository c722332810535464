package widgets

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestPicks_keyboard(t *testing.T) {
	test.NewTempApp(t)
	p := NewPicks()
	var picked []int
	up := 0
	p.OnPicked = func(i int) { picked = append(picked, i) }
	p.OnUp = func() { up++ }
	test.NewTempWindow(t, p)
	p.SetPicks([]Pick{{Title: "a", Button: "x"}, {Title: "b"}, {Title: "c", Lines: []string{"d"}, Why: "e", Button: "x"}})
	for _, k := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyDown, fyne.KeyReturn, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn, fyne.KeyHome, fyne.KeyUp} {
		p.TypedKey(&fyne.KeyEvent{Name: k})
	}
	test.Tap(p.Button(2))
	if !slices.Equal(picked, []int{0, 2, 2}) || up != 1 || p.At() != 2 {
		t.Errorf("picked %v, left at the top %d times, stands at %d", picked, up, p.At())
	}
	if p.Button(1) != nil {
		t.Error("what cannot be picked has a button")
	}
	p.Say(1, "not now")
	if got := p.cards[1].wrong.Words(); got != "not now" || !p.cards[1].wrong.Visible() {
		t.Errorf("it says %q", got)
	}
}
