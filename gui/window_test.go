package gui

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

func TestWindow_showsOnlyWhatWorks(t *testing.T) {
	onStage(t, newOffice().authorised(), sectionGuide, func(s *stage) {
		s.reads("Sopyo", "ERP Muhasebe", "Yardım", "Logo İşbaşı Ayarları", "Bağlı · entegrasyon kapalı", "okuma 388 / 3.000", "yazma 0 / 7.000", "Henüz aktarım yok")
		s.readsNot("Siparişler", "Faturalar", "Geçmiş")
		if got := s.win.Title(); got != "Sopyo – Deneme Ticaret Ltd." {
			t.Errorf("title %q", got)
		}
	})
}

func TestWindow_lightSaysHowTheConnectionStands(t *testing.T) {
	open := newOffice().authorised()
	open.settings.IntegrationOn = true
	for want, o := range map[string]*office{"Bağlı değil": newOffice(), "Bağlı · entegrasyon kapalı": newOffice().authorised(), "Bağlı · entegrasyon açık": open} {
		onStage(t, o, sectionGuide, func(s *stage) { s.reads(want) })
	}
}

func TestWindow_footerNamesTheLastTransfer(t *testing.T) {
	o := newOffice()
	o.run = &transfer.Run{State: transfer.StateDone, FinishedAt: time.Date(1999, 12, 31, 9, 41, 0, 0, time.UTC)}
	onStage(t, o, sectionGuide, func(s *stage) { s.reads("Son aktarım 31.12.1999 12:41, tamamlandı") })
}

func TestWindow_remembersSizeAndSection(t *testing.T) {
	o := newOffice()
	onStageWith(t, o, func(s *stage, _ *Config) {
		s.drawer.m = map[string]string{PreferenceSection: "4", PreferenceWidth: "1300", PreferenceHeight: "100"}
	}, func(s *stage) {
		s.in(sectionPrice)
		if size := s.win.Canvas().Size(); size.Width != 1300 || size.Height < minHeight {
			t.Errorf("size %v", size)
		}
		s.w.typedRune('3')
		s.settle()
		s.w.askClose()
		s.settle()
		if s.gone != 1 {
			t.Fatalf("closed %d times", s.gone)
		}
		if s.drawer.m[PreferenceSection] != "3" || s.drawer.m[PreferenceWidth] != "1300" {
			t.Errorf("kept %v", s.drawer.m)
		}
	})
}

func TestWindow_asksBeforeChangesAreLost(t *testing.T) {
	change := func(s *stage) {
		s.choose("Fatura Kesim Senaryosu", "Ticari")
		s.w.openSection(sectionGuide)
		s.settle()
		s.asks()
	}
	t.Run("stay", func(t *testing.T) {
		onStage(t, newOffice(), sectionProcess, func(s *stage) {
			change(s)
			s.answer("Bu bölümde kal")
			s.in(sectionProcess)
			if !s.w.page.sections[sectionProcess].dirty() {
				t.Error("the change is gone")
			}
		})
	})
	t.Run("escape stays", func(t *testing.T) {
		onStage(t, newOffice(), sectionProcess, func(s *stage) {
			change(s)
			s.w.typedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
			s.settle()
			s.in(sectionProcess)
		})
	})
	t.Run("discard", func(t *testing.T) {
		onStage(t, newOffice(), sectionProcess, func(s *stage) {
			change(s)
			s.answer("Kaydetmeden geç")
			s.in(sectionGuide)
			if s.saved().Scenario != domain.ScenarioBasic || s.w.page.sections[sectionProcess].dirty() {
				t.Error("something was saved, or the change is still there")
			}
		})
	})
	t.Run("enter saves", func(t *testing.T) {
		onStage(t, newOffice(), sectionProcess, func(s *stage) {
			change(s)
			s.w.typedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
			s.settle()
			s.in(sectionGuide)
			if s.saved().Scenario != domain.ScenarioCommercial {
				t.Error("nothing was saved")
			}
		})
	})
	t.Run("a failed saving stays", func(t *testing.T) {
		o := newOffice()
		o.saving = domain.E(domain.KindDisk, "save", nil)
		onStage(t, o, sectionProcess, func(s *stage) {
			change(s)
			s.answer("Kaydet ve geç")
			s.in(sectionProcess)
			s.reads("Veriler diske yazılamadı.")
		})
	})
	t.Run("closing asks too", func(t *testing.T) {
		onStage(t, newOffice(), sectionProcess, func(s *stage) {
			s.choose("Fatura Kesim Senaryosu", "Ticari")
			s.w.askClose()
			s.settle()
			s.asks()
			s.answer("Bu bölümde kal")
			if s.gone != 0 {
				t.Error("it closed")
			}
		})
	})
}

