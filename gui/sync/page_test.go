package sync

import (
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
)

func TestPage_teachesWhatIsLacking(t *testing.T) {
	for _, c := range []struct {
		name    string
		n       int
		prepare func(s *shop)
		says    string
		button  string
		opens   kit.Place
	}{
		{"not authorised", 3, func(s *shop) { s.link.Authorised = false }, "önce İşbaşı hesabınızı yetkilendirin", "API Bilgilerini Tanımlama", kit.PlaceAPI},
		{"integration off", 3, func(s *shop) { s.choose(func(c *domain.Settings) { c.IntegrationOn = false }) }, "Entegrasyon kapalı.", "API Bilgilerini Tanımlama", kit.PlaceAPI},
		{"nothing bound", 0, nil, "bağlı ürün yok", "Ürün Aktarımları", kit.PlaceTransfer},
		{"nothing flows", 3, func(s *shop) {
			s.choose(func(c *domain.Settings) { c.Pull, c.Push = false, domain.PushUnset })
		}, "İki yön de kapalı", "Süreç Seçimleri", kit.PlaceProcess},
	} {
		t.Run(c.name, func(t *testing.T) {
			onPage(t, c.n, c.prepare, func(s *screen) {
				s.Reads(c.says)
				s.ReadsNot("Şimdi Eşitle", "Karar bekleyenler", "Henüz eşitleme yapılmadı")
				s.Tap(c.button)
				s.Asked(c.opens)
			})
		})
	}
}

func TestPage_saysHowItStandsAndWhatItCosts(t *testing.T) {
	onPage(t, 3, nil, func(s *screen) {
		s.Reads("Henüz eşitleme yapılmadı.", "Sıradaki 02.01.2000 03:00.", "1 okuma; gönderilecek her fiyat için 1 okuma 1 yazma, her stok için 1 yazma", "Karar bekleyen bir şey yok.")
		s.ReadsNot("gitmeyi bekliyor", "Son eşitlemeler")
	})
	onPage(t, 3, func(s *shop) {
		s.books.change(0, func(p *domain.RemoteProduct) { p.Stock = number("4") })
		s.synced()
		s.choose(func(c *domain.Settings) { c.Push = domain.PushUnset })
	}, func(s *screen) {
		s.Reads("Son eşitleme 03:00: 1 stok alındı.", "Sıradaki 02.01.2000 03:00.", "1 okuma; İşbaşı’na hiçbir şey yazılmaz", "zamanı gelince")
	})
	onPage(t, 3, func(s *shop) {
		s.synced()
		s.books.usage.Reads = s.books.usage.ReadLimit
	}, func(s *screen) { s.Reads("iki taraf aynıydı", "bu ayın okuma payı birikince: 01.02.2000 00:00") })
	onPage(t, 3, func(s *shop) {
		of := sync.DefaultSettings()
		of.Schedule = sync.ScheduleOff
		if err := s.SaveSyncSettings(s.t.Context(), of); err != nil {
			t.Fatal(err)
		}
	}, func(s *screen) { s.Reads("Kendiliğinden başlamaz") })
}

func TestPage_syncsNowAndTellsWhatMoved(t *testing.T) {
	onPage(t, 4, func(s *shop) {
		s.books.change(0, func(p *domain.RemoteProduct) { p.Price = number("105") })
		s.books.page = s.held
		s.set(1, func(p *domain.Product) { p.Stock = number("3") })
	}, func(s *screen) {
		s.Tap("Şimdi Eşitle")
		s.Pass(kit.DrawEvery)
		s.Reads("Başlıyor…", "Durdur", "Başka sayfalara geçebilirsiniz")
		for _, words := range []string{"Şimdi Eşitle", "Önizle"} {
			if b := s.Button(words); b != nil && !b.Disabled() {
				t.Errorf("%s is on while it works", words)
			}
		}
		close(s.gate)
		s.work()
		s.Reads("Eşitleme bitti: 1 fiyat alındı · 1 stok gönderildi.", "siz başlattınız")
		s.ReadsNot("Durdur")
		if got := s.product(0).Price; !got.Decimal.Equal(number("105").Decimal) {
			t.Errorf("the price is %v", got)
		}
		if s.Frame.Fresh == 0 {
			t.Error("what stands around the page was not fetched anew")
		}
		s.Tap("Şimdi Eşitle")
		s.work()
		s.Reads("Eşitleme bitti: iki taraf zaten aynı.")
	})
}

