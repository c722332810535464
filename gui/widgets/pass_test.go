package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

func TestWidgets_handOnWhatTheyDoNotUse(t *testing.T) {
	test.NewTempApp(t)
	for name, o := range map[string]fyne.Focusable{
		"button": NewButton("a", nil), "item": NewItem("", "a", nil, nil), "card": NewCard(theme.InfoIcon(), "a", "b", nil, nil),
		"counter": NewCounter("a", theme.InfoIcon(), ColorBlue, nil), "choice": NewChoice([]string{"a", "b"}, nil),
		"select": NewSelect("", []string{"a"}, nil), "check": NewCheck("a", nil), "help": newHelpButton("a", func() {}),
		"picks": NewPicks(), "entry": NewEntry(""),
	} {
		win := test.NewTempWindow(t, o.(fyne.CanvasObject))
		var letters string
		var keys []fyne.KeyName
		win.Canvas().SetOnTypedRune(func(r rune) { letters += string(r) })
		win.Canvas().SetOnTypedKey(func(k *fyne.KeyEvent) { keys = append(keys, k.Name) })
		o.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		if len(keys) != 1 {
			t.Errorf("%s keeps Esc to itself", name)
		}
		o.TypedRune('4')
		if want := map[bool]string{true: "", false: "4"}[name == "entry"]; letters != want {
			t.Errorf("%s hands on %q, want %q", name, letters, want)
		}
	}
}

func TestFirst_isTheFirstFieldOrBlueButtonThatCanBeWorked(t *testing.T) {
	test.NewTempApp(t)
	off, blue, field := NewButton("off", nil).Primary(), NewButton("blue", nil).Primary(), NewEntry("")
	off.Disable()
	row, search := NewRow("field", field, "help"), NewEntry("search")
	page := Scrolled(search, NewButton("plain", nil), off, row, blue)
	if First(page) != field {
		t.Errorf("%T comes first", First(page))
	}
	if Blue(page) != blue {
		t.Error("Enter does not press the blue button that is on")
	}
	row.Hide()
	if First(page) != blue {
		t.Errorf("%T comes first without the field", First(page))
	}
	blue.Disable()
	if First(page) != nil || Blue(page) != nil {
		t.Error("something that is off was found")
	}
}
