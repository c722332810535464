package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	ttwidget "github.com/dweymouth/fyne-tooltip/widget"
)

// The measures of a form row: the field is FieldWidth wide where there is room, and gives way to the
// label in a narrow window.
const (
	FieldWidth    = 360
	minFieldWidth = 240
	minLabelWidth = 150
	maxLabelWidth = 280
	rowGap        = 8
	MaxRowWidth   = maxLabelWidth + FieldWidth + 2*rowGap + 36 // the "?"
)

// Row is one line of a form: label left, field, a "?" right of it, and under the field a hint, the
// help when it is asked for, or what is wrong. Hovering over the "?" shows the help as a tooltip.
type Row struct {
	widget.BaseWidget
	label *widget.Label
	field fyne.CanvasObject
	mark  *HelpButton
	hint  *Text
	help  *Text
	wrong *Text
}

// NewRow makes a row; help is one or two sentences about what the field is for and what to do.
func NewRow(label string, field fyne.CanvasObject, help string) *Row {
	r := &Row{label: widget.NewLabel(label), field: field, hint: NewCaption(""), help: NewText(help, theme.ColorNameForeground, theme.SizeNameCaptionText)}
	r.label.Wrapping = fyne.TextWrapWord
	r.wrong = NewText("", theme.ColorNameError, theme.SizeNameCaptionText)
	r.hint.Hide()
	r.help.Hide()
	r.wrong.Hide()
	r.mark = newHelpButton(help, r.ToggleHelp)
	if k, ok := field.(interface{ SetHelp(f func()) }); ok {
		k.SetHelp(r.ToggleHelp)
	}
	r.mark.SetHelp(r.ToggleHelp)
	r.ExtendBaseWidget(r)
	return r
}

// Label gives the words left of the field.
func (r *Row) Label() string { return r.label.Text }

// Field gives the field itself.
func (r *Row) Field() fyne.CanvasObject { return r.field }

// ToggleHelp opens or closes the help under the field.
func (r *Row) ToggleHelp() {
	ShowIf(r.help, !r.help.Visible())
	r.Refresh()
}

// HelpShown tells whether the help is open.
func (r *Row) HelpShown() bool { return r.help.Visible() }

// SetHint puts a quiet line under the field; "" takes it away.
func (r *Row) SetHint(text string) { r.under(r.hint, text) }

// SetError says under the field what is wrong with it; "" takes it away.
func (r *Row) SetError(text string) { r.under(r.wrong, text) }

// Wrong gives what SetError said last.
func (r *Row) Wrong() string { return r.wrong.Words() }

func (r *Row) under(t *Text, text string) {
	if t.Words() == text && t.Visible() == (text != "") {
		return
	}
	t.SetText(text)
	ShowIf(t, text != "")
	r.Refresh()
}

// Focus puts the cursor into the field.
func (r *Row) Focus(c fyne.Canvas) {
	if f, ok := r.field.(fyne.Focusable); ok && c != nil {
		c.Focus(f)
	}
}

// CreateRenderer belongs to Fyne.
func (r *Row) CreateRenderer() fyne.WidgetRenderer { return &rowRenderer{r} }

type rowRenderer struct{ row *Row }

func (r *rowRenderer) Destroy() {}

func (r *rowRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.row.label, r.row.field, r.row.mark, r.row.wrong, r.row.hint, r.row.help}
}

func (r *rowRenderer) lines() []*Text { return []*Text{r.row.wrong, r.row.hint, r.row.help} }

func (r *rowRenderer) MinSize() fyne.Size {
	height := max(r.row.field.MinSize().Height, r.row.mark.MinSize().Height)
	for _, l := range r.lines() {
		if l.Visible() {
			height += l.MinSize().Height - lineOverlap
		}
	}
	width := minLabelWidth + minFieldWidth + 2*rowGap + r.row.mark.MinSize().Width
	return fyne.NewSize(width, max(height, r.row.label.MinSize().Height))
}

// lineOverlap takes back a part of a text's own margin, so that what stands under a field belongs to it.
const lineOverlap = 8

func (r *rowRenderer) Layout(size fyne.Size) {
	mark := r.row.mark.MinSize()
	labelWidth := min(max(size.Width-FieldWidth-mark.Width-2*rowGap, minLabelWidth), maxLabelWidth)
	fieldWidth := min(FieldWidth, size.Width-labelWidth-mark.Width-2*rowGap)
	x := labelWidth + rowGap
	r.row.label.Move(fyne.NewPos(0, 0))
	fit(r.row.label, labelWidth)
	r.row.field.Move(fyne.NewPos(x, 0))
	height := fit(r.row.field, fieldWidth)
	r.row.mark.Move(fyne.NewPos(x+fieldWidth+rowGap, 0))
	r.row.mark.Resize(mark)
	y := max(height, mark.Height) - lineOverlap
	for _, l := range r.lines() {
		if !l.Visible() {
			continue
		}
		l.Move(fyne.NewPos(x-rowGap, y))
		y += fit(l, fieldWidth+2*rowGap) - lineOverlap
	}
}

// fit gives o a width, and the height it needs at that width.
func fit(o fyne.CanvasObject, width float32) (height float32) {
	o.Resize(fyne.NewSize(width, o.Size().Height))
	height = o.MinSize().Height
	o.Resize(fyne.NewSize(width, height))
	return height
}

func (r *rowRenderer) Refresh() {
	r.Layout(r.row.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
}

// HelpButton is the "?" beside a field: it opens the help on a click, Enter or Space, and shows it as a
// tooltip.
type HelpButton struct {
	ttwidget.Button
	Keys
}

func newHelpButton(help string, open func()) *HelpButton {
	b := &HelpButton{}
	b.Icon, b.Importance, b.OnTapped = theme.QuestionIcon(), widget.LowImportance, open
	b.ExtendBaseWidget(b)
	b.SetToolTip(help)
	return b
}

// MouseIn shows the help over the line.
func (b *HelpButton) MouseIn(e *desktop.MouseEvent) { b.Button.MouseIn(tipOver(b, b.ToolTip(), e)) }

// MouseMoved keeps it there.
func (b *HelpButton) MouseMoved(e *desktop.MouseEvent) {
	b.Button.MouseMoved(tipOver(b, b.ToolTip(), e))
}

// TypedRune gives letters to the window.
func (b *HelpButton) TypedRune(r rune) { PassRune(b, r) }

// TypedKey opens the help on Enter, Space and F1.
func (b *HelpButton) TypedKey(k *fyne.KeyEvent) {
	switch {
	case b.Typed(k):
	case k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter:
		b.OnTapped()
	case k.Name == fyne.KeySpace:
		b.Button.TypedKey(k)
	default:
		PassKey(b, k)
	}
}
