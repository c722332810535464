package transfer

import (
	"context"
	"database/sql"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/catalogue"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// Rows about which there is nothing to decide are planned and applied by statements over many of them at once: those
// that are skipped, those that are listed for a person, and those whose product has İşbaşı's values already. What
// becomes of them is what transfer's decide says of each, which a test holds next to this; whatever this leaves open,
// decide is asked.

// settledTable holds rows of a run, and what becomes of each: outcome is empty where it has to be decided. Price,
// currency and stock are those of its product, which stay.
const settledTable = `CREATE TEMP TABLE settled (
	id         integer PRIMARY KEY,
	remote_id  text    NOT NULL,
	type       integer NOT NULL,
	product_id integer,
	revision   integer NOT NULL,
	bound      integer NOT NULL,
	outcome    text    NOT NULL,
	price      text,
	currency   text,
	stock      text
)`

// withinSettled keeps an update of r to where the rows of the table lie.
const withinSettled = `r.id >= (SELECT min(id) FROM temp.settled) AND r.id <= (SELECT max(id) FROM temp.settled)`

// settle fills the table. The row is r, what was decided of it d; ?1 to ?6 are settleOptions. A row is left out whose
// product another one has.
func settle(d, from string) string {
	return `INSERT OR IGNORE INTO temp.settled
		SELECT r.id, r.remote_id, r.type, nullif(` + d + `.product_id, 0), ` + d + `.revision, b.product_id IS NOT NULL, CASE
			WHEN ` + d + `.skipped THEN iif(` + d + `.product_id = 0, 'skipped', '')
			WHEN ` + d + `.tier = '' THEN iif(` + d + `.product_id = 0 AND b.product_id IS NULL AND ?2, 'unmatched', '')
			WHEN p.revision = ` + d + `.revision AND p.state <> 'archived'
				AND coalesce(b.product_id, p.id) = p.id AND (f.product_id IS NULL OR f.remote_id = r.remote_id AND f.type = r.type)
				AND (` + d + `.tier <> 'known' OR b.product_id IS NOT NULL)
				AND (r.price IS NULL OR r.price = p.price AND CAST(r.price AS REAL) > 0 AND p.currency = ?1 AND (r.currency <> '' OR ?6))
				AND (r.stock IS NULL OR r.stock = p.stock AND CAST(r.stock AS REAL) >= 0)
				AND (NOT ?3 OR r.name = '' OR r.name = p.name) AND (NOT ?4 OR r.brand = '' OR r.brand = p.brand)
				AND (NOT ?5 OR r.vat_rate IS NULL OR r.vat_rate = p.vat_rate) THEN 'matched'
			ELSE '' END, p.price, p.currency, p.stock
		FROM ` + from
}

// settledJoins are the product that r was decided to be, d says which, and what both are bound to.
func settledJoins(d string) string {
	return ` LEFT JOIN product p ON p.id = ` + d + `.product_id
		LEFT JOIN binding b ON b.remote_id = r.remote_id AND b.type = r.type
		LEFT JOIN binding f ON f.product_id = ` + d + `.product_id`
}

func settleOptions(o transfer.Options) []any {
	return []any{o.Currency, o.Unmatched == transfer.UnmatchedListed, o.TakeName, o.TakeBrand, o.TakeVAT, o.Currency == domain.TRY}
}

// settledAtOnce is how many rows the table holds: so many do not leave the memory of the connection.
const settledAtOnce = 1000

// ApplySettled is Apply of those of the next n pending rows about which there is nothing to decide; how many they were
// it tells beside the run, and the name of the last.
func (s Store) ApplySettled(ctx context.Context, r transfer.Run, n int) (_ transfer.Run, rows int, lastName string, err error) {
	applied := r
	err = s.db.Update(ctx, "apply settled rows", func(tx *sql.Tx) error {
		counters, err := storedCounters(ctx, tx, r.ID)
		if err != nil {
			return err
		}
		by := s.db.Author()
		b := &settledBatch{tx: tx, run: r.ID, by: by, counters: &counters}
		if err := b.apply(ctx, r.Options, n); err != nil || b.rows == 0 {
			return err
		}
		applied.Counters, rows, lastName = counters, b.rows, b.lastName
		return saveRun(ctx, tx, applied)
	})
	if err != nil {
		return r, 0, "", err
	}
	return applied, rows, lastName, nil
}

// settledBatch is one ApplySettled at work.
type settledBatch struct {
	tx       *sql.Tx
	run      int64
	by       database.Author
	counters *transfer.Counters
	rows     int
	lastName string
	last     int64 // the row up to which it has looked
}

func (b *settledBatch) apply(ctx context.Context, o transfer.Options, n int) error {
	if _, err := b.tx.ExecContext(ctx, settledTable+`; CREATE UNIQUE INDEX temp.settled_product ON settled (product_id)`); err != nil {
		return err
	}
	for n > 0 {
		looked, err := b.find(ctx, o, min(n, settledAtOnce))
		if err != nil {
			return err
		}
		if looked == 0 {
			break
		}
		n -= looked
		if err := b.write(ctx); err != nil {
			return err
		}
	}
	_, err := b.tx.ExecContext(ctx, `DROP TABLE temp.settled`)
	return err
}

// find looks for the settled ones among the next n pending rows, and tells how many pending ones there were.
func (b *settledBatch) find(ctx context.Context, o transfer.Options, n int) (looked int, err error) {
	after := b.last
	err = b.tx.QueryRowContext(ctx, `SELECT count(*), coalesce(max(id), 0) FROM (SELECT id FROM transfer_outcome
		WHERE transfer_id = ? AND outcome = 'pending' AND id > ? ORDER BY id LIMIT ?)`, b.run, after, n).Scan(&looked, &b.last)
	if err != nil || looked == 0 {
		return 0, err
	}
	_, err = b.tx.ExecContext(ctx, settle(`r`, `transfer_row r `+settledJoins(`r`)+`
		WHERE r.transfer_id = ?7 AND r.outcome = 'pending' AND r.id > ?8 AND r.id <= ?9 ORDER BY r.id`), append(settleOptions(o), b.run, after, b.last)...)
	return looked, err
}

// write keeps before-images and bindings of what was not bound, the outcomes, and what both sides agree on.
func (b *settledBatch) write(ctx context.Context) error {
	found, err := b.count(ctx)
	if err != nil {
		return err
	}
	if found {
		if err := b.writeFound(ctx); err != nil {
			return err
		}
	}
	_, err = b.tx.ExecContext(ctx, `DELETE FROM temp.settled`)
	return err
}

// count adds the settled rows to the counters, and tells whether there are any.
func (b *settledBatch) count(ctx context.Context) (found bool, err error) {
	outcomes, err := database.SelectMap(ctx, b.tx, database.Keyed[transfer.Outcome, int], `SELECT outcome, count(*) FROM temp.settled WHERE outcome <> '' GROUP BY outcome`)
	if err != nil || len(outcomes) == 0 {
		return false, err
	}
	for outcome, rows := range outcomes {
		for range rows {
			b.counters.Count(outcome)
		}
		b.rows += rows
	}
	b.lastName, err = database.SelectValue[string](ctx, b.tx, `SELECT name FROM transfer_product WHERE id = (SELECT max(id) FROM temp.settled WHERE outcome <> '')`)
	return true, err
}

func (b *settledBatch) writeFound(ctx context.Context) error {
	for _, statement := range []string{
		`INSERT INTO before_image (transfer_id, remote_id, type, product_id, product, revision, bound, ignored, created_at)
			SELECT ?1, remote_id, type, product_id, '{"revision":' || revision || '}', revision, 1,
				-EXISTS (SELECT 1 FROM ignored g WHERE g.remote_id = s.remote_id AND g.type = s.type), ?2
			FROM temp.settled s WHERE outcome = 'matched' AND NOT bound ORDER BY id`,
		`DELETE FROM ignored WHERE (remote_id, type) IN (SELECT remote_id, type FROM temp.settled WHERE outcome = 'matched' AND NOT bound)`,
		`INSERT INTO binding (remote_id, type, product_id, created_at)
			SELECT remote_id, type, product_id, ?2 FROM temp.settled WHERE outcome = 'matched' AND NOT bound ORDER BY id`,
		`UPDATE OR FAIL transfer_outcome AS r SET outcome = s.outcome, notes = '', applied_price = NULL, applied_currency = NULL, applied_stock = NULL
			FROM temp.settled s WHERE r.id = s.id AND s.outcome <> '' AND ` + withinSettled,
		`UPDATE transfer_outcome AS r SET applied_price = s.price, applied_currency = coalesce(s.currency, ''), applied_stock = s.stock
			FROM temp.settled s CROSS JOIN transfer_row w ON w.id = s.id AND (w.after_price IS NOT s.price OR w.after_currency <> coalesce(s.currency, '') OR w.after_stock IS NOT s.stock)
			WHERE r.id = s.id AND s.outcome <> ''`,
	} {
		if _, err := b.tx.ExecContext(ctx, statement, b.run, database.TimeText(b.by.At)); err != nil {
			return err
		}
	}
	return catalogue.AgreeOn(ctx, b.tx, b.by.At, catalogue.AgreedBy{Transfer: b.run}, `SELECT s.product_id, s.remote_id, s.type,
			iif(r.price = s.price AND s.currency = coalesce(nullif(r.currency, ''), 'TRY'), s.price, NULL) AS price, iif(r.stock = s.stock, s.stock, NULL) AS stock
		FROM temp.settled s CROSS JOIN transfer_product r ON r.id = s.id WHERE s.outcome = 'matched' ORDER BY s.id`)
}