func TestPage_showsWhatBeganByItself(t *testing.T) {
	onPage(t, 3, func(s *shop) { s.books.page = s.held }, func(s *screen) {
		j, err := s.NewSync(s.t.Context(), sync.Request{Occasion: sync.OccasionSchedule})
		if err != nil {
			t.Fatal(err)
		}
		s.Syncing.Run(j.Job)
		s.Pass(2 * kit.DrawEvery)
		s.Reads("Durdur")
		close(s.gate)
		s.work()
		s.Reads("iki taraf zaten aynı")
	})
}

func TestPage_previewWritesNothingUntilItIsApplied(t *testing.T) {
	onPage(t, 3, func(s *shop) {
		s.books.change(0, func(p *domain.RemoteProduct) { p.Price = number("110") })
		s.set(1, func(p *domain.Product) { p.Price = number("120") })
	}, func(s *screen) {
		s.Tap("Önizle")
		s.work()
		s.Reads("1 fiyat alınacak · 1 fiyat gönderilecek · 4 alan aynı", "Göndermek 1 okuma, 1 yazma harcar.", "ÇAY 001", "100,00 ₺", "110,00 ₺", "İşbaşı’nda değişti", "Gönderilen")
		if got := s.product(0).Price; !got.Decimal.Equal(number("100").Decimal) {
			t.Errorf("the preview has written %v", got)
		}
		s.Tap("Vazgeç")
		s.Reads("Şimdi Eşitle")
		s.Tap("Önizle")
		s.work()
		s.Tap("Uygula")
		s.work()
		s.Reads("Eşitleme bitti: 1 fiyat alındı · 1 fiyat gönderildi.")
		if got := s.books.all[1].Price; !got.Decimal.Equal(number("120").Decimal) {
			t.Errorf("İşbaşı has %v", got)
		}
	})
}

func TestPage_stopsAndGoesOn(t *testing.T) {
	onPage(t, 3, func(s *shop) {
		s.set(0, func(p *domain.Product) { p.Price = number("120") })
		s.set(1, func(p *domain.Product) { p.Price = number("121") })
		s.books.save = s.held
	}, func(s *screen) {
		s.Tap("Şimdi Eşitle")
		s.Pass(2 * kit.DrawEvery)
		kittest.Let(s.Screen, s.gate)
		s.Pass(kit.DrawEvery)
		s.Reads("Değişiklikler yazılıyor", "1 / 2", "son: ÇAY 001")
		s.Tap("Durdur")
		s.work()
		s.Reads("Eşitleme durduruldu. Yazılanlar duruyor.", "1 / 2 değişiklik yapıldı.")
		close(s.gate)
		s.Tap("Devam Et")
		s.work()
		s.Reads("2 fiyat gönderildi")
		s.ReadsNot("Devam Et")
	})
}

func TestPage_pauseSaysWhatMendsIt(t *testing.T) {
	for _, c := range []struct {
		kind  domain.Kind
		says  string
		blue  string
		opens []kit.Place
	}{
		{domain.KindNetwork, "İşbaşı’na ulaşılamadı.", "Devam Et", nil},
		{domain.KindNeedsSignIn, "yetki", "Yeniden Yetkilendir", []kit.Place{kit.PlaceAPI}},
	} {
		onPage(t, 3, func(s *shop) { s.books.away = domain.E(c.kind, "read", nil) }, func(s *screen) {
			s.Tap("Şimdi Eşitle")
			s.work()
			s.Reads("Eşitleme duraklatıldı.", c.says)
			if b := s.Button("Şimdi Eşitle"); b.Importance == s.Button(c.blue).Importance {
				t.Error("two blue buttons")
			}
			s.Tap(c.blue)
			s.Asked(c.opens...)
			s.books.mu.Lock()
			s.books.away = nil
			s.books.mu.Unlock()
			if c.opens == nil {
				s.Pass(time.Minute) // the first try was too early
			}
			if b := s.Button("Devam Et"); b != nil {
				s.Tap("Devam Et")
			}
			s.work()
			s.Reads("iki taraf zaten aynı")
		})
	}
}

