package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// BannerKind says how loud a banner is.
type BannerKind int

// The kinds of banners.
const (
	BannerInfo BannerKind = iota
	BannerGood
	BannerWarning
	BannerError
)

// Banner is a sentence in the page with an icon before it and, if needed, the button that mends it.
// Hidden while it has nothing to say.
type Banner struct {
	widget.BaseWidget
	icon    *widget.Icon
	text    *Text
	surface *Surface
	actions *fyne.Container
	room    *fyne.Container // of the actions: away from the line around the banner
	box     *fyne.Container
}

// bannerRoom is how far buttons stay away from the line around a banner.
const bannerRoom = 4

// NewBanner makes a hidden banner.
func NewBanner() *Banner {
	b := &Banner{icon: widget.NewIcon(theme.InfoIcon()), text: NewBody(""), surface: NewSurface(ColorSurface, ColorLine, 8), actions: container.NewHBox()}
	b.room = container.New(layout.NewCustomPaddedLayout(bannerRoom, bannerRoom, 0, 0), b.actions)
	said := NewBorder(nil, nil, container.NewVBox(Gap(4), b.icon), nil, b.text)
	b.box = container.NewStack(b.surface, Inset(8, 0, NewBorder(nil, nil,
		nil, container.NewCenter(b.room), container.NewVBox(layout.NewSpacer(), said, layout.NewSpacer())))) // a line stands beside its button
	b.ExtendBaseWidget(b)
	b.Hide()
	return b
}

// Say shows text, with the actions right of it.
func (b *Banner) Say(kind BannerKind, text string, actions ...fyne.CanvasObject) {
	icon, color := theme.InfoIcon(), theme.ColorNamePrimary
	switch kind {
	case BannerGood:
		icon, color = theme.ConfirmIcon(), theme.ColorNameSuccess
	case BannerWarning:
		icon, color = theme.WarningIcon(), theme.ColorNameWarning
	case BannerError:
		icon, color = theme.ErrorIcon(), theme.ColorNameError
	case BannerInfo:
	}
	b.icon.SetResource(theme.NewColoredResource(icon, color))
	b.surface.SetLine(color)
	b.text.SetText(text)
	b.actions.Objects = actions
	ShowIf(b.room, len(actions) > 0)
	b.actions.Refresh()
	b.Show()
	b.Refresh()
}

// Words gives what the banner says; "" while it is hidden.
func (b *Banner) Words() string {
	if !b.Visible() {
		return ""
	}
	return b.text.Words()
}

// CreateRenderer belongs to Fyne.
func (b *Banner) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(b.box) }
