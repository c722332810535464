package sync

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/unattended"
)

func (s *screen) closed() *closedSwitch {
	s.T.Helper()
	sheet, ok := s.page.Top().(*settingsSheet)
	if !ok {
		s.T.Fatal("the settings are not in front")
	}
	return sheet.closed
}

func (s *screen) turn() {
	s.T.Helper()
	test.Tap(s.closed().check)
	s.Settle()
}

func TestClosed_turnsTheSystemsTaskOnAndOff(t *testing.T) {
	onPage(t, 3, nil, func(s *screen) {
		s.Tap("Ayarlar")
		s.Reads("Pencere kapalıyken", "Bilgisayar açıkken saatte bir bakılsın")
		for _, want := range []unattended.Standing{unattended.On, unattended.Off, unattended.On} {
			s.turn()
			if s.scheduler.Is != want || s.closed().check.Checked != (want == unattended.On) || s.page.Dirty() {
				t.Errorf("%s, checked %v, dirty %v; want %s", s.scheduler.Is, s.closed().check.Checked, s.page.Dirty(), want)
			}
		}
		s.Tap("Geri")
		s.scheduler.Is = unattended.Off // by the command line
		s.Tap("Ayarlar")
		if s.closed().check.Checked {
			t.Error("it shows what it remembers")
		}
	})
}

func TestClosed_saysWhatIsInTheWay(t *testing.T) {
	onPage(t, 3, nil, func(s *screen) {
		s.scheduler.Is = unattended.Other
		s.Tap("Ayarlar")
		s.Reads("Sopyo’nun başka bir kopyası")
		s.turn()
		if s.scheduler.Is != unattended.On {
			t.Error(s.scheduler.Is)
		}
		s.ReadsNot("Sopyo’nun başka bir kopyası")
		s.scheduler.Err = domain.E(domain.KindDisk, "remove", nil)
		s.turn()
		if !s.closed().check.Checked || s.closed().note.Hidden {
			t.Error("what could not be done is shown as done")
		}
	})
	onPage(t, 3, nil, func(s *screen) {
		s.scheduler.Is = unattended.None
		s.Tap("Ayarlar")
		s.Reads("zamanlayıcısı")
		if !s.closed().check.Disabled() {
			t.Error("it can be turned where nothing can be")
		}
	})
}
