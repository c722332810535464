package widgets

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

func TestTips_coverNoNextLine(t *testing.T) {
	test.NewTempApp(t)
	short, long := "İki sözcük.", strings.Repeat("Uzun bir yardım metni. ", 20)
	lines := []*Row{NewRow("Ad", NewEntry(""), short), NewRow("Kod", NewEntry(""), long), NewRow("Barkod", NewEntry(""), short)}
	item := NewItem("1", "Rehber", nil, nil)
	box := container.NewVBox(Gap(200), lines[0], lines[1], lines[2], item)
	win := test.NewTempWindow(t, box)
	win.Resize(fyne.NewSize(900, 600))
	driver := fyne.CurrentApp().Driver()
	for i, help := range []string{short, long, short} {
		top := driver.AbsolutePositionForObject(lines[i]).Y
		e := &desktop.MouseEvent{PointEvent: fyne.PointEvent{AbsolutePosition: fyne.NewPos(50, top+10)}}
		at := tipOver(lines[i], help, e).AbsolutePosition
		if end := at.Y + tipBelow + tipHeight(help, 900); end > top || end < top-3*tipDistance || at.X != 50 {
			t.Errorf("the tooltip of line %d ends at %.0f, the line begins at %.0f", i, end, top)
		}
	}
	if tipHeight(long, 900) < 2*tipHeight(short, 900) {
		t.Error("a long text is as high as a short one")
	}
	pos := driver.AbsolutePositionForObject(item)
	at := tipRight(item, &desktop.MouseEvent{}).AbsolutePosition
	if at.X < pos.X+item.Size().Width || at.Y+tipBelow != pos.Y {
		t.Errorf("the tooltip of a line of a list stands at %v, the line at %v", at, pos)
	}
	e := &desktop.MouseEvent{}
	if tipOver(NewText("", "", ""), short, e) != e {
		t.Error("what is nowhere has a place")
	}
}

func TestItem_explainsItsMarkWhereItStands(t *testing.T) {
	test.NewTempApp(t)
	item := NewItem("1", "Rehber", nil, func() {})
	item.SetMark(theme.RadioButtonIcon(), "Sizi bekliyor")
	item.Resize(fyne.NewSize(200, 36))
	at := func(x float32) *desktop.MouseEvent {
		return &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, 18)}}
	}
	item.MouseIn(at(40))
	if !item.Hovered || item.explained {
		t.Error("a line whose words the mouse is on covers the page beside it")
	}
	item.MouseMoved(at(182))
	if !item.explained {
		t.Error("the mark is not explained")
	}
	item.MouseMoved(at(100))
	if item.explained {
		t.Error("the tooltip stays when the mouse has left the mark")
	}
	item.MouseIn(at(182))
	item.MouseOut()
	if item.Hovered || item.explained {
		t.Error("the tooltip stays when the mouse has left the line")
	}
}
