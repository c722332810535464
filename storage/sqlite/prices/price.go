package prices

import (
	"context"
	"database/sql"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/catalogue"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// everywhere is the stored marketplace of the global rule.
const everywhere pricing.MarketplaceID = ""

// PriceRules gives the newest saved rules, none with version 0 when nothing was saved.
func (s Store) PriceRules(ctx context.Context) (pricing.Rules, error) {
	return database.View(ctx, s.db, "read price rules", func(tx *sql.Tx) (pricing.Rules, error) {
		r, _, err := database.SelectOne(ctx, tx, func(r *pricing.Rules) []any { return []any{&r.Version, &r.PerMarketplace} },
			`SELECT version, per_marketplace FROM price_rule_version ORDER BY version DESC LIMIT 1`)
		if err != nil {
			return r, err
		}
		r.Each, err = database.SelectMap(ctx, tx, func(m *pricing.MarketplaceID, r *pricing.Rule) []any {
			return []any{m, &r.Direction, &r.Kind, &r.Amount, &r.Extra, &r.Ending, &r.EndingMode}
		}, `SELECT marketplace, direction, kind, amount, extra, ending, ending_mode FROM price_rule WHERE version = ?`, r.Version)
		if global, ok := r.Each[everywhere]; ok {
			r.Global = &global
			delete(r.Each, everywhere)
		}
		return r, err
	})
}

// SavePriceRules stores r as the next version; older ones stay, because computed prices name them.
// r.Version is ignored.
func (s Store) SavePriceRules(ctx context.Context, r pricing.Rules) error {
	return s.db.Update(ctx, "save price rules", func(tx *sql.Tx) error {
		version, err := database.SelectValue[int64](ctx, tx, `INSERT INTO price_rule_version (version, per_marketplace, created_at)
			VALUES ((SELECT coalesce(max(version), 0) + 1 FROM price_rule_version), ?, ?) RETURNING version`,
			r.PerMarketplace, database.TimeText(s.db.Now()))
		if err != nil {
			return err
		}
		if r.Global != nil {
			if err := savePriceRule(ctx, tx, version, everywhere, *r.Global); err != nil {
				return err
			}
		}
		for m, rule := range r.Each {
			if m == everywhere {
				return domain.Invalid("marketplace", "choose")
			}
			if err := savePriceRule(ctx, tx, version, m, rule); err != nil {
				return err
			}
		}
		return s.db.Author().Record(ctx, tx, "price-rules", map[string]any{"version": version})
	})
}

func savePriceRule(ctx context.Context, tx *sql.Tx, version int64, m pricing.MarketplaceID, r pricing.Rule) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO price_rule
			(version, marketplace, direction, kind, amount, extra, ending, ending_mode)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		version, m, r.Direction, r.Kind, r.Amount.String(), r.Extra.String(), r.Ending, r.EndingMode)
	return err
}

// SamplePrices gives up to n active products that have a price above zero, the oldest first.
func (s Store) SamplePrices(ctx context.Context, n int) ([]domain.Product, error) {
	return database.View(ctx, s.db, "read sample prices", func(tx *sql.Tx) ([]domain.Product, error) {
		return catalogue.Select(ctx, tx, `WHERE state = 'active' AND CAST(price AS REAL) > 0 ORDER BY id LIMIT ?`, n)
	})
}
