package sqlite

import (
	"context"
	"database/sql"
)

// Answer gives what was remembered of the probe, ok = false when it was never made.
func (s settingStore) Answer(ctx context.Context, name string) (value string, ok bool, err error) {
	return readBoth(ctx, s.db, "read a probe's answer", func(tx *sql.Tx) (string, bool, error) {
		return selectOne(ctx, tx, itself[string], `SELECT answer FROM probe WHERE name = ?`, name)
	})
}

// Remember keeps the answer to the probe in place of the one before.
func (s settingStore) Remember(ctx context.Context, name, value string) error {
	return s.db.execute(ctx, "keep a probe's answer", `INSERT INTO probe (name, answer, at) VALUES (?, ?, ?)
		ON CONFLICT (name) DO UPDATE SET answer = excluded.answer, at = excluded.at`, name, value, timeText(s.db.now()))
}
