package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestButton_heldKeyPressesItOnce(t *testing.T) {
	test.NewTempApp(t)
	for _, name := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace} {
		pressed := 0
		b := NewButton("Oluştur", func() { pressed++ })
		win := test.NewTempWindow(t, b)
		k := &fyne.KeyEvent{Name: name}
		win.Canvas().Focus(b) // while the key is held
		b.TypedKey(k)
		b.TypedKey(k)
		if pressed != 0 {
			t.Errorf("%s: a key that was held when the focus came pressed it", name)
		}
		b.KeyUp(k)
		for press := 1; press <= 2; press++ {
			b.KeyDown(k)
			b.TypedKey(k)
			b.TypedKey(k) // repeats
			b.TypedKey(k)
			b.KeyUp(k)
			if pressed != press {
				t.Errorf("%s: %d presses after %d", name, pressed, press)
			}
		}
	}
}
