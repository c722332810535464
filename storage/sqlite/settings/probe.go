package settings

import (
	"context"
	"database/sql"

	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// Answer gives what was remembered of the probe, ok = false when it was never made.
func (s Store) Answer(ctx context.Context, name string) (value string, ok bool, err error) {
	return database.ViewBoth(ctx, s.db, "read a probe's answer", func(tx *sql.Tx) (string, bool, error) {
		return database.SelectOne(ctx, tx, database.Itself[string], `SELECT answer FROM probe WHERE name = ?`, name)
	})
}

// Remember keeps the answer to the probe in place of the one before.
func (s Store) Remember(ctx context.Context, name, value string) error {
	return s.db.Execute(ctx, "keep a probe's answer", `INSERT INTO probe (name, answer, at) VALUES (?, ?, ?)
		ON CONFLICT (name) DO UPDATE SET answer = excluded.answer, at = excluded.at`, name, value, database.TimeText(s.db.Now()))
}
