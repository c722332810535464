package review

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// compared is one product as the comparison shows it: what differs from the İşbaşı product is marked.
type compared struct {
	cells   [comparedColumns]string
	differs [comparedColumns]bool
	why     string // what speaks for it, and against
	bound   bool   // it has a partner and cannot be picked
}

// The columns in which two products are compared by eye.
const (
	comparedName = iota
	comparedCode
	comparedBarcode
	comparedPrice
	comparedStock
	comparedBrand
	comparedColumns
)

// comparedIcon is the width of the sign before a product.
const comparedIcon = 34

// comparison is a column of products in the fields of the one that stands over it. It is one stop of the Tab key: the arrows
// pick, Enter takes what is picked.
type comparison struct {
	widget.BaseWidget
	widgets.Keys
	widgets.Press
	// OnPicked is told which is picked now.
	OnPicked func(i int)
	// OnTaken is told that the picked one is to be taken.
	OnTaken func(i int)
	// OnUp is told that the arrows leave the column at the top.
	OnUp func()

	rows   []*comparedRow
	box    *fyne.Container
	picked int // -1: none
	focus  bool
}

func newComparison() *comparison {
	c := &comparison{box: container.NewVBox(), picked: -1}
	c.ExtendBaseWidget(c)
	return c
}

// set shows products; picked is the one that is picked already, -1: none.
func (c *comparison) set(all []compared, picked int) {
	c.rows, c.box.Objects, c.picked = nil, nil, picked
	if c.focus {
		c.Await()
	}
	for i, p := range all {
		r := newComparedRow(p)
		r.tapped, r.taken = func() { c.tap(i) }, func() { c.tap(i) }
		if i == picked { // what is not sure wants the button: a double click is a habit, no decision
			r.taken = c.take
		}
		c.rows = append(c.rows, r)
		c.box.Add(r)
	}
	c.draw()
	c.box.Refresh()
}

// Len is how many there are.
func (c *comparison) Len() int { return len(c.rows) }

// Picked is the one that is picked, -1: none.
func (c *comparison) Picked() int { return c.picked }

// Say puts a sentence about what went wrong at one of them; "" takes it away.
func (c *comparison) Say(i int, wrong string) {
	if i >= 0 && i < len(c.rows) {
		widgets.SetOrHide(c.rows[i].wrong, wrong)
		c.box.Refresh()
	}
}

// Place gives where the picked one is, in the column.
func (c *comparison) Place() (fyne.Position, fyne.Size) {
	if c.picked < 0 {
		return fyne.Position{}, fyne.Size{}
	}
	return c.rows[c.picked].Position(), c.rows[c.picked].Size()
}

func (c *comparison) tap(i int) {
	if canvas := fyne.CurrentApp().Driver().CanvasForObject(c); canvas != nil {
		canvas.Focus(c)
	}
	c.pick(i)
}

// pick picks one that is free.
func (c *comparison) pick(i int) {
	if i < 0 || i >= len(c.rows) || c.rows[i].of.bound || i == c.picked {
		return
	}
	c.picked = i
	c.draw()
	c.OnPicked(i)
}

// step picks the next free one in a direction.
func (c *comparison) step(by int) {
	at := c.picked + by
	if c.picked < 0 && by < 0 {
		at = -1
	}
	for ; at >= 0 && at < len(c.rows); at += by {
		if !c.rows[at].of.bound {
			c.pick(at)
			return
		}
	}
	if at < 0 && c.OnUp != nil {
		c.OnUp()
	}
}

func (c *comparison) take() {
	if c.picked >= 0 {
		c.OnTaken(c.picked)
	}
}

// TypedKey picks and takes.
func (c *comparison) TypedKey(k *fyne.KeyEvent) {
	fresh := c.Fresh()
	switch k.Name {
	case fyne.KeyUp:
		c.step(-1)
	case fyne.KeyDown:
		c.step(1)
	case fyne.KeyReturn, fyne.KeyEnter:
		if fresh { // a held key would decide about one row after the other
			c.take()
		}
	default:
		c.Typed(k)
	}
}

// TypedRune gives letters to the window.
func (c *comparison) TypedRune(r rune) {
	if canvas := fyne.CurrentApp().Driver().CanvasForObject(c); canvas != nil && canvas.OnTypedRune() != nil {
		canvas.OnTypedRune()(r)
	}
}

// FocusGained lights the picked one.
func (c *comparison) FocusGained() { c.Await(); c.focus = true; c.draw() }

// FocusLost takes the light away.
func (c *comparison) FocusLost() { c.focus = false; c.draw() }

func (c *comparison) draw() {
	for i, r := range c.rows {
		r.draw(i == c.picked, c.focus)
	}
}

// CreateRenderer belongs to Fyne.
func (c *comparison) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(c.box) }

