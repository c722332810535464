package database_test

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// testSchema has the given steps after each other.
func testSchema(steps ...string) database.Schema {
	files := fstest.MapFS{}
	for i, step := range steps {
		files[[]string{"0001_first.sql", "0002_second.sql", "0003_third.sql"}[i]] = &fstest.MapFile{Data: []byte(step)}
	}
	return database.Schema{Files: files, ApplicationID: 7}
}

const (
	first  = `CREATE TABLE thing (id integer PRIMARY KEY) STRICT; INSERT INTO thing VALUES (1), (2);`
	second = `ALTER TABLE thing ADD COLUMN name text NOT NULL DEFAULT 'yeni';`
	broken = `INSERT INTO thing (id) VALUES (3); CREATE TABLE thing (id integer);`
)

func openTest(t *testing.T, path string, s database.Schema) (*database.File, error) {
	t.Helper()
	d, err := database.Create(t.Context(), path, s, database.Driver)
	if err == nil {
		t.Cleanup(func() { _ = d.Close() })
	}
	return d, err
}

func things(t *testing.T, d *database.File) (n int) {
	t.Helper()
	if err := d.Reader.QueryRowContext(t.Context(), `SELECT count(*) FROM thing`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestMigrate_runsEachStepOnceAndRecordsIt(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	for range 2 {
		d, err := openTest(t, path, testSchema(first, second))
		if err != nil {
			t.Fatal(err)
		}
		if n := things(t, d); n != 2 {
			t.Errorf("%d things", n)
		}
		var recorded string
		err = d.Reader.QueryRowContext(t.Context(),
			`SELECT group_concat(version || ' ' || name, ', ' ORDER BY version) FROM migration`).Scan(&recorded)
		if err != nil || recorded != "1 0001_first.sql, 2 0002_second.sql" {
			t.Errorf("recorded %q, %v", recorded, err)
		}
	}
	if _, err := os.Stat(path + ".v0.bak"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a new file was backed up: %v", err)
	}
}

func TestMigrate_backsUpWhatHoldsSomething(t *testing.T) {
	path := filepath.Join(t.TempDir(), "yedek ş#.db")
	old, err := openTest(t, path, testSchema(first))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := old.Writer.ExecContext(t.Context(), `INSERT INTO thing VALUES (3)`); err != nil {
		t.Fatal(err)
	}
	if err := old.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path+".v1.bak.part", []byte("cut off"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := openTest(t, path, testSchema(first, second)); err != nil {
		t.Fatal(err)
	}
	backup, err := openTest(t, path+".v1.bak", testSchema(first))
	if err != nil {
		t.Fatal(err)
	}
	if n := things(t, backup); n != 3 {
		t.Errorf("%d things in the backup", n)
	}
	if _, err := os.Stat(path + ".v1.bak.part"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the part is still there: %v", err)
	}
	if info, err := os.Stat(path + ".v1.bak"); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("the copy is not for its owner alone: %v, %v", info, err)
	}
}

func TestMigrate_aBrokenStepLeavesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	if _, err := openTest(t, path, testSchema(first, broken)); err == nil {
		t.Fatal("a broken migration went through")
	}
	d, err := openTest(t, path, testSchema(first))
	if err != nil {
		t.Fatal(err)
	}
	if n := things(t, d); n != 2 {
		t.Errorf("%d things after the broken step", n)
	}
}

func TestMigrate_severalProcessesAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sopyo.db")
	if _, err := openTest(t, path, testSchema(first)); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			d, err := database.Create(t.Context(), path, testSchema(first, second), database.Driver)
			if err != nil {
				t.Error(err)
				return
			}
			var n int
			err = d.Reader.QueryRowContext(t.Context(), `SELECT count(*) FROM thing`).Scan(&n)
			if err != nil || n != 2 {
				t.Errorf("%d things, %v", n, err)
			}
			if err := d.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if _, err := openTest(t, path+".v1.bak", testSchema(first)); err != nil {
		t.Errorf("the backup is not of the version before: %v", err)
	}
}

func TestMigrate_severalProcessesMakeANewFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sopyo.db")
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			d, err := database.Create(t.Context(), path, testSchema(first), database.Driver)
			if err == nil {
				err = d.Close()
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

func TestMigrate_refusesFilesThatItDoesNotKnow(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	d, err := openTest(t, path, testSchema(first, second))
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	_, err = openTest(t, path, testSchema(first))
	sqlitetest.WantKind(t, err, domain.KindData)
	if err == nil || !strings.Contains(err.Error(), domain.DataNewer) {
		t.Errorf("the error does not say why: %v", err)
	}
	other := testSchema(first, second)
	other.ApplicationID = 8
	_, err = openTest(t, path, other)
	sqlitetest.WantKind(t, err, domain.KindData)
}

func TestMigrations_areNumberedWithoutGaps(t *testing.T) {
	for _, dir := range []string{"company", "machine"} {
		steps, err := database.EmbeddedSchema(dir, 0).Migrations()
		if err != nil || len(steps) == 0 {
			t.Errorf("%s: %d steps, %v", dir, len(steps), err)
		}
	}
	files := maps.Clone(testSchema(first).Files.(fstest.MapFS))
	files["0003_gap.sql"] = &fstest.MapFile{}
	if _, err := (database.Schema{Files: files}).Migrations(); err == nil {
		t.Error("a gap was accepted")
	}
}
