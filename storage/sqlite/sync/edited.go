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
// undo has put into a bound product, other than what both agreed on last and than a push on its way, and those that a person
// decided to keep. What waits for a person with just that value is none, nor is what both never agreed on, or a price in
// another currency than the company's: such goes nowhere.
func (s Store) Edited(ctx context.Context) (n int, last time.Time, err error) {
	return database.ViewBoth(ctx, s.db, "find edits", func(tx *sql.Tx) (n int, last time.Time, err error) {
		choices, err := settings.Of(ctx, tx)
		if err != nil {
			return 0, time.Time{}, err
		}
		if err := database.MakeRoom(ctx, tx); err != nil {
			return 0, time.Time{}, err
		}
		for _, f := range domain.AllShared() {
			if !choices.Push.Has(f) {
				continue
			}
			for e, err := range database.SelectSeq(ctx, tx, editTargets, editedQuery(f), f, choices.Currency) {
				if err != nil {
					return 0, time.Time{}, err
				}
				if (e.said || e.last.Valid) && !catalogue.SameDecimal(e.ours, e.last) {
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

// edit is a value that may wait to go out: it is spelt otherwise than the last one that both sides agreed on or that
// was sent, or a person has said since that it holds.
type edit struct {
	ours, last decimal.NullDecimal
	said       bool
	at         time.Time
}

func editTargets(e *edit) []any { return []any{&e.ours, &e.last, &e.said, database.TimeInto(&e.at)} }

// editedQuery finds the edits of field ?1; ?2 is the company's currency, in no other one a price goes out. It is asked
// again and again, so the file itself leaves out what is spelt alike.
func editedQuery(f domain.Shared) string {
	value, at, from, more := `p.stock`, `p.stock_at`, `p.stock_from`, ``
	if f == domain.SharedPrice {
		value, at, from, more = `p.price`, `p.price_at`, `p.price_from`, ` AND p.currency IN ('', ?2)`
	}
	last := `coalesce(
			(SELECT i.value FROM sync_item i WHERE i.product_id = p.id AND i.field = ?1 AND ` + onItsWay + ` ORDER BY i.id DESC LIMIT 1),
			(SELECT a.value FROM agreed a WHERE a.product_id = p.id AND a.field = ?1 AND a.remote_id = b.remote_id AND a.type = b.type
				AND a.at > coalesce(c.at, '') ORDER BY a.id DESC LIMIT 1))`
	return `SELECT ` + value + `, ` + last + `, c.at IS NOT NULL, max(coalesce(` + at + `, ''), coalesce(c.at, ''))
		FROM binding b CROSS JOIN product p ON p.id = b.product_id
		LEFT JOIN sync_choice c ON c.product_id = p.id AND c.field = ?1 AND c.kind = 'ours' AND c.ours = ` + value + `
		WHERE p.state <> 'archived' AND b.gone_at IS NULL AND ` + value + ` IS NOT ` + last + `
			AND ` + value + ` IS NOT NULL AND (` + from + ` IN ('person', 'file', 'undo') OR c.at IS NOT NULL)` + more + `
			AND NOT EXISTS (SELECT 1 FROM sync_open o WHERE o.product_id = p.id AND o.field = ?1 AND o.decided = 0 AND o.ours IS ` + value + `)`
}
