package today

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// ways records where the page leads.
type ways struct {
	keys    []string
	demo    int
	decided int
	orders  []orders.Stage
	bare    bool // no backup is made
}

func onToday(t *testing.T, lang string, demo bool, f func(s *kittest.Screen, p *Page, w *ways)) {
	t.Helper()
	w := &ways{}
	kittest.On(t, lang, func(e *kit.Env) *Page {
		return New(e, demo, Ways{Authorise: func(_ domain.Connection, key string) { w.keys = append(w.keys, key) }, Demo: func() { w.demo++ }, Decide: func() { w.decided++ }, Orders: func(s orders.Stage) { w.orders = append(w.orders, s) }, Unprotected: func(context.Context) (bool, error) { return w.bare, nil }})
	}, func(s *kittest.Screen, p *Page) { f(s, p, w) })
}

// settled is a company that is set up and has nothing to do.
func settled() kit.Facts {
	chosen := domain.DefaultSettings()
	chosen.IntegrationOn, chosen.Push = true, domain.PushStock
	at := time.Date(1999, 12, 31, 15, 40, 0, 0, time.UTC)
	return kit.Facts{
		Connection: domain.Connection{Authorised: true}, Settings: chosen, Rules: pricing.Rules{Version: 1}, HasRun: true,
		Run: transfer.Run{State: transfer.StateDone, FinishedAt: at, Counters: transfer.Counters{Transferred: 1146}},
	}
}

func blues(p *Page) (words []string) {
	kittest.Walk(p.object, func(o fyne.CanvasObject) {
		if b, ok := o.(*widgets.Button); ok && b.Importance == widget.HighImportance {
			words = append(words, b.Text)
		}
	})
	return words
}

func TestToday_isTheFirstRunTillSomethingWasAuthorised(t *testing.T) {
	onToday(t, "tr", false, func(s *kittest.Screen, p *Page, w *ways) {
		p.ShowFacts(kit.Facts{})
		s.Reads("İşbaşı’ndaki ürünlerinizi buraya getirelim.", "API anahtarı", "ya da")
		if got := blues(p); len(got) != 1 || got[0] != "Tarayıcıda Yetkilendir" {
			t.Errorf("blue: %q", got)
		}
		s.Tap("Tarayıcıda Yetkilendir")
		if len(w.keys) != 0 || p.empty.row.Wrong() == "" {
			t.Error("it goes on without a key")
		}
		p.empty.key.SetText(" gizli-anahtar ")
		s.Tap("Tarayıcıda Yetkilendir")
		if len(w.keys) != 1 || w.keys[0] != "gizli-anahtar" || p.empty.key.Text != "" {
			t.Errorf("went on with %d keys; the field holds %d letters", len(w.keys), len(p.empty.key.Text))
		}
		s.Tap("Excel ya da CSV’den Al")
		s.Asked(kit.PlaceFiles)
		s.Tap("Deneme Şirketi")
		if w.demo != 1 {
			t.Error("the demo company was not asked for")
		}
		s.Tap("Anahtarım Yok: E-postayı Hazırla")
		if len(s.Visited) != 1 {
			t.Fatalf("visited %q", s.Visited)
		}
		u, err := url.Parse(s.Visited[0])
		if err != nil || u.Scheme != "mailto" || u.Opaque != "yardim@isbasi.com" || strings.Contains(u.RawQuery, "+") {
			t.Fatalf("%q: %v", s.Visited[0], err)
		}
		if body := u.Query().Get("body"); !strings.Contains(body, "http://127.0.0.1:47813/isbasi/callback") || !strings.Contains(body, "\n") {
			t.Errorf("the letter says %q", body)
		}
	})
}

// An invoice that was left as a draft is not issued: it waits for a person, on this page and in the menu.
func TestToday_draftsWaitToBeIssued(t *testing.T) {
	onToday(t, "tr", false, func(s *kittest.Screen, p *Page, _ *ways) {
		f := settled()
		f.Drafts, f.Tasks = 4, 1
		p.ShowFacts(f)
		s.Reads("4 taslak fatura daha kesilmedi", "1 fatura işi sizi bekliyor")
		s.Tap("Bak")
		s.Asked(kit.PlaceInvoices)
	})
}

