package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
)

// Guards gives the guards of the products that have any.
func (c *Company) Guards(ctx context.Context) (map[domain.ProductID]pricing.Guards, error) {
	all := map[domain.ProductID]pricing.Guards{}
	err := c.db.reading(ctx, "read price guards", func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT product_id, minimum, cost FROM price_guard`)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var id domain.ProductID
			var g pricing.Guards
			if err := rows.Scan(&id, &g.Minimum, &g.Cost); err != nil {
				return err
			}
			all[id] = g
		}
		return rows.Err()
	})
	return all, err
}

// ProductGuards gives the guards of one product, the zero value when it has none.
func (c *Company) ProductGuards(ctx context.Context, id domain.ProductID) (pricing.Guards, error) {
	var g pricing.Guards
	err := c.db.reading(ctx, "read price guards", func(tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, `SELECT minimum, cost FROM price_guard WHERE product_id = ?`, id).Scan(&g.Minimum, &g.Cost)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	return g, err
}

// SaveGuards sets what a product may never be sold below; the zero value takes it away. KindNotFound:
// there is no such product.
func (c *Company) SaveGuards(ctx context.Context, id domain.ProductID, g pricing.Guards) error {
	if err := g.Validate(); err != nil {
		return err
	}
	return c.db.writing(ctx, "save price guards", func(tx *sql.Tx) error {
		var code domain.Code
		err := tx.QueryRowContext(ctx, `SELECT code FROM product WHERE id = ?`, id).Scan(&code)
		if errors.Is(err, sql.ErrNoRows) {
			return domain.E(domain.KindNotFound, "find the product", nil)
		}
		if err != nil {
			return err
		}
		return c.saveGuards(ctx, tx, id, code, g)
	})
}

func (c *Company) saveGuards(ctx context.Context, tx *sql.Tx, id domain.ProductID, code domain.Code, g pricing.Guards) (err error) {
	if !g.Minimum.Valid && !g.Cost.Valid {
		_, err = tx.ExecContext(ctx, `DELETE FROM price_guard WHERE product_id = ?`, id)
	} else {
		_, err = tx.ExecContext(ctx, `INSERT INTO price_guard (product_id, minimum, cost) VALUES (?, ?, ?)
			ON CONFLICT (product_id) DO UPDATE SET minimum = excluded.minimum, cost = excluded.cost`, id, g.Minimum, g.Cost)
	}
	if err != nil {
		return err
	}
	return c.record(ctx, tx, "price-guard", map[string]any{
		"product": id, "code": code, "minimum": numberText(g.Minimum), "cost": numberText(g.Cost),
	})
}

// numberText is a number in the history; absent ones are null.
func numberText(d decimal.NullDecimal) any {
	if !d.Valid {
		return nil
	}
	return d.Decimal.String()
}

// settingMaxPriceChange stands with the settings, but is no process choice.
const settingMaxPriceChange = "max_price_change"

// MaxPriceChange gives the percent of the last approved price above which a change waits for approval;
// not valid: no such guard.
func (c *Company) MaxPriceChange(ctx context.Context) (decimal.NullDecimal, error) {
	var percent decimal.NullDecimal
	err := c.db.reading(ctx, "read price guards", func(tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, `SELECT value FROM setting WHERE key = ?`, settingMaxPriceChange).Scan(&percent)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	return percent, err
}

// SaveMaxPriceChange sets it; not valid takes it away.
func (c *Company) SaveMaxPriceChange(ctx context.Context, percent decimal.NullDecimal) error {
	const decimals = 4
	switch {
	case percent.Decimal.IsNegative():
		return domain.Invalid("max-change", "negative")
	case !percent.Decimal.Equal(percent.Decimal.Truncate(decimals)):
		return domain.Invalid("max-change", "decimals")
	}
	return c.db.writing(ctx, "save price guards", func(tx *sql.Tx) error {
		var err error
		if percent.Valid {
			_, err = tx.ExecContext(ctx, `INSERT INTO setting (key, value) VALUES (?, ?)
				ON CONFLICT (key) DO UPDATE SET value = excluded.value`, settingMaxPriceChange, percent.Decimal.String())
		} else {
			_, err = tx.ExecContext(ctx, `DELETE FROM setting WHERE key = ?`, settingMaxPriceChange)
		}
		if err != nil {
			return err
		}
		return c.record(ctx, tx, "price-max-change", map[string]any{"percent": numberText(percent)})
	})
}
