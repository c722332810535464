package sqlite_test

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// Every value of an older file is there after its migration, in the column where it was: dropping and
// renaming would lose it. Sort keys are shorter than they were; what a row of a transfer can be told from is not kept.
func TestOpen_keepsEveryValueOfAnOlderFile(t *testing.T) {
	for kind, open := range map[string]func(path string) (*database.File, error){
		"company": func(path string) (*database.File, error) {
			c, err := sqlitetest.OpenCompany(t.Context(), path)
			if err != nil {
				return nil, err
			}
			return c.DB, nil
		},
		"machine": func(path string) (*database.File, error) {
			m, err := sqlitetest.OpenMachine(t.Context(), path)
			if err != nil {
				return nil, err
			}
			return m.DB, nil
		},
	} {
		dumps, err := filepath.Glob("testdata/" + kind + "_*.sql")
		if err != nil || len(dumps) == 0 {
			t.Fatal(dumps, err)
		}
		for _, dump := range dumps {
			text, err := os.ReadFile(dump)
			if err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(t.TempDir(), "a.db")
			sqlitetest.Restore(t, path, string(text))
			before := sqlitetest.ContentsOf(t, path)
			d, err := open(path)
			if err != nil {
				t.Fatal(err)
			}
			after := sqlitetest.Tables(t, d.Reader)
			if kind == "company" {
				after["transfer_row"] = sqlitetest.RowsBy(t, d.Reader, `SELECT * FROM transfer_row ORDER BY id`)
			}
			wantKept(t, dump, after, before)
			if err := d.Close(); err != nil {
				t.Fatal(err)
			}
			// What was copied first is the older file, whole.
			backups, err := filepath.Glob(path + ".v*.bak")
			if err != nil || len(backups) != 1 || !strings.HasSuffix(backups[0], fmt.Sprintf(".v%d.bak", len(before["migration"]))) {
				t.Fatal(backups, err)
			}
			if copied := sqlitetest.ContentsOf(t, backups[0]); !reflect.DeepEqual(copied, before) {
				t.Errorf("%s: the copy differs", dump)
			}
			if info, err := os.Stat(backups[0]); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
				t.Errorf("%s: the copy has mode %v, %v", dump, info.Mode(), err)
			}
		}
	}
}

func wantKept(t *testing.T, dump string, after, before map[string][]map[string]any) {
	t.Helper()
	for table, rows := range before {
		if table == "sqlite_sequence" {
			continue
		}
		if len(after[table]) < len(rows) {
			t.Errorf("%s: %s has %d rows of %d", dump, table, len(after[table]), len(rows))
			continue
		}
		for i, row := range rows {
			for column, value := range row {
				if table == "transfer_row" && (strings.HasSuffix(column, "_sort") || column == "search_fold") {
					continue
				}
				if old, ok := value.([]byte); ok && strings.HasSuffix(column, "_sort") {
					value = domain.ShortenedKey(old)
				}
				if got, there := after[table][i][column]; !there || !reflect.DeepEqual(got, value) {
					t.Errorf("%s: %s, row %d: %s is %v, was %v", dump, table, i, column, got, value)
				}
			}
		}
	}
}
