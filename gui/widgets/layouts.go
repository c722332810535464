package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// FixedWidth gives content a minimum width; its height follows what the content needs at that width.
func FixedWidth(width float32, content fyne.CanvasObject) fyne.CanvasObject {
	return container.New(fixedWidth(width), content)
}

type fixedWidth float32

func (w fixedWidth) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var height float32
	for _, o := range objects {
		if o.Size().Width != float32(w) {
			o.Resize(fyne.NewSize(float32(w), o.MinSize().Height))
		}
		height = max(height, o.MinSize().Height)
	}
	return fyne.NewSize(float32(w), height)
}

func (w fixedWidth) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewPos(0, 0))
		o.Resize(size)
	}
}

// FixedHeight gives content a minimum height, for lists that scroll in themselves.
func FixedHeight(height float32, content fyne.CanvasObject) fyne.CanvasObject {
	return container.New(fixedHeight(height), content)
}

type fixedHeight float32

func (h fixedHeight) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var width float32
	for _, o := range objects {
		width = max(width, o.MinSize().Width)
	}
	return fyne.NewSize(width, float32(h))
}

func (h fixedHeight) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewPos(0, 0))
		o.Resize(size)
	}
}

// MaxWidth lets content grow no wider than width; it stays at the left.
func MaxWidth(width float32, content fyne.CanvasObject) fyne.CanvasObject {
	return container.New(maxWidth(width), content)
}

type maxWidth float32

func (w maxWidth) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var s fyne.Size
	for _, o := range objects {
		if o.Visible() {
			s = s.Max(o.MinSize())
		}
	}
	return s
}

func (w maxWidth) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewPos(0, 0))
		o.Resize(fyne.NewSize(min(size.Width, float32(w)), size.Height))
	}
}

// Footed scrolls body and puts foot right under it: at the end of a form that has room, at the edge of the window under one that
// scrolls. The foot is no wider than a form row.
func Footed(foot fyne.CanvasObject, body ...fyne.CanvasObject) *fyne.Container {
	return container.New(footed{}, container.NewVScroll(BesideBar(container.NewVBox(body...))), BesideBar(MaxWidth(MaxRowWidth, foot)))
}

// BesideBar keeps the room of a scroll bar free at the right of what scrolls: it would lie over buttons there.
func BesideBar(o fyne.CanvasObject) fyne.CanvasObject {
	const bar = 8
	return NewBorder(nil, nil, nil, Gap(bar), o)
}

type footed struct{}

func (footed) MinSize(objects []fyne.CanvasObject) fyne.Size {
	body, foot := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(max(body.Width, foot.Width), body.Height+rowGap+foot.Height)
}

func (footed) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	body, foot := objects[0].(*container.Scroll), objects[1]
	needed := foot.MinSize().Height
	body.Move(fyne.NewPos(0, 0))
	body.Resize(fyne.NewSize(size.Width, size.Height-rowGap-needed))
	height := min(body.Content.MinSize().Height, size.Height-rowGap-needed) // texts know at their width how high they are
	body.Resize(fyne.NewSize(size.Width, height))
	foot.Move(fyne.NewPos(0, height+rowGap))
	foot.Resize(fyne.NewSize(size.Width, needed))
}

// MaxHeight lets content ask for no more than height; what is higher scrolls.
func MaxHeight(height float32, content fyne.CanvasObject) fyne.CanvasObject {
	return container.New(maxHeight{height, content}, container.NewVScroll(content))
}

type maxHeight struct {
	height  float32
	content fyne.CanvasObject
}

func (m maxHeight) MinSize([]fyne.CanvasObject) fyne.Size {
	s := m.content.MinSize()
	return fyne.NewSize(s.Width, min(s.Height, m.height))
}

func (m maxHeight) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewPos(0, 0))
		o.Resize(size)
	}
}

// NewSettled lets content fill it, and lays it out once more when its width has changed: texts that wrap know only then
// how high they are.
func NewSettled(content fyne.CanvasObject) *fyne.Container {
	return container.New(new(settledLayout), content)
}

type settledLayout struct{ width float32 }

