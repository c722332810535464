package sqlite

import (
	"context"
	"database/sql"

	"github.com/sopyo/sopyo-desktop/domain/history"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// History gives the newest entries first, at most n of them after leaving out skip; n = 0: all. total is
// how many there are.
func (c *Company) History(ctx context.Context, n, skip int) (entries []history.Entry, total int, err error) {
	return database.ViewBoth(ctx, c.db, "read the history", func(tx *sql.Tx) ([]history.Entry, int, error) {
		total, err := database.SelectValue[int](ctx, tx, `SELECT count(*) FROM history`)
		if err != nil {
			return nil, 0, err
		}
		entries, err := database.SelectAll(ctx, tx, func(e *history.Entry) []any { return []any{database.TimeInto(&e.At), &e.Actor, &e.What, &e.Detail} },
			`SELECT at, actor, what, detail FROM history ORDER BY id DESC LIMIT ? OFFSET ?`, database.Limit(n), skip)
		return entries, total, err
	})
}
