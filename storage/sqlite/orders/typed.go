package orders

import (
	"cmp"
	"context"
	"database/sql"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// AddOrder stores an order that a person has typed; without a package its number is that. KindInvalid: marketplace or
// package is missing, or the key is there already (field "package").
func (s Store) AddOrder(ctx context.Context, o orders.Order) (orders.Kept, error) {
	o = o.Lined()
	o.Package = cmp.Or(o.Package, o.Number)
	switch {
	case o.Marketplace == "":
		return orders.Kept{}, domain.Invalid("marketplace", "required")
	case o.Package == "":
		return orders.Kept{}, domain.Invalid("package", "required")
	}
	return database.Update(ctx, s.db, "add the order", func(tx *sql.Tx) (orders.Kept, error) {
		there, err := database.SelectValue[bool](ctx, tx, `SELECT EXISTS (SELECT 1 FROM sales_order WHERE marketplace = ? AND package = ?)`, o.Marketplace, o.Package)
		if err != nil {
			return orders.Kept{}, err
		}
		if there {
			return orders.Kept{}, domain.Invalid("package", "order-exists")
		}
		var add database.Statement
		if err := database.PrepareAll(ctx, tx, database.Prepare(&add, insertOrder)); err != nil {
			return orders.Kept{}, err
		}
		by := s.db.Author()
		id, err := insert(ctx, add, &orders.Kept{Order: o, Source: orders.SourceTyped}, by.At.UTC().Truncate(time.Millisecond))
		if err != nil {
			return orders.Kept{}, err
		}
		if err := by.Record(ctx, tx, "order-added", told(o)); err != nil {
			return orders.Kept{}, err
		}
		return byID(ctx, tx, id)
	})
}

// RemoveOrder forgets an order that a person has typed. KindNotFound: there is none; KindState: it was read of a source, or
// somebody has tried to invoice it.
func (s Store) RemoveOrder(ctx context.Context, k orders.Key) error {
	return s.db.Update(ctx, "remove the order", func(tx *sql.Tx) error {
		o, err := byKey(ctx, tx, k)
		if err != nil {
			return err
		}
		removed, err := database.ChangeOne(ctx, tx, `DELETE FROM sales_order WHERE id = ? AND source = ?
			AND NOT EXISTS (SELECT 1 FROM invoice WHERE marketplace = ? AND package = ?)`, o.ID, orders.SourceTyped, k.Marketplace, k.Package)
		if err != nil {
			return err
		}
		if !removed {
			return domain.E(domain.KindState, "remove order "+k.Package, nil)
		}
		return s.db.Author().Record(ctx, tx, "order-removed", told(o.Order))
	})
}
