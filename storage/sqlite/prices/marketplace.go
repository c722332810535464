package prices

import (
	"context"
	"database/sql"
	"slices"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// Marketplaces gives those that every company has, then those that a person added, in the order in which they
// were added. These stand with the company because its rules and approved prices name them: its file is whole by
// itself.
func (s Store) Marketplaces(ctx context.Context) (pricing.Marketplaces, error) {
	return database.View(ctx, s.db, "read marketplaces", func(tx *sql.Tx) (pricing.Marketplaces, error) {
		own, err := ownMarketplaces(ctx, tx)
		return slices.Concat(s.Shipped, own), err
	})
}

func ownMarketplaces(ctx context.Context, tx *sql.Tx) (pricing.Marketplaces, error) {
	return selectMarketplaces(ctx, tx, `WHERE archived_at IS NULL ORDER BY added_at, id`)
}

// selectMarketplaces reads marketplaces that a person added; tail is the query from WHERE on.
func selectMarketplaces(ctx context.Context, tx *sql.Tx, tail string) (pricing.Marketplaces, error) {
	return database.SelectAll(ctx, tx, func(m *pricing.Marketplace) []any { return []any{&m.ID, &m.Name, &m.Own} }, `SELECT id, name, true FROM marketplace `+tail)
}

// AddMarketplace adds one under a name that differs from those of all others; KindInvalid else. One of that
// name that was removed comes back under its old id.
func (s Store) AddMarketplace(ctx context.Context, name string) (pricing.Marketplace, error) {
	return database.Update(ctx, s.db, "add a marketplace", func(tx *sql.Tx) (pricing.Marketplace, error) {
		added := pricing.Marketplace{Own: true}
		own, err := ownMarketplaces(ctx, tx)
		if err != nil {
			return pricing.Marketplace{}, err
		}
		if added.Name, err = append(own, s.Shipped...).MarketplaceName("", name); err != nil {
			return pricing.Marketplace{}, err
		}
		archived, err := selectMarketplaces(ctx, tx, `WHERE archived_at IS NOT NULL ORDER BY archived_at DESC, id`)
		if err != nil {
			return pricing.Marketplace{}, err
		}
		if before, ok := archived.Find(added.Name); ok {
			added.ID = before.ID
			_, err = tx.ExecContext(ctx, `UPDATE marketplace SET name = ?, archived_at = NULL WHERE id = ?`, added.Name, added.ID)
		} else {
			given := append(append(own, s.Shipped...), archived...)
			added.ID = pricing.NewMarketplaceID(added.Name, func(id pricing.MarketplaceID) bool {
				_, taken := given.Find(string(id))
				return taken
			})
			_, err = tx.ExecContext(ctx, `INSERT INTO marketplace (id, name, added_at) VALUES (?, ?, ?)`, added.ID, added.Name, database.TimeText(s.db.Now()))
		}
		if err != nil {
			return pricing.Marketplace{}, err
		}
		return added, s.db.Author().Record(ctx, tx, "marketplace-added", map[string]any{"marketplace": added.Name})
	})
}

// RenameMarketplace gives an added marketplace another name; its id, and with it rules and prices, stay.
// KindNotFound: it is none that was added.
func (s Store) RenameMarketplace(ctx context.Context, id pricing.MarketplaceID, name string) error {
	return s.db.Update(ctx, "rename a marketplace", func(tx *sql.Tx) error {
		own, err := ownMarketplaces(ctx, tx)
		if err != nil {
			return err
		}
		before, ok := own.Find(string(id))
		if !ok || before.ID != id {
			return domain.E(domain.KindNotFound, "find the marketplace", nil)
		}
		if name, err = append(own, s.Shipped...).MarketplaceName(id, name); err != nil || name == before.Name {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE marketplace SET name = ? WHERE id = ?`, name, id); err != nil {
			return err
		}
		return s.db.Author().Record(ctx, tx, "marketplace-renamed", map[string]any{"marketplace": before.Name, "name": name})
	})
}

// RemoveMarketplace takes an added marketplace away. KindInvalid "marketplace-in-use": it has a rule of its
// own, which has to go first. Where older rules or approved prices name it, it is archived.
func (s Store) RemoveMarketplace(ctx context.Context, id pricing.MarketplaceID) error {
	return s.db.Update(ctx, "remove a marketplace", func(tx *sql.Tx) error {
		name, ok, err := database.SelectOne(ctx, tx, database.Itself[string], `SELECT name FROM marketplace WHERE id = ? AND archived_at IS NULL`, id)
		if err != nil {
			return err
		}
		if !ok {
			return domain.E(domain.KindNotFound, "find the marketplace", nil)
		}
		var ruled, named bool
		err = tx.QueryRowContext(ctx, `SELECT
			EXISTS (SELECT 1 FROM price_rule WHERE marketplace = ?1 AND version = (SELECT max(version) FROM price_rule_version)),
			EXISTS (SELECT 1 FROM price_rule WHERE marketplace = ?1) OR EXISTS (SELECT 1 FROM approved_price WHERE marketplace = ?1)
				OR EXISTS (SELECT 1 FROM approval_undo WHERE marketplace = ?1)`, id).Scan(&ruled, &named)
		switch {
		case err != nil:
			return err
		case ruled:
			return domain.Invalid("marketplace", "marketplace-in-use")
		case named:
			_, err = tx.ExecContext(ctx, `UPDATE marketplace SET archived_at = ? WHERE id = ?`, database.TimeText(s.db.Now()), id)
		default:
			_, err = tx.ExecContext(ctx, `DELETE FROM marketplace WHERE id = ?`, id)
		}
		if err != nil {
			return err
		}
		return s.db.Author().Record(ctx, tx, "marketplace-removed", map[string]any{"marketplace": name})
	})
}
