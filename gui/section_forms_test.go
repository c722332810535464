package gui

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

func TestGuide_knowsHowFarTheCompanyIs(t *testing.T) {
	o := newOffice().authorised()
	o.rules.Version = 1
	onStage(t, o, sectionGuide, func(s *stage) {
		s.reads("Kurulumun 2 / 5 adımı tamam.", "Yetkilendirildi.", "Entegrasyon Durumu alanında Entegrasyon Açık seçin.",
			"Fiyat kuralları kaydedildi.", "Ürünleri Aktar ile İşbaşı’ndaki ürünlerinizi getirin.")
		o.settings.IntegrationOn, o.settings.Push = true, domain.PushStock
		o.run = &transfer.Run{State: transfer.StateDone, Counters: transfer.Counters{Transferred: 12}}
		s.w.refresh()
		s.settle()
		s.reads("Kurulum tamam.")
	})
}

func TestGuide_rowsJump(t *testing.T) {
	for title, section := range map[string]int{
		"Logo İşbaşı hesabınızı yetkilendirin": sectionAPI, "Entegrasyonu açın": sectionAPI, "Süreç seçimlerini yapın": sectionProcess,
		"Fiyat kurallarını belirleyin": sectionPrice, "Ürünlerinizi aktarın": sectionTransfer,
	} {
		onStage(t, newOffice(), sectionGuide, func(s *stage) {
			var item *widgets.Item
			walk(s.win.Content(), func(o fyne.CanvasObject) {
				if i, ok := o.(*widgets.Item); ok && i.Title() == title {
					item = i
				}
			})
			if item == nil {
				t.Fatalf("no row %q", title)
			}
			item.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
			s.settle()
			s.in(section)
		})
	}
}

func TestAPI_fieldsFillThemselves(t *testing.T) {
	onStage(t, newOffice(), sectionAPI, func(s *stage) {
		s.reads("Yetkilendir", "Önce yetkilendirin.")
		if b := s.button("Bağlantıyı Sına"); !b.Disabled() {
			t.Error("there is nothing to test yet")
		}
	})
	onStage(t, newOffice().authorised(), sectionAPI, func(s *stage) {
		s.reads("••••••••3f9a", "owner@example.com", "Deneme Ticaret Ltd.", "Standart, 01.01.2027 tarihine kadar", "24.11.2026 14:05", "Yeniden Yetkilendir")
	})
	unnamed := newOffice().authorised()
	unnamed.connection.FirmName, unnamed.connection.TenantID = "", "7b0e0c0e"
	onStage(t, unnamed, sectionAPI, func(s *stage) { s.reads("Firma no: 7b0e0c0e") })
}

func TestAPI_savesTheIntegrationAndNothingElse(t *testing.T) {
	o := newOffice().authorised()
	o.settings.Scenario = domain.ScenarioCommercial
	onStage(t, o, sectionAPI, func(s *stage) {
		if !s.button("Ayarları Kaydet").Disabled() {
			t.Error("nothing has changed, and it can be saved")
		}
		s.choose("Entegrasyon Durumu", "Entegrasyon Açık")
		s.tap("Ayarları Kaydet")
		if v := s.saved(); !v.IntegrationOn || v.Scenario != domain.ScenarioCommercial {
			t.Errorf("saved %+v", v)
		}
		s.reads("Kaydedildi", "Bağlı · entegrasyon açık")
		if !s.button("Ayarları Kaydet").Disabled() {
			t.Error("saved, and it can be saved again")
		}
	})
}

func TestAPI_testSpendsOneReadAndSaysWhatItLearned(t *testing.T) {
	o := newOffice().authorised()
	onStage(t, o, sectionAPI, func(s *stage) {
		s.tap("Bağlantıyı Sına")
		s.reads("Bağlantı çalışıyor.")
		o.testing = domain.E(domain.KindNetwork, "test", nil)
		s.tap("Bağlantıyı Sına")
		s.reads("İşbaşı’na ulaşılamadı.")
		o.testing = domain.E(domain.KindNeedsSignIn, "test", nil)
		s.tap("Bağlantıyı Sına")
		s.reads("İşbaşı yetkilendirmenizin süresi doldu.")
		if o.tests != 3 {
			t.Errorf("%d tests", o.tests)
		}
	})
}

