package gui

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
)

// rack is a machine whose companies can be removed.
type rack struct {
	all     []domain.Company
	removed []domain.CompanyID
	held    map[domain.CompanyID]error // that cannot be opened
	failing error
}

func removes(r *rack) func(*stage, *Config) {
	return func(_ *stage, cfg *Config) {
		r.all = append([]domain.Company{cfg.First.Info}, r.all...)
		cfg.Companies = slices.Clone(r.all)
		cfg.List = func(context.Context) ([]domain.Company, error) { return slices.Clone(r.all), nil }
		cfg.Remove = func(_ context.Context, c domain.Company) error {
			if r.failing == nil {
				r.removed = append(r.removed, c.ID)
				r.all = slices.DeleteFunc(r.all, func(o domain.Company) bool { return o.ID == c.ID })
			}
			return r.failing
		}
		cfg.Open = func(_ context.Context, id domain.CompanyID) (Company, error) {
			o := kittest.NewCompany()
			for _, c := range r.all {
				if c.ID == id {
					o.Info = c
				}
			}
			return companyOf(o), r.held[id]
		}
	}
}

// Who removes the company in view is asked, sees another one, and is told where its data is.
func TestWindow_removesTheCompanyInView(t *testing.T) {
	r := &rack{all: []domain.Company{{ID: "dolu", Name: "Dolu Ltd."}, {ID: "iki", Name: "İki Ltd."}}, held: map[domain.CompanyID]error{"dolu": domain.E(domain.KindBusy, "open", nil)}}
	onStageWith(t, kittest.NewCompany(), removes(r), func(s *stage) {
		s.w.removeCompany(s.w.co.Info)
		s.Settle()
		s.asks("Deneme Ticaret Ltd. kaldırılsın mı?", "Verileri silinmez")
		s.answer("Vazgeç")
		if len(r.removed) > 0 || s.Win.Title() != "Sopyo – Deneme Ticaret Ltd." {
			t.Fatalf("removed %v unasked; title %q", r.removed, s.Win.Title())
		}
		was := s.w.co.Info.ID
		s.w.removeCompany(s.w.co.Info)
		s.Settle()
		s.answer("Kaldır")
		s.asks("Deneme Ticaret Ltd. kaldırıldı.", "Kaldırılan Şirketler")
		s.answer("Tamam")
		if fmt.Sprint(r.removed) != fmt.Sprint([]domain.CompanyID{was}) || s.Win.Title() != "Sopyo – İki Ltd." || s.w.at != kit.PlaceToday {
			t.Errorf("removed %v; title %q at %v", r.removed, s.Win.Title(), s.w.at)
		}
		if got := s.w.header.pick.Options; !slices.Contains(got, "Dolu Ltd.") || slices.Contains(got, "Deneme Ticaret Ltd.") {
			t.Errorf("the switcher offers %v", got)
		}
	})
}

func TestWindow_removesAnotherCompanyAndStaysWhereItIs(t *testing.T) {
	r := &rack{all: []domain.Company{{ID: "iki", Name: "İki Ltd."}}}
	onStageWith(t, kittest.NewCompany(), removes(r), func(s *stage) {
		s.w.Bring(kit.PlaceGuide)
		s.w.removeCompany(domain.Company{ID: "iki", Name: "İki Ltd."})
		s.Settle()
		s.answer("Kaldır")
		s.answer("Tamam")
		if fmt.Sprint(r.removed) != "[iki]" || s.Win.Title() != "Sopyo – Deneme Ticaret Ltd." || s.w.at != kit.PlaceGuide {
			t.Errorf("removed %v; title %q at %v", r.removed, s.Win.Title(), s.w.at)
		}
	})
}

func TestWindow_keepsTheOnlyCompanyAndTheOneThatCannotGo(t *testing.T) {
	r := &rack{}
	onStageWith(t, kittest.NewCompany(), removes(r), func(s *stage) {
		s.w.removeCompany(s.w.co.Info)
		s.Settle()
		s.asks("Tek şirketiniz bu.")
		s.answer("Tamam")
		if len(r.removed) > 0 {
			t.Errorf("removed %v", r.removed)
		}
	})
	r = &rack{all: []domain.Company{{ID: "iki", Name: "İki Ltd."}}, failing: &domain.Error{Kind: domain.KindBusy, Op: "close the company", Detail: "working"}}
	onStageWith(t, kittest.NewCompany(), removes(r), func(s *stage) {
		s.w.removeCompany(domain.Company{ID: "iki", Name: "İki Ltd."})
		s.Settle()
		s.answer("Kaldır")
		s.asks("Şirket kaldırılamadı")
		s.answer("Tamam")
	})
}
