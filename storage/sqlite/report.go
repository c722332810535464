package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/domain/report"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// RowGroups counts a run's rows by what a report tells them apart by.
func (c *Company) RowGroups(ctx context.Context, runID int64) ([]report.Group, error) {
	const op = "count rows"
	rows, err := c.db.read.QueryContext(ctx, `SELECT outcome, tier, reason, decided, flag, notes, count(*) FROM transfer_row
		WHERE transfer_id = ? GROUP BY outcome, tier, reason, decided, flag, notes`, runID)
	if err != nil {
		return nil, mapped(ctx, op, err)
	}
	defer func() { _ = rows.Close() }()
	var groups []report.Group
	for rows.Next() {
		var g report.Group
		if err := rows.Scan(&g.Outcome, &g.Tier, &g.Reason, &g.Decided, &g.Flag, (*notes)(&g.Notes), &g.N); err != nil {
			return nil, mapped(ctx, op, err)
		}
		groups = append(groups, g)
	}
	return groups, mapped(ctx, op, rows.Err())
}

// UnreportedRuns gives the confirmed runs that have ended or were stopped and have no report of that end:
// the program was killed before it was written.
func (c *Company) UnreportedRuns(ctx context.Context) ([]transfer.Run, error) {
	const op = "find transfers without a report"
	rows, err := c.db.read.QueryContext(ctx, `SELECT `+runRead+` FROM transfer t
		WHERE confirmed_at IS NOT NULL AND state IN ('done', 'partly_done', 'stopped', 'failed') AND NOT EXISTS (
			SELECT 1 FROM report r WHERE r.transfer_id = t.id AND r.state = t.state AND r.rows = t.pending + t.failed)
		ORDER BY id`)
	if err != nil {
		return nil, mapped(ctx, op, err)
	}
	defer func() { _ = rows.Close() }()
	var runs []transfer.Run
	for rows.Next() {
		r, err := scanRun(rows)
		if err != nil {
			return nil, mapped(ctx, op, err)
		}
		runs = append(runs, r)
	}
	return runs, mapped(ctx, op, rows.Err())
}

// SaveReport notes the files of a run's report, and with the first report of this end of the run queues the
// letter that tells of it (nil: none), in the same moment: neither comes twice, whenever the program is
// killed.
func (c *Company) SaveReport(ctx context.Context, s report.Saved, l *mail.Letter) error {
	return c.db.writing(ctx, "note the report", func(tx *sql.Tx) error {
		var known bool
		err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM report WHERE transfer_id = ? AND state = ? AND rows = ?)`,
			s.RunID, s.State, s.Open).Scan(&known)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO report (transfer_id, state, rows, html, xlsx, draft, saved_at)
			VALUES (?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (transfer_id, state, rows) DO UPDATE SET html = excluded.html, xlsx = excluded.xlsx,
				draft = excluded.draft, saved_at = excluded.saved_at`,
			s.RunID, s.State, s.Open, s.HTML, s.XLSX, s.Draft, timeText(s.SavedAt))
		if err != nil || known || l == nil {
			return err
		}
		_, err = c.insertLetter(ctx, tx, *l)
		return err
	})
}

// SavedReport gives the report of a run's end in that state with so many rows pending or failed, ok = false when
// there is none. Its paths are empty for a run that ended before reports were saved.
func (c *Company) SavedReport(ctx context.Context, runID int64, state transfer.State, open int) (s report.Saved, ok bool, err error) {
	err = c.db.read.QueryRowContext(ctx, `SELECT transfer_id, state, rows, html, xlsx, draft, saved_at FROM report
		WHERE transfer_id = ? AND state = ? AND rows = ?`, runID, state, open).
		Scan(&s.RunID, &s.State, &s.Open, &s.HTML, &s.XLSX, &s.Draft, timeValue{&s.SavedAt})
	if errors.Is(err, sql.ErrNoRows) {
		return report.Saved{}, false, nil
	}
	return s, err == nil, mapped(ctx, "find the report", err)
}
