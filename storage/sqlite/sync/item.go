package sync

import (
	"context"
	"database/sql"

	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// itemColumns are what a sync.Item is read from, over sync_item as i and product as p, in the order of itemTargets.
const itemColumns = `i.id, i.sync_id, i.product_id, i.remote_id, i.type, coalesce(p.code, ''), coalesce(p.name, ''), i.field, i.way, i.why, i.conflict,
	i.base, i.ours, i.theirs, i.value, i.currency, i.attempt, i.receipt, i.again, i.state, i.detail, i.ended_at, i.undone`

// itemTables are i and p.
const itemTables = `sync_item i LEFT JOIN product p ON p.id = i.product_id`

func itemTargets(i *sync.Item) []any {
	return []any{
		&i.ID, &i.Run, &i.Product, &i.Ref.ID, &i.Ref.Type, &i.Code, &i.Name, &i.Field, &i.Way, &i.Why, &i.Conflict,
		&i.Base, &i.Ours, &i.Theirs, &i.Value, &i.Currency, &i.Attempt, &i.Receipt, &i.Again, &i.State, &i.Detail, database.TimeInto(&i.EndedAt), &i.Undone,
	}
}

// selectItems reads changes; tail is the query from WHERE on, over sync_item as i and product as p.
func selectItems(ctx context.Context, tx *sql.Tx, tail string, args ...any) ([]sync.Item, error) {
	return database.SelectAll(ctx, tx, itemTargets, `SELECT `+itemColumns+` FROM `+itemTables+` `+tail, args...)
}

// insertItems stores changes of a run in their order.
func insertItems(ctx context.Context, tx *sql.Tx, run int64, items []sync.Item) error {
	var insert database.Statement
	if err := database.PrepareAll(ctx, tx, database.Prepare(&insert, `INSERT INTO sync_item (sync_id, product_id, remote_id, type, field, way, why, conflict,
			base, ours, theirs, value, currency, attempt, receipt, again, state, detail, ended_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)); err != nil {
		return err
	}
	for _, i := range items {
		if _, err := insert.ExecContext(ctx, run, i.Product, i.Ref.ID, i.Ref.Type, i.Field, i.Way, i.Why, i.Conflict, i.Base, i.Ours, i.Theirs,
			i.Value, i.Currency, i.Attempt, i.Receipt, i.Again, i.State, i.Detail, database.TimeText(i.EndedAt)); err != nil {
			return err
		}
	}
	return nil
}

const (
	// carriedOut are the states of what was written, or may have been.
	carriedOut = `i.state NOT IN ('planned', 'sent', 'failed')`
	// onItsWay are the pushes that nobody has confirmed or refuted, as the index sync_item_unconfirmed has them.
	onItsWay = `i.way = 'push' AND i.state IN ('sent', 'unknown', 'answered')`
)

// recount counts the changes of a run anew.
func recount(ctx context.Context, tx *sql.Tx, run int64) error {
	_, err := tx.ExecContext(ctx, `UPDATE sync_run SET (planned, pending, failed, pulled_stock, pulled_price, pushed_stock, pushed_price) = (
			SELECT count(*), count(*) FILTER (WHERE i.state IN ('planned', 'sent')), count(*) FILTER (WHERE i.state = 'failed'),
				count(*) FILTER (WHERE `+carriedOut+` AND i.way = 'pull' AND i.field = 'stock'),
				count(*) FILTER (WHERE `+carriedOut+` AND i.way = 'pull' AND i.field = 'price'),
				count(*) FILTER (WHERE `+carriedOut+` AND i.way = 'push' AND i.field = 'stock'),
				count(*) FILTER (WHERE `+carriedOut+` AND i.way = 'push' AND i.field = 'price')
			FROM sync_item i WHERE i.sync_id = ?1)
		WHERE id = ?1`, run)
	return err
}
