package orders

import (
	"context"
	"database/sql"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// ofFile are the orders that a file has brought: they came at one moment.
const ofFile = ` FROM sales_order AS o WHERE o.source = 'file' AND o.added_at = ?1`

// LastTaken gives the file that the newest orders came from, ok = false when there are none of a file.
func (s Store) LastTaken(ctx context.Context) (last orders.TakenFile, ok bool, err error) {
	return database.ViewBoth(ctx, s.db, "find the last file of orders", func(tx *sql.Tx) (orders.TakenFile, bool, error) {
		return lastTaken(ctx, tx)
	})
}

func lastTaken(ctx context.Context, tx *sql.Tx) (orders.TakenFile, bool, error) {
	last, ok, err := database.SelectOne(ctx, tx, func(f *orders.TakenFile) []any { return []any{database.TimeInto(&f.At), &f.File} },
		`SELECT added_at, file FROM sales_order WHERE source = 'file' ORDER BY id DESC LIMIT 1`)
	if err != nil || !ok {
		return last, ok, err
	}
	last.Added, err = database.SelectValue[int](ctx, tx, `SELECT count(*)`+ofFile, database.TimeText(last.At))
	return last, err == nil, err
}

// untouched are those of them that nobody has worked with, and no other file has told of since. ?2 is that nothing is said.
const untouched = ofFile + ` AND o.changed_at = o.added_at AND o.wish = '' AND o.said IN (?2, '{}')
	AND NOT EXISTS (SELECT 1 FROM invoice i WHERE i.marketplace = o.marketplace AND i.package = o.package)`

// PlanUndoTaken tells what UndoTaken would do now, and writes nothing.
func (s Store) PlanUndoTaken(ctx context.Context, of orders.TakenFile) (orders.TakenBack, error) {
	return database.View(ctx, s.db, "plan to take orders back", func(tx *sql.Tx) (back orders.TakenBack, err error) {
		there, args, err := stillLast(ctx, tx, of)
		if err != nil {
			return back, err
		}
		back.Removed, err = database.SelectValue[int](ctx, tx, `SELECT count(*)`+untouched, args...)
		back.Left = there - back.Removed
		return back, err
	})
}

// UndoTaken forgets the orders that a file has brought. One that somebody has corrected, queued or tried to invoice stays, and one of
// which another file has told since. KindNotFound: the newest orders are of another file by now.
func (s Store) UndoTaken(ctx context.Context, of orders.TakenFile) (orders.TakenBack, error) {
	return database.Update(ctx, s.db, "take orders back", func(tx *sql.Tx) (orders.TakenBack, error) {
		there, args, err := stillLast(ctx, tx, of)
		if err != nil {
			return orders.TakenBack{}, err
		}
		res, err := tx.ExecContext(ctx, `DELETE FROM sales_order WHERE id IN (SELECT o.id`+untouched+`)`, args...)
		if err != nil {
			return orders.TakenBack{}, err
		}
		n, err := res.RowsAffected()
		if err != nil {
			return orders.TakenBack{}, err
		}
		back := orders.TakenBack{Removed: int(n), Left: there - int(n)}
		return back, s.db.Author().Record(ctx, tx, "orders-taken-back", map[string]any{"file": of.File, "orders_removed": back.Removed, "orders_left": back.Left})
	})
}

// stillLast gives how many orders there are of the last file, and what untouched is asked with.
func stillLast(ctx context.Context, tx *sql.Tx, of orders.TakenFile) (there int, args []any, err error) {
	last, ok, err := lastTaken(ctx, tx)
	if err == nil && (!ok || !last.At.Equal(of.At) || last.File != of.File) {
		err = &domain.Error{Kind: domain.KindNotFound, Op: "find the last file of orders", Detail: "no-import"}
	}
	if err != nil {
		return 0, nil, err
	}
	nothing, err := database.JSONText(orders.Said{})
	return last.Added, []any{database.TimeText(last.At), nothing}, err
}
