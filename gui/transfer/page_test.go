package transfer

import (
	"context"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
	"github.com/sopyo/sopyo-desktop/gui/review"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

func TestTransferSection_saysWhyStartIsOff(t *testing.T) {
	for name, c := range map[string]struct {
		change func(s *kittest.Transfers)
		says   string
	}{
		"not authorised":     {func(s *kittest.Transfers) { s.Link.Authorised = false }, "önce API bilgilerini tanımlayın"},
		"integration closed": {func(s *kittest.Transfers) { s.Chosen.IntegrationOn = false }, "Entegrasyon kapalı"},
	} {
		t.Run(name, func(t *testing.T) {
			shop := kittest.NewTransfers(3, 1)
			c.change(shop)
			kittest.OnTransfers(t, shop, func(d *kittest.TransfersScreen) {
				transfers(d)
				d.Reads(c.says)
				if b := d.Button("Ürünleri Aktar"); b == nil || !b.Disabled() {
					t.Error("Ürünleri Aktar is on")
				}
				d.Tap("API Bilgilerini Tanımlama")
				if len(d.Frame.Opened) != 1 || d.Frame.Opened[0] != kit.PlaceAPI {
					t.Errorf("the button opened %v", d.Frame.Opened)
				}
			})
		})
	}
}

func TestTransferSection_learnsOfAnAuthorisationWithoutBeingOpened(t *testing.T) {
	shop := kittest.NewTransfers(3, 1)
	shop.Link.Authorised = false
	kittest.OnTransfers(t, shop, func(d *kittest.TransfersScreen) {
		s := transfers(d)
		if b := d.Button("API Bilgilerini Tanımlama"); b.Importance != widget.HighImportance {
			t.Error("what is to be done does not stand out")
		}
		shop.Link.Authorised = true
		s.ShowFacts(kit.Facts{Connection: shop.Link, Settings: shop.Chosen})
		d.ReadsNot("önce API bilgilerini tanımlayın")
		if b := d.Button("Ürünleri Aktar"); b.Disabled() || b.Importance != widget.HighImportance {
			t.Error("Ürünleri Aktar is off")
		}
	})
}

func TestTransferSection_carriesATransferToItsEnd(t *testing.T) {
	shop := kittest.NewTransfers(250, 30)
	kittest.OnTransfers(t, shop, func(d *kittest.TransfersScreen) {
		transfers(d)
		d.Reads("Henüz aktarım yok.")
		kittest.Confirm(d.Screen)
		d.Reads("Aktarım tamamlandı.")
		d.Reads(counted("250", "30", "220")...)
		if d.Frame.Busy || d.Frame.Hidden != 1 || d.Frame.Fresh == 0 {
			t.Errorf("page: %+v", d.Frame)
		}
		if shop.Reads != 3 {
			t.Errorf("%d reads for 250 products", shop.Reads)
		}
	})
}

func TestTransferSection_showsNumbersWhileItWorks(t *testing.T) {
	shop := kittest.NewTransfers(1200, 600)
	shop.Page = func(context.Context, int) error {
		<-time.After(time.Second) // an answer takes a second
		return nil
	}
	kittest.OnTransfers(t, shop, func(d *kittest.TransfersScreen) {
		gate := make(chan struct{})
		shop.Turn = func(ctx context.Context) error { return kittest.Wait(ctx, gate) }
		shop.Batch = shop.Turn
		transfers(d)
		kittest.Confirm(d.Screen)
		d.Pass(6500 * time.Millisecond)
		d.Reads("Aktarım Durumu", "Hazırlanıyor", "İşbaşı’ndan okunuyor", "600 / 1.200", "94 ürün/sn", "yaklaşık 6 sn kaldı", "son: ÇAY 00600")
		if !d.Frame.Busy {
			t.Error("the other sections are not hidden")
		}
		d.Pass(10 * time.Second)
		d.Reads("Hazırlandı", "Sırada", "başka bir şirketin aktarımı")
		kittest.Let(d.Screen, gate)
		kittest.Let(d.Screen, gate)
		d.Pass(300 * time.Millisecond)
		d.Reads("Aktarılıyor", "1.000 / 1.200", "Aktarılan 1.000", "Eşleşen 600", "Eşleşmeyen 400")
		kittest.Let(d.Screen, gate)
		kittest.Let(d.Screen, gate)
		d.Pass(300 * time.Millisecond)
		d.Reads("Aktarım tamamlandı.")
		d.ReadsNot("Aktarım Durumu")
	})
}

func TestTransferSection_saysThatItWaitsForAnAnswer(t *testing.T) {
	shop := kittest.NewTransfers(1200, 600)
	shop.Page = func(_ context.Context, page int) error {
		if page == 3 {
			<-time.After(20 * time.Second) // the client tries again and again
		}
		return nil
	}
	kittest.OnTransfers(t, shop, func(d *kittest.TransfersScreen) {
		transfers(d)
		kittest.Confirm(d.Screen)
		d.Pass(2 * time.Second)
		d.Reads("200 / 1.200")
		d.ReadsNot("yanıtı bekleniyor")
		d.Pass(10 * time.Second)
		d.Reads("İşbaşı’nın yanıtı bekleniyor (1")
		d.Pass(9 * time.Second)
		d.ReadsNot("yanıtı bekleniyor")
		d.Reads("Aktarım tamamlandı.")
	})
}

func TestTransferSection_stopsAndGoesOn(t *testing.T) {
	shop := kittest.NewTransfers(1200, 0)
	kittest.OnTransfers(t, shop, func(d *kittest.TransfersScreen) {
		gate := make(chan struct{})
		shop.Batch = func(ctx context.Context) error { return kittest.Wait(ctx, gate) }
		transfers(d)
		kittest.Confirm(d.Screen)
		kittest.Let(d.Screen, gate)
		d.Pass(300 * time.Millisecond)
		stop := d.Button("Durdur")
		stop.OnTapped() // the answer is there before anything else happens
		d.Reads("Durduruluyor…")
		d.Settle()
		d.Reads("Aktarım durduruldu. Yazılanlar duruyor.", "1.000 / 1.200 işlendi, 200 kaldı.")
		if d.Frame.Busy {
			t.Error("the sections are still hidden")
		}
		d.Tap("Devam Et")
		for range 2 {
			kittest.Let(d.Screen, gate)
		}
		d.Pass(300 * time.Millisecond)
		d.Reads("Aktarım tamamlandı.", "1.200\nAktarılan")
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
		domain.KindSlowDown:    {says: "aylık kota dolmadı", when: "kendiliğinden yeniden denenir", mends: "Devam Et", itself: time.Minute},
		domain.KindNeedsSignIn: {says: "süresi doldu", when: "Yetkilendirdikten sonra", mends: "Yeniden Yetkilendir"},
		domain.KindBusy:        {says: "başka bir Sopyo", mends: "Devam Et"},
		domain.KindCount:       {says: "tutmuyor", when: "Yeniden okumak 3 okuma harcar", mends: "Yeniden Oku"},
	}
	for kind, c := range tests {
		t.Run(string(kind), func(t *testing.T) {
			shop := kittest.NewTransfers(250, 10)
			var mended atomic.Bool // by the person, while the job may be looking
			shop.Page = func(_ context.Context, n int) error {
				if n == 2 && !mended.Load() {
					return domain.E(kind, "read", nil)
				}
				return nil
			}
			kittest.OnTransfers(t, shop, func(d *kittest.TransfersScreen) {
				transfers(d)
				kittest.Confirm(d.Screen)
				d.Reads("Aktarım duraklatıldı.", c.says, c.when)
				if kind == domain.KindCount { // it cannot go on where it was, and does not say so
					d.Reads("250 ürün olduğunu söyledi, 100 ürün geldi")
				} else {
					d.Reads("100 / 250 ürün okundu; kaldığı yerden")
				}
				if d.Frame.Busy {
					t.Error("the sections are hidden, section 2 may be needed")
				}
				if b := d.Button(c.mends); b == nil || b.Disabled() {
					t.Fatalf("no button %q: %s", c.mends, d.Words())
				}
				if c.mends == "Yeniden Yetkilendir" {
					d.Tap(c.mends)
					if !slices.Contains(d.Frame.Opened, kit.PlaceAPI) {
						t.Errorf("opened %v", d.Frame.Opened)
					}
				}
				mended.Store(true)
				if c.itself == 0 {
					if d.Button("Devam Et") != nil {
						d.Tap("Devam Et")
					} else {
						d.Tap("Yeniden Oku")
					}
				} else {
					d.Pass(c.itself + time.Second) // and the screen looks a few times a second
				}
				d.Reads("Aktarım tamamlandı.", "250\nAktarılan", "10\nEşleşen")
				if !shop.Runner.GoesOnAt().IsZero() {
					t.Error("a try is still planned")
				}
			})
		})
	}
}

// A count that has disagreed twice offers to go on with what was read, and says what that means.
func TestTransferSection_goesOnWithWhatWasReadWhereTheCountNeverAgrees(t *testing.T) {
	shop := kittest.NewTransfers(250, 10)
	shop.Counted = 257
	kittest.OnTransfers(t, shop, func(d *kittest.TransfersScreen) {
		transfers(d)
		kittest.Confirm(d.Screen)
		d.Reads("Aktarım duraklatıldı.", "257 ürün olduğunu söyledi, 250 ürün geldi")
		if d.Button("Okunanla Devam Et") != nil {
			t.Error("offered the first time: the list may only have moved")
		}
		d.Tap("Yeniden Oku")
		d.Pass(time.Second)
		d.Reads("Aktarım duraklatıldı.", "hiçbir ürün silinmiş sayılmaz")
		if d.Button("Yeniden Oku") == nil {
			t.Error("reading anew is offered no more")
		}
		d.Tap("Okunanla Devam Et")
		d.Pass(time.Second)
		d.Reads("Aktarım tamamlandı.", "250\nAktarılan", "10\nEşleşen")
	})
}

func TestTransferSection_asksAboutAnOldPlan(t *testing.T) {
	for _, answer := range []string{"Bu Hazırlıkla Devam Et", "Yeniden Oku"} {
		t.Run(answer, func(t *testing.T) {
			shop := kittest.NewTransfers(250, 10)
			kittest.OnTransfers(t, shop, func(d *kittest.TransfersScreen) {
				gate := make(chan struct{}, 1)
				shop.Turn = func(ctx context.Context) error { return kittest.Wait(ctx, gate) }
				transfers(d)
				kittest.Confirm(d.Screen)
				d.Tap("Durdur")
				d.Pass(25 * time.Hour)
				gate <- struct{}{}
				d.Tap("Devam Et")
				d.Reads("bir günden eski")
				d.Tap(answer)
				d.Reads("Aktarım tamamlandı.")
				d.Reads(counted("250", "10", "240")...)
				want := 3
				if answer == "Yeniden Oku" {
					want = 6
				}
				if shop.Reads != want {
					t.Errorf("%d reads, want %d", shop.Reads, want)
				}
			})
		})
	}
}

func TestTransferSection_goesOnByItselfWhenTheWindowOpens(t *testing.T) {
	for state, want := range map[transfer.State]bool{
		transfer.StatePreparing: true,
		transfer.StateApplying:  true,
		transfer.StateStopping:  false, // the store makes it stopped when it is opened
		transfer.StateStopped:   false,
	} {
		t.Run(string(state), func(t *testing.T) {
			shop := kittest.NewTransfers(250, 10)
			kittest.OnTransfers(t, shop, func(d *kittest.TransfersScreen) {
				shop.KeptRuns = []transfer.Run{{
					ID: 1, State: state, Phase: transfer.PhaseRead, NextPage: 1, ConfirmedAt: time.Now(),
					Options: transfer.DefaultOptions(domain.TRY),
				}}
				s := New(d.E, shop, shop.Runner, review.New(d.E, shop)) // no show: the window may open at another section
				if err := shop.Runner.GoOn(t.Context()); err != nil {   // as the program does
					t.Fatal(err)
				}
				d.Settle()
				d.Win.SetContent(s.Content())
				if went := shop.KeptRuns[0].State == transfer.StateDone; went != want {
					t.Errorf("went on: %v", went)
				}
				if state == transfer.StateStopped {
					d.Reads("Aktarım durduruldu.")
				}
			})
		})
	}
}

func TestTransferSection_leavesAnInterruptedRunToTheNextWindow(t *testing.T) {
	shop := kittest.NewTransfers(1200, 0)
	kittest.OnTransfers(t, shop, func(d *kittest.TransfersScreen) {
		gate := make(chan struct{})
		shop.Batch = func(ctx context.Context) error { return kittest.Wait(ctx, gate) }
		transfers(d)
		kittest.Confirm(d.Screen)
		kittest.Let(d.Screen, gate)
		d.Pass(300 * time.Millisecond)
		d.Close()
		shop.Runner.Close()
		if s := shop.KeptRuns[0].State; !s.Active() {
			t.Errorf("the run is %s; it was not stopped by a person", s)
		}
		if c := shop.KeptRuns[0].Counters; c.Transferred != 1000 || c.Pending != 200 {
			t.Errorf("%+v", c)
		}
	})
}

func TestTransferSection_goesOnAfterTheFirstTwenty(t *testing.T) {
	shop := kittest.NewTransfers(250, 10)
	kittest.OnTransfers(t, shop, func(d *kittest.TransfersScreen) {
		s := transfers(d)
		d.Tap("Ürünleri Aktar")
		options(d, s).try.SetChecked(true)
		d.Tap("Tamam")
		d.Reads("yalnız ilk 20 ürün yazılır")
		d.Tap("İşlemi Onayla")
		d.Reads("20 / 250 işlendi, 230 kaldı.")
		d.Tap("Devam Et")
		d.Reads("Aktarım tamamlandı.", "250\nAktarılan")
	})
}

func TestTransferSection_saysWhatFailed(t *testing.T) {
	shop := kittest.NewTransfers(250, 10)
	shop.Page = func(context.Context, int) error {
		return &domain.Error{Kind: domain.KindForbidden, Detail: "API yetkilendirilmedi"}
	}
	kittest.OnTransfers(t, shop, func(d *kittest.TransfersScreen) {
		transfers(d)
		d.Tap("Ürünleri Aktar")
		d.Tap("Önizle")
		d.Reads("yetkisi yok", "API yetkilendirilmedi")
		if b := d.Button("İşlemi Onayla"); b == nil || !b.Disabled() {
			t.Error("the wizard goes on without knowing the cost")
		}
		shop.Page = nil
		d.Tap("Yeniden Dene")
		d.Reads("250 ürün var")
	})
}

// One button stands out: what waits for a decision before what can be begun anew.
func TestTransferSection_hasOneButtonThatStandsOut(t *testing.T) {
	shop := kittest.NewTransfers(4, 2)
	kittest.OnTransfers(t, shop, func(d *kittest.TransfersScreen) {
		blue := func() (all []string) {
			kittest.Walk(d.Win.Content(), func(o fyne.CanvasObject) {
				if b, ok := o.(*widgets.Button); ok && b.Importance == widget.HighImportance {
					all = append(all, b.Text)
				}
			})
			return all
		}
		s := transfers(d)
		if got := blue(); !slices.Equal(got, []string{"Ürünleri Aktar"}) {
			t.Errorf("before the first transfer: %v", got)
		}
		kittest.Confirm(d.Screen)
		if got := blue(); !slices.Equal(got, []string{"2 Ürüne Karar Ver"}) {
			t.Errorf("while rows wait: %v", got)
		}
		d.Key(fyne.KeyReturn)
		d.Reads("2 Yeni Ürün Oluştur")
		d.Tap("Geri")
		for _, id := range []domain.RemoteID{"3", "4"} {
			if _, err := shop.Decide(t.Context(), 1, []transfer.Decision{{Kind: transfer.DecideIgnore, Remote: id}}); err != nil {
				t.Fatal(err)
			}
		}
		s.Show()
		d.Settle()
		if got := blue(); !slices.Equal(got, []string{"Ürünleri Aktar"}) {
			t.Errorf("when all is decided: %v", got)
		}
		d.Reads("2 yoksayıldı")
		d.Key(fyne.KeyReturn)
		d.Reads("İşlemi Onayla")
	})
}
