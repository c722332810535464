package gui

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

func TestWindow_beginsWithTodayAndRemembersThePageItWasLeftOn(t *testing.T) {
	onStageWith(t, kittest.NewCompany(), func(*stage, *Config) {}, func(s *stage) {
		s.in(kit.PlaceToday)
		s.Reads("İşbaşı’ndaki ürünlerinizi buraya getirelim.")
		if b, ok := s.Win.Canvas().Focused().(*widgets.Entry); !ok || !b.Password {
			t.Errorf("the focus is on %T", s.Win.Canvas().Focused())
		}
		s.w.Open(kit.PlaceMarkets)
		s.w.askClose()
		s.Settle()
		if got := s.Kept.M[PreferenceSection]; got != kit.PlaceMarkets.Number() {
			t.Errorf("kept %q", got)
		}
	})
}

func TestWindow_menuCountsWhatWaitsToday(t *testing.T) {
	o := kittest.NewCompany().Authorised()
	o.Last, o.Undecided = &transfer.Run{ID: 1, State: transfer.StateDone, Counters: transfer.Counters{Unmatched: 13}}, 13
	o.Stages = map[orders.Stage]int{orders.StageReady: 4}
	onStage(t, o, kit.PlaceToday, func(s *stage) {
		s.Reads("4 sipariş faturaya hazır", "13 ürün karar bekliyor")
		if got := s.w.menu.lines[kit.PlaceToday].Count(); got != "2" {
			t.Errorf("the menu counts %q", got)
		}
		if b, ok := s.Win.Canvas().Focused().(*widgets.Button); !ok || b.Text != "Faturaları Hazırla" {
			t.Errorf("the focus is on %T", s.Win.Canvas().Focused())
		}
	})
}

func TestWindow_escapeGoesBackToThePageBefore(t *testing.T) {
	onStage(t, kittest.NewCompany().Authorised(), kit.PlaceProcess, func(s *stage) {
		s.w.Open(kit.PlaceHelp)
		s.Settle()
		s.w.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		s.Settle()
		s.in(kit.PlaceProcess)
		s.w.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		s.Settle()
		s.in(kit.PlaceProcess)
		s.w.Open(kit.PlaceHelp)
		s.w.Open(kit.PlaceToday)
		s.Settle()
		s.w.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		s.Settle()
		s.in(kit.PlaceToday)
	})
}

func TestWindow_opensTheDemoCompany(t *testing.T) {
	other := kittest.NewCompany()
	other.Info = domain.Company{ID: "demo", Name: "Deneme Ticaret", Demo: true}
	onStageWith(t, kittest.NewCompany(), func(_ *stage, cfg *Config) {
		cfg.Demo = func(context.Context) (domain.Company, error) {
			cfg.Companies = append(cfg.Companies, other.Info)
			return other.Info, nil
		}
		cfg.Open = func(context.Context, domain.CompanyID) (Company, error) { return companyOf(other), nil }
	}, func(s *stage) {
		s.Tap("Deneme Şirketi")
		if s.Win.Title() != "Sopyo – Deneme Ticaret" {
			t.Errorf("title %q", s.Win.Title())
		}
		s.in(kit.PlaceToday)
	})
}

func TestWindow_authorisesFromTheFirstPage(t *testing.T) {
	o := kittest.NewCompany()
	o.SignIn = func(ctx context.Context, _ domain.Credentials, _ domain.Browser) (domain.SignIn, error) {
		<-ctx.Done()
		return domain.SignIn{}, ctx.Err()
	}
	onStage(t, o, kit.PlaceToday, func(s *stage) {
		s.Write("API anahtarı", "gizli")
		s.press(fyne.KeyReturn)
		s.in(kit.PlaceAPI)
		s.Reads("Adım 2 / 3")
		o.Mu.Lock()
		asked := o.Asked
		o.Mu.Unlock()
		if len(asked) != 1 || asked[0].APIKey.Reveal() != "gizli" {
			t.Errorf("İşbaşı was asked %d times", len(asked))
		}
		s.w.signin.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		s.Settle()
	})
}

