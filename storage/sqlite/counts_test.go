package sqlite_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/support"
	"github.com/sopyo/sopyo-desktop/storage/sqlite"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func TestCounts_areOfEveryTableAndState(t *testing.T) {
	path := sqlitetest.WorldFile(t)
	c := sqlitetest.Reopen(t, path) // somebody has it open
	count := func(query string) int {
		n := 0
		sqlitetest.Must(t, c.DB.Reader.QueryRowContext(t.Context(), query).Scan(&n))
		return n
	}
	newest, err := sqlite.NewestVersion()
	sqlitetest.Must(t, err)
	version, counts, err := sqlite.Counts(t.Context(), path)
	sqlitetest.Must(t, err)
	for _, want := range []support.Count{
		{What: "product", Rows: count(`SELECT count(*) FROM product`)},
		{What: "sales_order", Rows: count(`SELECT count(*) FROM sales_order`)},
		{What: "invoice issued", Rows: count(`SELECT count(*) FROM invoice WHERE state = 'issued'`)},
	} {
		if !slices.Contains(counts, want) || want.Rows == 0 {
			t.Errorf("%+v is not among %v", want, counts)
		}
	}
	if version != newest {
		t.Errorf("version %d, want %d", version, newest)
	}
	for _, x := range counts {
		if strings.HasPrefix(x.What, "sqlite_") {
			t.Errorf("%v is no table of ours", x)
		}
	}
	// Whatever else stands where a state should is not told.
	_, err = c.DB.Writer.ExecContext(t.Context(), `UPDATE invoice SET state = 'Ayşe Yılmaz' WHERE id = (SELECT min(id) FROM invoice)`)
	if err == nil {
		if _, counts, err = sqlite.Counts(t.Context(), path); err != nil || slices.ContainsFunc(counts, func(x support.Count) bool { return strings.Contains(x.What, "Ay") }) {
			t.Errorf("%v %v", counts, err)
		}
	}
	damaged := filepath.Join(t.TempDir(), "x.db")
	sqlitetest.Must(t, os.WriteFile(damaged, []byte(strings.Repeat("x", 8192)), 0o600))
	if _, _, err := sqlite.Counts(t.Context(), damaged); domain.KindOf(err) != domain.KindData {
		t.Errorf("damaged: %v", err)
	}
	if _, _, err := sqlite.Counts(t.Context(), damaged+"y"); !domain.IsMissing(err) {
		t.Errorf("missing: %v", err)
	}
}
