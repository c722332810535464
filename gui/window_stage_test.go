package gui

import (
	"context"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// unasked are ports that no test of the whole window asks: they have no answer.
type unasked struct{ Ports }

// everything is a company as the whole window needs it.
type everything struct {
	*kittest.Company
	unasked
}

// companyOf is a company, opened.
func companyOf(o *kittest.Company) Company {
	return Company{Info: o.Info, Runner: transfer.NewRunner(o.Resume, time.Now), Syncing: transfer.NewRunner(o.Resume, time.Now), Ports: everything{o, unasked{}}}
}

// notWorking is a Runners with nothing to do.
type notWorking struct{}

func (notWorking) Working() []domain.CompanyID { return nil }
func (notWorking) Rested() bool                { return true }
func (notWorking) Stop()                       {}
func (notWorking) Interrupt()                  {}

// stage is the whole window over a company, in a bubble of synctest.
type stage struct {
	*kittest.Screen
	w      *Window
	office *kittest.Company
	gone   int // how often OnClosed was called
}

// noUpdates finds no newer version.
type noUpdates struct{}

func (noUpdates) Newer(context.Context) (string, error) { return "", nil }

func (noUpdates) Checks(context.Context) (bool, error) { return true, nil }

func (noUpdates) SetChecks(context.Context, bool) error { return nil }

// onStage runs f with the window open at a section, in Turkish.
func onStage(t *testing.T, o *kittest.Company, section kit.Place, f func(s *stage)) {
	t.Helper()
	onStageWith(t, o, func(s *stage, _ *Config) { s.Kept.M[PreferenceSection] = section.Number() }, f)
}

// onStageWith is onStage with a configuration that the test may change.
func onStageWith(t *testing.T, o *kittest.Company, change func(s *stage, cfg *Config), f func(s *stage)) {
	t.Helper()
	kittest.Run(t, "tr", func(sc *kittest.Screen) {
		s := &stage{Screen: sc, office: o}
		cfg := Config{
			App: sc.E.App, First: companyOf(o), Companies: []domain.Company{o.Info}, Lang: "tr", Theme: kit.ThemeLight, Now: time.Now,
			OpenURL: sc.Open, Preferences: sc.Kept, Version: "0.1.0", OnClosed: func() { s.gone++ }, Post: sc.Post, Runners: notWorking{},
			Updates: noUpdates{}, Scheduler: &kittest.Scheduler{},
			WorkArea: func() (float32, float32) { return 0, 0 },
		}
		cfg.List = func(context.Context) ([]domain.Company, error) { return cfg.Companies, nil }
		change(s, &cfg)
		w, err := NewWindow(cfg)
		if err != nil {
			t.Fatal(err)
		}
		s.w, s.Win, s.Sizes = w, w.win, kittest.WindowSizes
		s.E = w.e
		w.Show()
		s.Settle()
		f(s)
		w.end()
		w.e.Jobs.Wait()
		s.Settle()
	})
}

// in fails unless that place is in view, and nothing covers it.
func (s *stage) in(p kit.Place) {
	s.T.Helper()
	if s.w.at != p || s.w.covering != nil {
		s.T.Fatalf("place %d is in view, covered by %T, wanted %d", s.w.at, s.w.covering, p)
	}
}

func (s *stage) saved() domain.Settings {
	v, _ := s.office.Settings(context.Background())
	return v
}

// asks, asksNothing, askedField and answer are those of what is shown now: another company has an env of its own.
func (s *stage) asks(words ...string)       { s.T.Helper(); s.E = s.w.e; s.Asks(words...) }
func (s *stage) askedField() *widgets.Entry { s.T.Helper(); s.E = s.w.e; return s.AskedField() }
func (s *stage) asksNothing()               { s.T.Helper(); s.E = s.w.e; s.AsksNothing() }
func (s *stage) answer(words string)        { s.T.Helper(); s.E = s.w.e; s.Answer(words) }
