package database_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func TestMigrate_failsWhole(t *testing.T) {
	d, err := openTest(t, filepath.Join(t.TempDir(), "a.db"), testSchema(wide))
	if err != nil {
		t.Fatal(err)
	}
	sqlitetest.FailEverywhere(t, d,
		sqlitetest.Doing("nothing to do", func(ctx context.Context) error { return d.Migrate(ctx, testSchema(wide)) }),
		sqlitetest.Doing("a step", func(ctx context.Context) error { return d.Migrate(ctx, testSchema(wide, second)) }),
	)
	if rows := sqlitetest.RowsBy(t, d.Reader, `SELECT name FROM thing`); len(rows) != 2 || rows[0]["name"] != "yeni" {
		t.Errorf("%v", rows)
	}
	broken := sql.ErrTxDone
	if got := d.Update(t.Context(), "do something", func(*sql.Tx) error { return broken }); domain.KindOf(got) != domain.KindInternal {
		t.Errorf("%v", got)
	}
}
