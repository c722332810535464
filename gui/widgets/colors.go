// Package widgets holds the building blocks of the window: form rows, cards, meters. It knows
// Fyne and nothing of what the program is about.
package widgets

import "fyne.io/fyne/v2"

// The colour names that the program's theme adds to Fyne's own. Texts keep a contrast of at least 4.5 in light and
// dark, bars and signs of at least 3.
const (
	ColorSurface fyne.ThemeColorName = "sopyo.surface" // cards and panels
	ColorLine    fyne.ThemeColorName = "sopyo.line"    // hairlines around and between them
	ColorMuted   fyne.ThemeColorName = "sopyo.muted"   // secondary text
	ColorSide    fyne.ThemeColorName = "sopyo.side"    // the left menu and the header

	ColorBlue      fyne.ThemeColorName = "sopyo.blue" // Aktarılan
	ColorGreen     fyne.ThemeColorName = "sopyo.green"
	ColorOrange    fyne.ThemeColorName = "sopyo.orange"
	ColorBarBlue   fyne.ThemeColorName = "sopyo.bar-blue" // the same three as bars on a surface
	ColorBarGreen  fyne.ThemeColorName = "sopyo.bar-green"
	ColorBarOrange fyne.ThemeColorName = "sopyo.bar-orange"
	ColorOnCounter fyne.ThemeColorName = "sopyo.on-counter" // text and icons on blue and green
	ColorOnOrange  fyne.ThemeColorName = "sopyo.on-orange"  // on orange they are dark: what carries white reads as brown
)
