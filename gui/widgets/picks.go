package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Pick is one of several things to choose between.
type Pick struct {
	Title  string
	Lines  []string // what it is known by
	Why    string   // what speaks for it, or against
	Button string   // "" = it cannot be picked
}

// Picks is a column of things, each with a button. It is one stop of the Tab key: the arrows move, Enter
// presses the button of the one they stand on.
type Picks struct {
	widget.BaseWidget
	Keys
	// OnPicked is told whose button was pressed.
	OnPicked func(i int)
	// OnMoved is told where the arrows or the mouse have gone.
	OnMoved func(i int)
	// OnUp is told that the arrows leave the column at the top.
	OnUp func()

	picks []Pick
	cards []*pickCard
	box   *fyne.Container
	at    int
	focus bool
}

// NewPicks makes an empty column.
func NewPicks() *Picks {
	p := &Picks{box: container.NewVBox()}
	p.ExtendBaseWidget(p)
	return p
}

// SetPicks shows picks and stands on the first one.
func (p *Picks) SetPicks(picks []Pick) {
	p.picks, p.cards, p.at = picks, nil, 0
	p.box.Objects = nil
	for i := range picks {
		c := newPickCard(p, i)
		p.cards = append(p.cards, c)
		p.box.Add(c)
	}
	p.draw()
	p.box.Refresh()
}

// Len is how many there are.
func (p *Picks) Len() int { return len(p.picks) }

// At is the one the arrows stand on.
func (p *Picks) At() int { return p.at }

// Button gives the button of one, nil when it cannot be picked.
func (p *Picks) Button(i int) *Button { return p.cards[i].button }

// Say puts a sentence about what went wrong at one of them; "" takes it away.
func (p *Picks) Say(i int, wrong string) {
	if i >= 0 && i < len(p.cards) {
		p.cards[i].wrong.SetText(wrong)
		ShowIf(p.cards[i].wrong, wrong != "")
		p.box.Refresh()
	}
}

func (p *Picks) move(to int) {
	to = max(0, min(to, len(p.picks)-1))
	if to == p.at {
		return
	}
	p.at = to
	p.draw()
	if p.OnMoved != nil {
		p.OnMoved(to)
	}
}

func (p *Picks) press(i int) {
	if i >= 0 && i < len(p.picks) && p.picks[i].Button != "" && p.OnPicked != nil {
		p.OnPicked(i)
	}
}

// TypedKey moves and picks.
func (p *Picks) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyUp:
		if p.at == 0 && p.OnUp != nil {
			p.OnUp()
			return
		}
		p.move(p.at - 1)
	case fyne.KeyDown:
		p.move(p.at + 1)
	case fyne.KeyHome:
		p.move(0)
	case fyne.KeyEnd:
		p.move(len(p.picks) - 1)
	case fyne.KeyReturn, fyne.KeyEnter:
		if len(p.picks) > 0 {
			p.press(p.at)
			return
		}
		fallthrough
	default:
		if !p.Typed(k) {
			PassKey(p, k)
		}
	}
}

// TypedRune gives letters to the window.
func (p *Picks) TypedRune(r rune) { PassRune(p, r) }

// FocusGained lights the one the arrows stand on.
func (p *Picks) FocusGained() { p.focus = true; p.draw() }

// FocusLost takes the light away.
func (p *Picks) FocusLost() { p.focus = false; p.draw() }

// draw shows where the arrows stand, and brings it into view.
func (p *Picks) draw() {
	for i, c := range p.cards {
		fill, line := ColorSurface, ColorLine
		if i == p.at && p.focus {
			line = theme.ColorNamePrimary
		}
		c.surface.SetFill(fill)
		c.surface.SetLine(line)
	}
}

// Place gives where the one that the arrows stand on is, in the column.
func (p *Picks) Place() (fyne.Position, fyne.Size) {
	if p.at >= len(p.cards) {
		return fyne.Position{}, fyne.Size{}
	}
	c := p.cards[p.at]
	return c.Position(), c.Size()
}

// CreateRenderer belongs to Fyne.
func (p *Picks) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(p.box) }

// pickCard is one of the column.
type pickCard struct {
	widget.BaseWidget
	of      *Picks
	i       int
	surface *Surface
	button  *Button
	wrong   *Text
	box     *fyne.Container
}

func newPickCard(of *Picks, i int) *pickCard {
	pick := of.picks[i]
	c := &pickCard{of: of, i: i, surface: NewSurface(ColorSurface, ColorLine, 8), wrong: NewText("", theme.ColorNameError, theme.SizeNameCaptionText)}
	c.wrong.Hide()
	words := container.New(tightLayout{}, NewBody(pick.Title).Bold())
	for _, l := range pick.Lines {
		words.Add(NewMuted(l))
	}
	if pick.Why != "" {
		words.Add(NewBody(pick.Why))
	}
	words.Add(c.wrong)
	var button fyne.CanvasObject
	if pick.Button != "" {
		c.button = NewButton(pick.Button, func() { of.move(i); of.press(i) })
		c.button.SetEscape(func() {
			if of.onEscape != nil {
				of.onEscape()
			}
		})
		button = container.NewCenter(c.button)
	}
	c.box = container.NewStack(c.surface, Inset(6, 2, NewBorder(nil, nil, nil, button, words)))
	c.ExtendBaseWidget(c)
	return c
}

// Tapped stands on the card; only its button picks.
func (c *pickCard) Tapped(*fyne.PointEvent) {
	if cv := fyne.CurrentApp().Driver().CanvasForObject(c); cv != nil {
		cv.Focus(c.of)
	}
	c.of.move(c.i)
}

// DoubleTapped picks the card.
func (c *pickCard) DoubleTapped(*fyne.PointEvent) { c.of.move(c.i); c.of.press(c.i) }

// Cursor is the arrow: the button is what is pressed.
func (c *pickCard) Cursor() desktop.Cursor { return desktop.DefaultCursor }

// CreateRenderer belongs to Fyne.
func (c *pickCard) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(c.box) }
