package sqlite

import (
	"context"
	"database/sql"
	"strconv"

	"github.com/sopyo/sopyo-desktop/domain/quota"
)

var _ quota.Store = (*Company)(nil)

// The keys of the setting table that hold the monthly limits.
const (
	settingReads  = "quota.reads"
	settingWrites = "quota.writes"
)

// Book adds n calls to what the month has cost; a negative n gives back. It never goes below zero.
func (c *Company) Book(ctx context.Context, month string, k quota.Kind, n int) error {
	_, err := c.db.write.ExecContext(ctx, `INSERT INTO quota (month, kind, used) VALUES (?, ?, max(0, ?))
		ON CONFLICT (month, kind) DO UPDATE SET used = max(0, used + ?)`, month, k, n, n)
	return mapped(ctx, "book calls", err)
}

// Booked gives what is booked of the month, by kind.
func (c *Company) Booked(ctx context.Context, month string) (used map[quota.Kind]int, err error) {
	err = c.db.reading(ctx, "read booked calls", func(tx *sql.Tx) (err error) {
		used, err = byKind(ctx, tx, `SELECT kind, used FROM quota WHERE month = ?`, month)
		return err
	})
	return used, err
}

// byKind runs a query that gives a kind and a number of calls.
func byKind(ctx context.Context, tx *sql.Tx, query string, args ...any) (map[quota.Kind]int, error) {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	used := map[quota.Kind]int{}
	for rows.Next() {
		var k quota.Kind
		var n int
		if err := rows.Scan(&k, &n); err != nil {
			return nil, err
		}
		used[k] = n
	}
	return used, rows.Err()
}

// QuotaLimits gives the monthly limits; one that was never saved, or cannot be read, is the default.
func (c *Company) QuotaLimits(ctx context.Context) (quota.Limits, error) {
	limits := quota.DefaultLimits()
	err := c.db.reading(ctx, "read the limits", func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT key, value FROM setting WHERE key IN (?, ?)`, settingReads, settingWrites)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var key, value string
			if err := rows.Scan(&key, &value); err != nil {
				return err
			}
			n, err := strconv.Atoi(value)
			switch {
			case err != nil || n < 1:
			case key == settingReads:
				limits.Reads = n
			default:
				limits.Writes = n
			}
		}
		return rows.Err()
	})
	return limits, err
}

// SaveQuotaLimits stores valid limits; others are refused with KindInvalid.
func (c *Company) SaveQuotaLimits(ctx context.Context, l quota.Limits) error {
	if err := l.Validate(); err != nil {
		return err
	}
	return c.db.writing(ctx, "save the limits", func(tx *sql.Tx) error {
		for key, n := range map[string]int{settingReads: l.Reads, settingWrites: l.Writes} {
			_, err := tx.ExecContext(ctx, `INSERT INTO setting (key, value) VALUES (?, ?)
				ON CONFLICT (key) DO UPDATE SET value = excluded.value`, key, strconv.Itoa(n))
			if err != nil {
				return err
			}
		}
		return c.record(ctx, tx, "quota-limits", map[string]int{"reads": l.Reads, "writes": l.Writes})
	})
}

// Exhausted gives the kinds that İşbaşı has refused.
func (c *Company) Exhausted(ctx context.Context) (map[quota.Kind]quota.Exhaustion, error) {
	all := map[quota.Kind]quota.Exhaustion{}
	err := c.db.reading(ctx, "read the end of the quota", func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT kind, since, asked_at FROM quota_exhausted`)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var k quota.Kind
			var x quota.Exhaustion
			if err := rows.Scan(&k, timeValue{&x.Since}, timeValue{&x.AskedAt}); err != nil {
				return err
			}
			all[k] = x
		}
		return rows.Err()
	})
	return all, err
}

// SaveExhausted keeps x for k; the zero value takes it away. The history tells of both, not of every
// probe between them.
func (c *Company) SaveExhausted(ctx context.Context, k quota.Kind, x quota.Exhaustion) error {
	return c.db.writing(ctx, "note the end of the quota", func(tx *sql.Tx) error {
		var known bool
		err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM quota_exhausted WHERE kind = ?)`, k).Scan(&known)
		if err != nil {
			return err
		}
		what := "quota-exhausted"
		if x.Is() {
			_, err = tx.ExecContext(ctx, `INSERT INTO quota_exhausted (kind, since, asked_at) VALUES (?, ?, ?)
				ON CONFLICT (kind) DO UPDATE SET since = excluded.since, asked_at = excluded.asked_at`,
				k, timeText(x.Since), timeText(x.AskedAt))
		} else {
			what = "quota-reopened"
			_, err = tx.ExecContext(ctx, `DELETE FROM quota_exhausted WHERE kind = ?`, k)
		}
		if err != nil || known == x.Is() {
			return err
		}
		return c.record(ctx, tx, what, map[string]string{"kind": string(k)})
	})
}