func TestWindow_hidesTheOtherSectionsWhileATransferWorks(t *testing.T) {
	onStage(t, newOffice(), sectionGuide, func(s *stage) {
		s.w.page.setBusy(true)
		s.settle()
		s.in(sectionTransfer)
		for n := sectionGuide; n <= sectionCounters; n++ {
			if shown := s.w.page.items[n].Visible(); shown != (n == sectionTransfer) {
				t.Errorf("section %d in view: %v", n, shown)
			}
		}
		s.w.typedRune('2')
		s.settle()
		s.in(sectionTransfer)
		s.w.page.setBusy(false)
		s.settle()
		s.w.typedRune('2')
		s.settle()
		s.in(sectionAPI)
	})
}

func TestWindow_speaksAnotherLanguageAtOnce(t *testing.T) {
	onStage(t, newOffice(), sectionProcess, func(s *stage) {
		s.w.setLang("en")
		s.settle()
		s.in(sectionProcess)
		s.reads("Process Choices", "Invoice Scenario", "İşbaşı quota", "reads 388 / 3,000")
		s.readsNot("Süreç Seçimleri", "Ayarlar")
		if s.drawer.m[PreferenceLang] != "en" {
			t.Error("the language is not kept")
		}
	})
}

func TestWindow_opensAnotherCompany(t *testing.T) {
	other := newOffice()
	other.info = domain.Company{ID: "oteki", Name: "Öteki A.Ş."}
	var failing error
	both := func(_ *stage, cfg *Config) {
		cfg.Companies = append(cfg.Companies, other.info)
		cfg.Open = func(_ context.Context, id domain.CompanyID) (Company, error) {
			if id != other.info.ID {
				return Company{}, errors.New("another one was asked for")
			}
			return other.company(), failing
		}
	}
	onStageWith(t, newOffice(), both, func(s *stage) {
		s.w.header.pick.SetSelected("Öteki A.Ş.")
		s.settle()
		if s.win.Title() != "Sopyo – Öteki A.Ş." || s.drawer.m[PreferenceCompany] != "oteki" {
			t.Errorf("title %q, kept %v", s.win.Title(), s.drawer.m)
		}
	})
	failing = domain.E(domain.KindBusy, "open", nil)
	onStageWith(t, newOffice(), both, func(s *stage) {
		s.w.header.pick.SetSelected("Öteki A.Ş.")
		s.settle()
		s.asks()
		if s.w.header.pick.Selected != "Deneme Ticaret Ltd." {
			t.Error("the switcher names a company that is not in view")
		}
	})
}

func TestWindow_keysOpenSections(t *testing.T) {
	onStage(t, newOffice(), sectionGuide, func(s *stage) {
		for i, r := range "234561" {
			s.w.typedRune(r)
			s.settle()
			s.in([]int{2, 3, 4, 5, 6, 1}[i])
		}
		s.w.typedRune(',')
		s.settle()
		if s.w.view != viewERP {
			t.Error("the comma does not open the settings")
		}
		s.tap("Logo İşbaşı Ayarları")
		s.in(sectionGuide)
	})
}