func TestAPI_forgetAsks(t *testing.T) {
	o := newOffice().authorised()
	o.settings.IntegrationOn = true
	onStage(t, o, sectionAPI, func(s *stage) {
		s.tap("Yetkiyi Kaldır")
		s.answer("Vazgeç")
		if !o.connection.Authorised {
			t.Fatal("it was not asked")
		}
		s.tap("Yetkiyi Kaldır")
		s.answer("Yetkiyi Kaldır")
		s.reads("Yetki kaldırıldı.", "Bağlı değil")
		if o.connection.Authorised || s.saved().IntegrationOn {
			t.Error("the session is still there")
		}
	})
}

func TestAPI_saysThatTheSessionWillNotLast(t *testing.T) {
	o := newOffice().authorised()
	o.connection.SessionOnly = true
	onStage(t, o, sectionAPI, func(s *stage) { s.reads("oturum program kapanana kadar sürer") })
}

func TestProcess_savesTheFiveChoices(t *testing.T) {
	o := newOffice().authorised()
	o.settings.IntegrationOn = true
	onStage(t, o, sectionProcess, func(s *stage) {
		s.reads("Seçilmedi: İşbaşı’na hiçbir şey yazılmaz.", "henüz bir şey yapmaz")
		s.choose("Sitenizde Kullandığınız Para Birimini Seçiniz", "Euro")
		s.choose("Site Tarafında Yapılan Stok ve Fiyat Güncellemelerin Sopyo Paneline Gelmesi", "Evet")
		s.choose("Fatura Kesim Senaryosu", "Ticari")
		s.choose("Stok ve Fiyat Güncelleme Durumu", "Hem Stok, Hem Fiyat Güncellensin")
		s.reads("Aktarımda fiyatlar Euro olarak alınır.", "stok ve fiyat değişiklikleri İşbaşı’na yazılır.")
		s.tap("Ayarları Kaydet")
		want := domain.Settings{IntegrationOn: true, Currency: domain.EUR, Pull: true, Scenario: domain.ScenarioCommercial, Push: domain.PushBoth}
		if got := s.saved(); got != want {
			t.Errorf("saved %+v, want %+v", got, want)
		}
	})
}

func TestProcess_undoingAChangeTurnsSavingOff(t *testing.T) {
	onStage(t, newOffice(), sectionProcess, func(s *stage) {
		s.choose("Fatura Kesim Senaryosu", "Ticari")
		s.choose("Fatura Kesim Senaryosu", "Temel")
		if !s.button("Ayarları Kaydet").Disabled() {
			t.Error("nothing differs, and it can be saved")
		}
	})
}

func TestProcess_formalisingIsTyped(t *testing.T) {
	const label = "Faturalarınız Otomatik Resmileştirilsin Mi?"
	onStage(t, newOffice(), sectionProcess, func(s *stage) {
		choice, _ := s.row(label).Field().(*widgets.Choice)
		s.choose(label, "Evet")
		s.asks()
		s.answer("Taslak kalsın")
		if choice.Selected() != 1 || s.w.page.sections[sectionProcess].dirty() {
			t.Error("refused, and yet chosen")
		}
		s.choose(label, "Evet")
		test.Type(formalEntry(s), "evet")
		s.answer("Onayla")
		s.asks() // the wrong word does not do
		e := formalEntry(s)
		e.SetText("")
		test.Type(e, "onaylıyorum")
		e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		s.settle()
		s.asksNothing()
		s.tap("Ayarları Kaydet")
		if !s.saved().AutoFormalise {
			t.Error("not saved")
		}
		s.choose(label, "Hayır") // the way back asks nothing
		s.asksNothing()
	})
}

// ways gives the diagram: for stock and price what arrives at İşbaşı and at the catalogue, and what the sides are.
func ways(s *stage) string {
	p, _ := s.w.page.sections[sectionProcess].(*processSection)
	var all []string
	for _, shared := range domain.AllShared() {
		w := p.flow.ways[shared]
		left, right := w.flow.Arrives()
		all = append(all, fmt.Sprint(shared, " ", left, " ", right, " ", w.isbasi.text.Words(), "/", w.catalogue.text.Words()))
	}
	return strings.Join(all, ", ")
}

