package transfer

import (
	"context"
	"database/sql"

	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/domain/report"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/letters"
)

// RowGroups counts a run's rows by what a report tells them apart by.
func (s Store) RowGroups(ctx context.Context, runID int64) ([]report.Group, error) {
	return database.View(ctx, s.db, "count rows", func(tx *sql.Tx) ([]report.Group, error) {
		return database.SelectAll(ctx, tx, func(g *report.Group) []any {
			return []any{&g.Outcome, &g.Tier, &g.Reason, &g.Decided, &g.Flag, (*notes)(&g.Notes), &g.N}
		},
			// Sorted by one text, which takes half of the time that six take.
			`SELECT outcome, tier, reason, decided, flag, notes, rows FROM (SELECT min(id) AS id, count(*) AS rows FROM transfer_outcome
				WHERE transfer_id = ? GROUP BY outcome || ' ' || tier || ' ' || reason || ' ' || decided || ' ' || flag || ' ' || notes)
			CROSS JOIN transfer_outcome USING (id)`, runID)
	})
}

// UnreportedRuns gives the confirmed runs that have ended or were stopped and have no report of that end:
// the program was killed before it was written.
func (s Store) UnreportedRuns(ctx context.Context) ([]transfer.Run, error) {
	return database.View(ctx, s.db, "find transfers without a report", func(tx *sql.Tx) ([]transfer.Run, error) {
		return database.SelectAll(ctx, tx, runTargets, `SELECT `+runRead+` FROM transfer t
			WHERE confirmed_at IS NOT NULL AND state IN ('done', 'partly_done', 'stopped', 'failed') AND NOT EXISTS (
				SELECT 1 FROM report r WHERE r.transfer_id = t.id AND r.state = t.state AND r.rows = t.pending + t.failed)
			ORDER BY id`)
	})
}

// SaveReport notes the files of a run's report, and with the first report of this end of the run queues the
// letter that tells of it (nil: none), in the same moment: neither comes twice, whenever the program is
// killed.
func (s Store) SaveReport(ctx context.Context, saved report.Saved, l *mail.Letter) error {
	return s.db.Update(ctx, "note the report", func(tx *sql.Tx) error {
		known, err := database.SelectValue[bool](ctx, tx, `SELECT EXISTS (SELECT 1 FROM report WHERE transfer_id = ? AND state = ? AND rows = ?)`,
			saved.RunID, saved.State, saved.Open)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO report (transfer_id, state, rows, html, xlsx, draft, saved_at)
			VALUES (?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (transfer_id, state, rows) DO UPDATE SET html = excluded.html, xlsx = excluded.xlsx,
				draft = excluded.draft, saved_at = excluded.saved_at`,
			saved.RunID, saved.State, saved.Open, saved.HTML, saved.XLSX, saved.Draft, database.TimeText(saved.SavedAt))
		if err != nil || known || l == nil {
			return err
		}
		_, err = letters.Insert(ctx, tx, s.db.Now(), *l)
		return err
	})
}

// ReportOf gives the report of a run's end in that state with so many rows pending or failed, ok = false when
// there is none. Its paths are empty for a run that ended before reports were saved.
func (s Store) ReportOf(ctx context.Context, runID int64, state transfer.State, open int) (saved report.Saved, ok bool, err error) {
	return database.ViewBoth(ctx, s.db, "find the report", func(tx *sql.Tx) (report.Saved, bool, error) {
		return database.SelectOne(ctx, tx, func(s *report.Saved) []any {
			return []any{&s.RunID, &s.State, &s.Open, &s.HTML, &s.XLSX, &s.Draft, database.TimeInto(&s.SavedAt)}
		},
			`SELECT transfer_id, state, rows, html, xlsx, draft, saved_at FROM report
			WHERE transfer_id = ? AND state = ? AND rows = ?`, runID, state, open)
	})
}
