package sqlite_test

import (
	"context"
	"path/filepath"
	"reflect"
	"testing"
	"time"

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
		sqlitetest.Op("SaveCompany with another name", func(ctx context.Context, m *sqlitetest.Machine) error {
			return m.SaveCompany(ctx, domain.Company{ID: "a", Name: "Yeni", TenantID: "T-1"})
		}),
		sqlitetest.Op("SaveName", func(ctx context.Context, m *sqlitetest.Machine) error {
			return sqlitetest.ErrOf2(m.SaveName(ctx, "a", "Yeni"))
		}),
		sqlitetest.Op("SaveFirm", func(ctx context.Context, m *sqlitetest.Machine) error {
			return sqlitetest.ErrOf2(m.SaveFirm(ctx, "a", "T-1"))
		}),
		{
			Name: "NameApart",
			Prepare: func(ctx context.Context, m *sqlitetest.Machine) error {
				_, err := m.DB.Writer.ExecContext(ctx, `UPDATE company SET name = 'Firma', name_key = '', tenant_id = 'T', tenant_key = ''`)
				return err
			},
			Do: func(ctx context.Context, m *sqlitetest.Machine) error { return m.NameApart(ctx) },
		},
		{
			Name: "WithoutFile",
			Prepare: func(ctx context.Context, m *sqlitetest.Machine) error {
				_, err := m.DB.Writer.ExecContext(ctx, `UPDATE company SET has_file = 0`)
				return err
			},
			Do: func(ctx context.Context, m *sqlitetest.Machine) error { return sqlitetest.ErrOf2(m.WithoutFile(ctx)) },
		},
		{
			Name: "NoteFile",
			Prepare: func(ctx context.Context, m *sqlitetest.Machine) error {
				_, err := m.DB.Writer.ExecContext(ctx, `UPDATE company SET has_file = 0`)
				return err
			},
			Do: func(ctx context.Context, m *sqlitetest.Machine) error { return m.NoteFile(ctx, "a") },
		},
		{
			Name: "DataFolder",
			Prepare: func(ctx context.Context, m *sqlitetest.Machine) error {
				_, err := m.DB.Writer.ExecContext(ctx, `INSERT INTO data_folder VALUES (1, 'n', '/a', 'm', 1)`)
				return err
			},
			Do: func(ctx context.Context, m *sqlitetest.Machine) error {
				return sqlitetest.ErrOf2(m.DataFolder(ctx, "/b", "m", func(string) bool { return true }))
			},
		},
		sqlitetest.Op("RemoveCompany", func(ctx context.Context, m *sqlitetest.Machine) error { return m.RemoveCompany(ctx, "a") }),
		sqlitetest.Op("Preference", func(ctx context.Context, m *sqlitetest.Machine) error {
			return sqlitetest.ErrOf2(m.Preference(ctx, "language"))
		}),
		sqlitetest.Op("Preference of none", func(ctx context.Context, m *sqlitetest.Machine) error {
			return sqlitetest.ErrOf2(m.Preference(ctx, "none"))
		}),
		sqlitetest.Op("InvoiceMark", func(ctx context.Context, m *sqlitetest.Machine) error {
			return sqlitetest.ErrOf3(m.InvoiceMark(ctx, "a"))
		}),
		sqlitetest.Op("SaveInvoiceMark", func(ctx context.Context, m *sqlitetest.Machine) error {
			return m.SaveInvoiceMark(ctx, "a", 7, time.Time{}.AddDate(2000, 0, 0))
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
		sqlitetest.Op("Settle", func(ctx context.Context, c *sqlitetest.Company) error {
			return c.Settle(ctx, sqlitetest.StillNow(), true)
		}),
	})
}

func TestMachine_failsWholeAtEveryStep(t *testing.T) {
	template := filepath.Join(t.TempDir(), "sopyo.db")
	m := openMachine(t, template)
	for _, id := range []domain.CompanyID{"a", "b"} {
		sqlitetest.Must(t, m.SaveCompany(t.Context(), domain.Company{ID: id, Name: "Firma " + string(id)}))
	}
	sqlitetest.Must(t, m.SavePreference(t.Context(), "language", "tr"), m.SaveInvoiceMark(t.Context(), "a", 5, time.Time{}.AddDate(2000, 0, 0)), m.EnterQueue(t.Context(), "a", 5),
		m.SaveCompanyKey(t.Context(), "a", "p", "2026-11", map[quota.Kind]int{quota.Read: 3}))
	sqlitetest.Must(t, m.Close())
	sqlitetest.FailsWhole(t, reflect.TypeFor[*sqlite.Machine](), operationsOfMachine(), func(t *testing.T, path string) (*sqlitetest.Machine, *database.File, *sqlitetest.Fuse) {
		sqlitetest.CopyFile(t, template, path)
		m := openMachine(t, path)
		f, err := sqlitetest.Fused(m.DB)
		sqlitetest.Must(t, err)
		m.DB.Now = sqlitetest.StillNow
		return m, m.DB, f
	})
}