func TestProcess_drawsTheTwoDirectionsWithTheirOwner(t *testing.T) {
	const pull, push = "Site Tarafında Yapılan Stok ve Fiyat Güncellemelerin Sopyo Paneline Gelmesi", "Stok ve Fiyat Güncelleme Durumu"
	onStage(t, newOffice(), sectionProcess, func(s *stage) {
		for _, step := range []struct{ label, option, ways, says string }{
			{"", "", "stock false false Kendi değeri/Kendi değeri, price false false Kendi değeri/Kendi değeri", "Stok iki tarafta ayrı durur."},
			{push, "Sadece Fiyat Güncellensin", "stock false false Kendi değeri/Kendi değeri, price true false İzler/Sahibi", "Katalogda değişen fiyat İşbaşı’na yazılır"},
			{pull, "Evet", "stock false true Sahibi/İzler, price true true Sahibi/Değiştirebilir", "çakışma listesine girer"},
			{push, "Hem Stok, Hem Fiyat Güncellensin", "stock true true Sahibi/Değiştirebilir, price true true Sahibi/Değiştirebilir", "stok yazdırıp yazdırmadığı henüz bilinmiyor"},
			{pull, "Hayır", "stock true false İzler/Sahibi, price true false İzler/Sahibi", "Entegrasyon kapalı"},
		} {
			if step.label != "" {
				s.choose(step.label, step.option)
			}
			if got := ways(s); got != step.ways {
				t.Errorf("%s: %s\nwant %s", step.option, got, step.ways)
			}
			s.reads(step.says)
		}
		s.tap("Seçimi kaldır: İşbaşı’na hiçbir şey yazılmasın")
		s.reads("Seçilmedi: İşbaşı’na hiçbir şey yazılmaz.")
		s.readsNot("Seçimi kaldır")
		if got := ways(s); !strings.HasPrefix(got, "stock false false") {
			t.Error(got)
		}
	})
}

func TestProcess_whatCannotBeIsSaidAtItsFieldAndNotSaved(t *testing.T) {
	const push, currency, formal = "Stok ve Fiyat Güncelleme Durumu", "Sitenizde Kullandığınız Para Birimini Seçiniz", "Faturalarınız Otomatik Resmileştirilsin Mi?"
	o := newOffice()
	o.settings.Push = domain.PushPrice
	o.around = domain.Circumstances{
		Abilities:   domain.Abilities{domain.AbilityStockWrite: domain.AbilityDenied, domain.AbilityFormalise: domain.AbilityDenied},
		BoundPrices: map[domain.Currency]int{domain.TRY: 3},
	}
	before := o.settings
	onStage(t, o, sectionProcess, func(s *stage) {
		for _, tt := range []struct{ label, option, back, reason string }{
			{push, "Hem Stok, Hem Fiyat Güncellensin", "Sadece Fiyat Güncellensin", "İşbaşı bu API anahtarıyla stok yazdırmıyor."},
			{currency, "Dolar", "Türk Lirası", "Bağlı ürünlerinizin fiyatları eski para biriminde"},
		} {
			s.choose(tt.label, tt.option)
			if wrong := s.row(tt.label).Wrong(); !strings.Contains(wrong, tt.reason) {
				t.Errorf("%s: %q", tt.option, wrong)
			}
			s.tap("Ayarları Kaydet")
			if got := s.saved(); got != before {
				t.Errorf("%s was saved: %+v", tt.option, got)
			}
			s.reads("Kaydedilmedi: işaretli alanı düzeltin.")
			s.choose(tt.label, tt.back)
			if wrong := s.row(tt.label).Wrong(); wrong != "" {
				t.Errorf("%s: %q", tt.back, wrong)
			}
		}
		s.choose(formal, "Evet")
		e := formalEntry(s)
		test.Type(e, "onaylıyorum")
		e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		s.settle()
		if wrong := s.row(formal).Wrong(); !strings.Contains(wrong, "fatura resmileştirmiyor") {
			t.Errorf("%q", wrong)
		}
		s.choose("Fatura Kesim Senaryosu", "Ticari") // it is still said
		if wrong := s.row(formal).Wrong(); wrong == "" {
			t.Error("the reason has gone")
		}
	})
}

