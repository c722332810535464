package catalogue

import (
	"context"
	"database/sql"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// Bases are what İşbaşı and the catalogue last agreed on for a pair, null where they never did
// (orders-invoices.md §8).
type Bases struct{ Price, Stock decimal.NullDecimal }

// BaseColumns are what the Bases of a pair are read from, over the table binding, in the order of BaseTargets.
const BaseColumns = basePrice + `, ` + baseStock

const (
	basePrice = `(SELECT a.value FROM agreed a WHERE a.product_id = binding.product_id AND a.field = 'price'` + newestAgreed
	baseStock = `(SELECT a.value FROM agreed a WHERE a.product_id = binding.product_id AND a.field = 'stock'` + newestAgreed

	newestAgreed = ` AND a.remote_id = binding.remote_id AND a.type = binding.type ORDER BY a.id DESC LIMIT 1)`
)

// BaseTargets are where the BaseColumns of a row go.
func BaseTargets(b *Bases) []any { return []any{&b.Price, &b.Stock} }

// AgreedBy is what made values the bases: a transfer, by itself or by a decision that a person made in it, or
// a sync; 0 = none. Whoever undoes it takes its rows of the table agreed away, and the former bases hold again.
type AgreedBy struct{ Transfer, Decision, Sync int64 }

// Agreement is what both sides of a pair have now; null where they differ, or nobody knows.
type Agreement struct {
	Pair domain.Binding
	On   Bases
}

// Agree makes values the bases of their pairs, unless they are already. A pair is given once, and one that is
// not bound agrees on nothing.
func Agree(ctx context.Context, tx *sql.Tx, at time.Time, by AgreedBy, all []Agreement) error {
	values := make([][5]any, len(all))
	for i, a := range all {
		values[i] = [5]any{a.Pair.ProductID, a.Pair.RemoteID, a.Pair.Type, a.On.Price, a.On.Stock}
	}
	list, err := database.JSONText(values)
	if err != nil {
		return err
	}
	return AgreeOn(ctx, tx, at, by, `SELECT product_id, remote_id, type, price, stock FROM (
			SELECT value ->> 0 AS product_id, value ->> 1 AS remote_id, value ->> 2 AS type, value ->> 3 AS price, value ->> 4 AS stock FROM json_each(?5))
		CROSS JOIN main.binding USING (product_id, remote_id, type)`, list)
}

// AgreeOn is Agree of what a query gives, of pairs that are bound: product_id, remote_id, type, price and stock. Its parameters
// are ?5 and on.
func AgreeOn(ctx context.Context, tx *sql.Tx, at time.Time, by AgreedBy, given string, args ...any) error {
	// Numbers are stored in one form, so text compares as they do. What is given stands for the table binding.
	_, err := tx.ExecContext(ctx, `WITH binding AS MATERIALIZED (`+given+`)
		INSERT INTO agreed (product_id, remote_id, type, field, value, at, transfer_id, decision_id, sync_id)
		SELECT product_id, remote_id, type, 'price', price, ?1, nullif(?2, 0), nullif(?3, 0), nullif(?4, 0)
		FROM binding WHERE price IS NOT NULL AND price IS NOT `+basePrice+`
		UNION ALL
		SELECT product_id, remote_id, type, 'stock', stock, ?1, nullif(?2, 0), nullif(?3, 0), nullif(?4, 0)
		FROM binding WHERE stock IS NOT NULL AND stock IS NOT `+baseStock,
		append([]any{database.TimeText(at), by.Transfer, by.Decision, by.Sync}, args...)...)
	return err
}
