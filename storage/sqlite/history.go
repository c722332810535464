package sqlite

import (
	"context"
	"database/sql"

	"github.com/sopyo/sopyo-desktop/domain/history"
)

// HistoryEntry is something that was done.
type HistoryEntry = history.Entry

// History gives the newest entries first, at most n of them after leaving out skip; n = 0: all. total is
// how many there are.
func (c *Company) History(ctx context.Context, n, skip int) (entries []HistoryEntry, total int, err error) {
	return readBoth(ctx, c.db, "read the history", func(tx *sql.Tx) ([]HistoryEntry, int, error) {
		total, err := selectValue[int](ctx, tx, `SELECT count(*) FROM history`)
		if err != nil {
			return nil, 0, err
		}
		entries, err := selectAll(ctx, tx, func(e *HistoryEntry) []any { return []any{timeInto(&e.At), &e.Actor, &e.What, &e.Detail} },
			`SELECT at, actor, what, detail FROM history ORDER BY id DESC LIMIT ? OFFSET ?`, limit(n), skip)
		return entries, total, err
	})
}
