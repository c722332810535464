package settings_test

import (
	"context"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func TestSettings_failWhole(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	sqlitetest.AddProducts(t, c, 1)
	if _, err := c.DB.Writer.ExecContext(t.Context(), `INSERT INTO binding VALUES ('1', 1, 1, '')`); err != nil {
		t.Fatal(err)
	}
	exhausted := domaintest.Fill[quota.Exhaustion](0)
	sqlitetest.FailEverywhere(t, c.DB,
		sqlitetest.Doing("save settings", func(ctx context.Context) error {
			return c.SaveSettings(ctx, domaintest.Fill[domain.Settings](0), nil)
		}),
		sqlitetest.Doing("settings", func(ctx context.Context) error {
			_, err := c.Settings(ctx)
			return err
		}),
		sqlitetest.Doing("circumstances", func(ctx context.Context) error {
			_, err := c.Circumstances(ctx)
			return err
		}),
		sqlitetest.Doing("save limits", func(ctx context.Context) error { return c.SaveQuotaLimits(ctx, quota.Limits{Reads: 5, Writes: 6}) }),
		sqlitetest.Doing("limits", func(ctx context.Context) error {
			_, err := c.QuotaLimits(ctx)
			return err
		}),
		sqlitetest.Doing("book", func(ctx context.Context) error { return c.Book(ctx, "2026-11", quota.Read, 3) }),
		sqlitetest.Doing("booked", func(ctx context.Context) error {
			_, err := c.Booked(ctx, "2026-11")
			return err
		}),
		sqlitetest.Doing("exhausted", func(ctx context.Context) error { return c.SaveExhausted(ctx, quota.Read, exhausted) }),
		sqlitetest.Doing("what is exhausted", func(ctx context.Context) error {
			_, err := c.Exhausted(ctx)
			return err
		}),
		sqlitetest.Doing("reopened", func(ctx context.Context) error { return c.SaveExhausted(ctx, quota.Read, quota.Exhaustion{}) }),
		sqlitetest.Doing("no answer", func(ctx context.Context) error {
			_, _, err := c.Answer(ctx, "stock:1")
			return err
		}),
		sqlitetest.Doing("remember", func(ctx context.Context) error { return c.Remember(ctx, "stock:1", "denied") }),
		sqlitetest.Failing{Name: "answer", Do: func(ctx context.Context) (any, error) {
			_, ok, err := c.Answer(ctx, "stock:1")
			return ok, err
		}},
		sqlitetest.Doing("save connection", func(ctx context.Context) error {
			return c.SaveConnection(ctx, domaintest.Fill[domain.Connection](0))
		}),
		sqlitetest.Doing("save open connection", func(ctx context.Context) error {
			return c.SaveOpenConnection(ctx, domaintest.Fill[domain.Connection](1), nil)
		}),
		sqlitetest.Doing("connection", func(ctx context.Context) error {
			_, err := c.Connection(ctx)
			return err
		}),
		sqlitetest.Doing("forget connection", c.ForgetConnection),
	)
}
