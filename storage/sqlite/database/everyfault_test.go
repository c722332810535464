package database_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

var anyTime = regexp.MustCompile(`\d{4}-\d\d-\d\dT[0-9:.]*Z`)

func TestOpen_failsWholeAtEveryStep(t *testing.T) {
	dir := t.TempDir()
	old := filepath.Join(dir, "old.db")
	text, err := os.ReadFile("../testdata/company_0003.sql")
	sqlitetest.Must(t, err)
	sqlitetest.Restore(t, old, string(text))
	timeless := func(path string) string {
		pool, err := database.Driver(database.ReaderDSN(path))
		sqlitetest.Must(t, err)
		defer func() { _ = pool.Close() }()
		return anyTime.ReplaceAllString(sqlitetest.Dump(t, &database.File{Reader: pool}), "then")
	}
	const newFile, olderProgram, thisProgram = "a new file", "a file of an older program", "a file of this program"
	for name, template := range map[string]string{newFile: "", olderProgram: old, thisProgram: sqlitetest.EmptyFile(t)} {
		t.Run(name, func(t *testing.T) {
			give := func(name string) string {
				path := filepath.Join(t.TempDir(), name)
				if template != "" {
					sqlitetest.CopyFile(t, template, path)
				}
				return path
			}
			before := "" // of a new file
			if template != "" {
				before = timeless(template)
			}
			wanted := give("want.db")
			sqlitetest.Must(t, sqlitetest.Reopen(t, wanted).Close())
			want, now, connects := timeless(wanted), before, 0
			path, f, n := give("got.db"), &sqlitetest.Fuse{}, 0
			for failed := "first"; failed != ""; {
				n++ // each of them: the last two connections are those that only read
				f.Set(n)
				db, err := database.Create(t.Context(), path, database.CompanySchema(), f.Open)
				if failed = f.Clear(); failed == "" {
					sqlitetest.Must(t, err, db.Close())
					break
				}
				if !sqlitetest.Blew(failed, err) {
					t.Fatalf("%q failed, and the answer is %v", failed, err)
				}
				after := timeless(path)
				if failed == "connect" && after == want { // those that only read come when all is done
					now, connects = want, connects+1
				}
				if after != now {
					t.Fatalf("%q failed, yet something is different:\n%s", failed, sqlitetest.Apart(now, after))
				}
			}
			sqlitetest.Must(t, sqlitetest.Reopen(t, path).Close())
			if got := timeless(path); got != want {
				t.Errorf("something else is in the file:\n%s", sqlitetest.Apart(want, got))
			}
			if name == olderProgram && timeless(path+".v3.bak") != before {
				t.Error("the copy is not what was there")
			}
			if copies, err := filepath.Glob(path + ".v*"); err != nil || (len(copies) == 1) != (name == olderProgram) {
				t.Errorf("copied are %q, %v", copies, err)
			}
			if connects == 0 {
				t.Error("nobody is told that the file cannot be read")
			}
			if n < 5 {
				t.Errorf("only %d steps failed", n)
			}
		})
	}
}
