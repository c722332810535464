package gui

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
)

// twoShops are two companies whose transfers wait at gates; see Runners.
type twoShops struct {
	shops map[domain.CompanyID]*kittest.Transfers
	gate  map[domain.CompanyID]chan struct{} // a batch of the company passes for each value
	order []domain.CompanyID
	ended string // "stop" or "interrupt"
}

func (w *twoShops) Working() []domain.CompanyID {
	var ids []domain.CompanyID
	for _, id := range w.order {
		if w.shops[id].Runner.Running() {
			ids = append(ids, id)
		}
	}
	return ids
}

func (w *twoShops) Rested() bool { return len(w.Working()) == 0 }

func (w *twoShops) Stop() {
	w.ended = "stop"
	for _, id := range w.Working() {
		work := w.shops[id].Runner.Work()
		w.shops[id].Runner.Stop()
		<-work.Done()
	}
}

func (w *twoShops) Interrupt() {
	w.ended = "interrupt"
	for _, s := range w.shops {
		s.Runner.Close()
	}
}

// shopPorts are the answers of Transfers, and a Company's where it has none.
type shopPorts struct {
	*kittest.Transfers
	behind
}

type behind struct{ everything }

// onTwo runs f in a window over Alfa and Beta, of 2,200 and 1,200 products; Alfa is in view.
func onTwo(t *testing.T, f func(s *stage, two *twoShops)) {
	t.Helper()
	two := &twoShops{
		shops: map[domain.CompanyID]*kittest.Transfers{"alfa": kittest.NewTransfers(2200, 300), "beta": kittest.NewTransfers(1200, 0)},
		order: []domain.CompanyID{"alfa", "beta"},
	}
	names := map[domain.CompanyID]string{"alfa": "Alfa", "beta": "Beta"}
	onStageWith(t, kittest.NewCompany(), func(s *stage, cfg *Config) {
		two.gate = map[domain.CompanyID]chan struct{}{}
		for id, shop := range two.shops {
			gate := make(chan struct{})
			two.gate[id] = gate
			shop.Batch = func(ctx context.Context) error { return kittest.Wait(ctx, gate) }
		}
		open := map[domain.CompanyID]Company{} // once each: a company's runner stays the same
		cfg.Companies = nil
		for _, id := range two.order {
			shop := two.shops[id]
			shop.Runner = transfer.NewRunner(shop.Resume, time.Now)
			co := Company{Info: domain.Company{ID: id, Name: names[id]}, Runner: shop.Runner, Syncing: transfer.NewRunner(kittest.NewCompany().Resume, time.Now), Ports: shopPorts{shop, behind{everything{kittest.NewCompany(), unasked{}}}}}
			open[id] = co
			cfg.Companies = append(cfg.Companies, co.Info)
		}
		cfg.First, cfg.Runners = open["alfa"], two
		cfg.Open = func(_ context.Context, id domain.CompanyID) (Company, error) { return open[id], nil }
		s.Kept.M[PreferenceSection] = fmt.Sprint(kit.PlaceTransfer)
	}, func(s *stage) {
		f(s, two)
		two.Interrupt()
		s.Settle()
	})
}

// goTo takes another company in the switcher, whose line may say that it is at work.
func (s *stage) goTo(company string) {
	s.T.Helper()
	for _, o := range s.w.header.pick.Options {
		if strings.HasPrefix(o, company) {
			s.w.header.pick.SetSelected(o)
			s.Pass(time.Second)
			if s.Win.Title() != "Sopyo – "+company {
				s.T.Fatalf("title %q", s.Win.Title())
			}
			return
		}
	}
	s.T.Fatalf("no %s among %q", company, s.w.header.pick.Options)
}

