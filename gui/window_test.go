package gui

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

func TestWindow_showsOnlyWhatWorks(t *testing.T) {
	onStage(t, kittest.NewCompany().Authorised(), kit.PlaceGuide, func(s *stage) {
		s.Reads("Sopyo", "Bugün", "Ürünler", "Eşitleme", "Siparişler", "Faturalar", "Ayarlar", "ERP Muhasebe", "Pazaryerleri", "E-posta", "Yedekleme", "Geçmiş", "Yardım")
		s.Reads("Logo İşbaşı Ayarları", "Bağlı · entegrasyon kapalı · 2.612 okuma kaldı")
		if got := s.Win.Title(); got != "Sopyo – Deneme Ticaret Ltd." {
			t.Errorf("title %q", got)
		}
	})
}

func TestWindow_lightSaysHowTheConnectionStands(t *testing.T) {
	open := kittest.NewCompany().Authorised()
	open.Chosen.IntegrationOn = true
	for want, o := range map[string]*kittest.Company{"Bağlı değil": kittest.NewCompany(), "Bağlı · entegrasyon kapalı": kittest.NewCompany().Authorised(), "Bağlı · 2.612 okuma kaldı": open} {
		onStage(t, o, kit.PlaceGuide, func(s *stage) { s.Reads(want) })
	}
}

func TestWindow_remembersSizeAndSection(t *testing.T) {
	o := kittest.NewCompany()
	onStageWith(t, o, func(s *stage, _ *Config) {
		s.Kept.M = map[string]string{PreferenceSection: "4", PreferenceWidth: "1300", PreferenceHeight: "100"}
	}, func(s *stage) {
		s.in(kit.PlacePrices)
		if size := s.Win.Canvas().Size(); size.Width != 1300 || size.Height < minHeight {
			t.Errorf("size %v", size)
		}
		s.w.typedRune('3')
		s.Settle()
		s.w.askClose()
		s.Settle()
		if s.gone != 1 {
			t.Fatalf("closed %d times", s.gone)
		}
		if s.Kept.M[PreferenceSection] != "3" || s.Kept.M[PreferenceWidth] != "1300" {
			t.Errorf("kept %v", s.Kept.M)
		}
	})
}

func TestWindow_asksBeforeChangesAreLost(t *testing.T) {
	change := func(s *stage) {
		s.Choose("Fatura Kesim Senaryosu", "Ticari")
		s.w.Open(kit.PlaceGuide)
		s.Settle()
		s.asks()
	}
	t.Run("stay", func(t *testing.T) {
		onStage(t, kittest.NewCompany(), kit.PlaceProcess, func(s *stage) {
			change(s)
			s.answer("Bu Bölümde Kal")
			s.in(kit.PlaceProcess)
			if !s.w.pages[kit.PlaceProcess].(kit.Editor).Dirty() {
				t.Error("the change is gone")
			}
		})
	})
	t.Run("escape stays", func(t *testing.T) {
		onStage(t, kittest.NewCompany(), kit.PlaceProcess, func(s *stage) {
			change(s)
			s.w.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
			s.Settle()
			s.in(kit.PlaceProcess)
		})
	})
	t.Run("discard", func(t *testing.T) {
		onStage(t, kittest.NewCompany(), kit.PlaceProcess, func(s *stage) {
			change(s)
			s.answer("Kaydetmeden Geç")
			s.in(kit.PlaceGuide)
			if s.saved().Scenario != domain.ScenarioBasic || s.w.pages[kit.PlaceProcess].(kit.Editor).Dirty() {
				t.Error("something was saved, or the change is still there")
			}
		})
	})
	t.Run("enter saves", func(t *testing.T) {
		onStage(t, kittest.NewCompany(), kit.PlaceProcess, func(s *stage) {
			change(s)
			s.press(fyne.KeyReturn)
			s.in(kit.PlaceGuide)
			if s.saved().Scenario != domain.ScenarioCommercial {
				t.Error("nothing was saved")
			}
		})
	})
	t.Run("a failed saving stays", func(t *testing.T) {
		o := kittest.NewCompany()
		o.Saving = domain.E(domain.KindDisk, "save", nil)
		onStage(t, o, kit.PlaceProcess, func(s *stage) {
			change(s)
			s.answer("Kaydet ve Geç")
			s.in(kit.PlaceProcess)
			s.Reads("Veriler diske yazılamadı.")
		})
	})
	t.Run("closing asks too", func(t *testing.T) {
		onStage(t, kittest.NewCompany(), kit.PlaceProcess, func(s *stage) {
			s.Choose("Fatura Kesim Senaryosu", "Ticari")
			s.w.askClose()
			s.Settle()
			s.asks()
			s.answer("Bu Bölümde Kal")
			if s.gone != 0 {
				t.Error("it closed")
			}
		})
	})
}

