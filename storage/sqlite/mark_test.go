package sqlite_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func TestInvoiceMark_isNeverLoweredAndOutlivesItsCompany(t *testing.T) {
	m := openMachine(t, filepath.Join(t.TempDir(), "sopyo.db"))
	sqlitetest.Must(t, m.SaveCompany(t.Context(), domain.Company{ID: "a", Name: "Alfa"}))
	when := func(serial int64) time.Time { return time.Date(2026, 5, 4, 9, int(serial), 0, 0, time.UTC) }
	want := func(id domain.CompanyID, serial int64) {
		t.Helper()
		got, at, err := m.InvoiceMark(t.Context(), id)
		if err != nil || got != serial || serial > 0 && !at.Equal(when(serial)) {
			t.Errorf("%s: %d at %v, %v, want %d", id, got, at, err, serial)
		}
	}
	want("a", 0)
	for serial := range int64(3) {
		sqlitetest.Must(t, m.SaveInvoiceMark(t.Context(), "a", serial, when(serial)))
		want("a", serial)
	}
	sqlitetest.Must(t, m.SaveInvoiceMark(t.Context(), "b", 9, when(9)), m.SaveInvoiceMark(t.Context(), "a", 1, when(1)), m.RemoveCompany(t.Context(), "a"))
	want("a", 2)
	want("b", 9)
	later := when(30) // its answer was lost only then
	sqlitetest.Must(t, m.SaveInvoiceMark(t.Context(), "b", 9, later))
	if serial, at, err := m.InvoiceMark(t.Context(), "b"); serial != 9 || !at.Equal(later) || err != nil {
		t.Errorf("%d at %v, %v", serial, at, err)
	}
}