func TestWindow_menuShortcutsNeverUseAlt(t *testing.T) {
	onStage(t, newOffice(), sectionProcess, func(s *stage) {
		seen := map[fyne.KeyName]*fyne.MenuItem{}
		for _, m := range s.win.MainMenu().Items {
			for _, i := range m.Items {
				if c, ok := i.Shortcut.(*desktop.CustomShortcut); ok {
					if c.Modifier&fyne.KeyModifierAlt != 0 || seen[c.KeyName] != nil {
						t.Errorf("%s: %v twice, or with Alt", i.Label, c)
					}
					seen[c.KeyName] = i
				}
			}
		}
		for _, k := range []fyne.KeyName{fyne.KeyS, fyne.KeyF, fyne.KeyComma, fyne.Key1, fyne.Key6} {
			if seen[k] == nil {
				t.Errorf("no command on Ctrl+%s", k)
			}
		}
		s.choose("Fatura Kesim Senaryosu", "Ticari")
		seen[fyne.Key1].Action()
		s.asks()
		seen[fyne.KeyS].Action() // a command keeps still while a dialog is open
		s.settle()
		if s.saved().Scenario != domain.ScenarioBasic {
			t.Error("Ctrl+S saved behind the dialog")
		}
		s.answer("Bu bölümde kal")
		seen[fyne.KeyS].Action()
		s.settle()
		if s.saved().Scenario != domain.ScenarioCommercial {
			t.Error("Ctrl+S did not save")
		}
	})
}

func TestWindow_showsGuideAndAboutOffline(t *testing.T) {
	onStage(t, newOffice(), sectionGuide, func(s *stage) {
		s.tap("Detaylı Kurulum Rehberini İncele")
		if s.w.view != viewGuide {
			t.Fatal("the guide is not shown")
		}
		s.w.typedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		s.in(sectionGuide)
		s.w.open(viewAbout)
		s.settle()
		s.reads("Sürüm: 0.1.0")
	})
}

func TestWindow_offersTheAddressWhenTheBrowserDoesNotOpen(t *testing.T) {
	onStage(t, newOffice(), sectionGuide, func(s *stage) {
		s.tap("Videolu Anlatım")
		s.asksNothing()
		if len(s.visited) != 1 || !strings.HasPrefix(s.visited[0], "https://") {
			t.Fatalf("visited %v", s.visited)
		}
		s.refuse = errors.New("no browser")
		s.tap("Videolu Anlatım")
		s.asks()
		s.answer("Adresi kopyala")
		if got := s.w.cfg.App.Clipboard().Content(); got != s.visited[0] {
			t.Errorf("copied %q", got)
		}
	})
}

func TestWindow_onlyOneDialogAtATime(t *testing.T) {
	onStage(t, newOffice(), sectionGuide, func(s *stage) {
		if s.w.e.ask("a", "b", answer{label: "Tamam"}) == nil || s.w.e.ask("c", "d", answer{label: "Tamam"}) != nil {
			t.Error("a second dialog opened over the first")
		}
		s.answer("Tamam")
		s.asksNothing()
	})
}

func TestWindow_fitsTheSmallestSize(t *testing.T) {
	for _, lang := range []string{"tr", "en"} {
		onStageWith(t, newOffice().authorised(), func(_ *stage, cfg *Config) { cfg.Lang = lang }, func(s *stage) {
			for n := sectionGuide; n <= sectionCounters; n++ {
				s.w.page.bring(n)
				s.settle()
				s.win.Resize(fyne.NewSize(minWidth, minHeight))
				if m := s.win.Content().MinSize(); m.Width > minWidth || m.Height > minHeight {
					t.Errorf("%s: section %d needs %v", lang, n, m)
				}
			}
			for _, v := range []view{viewERP, viewGuide, viewAbout} {
				s.w.show(v)
				if m := s.win.Content().MinSize(); m.Width > minWidth || m.Height > minHeight {
					t.Errorf("%s: view %d needs %v", lang, v, m)
				}
			}
		})
	}
}

// Tab visits what can be worked from the top left to the bottom right.
func TestWindow_tabFollowsReadingOrder(t *testing.T) {
	onStage(t, newOffice().authorised(), sectionPrice, func(s *stage) {
		s.write("İşlem Miktarı", "10") // so that the saving button is on
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
					if o, ok := f.(fyne.CanvasObject); ok && s.row(label).Field() == o {
						return label
					}
				}
				return ""
			}
		}
		c := s.win.Canvas()
		c.Unfocus()
		var order []string
		for range 60 {
			c.FocusNext()
			if n := name(c.Focused()); n != "" {
				order = append(order, n)
			}
		}
		want := []string{
			"Bağlı · entegrasyon kapalı", "ERP Muhasebe", "Hakkında", "Kurulum Rehberi", "Aktarım Detayları",
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
