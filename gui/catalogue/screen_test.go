package catalogue

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
	"github.com/sopyo/sopyo-desktop/gui/widgets/table"
)

// screen is Ürünler over a catalogue in memory.
type screen struct {
	*kittest.Screen
	larder *kittest.Catalogue
	page   *Page
}

func onPage(t *testing.T, l *kittest.Catalogue, f func(s *screen)) {
	t.Helper()
	onPageIn(t, "tr", l, f)
}

func onPageIn(t *testing.T, lang string, l *kittest.Catalogue, f func(s *screen)) {
	t.Helper()
	kittest.On(t, lang, func(e *kit.Env) *Page { return New(e, withDoctor(l)) }, func(s *kittest.Screen, p *Page) { f(&screen{s, l, p}) })
}

func (s *screen) list() *productsList { return s.page.list }
func (s *screen) table() *table.Table { return s.page.list.Table }

// keys presses keys while the table has the focus.
func (s *screen) keys(names ...fyne.KeyName) {
	s.T.Helper()
	s.Win.Canvas().Focus(s.table().Focusable())
	for _, n := range names {
		kittest.Type(s.Win.Canvas().Focused(), n)
		s.Settle()
	}
}

// says fails unless the list's banner has these words.
func (s *screen) says(words string) {
	s.T.Helper()
	if got := s.list().Said.Words(); !strings.Contains(got, words) {
		s.T.Errorf("it says %q, not %q", got, words)
	}
}
