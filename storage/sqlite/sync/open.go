package sync

import (
	"context"
	"database/sql"

	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/catalogue"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// openFrom joins what is shown of a field that waits.
const openFrom = ` FROM sync_open o JOIN product p ON p.id = o.product_id WHERE o.decided = 0`

const openColumns = `o.product_id, o.remote_id, o.type, p.code, p.name, o.field, o.action, o.why, o.way, o.base, o.ours, o.theirs, p.currency,
	o.ours_at, o.theirs_at, iif(o.field = 'price', p.price_by, p.stock_by), o.since`

func openTargets(o *sync.Open) []any {
	return []any{
		&o.Product, &o.Ref.ID, &o.Ref.Type, &o.Code, &o.Name, &o.Field, &o.Action, &o.Why, &o.Way, &o.Base, &o.Ours, &o.Theirs, &o.Currency,
		database.TimeInto(&o.OursAt), database.TimeInto(&o.TheirsAt), &o.OursBy, database.TimeInto(&o.Since),
	}
}

// OpenFields gives one page of the fields that wait for a person, and how many the query finds.
func (s Store) OpenFields(ctx context.Context, q sync.OpenQuery) (fields []sync.Open, total int, err error) {
	return database.ViewBoth(ctx, s.db, "list what waits", func(tx *sql.Tx) ([]sync.Open, int, error) {
		clause, args := catalogue.Searched(`p.id`, q.Search)
		where := openFrom + clause
		if q.Why != "" {
			where, args = where+` AND o.why = ?`, append(args, q.Why)
		}
		total, err := database.SelectValue[int](ctx, tx, `SELECT count(*)`+where, args...)
		if err != nil || total <= q.Offset {
			return nil, total, err
		}
		fields, err := database.SelectAll(ctx, tx, openTargets, `SELECT `+openColumns+where+` ORDER BY `+
			database.Ordered(q.Desc, append(openOrder(q.Sort), `o.product_id`, `o.field`)...)+` LIMIT ? OFFSET ?`,
			append(args, database.Limit(q.Limit), q.Offset)...)
		return fields, total, err
	})
}

func openOrder(s sync.OpenSort) []string {
	switch s {
	case sync.OpenByName:
		return []string{`p.name_sort`}
	case sync.OpenByCode:
		return []string{`p.code_sort`}
	case sync.OpenByField:
		return []string{`o.field`}
	default:
		return []string{`o.since`}
	}
}

// OpenGroups counts the fields that wait, by reason: the largest group first.
func (s Store) OpenGroups(ctx context.Context) ([]sync.OpenGroup, error) {
	return database.View(ctx, s.db, "count what waits", func(tx *sql.Tx) ([]sync.OpenGroup, error) {
		return database.SelectAll(ctx, tx, func(g *sync.OpenGroup) []any { return []any{&g.Why, &g.Action, &g.Fields} },
			`SELECT o.why, o.action, count(*)`+openFrom+` GROUP BY o.why, o.action ORDER BY 3 DESC, 1, 2`)
	})
}

// SyncItems gives one page of what a run did or is to do, in the order of doing, and how many there are.
func (s Store) SyncItems(ctx context.Context, run int64, limit, offset int) (items []sync.Item, total int, err error) {
	return database.ViewBoth(ctx, s.db, "list the changes of a sync", func(tx *sql.Tx) ([]sync.Item, int, error) {
		total, err := database.SelectValue[int](ctx, tx, `SELECT count(*) FROM sync_item WHERE sync_id = ?`, run)
		if err != nil {
			return nil, 0, err
		}
		items, err := selectItems(ctx, tx, `WHERE i.sync_id = ? ORDER BY i.id LIMIT ? OFFSET ?`, run, database.Limit(limit), offset)
		return items, total, err
	})
}
