package orders

import (
	"context"
	"database/sql"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// RememberPair keeps which product a source means; product 0 forgets.
func (s Store) RememberPair(ctx context.Context, p orders.Pair) error {
	if p.Product == 0 {
		return s.db.Execute(ctx, "forget what a source means", `DELETE FROM order_pair WHERE marketplace = ? AND key = ?`, p.Marketplace, p.Key)
	}
	return s.db.Execute(ctx, "remember what a source means", `INSERT INTO order_pair (marketplace, key, product_id, at) VALUES (?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET product_id = excluded.product_id, at = excluded.at`, p.Marketplace, p.Key, p.Product, database.TimeText(s.db.Now()))
}

// OpenQuantities gives, by product, how much of it is sold in orders that are accepted and not yet in an invoice that is
// issued (orders-invoices.md §8): so much of İşbaşı's stock is not there any more.
func (s Store) OpenQuantities(ctx context.Context) (map[domain.ProductID]decimal.Decimal, error) {
	return database.View(ctx, s.db, "count what is sold", func(tx *sql.Tx) (map[domain.ProductID]decimal.Decimal, error) {
		list, err := selectOrders(ctx, tx, ` WHERE o.status IN (?, ?) AND o.never = 0 AND coalesce(i.state NOT IN ('issued', 'documented'), 1)`,
			orders.StatusOK, orders.StatusOpen)
		if err != nil {
			return nil, err
		}
		open := map[domain.ProductID]decimal.Decimal{}
		for _, k := range list {
			for i, l := range k.Standing().Lines {
				if id := k.Products[i].ID; id != 0 {
					open[id] = open[id].Add(l.Quantity)
				}
			}
		}
		return open, nil
	})
}
