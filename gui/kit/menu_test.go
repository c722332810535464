package kit

import (
	"runtime"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Fyne finds the command of a key by the name of its shortcut, and writes out those of fyne.KeyboardShortcut too faintly to be read.
func TestSetKey_standsInTheWordsAndIsFoundByItsName(t *testing.T) {
	i := fyne.NewMenuItem("Kaydet", nil)
	SetKey(i, fyne.KeyS)
	pressed := &desktop.CustomShortcut{KeyName: fyne.KeyS, Modifier: fyne.KeyModifierShortcutDefault}
	if i.Shortcut.ShortcutName() != pressed.ShortcutName() {
		t.Errorf("%q is not found by %q", i.Shortcut.ShortcutName(), pressed.ShortcutName())
	}
	_, written := i.Shortcut.(fyne.KeyboardShortcut)
	if mac := runtime.GOOS == "darwin"; written != mac || (i.Label == "Kaydet   (Ctrl+S)") == mac {
		t.Errorf("%q, written out by Fyne: %v", i.Label, written)
	}
}
