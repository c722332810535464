package sqlite

import (
	"context"
	"database/sql"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// EnterQueue gives the company's run the last place in the queue of transfers. A run that has a place
// keeps it; an older run of the company gives its own away.
func (m *Machine) EnterQueue(ctx context.Context, id domain.CompanyID, run int64) error {
	return m.db.Update(ctx, "enter the queue", func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM transfer_queue WHERE company_id = ? AND run_id <> ?`, id, run); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO transfer_queue (company_id, run_id, entered_at) VALUES (?, ?, ?)
			ON CONFLICT DO NOTHING`, id, run, database.TimeText(m.db.Now()))
		return err
	})
}

// LeaveQueue takes the company's run out of the queue; one that is not there is no error.
func (m *Machine) LeaveQueue(ctx context.Context, id domain.CompanyID, run int64) error {
	return m.db.Execute(ctx, "leave the queue", `DELETE FROM transfer_queue WHERE company_id = ? AND run_id = ?`, id, run)
}

// SetWriting notes whether the company's run has the turn to write.
func (m *Machine) SetWriting(ctx context.Context, id domain.CompanyID, run int64, writing bool) error {
	return m.db.Execute(ctx, "note who writes", `UPDATE transfer_queue SET writing = ? WHERE company_id = ? AND run_id = ?`, writing, id, run)
}

// Queue gives the queue of transfers, the first place first. Whether a program is there with an entry
// (Place.Here) the file cannot tell.
func (m *Machine) Queue(ctx context.Context) ([]transfer.Place, error) {
	return database.View(ctx, m.db, "read the queue", func(tx *sql.Tx) ([]transfer.Place, error) {
		return database.SelectAll(ctx, tx, func(p *transfer.Place) []any {
			return []any{&p.Company, &p.Name, &p.Run, database.TimeInto(&p.EnteredAt), &p.Writing}
		},
			`SELECT q.company_id, c.name, q.run_id, q.entered_at, q.writing
			FROM transfer_queue q JOIN company c ON c.id = q.company_id ORDER BY q.place`)
	})
}
