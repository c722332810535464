package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	ttwidget "github.com/dweymouth/fyne-tooltip/widget"
)

// Button is Fyne's button that Enter presses too: people expect it, Fyne knows the space bar only. It can have a tooltip.
type Button struct {
	ttwidget.Button
	Keys
	Press
}

// NewButton makes a button with a word on it.
func NewButton(label string, tapped func()) *Button { return NewIconButton(label, nil, tapped) }

// NewIconButton makes a button with a word and an icon.
func NewIconButton(label string, icon fyne.Resource, tapped func()) *Button {
	b := &Button{}
	b.Text, b.Icon, b.OnTapped = label, icon, tapped
	b.ExtendBaseWidget(b)
	return b
}

// TypedRune gives letters to the window.
func (b *Button) TypedRune(r rune) { PassRune(b, r) }

// FocusGained waits for a press: a key that is held while the focus comes is not meant for the button.
func (b *Button) FocusGained() {
	b.Await()
	b.Button.FocusGained()
}

// TypedKey presses the button on Enter and Space, once however long they are held.
func (b *Button) TypedKey(k *fyne.KeyEvent) {
	fresh := b.Fresh()
	switch {
	case b.Typed(k):
	case k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter:
		if fresh && !b.Disabled() && b.OnTapped != nil {
			b.OnTapped()
		}
	case k.Name == fyne.KeySpace:
		if fresh {
			b.Button.TypedKey(k)
		}
	default:
		PassKey(b, k)
	}
}

// Primary makes it the one that stands out.
func (b *Button) Primary() *Button {
	b.Importance = widget.HighImportance
	return b
}

// SetChosen marks the one of several buttons whose view is shown. The blue one is what is done next, and there is one of it.
func (b *Button) SetChosen(chosen bool) {
	b.Importance, b.Icon = widget.LowImportance, nil
	if chosen {
		b.Importance, b.Icon = widget.MediumImportance, theme.ConfirmIcon()
	}
	b.Refresh()
}
