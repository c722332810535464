package orders

import (
	"context"
	"database/sql"
	"iter"

	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// ListOrders gives one page of the orders, whole, and how many the query finds.
func (s Store) ListOrders(ctx context.Context, q orders.Query) ([]orders.Kept, int, error) {
	before := s.db.State()
	return database.ViewBoth(ctx, s.db, "list orders", func(tx *sql.Tx) ([]orders.Kept, int, error) {
		page, total, err := s.list.Page(ctx, tx, before, listing(q))
		if err != nil || len(page) == 0 {
			return nil, total, err
		}
		list, err := those(ctx, tx, page)
		return list, total, err
	})
}

// atOnce is how many orders are in memory while all of them are gone through.
const atOnce = 500

// EachOrder yields all orders of q, whatever its Limit and Offset, in the order of ListOrders, from one snapshot. An error
// comes at most once, last.
func (s Store) EachOrder(ctx context.Context, q orders.Query) iter.Seq2[orders.Kept, error] {
	return database.ViewSeq(ctx, s.db, "list orders", func(tx *sql.Tx) iter.Seq2[orders.Kept, error] {
		return func(yield func(orders.Kept, error) bool) {
			q.Limit, q.Offset = 0, 0
			ids, _, err := listing(q).Page(ctx, tx)
			for err == nil && len(ids) > 0 {
				var list []orders.Kept
				n := min(atOnce, len(ids))
				list, err = those(ctx, tx, ids[:n])
				ids = ids[n:]
				for _, k := range list {
					if !yield(k, nil) {
						return
					}
				}
			}
			if err != nil {
				yield(orders.Kept{}, err)
			}
		}
	})
}

// those gives the orders of these IDs, in their order.
func those(ctx context.Context, tx *sql.Tx, ids []int64) ([]orders.Kept, error) {
	text, err := database.JSONText(ids)
	if err != nil {
		return nil, err
	}
	return selectOrders(ctx, tx, ` JOIN json_each(?) w ON w.value = o.id ORDER BY w.key`, text)
}

// listing is a query of orders.
func listing(q orders.Query) database.Listing {
	l := database.Listing{
		ID: `o.id`, Text: `(o.search_fold || char(10) || iif(` + invoiced + `, i.number_fold, ''))`, From: tables, All: database.Clause{SQL: `true`}, Rows: database.Clause{SQL: `true`},
		Order: order(q), Desc: q.Desc, Words: database.Words(q.Search), Limit: q.Limit, Offset: q.Offset,
	}
	if q.Marketplace != "" {
		l.Rows.SQL, l.Rows.Args = l.Rows.SQL+` AND o.marketplace = ?`, append(l.Rows.Args, q.Marketplace)
	}
	if q.Stage != "" {
		l.Rows.SQL, l.Rows.Args = l.Rows.SQL+` AND `+stage+` = ?`, append(l.Rows.Args, q.Stage)
	}
	return l
}

// order is the ORDER BY of a query, "" for the order in which the orders came. What is absent comes last, and equal orders
// stay in that order, so that pages never overlap.
func order(q orders.Query) string {
	switch q.Sort {
	case orders.SortByMarketplace:
		return database.Ordered(q.Desc, `o.marketplace_sort`, `o.id`)
	case orders.SortByNumber:
		return database.Ordered(q.Desc, `o.number_sort`, `o.id`)
	case orders.SortByOrdered:
		return `o.ordered_at IS NULL, ` + database.Ordered(q.Desc, `o.ordered_at`, `o.id`)
	case orders.SortByBuyer:
		return database.Ordered(q.Desc, `o.buyer_sort`, `o.id`)
	case orders.SortByTotal:
		return database.Ordered(q.Desc, `CAST(o.total AS REAL)`, `o.id`)
	case orders.SortByStage: // in the order of orders.Stages
		return database.Ordered(q.Desc, `instr('ready held invoiced task never', `+stage+`)`, `o.id`)
	default:
		return ""
	}
}

// OrderStages counts the orders by stage.
func (s Store) OrderStages(ctx context.Context) (map[orders.Stage]int, error) {
	return database.View(ctx, s.db, "count orders", func(tx *sql.Tx) (map[orders.Stage]int, error) {
		return database.SelectMap(ctx, tx, database.Keyed[orders.Stage, int], `SELECT `+stage+`, count(*)`+from+` GROUP BY 1`)
	})
}

// OrderMarketplaces gives the marketplaces of which there are orders, in Turkish order.
func (s Store) OrderMarketplaces(ctx context.Context) ([]string, error) {
	return database.View(ctx, s.db, "list the marketplaces of orders", func(tx *sql.Tx) ([]string, error) {
		return database.SelectAll(ctx, tx, database.Itself[string],
			`SELECT marketplace FROM sales_order GROUP BY marketplace ORDER BY marketplace_sort, marketplace`)
	})
}
