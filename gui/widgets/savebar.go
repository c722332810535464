package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// SaveBar is the foot of a form: the saving button, on only when something changed, and beside it a
// quiet line ("saved at 12:41") or what went wrong.
type SaveBar struct {
	widget.BaseWidget
	button   *Button
	note     *Text
	activity *widget.Activity
	busy     bool
	dirty    bool
	box      *fyne.Container
}

// NewSaveBar makes the foot; extra buttons stand left of the saving button.
func NewSaveBar(label string, save func(), extra ...fyne.CanvasObject) *SaveBar {
	b := &SaveBar{note: NewMuted(""), activity: widget.NewActivity()}
	b.button = NewIconButton(label, theme.DocumentSaveIcon(), save)
	b.button.Importance = widget.HighImportance
	b.button.Disable()
	b.activity.Hide()
	right := container.NewHBox(append(extra, b.activity, b.button)...)
	b.box = container.NewVBox(widget.NewSeparator(), NewBorder(nil, nil, nil, container.NewVBox(layout.NewSpacer(), right, layout.NewSpacer()), b.note))
	b.ExtendBaseWidget(b)
	return b
}

// SetDirty turns the button on or off; a change takes the old note away, and the end of one what was said of it.
func (b *SaveBar) SetDirty(dirty bool) {
	if dirty != b.dirty {
		b.SetNote("")
	}
	b.dirty = dirty
	b.update()
}

// SetBusy turns the button off and shows that work goes on.
func (b *SaveBar) SetBusy(busy bool) {
	b.busy = busy
	b.update()
}

func (b *SaveBar) update() {
	EnableIf(b.button, b.dirty && !b.busy)
	if b.busy {
		b.activity.Show()
		b.activity.Start()
	} else {
		b.activity.Stop()
		b.activity.Hide()
	}
}

// SetNote says something quietly.
func (b *SaveBar) SetNote(text string) {
	b.note.SetColor(ColorMuted)
	b.note.SetText(text)
}

// SetError says what went wrong.
func (b *SaveBar) SetError(text string) {
	b.note.SetColor(theme.ColorNameError)
	b.note.SetText(text)
}

// Note gives the line beside the button.
func (b *SaveBar) Note() string { return b.note.Words() }

// Button gives the saving button, for tests and for Enter.
func (b *SaveBar) Button() *Button { return b.button }

// CreateRenderer belongs to Fyne.
func (b *SaveBar) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(b.box) }