func TestPage_refusalsSayWhatToDo(t *testing.T) {
	onPage(t, 3, func(s *shop) { s.books.importing = true }, func(s *screen) {
		s.Tap("Şimdi Eşitle")
		s.Reads("Bir ürün aktarımı ya da başka bir eşitleme sürüyor")
		s.books.importing, s.books.out = false, domain.E(domain.KindNeedsSignIn, "sign in", nil)
		s.Tap("Şimdi Eşitle")
		s.Tap("API Bilgilerini Tanımlama")
		s.Asked(kit.PlaceAPI)
	})
	onPage(t, 3, func(s *shop) { s.books.usage.Reads = s.books.usage.ReadLimit }, func(s *screen) {
		s.Tap("Şimdi Eşitle")
		s.Reads("çağrı kotası doldu")
	})
}

func TestPage_sendsEditsWithTheirCost(t *testing.T) {
	onPage(t, 3, func(s *shop) {
		s.synced()
		s.set(2, func(p *domain.Product) { p.Price = number("130") })
	}, func(s *screen) {
		s.Reads("Katalogdaki 1 değişiklik İşbaşı’na gitmeyi bekliyor; göndermek en çok 1 okuma, 1 yazma harcar.")
		s.Tap("Şimdi Gönder")
		s.work()
		s.Reads("Gönderildi: 1 fiyat gönderildi.")
		s.ReadsNot("gitmeyi bekliyor")
	})
}

// braked has every price of 20 products move by more than the limit lets.
func braked(s *shop) {
	for i := range 20 {
		s.books.change(i, func(p *domain.RemoteProduct) { p.Price.Decimal = p.Price.Decimal.Add(number("7").Decimal) })
	}
}

func TestPage_brakesAskBeforeAnythingIsWritten(t *testing.T) {
	onPage(t, 20, braked, func(s *screen) {
		s.Tap("Şimdi Eşitle")
		s.work()
		s.Reads("Eşitleme durdu ve size soruyor", "20 fiyattan 20 tanesi değişecek, sınır 5.", "En büyük 20 değişiklik", "ÇAY 001", "100,00 ₺", "107,00 ₺", "Sınıra takılan eşitleme kararınızı bekliyor.")
		s.ReadsNot("Devam Et")
		for _, words := range []string{"Yine de Uygula", "Vazgeç", "Şimdi Eşitle"} {
			if s.Button(words).Importance != 0 {
				t.Errorf("%s is blue", words)
			}
		}
		if s.page.TypedKey(key("Return")) {
			t.Error("Enter did something")
		}
		s.Tap("Vazgeç")
		s.work()
		s.Reads("Vazgeçildi; hiçbir şey yazılmadı.")
		s.ReadsNot("Yine de Uygula", "Devam Et")
		s.Tap("Şimdi Eşitle")
		s.work()
		s.Tap("Yine de Uygula")
		s.work()
		s.Reads("Eşitleme bitti: 20 fiyat alındı.")
		s.ReadsNot("Yine de Uygula")
		if got := s.product(19).Price; !got.Decimal.Equal(number("126").Decimal) {
			t.Errorf("the price is %v", got)
		}
	})
}

func TestPage_previewTellsOfBrakesBeforehand(t *testing.T) {
	onPage(t, 20, braked, func(s *screen) {
		s.Tap("Önizle")
		s.work()
		s.Reads("20 fiyattan 20 tanesi değişecek, sınır 5.", "uygulanırsa durup size sorar")
		s.Tap("Uygula")
		s.work()
		s.Reads("Eşitleme durdu ve size soruyor")
		s.Tap("Bütün Değişiklikler")
		s.Reads("20 değişiklik")
		s.ReadsNot("Uygula")
	})
}
