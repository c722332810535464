package transfer

import (
	"context"
	"database/sql"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// Pair gives the İşbaşı product that a catalogue product is bound to, as the newest transfer read it: its
// ID always, the rest if it is known. Tier says why they are a pair, "" when no transfer knows.
func (s Store) Pair(ctx context.Context, id domain.ProductID) (pair transfer.Row, ok bool, err error) {
	return database.ViewBoth(ctx, s.db, "read a binding", func(tx *sql.Tx) (pair transfer.Row, ok bool, err error) {
		b, ok, err := database.SelectOne(ctx, tx, func(b *domain.Binding) []any { return []any{&b.RemoteID, &b.Type} },
			`SELECT remote_id, type FROM binding WHERE product_id = ?`, id)
		if err != nil || !ok {
			return pair, false, err
		}
		pair.Remote.ID, pair.Remote.Type = b.RemoteID, b.Type
		rows, err := selectRows(ctx, tx, `WHERE r.transfer_id IN (SELECT id FROM transfer) AND r.remote_id = ? AND r.type = ?
			ORDER BY r.transfer_id DESC`, b.RemoteID, b.Type)
		if err != nil || len(rows) == 0 {
			return pair, true, err
		}
		pair = rows[0]
		for _, r := range rows { // "known" only says that an older transfer paired them
			if r.ProductID == id && r.Tier != "" && (pair.Tier == "" || pair.Tier == matching.TierKnown) {
				pair.Tier = r.Tier
			}
		}
		return pair, true, nil
	})
}
