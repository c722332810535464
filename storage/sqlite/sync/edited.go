package sync

import (
	"context"
	"database/sql"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/catalogue"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/settings"
)

// Edited tells how many fields wait to go out, and since when the last of them does: values that a person, a file or an
// undo has put into a bound product, other than what both agreed on and than a push on its way, and those that a person
// decided to keep. What waits for a person with just that value is none.
func (s Store) Edited(ctx context.Context) (n int, last time.Time, err error) {
	return database.ViewBoth(ctx, s.db, "find edits", func(tx *sql.Tx) (n int, last time.Time, err error) {
		choices, err := settings.Of(ctx, tx)
		if err != nil {
			return 0, last, err
		}
		for _, f := range domain.AllShared() {
			if !choices.Push.Has(f) {
				continue
			}
			for e, err := range database.SelectSeq(ctx, tx, editTargets, editedQuery(f), f) {
				if err != nil {
					return 0, last, err
				}
				if !catalogue.SameDecimal(e.ours, e.agreed) {
					n++
					if e.at.After(last) {
						last = e.at
					}
				}
			}
		}
		return n, last, nil
	})
}

type edit struct {
	ours, agreed decimal.NullDecimal
	at           time.Time
}

func editTargets(e *edit) []any { return []any{&e.ours, &e.agreed, database.TimeInto(&e.at)} }

// editedQuery gives a field's value, what it was agreed to be or sent as last, and when it was changed or decided.
func editedQuery(f domain.Shared) string {
	value, at, from := `p.stock`, `p.stock_at`, `p.stock_from`
	if f == domain.SharedPrice {
		value, at, from = `p.price`, `p.price_at`, `p.price_from`
	}
	return `SELECT ` + value + `, coalesce(
			(SELECT i.value FROM sync_item i WHERE i.product_id = p.id AND i.field = ?1 AND i.way = 'push' AND i.state IN ('sent', 'unknown', 'answered')
				ORDER BY i.id DESC LIMIT 1),
			(SELECT a.value FROM agreed a WHERE a.product_id = p.id AND a.field = ?1 AND a.remote_id = b.remote_id AND a.type = b.type ORDER BY a.id DESC LIMIT 1)),
			max(coalesce(` + at + `, ''), coalesce(c.at, ''))
		FROM binding b JOIN product p ON p.id = b.product_id
		LEFT JOIN sync_choice c ON c.product_id = p.id AND c.field = ?1 AND c.kind = 'ours' AND c.ours = ` + value + `
		WHERE p.state <> 'archived' AND b.gone_at IS NULL AND ` + value + ` IS NOT NULL AND (` + from + ` IN ('person', 'file', 'undo') OR c.at IS NOT NULL)
			AND NOT EXISTS (SELECT 1 FROM sync_open o WHERE o.product_id = p.id AND o.field = ?1 AND o.decided = 0 AND o.ours IS ` + value + `)`
}
