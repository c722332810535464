package sqlite

import (
	"context"
	"database/sql"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// EnterQueue gives the company's run the last place in the queue of transfers. A run that has a place
// keeps it; an older run of the company gives its own away.
func (m *Machine) EnterQueue(ctx context.Context, id domain.CompanyID, run int64) error {
	return m.db.writing(ctx, "enter the queue", func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM transfer_queue WHERE company_id = ? AND run_id <> ?`, id, run); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO transfer_queue (company_id, run_id, entered_at) VALUES (?, ?, ?)
			ON CONFLICT DO NOTHING`, id, run, timeText(m.db.now()))
		return err
	})
}

// LeaveQueue takes the company's run out of the queue; one that is not there is no error.
func (m *Machine) LeaveQueue(ctx context.Context, id domain.CompanyID, run int64) error {
	_, err := m.db.write.ExecContext(ctx, `DELETE FROM transfer_queue WHERE company_id = ? AND run_id = ?`, id, run)
	return mapped(ctx, "leave the queue", err)
}

// SetWriting notes whether the company's run has the turn to write.
func (m *Machine) SetWriting(ctx context.Context, id domain.CompanyID, run int64, writing bool) error {
	_, err := m.db.write.ExecContext(ctx, `UPDATE transfer_queue SET writing = ? WHERE company_id = ? AND run_id = ?`, writing, id, run)
	return mapped(ctx, "note who writes", err)
}

// Queue gives the queue of transfers, the first place first. Whether a program is there with an entry
// (Place.Here) the file cannot tell.
func (m *Machine) Queue(ctx context.Context) ([]transfer.Place, error) {
	const op = "read the queue"
	rows, err := m.db.read.QueryContext(ctx, `SELECT q.company_id, c.name, q.run_id, q.entered_at, q.writing
		FROM transfer_queue q JOIN company c ON c.id = q.company_id ORDER BY q.place`)
	if err != nil {
		return nil, mapped(ctx, op, err)
	}
	defer func() { _ = rows.Close() }()
	var line []transfer.Place
	for rows.Next() {
		var p transfer.Place
		if err := rows.Scan(&p.Company, &p.Name, &p.Run, timeValue{&p.EnteredAt}, &p.Writing); err != nil {
			return nil, mapped(ctx, op, err)
		}
		line = append(line, p)
	}
	return line, mapped(ctx, op, rows.Err())
}
