// Package kittest is for tests of screens: a window in a bubble of synctest that is tapped, typed into and read,
// and companies in memory.
package kittest

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
	fynetooltip "github.com/dweymouth/fyne-tooltip"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// Screen is a window with one page in it, inside a bubble of synctest: work runs on goroutines, and what
// they post is drawn on the test's own by settle.
type Screen struct {
	T       *testing.T
	E       *kit.Env
	Win     fyne.Window
	Frame   *Frame
	Kept    *Preferences
	Visited []string    // addresses that were opened
	Refuse  error       // of opening one
	Sizes   []fyne.Size // in which InOrder looks at it
	Section bool        // the page is a section of Logo İşbaşı Ayarları, and narrower

	// Close ends what the window has begun, as its closing does.
	Close context.CancelFunc

	mu     sync.Mutex
	posted []func()
}

// What the smallest window leaves for a page.
const (
	PageWidth  = 787
	PageHeight = 436
)

// Run runs f with an empty window in a bubble, in a language.
func Run(t *testing.T, lang string, f func(s *Screen)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		text, err := assets.NewText(lang)
		if err != nil {
			t.Fatal(err)
		}
		app := test.NewTempApp(t)
		app.Settings().SetTheme(kit.NewLook(kit.ThemeLight))
		ctx, cancel := context.WithCancel(t.Context())
		s := &Screen{T: t, Close: cancel, Kept: &Preferences{M: map[string]string{}}, Win: test.NewTempWindow(t, nil)}
		s.Frame = &Frame{s: s}
		s.Win.Resize(fyne.NewSize(960, 640))
		s.Win.Canvas().SetOnTypedRune(func(r rune) {
			if p, ok := s.Frame.inView().(kit.Searcher); ok && r == 'f' {
				p.FocusSearch()
			}
		})
		s.E = &kit.Env{
			Words: words.New(text.Lang, text.T), Ctx: ctx, App: app, Win: s.Win, Now: time.Now, Post: s.Post,
			OpenURL: s.Open, Frame: s.Frame, Preferences: s.Kept,
		}
		f(s)
		s.InOrder()
		cancel()
		s.E.Jobs.Wait()
		s.Settle()
	})
}

// On runs f with a page in view that open makes.
func On[P kit.Page](t *testing.T, lang string, open func(e *kit.Env) P, f func(s *Screen, page P)) {
	t.Helper()
	Run(t, lang, func(s *Screen) {
		page := open(s.E)
		s.Show(page)
		f(s, page)
	})
}

func (s *Screen) Open(address string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.Visited = append(s.Visited, address)
	return s.Refuse
}

// Show brings a page into the window, as the frame does.
func (s *Screen) Show(p kit.Page) {
	s.Frame.at = p
	s.put(p)
	p.Show()
	s.Settle()
}

func (s *Screen) put(p kit.Page) {
	s.Win.SetContent(fynetooltip.AddWindowToolTipLayer(widgets.NewSteady(p.Content()), s.Win.Canvas())) // dialogs need the layer
}

// Key presses a key that no field takes.
func (s *Screen) Key(name fyne.KeyName) {
	s.T.Helper()
	k := &fyne.KeyEvent{Name: name}
	s.E.ModalDown(k)
	if p, ok := s.Frame.inView().(kit.Keyed); !s.E.ModalKey(k) && ok {
		p.TypedKey(k)
	}
	s.Settle()
}

// Type presses a key and lets it go while o has the focus, as Fyne does.
func Type(o fyne.Focusable, name fyne.KeyName) {
	k := &fyne.KeyEvent{Name: name}
	held, ok := o.(desktop.Keyable)
	if ok {
		held.KeyDown(k)
	}
	o.TypedKey(k)
	if ok {
		held.KeyUp(k)
	}
}

// Uncovered fails unless the page itself is in view.
func (s *Screen) Uncovered() {
	s.T.Helper()
	if s.Frame.Covering != nil {
		s.T.Fatalf("%T covers the page", s.Frame.Covering)
	}
}

// Asked fails unless the page has asked for these places, and forgets them.
func (s *Screen) Asked(places ...kit.Place) {
	s.T.Helper()
	if !slices.Equal(s.Frame.Opened, places) {
		s.T.Fatalf("places %v were opened, want %v", s.Frame.Opened, places)
	}
	s.Frame.Opened = nil
}

// Undo is Ctrl+Z where no field has a use for it.
func (s *Screen) Undo() {
	s.T.Helper()
	if p, ok := s.Frame.inView().(kit.Undoer); ok {
		p.Undo()
	}
	s.Settle()
}

