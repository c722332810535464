package prices

import (
	"context"
	"database/sql"
	"math"
	"slices"
	"strconv"

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
		saved, err := rulesBefore(ctx, tx, math.MaxInt64)
		return saved.Rules, err
	})
}

// EarlierRules gives the newest rules that were saved before version, with the moment; none with version 0 when nothing was.
func (s Store) EarlierRules(ctx context.Context, version int64) (pricing.SavedRules, error) {
	return database.View(ctx, s.db, "read earlier price rules", func(tx *sql.Tx) (pricing.SavedRules, error) {
		return rulesBefore(ctx, tx, version)
	})
}

func rulesBefore(ctx context.Context, tx *sql.Tx, version int64) (pricing.SavedRules, error) {
	r, _, err := database.SelectOne(ctx, tx, func(r *pricing.SavedRules) []any {
		return []any{&r.Version, &r.PerMarketplace, database.TimeInto(&r.At)}
	}, `SELECT version, per_marketplace, created_at FROM price_rule_version WHERE version < ? ORDER BY version DESC LIMIT 1`, version)
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
}

// SavePriceRules stores r as the next version; older ones stay, because computed prices name them.
// r.Version is ignored.
func (s Store) SavePriceRules(ctx context.Context, r pricing.Rules) error {
	return s.db.Update(ctx, "save price rules", func(tx *sql.Tx) error {
		was, err := rulesBefore(ctx, tx, math.MaxInt64)
		if err != nil {
			return err
		}
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
		changes, err := s.ruleChanges(ctx, tx, was.Rules, r)
		if err != nil {
			return err
		}
		return s.db.Author().Record(ctx, tx, "price-rules", map[string]any{"version": version, "changes": changes})
	})
}

// ruleChanges are what a save replaces: by the marketplace's name the rule that was and the one that is, null for none.
func (s Store) ruleChanges(ctx context.Context, tx *sql.Tx, was, is pricing.Rules) (map[string][2]any, error) {
	own, err := selectMarketplaces(ctx, tx, `ORDER BY id`) // removed ones too
	if err != nil {
		return nil, err
	}
	changes := map[string][2]any{}
	if was.PerMarketplace != is.PerMarketplace {
		changes["per_marketplace"] = [2]any{strconv.FormatBool(was.PerMarketplace), strconv.FormatBool(is.PerMarketplace)}
	}
	if !was.Global.Same(is.Global) {
		changes["every_marketplace"] = [2]any{was.Global, is.Global}
	}
	named := slices.Concat(s.Shipped, own)
	for _, rules := range []map[pricing.MarketplaceID]pricing.Rule{was.Each, is.Each} {
		for m := range rules {
			if before, after := was.Of(m), is.Of(m); !before.Same(after) {
				changes[named.Name(m)] = [2]any{before, after}
			}
		}
	}
	return changes, nil
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