func TestWindow_hidesTheOtherSectionsWhileATransferWorks(t *testing.T) {
	onStage(t, kittest.NewCompany(), kit.PlaceGuide, func(s *stage) {
		s.w.SetBusy(true)
		s.Settle()
		s.in(kit.PlaceTransfer)
		for n := kit.PlaceGuide; n <= kit.PlaceReview; n++ {
			if shown := s.w.sections.items[n].Visible(); shown != (n == kit.PlaceTransfer) {
				t.Errorf("section %d in view: %v", n, shown)
			}
		}
		s.w.typedRune('2')
		s.Settle()
		s.in(kit.PlaceTransfer)
		s.w.SetBusy(false)
		s.Settle()
		s.w.typedRune('2')
		s.Settle()
		s.in(kit.PlaceAPI)
	})
}

func TestWindow_speaksAnotherLanguageAtOnce(t *testing.T) {
	onStage(t, kittest.NewCompany(), kit.PlaceProcess, func(s *stage) {
		s.w.setLang("en")
		s.Settle()
		s.in(kit.PlaceProcess)
		s.Reads("Process Choices", "Invoice Scenario", "Not connected", "Today", "Marketplaces")
		s.ReadsNot("Süreç Seçimleri", "Ayarlar")
		if s.Kept.M[PreferenceLang] != "en" {
			t.Error("the language is not kept")
		}
	})
}

func TestWindow_opensAnotherCompany(t *testing.T) {
	other := kittest.NewCompany()
	other.Info = domain.Company{ID: "oteki", Name: "Öteki A.Ş."}
	var failing error
	both := func(_ *stage, cfg *Config) {
		cfg.Companies = append(cfg.Companies, other.Info)
		cfg.Open = func(_ context.Context, id domain.CompanyID) (Company, error) {
			if id != other.Info.ID {
				return Company{}, errors.New("another one was asked for")
			}
			return companyOf(other), failing
		}
	}
	onStageWith(t, kittest.NewCompany(), both, func(s *stage) {
		s.w.header.pick.SetSelected("Öteki A.Ş.")
		s.Settle()
		if s.Win.Title() != "Sopyo – Öteki A.Ş." || s.Kept.M[PreferenceCompany] != "oteki" {
			t.Errorf("title %q, kept %v", s.Win.Title(), s.Kept.M)
		}
	})
	failing = domain.E(domain.KindBusy, "open", nil)
	onStageWith(t, kittest.NewCompany(), both, func(s *stage) {
		s.w.header.pick.SetSelected("Öteki A.Ş.")
		s.Settle()
		s.asks()
		if s.w.header.pick.Selected != "Deneme Ticaret Ltd." {
			t.Error("the switcher names a company that is not in view")
		}
	})
}

func TestWindow_keysOpenSections(t *testing.T) {
	onStage(t, kittest.NewCompany(), kit.PlaceGuide, func(s *stage) {
		for i, r := range "234561" {
			s.w.typedRune(r)
			s.Settle()
			s.in([]kit.Place{2, 3, 4, 5, 6, 1}[i])
		}
		s.w.typedRune(',')
		s.Settle()
		if s.w.at != kit.PlaceERP {
			t.Error("the comma does not open the settings")
		}
		s.Tap("Logo İşbaşı Ayarları")
		s.in(kit.PlaceGuide)
	})
}

