package process

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// screen is section 3 over a company.
type screen struct {
	*kittest.Screen
	*kittest.Company
	page *Page
}

// onPage runs f with section 3 in view.
func onPage(t *testing.T, o *kittest.Company, f func(s *screen)) {
	t.Helper()
	kittest.On(t, "tr", func(e *kit.Env) *Page { return New(e, o) }, func(s *kittest.Screen, p *Page) {
		s.Section = true
		f(&screen{s, o, p})
	})
}

func (s *screen) saved() domain.Settings {
	v, _ := s.Settings(context.Background())
	return v
}

func TestProcess_savesTheFiveChoices(t *testing.T) {
	o := kittest.NewCompany().Authorised()
	o.Chosen.IntegrationOn = true
	onPage(t, o, func(s *screen) {
		s.Reads("Seçilmedi: İşbaşı’na hiçbir şey yazılmaz.")
		s.ReadsNot("Faturalar İşbaşı’nda taslak kalır", "Aktarımda fiyatlar", "Stok iki tarafta") // what is kept says itself
		s.Choose("Sitenizde Kullandığınız Para Birimini Seçiniz", "Euro")
		s.Choose("Site Tarafında Yapılan Stok ve Fiyat Güncellemelerin Sopyo Paneline Gelmesi", "Evet")
		s.Choose("Fatura Kesim Senaryosu", "Ticari")
		s.Choose("Stok ve Fiyat Güncelleme Durumu", "Hem Stok, Hem Fiyat Güncellensin")
		s.Reads("Aktarımda fiyatlar Euro olarak alınır.", "Ticari: alıcı faturayı sekiz gün içinde", "stok ve fiyat değişiklikleri İşbaşı’na yazılır.")
		s.Tap("Ayarları Kaydet")
		want := domain.Settings{IntegrationOn: true, Currency: domain.EUR, Pull: true, Scenario: domain.ScenarioCommercial, Push: domain.PushBoth, Confirmed: true}
		if got := s.saved(); got != want {
			t.Errorf("saved %+v, want %+v", got, want)
		}
	})
}

// Ctrl+S on choices that are kept as they stand writes nothing, and says so.
func TestProcess_unchangedChoicesAreNotWritten(t *testing.T) {
	o := kittest.NewCompany().Authorised()
	o.Chosen.Confirmed = true
	onPage(t, o, func(s *screen) {
		s.Choose("Fatura Kesim Senaryosu", "Ticari")
		s.Choose("Fatura Kesim Senaryosu", "Temel") // as it was
		o.Saving = domain.E(domain.KindDisk, "save", nil)
		if !s.Button("Ayarları Kaydet").Disabled() {
			t.Error("it can be saved")
		}
		s.page.Save()
		s.Settle()
		s.Reads("Değişiklik yok; kaydedilecek bir şey yok.")
	})
}

// A page that is full of words is not read. At rest the choices speak; what they do is said while they are changed.
func TestProcess_showsNothingBeforeTheChoicesHaveCome(t *testing.T) {
	kittest.Run(t, "tr", func(s *kittest.Screen) {
		p := New(s.E, kittest.NewCompany())
		if n := kittest.WordCount(p.Content()); n > 0 {
			t.Errorf("%d words before anything is known", n)
		}
		s.Show(p)
		s.Reads("Fatura Kesim Senaryosu")
	})
}

func TestProcess_hasFewWords(t *testing.T) {
	const most = 70
	o := kittest.NewCompany().Authorised()
	o.Chosen.IntegrationOn = true
	o.Around.Abilities = domain.Abilities{domain.AbilityStockWrite: domain.AbilityAllowed} // it is asked once
	for name, chosen := range map[string]domain.Settings{
		"new":          o.Chosen,
		"all chosen":   {IntegrationOn: true, Currency: domain.EUR, Pull: true, Scenario: domain.ScenarioCommercial, Push: domain.PushPrice, Confirmed: true},
		"both ways":    {IntegrationOn: true, Currency: domain.TRY, Pull: true, Scenario: domain.ScenarioBasic, Push: domain.PushBoth, Confirmed: true},
		"switched off": {Currency: domain.TRY, Scenario: domain.ScenarioBasic, Confirmed: true},
	} {
		o.Chosen = chosen
		onPage(t, o, func(s *screen) {
			s.Win.Resize(fyne.NewSize(1180, 760))
			if n := kittest.WordCount(s.page.Content()); n == 0 || n > most {
				t.Errorf("%s: %d words, at most %d:\n%s", name, n, most, s.Words())
			}
		})
	}
}

