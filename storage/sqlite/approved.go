package sqlite

import (
	"context"
	"database/sql"
	"iter"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
)

// ApprovedPrices gives the last approved prices of every product that has any.
func (c *Company) ApprovedPrices(ctx context.Context) (map[domain.ProductID]pricing.LastPrices, error) {
	all := map[domain.ProductID]pricing.LastPrices{}
	names := map[string]pricing.MarketplaceID{} // one text for all rows that name it
	err := c.db.reading(ctx, "read approved prices", func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT product_id, marketplace, price FROM approved_price`)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var id domain.ProductID
			var name sql.RawBytes
			var price decimal.Decimal
			if err := rows.Scan(&id, &name, &price); err != nil {
				return err
			}
			m, ok := names[string(name)]
			if !ok {
				m = pricing.MarketplaceID(name)
				names[string(name)] = m
			}
			all[id] = append(all[id], pricing.LastPrice{Marketplace: m, Kurus: price.Shift(2).IntPart()})
		}
		return rows.Err()
	})
	return all, err
}

// ApprovePrices keeps prices that a person lets go, in place of earlier ones of the same product and
// marketplace, all or none of them, and gives how many. An error among them ends it.
func (c *Company) ApprovePrices(ctx context.Context, prices iter.Seq2[pricing.Approved, error]) (n int, err error) {
	err = c.db.writing(ctx, "approve prices", func(tx *sql.Tx) error {
		n = 0
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
		for p, err := range prices {
			if err != nil {
				return err
			}
			_, err := keep.ExecContext(ctx, p.Product, p.Marketplace, p.Price.String(), p.Base.String(), p.Currency,
				p.Rate, p.Version, at)
			if err != nil {
				return err
			}
			n++
		}
		if n == 0 {
			return nil
		}
		return c.record(ctx, tx, "prices-approved", map[string]any{"prices": n})
	})
	if err != nil {
		return 0, err
	}
	return n, nil
}