// On macOS the menu that is called after the program has Hakkında and Ayarlar: Fyne knows them by their English names alone.
func TestWindow_onAMacTheProgramsMenuHasAboutAndSettings(t *testing.T) {
	onStageWith(t, kittest.NewCompany(), func(_ *stage, cfg *Config) { cfg.Mac = true }, func(s *stage) {
		shortcuts := map[string]int{}
		for _, m := range s.Win.MainMenu().Items {
			for _, i := range m.Items {
				if i.Shortcut != nil {
					shortcuts[i.Shortcut.ShortcutName()]++
				}
			}
		}
		for name, n := range shortcuts {
			if n > 1 {
				t.Errorf("%s: %d commands", name, n)
			}
		}
		for label, place := range map[string]kit.Place{"About": kit.PlaceAbout, "Settings…": kit.PlaceERP} {
			i := slices.IndexFunc(s.Win.MainMenu().Items[0].Items, func(i *fyne.MenuItem) bool { return strings.HasPrefix(i.Label, label) })
			if i < 0 {
				t.Fatalf("no %s", label)
			}
			s.Win.MainMenu().Items[0].Items[i].Action()
			s.Settle()
			s.in(place)
		}
		s.w.Open(kit.PlaceAbout)
		s.Settle()
		s.Reads("Cmd+K")
		s.ReadsNot("Ctrl+")
	})
	onStage(t, kittest.NewCompany(), kit.PlaceProcess, func(s *stage) {
		for _, i := range s.Win.MainMenu().Items[0].Items {
			if i.Label == "About" {
				t.Error("an English command stands in the Turkish menu")
			}
		}
	})
}

func TestWindow_menuShortcutsNeverUseAlt(t *testing.T) {
	onStage(t, kittest.NewCompany(), kit.PlaceProcess, func(s *stage) {
		seen := map[string]*fyne.MenuItem{} // by the name of the shortcut
		for _, m := range s.Win.MainMenu().Items {
			items := m.Items
			for _, i := range m.Items {
				if i.ChildMenu != nil {
					items = append(items, i.ChildMenu.Items...)
				}
			}
			for _, i := range items {
				if i.Shortcut == nil {
					continue
				}
				name := i.Shortcut.ShortcutName()
				if strings.Contains(name, "Alt") || seen[name] != nil {
					t.Errorf("%s: %s twice, or with Alt", i.Label, name)
				}
				seen[name] = i
			}
		}
		on := func(k fyne.KeyName) *fyne.MenuItem {
			i := seen[(&desktop.CustomShortcut{KeyName: k, Modifier: fyne.KeyModifierShortcutDefault}).ShortcutName()]
			if i == nil {
				t.Fatalf("no command on Ctrl+%s of %v", k, slices.Collect(maps.Keys(seen)))
			}
			return i
		}
		for _, k := range []fyne.KeyName{fyne.KeyF, fyne.KeyComma, fyne.Key6} {
			on(k)
		}
		s.Choose("Fatura Kesim Senaryosu", "Ticari")
		on(fyne.Key1).Action()
		s.asks()
		on(fyne.KeyS).Action() // a command keeps still while a dialog is open
		s.Settle()
		if s.saved().Scenario != domain.ScenarioBasic {
			t.Error("Ctrl+S saved behind the dialog")
		}
		s.answer("Bu Bölümde Kal")
		on(fyne.KeyS).Action()
		s.Settle()
		if s.saved().Scenario != domain.ScenarioCommercial {
			t.Error("Ctrl+S did not save")
		}
	})
}

func TestWindow_showsGuideAndAboutOffline(t *testing.T) {
	onStage(t, kittest.NewCompany(), kit.PlaceGuide, func(s *stage) {
		s.Tap("Detaylı Kurulum Rehberini İncele")
		if s.w.at != kit.PlaceHelp {
			t.Fatal("the guide is not shown")
		}
		s.w.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		s.in(kit.PlaceGuide)
		s.w.Open(kit.PlaceAbout)
		s.Settle()
		s.Reads("Sürüm: 0.1.0")
	})
}

func TestWindow_offersTheAddressWhenTheBrowserDoesNotOpen(t *testing.T) {
	onStage(t, kittest.NewCompany(), kit.PlaceGuide, func(s *stage) {
		s.Tap("Videolu Anlatım")
		s.asksNothing()
		if len(s.Visited) != 1 || !strings.HasPrefix(s.Visited[0], "https://") {
			t.Fatalf("visited %v", s.Visited)
		}
		s.Refuse = errors.New("no browser")
		s.Tap("Videolu Anlatım")
		s.asks()
		s.answer("Adresi Kopyala")
		if got := s.E.App.Clipboard().Content(); got != s.Visited[0] {
			t.Errorf("copied %q", got)
		}
	})
}

