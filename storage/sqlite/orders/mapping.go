package orders

import (
	"context"
	"database/sql"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// OrderMappings gives what people have said of kinds of files, by name.
func (s Store) OrderMappings(ctx context.Context) ([]orders.Mapping, error) {
	return database.View(ctx, s.db, "list mappings", func(tx *sql.Tx) ([]orders.Mapping, error) {
		return database.SelectAll(ctx, tx, func(m *orders.Mapping) []any { return []any{database.JSONInto(m)} },
			`SELECT mapping FROM order_profile ORDER BY name_fold`)
	})
}

// SaveOrderMapping keeps one in the place of that of the same name; names are folded. KindInvalid: it makes no profile.
func (s Store) SaveOrderMapping(ctx context.Context, m orders.Mapping) error {
	if _, err := m.Profile(); err != nil {
		return err
	}
	text, err := database.JSONText(m)
	if err != nil {
		return err
	}
	return s.db.Update(ctx, "save the mapping", func(tx *sql.Tx) error {
		saved, err := database.ChangeOne(ctx, tx, `INSERT INTO order_profile (name_fold, mapping, at) VALUES (?, ?, ?)
			ON CONFLICT DO UPDATE SET mapping = excluded.mapping, at = excluded.at WHERE mapping <> excluded.mapping`,
			domain.Fold(m.Name), text, database.TimeText(s.db.Now()))
		if err != nil || !saved {
			return err
		}
		return s.db.Author().Record(ctx, tx, "order-mapping", map[string]any{"name": m.Name})
	})
}

// RemoveOrderMapping forgets the one of that name. KindNotFound: there is none.
func (s Store) RemoveOrderMapping(ctx context.Context, name string) error {
	return s.db.Update(ctx, "remove the mapping", func(tx *sql.Tx) error {
		removed, err := database.ChangeOne(ctx, tx, `DELETE FROM order_profile WHERE name_fold = ?`, domain.Fold(name))
		if err != nil {
			return err
		}
		if !removed {
			return domain.E(domain.KindNotFound, "find mapping "+name, nil)
		}
		return s.db.Author().Record(ctx, tx, "order-mapping-removed", map[string]any{"name": name})
	})
}
