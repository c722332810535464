package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// typeProduct is İşbaşı's type of a product; a transfer reads no other.
const typeProduct = 1

// Sides gives the whole of both sides of run r, from one snapshot of the file.
func (c *Company) Sides(ctx context.Context, r transfer.Run) (transfer.Sides, error) {
	s := transfer.Sides{Revisions: map[domain.ProductID]int64{}}
	err := c.db.reading(ctx, "read both sides", func(tx *sql.Tx) error {
		if err := readLocals(ctx, tx, &s); err != nil {
			return err
		}
		rows, err := selectRows(ctx, tx, `WHERE r.transfer_id = ? ORDER BY r.id`, r.ID)
		if err != nil {
			return err
		}
		s.Remotes = make([]domain.RemoteProduct, len(rows))
		for i, row := range rows {
			s.Remotes[i] = row.Remote
		}
		if s.Bound, err = readPairs(ctx, tx, `SELECT remote_id, product_id FROM binding WHERE type = ?`); err != nil {
			return err
		}
		s.Separated, err = readPairs(ctx, tx, `SELECT remote_id, product_id FROM separation WHERE type = ?`)
		return err
	})
	return s, err
}

func readLocals(ctx context.Context, tx *sql.Tx, s *transfer.Sides) error {
	rows, err := tx.QueryContext(ctx, `SELECT id, code, barcode, revision FROM product
		WHERE state <> 'archived' ORDER BY id`)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var l matching.Local
		var revision int64
		if err := rows.Scan(&l.ID, &l.Code, &l.Barcode, &revision); err != nil {
			return err
		}
		s.Locals = append(s.Locals, l)
		s.Revisions[l.ID] = revision
	}
	return rows.Err()
}

func readPairs(ctx context.Context, tx *sql.Tx, query string) ([]matching.Pair, error) {
	rows, err := tx.QueryContext(ctx, query, typeProduct)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var pairs []matching.Pair
	for rows.Next() {
		var p matching.Pair
		if err := rows.Scan(&p.Remote, &p.Local); err != nil {
			return nil, err
		}
		pairs = append(pairs, p)
	}
	return pairs, rows.Err()
}

// SavePlan writes the decisions on the run's pending rows, together with r; what an earlier plan said of
// them is gone. A decision on a row that is not pending, or not there, is a defect of the caller's and
// refuses the plan.
func (c *Company) SavePlan(ctx context.Context, r transfer.Run, plan []matching.Decision, revisions map[domain.ProductID]int64) error {
	return c.db.writing(ctx, "save plan", func(tx *sql.Tx) error {
		update, err := tx.PrepareContext(ctx, `UPDATE transfer_row SET tier = ?, reason = ?, candidates = ?, flag = ?,
				skipped = ?, product_id = ?, revision = ?
			WHERE transfer_id = ? AND remote_id = ? AND type = ? AND outcome = 'pending'`)
		if err != nil {
			return err
		}
		defer func() { _ = update.Close() }()
		for _, d := range plan {
			res, err := update.ExecContext(ctx, d.Tier, d.Reason, d.Candidates, d.Flag, d.Skipped, d.Local,
				revisions[d.Local], r.ID, d.Remote, typeProduct)
			if err != nil {
				return err
			}
			n, err := res.RowsAffected()
			if err != nil {
				return err
			}
			if n != 1 {
				return fmt.Errorf("no pending row %s in transfer %d", d.Remote, r.ID)
			}
		}
		return saveRun(ctx, tx, r)
	})
}
