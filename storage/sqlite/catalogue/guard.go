package catalogue

import (
	"context"
	"database/sql"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// Guards gives the guards of the products that have any.
func (s Store) Guards(ctx context.Context) (map[domain.ProductID]pricing.Guards, error) {
	return database.View(ctx, s.db, "read price guards", func(tx *sql.Tx) (map[domain.ProductID]pricing.Guards, error) {
		return database.SelectMap(ctx, tx, func(id *domain.ProductID, g *pricing.Guards) []any { return []any{id, &g.Minimum, &g.Cost} },
			`SELECT product_id, minimum, cost FROM price_guard`)
	})
}

// ProductGuards gives the guards of one product, the zero value when it has none.
func (s Store) ProductGuards(ctx context.Context, id domain.ProductID) (pricing.Guards, error) {
	return database.View(ctx, s.db, "read price guards", func(tx *sql.Tx) (pricing.Guards, error) { return guardsOf(ctx, tx, id) })
}

func guardsOf(ctx context.Context, tx *sql.Tx, id domain.ProductID) (pricing.Guards, error) {
	g, _, err := database.SelectOne(ctx, tx, func(g *pricing.Guards) []any { return []any{&g.Minimum, &g.Cost} },
		`SELECT minimum, cost FROM price_guard WHERE product_id = ?`, id)
	return g, err
}

// saveGuards sets what a product may never be sold below; the zero value takes it away.
func saveGuards(ctx context.Context, tx *sql.Tx, by database.Author, id domain.ProductID, code domain.Code, g pricing.Guards) error {
	was, err := guardsOf(ctx, tx, id)
	if err != nil {
		return err
	}
	if !g.Minimum.Valid && !g.Cost.Valid {
		_, err = tx.ExecContext(ctx, `DELETE FROM price_guard WHERE product_id = ?`, id)
	} else {
		_, err = tx.ExecContext(ctx, `INSERT INTO price_guard (product_id, minimum, cost) VALUES (?, ?, ?)
			ON CONFLICT (product_id) DO UPDATE SET minimum = excluded.minimum, cost = excluded.cost`, id, g.Minimum, g.Cost)
	}
	if err != nil {
		return err
	}
	told := func(g pricing.Guards) map[string]any { return map[string]any{"minimum": g.Minimum, "cost": g.Cost} }
	return by.RecordChanges(ctx, tx, "price-guard", map[string]any{"product": id, "code": code}, told(was), told(g))
}
