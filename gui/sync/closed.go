package sync

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/sopyo/sopyo-desktop/domain/unattended"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// closedSwitch says whether the system begins work while the window is closed: for all companies of the machine, which is why it is no
// setting of this one. It acts at once, and shows what the system says.
type closedSwitch struct {
	e      *env
	check  *widgets.Check
	note   *widgets.Text
	object fyne.CanvasObject
	on     bool
	asked  int // which question to the system is the newest
}

func newClosedSwitch(e *env, escape func()) *closedSwitch {
	s := &closedSwitch{e: e, note: widgets.NewMuted("")}
	s.check = widgets.NewCheck(e.T("sync.closed.check"), s.turn)
	s.check.SetEscape(escape)
	s.check.Disable()
	s.note.Hide()
	s.object = container.NewVBox(s.check, s.note)
	return s
}

// look asks the system.
func (s *closedSwitch) look() {
	kit.Newest(s.e.Env, &s.asked, s.e.scheduler.Standing, s.show)
}

// turn does what a person wants, and shows what has become of it.
func (s *closedSwitch) turn(on bool) {
	if on == s.on {
		return
	}
	s.check.Disable()
	kit.Newest(s.e.Env, &s.asked, func(ctx context.Context) (unattended.Standing, error) {
		do := s.e.scheduler.Unschedule
		if on {
			do = s.e.scheduler.Schedule
		}
		if err := do(ctx); err != nil {
			return "", err
		}
		return s.e.scheduler.Standing(ctx)
	}, s.show)
}

func (s *closedSwitch) show(is unattended.Standing, err error) {
	note := ""
	switch {
	case err != nil:
		note = s.e.Error(err)
	case is == unattended.Other, is == unattended.None:
		note = s.e.T("schedule." + string(is))
	}
	if err == nil {
		s.on = is == unattended.On
	}
	s.check.Enable()
	if is == unattended.None {
		s.check.Disable()
	}
	s.check.SetChecked(s.on) // what it is already begins nothing
	s.note.SetText(note)
	widgets.ShowIf(s.note, note != "")
	s.object.Refresh()
}
