package companies

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/exports"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
)

// shelf is a machine in memory.
type shelf struct {
	all     []domain.Company
	facts   map[domain.CompanyID]kit.Facts
	fails   map[domain.CompanyID]error
	asked   int
	saved   []exports.Company
	removed []domain.CompanyID
}

func (s *shelf) Companies(context.Context) ([]domain.Company, error) { return s.all, nil }

func (s *shelf) Facts(_ context.Context, c domain.Company) (kit.Facts, error) {
	s.asked++
	return s.facts[c.ID], s.fails[c.ID]
}

func (s *shelf) Export(_ context.Context, all []exports.Company) (string, error) {
	s.saved = all
	return "/belgeler/Şirketler.xlsx", nil
}

// four are companies of which each stands otherwise.
func four() *shelf {
	at := time.Date(2026, 11, 25, 15, 40, 0, 0, time.UTC)
	u := quota.Usage{Reads: 388, ReadLimit: 3000, ReadReserve: 200}
	on := domain.Settings{IntegrationOn: true}
	return &shelf{
		all: []domain.Company{{ID: "ş", Name: "Şeker Ltd."}, {ID: "a", Name: "Alfa A.Ş."}, {ID: "ı", Name: "Ilgaz Gıda"}, {ID: "i", Name: "İnci Tekstil"}},
		facts: map[domain.CompanyID]kit.Facts{
			"ş": {
				Connection: domain.Connection{Authorised: true}, Settings: on, Usage: u, Undecided: 13, Waiting: 6, Ready: 1200, Held: 34, Drafts: 5,
				HasRun: true, Run: transfer.Run{State: transfer.StateDone, FinishedAt: at},
			},
			"a": {Connection: domain.Connection{Authorised: true}, Usage: u, Undecided: 2},
			"ı": {},
		},
		fails: map[domain.CompanyID]error{"i": domain.E(domain.KindBusy, "open", nil)},
	}
}

func onCompanies(t *testing.T, m *shelf, f func(s *kittest.Screen, p *Page, opened *[]domain.CompanyID)) {
	t.Helper()
	onCompaniesAgain(t, m, &kit.Asked{}, f)
}

// onCompaniesAgain is onCompanies of who has asked for something before.
func onCompaniesAgain(t *testing.T, m *shelf, last *kit.Asked, f func(s *kittest.Screen, p *Page, opened *[]domain.CompanyID)) {
	t.Helper()
	var opened []domain.CompanyID
	kittest.On(t, "tr", func(e *kit.Env) *Page {
		return New(e, m, last, Ways{Open: func(id domain.CompanyID) { opened = append(opened, id) }, Remove: func(c domain.Company) { m.removed = append(m.removed, c.ID) }})
	}, func(s *kittest.Screen, p *Page) {
		f(s, p, &opened)
		p.Left()
	})
}

// names are those of the rows, in their order.
func names(p *Page) string {
	var all []string
	for _, l := range p.Query().find() {
		all = append(all, l.company.Name)
	}
	return strings.Join(all, ", ")
}

func TestCompanies_eachLineSaysHowTheCompanyStands(t *testing.T) {
	onCompanies(t, four(), func(_ *kittest.Screen, p *Page, _ *[]domain.CompanyID) {
		want := [][]string{
			{"Şeker Ltd.", "Bağlı", "19", "34", "1.239", "25.11.2026", "2.412"},
			{"Alfa A.Ş.", "Bağlı · entegrasyon kapalı", "2", "", "", "", "2.412"},
			{"Ilgaz Gıda", "Bağlı değil", "", "", "", "", ""},
			{"İnci Tekstil", "Başka bir programda açık", "", "", "", "", ""},
		}
		for i, l := range p.lines {
			if got := p.row(l).Cells; fmt.Sprint(got) != fmt.Sprint(want[i]) {
				t.Errorf("%q, want %q", got, want[i])
			}
		}
		if got := p.row(p.lines[0]).Detail; got != "Şeker Ltd. · Bağlı · 1.200 sipariş faturaya hazır · 5 taslak kesilmedi" {
			t.Errorf("detail %q", got)
		}
	})
}

func TestCompanies_areSortedAndSearchedTheTurkishWay(t *testing.T) {
	onCompanies(t, four(), func(s *kittest.Screen, p *Page, _ *[]domain.CompanyID) {
		for _, c := range []struct {
			sort string
			desc bool
			want string
		}{
			{"", false, "Şeker Ltd., Alfa A.Ş., Ilgaz Gıda, İnci Tekstil"},
			{"name", false, "Alfa A.Ş., Ilgaz Gıda, İnci Tekstil, Şeker Ltd."},
			{"decisions", true, "Şeker Ltd., Alfa A.Ş., İnci Tekstil, Ilgaz Gıda"},
			{"held", true, "Şeker Ltd., İnci Tekstil, Ilgaz Gıda, Alfa A.Ş."},
			{"orders", false, "Alfa A.Ş., Ilgaz Gıda, İnci Tekstil, Şeker Ltd."},
			{"state", false, "İnci Tekstil, Ilgaz Gıda, Alfa A.Ş., Şeker Ltd."},
			{"run", true, "Şeker Ltd., İnci Tekstil, Ilgaz Gıda, Alfa A.Ş."},
			{"reads", true, "Alfa A.Ş., Şeker Ltd., İnci Tekstil, Ilgaz Gıda"},
		} {
			p.Table.Sort(c.sort, c.desc)
			if got := names(p); got != c.want {
				t.Errorf("by %q: %s, want %s", c.sort, got, c.want)
			}
		}
		p.Table.Sort("", false)
		p.Search.SetText("INCI")
		s.Pass(time.Second)
		if got := names(p); got != "İnci Tekstil" {
			t.Errorf("found %s", got)
		}
	})
}