func TestWindow_onlyOneDialogAtATime(t *testing.T) {
	onStage(t, kittest.NewCompany(), kit.PlaceGuide, func(s *stage) {
		if s.w.e.Ask("a", "b", kit.Answer{Label: "Tamam"}) == nil || s.w.e.Ask("c", "d", kit.Answer{Label: "Tamam"}) != nil {
			t.Error("a second dialog opened over the first")
		}
		s.answer("Tamam")
		s.asksNothing()
	})
}

func TestWindow_fitsTheSmallestSize(t *testing.T) {
	for _, lang := range []string{"tr", "en"} {
		onStageWith(t, kittest.NewCompany().Authorised(), func(_ *stage, cfg *Config) { cfg.Lang = lang }, func(s *stage) {
			for n := kit.PlaceGuide; n <= kit.PlaceReview; n++ {
				s.w.Bring(n)
				s.Settle()
				s.Win.Resize(fyne.NewSize(minWidth, minHeight))
				if m := s.Win.Content().MinSize(); m.Width > minWidth || m.Height > minHeight {
					t.Errorf("%s: section %d needs %v", lang, n, m)
				}
			}
			for _, v := range []kit.Place{kit.PlaceToday, kit.PlaceERP, kit.PlaceHelp, kit.PlaceAbout, kit.PlaceMarkets} {
				s.w.Bring(v)
				if m := s.Win.Content().MinSize(); m.Width > minWidth || m.Height > minHeight {
					t.Errorf("%s: view %d needs %v", lang, v, m)
				}
			}
		})
	}
}

// fat is a page that needs more room than any window has.
type fat struct{ o fyne.CanvasObject }

func (p fat) Content() fyne.CanvasObject { return p.o }
func (p fat) Show()                      {}

func TestWindow_doesNotGrowWithAPage(t *testing.T) {
	onStage(t, kittest.NewCompany().Authorised(), kit.PlaceGuide, func(s *stage) {
		before := s.Win.Canvas().Size()
		s.w.pages[kit.PlacePrices], s.w.pages[kit.PlaceFiles] = fat{widgets.Gap(3000)}, fat{widgets.Gap(3000)}
		for _, p := range []kit.Place{kit.PlacePrices, kit.PlaceFiles} {
			s.w.Bring(p)
			s.Settle()
			if m := s.Win.Content().MinSize(); m.Width > minWidth || m.Height > minHeight {
				t.Errorf("place %d makes the window at least %v large", p, m)
			}
			if after := s.Win.Canvas().Size(); after != before {
				t.Errorf("place %d: the window went from %v to %v", p, before, after)
			}
		}
	})
}

func TestWindow_opensWithinTheWorkArea(t *testing.T) {
	for _, c := range []struct {
		width, height float32
		want          fyne.Size
	}{
		{1920, 1040, fyne.NewSize(1300, 900)},
		{1024, 600, fyne.NewSize(1024, 600-titleBar)},
		{800, 480, fyne.NewSize(800, 480-titleBar)},
		{0, 0, fyne.NewSize(1300, 900)},
	} {
		area := func() (float32, float32) { return c.width, c.height }
		onStageWith(t, kittest.NewCompany(), func(s *stage, cfg *Config) {
			s.Kept.M[PreferenceWidth], s.Kept.M[PreferenceHeight] = "1300", "900"
			cfg.WorkArea = area
		}, func(s *stage) {
			if got := s.Win.Canvas().Size(); got != c.want {
				t.Errorf("%v x %v: the window is %v, want %v", c.width, c.height, got, c.want)
			}
			if m := s.Win.Content().MinSize(); c.width > 0 && (m.Width > c.width || m.Height > c.height) {
				t.Errorf("%v x %v: it needs %v", c.width, c.height, m)
			}
		})
	}
}

