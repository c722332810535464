package gui

import (
	"context"
	"testing"

	"fyne.io/fyne/v2/test"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
)

// adds lets the stage's window add companies; it counts them.
func adds(added *int, failing *error) func(*stage, *Config) {
	return func(_ *stage, cfg *Config) {
		cfg.Add = func(_ context.Context, name string) (domain.Company, error) {
			*added++
			return domain.Company{ID: "yeni", Name: name}, *failing
		}
		cfg.Open = func(_ context.Context, id domain.CompanyID) (Company, error) {
			o := kittest.NewCompany()
			o.Info = domain.Company{ID: id, Name: "Yeni Ltd."}
			return companyOf(o), nil
		}
	}
}

func TestWindow_addsACompany(t *testing.T) {
	var added int
	var failing error
	onStageWith(t, kittest.NewCompany(), adds(&added, &failing), func(s *stage) {
		s.w.header.pick.SetSelected("Şirket ekle…")
		s.Settle()
		if got := s.w.header.pick.Selected; got != "Deneme Ticaret Ltd." {
			t.Errorf("the switcher shows %q", got)
		}
		name := s.askedField()
		failing = domain.Invalid("name", "name-taken")
		test.Type(name, "Deneme ticaret ltd.")
		s.answer("Ekle")
		s.asks("Bu adla bir şirket var; başka bir ad yazın.")
		failing = nil
		name.SetText("Yeni Ltd.")
		name.OnSubmitted(name.Text)
		name.OnSubmitted(name.Text) // Enter twice
		s.Settle()
		s.asksNothing()
		if added != 2 || s.Win.Title() != "Sopyo – Yeni Ltd." {
			t.Errorf("asked %d times; title %q", added, s.Win.Title())
		}
		if got := s.w.header.pick.Options; len(got) != 3 || got[1] != "Yeni Ltd." || got[2] != "Şirket ekle…" {
			t.Errorf("the switcher offers %v", got)
		}
		s.w.header.pick.SetSelected("Deneme Ticaret Ltd.")
		s.Settle()
	})
}

func TestWindow_renamesTheCompany(t *testing.T) {
	onStageWith(t, kittest.NewCompany(), func(_ *stage, cfg *Config) {
		cfg.Rename = func(_ context.Context, id domain.CompanyID, name string) (domain.Company, error) {
			if name == "Dolu" {
				return domain.Company{}, domain.Invalid("name", "name-taken")
			}
			return domain.Company{ID: id, Name: name}, nil
		}
	}, func(s *stage) {
		s.w.renameCompany()
		s.Settle()
		name := s.askedField()
		if name.Text != "Deneme Ticaret Ltd." {
			t.Errorf("it is called %q", name.Text)
		}
		name.SetText("Dolu")
		s.answer("Değiştir")
		s.asks("Bu adla bir şirket var; başka bir ad yazın.")
		name.SetText("Yeni Ad A.Ş.")
		s.answer("Değiştir")
		s.asksNothing()
		if s.Win.Title() != "Sopyo – Yeni Ad A.Ş." || s.w.header.pick.Options[0] != "Yeni Ad A.Ş." || s.w.header.pick.Selected != "Yeni Ad A.Ş." {
			t.Errorf("title %q, the switcher offers %v", s.Win.Title(), s.w.header.pick.Options)
		}
	})
}

func TestWindow_addingACompanyMayBeLeft(t *testing.T) {
	var added int
	var failing error
	onStageWith(t, kittest.NewCompany(), adds(&added, &failing), func(s *stage) {
		s.w.header.pick.SetSelected("Şirket ekle…")
		s.Settle()
		s.askedField()
		s.answer("Vazgeç")
		s.asksNothing()
		if added != 0 || s.Win.Title() != "Sopyo – Deneme Ticaret Ltd." {
			t.Errorf("added %d; title %q", added, s.Win.Title())
		}
	})
}
