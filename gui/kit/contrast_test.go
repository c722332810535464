package kit

import (
	"image/color"
	"math"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// contrast is WCAG's ratio of two colours that let nothing through.
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

// over lays a colour on another one that lets nothing through.
func over(top, under color.Color) color.Color {
	t, u := color.NRGBAModel.Convert(top).(color.NRGBA), color.NRGBAModel.Convert(under).(color.NRGBA)
	mix := func(t, u uint8, a uint8) uint8 {
		return uint8((int(t)*int(a) + int(u)*(255-int(a)) + 127) / 255)
	}
	return color.NRGBA{mix(t.R, u.R, t.A), mix(t.G, u.G, t.A), mix(t.B, u.B, t.A), 0xff}
}

// layers are the colours that lie over each other, the lowest first.
type layers []fyne.ThemeColorName

// drawn is a colour that stands on layers, and the least contrast it needs there: 4.5 for text, 3 for bars, signs and rings.
type drawn struct {
	color fyne.ThemeColorName
	on    layers
	least float64
}

const (
	forText = 4.5
	forBars = 3
)

// everyDrawn lists what the widgets, ours and Fyne's, draw on what.
func everyDrawn() (all []drawn) {
	add := func(least float64, on layers, colors ...fyne.ThemeColorName) {
		for _, c := range colors {
			all = append(all, drawn{c, on, least})
		}
	}
	texts := []fyne.ThemeColorName{
		theme.ColorNameForeground, widgets.ColorMuted, theme.ColorNamePrimary, theme.ColorNameHyperlink, theme.ColorNameError,
		theme.ColorNameSuccess, theme.ColorNameWarning,
	}
	for _, ground := range []fyne.ThemeColorName{
		theme.ColorNameBackground, widgets.ColorSurface, widgets.ColorSide, theme.ColorNameOverlayBackground,
		theme.ColorNameMenuBackground, theme.ColorNameHeaderBackground, theme.ColorNameInputBackground,
	} {
		add(forText, layers{ground}, texts...)
		add(forText, layers{ground}, theme.ColorNameDisabled)
		// rows of lists and menus, lines that are picked, heads of columns, quiet buttons
		for _, light := range []fyne.ThemeColorName{theme.ColorNameHover, theme.ColorNameSelection, theme.ColorNameFocus} {
			add(forText, layers{ground, light}, theme.ColorNameForeground)
			add(forBars, layers{ground, light}, theme.ColorNamePrimary, theme.ColorNameSuccess, theme.ColorNameWarning, theme.ColorNameError)
		}
		add(forBars, layers{ground}, theme.ColorNameInputBorder)
	}
	// reasons in the rows of tables
	for _, light := range []fyne.ThemeColorName{theme.ColorNameHover, theme.ColorNameSelection} {
		add(forText, layers{theme.ColorNameBackground, light}, texts...)
	}
	for on, text := range map[fyne.ThemeColorName]fyne.ThemeColorName{
		theme.ColorNameButton:  theme.ColorNameForeground,
		theme.ColorNamePrimary: theme.ColorNameForegroundOnPrimary,
		theme.ColorNameError:   theme.ColorNameForegroundOnError,
		theme.ColorNameSuccess: theme.ColorNameForegroundOnSuccess,
		theme.ColorNameWarning: theme.ColorNameForegroundOnWarning,
		widgets.ColorBlue:      widgets.ColorOnCounter,
		widgets.ColorGreen:     widgets.ColorOnCounter,
		widgets.ColorOrange:    widgets.ColorOnOrange,
	} {
		add(forText, layers{on}, text)
		add(forText, layers{on, theme.ColorNameHover}, text)
		if text != widgets.ColorOnCounter && text != widgets.ColorOnOrange { // their ring stands around them
			add(forText, layers{on, theme.ColorNameFocus}, text)
		}
	}
	// the numbers at the end of lines in the menu
	for _, light := range []fyne.ThemeColorName{theme.ColorNameHover, theme.ColorNameSelection} {
		add(forText, layers{widgets.ColorSide, light}, widgets.ColorMuted)
	}
	add(forText, layers{theme.ColorNameDisabledButton}, theme.ColorNameDisabled)
	add(forText, layers{theme.ColorNameInputBackground}, theme.ColorNamePlaceHolder)
	add(forBars, layers{theme.ColorNameBackground}, widgets.ColorBlue, widgets.ColorGreen, widgets.ColorOrange)
	add(forBars, layers{widgets.ColorSurface}, widgets.ColorBlue, widgets.ColorGreen, widgets.ColorOrange, // swatches beside words
		widgets.ColorBarBlue, widgets.ColorBarGreen, widgets.ColorBarOrange)
	add(forBars, layers{widgets.ColorLine}, theme.ColorNamePrimary, theme.ColorNameWarning) // meters and progress on their track
	return all
}

// quiet are colours that nothing is read from: hairlines that part what stands apart anyway.
var quiet = []fyne.ThemeColorName{theme.ColorNameSeparator, widgets.ColorLine}

func TestTheme_everythingDrawnCanBeRead(t *testing.T) {
	for name, variant := range map[string]fyne.ThemeVariant{"light": theme.VariantLight, "dark": theme.VariantDark} {
		l := NewLook(ThemeSystem)
		for _, d := range everyDrawn() {
			var under color.Color = color.Black
			for _, layer := range d.on {
				under = over(l.Color(layer, variant), under)
			}
			if c := contrast(over(l.Color(d.color, variant), under), under); c < d.least {
				t.Errorf("%s: %s on %v has %.2f, not %.1f", name, d.color, d.on, c, d.least)
			}
		}
	}
}

func TestTheme_everyColourIsLookedAt(t *testing.T) {
	seen := slices.Clone(quiet)
	for _, d := range everyDrawn() {
		seen = append(append(seen, d.color), d.on...)
	}
	for name := range palette() {
		if !slices.Contains(seen, name) {
			t.Errorf("%s stands in no pair", name)
		}
	}
}

// hue gives the hue in degrees and the brightness of a colour.
func hue(c color.Color) (degrees, brightness float64) {
	x := color.NRGBAModel.Convert(c).(color.NRGBA)
	r, g, b := float64(x.R)/255, float64(x.G)/255, float64(x.B)/255
	high, low := max(r, g, b), min(r, g, b)
	return 60 * (g - b) / (high - low), high // of colours whose red is the strongest
}

func TestTheme_orangeIsNeitherBrownNorRed(t *testing.T) {
	for name, variant := range map[string]fyne.ThemeVariant{"light": theme.VariantLight, "dark": theme.VariantDark} {
		for _, c := range []fyne.ThemeColorName{widgets.ColorOrange, widgets.ColorBarOrange} {
			if degrees, brightness := hue(NewLook(ThemeSystem).Color(c, variant)); degrees < 22 || degrees > 40 || brightness < 0.84 {
				t.Errorf("%s: %s has hue %.0f° and brightness %.2f", name, c, degrees, brightness)
			}
		}
	}
}