// Who says yes to the firm is led to what comes next, under the name that the company was given.
func TestWindow_goesOnToTheNextStepOnceAuthorised(t *testing.T) {
	o := kittest.NewCompany()
	o.SignIn = func(_ context.Context, c domain.Credentials, _ domain.Browser) (domain.SignIn, error) {
		return domain.SignIn{Session: domain.Session{Credentials: c}, Connection: domain.Connection{Authorised: true}}, nil
	}
	onStageWith(t, o, func(_ *stage, cfg *Config) {
		cfg.Rename = func(_ context.Context, id domain.CompanyID, name string) (domain.Company, error) {
			return domain.Company{ID: id, Name: name}, nil
		}
	}, func(s *stage) {
		s.Write("API anahtarı", "gizli")
		s.press(fyne.KeyReturn)
		s.Reads("Bu firma mı?")
		name, _ := s.Row("Sopyo’daki adı").Field().(*widgets.Entry)
		test.Type(name, "Yıldız Gıda") // in the place of what is selected
		s.press(fyne.KeyReturn)
		s.in(kit.PlaceProcess)
		if s.Win.Title() != "Sopyo – Yıldız Gıda" {
			t.Errorf("title %q", s.Win.Title())
		}
	})
}

// many makes a window over five companies.
func many(f func(s *stage), t *testing.T) {
	t.Helper()
	shops := map[domain.CompanyID]Company{}
	onStageWith(t, kittest.NewCompany(), func(_ *stage, cfg *Config) {
		for _, name := range []string{"Alfa", "Beta", "Ilgaz", "İnci"} {
			o := kittest.NewCompany().Authorised()
			o.Info = domain.Company{ID: domain.CompanyID(name), Name: name}
			o.Stages = map[orders.Stage]int{orders.StageReady: len(name)}
			shops[o.Info.ID] = companyOf(o)
			cfg.Companies = append(cfg.Companies, o.Info)
		}
		shops[cfg.First.Info.ID] = cfg.First
		cfg.Open = func(_ context.Context, id domain.CompanyID) (Company, error) { return shops[id], nil }
		cfg.Look = func(_ context.Context, info domain.Company, look func(Ports) error) error {
			return look(shops[info.ID])
		}
	}, f)
}

func TestWindow_manyCompaniesHaveAPage(t *testing.T) {
	onStage(t, kittest.NewCompany(), kit.PlaceToday, func(s *stage) { s.ReadsNot("Şirketler") })
	many(func(s *stage) {
		s.w.Open(kit.PlaceCompanies)
		s.Settle()
		s.in(kit.PlaceCompanies)
		s.Reads("5 şirket", "Bağlı · entegrasyon kapalı")
		list := s.Win.Canvas().Focused()
		list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
		s.Settle()
		list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		s.Settle()
		if s.Win.Title() != "Sopyo – İnci" {
			t.Errorf("title %q", s.Win.Title())
		}
		s.in(kit.PlaceToday)
		s.Reads("5 sipariş faturaya hazır") // as many as the name has bytes
	}, t)
}

func TestWindow_jumpsToACompanyOrAPage(t *testing.T) {
	many(func(s *stage) {
		jump := func(words string) {
			s.w.askJump()
			s.askedField().SetText(words)
			s.askedField().OnSubmitted(words)
			s.Settle()
			s.asksNothing()
		}
		jump("inc")
		if s.Win.Title() != "Sopyo – İnci" {
			t.Errorf("title %q", s.Win.Title())
		}
		jump("fiyat kural")
		s.in(kit.PlacePrices)
		jump("YARDIM")
		s.in(kit.PlaceHelp)
		s.w.askJump()
		s.askedField().SetText("böyle bir yer yok")
		s.askedField().OnSubmitted("")
		s.asks("Böyle bir şirket ya da sayfa yok.")
		s.Settle()
		s.askedField().SetText("inci")
		s.asks("5 sipariş") // what waits there
		s.askedField().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		s.asksNothing()
		s.in(kit.PlaceHelp)
	}, t)
}

func TestWindow_leadsOnFromASectionThatIsDone(t *testing.T) {
	o := kittest.NewCompany().Authorised()
	o.Chosen.IntegrationOn = true
	onStage(t, o, kit.PlaceAPI, func(s *stage) {
		s.Tap("Devam: Süreç Seçimleri")
		s.in(kit.PlaceProcess)
		if s.w.sections.next.Visible() {
			t.Error("a section that is not done leads on")
		}
		s.Choose("Fatura Kesim Senaryosu", "Ticari")
		s.w.Save()
		s.Settle()
		s.Tap("Devam: Fiyat Kurallarını Belirle")
		s.in(kit.PlacePrices)
	})
}
