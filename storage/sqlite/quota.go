package sqlite

import (
	"context"
	"database/sql"

	"github.com/sopyo/sopyo-desktop/domain/quota"
)

// Book adds n calls to what the month has cost; a negative n gives back. It never goes below zero.
func (c *Company) Book(ctx context.Context, month string, k quota.Kind, n int) error {
	_, err := c.db.write.ExecContext(ctx, `INSERT INTO quota (month, kind, used) VALUES (?, ?, max(0, ?))
		ON CONFLICT (month, kind) DO UPDATE SET used = max(0, used + ?)`, month, k, n, n)
	return mapped(ctx, "book calls", err)
}

// Booked gives what is booked of the month, by kind.
func (c *Company) Booked(ctx context.Context, month string) (map[quota.Kind]int, error) {
	used := map[quota.Kind]int{}
	err := c.db.reading(ctx, "read booked calls", func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT kind, used FROM quota WHERE month = ?`, month)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var k quota.Kind
			var n int
			if err := rows.Scan(&k, &n); err != nil {
				return err
			}
			used[k] = n
		}
		return rows.Err()
	})
	return used, err
}
