package gui

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// press gives a key to what has the focus, or else to the window, as Fyne does.
func (s *stage) press(k fyne.KeyName) {
	s.T.Helper()
	if f := s.Win.Canvas().Focused(); f != nil {
		kittest.Type(f, k)
	} else {
		s.w.keyDown(&fyne.KeyEvent{Name: k})
		s.w.TypedKey(&fyne.KeyEvent{Name: k})
	}
	s.Settle()
}

// letter is press for what a key writes.
func (s *stage) letter(r rune) {
	s.T.Helper()
	if f := s.Win.Canvas().Focused(); f != nil {
		f.TypedRune(r)
	} else {
		s.w.typedRune(r)
	}
	s.Settle()
}

// stops gives what Tab comes to from where the focus is, n times.
func (s *stage) stops(n int, back bool) []fyne.Focusable {
	c := s.Win.Canvas()
	var all []fyne.Focusable
	for range n {
		if back {
			c.FocusPrevious()
		} else {
			c.FocusNext()
		}
		all = append(all, c.Focused())
	}
	return all
}

func TestWindow_lettersJumpFromWhereverTheFocusIs(t *testing.T) {
	onStage(t, kittest.NewCompany().Authorised(), kit.PlacePrices, func(s *stage) {
		seen := map[string]bool{}
		for i := range 40 {
			s.w.Bring(kit.PlacePrices)
			s.Settle()
			s.Win.Canvas().Unfocus()
			at := s.stops(i+1, false)[i]
			kind := fmt.Sprintf("%T", at)
			if _, writes := at.(*widgets.Entry); writes || seen[kind] {
				continue
			}
			seen[kind] = true
			s.letter('3')
			if s.w.at != kit.PlaceProcess {
				t.Errorf("from a %s the digit goes nowhere", kind)
			}
			s.w.Bring(kit.PlacePrices)
			s.Settle()
			s.Win.Canvas().Unfocus()
			s.stops(i+1, false)
			s.letter(',')
			if s.w.at != kit.PlaceERP {
				t.Errorf("from a %s the comma goes nowhere", kind)
			}
		}
		if len(seen) < 4 {
			t.Errorf("only %v were tried", seen)
		}
	})
}

func TestWindow_focusIsOnTheFirstFieldOrTheBlueButtonAfterAJump(t *testing.T) {
	onStage(t, kittest.NewCompany(), kit.PlaceGuide, func(s *stage) {
		s.letter('2')
		if b, ok := s.Win.Canvas().Focused().(*widgets.Button); !ok || b.Text != "Yetkilendir" {
			t.Fatalf("the focus is on %T", s.Win.Canvas().Focused())
		}
		s.letter('3')
		if f := s.Win.Canvas().Focused(); f != s.Row(s.w.e.T("process.currency")).Field().(fyne.Focusable) {
			t.Errorf("the focus is on %T", f)
		}
		s.letter('2')
		s.press(fyne.KeyReturn)
		s.Reads("Adım 1 / 3")
	})
}

func TestWindow_enterPressesTheBlueButtonFromAField(t *testing.T) {
	onStage(t, kittest.NewCompany(), kit.PlaceProcess, func(s *stage) {
		s.Choose("Fatura Kesim Senaryosu", "Ticari")
		s.Win.Canvas().Focus(s.Row("Fatura Kesim Senaryosu").Field().(fyne.Focusable))
		s.press(fyne.KeyReturn)
		if got := s.saved().Scenario; got != "commercial" {
			t.Errorf("saved %q", got)
		}
	})
}

func TestWindow_tabStaysInsideAWizard(t *testing.T) {
	onStage(t, kittest.NewCompany(), kit.PlaceAPI, func(s *stage) {
		s.Tap("Yetkilendir")
		inside := map[fyne.Focusable]bool{}
		kittest.Walk(s.w.pages[kit.PlaceAPI].Content(), func(o fyne.CanvasObject) {
			if f, ok := o.(fyne.Focusable); ok {
				inside[f] = true
			}
		})
		for _, back := range []bool{false, true} {
			seen := map[fyne.Focusable]bool{}
			for _, f := range s.stops(3*len(inside), back) {
				if !inside[f] {
					t.Fatalf("backwards %v: Tab leaves the wizard for a %T", back, f)
				}
				seen[f] = true
			}
			if len(seen) < 6 {
				t.Errorf("backwards %v: only %d stops", back, len(seen))
			}
		}
		s.Win.Canvas().Unfocus()
		if f := s.stops(1, false)[0]; !inside[f] {
			t.Errorf("from nowhere Tab goes to a %T", f)
		}
		test.Tap(s.Button("Vazgeç"))
		s.Settle()
		s.Win.Canvas().Unfocus()
		if f := s.stops(1, false)[0]; inside[f] {
			t.Error("the wizard has gone, and Tab does not begin at the top")
		}
	})
}