// formalEntry is where the word is typed.
func formalEntry(s *stage) *widgets.Entry {
	var found *widgets.Entry
	walk(s.w.e.modal.popUp.Content, func(o fyne.CanvasObject) {
		if e, ok := o.(*widgets.Entry); ok {
			found = e
		}
	})
	return found
}

func TestForm_savingErrorKeepsWhatWasTyped(t *testing.T) {
	o := newOffice()
	o.saving = domain.E(domain.KindDisk, "save", nil)
	onStage(t, o, sectionProcess, func(s *stage) {
		s.choose("Fatura Kesim Senaryosu", "Ticari")
		s.tap("Ayarları Kaydet")
		s.reads("Veriler diske yazılamadı.")
		o.saving = nil
		s.tap("Ayarları Kaydet")
		if s.saved().Scenario != domain.ScenarioCommercial {
			t.Error("the second try did not save")
		}
	})
}

func TestPrice_understandsBothSpellings(t *testing.T) {
	for typed, want := range map[string]string{"1.234,50": "1234.5", "1234.5": "1234.5", "12,5": "12.5", "100 ₺": "100"} {
		o := newOffice()
		onStage(t, o, sectionPrice, func(s *stage) {
			s.choose("İşlem Tipi", "Fiyat")
			s.write("İşlem Miktarı", typed)
			s.write("Ek Fiyat", "20")
			s.tap("Ayarları Kaydet")
			r := o.rules.Global
			if r == nil || r.Amount.String() != want || r.Extra.String() != "20" || r.Kind != pricing.Amount || o.rules.PerMarketplace {
				t.Errorf("%q was saved as %+v", typed, r)
			}
		})
	}
}

func TestPrice_liveExampleFollowsTheFields(t *testing.T) {
	onStage(t, newOffice(), sectionPrice, func(s *stage) {
		s.reads("249,90 ₺", "Kural yok: ürünün kendi fiyatı geçerli.")
		s.write("İşlem Miktarı", "10")
		s.write("Ek Fiyat", "20")
		s.reads("294,89 ₺", "+%10, ek 20,00 ₺")
		s.choose("Fiyat Sonu", ",90")
		s.reads("294,90 ₺")
		s.choose("Kural Tipi", "İndirim")
		s.write("İşlem Miktarı", "100")
		s.write("Ek Fiyat", "")
		s.reads("Bu kuralla fiyat sıfıra iner")
	})
}

func TestPrice_refusesAtTheField(t *testing.T) {
	for _, c := range []struct{ kind, direction, amount, says string }{
		{"Yüzdelik", "İndirim", "101", "İndirim %100’den büyük olamaz."},
		{"Yüzdelik", "Fiyat artışı", "abc", "Bir sayı yazın, örneğin 1.234,50."},
		{"Fiyat", "Fiyat artışı", "-5", "Eksi bir sayı olamaz."},
		{"Fiyat", "Fiyat artışı", "1,234", "Virgülden sonra çok basamak var."},
	} {
		o := newOffice()
		onStage(t, o, sectionPrice, func(s *stage) {
			s.choose("Kural Tipi", c.direction)
			s.choose("İşlem Tipi", c.kind)
			s.write("İşlem Miktarı", c.amount)
			row := s.row("İşlem Miktarı")
			if row.Wrong() != c.says {
				t.Errorf("%q: %q at the field, want %q", c.amount, row.Wrong(), c.says)
			}
			s.w.save()
			s.settle()
			if o.rules.Version != 0 {
				t.Errorf("%q was saved", c.amount)
			}
			if f, _ := row.Field().(fyne.Focusable); s.win.Canvas().Focused() != f {
				t.Error("the field did not take the focus")
			}
		})
	}
}

