package kit

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// contrast is WCAG's ratio of two colours.
func contrast(a, b color.Color) float64 {
	luminance := func(c color.Color) float64 {
		r, g, b, _ := c.RGBA()
		part := func(v uint32) float64 {
			x := float64(v) / 0xffff
			if x <= 0.03928 {
				return x / 12.92
			}
			return math.Pow((x+0.055)/1.055, 2.4)
		}
		return 0.2126*part(r) + 0.7152*part(g) + 0.0722*part(b)
	}
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func TestTheme_textCanBeRead(t *testing.T) {
	pairs := [][2]fyne.ThemeColorName{
		{widgets.ColorOnCounter, widgets.ColorBlue},
		{widgets.ColorOnCounter, widgets.ColorGreen},
		{widgets.ColorOnCounter, widgets.ColorOrange},
		{theme.ColorNameForegroundOnPrimary, theme.ColorNamePrimary},
		{theme.ColorNameForegroundOnError, theme.ColorNameError},
		{theme.ColorNameForegroundOnSuccess, theme.ColorNameSuccess},
		{theme.ColorNameForegroundOnWarning, theme.ColorNameWarning},
	}
	for _, ground := range []fyne.ThemeColorName{theme.ColorNameBackground, widgets.ColorSurface, widgets.ColorSide, theme.ColorNameOverlayBackground} {
		for _, text := range []fyne.ThemeColorName{theme.ColorNameForeground, widgets.ColorMuted, theme.ColorNameError, theme.ColorNamePrimary, theme.ColorNameSuccess, theme.ColorNameWarning} {
			pairs = append(pairs, [2]fyne.ThemeColorName{text, ground})
		}
	}
	// the bars of a chart lie on a surface, and are no text: 3 is enough for them
	for _, v := range []fyne.ThemeVariant{theme.VariantLight, theme.VariantDark} {
		for _, bar := range []fyne.ThemeColorName{widgets.ColorBarBlue, widgets.ColorBarGreen, widgets.ColorBarOrange} {
			l := NewLook(ThemeSystem)
			if c := contrast(l.Color(bar, v), l.Color(widgets.ColorSurface, v)); c < 3 {
				t.Errorf("variant %d: %s on a surface has %.2f", v, bar, c)
			}
		}
	}
	pairs = append(pairs, [2]fyne.ThemeColorName{theme.ColorNamePlaceHolder, theme.ColorNameInputBackground})
	for name, variant := range map[string]fyne.ThemeVariant{"light": theme.VariantLight, "dark": theme.VariantDark} {
		l := NewLook(ThemeSystem)
		for _, p := range pairs {
			if c := contrast(l.Color(p[0], variant), l.Color(p[1], variant)); c < 4.5 {
				t.Errorf("%s: %s on %s has %.2f", name, p[0], p[1], c)
			}
		}
	}
}

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
