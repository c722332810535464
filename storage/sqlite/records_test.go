package sqlite_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/history"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func TestSaveCompany_carriesEachField(t *testing.T) {
	m := openMachine(t, filepath.Join(t.TempDir(), "sopyo.db"))
	at := domaintest.Moment
	m.DB.Now = func() time.Time { return at }
	base := domaintest.Fill[domain.Company](0)
	for path, c := range domaintest.Changed(base, domaintest.Fill[domain.Company](1)) {
		if path == "ID" { // two companies have no name and no firm in common
			c.Name, c.TenantID = "Başka", "başka"
		}
		for _, v := range []domain.Company{base, c} {
			if err := m.SaveCompany(t.Context(), v); err != nil {
				t.Fatal(err)
			}
		}
		got := sqlitetest.Ok1[[]domain.Company](t)(m.Companies(t.Context()))
		want := []domain.Company{c}
		if path == "ID" {
			want = []domain.Company{base, c}
		}
		slices.SortFunc(want, func(a, b domain.Company) int { return strings.Compare(string(a.ID), string(b.ID)) })
		sqlitetest.WantSame(t, path, got, want)
		if path == "ID" {
			if err := m.RemoveCompany(t.Context(), c.ID); err != nil {
				t.Fatal(err)
			}
			sqlitetest.WantSame(t, "left", sqlitetest.Ok1[[]domain.Company](t)(m.Companies(t.Context())), []domain.Company{base})
		}
	}
	at = at.Add(-time.Hour) // the clock was set back: the order of adding is that of the clock
	first := domaintest.Fill[domain.Company](3)
	first.ID = "zzz"
	if err := m.SaveCompany(t.Context(), first); err != nil {
		t.Fatal(err)
	}
	if got := sqlitetest.Ok1[[]domain.Company](t)(m.Companies(t.Context())); got[0].ID != "zzz" {
		t.Errorf("%+v", got)
	}
}

func TestHistory_carriesEachFieldPageByPage(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	for i := range 5 {
		sqlitetest.Clocked(c, i)
		c.DB.Actor = fmt.Sprint("kişi ", i)
		if err := c.Remember(t.Context(), "no entry", ""); err != nil {
			t.Fatal(err)
		}
		if err := c.SaveRates(t.Context(), pricing.Rate{Currency: domain.USD, Day: pricing.Day(fmt.Sprintf("2026-11-0%d", i+1)), Value: decimal.New(1, 0)}); err != nil {
			t.Fatal(err)
		}
	}
	all, total, err := c.History(t.Context(), 0, 0)
	if err != nil || total != 5 || len(all) != 5 {
		t.Fatal(len(all), total, err)
	}
	for i, e := range all {
		n := 4 - i
		sqlitetest.WantSame(t, fmt.Sprint("entry ", n), e, history.Entry{
			At: sqlitetest.Clocked(c, n), Actor: fmt.Sprint("kişi ", n), What: "exchange-rate", Detail: fmt.Sprintf(`{"currency":"USD","day":"2026-11-0%d","rate":"1"}`, n+1),
		})
	}
	for skip := range 7 {
		page, total, err := c.History(t.Context(), 2, skip)
		if err != nil || total != 5 {
			t.Fatal(total, err)
		}
		sqlitetest.WantSame(t, fmt.Sprint("behind ", skip), page, all[min(skip, 5):min(skip+2, 5)])
	}
}
