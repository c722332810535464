package transfer

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// PlanRows gives the rows of a run's plan in the order of reading, from one snapshot of the file.
func (s Store) PlanRows(ctx context.Context, run int64) iter.Seq2[transfer.PlanRow, error] {
	return database.ViewSeq(ctx, s.db, "read the rows of the plan", func(tx *sql.Tx) iter.Seq2[transfer.PlanRow, error] {
		return func(yield func(transfer.PlanRow, error) bool) {
			present, err := newPresent(ctx, tx)
			if err != nil {
				yield(transfer.PlanRow{}, err)
				return
			}
			for rows, err := range stepRows(ctx, tx, run, rowColumns, rowTargets, `r.planned <> ''`) {
				if err == nil {
					err = present.readAhead(ctx, rows)
				}
				if err != nil {
					yield(transfer.PlanRow{}, err)
					return
				}
				for _, row := range rows {
					partner, err := present.partner(ctx, row)
					if !yield(transfer.PlanRow{Row: row, Partner: partner}, err) {
						return
					}
				}
			}
		}
	})
}

// RunOfPlan finds the run that a plan is carried out by: the one that a file with that checksum was staged
// as, else the one of that number whose plan was made at that moment.
func (s Store) RunOfPlan(ctx context.Context, checksum string, run int64, madeAt time.Time) (transfer.Run, bool, error) {
	return s.findRun(ctx, `WHERE id = (SELECT transfer_id FROM transfer_plan
		WHERE source = ? OR transfer_id = ? AND made_at = ? ORDER BY source = '' LIMIT 1)`, checksum, run, database.TimeText(madeAt))
}

// PlannedRun gives the newest run that is planned and that nobody has confirmed, if it was read after then.
func (s Store) PlannedRun(ctx context.Context, then time.Time) (transfer.Run, bool, error) {
	return s.findRun(ctx, `WHERE confirmed_at IS NULL AND state = 'planned' AND read_at > ? ORDER BY id DESC LIMIT 1`, database.TimeText(then))
}

// StagePlan makes a run of a document: all of its rows with their plan, or nothing. A partner that is not
// the one that the plan saw is kept with a revision that no product has, so that its row fails as changed.
// The document has to be whole: its rows are those it counted.
func (s Store) StagePlan(ctx context.Context, r transfer.Run, d transfer.Document, checksum string, rows iter.Seq2[transfer.PlanRow, error]) (transfer.Run, error) {
	return database.Update(ctx, s.db, "stage the plan", func(tx *sql.Tx) (transfer.Run, error) {
		r, err := createRun(ctx, tx, s.db.Now(), r)
		if err != nil {
			return r, err
		}
		s, err := newPlanStage(ctx, tx, r.ID)
		if err != nil {
			return r, err
		}
		for row, err := range rows {
			if err != nil {
				return r, err
			}
			if err := s.add(ctx, row); err != nil {
				return r, domain.Wrap(err, "row %s", row.Remote.ID)
			}
		}
		if err := s.flush(ctx); err != nil {
			return r, err
		}
		r.Counters = transfer.Counters{Read: s.staged, Pending: s.staged}
		if err := insertPlan(ctx, tx, r.ID, d.MadeAt, checksum, d.Forecast); err != nil {
			return r, err
		}
		return r, saveRun(ctx, tx, r)
	})
}

// noRevision is none that a product ever has.
const noRevision = 0

// planStage writes the rows of a document.
type planStage struct {
	tx      *sql.Tx
	run     int64
	present *present
	update  database.Statement
	page    []transfer.PlanRow
	staged  int
}

func newPlanStage(ctx context.Context, tx *sql.Tx, run int64) (*planStage, error) {
	s := &planStage{tx: tx, run: run}
	var err error
	if s.present, err = newPresent(ctx, tx); err != nil {
		return nil, err
	}
	return s, database.PrepareAll(ctx, tx, database.Prepare(&s.update, updatePlanned))
}

func (s *planStage) add(ctx context.Context, row transfer.PlanRow) error {
	s.page = append(s.page, row)
	if len(s.page) < rowsAtOnce {
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
	rows := make([]transfer.Row, len(s.page))
	for i, row := range s.page {
		rows[i] = row.Row
	}
	if err := s.present.readAhead(ctx, rows); err != nil {
		return err
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
