package kittest

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// Faults tells what a person would see at once in what a canvas shows, the uppermost dialog where one is open: words that are
// cut, widgets that lie over each other, widgets that reach out of what they stand in, and more than one blue button.
func Faults(c fyne.Canvas) []string {
	top, size := c.Content(), c.Size()
	if over := c.Overlays().Top(); over != nil {
		top = over
	}
	s := &sight{}
	whole := area{0, 0, size.Width, size.Height}
	s.look(top, from{at: top.Position(), in: whole, ports: []port{{at: whole, reach: whole}}})
	s.overlaps()
	if len(s.blue) > 1 {
		s.tell("two buttons stand out: %s", strings.Join(s.blue, ", "))
	}
	return s.faults
}

// slack is what measures may differ by: they are rounded to the pixels of a screen.
const slack = 1.5

// margin is what widgets bring along at their sides that may touch a neighbour's.
const margin = 4

// far is farther than anything is scrolled.
const far = 1e6

type area struct{ x, y, w, h float32 }

func (a area) meet(b area) area {
	x, y := max(a.x, b.x), max(a.y, b.y)
	return area{x, y, max(min(a.x+a.w, b.x+b.w)-x, 0), max(min(a.y+a.h, b.y+b.h)-y, 0)}
}

func (a area) empty() bool { return a.w <= 2*slack || a.h <= 2*slack }

// beyond tells whether a reaches out of b, across or down.
func (a area) beyond(b area) (across, down bool) {
	return a.x < b.x-slack || a.x+a.w > b.x+b.w+slack, a.y < b.y-slack || a.y+a.h > b.y+b.h+slack
}

func (a area) String() string { return fmt.Sprintf("%.0f,%.0f %.0f×%.0f", a.x, a.y, a.w, a.h) }

// sight is one look at a canvas.
type sight struct {
	faults []string
	solid  []*solid
	blue   []string // the buttons that are to be pressed next
	count  int
}

// port is what something that scrolls lets through.
type port struct {
	scroll *container.Scroll // nil: the canvas
	at     area
	reach  area // where what is in it may be: what is beyond it in its direction is scrolled to
}

// solid is something that nothing else may lie over: words, a picture, a widget that takes input.
type solid struct {
	name        string
	at          area
	ports       []port
	first, last int // what it is made of, in the order of the walk
}

// over tells where two solids lie over each other, scrolled out of view or not: what both are in scrolls them together, and only
// what they are not both in hides parts of them.
func (x *solid) over(y *solid) (xs, ys area, over bool) {
	n := 0
	for n < len(x.ports) && n < len(y.ports) && x.ports[n].scroll == y.ports[n].scroll {
		n++
	}
	xs, ys = x.through(n), y.through(n)
	return xs, ys, !xs.empty() && !ys.empty() && !xs.meet(ys).empty()
}

// through is what the ports from the nth on let through.
func (x *solid) through(n int) area {
	seen := x.at
	for _, p := range x.ports[n:] {
		seen = seen.meet(p.at)
	}
	return seen
}

// from is where the walk stands.
type from struct {
	at     fyne.Position
	in     area   // the parent
	owner  area   // the widget that is nearest above
	holds  area   // what that one is in
	ports  []port // what lets it through, the innermost last
	says   string // the whole text of the widget above, of which a part may be drawn
	within bool   // something that takes input, which is solid as a whole
	cells  bool   // of a list, whose values may be cut
}

func (s *sight) tell(format string, args ...any) {
	s.faults = append(s.faults, fmt.Sprintf(format, args...))
}

func (s *sight) look(o fyne.CanvasObject, f from) {
	if o == nil || !o.Visible() || strings.HasSuffix(fmt.Sprintf("%T", o), ".ToolTip") { // which is over things by its nature
		return
	}
	s.count++
	own := area{f.at.X, f.at.Y, o.Size().Width, o.Size().Height}
	var body *solid
	switch o := o.(type) {
	case *canvas.Text:
		s.text(o, own, f)
		return
	case *canvas.Image:
		if !f.within && (o.Resource != nil || o.Image != nil) {
			side := own
			if o.FillMode == canvas.ImageFillContain { // of signs, which are square
				side.w = min(own.w, own.h)
				side.h = side.w
				side.x, side.y = own.x+(own.w-side.w)/2, own.y+(own.h-side.h)/2
			}
			s.put("a picture", side, f)
		}
		return
	case *widgets.Entry:
		if room := own.w - 2*8; o.Text == "" && o.Icon == nil && fyne.MeasureText(o.PlaceHolder, fyne.CurrentApp().Settings().Theme().Size("text"), fyne.TextStyle{}).Width > room+slack {
			s.tell("%q in an empty field has %.0f", o.PlaceHolder, room)
		}
		s.outside(o, own, f)
		s.put("the field "+o.PlaceHolder, own, f)
		return // Fyne scrolls what is typed
	case *fyne.Container:
	case *widgets.Button:
		if o.Importance == widget.HighImportance && !o.Disabled() {
			s.blue = append(s.blue, fmt.Sprintf("%q", o.Text))
		}
		s.outside(o, own, f)
	case fyne.Widget:
		s.outside(o, own, f)
	default:
		return
	}
	inner := f
	inner.in = own
	if _, box := o.(*fyne.Container); box { // which is nothing by itself: what is in it has to be in what it is in
		inner.in = own.meet(f.in)
	}
	if w, ok := o.(fyne.Widget); ok {
		if _, part := o.(*widget.RichText); !part {
			inner.owner, inner.holds = own, f.in
		}
		if says := wholeText(w); says != "" {
			inner.says = says
		}
		_, list := o.(interface{ ScrollToTop() })
		if _, scroll := o.(*container.Scroll); list && !scroll { // which has the method too, and no cells
			inner.cells = true
		} else if _, takes := o.(fyne.Focusable); takes {
			inner.within = true
			own := area{own.x + margin, own.y, own.w - 2*margin, own.h}
			body = s.put(nameOf(o), own, f)
		}
	}
	if o, ok := o.(*container.Scroll); ok {
		reach := reachOf(o, own)
		inner.ports = append(slices.Clone(f.ports), port{o, own, reach})
		inner.in = reach
		inner.owner, inner.holds = area{}, area{} // what it owns is as large as it wants
	}
	for _, c := range childrenOf(o) {
		next := inner
		next.at = f.at.Add(c.Position())
		s.look(c, next)
	}
	if body != nil {
		body.last = s.count
	}
}