// Tab visits what can be worked from the top left to the bottom right.
func TestWindow_tabFollowsReadingOrder(t *testing.T) {
	onStage(t, kittest.NewCompany().Authorised(), kit.PlacePrices, func(s *stage) {
		s.Write("İşlem Miktarı", "10") // so that the saving button is on
		name := func(f fyne.Focusable) string {
			switch f := f.(type) {
			case *widgets.Item:
				return f.Title()
			case *widgets.Button:
				return f.Text
			case *widgets.HelpButton:
				return ""
			default:
				for _, label := range []string{"Pazaryeri Bazlı Fiyat Kuralı Belirlemek İstiyor Musunuz?", "Kural Tipi", "İşlem Miktarı", "Ek Fiyat"} {
					if o, ok := f.(fyne.CanvasObject); ok && s.Row(label).Field() == o {
						return label
					}
				}
				return ""
			}
		}
		c := s.Win.Canvas()
		c.Unfocus()
		var order []string
		for range 60 {
			c.FocusNext()
			if n := name(c.Focused()); n != "" {
				order = append(order, n)
			}
		}
		want := []string{
			"Bağlı · entegrasyon kapalı · 2.612 okuma kaldı", "Bugün", "ERP Muhasebe", "Yardım", "Kurulum Rehberi", "Aktarım Detayları",
			"Pazaryeri Bazlı Fiyat Kuralı Belirlemek İstiyor Musunuz?", "Kural Tipi", "İşlem Miktarı", "Ek Fiyat", "Ayarları Kaydet",
		}
		at := 0
		for _, n := range order {
			if at < len(want) && n == want[at] {
				at++
			}
		}
		if at < len(want) {
			t.Errorf("%q does not come in its turn: %q", want[at], order)
		}
	})
}

func TestWindow_menuCountsWhatWaitsInTheSync(t *testing.T) {
	o := kittest.NewCompany()
	o.Waiting = []sync.OpenGroup{{Why: sync.WhyJump, Fields: 1200}, {Why: sync.WhyGone, Fields: 34}}
	onStage(t, o, kit.PlaceGuide, func(s *stage) {
		if got := s.w.menu.lines[kit.PlaceSync].Count(); got != "1.234" {
			t.Errorf("the menu counts %q", got)
		}
		o.Waiting = nil
		s.w.Refresh()
		s.Settle()
		if got := s.w.menu.lines[kit.PlaceSync].Count(); got != "" {
			t.Errorf("the menu counts %q of nothing", got)
		}
	})
}

func TestWindow_menuCountsOrdersAndInvoicesThatWait(t *testing.T) {
	o := kittest.NewCompany()
	o.Stages = map[orders.Stage]int{orders.StageReady: 37, orders.StageHeld: 4, orders.StageInvoiced: 100, orders.StageTask: 9, orders.StageNever: 5}
	o.Invoicing = issuing.Standing{Unknown: 1, Tasks: 2, Drafts: 8, Queued: 16}
	onStage(t, o, kit.PlaceGuide, func(s *stage) {
		if orders, invoices := s.w.menu.lines[kit.PlaceOrders].Count(), s.w.menu.lines[kit.PlaceInvoices].Count(); orders != "41" || invoices != "11" {
			t.Errorf("the menu counts %q orders and %q invoices", orders, invoices)
		}
	})
}

// homing is a page that counts how often it is led back to its list.
type homing struct {
	kit.Page
	homes int
}

func (h *homing) Home() { h.homes++ }

// The menu leads to what a page begins with, also from inside it; every other way leads to where it was left.
func TestWindow_menuLeadsToTheList(t *testing.T) {
	onStage(t, kittest.NewCompany(), kit.PlaceToday, func(s *stage) {
		page := &homing{Page: s.w.pages[kit.PlaceOrders]}
		s.w.pages[kit.PlaceOrders] = page
		s.w.Open(kit.PlaceOrders)
		s.Settle()
		if page.homes != 0 {
			t.Error("a way that is not the menu's leads to the list")
		}
		for range 2 {
			s.w.menu.lines[kit.PlaceOrders].OnTapped()
			s.Settle()
			s.in(kit.PlaceOrders)
		}
		s.w.menu.lines[kit.PlaceHelp].OnTapped()
		s.Settle()
		s.in(kit.PlaceHelp)
		if page.homes != 2 {
			t.Errorf("the menu led %d times to the list", page.homes)
		}
	})
}
