package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// The choices of Config.Theme.
const (
	ThemeSystem = "system"
	ThemeLight  = "light"
	ThemeDark   = "dark"
)

// look wraps Fyne's theme: a quieter palette whose texts keep a contrast of at least 4.5, the three
// counter colours, and a choice of light or dark that may differ from the system's.
type look struct {
	fyne.Theme
	choice string
	colors map[fyne.ThemeColorName]pair
}

// NewLook makes the theme of a choice: light, dark, or as the system is.
func NewLook(choice string) fyne.Theme {
	return look{Theme: theme.DefaultTheme(), choice: choice, colors: palette()}
}

// variant is what counts: the person's choice, else the system's.
func (l look) variant(system fyne.ThemeVariant) fyne.ThemeVariant {
	switch l.choice {
	case ThemeLight:
		return theme.VariantLight
	case ThemeDark:
		return theme.VariantDark
	default:
		return system
	}
}

// Color gives the palette's colour, else Fyne's.
func (l look) Color(name fyne.ThemeColorName, system fyne.ThemeVariant) color.Color {
	v := l.variant(system)
	if pair, ok := l.colors[name]; ok {
		if v == theme.VariantDark {
			return pair.dark
		}
		return pair.light
	}
	return l.Theme.Color(name, v)
}

// Size gives forms a little more air than Fyne does.
func (l look) Size(name fyne.ThemeSizeName) float32 {
	switch name {
	case theme.SizeNameInputRadius, theme.SizeNameButtonRadius, theme.SizeNameSelectionRadius:
		return 6
	case theme.SizeNameCaptionText:
		return 12
	case theme.SizeNameSubHeadingText:
		return 18
	case theme.SizeNameModalBlurRadius:
		return 0 // a computer without a graphics card (remote desktops, virtual machines) takes a second a frame to blur a window
	default:
		return l.Theme.Size(name)
	}
}

type pair struct{ light, dark color.Color }

func rgb(v uint32) color.NRGBA {
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8 & 0xff), B: uint8(v & 0xff), A: 0xff}
}

func alpha(v uint32, a uint8) color.NRGBA {
	c := rgb(v)
	c.A = a
	return c
}

// palette is every colour that differs from Fyne's own.
func palette() map[fyne.ThemeColorName]pair {
	return map[fyne.ThemeColorName]pair{
		theme.ColorNameBackground:          {rgb(0xf6f7f9), rgb(0x17191d)},
		theme.ColorNameForeground:          {rgb(0x1c2430), rgb(0xe8eaed)},
		theme.ColorNamePrimary:             {rgb(0x1d5fd1), rgb(0x6ea8fe)},
		theme.ColorNameForegroundOnPrimary: {rgb(0xffffff), rgb(0x0c1626)},
		theme.ColorNameHyperlink:           {rgb(0x1d5fd1), rgb(0x6ea8fe)},
		theme.ColorNameButton:              {rgb(0xe4e8ee), rgb(0x2c313a)},
		theme.ColorNameDisabledButton:      {rgb(0xeef0f3), rgb(0x22262c)},
		theme.ColorNameDisabled:            {rgb(0x646d7a), rgb(0x8b949f)},
		theme.ColorNameInputBackground:     {rgb(0xffffff), rgb(0x22262c)},
		theme.ColorNameInputBorder:         {rgb(0x818995), rgb(0x6d7683)},
		theme.ColorNamePlaceHolder:         {rgb(0x6b7480), rgb(0x939ba7)},
		theme.ColorNameSeparator:           {rgb(0xdce0e6), rgb(0x2f343c)},
		theme.ColorNameHover:               {alpha(0x1c2430, 0x12), alpha(0xffffff, 0x0f)},
		theme.ColorNameSelection:           {alpha(0x1d5fd1, 0x1c), alpha(0x6ea8fe, 0x30)},
		theme.ColorNameFocus:               {alpha(0x1d5fd1, 0x40), alpha(0x6ea8fe, 0x48)},
		theme.ColorNameMenuBackground:      {rgb(0xffffff), rgb(0x22262c)},
		theme.ColorNameOverlayBackground:   {rgb(0xffffff), rgb(0x1f2329)},
		theme.ColorNameHeaderBackground:    {rgb(0xffffff), rgb(0x1f2329)},
		theme.ColorNameError:               {rgb(0xb3261e), rgb(0xff8a80)},
		theme.ColorNameForegroundOnError:   {rgb(0xffffff), rgb(0x2a0705)},
		theme.ColorNameSuccess:             {rgb(0x176f37), rgb(0x5fd18b)},
		theme.ColorNameForegroundOnSuccess: {rgb(0xffffff), rgb(0x04210f)},
		theme.ColorNameWarning:             {rgb(0xa14a00), rgb(0xf5b458)},
		theme.ColorNameForegroundOnWarning: {rgb(0xffffff), rgb(0x2a1800)},
		widgets.ColorSurface:               {rgb(0xffffff), rgb(0x1f2329)},
		widgets.ColorSide:                  {rgb(0xeceff3), rgb(0x1b1e23)},
		widgets.ColorLine:                  {rgb(0xd5dae1), rgb(0x363c45)},
		widgets.ColorMuted:                 {rgb(0x566070), rgb(0xa3abb7)},
		widgets.ColorBlue:                  {rgb(0x1d4fb8), rgb(0x366ad2)},
		widgets.ColorGreen:                 {rgb(0x18703a), rgb(0x1f7d44)},
		widgets.ColorOrange:                {rgb(0xdc7010), rgb(0xee9340)},
		widgets.ColorBarBlue:               {rgb(0x1d4fb8), rgb(0x5b8def)},
		widgets.ColorBarGreen:              {rgb(0x18703a), rgb(0x3fae6c)},
		widgets.ColorBarOrange:             {rgb(0xdc7010), rgb(0xee9340)},
		widgets.ColorOnCounter:             {rgb(0xffffff), rgb(0xffffff)},
		widgets.ColorOnOrange:              {rgb(0x241200), rgb(0x241200)},
	}
}
