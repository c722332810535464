package orders

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
)

// formalising makes the company one whose invoices are formalised at once.
func formalising(t *testing.T, s *shop) {
	t.Helper()
	choices, err := s.Settings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	choices.AutoFormalise = true
	if err := s.SaveSettings(t.Context(), choices, nil); err != nil {
		t.Fatal(err)
	}
}

// states are how many invoices İşbaşı has in each state.
func (b *books) states() map[domain.EStatus]int {
	b.mu.Lock()
	defer b.mu.Unlock()
	n := map[domain.EStatus]int{}
	for _, i := range b.invoices {
		n[i.Status]++
	}
	return n
}

func TestPlan_saysWhatGoesOutAndWhatItCosts(t *testing.T) {
	onPage(t, func(s *shop) {
		firm := sold("4")
		firm.Buyer.Type, firm.Buyer.Name, firm.Buyer.TaxNumber = orders.BuyerCompany, "Örnek Gıda A.Ş.", "4540536920"
		s.books.registered["4540536920"] = true
		mixed(t)(s)
		s.keep(t, firm)
	}, func(s *kittest.Screen, _ *Page, shop *shop) {
		s.Key(fyne.KeyReturn)
		s.Reads("Faturaları Hazırla", "3 fatura İşbaşı’nda taslak olarak oluşturulur, toplam 539,10 ₺.", "Önce 1 alıcının e-Fatura mükellefi olup olmadığı sorulur",
			"1 sipariş bekliyor, gönderilmez (Alıcının adresi eksik: 1)", "Bu iş 3 okuma, 3 yazma harcar", "3 Taslak Oluştur", "Trendyol 1", "Türü sorulacak", "Deniz Örnekoğlu", "e-Arşiv", "179,70 ₺")
		s.ReadsNot("geri alınamaz")
		if shop.books.reads+shop.books.writes > 0 {
			t.Errorf("a plan cost %d reads and %d writes", shop.books.reads, shop.books.writes)
		}
	})
}

// An order with several reasons counts once: the numbers in brackets add up to the one before them.
func TestPlan_countsAnOrderThatWaitsOnce(t *testing.T) {
	onPage(t, func(s *shop) {
		lost := sold("1")
		lost.Buyer.District, lost.Buyer.SourceDistrict = "", ""
		lost.Lines[0].VAT, lost.Lines[0].Barcode, lost.Lines[0].Code = decimal.NullDecimal{}, "", ""
		s.keep(t, lost, sold("2"))
	}, func(s *kittest.Screen, _ *Page, _ *shop) {
		s.Key(fyne.KeyReturn)
		s.Reads("1 sipariş bekliyor, gönderilmez (", ": 1)")
		s.ReadsNot(": 1, ")
	})
}

func TestPlan_makesDrafts(t *testing.T) {
	onPage(t, mixed(t), func(s *kittest.Screen, p *Page, shop *shop) {
		shop.books.gate = make(chan struct{})
		s.Tap("Faturaları Hazırla (2)")
		s.Tap("2 Taslak Oluştur")
		s.Pass(time.Second)
		s.Reads("Taslaklar oluşturuluyor", "0 / 2", "Durdur")
		if p.e.UnderWay() != "invoices" {
			t.Errorf("under way is %q", p.e.UnderWay())
		}
		shop.books.gate <- struct{}{}
		s.Pass(time.Second)
		s.Reads("1 / 2", "Deniz Örnekoğlu", "kaldı")
		shop.books.gate <- struct{}{}
		s.Pass(time.Second)
		s.Reads("2 taslak oluşturuldu", "İşbaşı’nda 2", "ABC1001", "Hazır 0")
		s.ReadsNot("Taslaklar oluşturuluyor")
		if got := shop.books.states(); got[domain.EStatusDraft] != 2 || len(got) != 1 {
			t.Errorf("İşbaşı has %v", got)
		}
		s.Tap("Faturaları Göster")
		s.Asked(kit.PlaceInvoices)
	})
}

func TestPlan_stopsBehindWhatIsInFlight(t *testing.T) {
	onPage(t, mixed(t), func(s *kittest.Screen, _ *Page, shop *shop) {
		shop.books.gate = make(chan struct{})
		s.Tap("Faturaları Hazırla (2)")
		s.Tap("2 Taslak Oluştur")
		s.Pass(time.Second)
		s.Tap("Durdur")
		s.Reads("Durduruluyor…")
		close(shop.books.gate)
		s.Pass(time.Second)
		s.ReadsNot("Durduruluyor…")
		if got := shop.books.states(); got[domain.EStatusDraft] > 1 {
			t.Errorf("İşbaşı has %v", got)
		}
	})
}