func TestWindow_transfersGoOnWhicheverCompanyIsShown(t *testing.T) {
	onTwo(t, func(s *stage, two *twoShops) {
		kittest.Confirm(s.Screen)
		kittest.Let(s.Screen, two.gate["alfa"])
		s.Pass(time.Second)
		s.Reads("1.000 / 2.200", "1 şirkette iş sürüyor")
		if got := s.w.header.pick.Selected; got != "Alfa · çalışıyor" {
			t.Errorf("the switcher says %q", got)
		}

		s.goTo("Beta")
		s.Reads("Henüz aktarım yok. Logo", "1 şirkette iş sürüyor")
		if s.w.sections.busy || !s.w.sections.items[kit.PlaceAPI].Visible() {
			t.Error("Beta's sections are hidden for Alfa's transfer")
		}
		two.shops["beta"].Standing = transfer.Standing{Number: 1, Writing: "Alfa"}
		two.shops["beta"].Turn = func(ctx context.Context) error { return kittest.Wait(ctx, two.gate["beta"]) }
		kittest.Confirm(s.Screen)
		s.Pass(time.Second)
		s.Reads("Sırada", "1. sıradasınız", "şu anda Alfa şirketinin ürünleri yazılıyor", "2 şirkette iş sürüyor")

		kittest.Let(s.Screen, two.gate["alfa"])
		s.goTo("Alfa")
		s.Reads("2.000 / 2.200", "Eşleşen 300")
		if !s.w.sections.busy || s.w.sections.items[kit.PlaceAPI].Visible() {
			t.Error("Alfa's sections are back while its transfer works")
		}
		s.w.setLang("en")
		s.Pass(time.Second)
		s.asksNothing()
		s.Reads("2,000 / 2,200", "at work for 2 companies")
		s.w.setLang("tr")
		s.Pass(time.Second)
		s.Tap("Durdur")
		s.Pass(time.Second)
		s.Reads("Aktarım durduruldu. Yazılanlar duruyor.", "2.000 / 2.200 işlendi, 200 kaldı.", "1 şirkette iş sürüyor")
		s.Tap("Devam Et")
		for range 2 {
			kittest.Let(s.Screen, two.gate["alfa"])
		}
		s.Pass(time.Second)
		s.Reads("Aktarım tamamlandı.")
		if got := two.shops["beta"].Runner.Work().Job.Snapshot().State; got != transfer.StateQueued {
			t.Errorf("Beta's transfer is %s", got)
		}
	})
}

func TestWindow_aTransferThatGoesOnByItselfIsShown(t *testing.T) {
	onTwo(t, func(s *stage, two *twoShops) {
		shop := two.shops["alfa"]
		shop.KeptRuns = []transfer.Run{{
			ID: 1, State: transfer.StateApplying, Phase: transfer.PhaseRead, NextPage: 1, ConfirmedAt: time.Now(),
			Options: transfer.DefaultOptions(domain.TRY),
		}}
		s.Reads("Henüz aktarım yok. Logo")
		if err := shop.Runner.GoOn(t.Context()); err != nil {
			t.Fatal(err)
		}
		s.Pass(time.Second)
		s.Reads("Aktarım Durumu", "1 şirkette iş sürüyor")
	})
}

func TestWindow_asksWhatBecomesOfTransfersWhenItCloses(t *testing.T) {
	begin := func(s *stage, two *twoShops) {
		kittest.Confirm(s.Screen)
		kittest.Let(s.Screen, two.gate["alfa"])
		s.Pass(time.Second)
		s.goTo("Beta") // the question is about all companies
		s.w.askClose()
		s.Settle()
		s.asks()
	}
	for answer, want := range map[string]struct {
		ended string
		state transfer.State
	}{
		"Durdur ve Kapat":     {"stop", transfer.StateStopped},
		"Kapat, Sonra Sürsün": {"interrupt", transfer.StateApplying},
	} {
		t.Run(answer, func(t *testing.T) {
			onTwo(t, func(s *stage, two *twoShops) {
				begin(s, two)
				s.answer(answer)
				r := two.shops["alfa"].KeptRuns[0]
				if s.gone != 1 || two.ended != want.ended || r.State != want.state || r.Counters.Transferred != 1000 {
					t.Errorf("gone %d, %s, %s %+v", s.gone, two.ended, r.State, r.Counters)
				}
			})
		})
	}
	t.Run("Pencerede Kal", func(t *testing.T) {
		onTwo(t, func(s *stage, two *twoShops) {
			begin(s, two)
			s.answer("Pencerede Kal")
			if s.gone != 0 || two.ended != "" || len(two.Working()) != 1 {
				t.Error("staying ended something")
			}
		})
	})
}

