package sqlite_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// Transfers that ended before the program saved reports are not reported all at once.
func TestMigration_olderTransfersAreNotReported(t *testing.T) {
	dumps, err := filepath.Glob("testdata/company_*.sql")
	if err != nil || len(dumps) == 0 {
		t.Fatal(err)
	}
	for _, dump := range dumps {
		path := filepath.Join(t.TempDir(), "company.db")
		text, err := os.ReadFile(dump)
		if err != nil {
			t.Fatal(err)
		}
		sqlitetest.Restore(t, path, string(text))
		c := sqlitetest.Reopen(t, path)
		if runs, err := c.UnreportedRuns(t.Context()); err != nil || len(runs) != 0 {
			t.Errorf("%s: %d runs, %v", dump, len(runs), err)
		}
	}
}
