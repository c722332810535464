package sync

import (
	"context"
	"database/sql"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// SeeProducts stores what a page said, as read by r at that time, together with r: a row that r has read already is
// read anew and counted once. Of a row that says something else than before it counts whether İşbaşı dated the
// change later than that, and so that a run that asked for what has changed could not have seen it.
func (s Store) SeeProducts(ctx context.Context, r sync.Run, products []domain.RemoteProduct, at time.Time) (sync.Run, error) {
	return s.change(ctx, "store what İşbaşı has", r, func(tx *sql.Tx) error {
		var before, write database.Statement
		err := database.PrepareAll(ctx, tx,
			database.Prepare(&before, `SELECT sync_id = ?1, price IS NOT ?4 OR stock IS NOT ?5, coalesce(?6, '') > max(read_at, coalesce((
					SELECT strftime('%Y-%m-%dT%H:%M:%fZ', created_at, '-1 hour') FROM sync_run
					WHERE scope = 'changed' AND read_at IS NOT NULL AND id < ?1 ORDER BY id DESC LIMIT 1), ''))
				FROM sync_seen WHERE remote_id = ?2 AND type = ?3`),
			database.Prepare(&write, `INSERT INTO sync_seen (remote_id, type, price, currency, stock, modified_at, read_at, sync_id, code, unit)
				VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (remote_id, type) DO UPDATE SET price = excluded.price, currency = excluded.currency,
				stock = excluded.stock, modified_at = excluded.modified_at, read_at = excluded.read_at, sync_id = excluded.sync_id,
				code = excluded.code, unit = excluded.unit`),
		)
		if err != nil {
			return err
		}
		var read, dated, undated int
		for _, p := range products {
			modified := database.TimeText(p.ModifiedAt)
			was, _, err := database.ScanOne(before.QueryRowContext(ctx, r.ID, p.ID, p.Type, p.Price, p.Stock, modified), seenTargets)
			if err != nil {
				return err
			}
			if !was.again {
				read++
				if was.changed && was.later {
					dated++
				} else if was.changed {
					undated++
				}
			}
			if _, err := write.ExecContext(ctx, p.ID, p.Type, p.Price, p.Currency, p.Stock, modified, database.TimeText(at), r.ID, p.Code, p.Unit); err != nil {
				return err
			}
		}
		_, err = tx.ExecContext(ctx, `UPDATE sync_run SET read = read + ?, dated = dated + ?, undated = undated + ? WHERE id = ?`, read, dated, undated, r.ID)
		return err
	})
}

// seen is what a row was when it was read before: by the same run, with other values, dated later than that read. The zero
// value is that of a row that was never read.
type seen struct{ again, changed, later bool }

func seenTargets(s *seen) []any { return []any{&s.again, &s.changed, &s.later} }

// LastProductSeen gives the greatest id among the products that r has read, "" when there is none.
func (s Store) LastProductSeen(ctx context.Context, r sync.Run) (domain.RemoteID, error) {
	return database.View(ctx, s.db, "find what was read last", func(tx *sql.Tx) (domain.RemoteID, error) {
		return database.SelectValue[domain.RemoteID](ctx, tx, `SELECT coalesce((SELECT remote_id FROM sync_seen
			WHERE sync_id = ? ORDER BY CAST(remote_id AS INTEGER) DESC LIMIT 1), '')`, r.ID)
	})
}

// ProductsSeenBelow counts the products that r has read whose id is smaller.
func (s Store) ProductsSeenBelow(ctx context.Context, r sync.Run, id domain.RemoteID) (int, error) {
	return database.View(ctx, s.db, "count what was read", func(tx *sql.Tx) (int, error) {
		return database.SelectValue[int](ctx, tx, `SELECT count(*) FROM sync_seen
			WHERE sync_id = ? AND CAST(remote_id AS INTEGER) < CAST(? AS INTEGER)`, r.ID, id)
	})
}

// UnseeBetween takes back that r has read the products from one id up to, and without, another ("": without end), but for
// those that stay: İşbaşı has them there no more.
func (s Store) UnseeBetween(ctx context.Context, r sync.Run, from, to domain.RemoteID, stay []domain.RemoteID) (sync.Run, error) {
	return s.change(ctx, "mend what was read", r, func(tx *sql.Tx) error {
		ids, _ := database.JSONText(stay) // texts are always JSON
		gone, err := tx.ExecContext(ctx, `UPDATE sync_seen SET sync_id = 0 WHERE sync_id = ?
			AND CAST(remote_id AS INTEGER) >= CAST(? AS INTEGER) AND (? = '' OR CAST(remote_id AS INTEGER) < CAST(? AS INTEGER))
			AND remote_id NOT IN (SELECT value FROM json_each(?))`, r.ID, from, to, to, ids)
		if err != nil {
			return err
		}
		dropped, err := gone.RowsAffected()
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE sync_run SET read = read - ? WHERE id = ?`, dropped, r.ID)
		return err
	})
}

// ForgetSync forgets what r has read: it begins anew. How its rows had changed is known only once, when they were
// read first, and stays.
func (s Store) ForgetSync(ctx context.Context, r sync.Run) (sync.Run, error) {
	r.Phase, r.NextPage, r.Total = transfer.PhaseRead, 1, 0
	return s.change(ctx, "read a sync anew", r, func(tx *sql.Tx) error {
		for _, statement := range []string{
			`UPDATE sync_seen SET sync_id = 0 WHERE sync_id = ?`,
			`DELETE FROM sync_item WHERE sync_id = ?`,
			`UPDATE sync_run SET read = 0, planned = 0, failed = 0, pending = 0, brakes = '[]' WHERE id = ?`,
		} {
			if _, err := tx.ExecContext(ctx, statement, r.ID); err != nil {
				return err
			}
		}
		return nil
	})
}

// SeenProducts counts what the last read of the whole list has seen; 0: it was never read.
func (s Store) SeenProducts(ctx context.Context) (int, error) {
	return database.View(ctx, s.db, "count what İşbaşı has", func(tx *sql.Tx) (int, error) {
		return database.SelectValue[int](ctx, tx, `SELECT coalesce((SELECT total FROM sync_run WHERE scope = 'full' AND read_at IS NOT NULL ORDER BY id DESC LIMIT 1),
			(SELECT total FROM transfer WHERE read_at IS NOT NULL ORDER BY id DESC LIMIT 1), 0)`)
	})
}

// ChangedTotals gives how many rows each run had to read that read what had changed, to its end, at that time or later.
func (s Store) ChangedTotals(ctx context.Context, from time.Time) ([]int, error) {
	return database.View(ctx, s.db, "count what had changed at İşbaşı", func(tx *sql.Tx) ([]int, error) {
		return database.SelectAll(ctx, tx, database.Itself[int], `SELECT total FROM sync_run WHERE scope = 'changed' AND read_at >= ? ORDER BY id`,
			database.TimeText(from))
	})
}

// Missed gives the bound products that r has not seen and that are not known to be gone.
func (s Store) Missed(ctx context.Context, r sync.Run) ([]domain.ProductRef, error) {
	return database.View(ctx, s.db, "find what İşbaşı's list has not", func(tx *sql.Tx) ([]domain.ProductRef, error) {
		return database.SelectAll(ctx, tx, func(p *domain.ProductRef) []any { return []any{&p.ID, &p.Type} },
			`SELECT b.remote_id, b.type FROM binding b WHERE b.gone_at IS NULL AND NOT EXISTS (SELECT 1 FROM sync_seen s
				WHERE s.remote_id = b.remote_id AND s.type = b.type AND s.sync_id = ?) ORDER BY b.remote_id, b.type`, r.ID)
	})
}

// Gone stores that a bound product is gone at İşbaşı.
func (s Store) Gone(ctx context.Context, ref domain.ProductRef) error {
	return s.db.Execute(ctx, "note that a product is gone", `UPDATE binding SET gone_at = ? WHERE remote_id = ? AND type = ? AND gone_at IS NULL`,
		database.TimeText(s.db.Now()), ref.ID, ref.Type)
}