// The defaults are choices too: without saving them the check-list would wait for ever.
func TestProcess_savesItsDefaultsOnce(t *testing.T) {
	o := kittest.NewCompany().Authorised()
	o.Chosen.IntegrationOn = true
	onPage(t, o, func(s *screen) {
		if (kit.Facts{Settings: s.saved()}).Chosen() {
			t.Fatal("chosen before anything was saved")
		}
		if s.page.Dirty() {
			t.Error("leaving would ask about nothing")
		}
		s.Tap("Ayarları Kaydet")
		want := domain.DefaultSettings()
		want.IntegrationOn, want.Confirmed = true, true
		if got := s.saved(); got != want {
			t.Errorf("saved %+v, want %+v", got, want)
		}
		if !(kit.Facts{Settings: s.saved()}).Chosen() {
			t.Error("the step is not done")
		}
		if !s.Button("Ayarları Kaydet").Disabled() {
			t.Error("the same can be saved again")
		}
	})
}

func TestProcess_undoingAChangeTurnsSavingOff(t *testing.T) {
	o := kittest.NewCompany()
	o.Chosen.Confirmed = true
	onPage(t, o, func(s *screen) {
		s.Choose("Fatura Kesim Senaryosu", "Ticari")
		s.Choose("Fatura Kesim Senaryosu", "Temel")
		if !s.Button("Ayarları Kaydet").Disabled() {
			t.Error("nothing differs, and it can be saved")
		}
	})
}

func TestProcess_formalisingIsTyped(t *testing.T) {
	const label = "Faturalarınız Otomatik Resmileştirilsin Mi?"
	onPage(t, kittest.NewCompany(), func(s *screen) {
		choice, _ := s.Row(label).Field().(*widgets.Choice)
		s.Choose(label, "Evet")
		s.Asks()
		s.Answer("Taslak Kalsın")
		if choice.Selected() != 1 || s.page.Dirty() {
			t.Error("refused, and yet chosen")
		}
		s.Choose(label, "Evet")
		test.Type(s.AskedField(), "evet")
		s.Answer("Onayla")
		s.Asks() // the wrong word does not do
		e := s.AskedField()
		e.SetText("")
		test.Type(e, "resmileştir")
		e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		s.Settle()
		s.AsksNothing()
		s.Reads("toplamı tutuyorsa hemen imzalanıp GİB’e gönderilir ve geri alınamaz.")
		s.Tap("Ayarları Kaydet")
		if !s.saved().AutoFormalise {
			t.Error("not saved")
		}
		s.Choose(label, "Hayır") // the way back asks nothing
		s.AsksNothing()
	})
}

// ways gives the diagram: for stock and price what arrives at İşbaşı and at the catalogue, and what the sides are.
func ways(s *screen) string {
	var all []string
	for _, shared := range domain.AllShared() {
		w := s.page.flow.ways[shared]
		left, right := w.flow.Arrives()
		all = append(all, fmt.Sprint(shared, " ", left, " ", right, " ", w.isbasi.text.Words(), "/", w.catalogue.text.Words()))
	}
	return strings.Join(all, ", ")
}

