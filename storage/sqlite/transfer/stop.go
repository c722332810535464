package transfer

import (
	"context"
	"database/sql"

	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// StopRun stores that a person wants a run stopped that is being worked on; one that is not stays as it is.
func (s Store) StopRun(ctx context.Context, id int64) error {
	return s.db.Update(ctx, "note the stop of a transfer", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE transfer SET state = ? WHERE id = ? AND state IN (?, ?, ?)`,
			transfer.StateStopping, id, transfer.StatePreparing, transfer.StateQueued, transfer.StateApplying)
		return err
	})
}

// RecoverStopped gives runs that were stopping when the program ended the state that a person wanted. It
// is called when nobody else can be working on them, and tells how many there were.
func (s Store) RecoverStopped(ctx context.Context) (n int64, err error) {
	err = s.db.Update(ctx, "end the stop of a transfer", func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `UPDATE transfer SET state = ? WHERE state = ?`, transfer.StateStopped, transfer.StateStopping)
		if err != nil {
			return err
		}
		n, err = res.RowsAffected()
		return err
	})
	return n, err
}
