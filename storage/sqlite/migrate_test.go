package sqlite_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/catalogue"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func TestOpenCompany_opensEveryOlderFile(t *testing.T) {
	dumps, err := filepath.Glob("testdata/company_*.sql")
	if err != nil || len(dumps) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	for _, dump := range dumps {
		t.Run(filepath.Base(dump), func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "company.db")
			text, err := os.ReadFile(dump)
			if err != nil {
				t.Fatal(err)
			}
			sqlitetest.Restore(t, path, string(text))
			c := sqlitetest.Reopen(t, path)
			if used, err := c.Booked(t.Context(), "2026-11"); err != nil || used[quota.Read] != 20 {
				t.Errorf("booked %v, %v", used, err)
			}
			if limits, err := c.QuotaLimits(t.Context()); err != nil || limits != quota.DefaultLimits() {
				t.Errorf("limits %+v, %v", limits, err)
			}
			if p := sqlitetest.ProductByCode(t, c, "ÇAY-1"); p.Name != "ÇİKOLATALI ÇAY" || !catalogue.SameDecimal(p.Price, sqlitetest.Dec("12.50")) || p.Revision != 2 {
				t.Errorf("product %+v", p)
			}
			r, ok, err := c.LatestRun(t.Context())
			if err != nil || !ok || r.State != transfer.StateStopped || r.Counters.Read != 3 || r.Counters.Matched != 1 {
				t.Errorf("run %+v, %v, %v", r, ok, err)
			}
			sides, err := c.Sides(t.Context(), r)
			if err != nil || len(sides.Remotes) != 3 || len(sides.Bound) != 1 || sides.Bound[0] != (matching.Pair{Remote: "1", Local: 1}) {
				t.Errorf("sides %+v, %v", sides, err)
			}
		})
	}
}

func TestOpenMachine_opensEveryOlderFile(t *testing.T) {
	dumps, err := filepath.Glob("testdata/machine_*.sql")
	if err != nil || len(dumps) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	for _, dump := range dumps {
		t.Run(filepath.Base(dump), func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "sopyo.db")
			text, err := os.ReadFile(dump)
			if err != nil {
				t.Fatal(err)
			}
			sqlitetest.Restore(t, path, string(text))
			m := openMachine(t, path)
			want := []domain.Company{{ID: "alfa", Name: "Alfa Kırtasiye", TenantID: "t-1"}, {ID: "beta", Name: "Deneme Ticaret Ltd.", Demo: true}}
			if got, err := m.Companies(t.Context()); err != nil || !slices.Equal(got, want) {
				t.Errorf("%+v, %v", got, err)
			}
			if lang, err := m.Preference(t.Context(), "language"); err != nil || lang != "en" {
				t.Errorf("%q, %v", lang, err)
			}
			if p, err := m.CompanyKey(t.Context(), "alfa"); err != nil || p != "" {
				t.Errorf("%q, %v", p, err)
			}
			if keyPrint(t, m, "anahtar") == "" {
				t.Error("no print")
			}
		})
	}
}
