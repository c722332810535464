package kit

import (
	"runtime"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// PopUp shows commands at a place of the canvas; the first one has the focus.
func (e *Env) PopUp(at fyne.Position, items ...*fyne.MenuItem) {
	m := widget.NewPopUpMenu(fyne.NewMenu("", items...), e.Win.Canvas())
	m.ShowAtPosition(at)
	m.ActivateNext()
}

// Under is where the menu of a button opens.
func Under(o fyne.CanvasObject) fyne.Position {
	return fyne.CurrentApp().Driver().AbsolutePositionForObject(o).AddXY(0, o.Size().Height)
}

// SetKey lets a command of the menu bar be given by Ctrl, on macOS ⌘, and key. macOS writes the key beside the command;
// elsewhere Fyne would, in a fifth of the strength that can be read, so that it stands in the words.
func SetKey(i *fyne.MenuItem, key fyne.KeyName) {
	c := &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}
	i.Shortcut = c
	if runtime.GOOS != "darwin" {
		i.Shortcut, i.Label = unwritten{c.ShortcutName()}, i.Label+"   (Ctrl+"+string(key)+")"
	}
}

// unwritten is a shortcut that Fyne knows by its name and cannot write out.
type unwritten struct{ name string }

// ShortcutName is what Fyne compares.
func (u unwritten) ShortcutName() string { return u.name }
