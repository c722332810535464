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
const BaseColumns = agreedOn + `'price'` + newestAgreed + `, ` + agreedOn + `'stock'` + newestAgreed

const (
	agreedOn     = `(SELECT a.value FROM agreed a WHERE a.product_id = binding.product_id AND a.field = `
	newestAgreed = ` AND a.remote_id = binding.remote_id AND a.type = binding.type ORDER BY a.id DESC LIMIT 1)`
)

// BaseTargets are where the BaseColumns of a row go.
func BaseTargets(b *Bases) []any { return []any{&b.Price, &b.Stock} }

// AgreedBy is what made a value the base: a transfer, by itself or by a decision that a person made in it, or
// a sync; 0 = none.
type AgreedBy struct{ Transfer, Decision, Sync int64 }

// AgreedWriter moves bases, and puts the former ones back.
type AgreedWriter struct {
	present, add, withdrawal *sql.Stmt
	at                       any
}

// NewAgreedWriter prepares one for a transaction; what it agrees on is of that moment.
func NewAgreedWriter(ctx context.Context, tx *sql.Tx, at time.Time) (*AgreedWriter, error) {
	w := &AgreedWriter{at: database.TimeText(at)}
	return w, database.PrepareAll(ctx, tx,
		database.Prepare(&w.present, `SELECT `+BaseColumns+` FROM binding WHERE product_id = ? AND remote_id = ? AND type = ?`),
		database.Prepare(&w.add, `INSERT INTO agreed (product_id, remote_id, type, at, transfer_id, decision_id, sync_id, field, value)
			SELECT ?, ?, ?, ?, nullif(?, 0), nullif(?, 0), nullif(?, 0), column1, column2 FROM (VALUES ('price', ?), ('stock', ?))
			WHERE column2 IS NOT NULL`),
		database.Prepare(&w.withdrawal, `DELETE FROM agreed WHERE product_id = ? AND remote_id = ? AND type = ?
			AND transfer_id IS nullif(?, 0) AND decision_id IS nullif(?, 0) AND sync_id IS nullif(?, 0)`),
	)
}

// Agree makes the values that are there the bases of a pair, unless they are already: as numbers, however they
// are spelt. What is not bound agrees on nothing.
func (w *AgreedWriter) Agree(ctx context.Context, pair domain.Binding, on Bases, by AgreedBy) error {
	if !on.Price.Valid && !on.Stock.Valid {
		return nil
	}
	base, bound, err := database.ScanOne(w.present.QueryRowContext(ctx, pair.ProductID, pair.RemoteID, pair.Type), BaseTargets)
	if err != nil || !bound {
		return err
	}
	if SameDecimal(on.Price, base.Price) {
		on.Price = decimal.NullDecimal{}
	}
	if SameDecimal(on.Stock, base.Stock) {
		on.Stock = decimal.NullDecimal{}
	}
	if !on.Price.Valid && !on.Stock.Valid {
		return nil
	}
	_, err = w.add.ExecContext(ctx, pair.ProductID, pair.RemoteID, pair.Type, w.at, by.Transfer, by.Decision, by.Sync, on.Price, on.Stock)
	return err
}

// Withdraw takes away what by has agreed on for a pair: the former bases hold again.
func (w *AgreedWriter) Withdraw(ctx context.Context, pair domain.Binding, by AgreedBy) error {
	_, err := w.withdrawal.ExecContext(ctx, pair.ProductID, pair.RemoteID, pair.Type, by.Transfer, by.Decision, by.Sync)
	return err
}