// Of a company that went to another machine nothing waits here.
func TestToday_tellsThatTheCompanyWasHandedOver(t *testing.T) {
	onToday(t, "tr", false, func(s *kittest.Screen, p *Page, _ *ways) {
		f := settled()
		f.Held, f.HandedOver = 5, time.Date(1999, 12, 31, 0, 0, 0, 0, time.UTC)
		p.ShowFacts(f)
		s.Reads("Bu şirket başka bir bilgisayara devredildi; faturaları burada kesilmez")
		s.ReadsNot("eksik bilgi")
		s.Tap("Bak")
		s.Asked(kit.PlaceBackup)
	})
}

func TestToday_keyThatIsKeptNeedNotBeTyped(t *testing.T) {
	onToday(t, "tr", false, func(s *kittest.Screen, p *Page, w *ways) {
		p.ShowFacts(kit.Facts{Connection: domain.Connection{KeyTail: "3f9a"}})
		s.Reads("3f9a")
		s.Tap("Tarayıcıda Yetkilendir")
		if len(w.keys) != 1 || w.keys[0] != "" {
			t.Errorf("%d keys", len(w.keys))
		}
	})
	onToday(t, "tr", true, func(s *kittest.Screen, p *Page, w *ways) {
		p.ShowFacts(kit.Facts{})
		s.ReadsNot("Deneme Şirketi")
		s.Tap("Tarayıcıda Yetkilendir")
		if len(w.keys) != 1 {
			t.Error("the demo company needs a key")
		}
	})
}

func TestToday_topmostThingThatWaitsHasTheOneBlueButton(t *testing.T) {
	onToday(t, "tr", false, func(s *kittest.Screen, p *Page, w *ways) {
		f := settled()
		f.Ready, f.Undecided, f.Waiting = 1204, 13, 6
		p.ShowFacts(f)
		s.Reads("Bugün, ", "1.204 sipariş faturaya hazır", "13 ürün karar bekliyor", "6 fiyat ya da stok değişikliği karar bekliyor")
		s.ReadsNot("Kurulumun", "Bekleyen bir iş yok", "eksik bilgi")
		if got := blues(p); len(got) != 1 || got[0] != "Faturaları Hazırla" {
			t.Errorf("blue: %q", got)
		}
		s.Tap("Faturaları Hazırla")
		f.Ready, f.Held = 0, 5
		p.ShowFacts(f)
		s.Tap("Tamamla")
		if !slices.Equal(w.orders, []orders.Stage{orders.StageReady, orders.StageHeld}) {
			t.Errorf("opened the orders %v", w.orders)
		}
		f.Held, f.Waiting = 0, 0
		p.ShowFacts(f)
		s.Tap("Karar Ver")
		if w.decided != 1 {
			t.Error("the products that wait were not asked for")
		}
		s.Asked()
		if got := blues(p); len(got) != 1 || got[0] != "Karar Ver" {
			t.Errorf("blue: %q", got)
		}
	})
}

func TestToday_whatIsFineIsOneGreyLine(t *testing.T) {
	onToday(t, "tr", false, func(s *kittest.Screen, p *Page, _ *ways) {
		f := settled()
		p.ShowFacts(f)
		s.Reads("Bekleyen bir iş yok.", "Son aktarım 31.12.1999 18:40: 1.146 ürün")
		if got := blues(p); len(got) != 0 {
			t.Errorf("blue: %q", got)
		}
		s.Tap("Göster") // who wants a price back begins here
		s.Asked(kit.PlaceReview)
		f.Sync = sync.Standing{HasLast: true, Last: sync.Run{Run: transfer.Run{State: transfer.StateDone, CreatedAt: f.Run.FinishedAt}, Moved: sync.Moved{PulledStock: 12}}}
		p.ShowFacts(f)
		s.Reads(s.E.LastSync(f.Sync, s.E.Now()))
	})
}

