package gui

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// twoShops are two companies whose transfers wait at gates; see Workshop.
type twoShops struct {
	shops map[domain.CompanyID]*memoryShop
	gate  map[domain.CompanyID]chan struct{} // a batch of the company passes for each value
	desks []domain.CompanyID
	ended string // "stop" or "interrupt"
}

func (w *twoShops) Working() []domain.CompanyID {
	var ids []domain.CompanyID
	for _, id := range w.desks {
		if w.shops[id].desk.Running() {
			ids = append(ids, id)
		}
	}
	return ids
}

func (w *twoShops) Rested() bool { return len(w.Working()) == 0 }

func (w *twoShops) Stop() {
	w.ended = "stop"
	for _, id := range w.Working() {
		work := w.shops[id].desk.Work()
		w.shops[id].desk.Stop()
		<-work.Done()
	}
}

func (w *twoShops) Interrupt() {
	w.ended = "interrupt"
	for _, s := range w.shops {
		s.desk.Close()
	}
}

// onTwo runs f in a window over Alfa and Beta, of 1200 products each; Alfa is in view.
func onTwo(t *testing.T, f func(s *stage, two *twoShops)) {
	t.Helper()
	two := &twoShops{
		shops: map[domain.CompanyID]*memoryShop{"alfa": newMemoryShop(1200, 300), "beta": newMemoryShop(1200, 0)},
		desks: []domain.CompanyID{"alfa", "beta"},
	}
	names := map[domain.CompanyID]string{"alfa": "Alfa", "beta": "Beta"}
	onStageWith(t, newOffice(), func(s *stage, cfg *Config) {
		two.gate = map[domain.CompanyID]chan struct{}{}
		for id, shop := range two.shops {
			gate := make(chan struct{})
			two.gate[id] = gate
			shop.batch = func(ctx context.Context) error { return wait(ctx, gate) }
		}
		open := map[domain.CompanyID]Company{} // once each: a company's desk stays the same
		cfg.Companies = nil
		for _, id := range two.desks {
			co := two.shops[id].company()
			co.Info, co.Prices = domain.Company{ID: id, Name: names[id]}, newOffice()
			open[id] = co
			cfg.Companies = append(cfg.Companies, co.Info)
		}
		cfg.First, cfg.Workshop = open["alfa"], two
		cfg.Open = func(_ context.Context, id domain.CompanyID) (Company, error) { return open[id], nil }
		s.drawer.m[PreferenceSection] = fmt.Sprint(sectionTransfer)
	}, func(s *stage) {
		f(s, two)
		two.Interrupt()
		s.settle()
	})
}

// goTo takes another company in the switcher, whose line may say that it is at work.
func (s *stage) goTo(company string) {
	s.t.Helper()
	for _, o := range s.w.header.pick.Options {
		if strings.HasPrefix(o, company) {
			s.w.header.pick.SetSelected(o)
			s.pass(time.Second)
			if s.win.Title() != "Sopyo – "+company {
				s.t.Fatalf("title %q", s.win.Title())
			}
			return
		}
	}
	s.t.Fatalf("no %s among %q", company, s.w.header.pick.Options)
}

func TestWindow_transfersGoOnWhicheverCompanyIsShown(t *testing.T) {
	onTwo(t, func(s *stage, two *twoShops) {
		s.confirm()
		s.let(two.gate["alfa"])
		s.pass(time.Second)
		s.reads("500 / 1.200", "1 aktarım sürüyor")
		if got := s.w.header.pick.Selected; got != "Alfa · aktarılıyor" {
			t.Errorf("the switcher says %q", got)
		}

		s.goTo("Beta")
		s.reads("Henüz aktarım yapmadınız.", "1 aktarım sürüyor")
		if s.w.page.busy || !s.w.page.items[sectionAPI].Visible() {
			t.Error("Beta's sections are hidden for Alfa's transfer")
		}
		two.shops["beta"].standing = transfer.Standing{Number: 1, Writing: "Alfa"}
		two.shops["beta"].turn = func(ctx context.Context) error { return wait(ctx, two.gate["beta"]) }
		s.confirm()
		s.pass(time.Second)
		s.reads("Sırada", "1. sıradasınız", "şu anda Alfa şirketinin ürünleri yazılıyor", "2 aktarım sürüyor")

		s.let(two.gate["alfa"])
		s.goTo("Alfa")
		s.reads("1.000 / 1.200", "Eşleşen 300")
		if !s.w.page.busy || s.w.page.items[sectionAPI].Visible() {
			t.Error("Alfa's sections are back while its transfer works")
		}
		s.w.setLang("en")
		s.pass(time.Second)
		s.asksNothing()
		s.reads("1,000 / 1,200", "2 transfers under way")
		s.w.setLang("tr")
		s.pass(time.Second)
		s.tap("Durdur")
		s.pass(time.Second)
		s.reads("Aktarım durduruldu. Yazılanlar duruyor.", "1.000 / 1.200 işlendi, 200 kaldı.", "1 aktarım sürüyor")
		s.tap("Devam Et")
		for range 2 {
			s.let(two.gate["alfa"])
		}
		s.pass(time.Second)
		s.reads("Aktarım tamamlandı.")
		if got := two.shops["beta"].desk.Work().Job.Snapshot().State; got != transfer.StateQueued {
			t.Errorf("Beta's transfer is %s", got)
		}
	})
}