// Frame is a frame with nothing around the page: it records what the page asks for.
type Frame struct {
	s        *Screen
	at       kit.Page
	Covering kit.Page

	Opened   []kit.Place
	backs    int
	Products []domain.ProductID
	Reopened []domain.CompanyID
	Busy     bool
	Hidden   int // how often the other sections were hidden
	Fresh    int // how often what stands around was fetched anew
}

func (f *Frame) inView() kit.Page {
	if f.Covering != nil {
		return f.Covering
	}
	return f.at
}

// Backs is how often the page asked to be left.
func (f *Frame) Backs() int { return f.backs }

func (f *Frame) Open(p kit.Place)                { f.Leave(func() { f.Bring(p) }) }
func (f *Frame) Leave(then func())               { f.s.E.AskLeave(f.at, then, nil) }
func (f *Frame) Bring(p kit.Place)               { f.Opened = append(f.Opened, p) }
func (f *Frame) Reopen(id domain.CompanyID)      { f.Reopened = append(f.Reopened, id) }
func (f *Frame) OpenProduct(id domain.ProductID) { f.Products = append(f.Products, id) }
func (f *Frame) Refresh()                        { f.Fresh++ }
func (f *Frame) Drawn()                          {}

func (f *Frame) Cover(with kit.Page) {
	f.Covering = with
	f.s.put(with)
	with.Show()
}

func (f *Frame) Back() {
	if f.Covering == nil {
		f.backs++
		return
	}
	if p, ok := f.Covering.(kit.Leaver); ok {
		p.Left()
	}
	f.Covering = nil
	f.s.put(f.at)
}

func (f *Frame) SetBusy(busy bool) {
	if busy && !f.Busy {
		f.Hidden++
	}
	f.Busy = busy
}

// Preferences are preferences in memory.
type Preferences struct {
	mu sync.Mutex
	M  map[string]string
}

func (d *Preferences) Preference(_ context.Context, key string) (string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.M[key], nil
}

func (d *Preferences) SavePreference(_ context.Context, key, value string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.M[key] = value
	return nil
}

func (s *Screen) Post(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.posted = append(s.posted, f)
}

// Settle waits until everything waits for time or a person, and draws what was posted.
func (s *Screen) Settle() {
	for {
		synctest.Wait()
		s.mu.Lock()
		posted := s.posted
		s.posted = nil
		s.mu.Unlock()
		if len(posted) == 0 {
			s.frame()
			return
		}
		for _, f := range posted {
			f()
		}
	}
}

// frame asks for the sizes that a real window asks for before it draws.
func (s *Screen) frame() {
	if o := s.Win.Content(); o != nil {
		o.MinSize()
	}
	for _, o := range s.Win.Canvas().Overlays().List() {
		o.MinSize()
	}
}

// Pass lets time go by.
func (s *Screen) Pass(t time.Duration) {
	<-time.After(t)
	s.Settle()
}

// Tap presses the visible button with these words.
func (s *Screen) Tap(words string) {
	s.T.Helper()
	b := s.Button(words)
	if b == nil {
		s.T.Fatalf("no button %q in view; there is: %s", words, s.Words())
	}
	if b.Disabled() {
		s.Pass(time.Second) // a person waits a moment
	}
	if b.Disabled() {
		s.T.Fatalf("button %q is off", words)
	}
	test.Tap(b)
	s.Settle()
}

func (s *Screen) Button(words string) *widgets.Button { return ButtonIn(s.Win.Content(), words) }

func ButtonIn(o fyne.CanvasObject, words string) *widgets.Button {
	return find(o, func(b *widgets.Button) bool { return b.Text == words })
}

// find gives the last O shown in o that fits, the zero O when there is none.
func find[O fyne.CanvasObject](o fyne.CanvasObject, fits func(O) bool) (found O) {
	Walk(o, func(o fyne.CanvasObject) {
		if x, ok := o.(O); ok && fits(x) {
			found = x
		}
	})
	return found
}

// Item gives the line in view with this title.
func (s *Screen) Item(title string) *widgets.Item {
	s.T.Helper()
	found := find(s.Win.Content(), func(i *widgets.Item) bool { return i.Title() == title })
	if found == nil {
		s.T.Fatalf("no line %q in view; there is:\n%s", title, s.Words())
	}
	return found
}

// Words gives everything that can be read in the window.
func (s *Screen) Words() string { return wordsIn(s.Win.Content()) }

