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
	err = c.db.reading(ctx, "read the history", func(tx *sql.Tx) error {
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM history`).Scan(&total); err != nil {
			return err
		}
		rows, err := tx.QueryContext(ctx, `SELECT at, actor, what, detail FROM history ORDER BY id DESC LIMIT ? OFFSET ?`, limit(n), skip)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var e HistoryEntry
			if err := rows.Scan(timeValue{&e.At}, &e.Actor, &e.What, &e.Detail); err != nil {
				return err
			}
			entries = append(entries, e)
		}
		return rows.Err()
	})
	return entries, total, err
}