// outside tells of a widget that reaches out of its parent.
func (s *sight) outside(o fyne.CanvasObject, own area, f from) {
	switch o.(type) {
	case *widgets.Text, *widget.Label, *widget.RichText: // they bring margins along, and their words are looked at
		return
	}
	across, down := own.beyond(f.in)
	if (across || down) && own.w > 0 && own.h > 0 {
		s.tell("%s at %v reaches out of %v", nameOf(o), own, f.in)
	}
}

// text looks at a piece of drawn text.
func (s *sight) text(t *canvas.Text, own area, f from) {
	if strings.TrimSpace(t.Text) == "" {
		return
	}
	need := t.MinSize()
	ink := area{own.x, own.y + (own.h-need.Height)/2, need.Width, need.Height}
	switch t.Alignment {
	case fyne.TextAlignTrailing:
		ink.x = own.x + own.w - need.Width
	case fyne.TextAlignCenter:
		ink.x = own.x + (own.w-need.Width)/2
	}
	room := f.owner
	if room == (area{}) {
		room = f.in
	}
	across, down := ink.beyond(room)
	out, under := ink.beyond(f.holds)
	innermost := f.ports[len(f.ports)-1]
	beside, below := ink.beyond(innermost.reach)
	switch shortened := strings.HasSuffix(t.Text, "…") && f.says != "" && !strings.Contains(f.says, "…"); {
	case across || down:
		s.tell("%q needs %v and has %v", t.Text, ink, room)
	case f.holds != (area{}) && (out || under):
		s.tell("%q at %v reaches out of %v", t.Text, ink, f.holds)
	case beside || below:
		s.tell("%q at %v is cut by %v", t.Text, ink, innermost.at)
	case shortened && !f.cells:
		s.tell("%q is shortened to %q", f.says, t.Text)
	}
	s.put(fmt.Sprintf("%q", t.Text), ink, f)
}

// reachOf is where the content of a scroll at own may be. One that scrolls both ways is what keeps a page from making the window
// grow, and nobody is meant to scroll it sideways.
func reachOf(o *container.Scroll, own area) area {
	reach := own
	if o.Direction == container.ScrollHorizontalOnly {
		reach.x, reach.w = -far, 2*far
	}
	if o.Direction == container.ScrollVerticalOnly || o.Direction == container.ScrollBoth {
		reach.y, reach.h = -far, 2*far
	}
	return reach
}

func (s *sight) put(name string, at area, f from) *solid {
	x := &solid{name, at, f.ports, s.count, s.count}
	s.solid = append(s.solid, x)
	return x
}

// overlaps tells of what lies over something that it is no part of.
func (s *sight) overlaps() {
	for i, a := range s.solid {
		for _, b := range s.solid[i+1:] {
			if b.first <= a.last {
				continue
			}
			if below, above, over := a.over(b); over {
				s.tell("%s at %v lies over %s at %v", b.name, above, a.name, below)
			}
		}
	}
}

// wholeText gives the text of a widget that may draw a part of it.
func wholeText(w fyne.Widget) string {
	switch w := w.(type) {
	case *widget.Label:
		return w.Text
	case *widgets.Text:
		return w.Words()
	case *widgets.Select:
		if w.Selected == "" {
			return w.PlaceHolder
		}
		return w.Selected
	case *widgets.Item:
		return w.Title() + w.Sub()
	}
	return ""
}

func nameOf(o fyne.CanvasObject) string {
	name := fmt.Sprintf("%T", o)
	name = name[strings.LastIndexByte(name, '.')+1:]
	if words := strings.ReplaceAll(strings.Join(strings.Fields(wordsIn(o)), " "), "\n", " "); words != "" {
		if r := []rune(words); len(r) > 40 {
			words = string(r[:40])
		}
		name += fmt.Sprintf(" %q", words)
	}
	return name
}

func childrenOf(o fyne.CanvasObject) []fyne.CanvasObject {
	switch o := o.(type) {
	case *fyne.Container:
		return o.Objects
	case fyne.Widget:
		return test.WidgetRenderer(o).Objects()
	}
	return nil
}
