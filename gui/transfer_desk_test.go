package gui

import (
	"context"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
	fynetooltip "github.com/dweymouth/fyne-tooltip"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// desk is a window with one section in it, inside a bubble of synctest: work runs on goroutines, and
// what they post is drawn on the test's own by settle.
type desk struct {
	t      *testing.T
	e      *env
	win    fyne.Window
	shop   *memoryShop
	page   *fakePage
	close  context.CancelFunc
	opened []string

	mu     sync.Mutex
	posted []func()
}

// fakePage records what a section asks of its page.
type fakePage struct {
	busy   bool
	hidden int // how often the others were hidden
	at     []int
	fresh  int
	goods  []domain.ProductID
}

func (p *fakePage) setBusy(busy bool) {
	if busy && !p.busy {
		p.hidden++
	}
	p.busy = busy
}
func (p *fakePage) open(n int)    { p.at = append(p.at, n) }
func (p *fakePage) refreshFrame() { p.fresh++ }

func (p *fakePage) openProduct(id domain.ProductID) { p.goods = append(p.goods, id) }
func (p *fakePage) openScreen(screen)               {}
func (p *fakePage) closeScreen()                    {}

// inDesk runs f with a fresh window in a bubble.
func inDesk(t *testing.T, shop *memoryShop, f func(d *desk)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		text, err := assets.NewText("tr")
		if err != nil {
			t.Fatal(err)
		}
		app := test.NewTempApp(t)
		app.Settings().SetTheme(newLook(ThemeLight))
		ctx, cancel := context.WithCancel(t.Context())
		d := &desk{t: t, shop: shop, page: &fakePage{}, close: cancel, win: test.NewTempWindow(t, nil)}
		d.win.Resize(fyne.NewSize(900, 640))
		d.e = &env{ctx: ctx, app: app, win: d.win, text: text, co: shop.company(), now: time.Now, post: d.post}
		d.e.openURL = func(address string) error { d.opened = append(d.opened, address); return nil }
		f(d)
		shop.desk.Close()
		cancel()
		d.e.jobs.Wait()
		d.settle()
	})
}

func (d *desk) post(f func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.posted = append(d.posted, f)
}

// settle waits until everything waits for time or a person, and draws what was posted.
func (d *desk) settle() {
	for {
		synctest.Wait()
		d.mu.Lock()
		posted := d.posted
		d.posted = nil
		d.mu.Unlock()
		if len(posted) == 0 {
			return
		}
		for _, f := range posted {
			f()
		}
	}
}

// pass lets time go by.
func (d *desk) pass(t time.Duration) {
	<-time.After(t)
	d.settle()
}

// transfers opens section 5.
func (d *desk) transfers() *transferSection {
	s, ok := newTransferSection(d.e, d.page).(*transferSection)
	if !ok {
		d.t.Fatal("section 5 is something else")
	}
	d.win.SetContent(s.content())
	s.show()
	d.settle()
	return s
}

// counters opens section 6.
func (d *desk) counters() *countersSection {
	s, ok := newCountersSection(d.e, d.page).(*countersSection)
	if !ok {
		d.t.Fatal("section 6 is something else")
	}
	d.win.SetContent(fynetooltip.AddWindowToolTipLayer(s.content(), d.win.Canvas())) // dialogs need the layer
	s.show()
	d.settle()
	return s
}

// tap presses the visible button with these words.
func (d *desk) tap(words string) {
	d.t.Helper()
	b := d.button(words)
	if b == nil {
		d.t.Fatalf("no button %q in view; there is: %s", words, d.words())
	}
	if b.Disabled() {
		d.t.Fatalf("button %q is off", words)
	}
	test.Tap(b)
	d.settle()
}

func (d *desk) button(words string) *widgets.Button { return buttonIn(d.win.Content(), words) }

func buttonIn(o fyne.CanvasObject, words string) *widgets.Button {
	var found *widgets.Button
	walk(o, func(o fyne.CanvasObject) {
		if b, ok := o.(*widgets.Button); ok && b.Text == words {
			found = b
		}
	})
	return found
}

// words gives everything that can be read in the window.
func (d *desk) words() string {
	var all []string
	walk(d.win.Content(), func(o fyne.CanvasObject) {
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

// reads fails the test unless every one of these can be read.
func (d *desk) reads(words ...string) {
	d.t.Helper()
	all := d.words()
	for _, w := range words {
		if !strings.Contains(all, w) {
			d.t.Errorf("%q is not in view; there is:\n%s", w, all)
		}
	}
}

// readsNot fails the test if one of these can be read.
func (d *desk) readsNot(words ...string) {
	d.t.Helper()
	all := d.words()
	for _, w := range words {
		if strings.Contains(all, w) {
			d.t.Errorf("%q is in view:\n%s", w, all)
		}
	}
}

// walk calls f for o and everything in it that is shown.
func walk(o fyne.CanvasObject, f func(fyne.CanvasObject)) {
	if o == nil || !o.Visible() {
		return
	}
	f(o)
	switch o := o.(type) {
	case *fyne.Container:
		for _, c := range o.Objects {
			walk(c, f)
		}
	case fyne.Widget:
		for _, c := range test.WidgetRenderer(o).Objects() {
			walk(c, f)
		}
	}
}