func TestProcess_drawsTheTwoDirectionsWithTheirOwner(t *testing.T) {
	const pull, push = "Site Tarafında Yapılan Stok ve Fiyat Güncellemelerin Sopyo Paneline Gelmesi", "Stok ve Fiyat Güncelleme Durumu"
	onPage(t, kittest.NewCompany(), func(s *screen) {
		for _, step := range []struct{ label, option, ways, says string }{
			{"", "", "stock false false Kendi değeri/Kendi değeri, price false false Kendi değeri/Kendi değeri", "Seçilmedi"},
			{push, "Sadece Fiyat Güncellensin", "stock false false Kendi değeri/Kendi değeri, price true false İzler/Sahibi", "Katalogda değişen fiyat İşbaşı’na yazılır"},
			{pull, "Evet", "stock false true Sahibi/İzler, price true true Sahibi/Değiştirebilir", "sahibi olan İşbaşı’ndaki geçerli olur"},
			{push, "Hem Stok, Hem Fiyat Güncellensin", "stock true true Sahibi/Değiştirebilir, price true true Sahibi/Değiştirebilir", "Stok yazma izni henüz bilinmiyor"},
			{pull, "Hayır", "stock true false İzler/Sahibi, price true false İzler/Sahibi", "Entegrasyon kapalı"},
		} {
			if step.label != "" {
				s.Choose(step.label, step.option)
			}
			if got := ways(s); got != step.ways {
				t.Errorf("%s: %s\nwant %s", step.option, got, step.ways)
			}
			s.Reads(step.says)
		}
		s.Tap("Seçimi Kaldır")
		s.Reads("Seçilmedi: İşbaşı’na hiçbir şey yazılmaz.")
		s.ReadsNot("Seçimi Kaldır")
		if got := ways(s); !strings.HasPrefix(got, "stock false false") {
			t.Error(got)
		}
	})
}

// An owner that was chosen in the settings of the sync is the one that is drawn.
func TestProcess_drawsTheOwnerThatWasChosen(t *testing.T) {
	o := kittest.NewCompany().Authorised()
	o.Chosen.IntegrationOn, o.Chosen.Pull, o.Chosen.Push = true, true, domain.PushBoth
	o.Standing.Settings = sync.Settings{Owner: map[domain.Shared]domain.Owner{domain.SharedPrice: domain.OwnerCatalogue, domain.SharedStock: domain.OwnerLater}}
	onPage(t, o, func(s *screen) {
		if got, want := ways(s), "stock true true Değiştirebilir/Değiştirebilir, price true true Değiştirebilir/Sahibi"; got != want {
			t.Errorf("%s, want %s", got, want)
		}
		s.Choose("Fatura Kesim Senaryosu", "Ticari")
		s.Reads("Eşitleme’nin ayarlarında seçtiğiniz tarafınki geçerli olur")
		s.ReadsNot("sahibi olan İşbaşı’ndaki geçerli olur")
	})
}

func TestProcess_whatCannotBeIsSaidAtItsFieldAndNotSaved(t *testing.T) {
	const push, currency, formal = "Stok ve Fiyat Güncelleme Durumu", "Sitenizde Kullandığınız Para Birimini Seçiniz", "Faturalarınız Otomatik Resmileştirilsin Mi?"
	o := kittest.NewCompany()
	o.Chosen.Push = domain.PushPrice
	o.Around = domain.Circumstances{
		Abilities:   domain.Abilities{domain.AbilityStockWrite: domain.AbilityDenied, domain.AbilityFormalise: domain.AbilityDenied},
		BoundPrices: map[domain.Currency]int{domain.TRY: 3},
	}
	before := o.Chosen
	onPage(t, o, func(s *screen) {
		for _, tt := range []struct{ label, option, back, reason string }{
			{push, "Hem Stok, Hem Fiyat Güncellensin", "Sadece Fiyat Güncellensin", "İşbaşı bu API anahtarıyla stok yazdırmıyor."},
			{currency, "Dolar", "Türk Lirası", "Bağlı ürünlerinizin fiyatları eski para biriminde"},
		} {
			s.Choose(tt.label, tt.option)
			if wrong := s.Row(tt.label).Wrong(); !strings.Contains(wrong, tt.reason) {
				t.Errorf("%s: %q", tt.option, wrong)
			}
			s.Tap("Ayarları Kaydet")
			if got := s.saved(); got != before {
				t.Errorf("%s was saved: %+v", tt.option, got)
			}
			s.Reads("Kaydedilmedi: işaretli alanı düzeltin.")
			s.Choose(tt.label, tt.back)
			if wrong := s.Row(tt.label).Wrong(); wrong != "" {
				t.Errorf("%s: %q", tt.back, wrong)
			}
		}
		s.Choose(formal, "Evet")
		e := s.AskedField()
		test.Type(e, "resmileştir")
		e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		s.Settle()
		if wrong := s.Row(formal).Wrong(); !strings.Contains(wrong, "fatura resmileştirmiyor") {
			t.Errorf("%q", wrong)
		}
		s.Choose("Fatura Kesim Senaryosu", "Ticari") // it is still said
		if wrong := s.Row(formal).Wrong(); wrong == "" {
			t.Error("the reason has gone")
		}
	})
}

