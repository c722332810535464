package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// PlanRows gives the rows of a run's plan in the order of reading, from one snapshot of the file.
func (c *Company) PlanRows(ctx context.Context, run int64) iter.Seq2[transfer.PlanRow, error] {
	return func(yield func(transfer.PlanRow, error) bool) {
		err := c.db.reading(ctx, "read the rows of the plan", func(tx *sql.Tx) error {
			present, err := newPresent(ctx, tx)
			if err != nil {
				return err
			}
			var after any // the row before the step; null before the first
			for {
				rows, err := selectRows(ctx, tx, `WHERE r.transfer_id = ? AND r.planned <> '' AND r.id > coalesce(
						(SELECT id FROM transfer_row WHERE transfer_id = ? AND remote_id = ? AND type = ?), 0)
					ORDER BY r.id LIMIT ?`, run, run, after, typeProduct, planStep)
				if err != nil || len(rows) == 0 {
					return err
				}
				for _, row := range rows {
					partner, err := present.partner(ctx, row)
					if err != nil {
						return err
					}
					if !yield(transfer.PlanRow{Row: row, Partner: partner}, nil) {
						return nil
					}
				}
				after = rows[len(rows)-1].Remote.ID
			}
		})
		if err != nil {
			yield(transfer.PlanRow{}, err)
		}
	}
}

// partner gives the fingerprint of the row's partner, "" when it has none or that one has changed since.
func (p *present) partner(ctx context.Context, row transfer.Row) (string, error) {
	if row.Tier == "" || row.ProductID == 0 {
		return "", nil
	}
	product, err := scanProduct(p.product.QueryRowContext(ctx, row.ProductID))
	if errors.Is(err, sql.ErrNoRows) || err == nil && product.Revision != row.Revision {
		return "", nil
	}
	return transfer.Fingerprint(product), err
}

// RunOfPlan finds the run that a plan is carried out by: the one that a file with that checksum was staged
// as, else the one of that number whose plan was made at that moment.
func (c *Company) RunOfPlan(ctx context.Context, checksum string, run int64, madeAt time.Time) (transfer.Run, bool, error) {
	return c.findRun(ctx, `WHERE id = (SELECT transfer_id FROM transfer_plan
		WHERE source = ? OR transfer_id = ? AND made_at = ? ORDER BY source = '' LIMIT 1)`, checksum, run, timeText(madeAt))
}

// PlannedRun gives the newest run that is planned and that nobody has confirmed, if it was read after then.
func (c *Company) PlannedRun(ctx context.Context, then time.Time) (transfer.Run, bool, error) {
	return c.findRun(ctx, `WHERE confirmed_at IS NULL AND state = 'planned' AND read_at > ? ORDER BY id DESC LIMIT 1`, timeText(then))
}

// StagePlan makes a run of a document: all of its rows with their plan, or nothing. A partner that is not
// the one that the plan saw is kept with a revision that no product has, so that its row fails as changed.
// The document has to be whole: its rows are those it counted.
func (c *Company) StagePlan(ctx context.Context, r transfer.Run, d transfer.Document, checksum string, rows iter.Seq2[transfer.PlanRow, error]) (transfer.Run, error) {
	err := c.db.writing(ctx, "stage the plan", func(tx *sql.Tx) error {
		var err error
		if r, err = c.createRun(ctx, tx, r); err != nil {
			return err
		}
		s, err := newPlanStage(ctx, tx, r.ID)
		if err != nil {
			return err
		}
		for row, err := range rows {
			if err != nil {
				return err
			}
			if err := s.add(ctx, row); err != nil {
				return domain.Wrap(err, "row %s", row.Remote.ID)
			}
		}
		if err := s.flush(ctx); err != nil {
			return err
		}
		r.Counters = transfer.Counters{Read: s.staged, Pending: s.staged}
		if err := insertPlan(ctx, tx, r.ID, d.MadeAt, checksum, d.Forecast); err != nil {
			return err
		}
		return saveRun(ctx, tx, r)
	})
	if err != nil {
		return transfer.Run{}, err
	}
	return r, nil
}

// noRevision is none that a product ever has.
const noRevision = 0

// planStage writes the rows of a document.
type planStage struct {
	tx      *sql.Tx
	run     int64
	present *present
	update  *sql.Stmt
	page    []transfer.PlanRow
	staged  int
}

func newPlanStage(ctx context.Context, tx *sql.Tx, run int64) (*planStage, error) {
	s := &planStage{tx: tx, run: run}
	var err error
	if s.present, err = newPresent(ctx, tx); err != nil {
		return nil, err
	}
	s.update, err = tx.PrepareContext(ctx, updatePlanned) //nolint:sqlclosecheck // ends with its transaction
	return s, err
}

func (s *planStage) add(ctx context.Context, row transfer.PlanRow) error {
	s.page = append(s.page, row)
	if len(s.page) < planStep {
		return nil
	}
	return s.flush(ctx)
}

func (s *planStage) flush(ctx context.Context) error {
	products := make([]domain.RemoteProduct, len(s.page))
	for i, row := range s.page {
		products[i] = row.Remote
	}
	added, err := stage(ctx, s.tx, s.run, products)
	if err != nil {
		return err
	}
	if added != len(s.page) {
		return fmt.Errorf("%d of %d rows are new", added, len(s.page))
	}
	for _, row := range s.page {
		partner, err := s.present.partner(ctx, row.Row)
		if err != nil {
			return err
		}
		if partner != row.Partner {
			row.Revision = noRevision
		}
		values := append(decidedValues(row.Row), plannedValues(row.Planned)...)
		if _, err := s.update.ExecContext(ctx, append(values, s.run, row.Remote.ID, row.Remote.Type)...); err != nil {
			return err
		}
	}
	s.staged += added
	s.page = s.page[:0]
	return nil
}