// comparedRow is one product: its fields, and below them what speaks for it.
type comparedRow struct {
	widget.BaseWidget
	of            compared
	surface       *widgets.Surface
	icon          *widget.Icon
	cells         [comparedColumns]*widget.Label
	why, wrong    *widgets.Text
	tapped, taken func()
	box           *fyne.Container
}

func newComparedRow(of compared) *comparedRow {
	r := &comparedRow{
		surface: widgets.NewSurface(widgets.ColorSurface, widgets.ColorLine, 6), icon: widget.NewIcon(nil), why: widgets.NewCaption(""),
		wrong: widgets.NewText("", theme.ColorNameError, theme.SizeNameCaptionText),
	}
	r.wrong.Hide()
	cells := container.New(comparedLayout{})
	for i := range r.cells {
		r.cells[i] = widget.NewLabel("")
		if i == comparedName || i == comparedBrand { // sizes and counts, by which products are told apart, stand at the end
			r.cells[i].Wrapping = fyne.TextWrapWord
		} else {
			r.cells[i].Truncation = fyne.TextTruncateEllipsis
		}
		if i == comparedPrice || i == comparedStock {
			r.cells[i].Alignment = fyne.TextAlignTrailing
		}
		cells.Add(r.cells[i])
	}
	sign := widgets.FixedWidth(comparedIcon, container.NewCenter(r.icon))
	r.box = container.NewStack(r.surface, widgets.NewBorder(nil, nil, sign, nil, widgets.Tight(cells, r.why, r.wrong)))
	r.ExtendBaseWidget(r)
	r.show(of)
	return r
}

// show puts a product into the row.
func (r *comparedRow) show(of compared) {
	r.of = of
	for i, cell := range r.cells {
		cell.Importance, cell.TextStyle.Bold = widget.MediumImportance, i == comparedName
		if of.differs[i] { // a heavy word, and the sentence below says it
			cell.Importance, cell.TextStyle.Bold = widget.WarningImportance, true
		}
		cell.SetText(of.cells[i])
	}
	widgets.SetOrHide(r.why, of.why)
	r.draw(false, false)
}

// draw shows whether the row is picked.
func (r *comparedRow) draw(picked, focused bool) {
	icon, color, line := theme.RadioButtonIcon(), widgets.ColorMuted, widgets.ColorLine
	switch {
	case r.tapped == nil:
		icon = theme.StorageIcon()
	case r.of.bound:
		icon = theme.VisibilityOffIcon()
	case picked:
		icon, color = theme.RadioButtonCheckedIcon(), theme.ColorNamePrimary
	}
	if picked && focused {
		line = theme.ColorNamePrimary
	}
	r.icon.SetResource(theme.NewColoredResource(icon, color))
	r.surface.SetLine(line)
}

// Tapped picks the row.
func (r *comparedRow) Tapped(*fyne.PointEvent) {
	if r.tapped != nil {
		r.tapped()
	}
}

// DoubleTapped takes it where it is the default, else it picks it.
func (r *comparedRow) DoubleTapped(*fyne.PointEvent) {
	if r.taken != nil {
		r.taken()
	}
}

// CreateRenderer belongs to Fyne.
func (r *comparedRow) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.box) }

// newComparedHead names the columns.
func newComparedHead(e *env) fyne.CanvasObject {
	cells := container.New(comparedLayout{})
	for i, key := range [comparedColumns]string{"rows.name", "decide.head.code", "rows.barcode", "rows.price", "rows.stock", "decide.head.brand"} {
		cell := widget.NewLabel(e.T(key))
		cell.SizeName, cell.Truncation = theme.SizeNameCaptionText, fyne.TextTruncateEllipsis
		if i == comparedPrice || i == comparedStock {
			cell.Alignment = fyne.TextAlignTrailing
		}
		cells.Add(cell)
	}
	return widgets.NewBorder(nil, nil, widgets.FixedWidth(comparedIcon, widgets.Gap(1)), nil, cells)
}

// comparedLayout gives every product the same columns.
type comparedLayout struct{}

// comparedShares are the parts of the width that the columns get.
func comparedShares() [comparedColumns]float32 {
	return [...]float32{0.33, 0.13, 0.19, 0.12, 0.08, 0.15}
}

// MinSize belongs to Fyne.
func (comparedLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var s fyne.Size
	for _, o := range objects {
		s.Height = max(s.Height, o.MinSize().Height)
	}
	return s
}

// Layout belongs to Fyne.
func (comparedLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	x := float32(0)
	shares := comparedShares()
	for i, o := range objects {
		o.Move(fyne.NewPos(x, 0))
		o.Resize(fyne.NewSize(size.Width*shares[i], size.Height))
		x += size.Width * shares[i]
	}
}
