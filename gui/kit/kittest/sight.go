package kittest

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// Faults tells what a person would see at once in what a canvas shows, the uppermost dialog where one is open: words that are
// cut, widgets that lie over each other, and widgets that reach out of what they stand in.
func Faults(c fyne.Canvas) []string {
	top, size := c.Content(), c.Size()
	if over := c.Overlays().Top(); over != nil {
		top = over
	}
	s := &sight{}
	whole := area{0, 0, size.Width, size.Height}
	s.look(top, from{at: top.Position(), in: whole, port: whole})
	s.overlaps()
	return s.faults
}

// slack is what measures may differ by: they are rounded to the pixels of a screen.
const slack = 1.5

// margin is what widgets bring along at their sides that may touch a neighbour's.
const margin = 4

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
	count  int
}

// solid is something that nothing else may lie over: words, a picture, a widget that takes input.
type solid struct {
	name        string
	seen        area
	first, last int // what it is made of, in the order of the walk
}

// from is where the walk stands.
type from struct {
	at     fyne.Position
	in     area   // the parent
	owner  area   // the widget that is nearest above
	holds  area   // what that one is in
	port   area   // what scrolling lets through
	across bool   // what is beyond the port can be scrolled to
	down   bool   //
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
			s.put("a picture", side.meet(f.port))
		}
		return
	case *widgets.Entry:
		if room := own.w - 2*8; o.Text == "" && o.Icon == nil && fyne.MeasureText(o.PlaceHolder, fyne.CurrentApp().Settings().Theme().Size("text"), fyne.TextStyle{}).Width > room+slack {
			s.tell("%q in an empty field has %.0f", o.PlaceHolder, room)
		}
		s.outside(o, own, f)
		s.put("the field "+o.PlaceHolder, own.meet(f.port))
		return // Fyne scrolls what is typed
	case *fyne.Container:
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
		if _, list := o.(interface{ ScrollToTop() }); list {
			inner.cells = true
		} else if _, takes := o.(fyne.Focusable); takes {
			inner.within = true
			own := area{own.x + margin, own.y, own.w - 2*margin, own.h}
			body = s.put(nameOf(o), own.meet(f.port))
		}
	}
	if o, ok := o.(*container.Scroll); ok {
		inner.port = own.meet(f.port)
		beside, below := own.beyond(f.port) // what is cut by a scroll farther out is scrolled to there
		inner.across = o.Direction == container.ScrollBoth || o.Direction == container.ScrollHorizontalOnly || beside && f.across
		inner.down = o.Direction == container.ScrollBoth || o.Direction == container.ScrollVerticalOnly || below && f.down
		inner.in = area{-1e6, -1e6, 2e6, 2e6}
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
	beside, below := ink.beyond(f.port)
	switch shortened := strings.HasSuffix(t.Text, "…") && f.says != "" && !strings.Contains(f.says, "…"); {
	case across || down:
		s.tell("%q needs %v and has %v", t.Text, ink, room)
	case f.holds != (area{}) && (out || under):
		s.tell("%q at %v reaches out of %v", t.Text, ink, f.holds)
	case beside && !f.across || below && !f.down:
		s.tell("%q at %v is cut by %v", t.Text, ink, f.port)
	case shortened && !f.cells:
		s.tell("%q is shortened to %q", f.says, t.Text)
	}
	s.put(fmt.Sprintf("%q", t.Text), ink.meet(f.port))
}

func (s *sight) put(name string, seen area) *solid {
	x := &solid{name, seen, s.count, s.count}
	if !seen.empty() {
		s.solid = append(s.solid, x)
	}
	return x
}

// overlaps tells of what lies over something that it is no part of.
func (s *sight) overlaps() {
	for i, a := range s.solid {
		for _, b := range s.solid[i+1:] {
			if b.first > a.last && !a.seen.meet(b.seen).empty() {
				s.tell("%s at %v lies over %s at %v", b.name, b.seen, a.name, a.seen)
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
