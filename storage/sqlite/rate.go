package sqlite

import (
	"context"
	"database/sql"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
)

// Rates gives every exchange rate that was typed in.
func (s priceStore) Rates(ctx context.Context) (pricing.Rates, error) {
	return read(ctx, s.db, "read exchange rates", func(tx *sql.Tx) (pricing.Rates, error) {
		all, err := selectAll(ctx, tx, func(r *pricing.Rate) []any { return []any{&r.Currency, &r.Day, &r.Value} },
			`SELECT currency, day, rate FROM exchange_rate`)
		return pricing.Rates(all).Sorted(), err
	})
}

// SaveRates keeps valid rates; one of the same currency and day is replaced. Others are refused with
// KindInvalid, and none is kept then.
func (s priceStore) SaveRates(ctx context.Context, rates ...pricing.Rate) error {
	for _, r := range rates {
		if err := r.Validate(); err != nil {
			return err
		}
	}
	return s.db.update(ctx, "save exchange rates", func(tx *sql.Tx) error {
		for _, r := range rates {
			_, err := tx.ExecContext(ctx, `INSERT INTO exchange_rate (currency, day, rate, saved_at) VALUES (?, ?, ?, ?)
				ON CONFLICT (currency, day) DO UPDATE SET rate = excluded.rate, saved_at = excluded.saved_at`,
				r.Currency, r.Day, r.Value.String(), timeText(s.db.now()))
			if err != nil {
				return err
			}
			err = s.db.author().record(ctx, tx, "exchange-rate", map[string]any{"currency": r.Currency, "day": r.Day, "rate": r.Value.String()})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// RemoveRate takes a rate away. KindNotFound: there is none of that currency and day.
func (s priceStore) RemoveRate(ctx context.Context, currency domain.Currency, day pricing.Day) error {
	return s.db.update(ctx, "remove an exchange rate", func(tx *sql.Tx) error {
		value, ok, err := selectOne(ctx, tx, itself[string], `DELETE FROM exchange_rate WHERE currency = ? AND day = ? RETURNING rate`, currency, day)
		if err != nil {
			return err
		}
		if !ok {
			return domain.E(domain.KindNotFound, "find the exchange rate", nil)
		}
		return s.db.author().record(ctx, tx, "exchange-rate-removed", map[string]any{"currency": currency, "day": day, "rate": value})
	})
}