func TestWindow_goesOnInTheBackgroundAndEndsByItself(t *testing.T) {
	hide := func(s *stage, two *twoShops) {
		kittest.Confirm(s.Screen)
		kittest.Let(s.Screen, two.gate["alfa"])
		s.Pass(time.Second)
		s.w.askClose()
		s.Settle()
		s.answer("Arka Planda Sürsün")
		s.Pass(10 * time.Second)
		if s.gone != 0 || len(two.Working()) != 1 {
			t.Fatalf("gone %d, at work %v", s.gone, two.Working())
		}
	}
	finish := func(s *stage, two *twoShops) {
		for range 3 {
			kittest.Let(s.Screen, two.gate["alfa"])
		}
		s.Pass(10 * time.Second)
		if r := two.shops["alfa"].KeptRuns[0]; r.State != transfer.StateDone {
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
			s.Pass(time.Second)
			if s.Win.Title() != "Sopyo – Beta" {
				t.Errorf("title %q", s.Win.Title())
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
		s.Tap("Ürünleri Aktar")
		s.Tap("Önizle") // asks what it costs
		two.shops["alfa"].Page = func(ctx context.Context, _ int) error { return kittest.Wait(ctx, page) }
		s.Tap("Önizle")
		s.w.setLang("en")
		s.Settle()
		s.asks()
		s.answer("Tamam")
		s.Reads("Ayarlar")
		s.ReadsNot("iş sürüyor")
		s.w.askClose()
		s.Settle()
		s.answer("Durdur ve Kapat")
		s.Pass(time.Second)
		if s.gone != 1 {
			t.Errorf("gone %d", s.gone)
		}
	})
}

func TestWindow_closingAsksWhileASyncWorks(t *testing.T) {
	shop := kittest.NewTransfers(200, 0)
	onStageWith(t, kittest.NewCompany(), func(_ *stage, cfg *Config) {
		gate := make(chan struct{})
		shop.Page = func(ctx context.Context, _ int) error { return kittest.Wait(ctx, gate) }
		runners := transfer.NewRunners()
		runners.Add(cfg.First.Info, cfg.First.Runner, cfg.First.Syncing)
		cfg.Runners = runners
		job, err := shop.New(t.Context(), transfer.DefaultOptions(domain.TRY))
		if err != nil {
			t.Fatal(err)
		}
		cfg.First.Syncing.Run(job)
	}, func(s *stage) {
		s.Reads("1 şirkette iş sürüyor")
		s.w.askClose()
		s.Settle()
		s.asks("Aktarım ya da eşitleme sürüyor", "Deneme Ticaret Ltd.")
		s.answer("Pencerede Kal")
		if s.gone != 0 {
			t.Error("it closed")
		}
		s.w.askClose()
		s.Settle()
		s.answer("Durdur ve Kapat")
		if s.gone != 1 || shop.Reads != 0 {
			t.Errorf("closed %d times, %d reads", s.gone, shop.Reads)
		}
	})
}

// Where a hidden window has no way back none is hidden: it can be minimised instead.
func TestWindow_isNotHiddenWhereNothingBringsItBack(t *testing.T) {
	onTwo(t, func(s *stage, two *twoShops) {
		s.w.cfg.NeverHide = true
		kittest.Confirm(s.Screen)
		kittest.Let(s.Screen, two.gate["alfa"])
		s.Pass(time.Second)
		s.w.askClose()
		s.Settle()
		s.E = s.w.e
		s.Asks("Pencereyi simge durumuna küçültürseniz iş arkada sürer.", "Pencerede Kal")
		if kittest.ButtonIn(s.E.Modal.PopUp.Content, "Arka Planda Sürsün") != nil {
			t.Error("it can be hidden all the same")
		}
		s.answer("Pencerede Kal")
		for range 3 {
			kittest.Let(s.Screen, two.gate["alfa"])
		}
		s.Pass(10 * time.Second)
		if r := two.shops["alfa"].KeptRuns[0]; r.State != transfer.StateDone || s.gone != 0 {
			t.Errorf("%s, gone %d", r.State, s.gone)
		}
	})
}