func TestPrice_eachMarketplaceHasItsOwn(t *testing.T) {
	o := newOffice()
	onStage(t, o, sectionPrice, func(s *stage) {
		s.write("İşlem Miktarı", "5")
		s.choose("Pazaryeri Bazlı Fiyat Kuralı Belirlemek İstiyor Musunuz?", "Evet")
		s.reads("Trendyol")
		price, _ := s.w.page.sections[sectionPrice].(*priceSection)
		s.write("İşlem Miktarı", "10")
		price.choosePlace("n11")
		s.settle()
		if e, _ := s.row("İşlem Miktarı").Field().(*widgets.Entry); e.Text != "" {
			t.Errorf("n11 shows %q of another marketplace", e.Text)
		}
		s.write("Ek Fiyat", "3,25")
		s.tap("Ayarları Kaydet")
		if !o.rules.PerMarketplace || len(o.rules.Each) != 2 || o.rules.Each["trendyol"].Amount.String() != "10" || o.rules.Each["n11"].Extra.String() != "3.25" {
			t.Errorf("saved %+v", o.rules)
		}
		if o.rules.Global == nil || o.rules.Global.Amount.String() != "5" {
			t.Error("the rule that was switched off is lost")
		}
		price.places.search.SetText("ÇİÇEK")
		s.settle()
		if len(price.places.rows) != 1 || price.places.rows[0].name != "Çiçeksepeti" {
			t.Errorf("found %+v", price.places.rows)
		}
	})
}

func TestPrice_refusalBringsItsMarketplaceIntoView(t *testing.T) {
	o := newOffice()
	o.rules = pricing.Rules{PerMarketplace: true}
	onStage(t, o, sectionPrice, func(s *stage) {
		price, _ := s.w.page.sections[sectionPrice].(*priceSection)
		s.write("İşlem Miktarı", "abc")
		price.choosePlace("hepsiburada")
		s.settle()
		s.write("İşlem Miktarı", "7")
		s.tap("Ayarları Kaydet")
		if price.chosen != "trendyol" || s.row("İşlem Miktarı").Wrong() == "" || o.rules.Version != 0 {
			t.Errorf("%s is in view, says %q, version %d", price.chosen, s.row("İşlem Miktarı").Wrong(), o.rules.Version)
		}
	})
}

func TestPrice_showsWhatIsKept(t *testing.T) {
	o := newOffice()
	rule, err := ruleDraft{direction: pricing.Discount, kind: pricing.Percent, amount: "12,5", ending: ".99", mode: pricing.EndingNearest}.rule("tr")
	if err != nil {
		t.Fatal(err)
	}
	o.rules = pricing.Rules{Global: rule, Version: 3}
	onStage(t, o, sectionPrice, func(s *stage) {
		e, _ := s.row("İşlem Miktarı").Field().(*widgets.Entry)
		if e.Text != "12,5" || s.w.page.sections[sectionPrice].dirty() {
			t.Errorf("shows %q, dirty %v", e.Text, s.w.page.sections[sectionPrice].dirty())
		}
		s.reads("En yakın")
		s.w.setLang("en")
		s.settle()
		e, _ = s.row("Operation Amount").Field().(*widgets.Entry)
		if e.Text != "12.5" {
			t.Errorf("English shows %q", e.Text)
		}
	})
}

func TestForm_helpOpensByKeyAndClick(t *testing.T) {
	onStage(t, newOffice(), sectionPrice, func(s *stage) {
		row := s.row("Ek Fiyat")
		e, _ := row.Field().(*widgets.Entry)
		e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF1})
		if !row.HelpShown() {
			t.Fatal("F1 shows no help")
		}
		s.reads("Sonuca eklenecek tutar")
		e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF1})
		if row.HelpShown() {
			t.Error("F1 does not close it")
		}
	})
}

func TestFacts_failingPortIsSaidAndTheRestIsShown(t *testing.T) {
	o := newOffice().authorised()
	co := o.company()
	co.Quota = brokenQuota{}
	onStageWith(t, o, func(_ *stage, cfg *Config) { cfg.First = co }, func(s *stage) {
		s.reads("Veriler diske yazılamadı.", "Bağlı · entegrasyon kapalı")
	})
}

type brokenQuota struct{ Quota }

func (brokenQuota) Usage(ctx context.Context) (u quota.Usage, err error) {
	return u, domain.E(domain.KindDisk, "usage", ctx.Err())
}

func TestPrice_canBeSavedWithoutARule(t *testing.T) {
	o := newOffice()
	onStage(t, o, sectionPrice, func(s *stage) {
		if s.w.page.sections[sectionPrice].dirty() {
			t.Error("leaving would ask, though nothing was typed")
		}
		s.tap("Ayarları Kaydet")
		if o.rules.Version != 1 || o.rules.Global != nil {
			t.Errorf("saved %+v", o.rules)
		}
		if !s.button("Ayarları Kaydet").Disabled() {
			t.Error("it can be saved twice")
		}
	})
}
