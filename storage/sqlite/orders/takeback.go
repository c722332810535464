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

// PlanUndoTaken tells what UndoTaken would do now, and writes nothing.
func (s Store) PlanUndoTaken(ctx context.Context, of orders.TakenFile) (orders.TakenBack, error) {
	return database.View(ctx, s.db, "plan to take orders back", func(tx *sql.Tx) (back orders.TakenBack, err error) {
		err = undoTaken(ctx, tx, of, func(there int, untouched string, args ...any) error {
			back.Removed, err = database.SelectValue[int](ctx, tx, `SELECT count(*)`+untouched, args...)
			back.Left = there - back.Removed
			return err
		})
		return back, err
	})
}

// UndoTaken forgets the orders that a file has brought. One that somebody has corrected, queued or tried to invoice stays, and one of
// which another file has told since. KindNotFound: the newest orders are of another file by now.
func (s Store) UndoTaken(ctx context.Context, of orders.TakenFile) (orders.TakenBack, error) {
	return database.Update(ctx, s.db, "take orders back", func(tx *sql.Tx) (back orders.TakenBack, err error) {
		err = undoTaken(ctx, tx, of, func(there int, untouched string, args ...any) error {
			res, err := tx.ExecContext(ctx, `DELETE FROM sales_order WHERE id IN (SELECT o.id`+untouched+`)`, args...)
			if err != nil {
				return err
			}
			n, err := res.RowsAffected()
			back.Removed, back.Left = int(n), there - int(n)
			return err
		})
		if err != nil {
			return orders.TakenBack{}, err
		}
		return back, s.db.Author().Record(ctx, tx, "orders-taken-back", map[string]any{"file": of.File, "orders_removed": back.Removed, "orders_left": back.Left})
	})
}

// undoTaken hands out how many orders of the last file there are, and which of them nobody has worked with, as the end of a query.
func undoTaken(ctx context.Context, tx *sql.Tx, of orders.TakenFile, do func(there int, untouched string, args ...any) error) error {
	last, ok, err := lastTaken(ctx, tx)
	if err == nil && (!ok || !last.At.Equal(of.At) || last.File != of.File) {
		err = &domain.Error{Kind: domain.KindNotFound, Op: "find the last file of orders", Detail: "no-import"}
	}
	if err != nil {
		return err
	}
	nothing, err := database.JSONText(orders.Said{})
	if err != nil {
		return err
	}
	return do(last.Added, ofFile+` AND o.changed_at = o.added_at AND o.wish = '' AND o.said IN (?2, '{}')
		AND NOT EXISTS (SELECT 1 FROM invoice i WHERE i.marketplace = o.marketplace AND i.package = o.package)`, database.TimeText(last.At), nothing)
}