func wordsIn(o fyne.CanvasObject) string {
	var all []string
	Walk(o, func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *widgets.Text:
			all = append(all, o.Words())
		case *widget.Label:
			all = append(all, o.Text)
		case *widgets.Button:
			all = append(all, o.Text)
		case *widgets.Check:
			all = append(all, o.Text)
		case *canvas.Text:
			all = append(all, o.Text)
		case *widgets.Select:
			all = append(all, o.Options...)
		}
	})
	return strings.Join(all, "\n")
}

// Reads fails the test unless every one of these can be read.
func (s *Screen) Reads(words ...string) {
	s.T.Helper()
	all := s.Words()
	for _, w := range words {
		if !strings.Contains(all, w) {
			s.T.Errorf("%q is not in view; there is:\n%s", w, all)
		}
	}
}

// ReadsNot fails the test if one of these can be read.
func (s *Screen) ReadsNot(words ...string) {
	s.T.Helper()
	all := s.Words()
	for _, w := range words {
		if strings.Contains(all, w) {
			s.T.Errorf("%q is in view:\n%s", w, all)
		}
	}
}

// Walk calls f for o and everything in it that is shown.
func Walk(o fyne.CanvasObject, f func(fyne.CanvasObject)) {
	if o == nil || !o.Visible() {
		return
	}
	f(o)
	switch o := o.(type) {
	case *fyne.Container:
		for _, c := range o.Objects {
			Walk(c, f)
		}
	case fyne.Widget:
		for _, c := range test.WidgetRenderer(o).Objects() {
			Walk(c, f)
		}
	}
}

// Row gives the form row in view with this label.
func (s *Screen) Row(label string) *widgets.Row {
	s.T.Helper()
	found := find(s.Win.Content(), func(r *widgets.Row) bool { return r.Label() == label })
	if found == nil {
		s.T.Fatalf("no field %q in view; there is:\n%s", label, s.Words())
	}
	return found
}

// Write types text into the field of a row, in place of what stands there.
func (s *Screen) Write(label, text string) {
	s.T.Helper()
	e, ok := s.Row(label).Field().(*widgets.Entry)
	if !ok {
		s.T.Fatalf("%q is no entry", label)
	}
	e.SetText("")
	test.Type(e, text)
	s.Settle()
}

// Choose picks an option of a row's radio buttons or drop-down.
func (s *Screen) Choose(label, option string) {
	s.T.Helper()
	switch f := s.Row(label).Field().(type) {
	case *widgets.Choice:
		for i, o := range f.Options {
			if o == option {
				f.Choose(i)
				s.Settle()
				return
			}
		}
	case *widgets.Select:
		f.SetSelected(option)
		s.Settle()
		return
	}
	s.T.Fatalf("%q does not offer %q", label, option)
}

// Answer presses a button of the open dialog.
func (s *Screen) Answer(words string) {
	s.T.Helper()
	s.Asks()
	b := ButtonIn(s.E.Modal.PopUp.Content, words)
	if b == nil {
		s.T.Fatalf("the dialog has no button %q", words)
	}
	test.Tap(b)
	s.Settle()
}

// Asks fails unless a dialog is open that has these words.
func (s *Screen) Asks(words ...string) {
	s.T.Helper()
	if s.E.Modal == nil {
		s.T.Fatalf("no dialog is open; there is:\n%s", s.Words())
	}
	all := wordsIn(s.E.Modal.PopUp.Content)
	for _, w := range words {
		if !strings.Contains(all, w) {
			s.T.Errorf("the dialog does not say %q:\n%s", w, all)
		}
	}
}

// AskedField is the entry of the open dialog.
func (s *Screen) AskedField() *widgets.Entry {
	s.T.Helper()
	s.Asks()
	found := find(s.E.Modal.PopUp.Content, func(*widgets.Entry) bool { return true })
	if found == nil {
		s.T.Fatal("the dialog has no field")
	}
	return found
}

func (s *Screen) AsksNothing() {
	s.T.Helper()
	if s.E.Modal != nil {
		s.T.Fatal("a dialog is open")
	}
}

// Texts are the words of every language.
func Texts(t *testing.T) []*assets.Text {
	t.Helper()
	var all []*assets.Text
	for _, lang := range assets.Languages() {
		text, err := assets.NewText(lang)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, text)
	}
	return all
}

// HaveWords fails unless the keys have words in every language.
func HaveWords(t *testing.T, keys ...string) {
	t.Helper()
	for _, text := range Texts(t) {
		for _, k := range keys {
			if !text.Has(k) {
				t.Errorf("%q has no words in %s", k, text.Lang)
			}
		}
	}
}
