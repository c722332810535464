package transfer

import (
	"context"
	"database/sql"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// What the tests of this room look at beside its store.
const (
	KeptTransfers = keptTransfers
	MarkTakenBack = markTakenBack
	MarkUndone    = markUndone
	NoRevision    = noRevision
	RowsAtOnce    = rowsAtOnce
	UpdatePlanned = updatePlanned
)

var (
	DecidedValues = decidedValues
	DryRun        = dryRun
	NewBatch      = newBatch
	NewPresent    = newPresent
	NewUndoer     = newUndoer
	PlannedValues = plannedValues
	ReadRun       = readRun
	SaveRun       = saveRun
	SelectRows    = selectRows
	Stage         = stage
)

type RowImage = rowImage

func (i rowImage) On(r transfer.Row) transfer.Row { return i.on(r) }

func (p *present) Candidate(ctx context.Context, row transfer.Row) (transfer.Candidate, domain.Origins, error) {
	return p.candidate(ctx, row)
}

func (u *undoer) Standing(ctx context.Context, image int) (s transfer.Current, err error) {
	err = u.standing.QueryRowContext(ctx, image).Scan(&s.Exists, &s.Revision, &s.Kept, &s.BoundTo, &s.BoundFrom, &s.Later)
	return s, err
}

func SaveRow(ctx context.Context, tx *sql.Tx, row transfer.Row) error {
	return (&decider{tx: tx}).saveRow(ctx, row)
}