func TestPlan_countsDownBeforeTheFirstInvoicesOfADayAreFormalised(t *testing.T) {
	onPage(t, func(s *shop) { mixed(t)(s); formalising(t, s) }, func(s *kittest.Screen, p *Page, shop *shop) {
		s.Tap("Faturaları Hazırla (2)")
		s.Reads("2 fatura oluşturulur ve hemen resmileştirilir", "geri alınamaz")
		s.Tap("2 Faturayı Resmileştir")
		s.Reads("2 fatura 10 saniye sonra resmileştirilmeye başlanır.")
		s.Key(fyne.KeyReturn) // presses nothing
		s.Pass(4 * time.Second)
		s.Reads("2 fatura 6 saniye sonra")
		s.Key(fyne.KeyEscape)
		s.Reads("Durduruldu, hiçbir fatura gönderilmedi.")
		s.Pass(20 * time.Second)
		if got := shop.books.states(); len(got) > 0 {
			t.Errorf("İşbaşı has %v", got)
		}
		s.Tap("2 Faturayı Resmileştir")
		s.Pass(9 * time.Second)
		if got := shop.books.states(); len(got) > 0 {
			t.Errorf("a second too early İşbaşı has %v", got)
		}
		s.Pass(time.Second)
		s.Pass(time.Second)
		s.Reads("2 fatura kesildi")
		if got := shop.books.states(); got[domain.EStatusDone] != 2 {
			t.Errorf("İşbaşı has %v", got)
		}
		shop.keep(t, sold("9"))
		p.load()
		s.Settle()
		s.Tap("Faturaları Hazırla (1)")
		s.Tap("1 Faturayı Resmileştir") // the day's second run asks for no patience
		s.Pass(time.Second)
		if got := shop.books.states(); got[domain.EStatusDone] != 3 {
			t.Errorf("İşbaşı has %v", got)
		}
	})
}

func TestPlan_leavingTheSheetEndsTheCountdown(t *testing.T) {
	for name, leave := range map[string]func(p *Page){"for the list": (*Page).Close, "for another page": (*Page).Left} {
		t.Run(name, func(t *testing.T) { leavesACountdown(t, leave) })
	}
}

func leavesACountdown(t *testing.T, leave func(p *Page)) {
	t.Helper()
	onPage(t, func(s *shop) { mixed(t)(s); formalising(t, s) }, func(s *kittest.Screen, p *Page, shop *shop) {
		s.Tap("Faturaları Hazırla (2)")
		s.Tap("2 Faturayı Resmileştir")
		leave(p)
		s.Pass(time.Minute)
		if got := shop.books.states(); len(got) > 0 {
			t.Errorf("İşbaşı has %v", got)
		}
	})
}

func TestPlan_saysWhyNothingIsBegun(t *testing.T) {
	onPage(t, mixed(t), func(s *kittest.Screen, _ *Page, shop *shop) {
		shop.books.signedOut = domain.E(domain.KindNeedsSignIn, "sign in", nil)
		s.Tap("Faturaları Hazırla (2)")
		s.Tap("2 Taslak Oluştur")
		s.Tap("API Bilgilerine Git")
		s.Asked(kit.PlaceAPI)
	})
}

func TestPlan_anOrderThatWasRefusedIsTriedAgainByItself(t *testing.T) {
	onPage(t, func(s *shop) { s.keep(t, sold("1")) }, func(s *kittest.Screen, p *Page, shop *shop) {
		shop.books.refuse = &domain.Error{Kind: domain.KindRejected, Op: "draft", Detail: "Cari kilitli."}
		s.Tap("Faturaları Hazırla (1)")
		s.Tap("1 Taslak Oluştur")
		s.Pass(time.Second)
		s.Reads("1 fatura geri çevrildi", "İşbaşı bu faturayı geri çevirdi")
		shop.books.mu.Lock()
		shop.books.refuse = nil
		shop.books.mu.Unlock()
		p.open(key("1"))
		s.Settle()
		s.Tap("Yeniden Dene")
		s.Tap("1 Taslak Oluştur")
		s.Pass(time.Second)
		s.Reads("1 taslak oluşturuldu")
	})
}

func TestPage_showsARunThatNobodyHereHasBegun(t *testing.T) {
	onPage(t, mixed(t), func(s *kittest.Screen, p *Page, shop *shop) {
		shop.books.gate = make(chan struct{})
		p.e.Keep(func(ctx context.Context) {
			if _, err := shop.StartInvoices(ctx, issuing.Request{Wish: orders.WishDraft}); err != nil {
				t.Error(err)
			}
		})
		s.Pass(time.Second)
		s.Reads("Taslaklar oluşturuluyor")
		if !p.prepare.Disabled() {
			t.Error("a second run can be begun")
		}
		close(shop.books.gate)
		s.Pass(2 * time.Second)
		s.Reads("2 taslak oluşturuldu")
	})
}
