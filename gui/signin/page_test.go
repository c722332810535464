package signin

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
)

// screen is section 2 over a company.
type screen struct {
	*kittest.Screen
	*kittest.Company
	page *Page

	naming     error            // of the next name
	named      []string         // what the company was called
	authorised []domain.Company // what the window was told
}

// onPage runs f with section 2 in view.
func onPage(t *testing.T, o *kittest.Company, f func(s *screen)) {
	t.Helper()
	of := &screen{Company: o}
	ways := Ways{
		Company: o.Info,
		Rename: func(_ context.Context, name string) (domain.Company, error) {
			o.Mu.Lock()
			defer o.Mu.Unlock()
			of.named = append(of.named, name)
			return domain.Company{ID: o.Info.ID, Name: name}, of.naming
		},
		Authorised: func(info domain.Company) { of.authorised = append(of.authorised, info) },
	}
	kittest.On(t, "tr", func(e *kit.Env) *Page { return New(e, o, ways) }, func(s *kittest.Screen, p *Page) {
		s.Section = true
		of.Screen, of.page = s, p
		f(of)
	})
}

func (s *screen) saved() domain.Settings {
	v, _ := s.Settings(context.Background())
	return v
}

func TestAPI_fieldsFillThemselves(t *testing.T) {
	onPage(t, kittest.NewCompany(), func(s *screen) {
		s.Reads("Yetkilendir", "Önce yetkilendirin.")
		s.ReadsNot("Bağlantıyı Sına", "Yetkiyi Kaldır")
		least := kittest.SectionSizes[0]
		s.Win.Resize(least)
		b := s.Button("Yetkilendir")
		if at := fyne.CurrentApp().Driver().AbsolutePositionForObject(b); b.Importance != widget.HighImportance || at.Y+b.Size().Height > least.Height {
			t.Errorf("what is to be done lies at %v of %v", at, least)
		}
	})
	onPage(t, kittest.NewCompany().Authorised(), func(s *screen) {
		s.Reads("••••••••3f9a", "owner@example.com", "Deneme Ticaret Ltd.", "Standart, 01.01.2027 tarihine kadar", "24.11.2026 14:05", "Yeniden Yetkilendir")
	})
	unnamed := kittest.NewCompany().Authorised()
	unnamed.Link.FirmName, unnamed.Link.TenantID = "", "7b0e0c0e"
	onPage(t, unnamed, func(s *screen) { s.Reads("İşbaşı adını söylemiyor; kullanıcıya"); s.ReadsNot("7b0e0c0e") })
	unnamed.Link.UserName = "" // by the browser İşbaşı tells none
	onPage(t, unnamed, func(s *screen) { s.Reads("İşbaşı adını söylemiyor; lisansa bakın") })
}

// A sign-in in the browser need not tell whose account it is; the list of invoices wants to know.
func TestAPI_asksForTheUserThatTheBrowserDidNotTell(t *testing.T) {
	o := kittest.NewCompany().Authorised()
	o.Link.ByBrowser, o.Link.UserName = true, ""
	onPage(t, o, func(s *screen) {
		s.Reads("Fatura kesmek için gerekir")
		s.Write("Kullanıcı", "ayse")
		s.Tap("Ayarları Kaydet")
		s.Reads("Bu bir e-posta adresi değil.")
		s.Write("Kullanıcı", " ayse@firma.example ")
		s.Tap("Ayarları Kaydet")
		s.Reads("Kaydedildi")
		s.ReadsNot("Fatura kesmek için gerekir")
		if o.Link.UserName != "ayse@firma.example" || !s.Button("Ayarları Kaydet").Disabled() {
			t.Errorf("the user is %q", o.Link.UserName)
		}
	})
	o.Link.ByBrowser = false
	onPage(t, o, func(s *screen) {
		s.Reads("ayse@firma.example")
		s.ReadsNot("ornek@firma.com")
	})
}

func TestAPI_savesTheIntegrationAndNothingElse(t *testing.T) {
	o := kittest.NewCompany().Authorised()
	o.Chosen.Scenario = domain.ScenarioCommercial
	onPage(t, o, func(s *screen) {
		if !s.Button("Ayarları Kaydet").Disabled() {
			t.Error("nothing has changed, and it can be saved")
		}
		s.Choose("Entegrasyon Durumu", "Entegrasyon Açık")
		s.Tap("Ayarları Kaydet")
		if v := s.saved(); !v.IntegrationOn || v.Scenario != domain.ScenarioCommercial {
			t.Errorf("saved %+v", v)
		}
		s.Reads("Kaydedildi")
		if !s.Button("Ayarları Kaydet").Disabled() {
			t.Error("saved, and it can be saved again")
		}
	})
}

func TestAPI_testSpendsOneReadAndSaysWhatItLearned(t *testing.T) {
	o := kittest.NewCompany().Authorised()
	onPage(t, o, func(s *screen) {
		s.Tap("Bağlantıyı Sına")
		s.Reads("Bağlantı çalışıyor.")
		o.Testing = domain.E(domain.KindNetwork, "test", nil)
		s.Tap("Bağlantıyı Sına")
		s.Reads("İşbaşı’na ulaşılamadı.")
		o.Testing = domain.E(domain.KindNeedsSignIn, "test", nil)
		s.Tap("Bağlantıyı Sına")
		s.Reads("İşbaşı yetkilendirmenizin süresi doldu.")
		if o.Tests != 3 {
			t.Errorf("%d tests", o.Tests)
		}
	})
}

func TestAPI_forgetAsks(t *testing.T) {
	o := kittest.NewCompany().Authorised()
	o.Chosen.IntegrationOn = true
	onPage(t, o, func(s *screen) {
		s.Tap("Yetkiyi Kaldır")
		s.Answer("Vazgeç")
		if !o.Link.Authorised {
			t.Fatal("it was not asked")
		}
		s.Tap("Yetkiyi Kaldır")
		s.Answer("Yetkiyi Kaldır")
		s.Reads("Yetki kaldırıldı.")
		if o.Link.Authorised || s.saved().IntegrationOn {
			t.Error("the session is still there")
		}
	})
}

func TestAPI_saysThatTheSessionWillNotLast(t *testing.T) {
	o := kittest.NewCompany().Authorised()
	o.Link.SessionOnly = true
	onPage(t, o, func(s *screen) { s.Reads("oturum program kapanana kadar sürer") })
}
