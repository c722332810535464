package sqlite_test

import (
	"path/filepath"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func TestInvoiceMark_isNeverLoweredAndOutlivesItsCompany(t *testing.T) {
	m := openMachine(t, filepath.Join(t.TempDir(), "sopyo.db"))
	sqlitetest.Must(t, m.SaveCompany(t.Context(), domain.Company{ID: "a", Name: "Alfa"}))
	want := func(id domain.CompanyID, serial int64) {
		t.Helper()
		if got, err := m.InvoiceMark(t.Context(), id); err != nil || got != serial {
			t.Errorf("%s: %d, %v, want %d", id, got, err, serial)
		}
	}
	want("a", 0)
	for serial, highest := range []int64{0, 1, 2} {
		sqlitetest.Must(t, m.SaveInvoiceMark(t.Context(), "a", int64(serial)))
		want("a", highest)
	}
	sqlitetest.Must(t, m.SaveInvoiceMark(t.Context(), "b", 9), m.SaveInvoiceMark(t.Context(), "a", 1), m.RemoveCompany(t.Context(), "a"))
	want("a", 2)
	want("b", 9)
}