func TestWindow_aTransferThatGoesOnByItselfIsShown(t *testing.T) {
	onTwo(t, func(s *stage, two *twoShops) {
		shop := two.shops["alfa"]
		shop.runs = []transfer.Run{{
			ID: 1, State: transfer.StateApplying, Phase: transfer.PhaseRead, NextPage: 1, ConfirmedAt: time.Now(),
			Options: transfer.DefaultOptions(domain.TRY),
		}}
		s.reads("Henüz aktarım yapmadınız.")
		if err := shop.desk.GoOn(t.Context()); err != nil {
			t.Fatal(err)
		}
		s.pass(time.Second)
		s.reads("Aktarım Durumu", "1 aktarım sürüyor")
	})
}

func TestWindow_asksWhatBecomesOfTransfersWhenItCloses(t *testing.T) {
	begin := func(s *stage, two *twoShops) {
		s.confirm()
		s.let(two.gate["alfa"])
		s.pass(time.Second)
		s.goTo("Beta") // the question is about all companies
		s.w.askClose()
		s.settle()
		s.asks()
	}
	for answer, want := range map[string]struct {
		ended string
		state transfer.State
	}{
		"Durdur ve kapat":     {"stop", transfer.StateStopped},
		"Kapat, sonra sürsün": {"interrupt", transfer.StateApplying},
	} {
		t.Run(answer, func(t *testing.T) {
			onTwo(t, func(s *stage, two *twoShops) {
				begin(s, two)
				s.answer(answer)
				r := two.shops["alfa"].runs[0]
				if s.gone != 1 || two.ended != want.ended || r.State != want.state || r.Counters.Transferred != 500 {
					t.Errorf("gone %d, %s, %s %+v", s.gone, two.ended, r.State, r.Counters)
				}
			})
		})
	}
	t.Run("Pencerede kal", func(t *testing.T) {
		onTwo(t, func(s *stage, two *twoShops) {
			begin(s, two)
			s.answer("Pencerede kal")
			if s.gone != 0 || two.ended != "" || len(two.Working()) != 1 {
				t.Error("staying ended something")
			}
		})
	})
}

func TestWindow_goesOnInTheBackgroundAndEndsByItself(t *testing.T) {
	hide := func(s *stage, two *twoShops) {
		s.confirm()
		s.let(two.gate["alfa"])
		s.pass(time.Second)
		s.w.askClose()
		s.settle()
		s.answer("Arka planda sürsün")
		s.pass(10 * time.Second)
		if s.gone != 0 || len(two.Working()) != 1 {
			t.Fatalf("gone %d, at work %v", s.gone, two.Working())
		}
	}
	finish := func(s *stage, two *twoShops) {
		for range 3 {
			s.let(two.gate["alfa"])
		}
		s.pass(10 * time.Second)
		if r := two.shops["alfa"].runs[0]; r.State != transfer.StateDone {
			t.Errorf("%s", r.State)
		}
	}
	t.Run("to its end", func(t *testing.T) {
		onTwo(t, func(s *stage, two *twoShops) {
			hide(s, two)
			finish(s, two)
			if s.gone != 1 {
				t.Errorf("gone %d", s.gone)
			}
			if s.w.Raise("") {
				t.Error("a window that is gone was raised")
			}
		})
	})
	t.Run("and is brought back", func(t *testing.T) {
		onTwo(t, func(s *stage, two *twoShops) {
			hide(s, two)
			if !s.w.Raise("beta") {
				t.Error("not raised")
			}
			s.pass(time.Second)
			if s.win.Title() != "Sopyo – Beta" {
				t.Errorf("title %q", s.win.Title())
			}
			finish(s, two)
			if s.gone != 0 {
				t.Error("it ended in front of the person")
			}
		})
	})
}

func TestWindow_holdsStillForAPreview(t *testing.T) {
	onTwo(t, func(s *stage, two *twoShops) {
		page := make(chan struct{})
		s.tap("Ürünleri Aktar")
		s.tap("Devam")
		s.tap("Devam")
		two.shops["alfa"].page = func(ctx context.Context, _ int) error { return wait(ctx, page) }
		s.tap("Önizle")
		s.w.setLang("en")
		s.settle()
		s.asks()
		s.answer("Tamam")
		s.reads("Ayarlar")
		s.readsNot("aktarım sürüyor")
		s.w.askClose()
		s.settle()
		s.answer("Durdur ve kapat")
		s.pass(time.Second)
		if s.gone != 1 {
			t.Errorf("gone %d", s.gone)
		}
	})
}
