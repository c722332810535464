package sqlite_test

import (
	"context"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/storage/sqlite"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func operationsOfMachine() []sqlitetest.Operation[*sqlitetest.Machine] {
	return []sqlitetest.Operation[*sqlitetest.Machine]{
		sqlitetest.Op("Companies", func(ctx context.Context, m *sqlitetest.Machine) error { return sqlitetest.ErrOf2(m.Companies(ctx)) }),
		sqlitetest.Op("SaveCompany", func(ctx context.Context, m *sqlitetest.Machine) error {
			return m.SaveCompany(ctx, domaintest.Fill[domain.Company](2))
		}),
		sqlitetest.Op("RemoveCompany", func(ctx context.Context, m *sqlitetest.Machine) error { return m.RemoveCompany(ctx, "a") }),
		sqlitetest.Op("Preference", func(ctx context.Context, m *sqlitetest.Machine) error {
			return sqlitetest.ErrOf2(m.Preference(ctx, "language"))
		}),
		sqlitetest.Op("SavePreference", func(ctx context.Context, m *sqlitetest.Machine) error { return m.SavePreference(ctx, "language", "en") }),
		sqlitetest.Op("EnterQueue", func(ctx context.Context, m *sqlitetest.Machine) error { return m.EnterQueue(ctx, "a", 6) }),
		sqlitetest.Op("LeaveQueue", func(ctx context.Context, m *sqlitetest.Machine) error { return m.LeaveQueue(ctx, "a", 5) }),
		sqlitetest.Op("SetWriting", func(ctx context.Context, m *sqlitetest.Machine) error { return m.SetWriting(ctx, "a", 5, true) }),
		sqlitetest.Op("Queue", func(ctx context.Context, m *sqlitetest.Machine) error { return sqlitetest.ErrOf2(m.Queue(ctx)) }),
		sqlitetest.Op("KeyPrint", func(ctx context.Context, m *sqlitetest.Machine) error {
			return sqlitetest.ErrOf2(m.KeyPrint(ctx, domain.NewSecret("gizli")))
		}),
		sqlitetest.Op("CompanyKey", func(ctx context.Context, m *sqlitetest.Machine) error {
			return sqlitetest.ErrOf2(m.CompanyKey(ctx, "a"))
		}),
		sqlitetest.Op("SaveCompanyKey", func(ctx context.Context, m *sqlitetest.Machine) error {
			return m.SaveCompanyKey(ctx, "b", "p", "2026-11", map[quota.Kind]int{quota.Read: 4})
		}),
		sqlitetest.Op("KeyQuota Book", func(ctx context.Context, m *sqlitetest.Machine) error {
			return sqlitetest.ErrOf2(m.KeyQuota("p", "a").Book(ctx, "2026-11", quota.Read, 2, 10))
		}),
		sqlitetest.Op("KeyQuota Booked", func(ctx context.Context, m *sqlitetest.Machine) error {
			return sqlitetest.ErrOf2(m.KeyQuota("p", "a").Booked(ctx, "2026-11"))
		}),
	}
}

// What a company has of its own: each of its rooms tries its own.
func TestCompany_failsWholeAtEveryStep(t *testing.T) {
	sqlitetest.CompanyFailsWhole(t, reflect.TypeFor[*sqlite.Company](), []sqlitetest.Operation[*sqlitetest.Company]{
		sqlitetest.Op("History", func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.ErrOf3(c.History(ctx, 3, 1)) }),
	})
}

func TestMachine_failsWholeAtEveryStep(t *testing.T) {
	template := filepath.Join(t.TempDir(), "sopyo.db")
	m := openMachine(t, template)
	for _, id := range []domain.CompanyID{"a", "b"} {
		sqlitetest.Must(t, m.SaveCompany(t.Context(), domain.Company{ID: id, Name: "Firma"}))
	}
	sqlitetest.Must(t, m.SavePreference(t.Context(), "language", "tr"), m.EnterQueue(t.Context(), "a", 5),
		m.SaveCompanyKey(t.Context(), "a", "p", "2026-11", map[quota.Kind]int{quota.Read: 3}))
	sqlitetest.Must(t, m.Close())
	sqlitetest.FailsWhole(t, reflect.TypeFor[*sqlite.Machine](), operationsOfMachine(), func(path string) (*sqlitetest.Machine, *database.File, *sqlitetest.Fuse) {
		sqlitetest.CopyFile(t, template, path)
		m := openMachine(t, path)
		f, err := sqlitetest.Fused(m.DB)
		sqlitetest.Must(t, err)
		m.DB.Now = sqlitetest.StillNow
		return m, m.DB, f
	})
}

var anyTime = regexp.MustCompile(`\d{4}-\d\d-\d\dT[0-9:.]*Z`)

func TestOpen_failsWholeAtEveryStep(t *testing.T) {
	dir := t.TempDir()
	old := filepath.Join(dir, "old.db")
	text, err := os.ReadFile("testdata/company_0003.sql")
	sqlitetest.Must(t, err)
	sqlitetest.Restore(t, old, string(text))
	timeless := func(path string) string {
		pool, err := database.Driver(database.ReaderDSN(path))
		sqlitetest.Must(t, err)
		defer func() { _ = pool.Close() }()
		return anyTime.ReplaceAllString(sqlitetest.Dump(t, &database.File{Reader: pool}), "then")
	}
	for name, template := range map[string]string{"a new file": "", "a file of an older program": old} {
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
			path, f, n := give("got.db"), &sqlitetest.Fuse{}, 1-sqlitetest.Thinned
			for failed := "first"; failed != ""; {
				n += sqlitetest.Thinned
				f.Set(n)
				db, err := database.Open(t.Context(), path, database.CompanySchema(), f.Open)
				if failed = f.Clear(); failed == "" {
					sqlitetest.Must(t, err, db.Close())
					break
				}
				if !sqlitetest.Blew(failed, err) {
					t.Fatalf("%q failed, and the answer is %v", failed, err)
				}
				if after := timeless(path); after != before {
					t.Fatalf("%q failed, yet something is different:\n%s", failed, sqlitetest.Apart(before, after))
				}
			}
			sqlitetest.Must(t, sqlitetest.Reopen(t, path).Close())
			if got, want := timeless(path), timeless(wanted); got != want {
				t.Errorf("something else is in the file:\n%s", sqlitetest.Apart(want, got))
			}
			if template != "" && timeless(path+".v3.bak") != before {
				t.Error("the copy is not what was there")
			}
			if n < 10 {
				t.Errorf("only %d steps failed", n)
			}
		})
	}
}
