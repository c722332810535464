package settings_test

import (
	"context"
	"reflect"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/settings"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func operations() []sqlitetest.Operation[*sqlitetest.Company] {
	return []sqlitetest.Operation[*sqlitetest.Company]{
		sqlitetest.Op("SaveOpenConnection", func(ctx context.Context, c *sqlitetest.Company) error {
			return c.SaveOpenConnection(ctx, domain.Connection{Authorised: true, UserName: "başka@firma", TenantID: "t-2"}, nil)
		}),
		sqlitetest.Op("Settings", func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.ErrOf2(c.Settings(ctx)) }),
		sqlitetest.Op("SaveSettings", func(ctx context.Context, c *sqlitetest.Company) error {
			s := domain.DefaultSettings()
			s.Pull = !s.Pull
			return c.SaveSettings(ctx, s, nil)
		}),
		sqlitetest.Op("Circumstances", func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.ErrOf2(c.Circumstances(ctx)) }),
		sqlitetest.Op("Connection", func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.ErrOf2(c.Connection(ctx)) }),
		sqlitetest.Op("SaveConnection", func(ctx context.Context, c *sqlitetest.Company) error {
			return c.SaveConnection(ctx, domaintest.Fill[domain.Connection](1))
		}),
		sqlitetest.Op("ForgetConnection", func(ctx context.Context, c *sqlitetest.Company) error { return c.ForgetConnection(ctx) }),
		sqlitetest.Op("SaveIdentity", func(ctx context.Context, c *sqlitetest.Company) error {
			return c.SaveIdentity(ctx, domaintest.Fill[domain.Company](1))
		}),
		sqlitetest.Op("HandedOver", func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.ErrOf2(c.HandedOver(ctx)) }),
		sqlitetest.Op("SetHandedOver", func(ctx context.Context, c *sqlitetest.Company) error {
			return c.SetHandedOver(ctx, sqlitetest.StillNow())
		}),
		sqlitetest.Op("Answer", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf3(c.Answer(ctx, "stock-write"))
		}),
		sqlitetest.Op("Answer of none", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf3(c.Answer(ctx, "none"))
		}),
		sqlitetest.Op("Remember", func(ctx context.Context, c *sqlitetest.Company) error { return c.Remember(ctx, "stock-write", "no") }),
		sqlitetest.Op("Book", func(ctx context.Context, c *sqlitetest.Company) error { return c.Book(ctx, "2026-11", quota.Read, 1) }),
		sqlitetest.Op("Booked", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.Booked(ctx, "2026-11"))
		}),
		sqlitetest.Op("Unheard", func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.ErrOf2(c.Unheard(ctx)) }),
		sqlitetest.Op("SaveUnheard", func(ctx context.Context, c *sqlitetest.Company) error {
			return c.SaveUnheard(ctx, "2026-11", quota.Read, 2)
		}),
		sqlitetest.Op("SaveUnheard of none", func(ctx context.Context, c *sqlitetest.Company) error {
			return c.SaveUnheard(ctx, "2026-11", quota.Read, 0)
		}),
		sqlitetest.Op("QuotaLimits", func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.ErrOf2(c.QuotaLimits(ctx)) }),
		sqlitetest.Op("SaveQuotaLimits", func(ctx context.Context, c *sqlitetest.Company) error {
			return c.SaveQuotaLimits(ctx, quota.Limits{Reads: 9, Writes: 8})
		}),
		sqlitetest.Op("Exhausted", func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.ErrOf2(c.Exhausted(ctx)) }),
		sqlitetest.Op("SaveExhausted", func(ctx context.Context, c *sqlitetest.Company) error {
			return c.SaveExhausted(ctx, quota.Write, quota.Exhaustion{Since: sqlitetest.StillNow(), AskedAt: sqlitetest.StillNow()})
		}),
		sqlitetest.Op("SaveExhausted to none", func(ctx context.Context, c *sqlitetest.Company) error {
			return c.SaveExhausted(ctx, quota.Read, quota.Exhaustion{})
		}),
	}
}

func TestStore_failsWholeAtEveryStep(t *testing.T) {
	sqlitetest.CompanyFailsWhole(t, reflect.TypeFor[settings.Store](), operations())
}
