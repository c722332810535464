package sqlite_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"sync"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/sqlite"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// Two programs that add a company at the same moment add one; so it is with the firm that companies sign in to.
func TestSaveCompany_givesANameAndAFirmOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sopyo.db")
	const programs = 6
	var machines [programs]*sqlitetest.Machine
	for i := range machines {
		machines[i] = openMachine(t, path)
	}
	together := func(do func(i int) error) (errs [programs]error) {
		var wg sync.WaitGroup
		for i := range machines {
			wg.Go(func() { errs[i] = do(i) })
		}
		wg.Wait()
		return errs
	}
	once := func(what string, errs [programs]error, want domain.Error) {
		t.Helper()
		done := 0
		for _, err := range errs {
			var e *domain.Error
			switch {
			case err == nil:
				done++
			case !errors.As(err, &e) || e.Kind != want.Kind || e.Field != want.Field || e.Detail == "":
				t.Errorf("%s: %v", what, err)
			}
		}
		if done != 1 {
			t.Errorf("%s: done %d times", what, done)
		}
	}
	names := []string{"İkinci Şube", "ikinci şube", "IKINCI SUBE", " İkinci  Şube", "İKİNCİ ŞUBE", "ikinci sube"}
	add := func(demo bool) func(i int) error {
		return func(i int) error {
			return machines[i].SaveCompany(t.Context(), domain.Company{ID: domain.CompanyID(fmt.Sprint(demo, i)), Name: names[i], Demo: demo})
		}
	}
	once("added", together(add(false)), domain.Error{Kind: domain.KindInvalid, Field: "name"})
	once("the demo company", together(add(true)), domain.Error{Kind: domain.KindInvalid, Field: "name"})
	for i := range machines {
		sqlitetest.Must(t, machines[0].SaveCompany(t.Context(), domain.Company{ID: domain.CompanyID(fmt.Sprint(i)), Name: fmt.Sprint("Firma ", i)}))
	}
	once("signed in", together(func(i int) error {
		return machines[i].SaveCompany(t.Context(), domain.Company{ID: domain.CompanyID(fmt.Sprint(i)), Name: fmt.Sprint("Firma ", i), TenantID: []string{"7B0E-A", "7b0e-a"}[i%2]})
	}), domain.Error{Kind: domain.KindOtherFirm})
	if n := sqlitetest.RowsBy(t, machines[0].DB.Reader, `SELECT count(*) AS n FROM company WHERE tenant_id <> ''`)[0]["n"]; n != int64(1) {
		t.Errorf("%v companies have the firm", n)
	}
}

// A company is renamed in one program while it signs in for the first time in another: it keeps both, whoever is last.
func TestSaveName_andSaveFirmLeaveEachOtherAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sopyo.db")
	here, there := openMachine(t, path), openMachine(t, path)
	for n := range 12 {
		id := domain.CompanyID(fmt.Sprint("firma", n))
		sqlitetest.Must(t, here.SaveCompany(t.Context(), domain.Company{ID: id, Name: fmt.Sprint("Firma ", n)}))
		want := domain.Company{ID: id, Name: fmt.Sprint("Yeni ", n), TenantID: fmt.Sprint("T-", n)}
		rename := func() { sqlitetest.Must(t, sqlitetest.ErrOf2(here.SaveName(t.Context(), id, want.Name))) }
		signIn := func() { sqlitetest.Must(t, sqlitetest.ErrOf2(there.SaveFirm(t.Context(), id, want.TenantID))) }
		switch n {
		case 0:
			rename()
			signIn()
		case 1:
			signIn()
			rename()
		default:
			var wg sync.WaitGroup
			wg.Go(rename)
			wg.Go(signIn)
			wg.Wait()
		}
		if all, err := there.Companies(t.Context()); err != nil || !slices.Contains(all, want) {
			t.Errorf("%d: %+v, %v", n, all, err)
		}
	}
	got, err := here.SaveName(t.Context(), "firma1", "yeni 0")
	var e *domain.Error
	if !errors.As(err, &e) || e.Detail != "name-taken" {
		t.Errorf("another's name: %+v, %v", got, err)
	}
	sqlitetest.WantKind(t, sqlitetest.ErrOf2(here.SaveFirm(t.Context(), "firma1", "t-0")), domain.KindOtherFirm)
	sqlitetest.WantKind(t, sqlitetest.ErrOf2(here.SaveName(t.Context(), "yok", "Ad")), domain.KindNotFound)
	sqlitetest.WantKind(t, sqlitetest.ErrOf2(here.SaveFirm(t.Context(), "yok", "T")), domain.KindNotFound)
	if all, err := here.Companies(t.Context()); err != nil || len(all) != 12 || all[1].Name != "Yeni 1" || all[1].TenantID != "T-1" {
		t.Errorf("%+v, %v", all, err)
	}
}

// What older programs doubled is told apart at the next start: every company keeps all it has.
func TestOpenMachine_tellsDoubledCompaniesApart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sopyo.db")
	text, err := os.ReadFile("testdata/machine_0003.sql")
	sqlitetest.Must(t, err)
	sqlitetest.Restore(t, path, string(text)+`
		INSERT INTO company VALUES ('gama', 'ALFA kırtasıye', 0, 'T-1', '2026-11-23T09:00:02.000Z', 'p'),
			('delta', 'Alfa Kırtasiye', 0, 't-2', '2026-11-23T09:00:03.000Z', ''), ('epsi', 'Başka', 0, '', '2026-11-23T09:00:04.000Z', '');`)
	want := []domain.Company{
		{ID: "alfa", Name: "Alfa Kırtasiye", TenantID: "t-1"},
		{ID: "beta", Name: "Deneme Ticaret Ltd.", Demo: true},
		{ID: "gama", Name: "ALFA kırtasıye (2)", TenantID: "T-1"},
		{ID: "delta", Name: "Alfa Kırtasiye (3)", TenantID: "t-2"},
		{ID: "epsi", Name: "Başka"},
	}
	for range 2 {
		m, err := sqlite.OpenMachine(t.Context(), path)
		sqlitetest.Must(t, err)
		got, err := m.Companies(t.Context())
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%+v, %v", got, err)
		}
		// Both keep the firm they have; nobody takes one that is taken.
		sqlitetest.Must(t, m.SaveCompany(t.Context(), want[2]))
		sqlitetest.WantKind(t, m.SaveCompany(t.Context(), domain.Company{ID: "epsi", Name: "Başka", TenantID: "T-1"}), domain.KindOtherFirm)
		sqlitetest.Must(t, m.Close())
	}
}
