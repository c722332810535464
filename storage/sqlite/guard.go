package sqlite

import (
	"context"
	"database/sql"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
)

// Guards gives the guards of the products that have any.
func (c *Company) Guards(ctx context.Context) (map[domain.ProductID]pricing.Guards, error) {
	return read(ctx, c.db, "read price guards", func(tx *sql.Tx) (map[domain.ProductID]pricing.Guards, error) {
		return selectMap(ctx, tx, func(id *domain.ProductID, g *pricing.Guards) []any { return []any{id, &g.Minimum, &g.Cost} },
			`SELECT product_id, minimum, cost FROM price_guard`)
	})
}

// ProductGuards gives the guards of one product, the zero value when it has none.
func (c *Company) ProductGuards(ctx context.Context, id domain.ProductID) (pricing.Guards, error) {
	return read(ctx, c.db, "read price guards", func(tx *sql.Tx) (pricing.Guards, error) {
		g, _, err := selectOne(ctx, tx, func(g *pricing.Guards) []any { return []any{&g.Minimum, &g.Cost} },
			`SELECT minimum, cost FROM price_guard WHERE product_id = ?`, id)
		return g, err
	})
}

// SaveGuards sets what a product may never be sold below; the zero value takes it away. KindNotFound:
// there is no such product.
func (c *Company) SaveGuards(ctx context.Context, id domain.ProductID, g pricing.Guards) error {
	if err := g.Validate(); err != nil {
		return err
	}
	return c.db.writing(ctx, "save price guards", func(tx *sql.Tx) error {
		code, ok, err := selectOne(ctx, tx, itself[domain.Code], `SELECT code FROM product WHERE id = ?`, id)
		if err != nil {
			return err
		}
		if !ok {
			return domain.E(domain.KindNotFound, "find the product", nil)
		}
		return c.author().saveGuards(ctx, tx, id, code, g)
	})
}

func (a author) saveGuards(ctx context.Context, tx *sql.Tx, id domain.ProductID, code domain.Code, g pricing.Guards) (err error) {
	if !g.Minimum.Valid && !g.Cost.Valid {
		_, err = tx.ExecContext(ctx, `DELETE FROM price_guard WHERE product_id = ?`, id)
	} else {
		_, err = tx.ExecContext(ctx, `INSERT INTO price_guard (product_id, minimum, cost) VALUES (?, ?, ?)
			ON CONFLICT (product_id) DO UPDATE SET minimum = excluded.minimum, cost = excluded.cost`, id, g.Minimum, g.Cost)
	}
	if err != nil {
		return err
	}
	return a.record(ctx, tx, "price-guard", map[string]any{
		"product": id, "code": code, "minimum": numberText(g.Minimum), "cost": numberText(g.Cost),
	})
}

// settingMaxPriceChange stands with the settings, but is no process choice.
const settingMaxPriceChange = "max_price_change"

// MaxPriceChange gives the percent of the last approved price above which a change waits for approval;
// not valid: no such guard.
func (c *Company) MaxPriceChange(ctx context.Context) (decimal.NullDecimal, error) {
	return read(ctx, c.db, "read price guards", func(tx *sql.Tx) (decimal.NullDecimal, error) {
		percent, _, err := selectOne(ctx, tx, itself[decimal.NullDecimal], `SELECT value FROM setting WHERE key = ?`, settingMaxPriceChange)
		return percent, err
	})
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
			err = saveSetting(ctx, tx, settingMaxPriceChange, percent.Decimal.String())
		} else {
			_, err = tx.ExecContext(ctx, `DELETE FROM setting WHERE key = ?`, settingMaxPriceChange)
		}
		if err != nil {
			return err
		}
		return c.author().record(ctx, tx, "price-max-change", map[string]any{"percent": numberText(percent)})
	})
}
