package gui

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

func TestTransferSection_saysWhyStartIsOff(t *testing.T) {
	for name, c := range map[string]struct {
		change func(s *memoryShop)
		says   string
	}{
		"not authorised":     {func(s *memoryShop) { s.connection.Authorised = false }, "önce API bilgilerini tanımlayın"},
		"integration closed": {func(s *memoryShop) { s.settings.IntegrationOn = false }, "Entegrasyon kapalı"},
	} {
		t.Run(name, func(t *testing.T) {
			shop := newMemoryShop(3, 1)
			c.change(shop)
			inDesk(t, shop, func(d *desk) {
				d.transfers()
				d.reads(c.says)
				if b := d.button("Ürünleri Aktar"); b == nil || !b.Disabled() {
					t.Error("Ürünleri Aktar is on")
				}
				d.tap("API Bilgilerini Tanımlama")
				if len(d.page.at) != 1 || d.page.at[0] != sectionAPI {
					t.Errorf("the button opened %v", d.page.at)
				}
			})
		})
	}
}

// confirm walks through the wizard with its defaults.
func (d *desk) confirm() {
	d.t.Helper()
	d.tap("Ürünleri Aktar")
	d.tap("Devam")
	d.tap("Devam")
	d.tap("Devam")
	d.tap("İşlemi Onayla")
}

func TestTransferSection_carriesATransferToItsEnd(t *testing.T) {
	shop := newMemoryShop(250, 30)
	inDesk(t, shop, func(d *desk) {
		d.transfers()
		d.reads("Henüz aktarım yapmadınız.")
		d.confirm()
		d.reads("Aktarım tamamlandı.", "250 aktarıldı, 30 eşleşti, 220 eşleşmedi")
		if d.page.busy || d.page.hidden != 1 || d.page.fresh == 0 {
			t.Errorf("page: %+v", d.page)
		}
		if shop.reads != 3 {
			t.Errorf("%d reads for 250 products", shop.reads)
		}
		d.tap("Aktarım Detayları")
		if len(d.page.at) != 1 || d.page.at[0] != sectionCounters {
			t.Errorf("opened %v", d.page.at)
		}
	})
}

func TestTransferSection_showsNumbersWhileItWorks(t *testing.T) {
	shop := newMemoryShop(1200, 600)
	shop.page = func(context.Context, int) error {
		<-time.After(time.Second) // an answer takes a second
		return nil
	}
	inDesk(t, shop, func(d *desk) {
		gate := make(chan struct{})
		shop.turn = func(ctx context.Context) error { return wait(ctx, gate) }
		shop.batch = shop.turn
		d.transfers()
		d.tap("Ürünleri Aktar")
		d.tap("Devam")
		d.tap("Devam")
		d.pass(time.Second)
		d.tap("Devam")
		d.tap("İşlemi Onayla")
		d.pass(5250 * time.Millisecond)
		d.reads("Aktarım Durumu", "Hazırlanıyor", "İşbaşı’ndan okunuyor", "600 / 1.200", "96 ürün/sn", "yaklaşık 6 sn kaldı", "son: ÇAY 00600")
		if !d.page.busy {
			t.Error("the other sections are not hidden")
		}
		d.pass(10 * time.Second)
		d.reads("Hazırlandı", "Sırada", "başka bir firmanın aktarımı")
		d.let(gate)
		d.let(gate)
		d.pass(300 * time.Millisecond)
		d.reads("Aktarılıyor", "500 / 1.200", "Aktarılan 500", "Eşleşen 500", "Eşleşmeyen 0")
		d.let(gate)
		d.pass(300 * time.Millisecond)
		d.reads("1.000 / 1.200", "Eşleşen 600", "Eşleşmeyen 400")
		d.let(gate)
		d.let(gate)
		d.pass(300 * time.Millisecond)
		d.reads("Aktarım tamamlandı.")
		d.readsNot("Aktarım Durumu")
	})
}

func TestTransferSection_saysThatItWaitsForAnAnswer(t *testing.T) {
	shop := newMemoryShop(1200, 600)
	shop.page = func(_ context.Context, page int) error {
		if page == 3 {
			<-time.After(20 * time.Second) // the client tries again and again
		}
		return nil
	}
	inDesk(t, shop, func(d *desk) {
		d.transfers()
		d.confirm()
		d.pass(2 * time.Second)
		d.reads("200 / 1.200")
		d.readsNot("yanıtı bekleniyor")
		d.pass(10 * time.Second)
		d.reads("İşbaşı’nın yanıtı bekleniyor (1")
		d.pass(9 * time.Second)
		d.readsNot("yanıtı bekleniyor")
		d.reads("Aktarım tamamlandı.")
	})
}