func TestCompanies_enterOpensTheOneUnderTheKeyboard(t *testing.T) {
	onCompanies(t, four(), func(s *kittest.Screen, p *Page, opened *[]domain.CompanyID) {
		list := s.Win.Canvas().Focused()
		if list != p.Table.Focusable() {
			t.Fatalf("the focus is on %T", list)
		}
		list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
		list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		if len(*opened) != 1 || (*opened)[0] != "a" {
			t.Errorf("opened %v", *opened)
		}
	})
}

// Who goes through forty companies comes back between them: what was asked of the list still holds.
func TestCompanies_askAgainWhatWasAskedBefore(t *testing.T) {
	last := &kit.Asked{}
	onCompaniesAgain(t, four(), last, func(s *kittest.Screen, p *Page, _ *[]domain.CompanyID) {
		p.Table.Sort("name", true)
		p.Search.SetText("l")
		s.Pass(time.Second)
	})
	onCompaniesAgain(t, four(), last, func(_ *kittest.Screen, p *Page, _ *[]domain.CompanyID) {
		if id, desc := p.Table.Sorted(); id != "name" || !desc || p.Search.Text != "l" || names(p) != "Şeker Ltd., İnci Tekstil, Ilgaz Gıda, Alfa A.Ş." {
			t.Errorf("by %s %v, %q: %s", id, desc, p.Search.Text, names(p))
		}
	})
}

func TestCompanies_enterInTheSearchOpensTheOneThatIsFound(t *testing.T) {
	onCompanies(t, four(), func(s *kittest.Screen, p *Page, opened *[]domain.CompanyID) {
		p.Search.SetText("l")
		p.Search.OnSubmitted(p.Search.Text)
		s.Settle()
		if len(*opened) != 0 || s.Win.Canvas().Focused() != p.Table.Focusable() {
			t.Errorf("of several opened %v, the focus is on %T", *opened, s.Win.Canvas().Focused())
		}
		p.Search.SetText("seker")
		p.Search.OnSubmitted(p.Search.Text)
		if len(*opened) != 1 || (*opened)[0] != "ş" {
			t.Errorf("opened %v", *opened)
		}
	})
}

func TestCompanies_removeTheOneUnderTheKeyboard(t *testing.T) {
	m := four()
	onCompanies(t, m, func(s *kittest.Screen, _ *Page, _ *[]domain.CompanyID) {
		s.Win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
		s.Tap("Kaldır…")
		if fmt.Sprint(m.removed) != "[a]" {
			t.Errorf("removed %v", m.removed)
		}
	})
}

func TestCompanies_aHundredAreFoundOutOnceEachAndStayInViewMeanwhile(t *testing.T) {
	m := &shelf{}
	for i := range 100 {
		m.all = append(m.all, domain.Company{ID: domain.CompanyID(fmt.Sprint(i)), Name: fmt.Sprintf("Firma %02d", i)})
	}
	onCompanies(t, m, func(s *kittest.Screen, p *Page, _ *[]domain.CompanyID) {
		if m.asked != 100 || p.Table.Total() != 100 {
			t.Errorf("%d were asked, %d are shown", m.asked, p.Table.Total())
		}
		p.Show()
		if len(p.lines) != 100 || !p.lines[99].known {
			t.Error("what was known is gone")
		}
		s.Settle()
		if m.asked != 200 {
			t.Errorf("%d were asked", m.asked)
		}
	})
}

func TestCompanies_exportWhatIsFoundInItsOrder(t *testing.T) {
	m := four()
	onCompanies(t, m, func(s *kittest.Screen, p *Page, _ *[]domain.CompanyID) {
		s.Settle()
		s.Tap("Excel’e Aktar")
		s.Reads("/belgeler/Şirketler.xlsx")
		var said []string
		for _, c := range m.saved {
			left := "-"
			if c.ReadsLeft.Valid {
				left = c.ReadsLeft.Decimal.String()
			}
			said = append(said, fmt.Sprintf("%s %s %d %d %d %t %s", c.Name, c.State, c.Decisions, c.Held, c.Orders, !c.RunAt.IsZero(), left))
		}
		want := []string{
			"Şeker Ltd. Bağlı 19 34 1239 true 2412", "Alfa A.Ş. Bağlı · entegrasyon kapalı 2 0 0 false 2412", "Ilgaz Gıda Bağlı değil 0 0 0 false -",
			"İnci Tekstil Başka bir programda açık 0 0 0 false -",
		}
		if got := strings.Join(said, "\n"); got != strings.Join(want, "\n") {
			t.Errorf("exported\n%s\nwant\n%s", got, strings.Join(want, "\n"))
		}
		p.Search.SetText("alfa")
		s.Pass(kit.SearchAfter)
		s.Tap("Excel’e Aktar")
		if len(m.saved) != 1 || m.saved[0].Name != "Alfa A.Ş." {
			t.Errorf("exported %+v of what is searched for", m.saved)
		}
	})
}
