package sqlite

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// testSchema has the given steps after each other.
func testSchema(steps ...string) schema {
	files := fstest.MapFS{}
	for i, step := range steps {
		files[[]string{"0001_first.sql", "0002_second.sql", "0003_third.sql"}[i]] = &fstest.MapFile{Data: []byte(step)}
	}
	return schema{files: files, applicationID: 7}
}

const (
	first  = `CREATE TABLE thing (id integer PRIMARY KEY) STRICT; INSERT INTO thing VALUES (1), (2);`
	second = `ALTER TABLE thing ADD COLUMN name text NOT NULL DEFAULT 'yeni';`
	broken = `INSERT INTO thing (id) VALUES (3); CREATE TABLE thing (id integer);`
)

func openTest(t *testing.T, path string, s schema) (*database, error) {
	t.Helper()
	d, err := openDatabase(t.Context(), path, s)
	if err == nil {
		t.Cleanup(func() { _ = d.close() })
	}
	return d, err
}

func things(t *testing.T, d *database) (n int) {
	t.Helper()
	if err := d.read.QueryRowContext(t.Context(), `SELECT count(*) FROM thing`).Scan(&n); err != nil {
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
		err = d.read.QueryRowContext(t.Context(),
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
	path := filepath.Join(t.TempDir(), "yedek ş?.db")
	old, err := openTest(t, path, testSchema(first))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := old.write.ExecContext(t.Context(), `INSERT INTO thing VALUES (3)`); err != nil {
		t.Fatal(err)
	}
	if err := old.close(); err != nil {
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
			d, err := openDatabase(t.Context(), path, testSchema(first, second))
			if err != nil {
				t.Error(err)
				return
			}
			var n int
			err = d.read.QueryRowContext(t.Context(), `SELECT count(*) FROM thing`).Scan(&n)
			if err != nil || n != 2 {
				t.Errorf("%d things, %v", n, err)
			}
			if err := d.close(); err != nil {
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
			d, err := openDatabase(t.Context(), path, testSchema(first))
			if err == nil {
				err = d.close()
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
	if err := d.close(); err != nil {
		t.Fatal(err)
	}
	_, err = openTest(t, path, testSchema(first))
	wantKind(t, err, domain.KindFile)
	if err == nil || !strings.Contains(err.Error(), "newer program") {
		t.Errorf("the error does not say why: %v", err)
	}
	other := testSchema(first, second)
	other.applicationID = 8
	_, err = openTest(t, path, other)
	wantKind(t, err, domain.KindFile)
}

func TestMigrations_areNumberedWithoutGaps(t *testing.T) {
	for _, dir := range []string{"company", "machine"} {
		steps, err := embeddedSchema(dir, 0).migrations()
		if err != nil || len(steps) == 0 {
			t.Errorf("%s: %d steps, %v", dir, len(steps), err)
		}
	}
	files := maps.Clone(testSchema(first).files.(fstest.MapFS))
	files["0003_gap.sql"] = &fstest.MapFile{}
	if _, err := (schema{files: files}).migrations(); err == nil {
		t.Error("a gap was accepted")
	}
}

func TestOpenCompany_opensEveryOlderFile(t *testing.T) {
	dumps, err := filepath.Glob("testdata/company_*.sql")
	if err != nil || len(dumps) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	for _, dump := range dumps {
		t.Run(filepath.Base(dump), func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "company.db")
			text, err := os.ReadFile(dump)
			if err != nil {
				t.Fatal(err)
			}
			restore(t, path, string(text))
			c := reopen(t, path)
			if used, err := c.Booked(t.Context(), "2026-11"); err != nil || used[quota.Read] != 20 {
				t.Errorf("booked %v, %v", used, err)
			}
			if limits, err := c.QuotaLimits(t.Context()); err != nil || limits != quota.DefaultLimits() {
				t.Errorf("limits %+v, %v", limits, err)
			}
			if p := productByCode(t, c, "ÇAY-1"); p.Name != "ÇİKOLATALI ÇAY" || !sameDecimal(p.Price, dec("12.50")) || p.Revision != 2 {
				t.Errorf("product %+v", p)
			}
			r, ok, err := c.LatestRun(t.Context())
			if err != nil || !ok || r.State != transfer.StateStopped || r.Counters.Read != 3 || r.Counters.Matched != 1 {
				t.Errorf("run %+v, %v, %v", r, ok, err)
			}
			sides, err := c.Sides(t.Context(), r)
			if err != nil || len(sides.Remotes) != 3 || len(sides.Bound) != 1 || sides.Bound[0] != (matching.Pair{Remote: "1", Local: 1}) {
				t.Errorf("sides %+v, %v", sides, err)
			}
		})
	}
}

func TestOpenMachine_opensEveryOlderFile(t *testing.T) {
	dumps, err := filepath.Glob("testdata/machine_*.sql")
	if err != nil || len(dumps) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	for _, dump := range dumps {
		t.Run(filepath.Base(dump), func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "sopyo.db")
			text, err := os.ReadFile(dump)
			if err != nil {
				t.Fatal(err)
			}
			restore(t, path, string(text))
			m := openMachine(t, path)
			want := []domain.Company{{ID: "alfa", Name: "Alfa Kırtasiye", TenantID: "t-1"}, {ID: "beta", Name: "Deneme Ticaret Ltd.", Demo: true}}
			if got, err := m.Companies(t.Context()); err != nil || !slices.Equal(got, want) {
				t.Errorf("%+v, %v", got, err)
			}
			if lang, err := m.Preference(t.Context(), "language"); err != nil || lang != "en" {
				t.Errorf("%q, %v", lang, err)
			}
			if p, err := m.CompanyKey(t.Context(), "alfa"); err != nil || p != "" {
				t.Errorf("%q, %v", p, err)
			}
			if keyPrint(t, m, "anahtar") == "" {
				t.Error("no print")
			}
		})
	}
}
