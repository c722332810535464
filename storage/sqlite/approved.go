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
// marketplace, all or none of them, and gives how many. An error among them ends it. What they replace can
// be brought back by UndoApproval until the next approval.
func (c *Company) ApprovePrices(ctx context.Context, prices iter.Seq2[pricing.Approved, error]) (n int, err error) {
	err = c.db.writing(ctx, "approve prices", func(tx *sql.Tx) error {
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
		remember, err := tx.PrepareContext(ctx, `INSERT INTO approval_undo
				(product_id, marketplace, price, base, currency, rate, version, approved_at)
			SELECT ?1, ?2, a.price, a.base, a.currency, a.rate, a.version, a.approved_at
			FROM (SELECT 1) LEFT JOIN approved_price a ON a.product_id = ?1 AND a.marketplace = ?2
			WHERE true ON CONFLICT DO NOTHING`)
		if err != nil {
			return err
		}
		defer func() { _ = remember.Close() }()
		at := timeText(c.db.now())
		for p, err := range prices {
			if err != nil {
				return err
			}
			if n == 0 {
				if _, err := tx.ExecContext(ctx, `DELETE FROM approval_undo`); err != nil {
					return err
				}
			}
			if _, err := remember.ExecContext(ctx, p.Product, p.Marketplace); err != nil {
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

// UndoApproval brings back what the last approval replaced, and gives how many prices that are: 0 when
// there is nothing to take back.
func (c *Company) UndoApproval(ctx context.Context) (n int, err error) {
	err = c.db.writing(ctx, "undo an approval of prices", func(tx *sql.Tx) error {
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM approval_undo`).Scan(&n); err != nil || n == 0 {
			return err
		}
		for _, step := range []string{
			`DELETE FROM approved_price WHERE (product_id, marketplace) IN (SELECT product_id, marketplace FROM approval_undo)`,
			`INSERT INTO approved_price (product_id, marketplace, price, base, currency, rate, version, approved_at)
				SELECT product_id, marketplace, price, base, currency, rate, version, approved_at FROM approval_undo WHERE price IS NOT NULL`,
			`DELETE FROM approval_undo`,
		} {
			if _, err := tx.ExecContext(ctx, step); err != nil {
				return err
			}
		}
		return c.record(ctx, tx, "prices-approval-undone", map[string]any{"prices": n})
	})
	if err != nil {
		return 0, err
	}
	return n, nil
}