func (l *settledLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var s fyne.Size
	for _, o := range objects {
		s = s.Max(o.MinSize())
	}
	return s
}

func (l *settledLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	changed := l.width != size.Width
	l.width = size.Width
	for _, o := range objects {
		o.Move(fyne.NewPos(0, 0))
		o.Resize(size)
		if changed {
			o.Refresh()
		}
	}
}

// Gap is an empty square of the given side.
func Gap(side float32) fyne.CanvasObject {
	r := canvas.NewRectangle(color.Transparent)
	r.SetMinSize(fyne.NewSquareSize(side))
	return r
}

// Inset puts content inside margins of the given widths.
func Inset(horizontal, vertical float32, content fyne.CanvasObject) fyne.CanvasObject {
	return container.New(inset{horizontal, vertical}, content)
}

type inset struct{ x, y float32 }

func (i inset) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var s fyne.Size
	for _, o := range objects {
		if o.Visible() {
			s = s.Max(o.MinSize())
		}
	}
	return s.AddWidthHeight(2*i.x, 2*i.y)
}

func (i inset) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewPos(i.x, i.y))
		o.Resize(size.SubtractWidthHeight(2*i.x, 2*i.y))
	}
}

// NewBorder is Fyne's border with the objects in reading order (top, left, centre, right, bottom), which
// is the order in which the Tab key visits them; Fyne's own puts the centre first.
func NewBorder(top, bottom, left, right fyne.CanvasObject, centre ...fyne.CanvasObject) *fyne.Container {
	var all []fyne.CanvasObject
	for _, o := range append(append([]fyne.CanvasObject{top, left}, centre...), right, bottom) {
		if o != nil {
			all = append(all, o)
		}
	}
	return container.New(layout.NewBorderLayout(top, bottom, left, right), all...)
}

// Tight stacks texts closely: each brings margins of its own, which would add up.
func Tight(objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(tightLayout{}, objects...)
}

type tightLayout struct{}

// tightBy is how much of the margins between two texts is taken back.
const tightBy = 10

func (tightLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var s fyne.Size
	for _, o := range objects {
		if o.Visible() {
			m := o.MinSize()
			s.Width = max(s.Width, m.Width)
			s.Height += m.Height - tightBy
		}
	}
	s.Height += tightBy
	return s
}

func (tightLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	y := float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		h := o.MinSize().Height
		o.Move(fyne.NewPos(0, y))
		o.Resize(fyne.NewSize(size.Width, h))
		y += h - tightBy
	}
}

// Pair puts two things beside each other where there is room for it, else under each other; rest stands
// under the left one, or last. The left one gets the given share of the width.
func Pair(least, share float32, left, right, rest fyne.CanvasObject) *fyne.Container {
	return container.New(&pairLayout{least: least, share: share, width: least}, left, right, rest)
}

// pairLayout remembers the width it was given last: the height it needs depends on it.
type pairLayout struct{ least, share, width float32 }

func (l *pairLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	left, right, rest := objects[0].MinSize(), objects[1].MinSize(), objects[2].MinSize()
	width, height := max(left.Width, right.Width, rest.Width), left.Height+rowGap+rest.Height
	if l.width >= l.least {
		return fyne.NewSize(width, max(height, right.Height))
	}
	return fyne.NewSize(width, height+rowGap+right.Height)
}

func (l *pairLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	left, right, rest := objects[0], objects[1], objects[2]
	y := float32(0)
	put := func(o fyne.CanvasObject, width float32) {
		o.Resize(fyne.NewSize(width, o.MinSize().Height)) // texts wrap
		o.Move(fyne.NewPos(0, y))
		o.Resize(fyne.NewSize(width, o.MinSize().Height))
		y += o.MinSize().Height + rowGap
	}
	if l.width < l.least {
		put(left, size.Width)
		put(right, size.Width)
		put(rest, size.Width)
		return
	}
	w := size.Width * l.share
	put(left, w)
	put(rest, w)
	right.Move(fyne.NewPos(w+rowGap, 0))
	right.Resize(fyne.NewSize(size.Width-w-rowGap, size.Height))
}