func TestToday_saysThatNoBackupIsMade(t *testing.T) {
	onToday(t, "tr", false, func(s *kittest.Screen, p *Page, w *ways) {
		p.ShowFacts(settled())
		s.ReadsNot("Yedek")
		w.bare = true
		p.Show()
		s.Settle()
		s.Reads("Bekleyen bir iş yok.", "Yedek alınmıyor: yedek şifresi belirlenmedi.")
		if got := blues(p); len(got) != 0 {
			t.Errorf("blue: %q", got)
		}
		s.Tap("Yedek Şifresi Belirle")
		s.Asked(kit.PlaceBackup)
		w.bare = false
		p.Show()
		s.Settle()
		s.ReadsNot("Yedek")
	})
	onToday(t, "tr", false, func(s *kittest.Screen, p *Page, w *ways) { // products came from a file
		w.bare = true
		p.ShowFacts(kit.Facts{})
		p.Show()
		s.Settle()
		s.Reads("Tarayıcıda Yetkilendir")
		s.Tap("Yedek Şifresi Belirle")
		s.Asked(kit.PlaceBackup)
	})
	onToday(t, "tr", true, func(s *kittest.Screen, p *Page, w *ways) { // nobody backs the demo up
		w.bare = true
		p.ShowFacts(settled())
		p.Show()
		s.Settle()
		s.ReadsNot("Yedek")
	})
}

func TestToday_leadsToATransferUnderWay(t *testing.T) {
	onToday(t, "tr", false, func(s *kittest.Screen, p *Page, _ *ways) {
		f := settled()
		f.Run.State = transfer.StateApplying
		p.ShowFacts(f)
		s.Reads("Ürün aktarımı sürüyor")
		s.ReadsNot("Son aktarım", "Bekleyen bir iş yok")
		s.Tap("İzle")
		s.Asked(kit.PlaceTransfer)
		f.Ready = 2
		p.ShowFacts(f)
		if got := blues(p); len(got) != 1 || got[0] != "Faturaları Hazırla" {
			t.Errorf("blue: %q", got)
		}
	})
}

func TestToday_setUpShowsUntilItIsDone(t *testing.T) {
	onToday(t, "tr", false, func(s *kittest.Screen, p *Page, _ *ways) {
		f := settled()
		f.Rules.Version = 0
		p.ShowFacts(f)
		s.Reads("Kurulumun 4 / 5 adımı tamam. Sırada: Fiyat kurallarını belirleyin")
		if got := blues(p); len(got) != 1 || got[0] != "Devam" {
			t.Errorf("blue: %q", got)
		}
		s.Tap("Devam")
		s.Asked(kit.PlacePrices)
		f.Ready = 1
		p.ShowFacts(f)
		if got := blues(p); len(got) != 1 || got[0] != "Faturaları Hazırla" {
			t.Errorf("blue: %q", got)
		}
	})
}

func TestToday_keepsTheFocusWhileNothingChanges(t *testing.T) {
	onToday(t, "tr", false, func(s *kittest.Screen, p *Page, _ *ways) {
		f := settled()
		f.Ready = 3
		p.ShowFacts(f)
		b := s.Button("Faturaları Hazırla")
		p.ShowFacts(f)
		if s.Button("Faturaları Hazırla") != b {
			t.Error("the button was made anew")
		}
	})
}

func TestToday_namesTheDayInBothLanguages(t *testing.T) {
	at := time.Date(2026, 11, 26, 21, 30, 0, 0, time.UTC) // past midnight in Istanbul
	for lang, want := range map[string]string{"tr": "27 Kasım Cuma", "en": "Friday 27 November"} {
		onToday(t, lang, false, func(s *kittest.Screen, _ *Page, _ *ways) {
			if got := longDay(s.E, at); got != want {
				t.Errorf("%q, want %q", got, want)
			}
		})
	}
}
