package sqlite

import (
	"context"
	"database/sql"
	"errors"
)

// Answer gives what was remembered of the probe, ok = false when it was never made.
func (c *Company) Answer(ctx context.Context, name string) (value string, ok bool, err error) {
	err = c.db.read.QueryRowContext(ctx, `SELECT answer FROM probe WHERE name = ?`, name).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return "", false, nil
	}
	return value, err == nil, mapped(ctx, "read a probe's answer", err)
}

// Remember keeps the answer to the probe in place of the one before.
func (c *Company) Remember(ctx context.Context, name, value string) error {
	_, err := c.db.write.ExecContext(ctx, `INSERT INTO probe (name, answer, at) VALUES (?, ?, ?)
		ON CONFLICT (name) DO UPDATE SET answer = excluded.answer, at = excluded.at`, name, value, timeText(c.db.now()))
	return mapped(ctx, "keep a probe's answer", err)
}
