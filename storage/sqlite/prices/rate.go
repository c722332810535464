package prices

import (
	"context"
	"database/sql"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// Rates gives every exchange rate that was typed in.
func (s Store) Rates(ctx context.Context) (pricing.Rates, error) {
	return database.View(ctx, s.db, "read exchange rates", func(tx *sql.Tx) (pricing.Rates, error) {
		all, err := database.SelectAll(ctx, tx, func(r *pricing.Rate) []any { return []any{&r.Currency, &r.Day, &r.Value} },
			`SELECT currency, day, rate FROM exchange_rate`)
		return pricing.Rates(all).Sorted(), err
	})
}

// SaveRates keeps valid rates; one of the same currency and day is replaced. Others are refused with
// KindInvalid, and none is kept then.
func (s Store) SaveRates(ctx context.Context, rates ...pricing.Rate) error {
	for _, r := range rates {
		if err := r.Validate(); err != nil {
			return err
		}
	}
	return s.db.Update(ctx, "save exchange rates", func(tx *sql.Tx) error {
		for _, r := range rates {
			was, _, err := database.SelectOne(ctx, tx, database.Itself[decimal.NullDecimal], `SELECT rate FROM exchange_rate WHERE currency = ? AND day = ?`, r.Currency, r.Day)
			if err != nil {
				return err
			}
			_, err = tx.ExecContext(ctx, `INSERT INTO exchange_rate (currency, day, rate, saved_at) VALUES (?, ?, ?, ?)
				ON CONFLICT (currency, day) DO UPDATE SET rate = excluded.rate, saved_at = excluded.saved_at`,
				r.Currency, r.Day, r.Value.String(), database.TimeText(s.db.Now()))
			if err != nil {
				return err
			}
			err = s.db.Author().RecordChanges(ctx, tx, "exchange-rate", map[string]any{"currency": r.Currency, "day": r.Day}, map[string]any{"rate": was}, map[string]any{"rate": r.Value})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// RemoveRate takes a rate away. KindNotFound: there is none of that currency and day.
func (s Store) RemoveRate(ctx context.Context, currency domain.Currency, day pricing.Day) error {
	return s.db.Update(ctx, "remove an exchange rate", func(tx *sql.Tx) error {
		value, ok, err := database.SelectOne(ctx, tx, database.Itself[string], `DELETE FROM exchange_rate WHERE currency = ? AND day = ? RETURNING rate`, currency, day)
		if err != nil {
			return err
		}
		if !ok {
			return domain.E(domain.KindNotFound, "find the exchange rate", nil)
		}
		return s.db.Author().Record(ctx, tx, "exchange-rate-removed", map[string]any{"currency": currency, "day": day, "rate": value})
	})
}
