package sqlite_test

import (
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func TestHistory_newestFirst(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	sqlitetest.AddProducts(t, c, 1)
	s := domain.DefaultSettings()
	s.Pull = true
	if err := c.SaveSettings(t.Context(), s, nil); err != nil {
		t.Fatal(err)
	}
	entries, total, err := c.History(t.Context(), 0, 0)
	if err != nil || total != 2 || len(entries) != 2 || entries[0].What != "settings" || entries[1].What != "import" {
		t.Fatalf("%+v, %d, %v", entries, total, err)
	}
	if e := entries[1]; e.At.IsZero() || e.Actor == "" || !strings.Contains(e.Detail, `"added":1`) {
		t.Errorf("%+v", e)
	}
	if entries, total, err = c.History(t.Context(), 1, 1); err != nil || total != 2 || len(entries) != 1 || entries[0].What != "import" {
		t.Errorf("%+v, %d, %v", entries, total, err)
	}
}
