package prices_test

import (
	"context"
	"reflect"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/prices"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func operations() []sqlitetest.Operation[*sqlitetest.Company] {
	rule := pricing.Rule{Direction: pricing.Discount, Kind: pricing.Amount, Amount: decimal.NewFromInt(2)}
	return []sqlitetest.Operation[*sqlitetest.Company]{
		sqlitetest.Op("RankProducts", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.RankProducts(ctx, domain.ProductQuery{Sort: domain.ProductsByBrand}))
		}),
		sqlitetest.Op("ActiveProducts", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.ActiveProducts(ctx))
		}),
		sqlitetest.Op("ActiveStock", func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.Walked(c.ActiveStock(ctx)) }),
		sqlitetest.Op("StockOf", func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.ErrOf2(c.StockOf(ctx, 1, 2)) }),
		sqlitetest.Op("PricedIn", func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.ErrOf2(c.PricedIn(ctx)) }),
		sqlitetest.Op("MaxPriceChange", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.MaxPriceChange(ctx))
		}),
		sqlitetest.Op("SaveMaxPriceChange", func(ctx context.Context, c *sqlitetest.Company) error {
			return c.SaveMaxPriceChange(ctx, sqlitetest.Dec("31"))
		}),
		sqlitetest.Op("SaveMaxPriceChange to none", func(ctx context.Context, c *sqlitetest.Company) error {
			return c.SaveMaxPriceChange(ctx, decimal.NullDecimal{})
		}),
		sqlitetest.Op("PriceRules", func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.ErrOf2(c.PriceRules(ctx)) }),
		sqlitetest.Op("EarlierRules", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.EarlierRules(ctx, 2))
		}),
		sqlitetest.Op("SavePriceRules", func(ctx context.Context, c *sqlitetest.Company) error {
			return c.SavePriceRules(ctx, pricing.Rules{Global: &rule, Each: map[pricing.MarketplaceID]pricing.Rule{"trendyol": rule}})
		}),
		sqlitetest.Op("SamplePrices", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.SamplePrices(ctx, 3))
		}),
		sqlitetest.Op("ApprovedPrices", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.ApprovedPrices(ctx))
		}),
		sqlitetest.Op("ApprovedByProduct", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.Walked(c.ApprovedByProduct(ctx))
		}),
		sqlitetest.Op("ApprovePrices", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.ApprovePrices(ctx, sqlitetest.Approvals(nil, pricing.Approved{Product: 1, Marketplace: "trendyol", Currency: domain.TRY},
				pricing.Approved{Product: 2, Marketplace: "trendyol", Currency: domain.TRY})))
		}),
		sqlitetest.Op("UndoApproval", func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.ErrOf2(c.UndoApproval(ctx)) }),
		sqlitetest.Op("UndoApproval of none", func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.ErrOf2(c.UndoApproval(ctx)) }).
			After(func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.ErrOf2(c.UndoApproval(ctx)) }),
		sqlitetest.Op("Rates", func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.ErrOf2(c.Rates(ctx)) }),
		sqlitetest.Op("SaveRates", func(ctx context.Context, c *sqlitetest.Company) error {
			return c.SaveRates(ctx, pricing.Rate{Currency: domain.USD, Day: "2026-11-20", Value: decimal.NewFromInt(42)},
				pricing.Rate{Currency: domain.EUR, Day: "2026-11-20", Value: decimal.NewFromInt(48)})
		}),
		sqlitetest.Op("RemoveRate", func(ctx context.Context, c *sqlitetest.Company) error {
			return c.RemoveRate(ctx, domain.USD, "2026-11-20")
		}),
		sqlitetest.Op("Marketplaces", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.Marketplaces(ctx))
		}),
		sqlitetest.Op("AddMarketplace", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.AddMarketplace(ctx, "Üçüncü"))
		}),
		sqlitetest.Op("AddMarketplace again", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.AddMarketplace(ctx, "Eski Pazar"))
		}),
		sqlitetest.Op("RenameMarketplace", func(ctx context.Context, c *sqlitetest.Company) error {
			own, err := c.Marketplaces(ctx)
			if err != nil {
				return err
			}
			return c.RenameMarketplace(ctx, own[0].ID, "Başka Pazar")
		}),
		sqlitetest.Op("RemoveMarketplace", func(ctx context.Context, c *sqlitetest.Company) error {
			own, err := c.Marketplaces(ctx)
			if err != nil {
				return err
			}
			return c.RemoveMarketplace(ctx, own[0].ID)
		}).After(func(ctx context.Context, c *sqlitetest.Company) error { return c.SavePriceRules(ctx, pricing.Rules{}) }),
		sqlitetest.Op("RemoveMarketplace that nothing names", func(ctx context.Context, c *sqlitetest.Company) error { return c.RemoveMarketplace(ctx, "own-ucuncu") }).
			After(func(ctx context.Context, c *sqlitetest.Company) error {
				return sqlitetest.ErrOf2(c.AddMarketplace(ctx, "Üçüncü"))
			}),
	}
}

func TestStore_failsWholeAtEveryStep(t *testing.T) {
	sqlitetest.CompanyFailsWhole(t, reflect.TypeFor[prices.Store](), operations())
}

// What is damaged in a file is said by whoever needs it, and nothing is written.
func TestStore_saysWhatIsDamaged(t *testing.T) {
	sqlitetest.SaysWhatIsDamaged(t, operations(), map[string][]string{
		`UPDATE approved_price SET price = 'x'`:                         {"ApprovedPrices", "ApprovedByProduct", "ActiveStock", "StockOf"},
		`UPDATE product SET updated_at = 'yesterday'`:                   {"ActiveStock", "StockOf", "SamplePrices"},
		`UPDATE price_guard SET cost = 'x'`:                             {"StockOf"},
		`UPDATE price_rule SET amount = 'x'`:                            {"PriceRules"},
		`UPDATE exchange_rate SET rate = 'x'`:                           {"Rates"},
		`UPDATE setting SET value = 'x' WHERE key = 'max_price_change'`: {"MaxPriceChange"},
	})
}
