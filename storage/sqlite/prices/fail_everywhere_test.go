package prices_test

import (
	"context"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func TestPrices_failWhole(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	c.Shipped = shipped
	sqlitetest.AddProducts(t, c, 2)
	rule := domaintest.Fill[pricing.Rule](0)
	rules := pricing.Rules{Global: &rule, Each: map[pricing.MarketplaceID]pricing.Rule{"n11": rule, "own-a": rule}}
	rate := pricing.Rate{Currency: domain.USD, Day: "2026-11-23", Value: decimal.New(42, 0)}
	approve := func(price int64) sqlitetest.Failing {
		return sqlitetest.Failing{Name: "approve", Do: func(ctx context.Context) (any, error) {
			return c.ApprovePrices(ctx, sqlitetest.Approvals(nil, pricing.Approved{Product: 1, Marketplace: "own-c", Price: decimal.New(price, 0)},
				pricing.Approved{Product: 2, Marketplace: "n11", Price: decimal.New(price, 0)}))
		}}
	}
	add := func(name string) sqlitetest.Failing {
		return sqlitetest.Doing("add "+name, func(ctx context.Context) error {
			_, err := c.AddMarketplace(ctx, name)
			return err
		})
	}
	remove := func(id pricing.MarketplaceID) sqlitetest.Failing {
		return sqlitetest.Doing("remove "+string(id), func(ctx context.Context) error { return c.RemoveMarketplace(ctx, id) })
	}
	sqlitetest.FailEverywhere(t, c.DB,
		sqlitetest.Doing("save rules", func(ctx context.Context) error { return c.SavePriceRules(ctx, rules) }),
		sqlitetest.Doing("rules", func(ctx context.Context) error {
			_, err := c.PriceRules(ctx)
			return err
		}),
		sqlitetest.Doing("sample", func(ctx context.Context) error {
			_, err := c.SamplePrices(ctx, 3)
			return err
		}),
		add("a"), add("b"), add("c"),
		sqlitetest.Doing("own", func(ctx context.Context) error {
			_, err := c.Marketplaces(ctx)
			return err
		}),
		sqlitetest.Doing("rename", func(ctx context.Context) error { return c.RenameMarketplace(ctx, "own-b", "Başka") }),
		approve(5), approve(6),
		sqlitetest.Doing("approved", func(ctx context.Context) error {
			_, err := c.ApprovedPrices(ctx)
			return err
		}),
		sqlitetest.Doing("active stock", func(ctx context.Context) error { return sqlitetest.Walked(c.ActiveStock(ctx)) }),
		sqlitetest.Doing("approved by product", func(ctx context.Context) error { return sqlitetest.Walked(c.ApprovedByProduct(ctx)) }),
		sqlitetest.Failing{Name: "stock of", Do: func(ctx context.Context) (any, error) { return c.StockOf(ctx, 1, 2) }},
		sqlitetest.Doing("priced in", func(ctx context.Context) error {
			_, err := c.PricedIn(ctx)
			return err
		}),
		sqlitetest.Doing("active products", func(ctx context.Context) error {
			_, err := c.ActiveProducts(ctx)
			return err
		}),
		sqlitetest.Failing{Name: "take back", Do: func(ctx context.Context) (any, error) { return c.UndoApproval(ctx) }},
		sqlitetest.Failing{Name: "nothing to take back", Do: func(ctx context.Context) (any, error) { return c.UndoApproval(ctx) }},
		remove("own-b"), remove("own-c"), add("c"), add("b"),
		sqlitetest.Doing("save rates", func(ctx context.Context) error { return c.SaveRates(ctx, rate, rate) }),
		sqlitetest.Doing("rates", func(ctx context.Context) error {
			_, err := c.Rates(ctx)
			return err
		}),
		sqlitetest.Doing("remove a rate", func(ctx context.Context) error { return c.RemoveRate(ctx, rate.Currency, rate.Day) }),
	)
}
