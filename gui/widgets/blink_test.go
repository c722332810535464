package widgets

import (
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

// moving is a program whose animations run until they are stopped.
type moving struct {
	fyne.App
	driver *movingDriver
}

func (m moving) Driver() fyne.Driver { return m.driver }

type movingDriver struct {
	fyne.Driver
	running map[*fyne.Animation]bool
}

func (d *movingDriver) StartAnimation(a *fyne.Animation) { d.running[a] = true }
func (d *movingDriver) StopAnimation(a *fyne.Animation)  { delete(d.running, a) }

// pass lets so much of a rest go by, 1 being all of it, and tells how many rests there were.
func (d *movingDriver) pass(of float32) (rests int) {
	for a := range d.running {
		if a.Duration == blinkFor {
			rests++
			if of == 1 {
				delete(d.running, a) // as the driver does at the end of one
			}
			a.Tick(of)
		}
	}
	return rests
}

func TestEntry_restsWhenNobodyTypes(t *testing.T) {
	app := moving{test.NewTempApp(t), nil}
	app.driver = &movingDriver{app.App.Driver(), map[*fyne.Animation]bool{}}
	fyne.SetCurrentApp(app)
	e := NewEntry("")
	w := test.NewTempWindow(t, container.NewVBox(e))
	const blinks, rests = 2, 0 // animations that run: the cursor's and what ends it; none

	running := func(when string, want int) {
		t.Helper()
		if n := len(app.driver.running); n != want {
			t.Errorf("%s: %d animations run, want %d", when, n, want)
		}
	}
	rest := func() {
		t.Helper()
		if n := app.driver.pass(1); n != 1 {
			t.Errorf("%d rests were waited for, want 1", n)
		}
	}
	running("before it has the focus", rests)
	w.Canvas().Focus(e)
	running("with the focus", blinks)
	app.driver.pass(0.999)
	running("a moment before it rests", blinks)
	rest()
	running("after the rest", rests)
	if c := cursorOf(t, e); !c.Visible() || c.FillColor != color.Color(theme.Color(theme.ColorNamePrimary)) {
		t.Errorf("the cursor that stands is %v, seen %v", c.FillColor, c.Visible())
	}
	e.SetText("by the program")
	running("changed by nobody", rests)
	for what, use := range map[string]func(){
		"a letter":   func() { e.TypedRune('ş') },
		"an arrow":   func() { e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft}) },
		"a shortcut": func() { e.TypedShortcut(&fyne.ShortcutSelectAll{}) },
		"a click":    func() { e.MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary}) },
	} {
		use()
		running("after "+what, blinks)
		use()
		running("after a second time "+what, blinks)
		rest()
		running("a rest after "+what, rests)
	}
	e.TypedRune('a')
	w.Canvas().Unfocus()
	running("without the focus", rests)
	w.Canvas().Focus(e)
	rest()
	w.Canvas().Unfocus()
	w.Canvas().Focus(e)
	running("with the focus again", blinks)
	w.Canvas().Unfocus()
	if app.driver.pass(1) != 0 {
		t.Error("an entry without the focus waits to rest")
	}
}

func cursorOf(t *testing.T, e *Entry) *canvas.Rectangle {
	t.Helper()
	for _, o := range test.WidgetRenderer(e).Objects() {
		if s, is := o.(*container.Scroll); is {
			for _, o := range test.WidgetRenderer(s.Content.(fyne.Widget)).Objects() {
				if c, is := o.(*canvas.Rectangle); is {
					return c
				}
			}
		}
	}
	t.Fatal("an entry without a cursor")
	return nil
}
