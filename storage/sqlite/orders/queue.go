package orders

import (
	"context"
	"database/sql"

	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// Enqueue makes orders wait to be invoiced, WishNothing takes them out of the queue.
func (s Store) Enqueue(ctx context.Context, w orders.Wish, ids ...int64) error {
	text, err := database.JSONText(ids)
	if err != nil {
		return err
	}
	return s.db.Execute(ctx, "queue orders", `UPDATE sales_order SET wish = ? WHERE id IN (SELECT value FROM json_each(?))`, w, text)
}

// Queued gives the IDs and wishes of the orders that wait, the oldest order first.
func (s Store) Queued(ctx context.Context) ([]issuing.Queued, error) {
	return database.View(ctx, s.db, "read the queue of orders", func(tx *sql.Tx) ([]issuing.Queued, error) {
		return database.SelectAll(ctx, tx, func(q *issuing.Queued) []any { return []any{&q.ID, &q.Key.Marketplace, &q.Key.Package, &q.Wish} },
			`SELECT o.id, o.marketplace, o.package, o.wish FROM sales_order o WHERE o.wish <> '' ORDER BY `+oldest)
	})
}
