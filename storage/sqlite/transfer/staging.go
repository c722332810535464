package transfer

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// StagePage stores the page's products as pending rows of r, together with r. A product that is staged
// already is replaced by what was read now and keeps its place; one that was applied already is left
// as it is. The answer is r with Read and Pending grown by the rows that are new.
func (s Store) StagePage(ctx context.Context, r transfer.Run, products []domain.RemoteProduct) (transfer.Run, error) {
	if cursorAlone {
		var err error
		if r, err = s.recount(ctx, "store cursor", r, func(_ *sql.Tx, n *transfer.Counters) error {
			n.Read += len(products)
			n.Pending += len(products)
			return nil
		}); err != nil {
			return r, err
		}
	}
	return s.recount(ctx, "store page", r, func(tx *sql.Tx, n *transfer.Counters) error {
		added, err := stage(ctx, tx, r.ID, products)
		if !cursorAlone {
			n.Read += added
			n.Pending += added
		}
		return err
	})
}

// LastStaged gives the greatest id among the products staged for r, "" when there is none.
func (s Store) LastStaged(ctx context.Context, r transfer.Run) (domain.RemoteID, error) {
	return database.View(ctx, s.db, "find the last row", func(tx *sql.Tx) (domain.RemoteID, error) {
		return database.SelectValue[domain.RemoteID](ctx, tx, `SELECT coalesce((SELECT remote_id FROM transfer_product
			WHERE transfer_id = ? ORDER BY CAST(remote_id AS INTEGER) DESC LIMIT 1), '')`, r.ID)
	})
}

// StagedBelow counts the products staged for r whose id is smaller.
func (s Store) StagedBelow(ctx context.Context, r transfer.Run, id domain.RemoteID) (int, error) {
	return database.View(ctx, s.db, "count rows", func(tx *sql.Tx) (int, error) {
		return database.SelectValue[int](ctx, tx, `SELECT count(*) FROM transfer_product
			WHERE transfer_id = ? AND CAST(remote_id AS INTEGER) < CAST(? AS INTEGER)`, r.ID, id)
	})
}

// StageRange is StagePage of all that İşbaşı has from one id up to, and without, another ("": without end): pending rows
// there that are not among the products go.
func (s Store) StageRange(ctx context.Context, r transfer.Run, from, to domain.RemoteID, products []domain.RemoteProduct) (transfer.Run, error) {
	return s.recount(ctx, "mend a page", r, func(tx *sql.Tx, n *transfer.Counters) error {
		ids := make([]domain.RemoteID, len(products))
		for i, p := range products {
			ids[i] = p.ID
		}
		stay, _ := database.JSONText(ids) // texts are always JSON
		gone, err := tx.ExecContext(ctx, `DELETE FROM transfer_product AS p WHERE transfer_id = ? AND (SELECT outcome FROM transfer_outcome WHERE id = p.id) = 'pending'
			AND CAST(remote_id AS INTEGER) >= CAST(? AS INTEGER) AND (? = '' OR CAST(remote_id AS INTEGER) < CAST(? AS INTEGER))
			AND remote_id NOT IN (SELECT value FROM json_each(?))`, r.ID, from, to, to, stay)
		if err != nil {
			return err
		}
		dropped, err := gone.RowsAffected()
		if err != nil {
			return err
		}
		added, err := stage(ctx, tx, r.ID, products)
		n.Read += added - int(dropped)
		n.Pending += added - int(dropped)
		return err
	})
}

// DropRows removes every staged row of the run, for a read that starts anew: r is stored as one that has
// read nothing yet, so that a kill right afterwards leaves no cursor and no counters without their rows.
func (s Store) DropRows(ctx context.Context, r transfer.Run) error {
	return s.db.Update(ctx, "drop rows", func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM transfer_product WHERE transfer_id = ?`, r.ID); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM transfer_plan WHERE transfer_id = ?`, r.ID); err != nil {
			return err
		}
		r.Phase, r.NextPage, r.Total, r.Counters = transfer.PhaseRead, 1, 0, transfer.Counters{}
		return saveRun(ctx, tx, r)
	})
}

// rowsStaged is how many rows one statement stages.
const rowsStaged = 25

// insertStaged is the statement that stages n rows; their values are those of stagedValues.
func insertStaged(n int) string {
	return `INSERT INTO transfer_product (transfer_id, remote_id, type, code, barcode, name, brand, unit, active, currency, price, stock, vat_rate, modified_at)
		VALUES ` + strings.TrimSuffix(strings.Repeat(`(?1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?), `, n), `, `) + `
		ON CONFLICT (transfer_id, remote_id, type) DO NOTHING`
}

func stagedValues(p domain.RemoteProduct) []any {
	return []any{
		p.ID, p.Type, p.Code, p.Barcode, p.Name, p.Brand, p.Unit, p.Active, p.Currency, p.Price, p.Stock, p.VATRate, database.TimeText(p.ModifiedAt),
	}
}

// stage writes the rows and tells how many were not there before.
func stage(ctx context.Context, tx *sql.Tx, run int64, products []domain.RemoteProduct) (added int, err error) {
	var insertion database.Statement
	if err := database.PrepareAll(ctx, tx, database.Prepare(&insertion, insertStaged(rowsStaged))); err != nil {
		return 0, err
	}
	last, err := database.SelectValue[int64](ctx, tx, `SELECT coalesce(max(id), 0) FROM transfer_product`)
	if err != nil {
		return 0, err
	}
	for some := range slices.Chunk(products, rowsStaged) {
		put := insertion.ExecContext
		if len(some) < rowsStaged {
			put = func(ctx context.Context, args ...any) (sql.Result, error) {
				return tx.ExecContext(ctx, insertStaged(len(some)), args...)
			}
		}
		values := make([]any, 1, 1+13*rowsStaged)
		values[0] = run
		for _, p := range some {
			values = append(values, stagedValues(p)...)
		}
		res, err := put(ctx, values...)
		if err != nil {
			return 0, err
		}
		n, err := res.RowsAffected()
		if err != nil {
			return 0, err
		}
		if added += int(n); int(n) == len(some) {
			continue
		}
		if err := restage(ctx, tx, run, some); err != nil { // what was new is the same again
			return 0, err
		}
	}
	if added > 0 {
		_, err = tx.ExecContext(ctx, `INSERT INTO transfer_outcome (id, transfer_id) SELECT id, transfer_id FROM transfer_product WHERE id > ? ORDER BY id`, last)
	}
	return added, err
}

// restage writes what was read over what is staged, where that is not applied.
func restage(ctx context.Context, tx *sql.Tx, run int64, products []domain.RemoteProduct) error {
	var replacement database.Statement
	if err := database.PrepareAll(ctx, tx, database.Prepare(&replacement, `UPDATE transfer_product AS p SET code = ?4, barcode = ?5, name = ?6, brand = ?7, unit = ?8,
			active = ?9, currency = ?10, price = ?11, stock = ?12, vat_rate = ?13, modified_at = ?14
		WHERE transfer_id = ?1 AND remote_id = ?2 AND type = ?3 AND (SELECT outcome FROM transfer_outcome WHERE id = p.id) = 'pending'`)); err != nil {
		return err
	}
	for _, p := range products {
		if _, err := replacement.ExecContext(ctx, append([]any{run}, stagedValues(p)...)...); err != nil {
			return err
		}
	}
	return nil
}