// let opens the gate once; a job that never comes to it fails the test.
func (d *desk) let(gate chan<- struct{}) {
	d.t.Helper()
	select {
	case gate <- struct{}{}:
	case <-time.After(time.Minute):
		d.t.Fatalf("nobody waits at the gate; there is:\n%s", d.words())
	}
}

func wait(ctx context.Context, gate <-chan struct{}) error {
	select {
	case <-gate:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func TestTransferSection_stopsAndGoesOn(t *testing.T) {
	shop := newMemoryShop(1200, 0)
	inDesk(t, shop, func(d *desk) {
		gate := make(chan struct{})
		shop.batch = func(ctx context.Context) error { return wait(ctx, gate) }
		d.transfers()
		d.confirm()
		d.let(gate)
		d.pass(300 * time.Millisecond)
		stop := d.button("Durdur")
		stop.OnTapped() // the answer is there before anything else happens
		d.reads("Durduruluyor…")
		d.settle()
		d.reads("Aktarım durduruldu. Yazılanlar duruyor.", "500 / 1.200 işlendi, 700 kaldı.")
		if d.page.busy {
			t.Error("the sections are still hidden")
		}
		d.tap("Devam Et")
		for range 3 {
			d.let(gate)
		}
		d.pass(300 * time.Millisecond)
		d.reads("Aktarım tamamlandı.", "1.200 aktarıldı")
	})
}

func TestTransferSection_saysWhyItRests(t *testing.T) {
	tests := map[domain.Kind]struct {
		says, when, mends string
		itself            time.Duration
	}{
		domain.KindNetwork:     {says: "ulaşılamadı", when: "kendiliğinden yeniden denenir", mends: "Devam Et", itself: time.Minute},
		domain.KindUnavailable: {says: "yanıt veremiyor", when: "kendiliğinden yeniden denenir", mends: "Devam Et", itself: time.Minute},
		domain.KindQuota:       {says: "kotası doldu", when: "kendiliğinden yeniden denenir", mends: "Devam Et", itself: 30 * time.Hour},
		domain.KindNeedsSignIn: {says: "süresi doldu", when: "Yetkilendirdikten sonra", mends: "Yeniden Yetkilendir"},
		domain.KindBusy:        {says: "başka bir Sopyo", mends: "Devam Et"},
		domain.KindCount:       {says: "tutmuyor", when: "Yeniden okumak 3 okuma harcar", mends: "Yeniden Oku"},
	}
	for kind, c := range tests {
		t.Run(string(kind), func(t *testing.T) {
			shop := newMemoryShop(250, 10)
			var mended atomic.Bool // by the person, while the job may be looking
			shop.page = func(_ context.Context, n int) error {
				if n == 2 && !mended.Load() {
					return domain.E(kind, "read", nil)
				}
				return nil
			}
			inDesk(t, shop, func(d *desk) {
				d.transfers()
				d.confirm()
				d.reads("Aktarım duraklatıldı.", c.says, c.when)
				if kind == domain.KindCount { // it cannot go on where it was, and does not say so
					d.reads("250 ürün olduğunu söyledi, 100 ürün geldi")
				} else {
					d.reads("100 / 250 ürün okundu; kaldığı yerden")
				}
				if d.page.busy {
					t.Error("the sections are hidden, section 2 may be needed")
				}
				if b := d.button(c.mends); b == nil || b.Disabled() {
					t.Fatalf("no button %q: %s", c.mends, d.words())
				}
				if c.mends == "Yeniden Yetkilendir" {
					d.tap(c.mends)
					if d.page.at[0] != sectionAPI {
						t.Errorf("opened %v", d.page.at)
					}
				}
				mended.Store(true)
				if c.itself == 0 {
					if d.button("Devam Et") != nil {
						d.tap("Devam Et")
					} else {
						d.tap("Yeniden Oku")
					}
				} else {
					d.pass(c.itself + time.Second) // and the screen looks a few times a second
				}
				d.reads("Aktarım tamamlandı.", "250 aktarıldı, 10 eşleşti")
				if !shop.desk.GoesOnAt().IsZero() {
					t.Error("a try is still planned")
				}
			})
		})
	}
}

func TestTransferSection_asksAboutAnOldPlan(t *testing.T) {
	for _, answer := range []string{"Bu Hazırlıkla Devam Et", "Yeniden Oku"} {
		t.Run(answer, func(t *testing.T) {
			shop := newMemoryShop(250, 10)
			inDesk(t, shop, func(d *desk) {
				gate := make(chan struct{}, 1)
				shop.turn = func(ctx context.Context) error { return wait(ctx, gate) }
				d.transfers()
				d.confirm()
				d.tap("Durdur")
				d.pass(25 * time.Hour)
				gate <- struct{}{}
				d.tap("Devam Et")
				d.reads("bir günden eski")
				d.tap(answer)
				d.reads("Aktarım tamamlandı.", "250 aktarıldı, 10 eşleşti, 240 eşleşmedi")
				want := 3
				if answer == "Yeniden Oku" {
					want = 6
				}
				if shop.reads != want {
					t.Errorf("%d reads, want %d", shop.reads, want)
				}
			})
		})
	}
}

func TestTransferSection_goesOnByItselfWhenTheWindowOpens(t *testing.T) {
	for state, want := range map[transfer.State]bool{
		transfer.StatePreparing: true,
		transfer.StateApplying:  true,
		transfer.StateStopping:  true,
		transfer.StateStopped:   false,
	} {
		t.Run(string(state), func(t *testing.T) {
			shop := newMemoryShop(250, 10)
			inDesk(t, shop, func(d *desk) {
				shop.runs = []transfer.Run{{
					ID: 1, State: state, Phase: transfer.PhaseRead, NextPage: 1, ConfirmedAt: time.Now(),
					Options: transfer.DefaultOptions(domain.TRY),
				}}
				s := newTransferSection(d.e, d.page)                // no show: the window may open at another section
				if err := shop.desk.GoOn(t.Context()); err != nil { // as the program does
					t.Fatal(err)
				}
				d.settle()
				d.win.SetContent(s.content())
				if went := shop.runs[0].State == transfer.StateDone; went != want {
					t.Errorf("went on: %v", went)
				}
				if !want {
					d.reads("Aktarım durduruldu.")
				}
			})
		})
	}
}

func TestTransferSection_leavesAnInterruptedRunToTheNextWindow(t *testing.T) {
	shop := newMemoryShop(1200, 0)
	inDesk(t, shop, func(d *desk) {
		gate := make(chan struct{})
		shop.batch = func(ctx context.Context) error { return wait(ctx, gate) }
		d.transfers()
		d.confirm()
		d.let(gate)
		d.pass(300 * time.Millisecond)
		d.close()
		shop.desk.Close()
		if s := shop.runs[0].State; !s.Active() {
			t.Errorf("the run is %s; it was not stopped by a person", s)
		}
		if c := shop.runs[0].Counters; c.Transferred != 500 || c.Pending != 700 {
			t.Errorf("%+v", c)
		}
	})
}

func TestTransferSection_goesOnAfterTheFirstTwenty(t *testing.T) {
	shop := newMemoryShop(250, 10)
	inDesk(t, shop, func(d *desk) {
		s := d.transfers()
		d.tap("Ürünleri Aktar")
		s.wizard.steps[stepWhat].(*wizardWhat).try.SetChecked(true)
		d.tap("Devam")
		d.tap("Devam")
		d.tap("Devam")
		d.reads("250 ürün okunur, ilk 20 ürün yazılır")
		d.tap("İşlemi Onayla")
		d.reads("20 / 250 işlendi, 230 kaldı.")
		d.tap("Devam Et")
		d.reads("Aktarım tamamlandı.", "250 aktarıldı")
	})
}

func TestTransferSection_saysWhatFailed(t *testing.T) {
	shop := newMemoryShop(250, 10)
	shop.page = func(context.Context, int) error {
		return &domain.Error{Kind: domain.KindForbidden, Detail: "API yetkilendirilmedi"}
	}
	inDesk(t, shop, func(d *desk) {
		d.transfers()
		d.tap("Ürünleri Aktar")
		d.tap("Devam")
		d.tap("Devam")
		d.reads("yetkisi yok", "API yetkilendirilmedi")
		if b := d.button("Devam"); b == nil || !b.Disabled() {
			t.Error("the wizard goes on without knowing the cost")
		}
		shop.page = nil
		d.tap("Yeniden Dene")
		d.reads("250 ürün var")
	})
}
