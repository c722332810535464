package sqlite_test

import (
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/sqlite"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func TestHistory_saysWhatWasDone(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	c.DB.Actor = "ayşe"
	s := domain.DefaultSettings()
	s.Pull = true
	if err := c.SaveSettings(t.Context(), s, nil); err != nil {
		t.Fatal(err)
	}
	sqlitetest.AddProducts(t, c, 1)
	if n := sqlitetest.Count(t, c, `SELECT count(*) FROM history WHERE actor = 'ayşe' AND (what = 'settings' OR what = 'import')`); n != 2 {
		t.Errorf("%d entries", n)
	}
}

func TestMachine(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sopyo.db")
	m := openMachine(t, path)
	companies := []domain.Company{{ID: "zeta", Name: "Zeta"}, {ID: "alfa", Name: "Alfa", Demo: true, TenantID: "t"}}
	at := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	m.DB.Now = func() time.Time { at = at.Add(time.Second); return at }
	for _, c := range companies {
		if err := m.SaveCompany(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
	companies[0].TenantID = "t-0"
	if err := m.SaveCompany(t.Context(), companies[0]); err != nil {
		t.Fatal(err)
	}
	for _, value := range []string{"en", "tr"} {
		if err := m.SavePreference(t.Context(), "language", value); err != nil {
			t.Fatal(err)
		}
	}
	m = openMachine(t, path)
	if got, err := m.Companies(t.Context()); err != nil || !reflect.DeepEqual(got, companies) {
		t.Errorf("%+v, %v", got, err)
	}
	if got, err := m.Preference(t.Context(), "language"); err != nil || got != "tr" {
		t.Errorf("language %q, %v", got, err)
	}
	if got, err := m.Preference(t.Context(), "window"); err != nil || got != "" {
		t.Errorf("window %q, %v", got, err)
	}
	if err := m.RemoveCompany(t.Context(), "zeta"); err != nil {
		t.Fatal(err)
	}
	if got, err := m.Companies(t.Context()); err != nil || !reflect.DeepEqual(got, companies[1:]) {
		t.Errorf("%+v, %v", got, err)
	}
}

func openMachine(t *testing.T, path string) *sqlitetest.Machine {
	t.Helper()
	m, err := sqlitetest.OpenMachine(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := m.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return m
}

// Each kind of file opens as what it is, and as nothing else.
func TestOpen_takesFilesOfItsOwnKind(t *testing.T) {
	machine, company := filepath.Join(t.TempDir(), "sopyo.db"), filepath.Join(t.TempDir(), "company.db")
	for range 2 { // made, and opened again
		m, err := sqlite.CreateMachine(t.Context(), machine)
		sqlitetest.Must(t, err, m.SavePreference(t.Context(), "language", "tr"), m.Close())
		c, err := sqlite.CreateCompany(t.Context(), company)
		sqlitetest.Must(t, err, c.SaveSettings(t.Context(), domain.DefaultSettings(), nil), c.Close())
	}
	m, err := sqlite.OpenMachine(t.Context(), company)
	if sqlitetest.WantKind(t, err, domain.KindData); m != nil {
		t.Error("a machine beside an error")
	}
	c, err := sqlite.OpenCompany(t.Context(), machine)
	if sqlitetest.WantKind(t, err, domain.KindData); c != nil {
		t.Error("a company beside an error")
	}
}