func TestProcess_saysWhatTheSyncDoesUnderTheTwoQuestions(t *testing.T) {
	const push = "Stok ve Fiyat Güncelleme Durumu"
	o := kittest.NewCompany().Authorised()
	o.Chosen.IntegrationOn, o.Chosen.Pull, o.Chosen.Push = true, true, domain.PushPrice
	o.Standing = sync.Standing{
		HasLast: true, Last: sync.Run{Run: transfer.Run{State: transfer.StateDone, CreatedAt: time.Date(1999, 12, 31, 9, 41, 0, 0, time.UTC)}, Moved: sync.Moved{PulledStock: 12}},
		Next: time.Date(2000, 1, 1, 9, 41, 0, 0, time.UTC),
	}
	onPage(t, o, func(s *screen) {
		s.Reads("Son eşitleme 31.12.1999 12:41: 12 stok alındı. Sıradaki 12:41.")
		s.ReadsNot("eşitlemeyle kataloğunuza gelir")
		s.Choose(push, "Sadece Stok Güncellensin") // is not saved: nobody knows yet what it brings
		s.Reads("fiyatlar yazılmaz.")
		s.ReadsNot("fiyatlar yazılmaz. Son eşitleme")
	})
}

func TestProcess_saysWhenTheNextSyncBeginsOnceItIsSwitchedOn(t *testing.T) {
	o := kittest.NewCompany().Authorised()
	o.Chosen.IntegrationOn = true
	onPage(t, o, func(s *screen) {
		s.Choose("Site Tarafında Yapılan Stok ve Fiyat Güncellemelerin Sopyo Paneline Gelmesi", "Evet")
		o.Standing = sync.Standing{Next: time.Date(2000, 1, 1, 9, 41, 0, 0, time.UTC)} // as it is once the choice is kept
		s.Tap("Ayarları Kaydet")
		s.Reads("Henüz eşitleme yapılmadı. Sıradaki 12:41.", "Kaydedildi")
		s.ReadsNot("Kendiliğinden başlamaz")
	})
}

func TestProcess_asksWhetherStockCanBeWritten(t *testing.T) {
	const push = "Stok ve Fiyat Güncelleme Durumu"
	for answer, says := range map[domain.AbilityAnswer]string{
		domain.AbilityAllowed: "",
		domain.AbilityDenied:  "İşbaşı bu API anahtarıyla stok yazdırmıyor; değişiklikler Excel listesi olarak tutulur.",
	} {
		o := kittest.NewCompany().Authorised()
		o.Chosen.IntegrationOn = true
		o.Stock, o.Probing = answer, domain.E(domain.KindNetwork, "ask", nil)
		onPage(t, o, func(s *screen) {
			s.ReadsNot("İşbaşı’na Sor")
			s.Choose(push, "Sadece Stok Güncellensin")
			s.Reads("Stok yazma izni henüz bilinmiyor.")
			s.Tap("İşbaşı’na Sor (1 yazma)")
			s.Reads("İşbaşı’na ulaşılamadı.")
			o.Probing = nil
			s.Tap("İşbaşı’na Sor (1 yazma)")
			s.ReadsNot("İşbaşı’na Sor", "henüz bilinmiyor")
			s.Reads(says)
			if o.Probes != 2 {
				t.Errorf("asked %d times", o.Probes)
			}
		})
	}
}

func TestForm_savingErrorKeepsWhatWasTyped(t *testing.T) {
	o := kittest.NewCompany()
	o.Saving = domain.E(domain.KindDisk, "save", nil)
	onPage(t, o, func(s *screen) {
		s.Choose("Fatura Kesim Senaryosu", "Ticari")
		s.Tap("Ayarları Kaydet")
		s.Reads("Veriler diske yazılamadı.")
		o.Saving = nil
		s.Tap("Ayarları Kaydet")
		if s.saved().Scenario != domain.ScenarioCommercial {
			t.Error("the second try did not save")
		}
	})
}

func TestWords_processHasWords(t *testing.T) {
	keys := []string{"process.push.unset"}
	for _, s := range scenarios() {
		keys = append(keys, "process.scenario."+string(s))
	}
	for _, p := range pushes() {
		keys = append(keys, "process.push."+string(p))
	}
	kittest.HaveWords(t, keys...)
}
