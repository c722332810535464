package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

func TestTheme_choiceBeatsTheSystem(t *testing.T) {
	test.NewTempApp(t) // whose variant the system's is
	system := NewLook(ThemeSystem)
	for choice, variant := range map[string]fyne.ThemeVariant{ThemeLight: theme.VariantLight, ThemeDark: theme.VariantDark} {
		other := theme.VariantLight
		if variant == other {
			other = theme.VariantDark
		}
		for _, name := range []fyne.ThemeColorName{theme.ColorNameBackground, theme.ColorNameScrollBar, widgets.ColorBlue} {
			if got, want := NewLook(choice).Color(name, other), system.Color(name, variant); got != want {
				t.Errorf("%s: %s is %v, want %v", choice, name, got, want)
			}
		}
	}
}
