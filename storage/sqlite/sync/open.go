package sync

import (
	"context"
	"database/sql"

	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// openFrom joins what is shown of a field that waits.
const (
	openFrom  = ` FROM ` + openTables + ` WHERE ` + undecided
	undecided = `o.decided = 0`
	// openTables are o and p.
	openTables = `sync_open o JOIN product p ON p.id = o.product_id`
	// openID is a field's in a list: there are two of a product.
	openID = `(o.product_id * 2 + (o.field = 'price'))`
)

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
	l := database.Listing{
		// Words are looked for as in the list of products (database.SearchPhrases).
		ID: openID, Text: `search_text(p.search_fold, '')`, From: openTables, All: database.Clause{SQL: undecided}, Rows: database.Clause{SQL: undecided},
		Order: database.Ordered(q.Desc, append(openOrder(q.Sort), `o.product_id`, `o.field`)...), Words: database.SearchPhrases(q.Search), Limit: q.Limit, Offset: q.Offset,
	}
	if q.Why != "" {
		l.Rows = database.Clause{SQL: undecided + ` AND o.why = ?`, Args: []any{q.Why}}
	}
	before := s.db.State()
	return database.ViewBoth(ctx, s.db, "list what waits", func(tx *sql.Tx) ([]sync.Open, int, error) {
		ids, total, err := s.open.Page(ctx, tx, before, l)
		if err != nil || len(ids) == 0 {
			return nil, total, err
		}
		page, err := database.JSONText(ids)
		if err != nil {
			return nil, 0, err
		}
		fields, err := database.SelectAll(ctx, tx, openTargets, `SELECT `+openColumns+` FROM json_each(?) AS page
			CROSS JOIN sync_open o ON o.product_id = page.value / 2 AND o.field = iif(page.value % 2, 'price', 'stock') JOIN product p ON p.id = o.product_id
			ORDER BY page.key`, page)
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

// FindSyncItems is SyncItems of those with every word of search in the code or name of their product.
func (s Store) FindSyncItems(ctx context.Context, run int64, search string, limit, offset int) (items []sync.Item, total int, err error) {
	of := database.Clause{SQL: `i.sync_id = ?`, Args: []any{run}}
	l := database.Listing{
		ID: `i.id`, Text: `fold(coalesce(p.code, '') || ' ' || coalesce(p.name, ''))`, From: itemTables, All: of, Rows: of,
		Words: database.Words(search), Limit: limit, Offset: offset,
	}
	before := s.db.State()
	return database.ViewBoth(ctx, s.db, "find changes of a sync", func(tx *sql.Tx) ([]sync.Item, int, error) {
		ids, total, err := s.items.Page(ctx, tx, before, l)
		if err != nil || len(ids) == 0 {
			return nil, total, err
		}
		page, err := database.JSONText(ids)
		if err != nil {
			return nil, 0, err
		}
		items, err := selectItems(ctx, tx, `WHERE i.id IN (SELECT value FROM json_each(?)) ORDER BY i.id`, page)
		return items, total, err
	})
}
