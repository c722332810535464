package prices

import (
	"context"
	"database/sql"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/settings"
)

// settingMaxPriceChange stands with the settings, but is no process choice.
const settingMaxPriceChange = "max_price_change"

// MaxPriceChange gives the percent of the last approved price above which a change waits for approval;
// not valid: no such guard.
func (s Store) MaxPriceChange(ctx context.Context) (decimal.NullDecimal, error) {
	return database.View(ctx, s.db, "read price guards", func(tx *sql.Tx) (decimal.NullDecimal, error) { return maxPriceChange(ctx, tx) })
}

func maxPriceChange(ctx context.Context, tx *sql.Tx) (decimal.NullDecimal, error) {
	percent, _, err := database.SelectOne(ctx, tx, database.Itself[decimal.NullDecimal], `SELECT value FROM setting WHERE key = ?`, settingMaxPriceChange)
	return percent, err
}

// SaveMaxPriceChange sets it; not valid takes it away.
func (s Store) SaveMaxPriceChange(ctx context.Context, percent decimal.NullDecimal) error {
	const decimals = 4
	switch {
	case percent.Decimal.IsNegative():
		return domain.Invalid("max-change", "negative")
	case !percent.Decimal.Equal(percent.Decimal.Truncate(decimals)):
		return domain.Invalid("max-change", "decimals")
	}
	return s.db.Update(ctx, "save price guards", func(tx *sql.Tx) error {
		was, err := maxPriceChange(ctx, tx)
		if err != nil {
			return err
		}
		if percent.Valid {
			err = settings.Save(ctx, tx, settingMaxPriceChange, percent.Decimal.String())
		} else {
			_, err = tx.ExecContext(ctx, `DELETE FROM setting WHERE key = ?`, settingMaxPriceChange)
		}
		if err != nil {
			return err
		}
		return s.db.Author().RecordChanges(ctx, tx, "price-max-change", nil, map[string]any{"percent": was}, map[string]any{"percent": percent})
	})
}
