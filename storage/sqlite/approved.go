package sqlite

import (
	"context"
	"database/sql"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
)

// ApprovedPrices gives the last approved price of each product and marketplace.
func (c *Company) ApprovedPrices(ctx context.Context) (map[domain.ProductID]map[pricing.MarketplaceID]decimal.Decimal, error) {
	all := map[domain.ProductID]map[pricing.MarketplaceID]decimal.Decimal{}
	err := c.db.reading(ctx, "read approved prices", func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT product_id, marketplace, price FROM approved_price`)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var id domain.ProductID
			var m pricing.MarketplaceID
			var price decimal.Decimal
			if err := rows.Scan(&id, &m, &price); err != nil {
				return err
			}
			if all[id] == nil {
				all[id] = map[pricing.MarketplaceID]decimal.Decimal{}
			}
			all[id][m] = price
		}
		return rows.Err()
	})
	return all, err
}

// ApprovePrices keeps prices that a person lets go, in place of earlier ones of the same product and
// marketplace. The history tells how many.
func (c *Company) ApprovePrices(ctx context.Context, prices []pricing.Approved) error {
	return c.db.writing(ctx, "approve prices", func(tx *sql.Tx) error {
		keep, err := tx.PrepareContext(ctx, `INSERT INTO approved_price
				(product_id, marketplace, price, base, currency, rate, version, approved_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (product_id, marketplace) DO UPDATE SET price = excluded.price, base = excluded.base,
				currency = excluded.currency, rate = excluded.rate, version = excluded.version,
				approved_at = excluded.approved_at`)
		if err != nil {
			return err
		}
		defer func() { _ = keep.Close() }()
		at := timeText(c.db.now())
		for _, p := range prices {
			_, err := keep.ExecContext(ctx, p.Product, p.Marketplace, p.Price.String(), p.Base.String(), p.Currency,
				p.Rate, p.Version, at)
			if err != nil {
				return err
			}
		}
		return c.record(ctx, tx, "prices-approved", map[string]any{"prices": len(prices)})
	})
}
