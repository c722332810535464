package settings

import (
	"context"
	"database/sql"
	"strconv"

	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// The keys of the setting table that hold the monthly limits.
const (
	settingReads  = "quota.reads"
	settingWrites = "quota.writes"
)

// Book adds n calls to what the month has cost; a negative n gives back. It never goes below zero.
func (s Store) Book(ctx context.Context, month string, k quota.Kind, n int) error {
	return s.db.Execute(ctx, "book calls", `INSERT INTO quota (month, kind, used) VALUES (?, ?, max(0, ?))
		ON CONFLICT (month, kind) DO UPDATE SET used = max(0, used + ?)`, month, k, n, n)
}

// Booked gives what is booked of the month, by kind.
func (s Store) Booked(ctx context.Context, month string) (map[quota.Kind]int, error) {
	return database.View(ctx, s.db, "read booked calls", func(tx *sql.Tx) (map[quota.Kind]int, error) {
		return database.SelectMap(ctx, tx, database.Keyed[quota.Kind, int], `SELECT kind, used FROM quota WHERE month = ?`, month)
	})
}

// unheardMonth stands in front of the month of calls of which no answer was heard, beside those that are booked.
const unheardMonth = "?"

// Unheard gives the calls that were let go before İşbaşı was heard, by the month that they are booked in.
func (s Store) Unheard(ctx context.Context) (map[string]map[quota.Kind]int, error) {
	type row struct {
		month string
		kind  quota.Kind
		n     int
	}
	all, err := database.View(ctx, s.db, "read calls that were not heard of", func(tx *sql.Tx) ([]row, error) {
		return database.SelectAll(ctx, tx, func(r *row) []any { return []any{&r.month, &r.kind, &r.n} },
			`SELECT substr(month, 2), kind, used FROM quota WHERE substr(month, 1, 1) = ?`, unheardMonth)
	})
	unheard := map[string]map[quota.Kind]int{}
	for _, r := range all {
		if unheard[r.month] == nil {
			unheard[r.month] = map[quota.Kind]int{}
		}
		unheard[r.month][r.kind] = r.n
	}
	return unheard, err
}

// SaveUnheard keeps how many those are of a month; 0 takes them away.
func (s Store) SaveUnheard(ctx context.Context, month string, k quota.Kind, n int) error {
	if n <= 0 {
		return s.db.Execute(ctx, "note that İşbaşı was heard", `DELETE FROM quota WHERE month = ? AND kind = ?`, unheardMonth+month, k)
	}
	return s.db.Execute(ctx, "note a call", `INSERT INTO quota (month, kind, used) VALUES (?, ?, ?)
		ON CONFLICT (month, kind) DO UPDATE SET used = excluded.used`, unheardMonth+month, k, n)
}

// QuotaLimits gives the monthly limits; one that was never saved, or cannot be read, is the default.
func (s Store) QuotaLimits(ctx context.Context) (quota.Limits, error) {
	return database.View(ctx, s.db, "read the limits", func(tx *sql.Tx) (quota.Limits, error) { return limitsOf(ctx, tx) })
}

func limitsOf(ctx context.Context, tx *sql.Tx) (quota.Limits, error) {
	limits := quota.DefaultLimits()
	saved, err := database.SelectMap(ctx, tx, database.Keyed[string, string], `SELECT key, value FROM setting WHERE key IN (?, ?)`, settingReads, settingWrites)
	for key, limit := range map[string]*int{settingReads: &limits.Reads, settingWrites: &limits.Writes} {
		if n, err := strconv.Atoi(saved[key]); err == nil && n > 0 {
			*limit = n
		}
	}
	return limits, err
}

// SaveQuotaLimits stores valid limits; others are refused with KindInvalid.
func (s Store) SaveQuotaLimits(ctx context.Context, l quota.Limits) error {
	if err := l.Validate(); err != nil {
		return err
	}
	return s.db.Update(ctx, "save the limits", func(tx *sql.Tx) error {
		was, err := limitsOf(ctx, tx)
		if err != nil {
			return err
		}
		for key, n := range map[string]int{settingReads: l.Reads, settingWrites: l.Writes} {
			if err := Save(ctx, tx, key, strconv.Itoa(n)); err != nil {
				return err
			}
		}
		return s.db.Author().RecordChanges(ctx, tx, "quota-limits", nil, told(was), told(l))
	})
}

// Exhausted gives the kinds that İşbaşı has refused.
func (s Store) Exhausted(ctx context.Context) (map[quota.Kind]quota.Exhaustion, error) {
	return database.View(ctx, s.db, "read the end of the quota", func(tx *sql.Tx) (map[quota.Kind]quota.Exhaustion, error) {
		return database.SelectMap(ctx, tx, func(k *quota.Kind, x *quota.Exhaustion) []any {
			return []any{k, database.TimeInto(&x.Since), database.TimeInto(&x.AskedAt)}
		},
			`SELECT kind, since, asked_at FROM quota_exhausted`)
	})
}

// SaveExhausted keeps x for k; the zero value takes it away. The history tells of both, not of every
// probe between them.
func (s Store) SaveExhausted(ctx context.Context, k quota.Kind, x quota.Exhaustion) error {
	return s.db.Update(ctx, "note the end of the quota", func(tx *sql.Tx) error {
		known, err := database.SelectValue[bool](ctx, tx, `SELECT EXISTS (SELECT 1 FROM quota_exhausted WHERE kind = ?)`, k)
		if err != nil {
			return err
		}
		what := "quota-exhausted"
		if x.Is() {
			_, err = tx.ExecContext(ctx, `INSERT INTO quota_exhausted (kind, since, asked_at) VALUES (?, ?, ?)
				ON CONFLICT (kind) DO UPDATE SET since = excluded.since, asked_at = excluded.asked_at`,
				k, database.TimeText(x.Since), database.TimeText(x.AskedAt))
		} else {
			what = "quota-reopened"
			_, err = tx.ExecContext(ctx, `DELETE FROM quota_exhausted WHERE kind = ?`, k)
		}
		if err != nil || known == x.Is() {
			return err
		}
		return s.db.Author().Record(ctx, tx, what, map[string]string{"kind": string(k)})
	})
}

// told are limits as the history tells them.
func told(l quota.Limits) map[string]int { return map[string]int{"reads": l.Reads, "writes": l.Writes} }
