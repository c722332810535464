package sqlite_test

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func TestMachine_failsWhole(t *testing.T) {
	m := openMachine(t, filepath.Join(t.TempDir(), "sopyo.db"))
	sqlitetest.FailEverywhere(t, m.DB,
		sqlitetest.Doing("save company", func(ctx context.Context) error {
			return m.SaveCompany(ctx, domain.Company{ID: "alfa", Name: "Alfa"})
		}),
		sqlitetest.Doing("companies", func(ctx context.Context) error {
			_, err := m.Companies(ctx)
			return err
		}),
		sqlitetest.Doing("no preference", func(ctx context.Context) error {
			_, err := m.Preference(ctx, "language")
			return err
		}),
		sqlitetest.Doing("save preference", func(ctx context.Context) error { return m.SavePreference(ctx, "language", "tr") }),
		sqlitetest.Doing("preference", func(ctx context.Context) error {
			_, err := m.Preference(ctx, "language")
			return err
		}),
		sqlitetest.Doing("remove company", func(ctx context.Context) error { return m.RemoveCompany(ctx, "alfa") }),
	)
}
