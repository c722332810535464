package transfer

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// runColumns are what a transfer.Run is read from and, but for the id, written to: in the order of
// runTargets and runValues.
const runColumns = `id, state, phase, options, next_page, total, read, transferred, matched, unmatched,
	skipped, failed, pending, api_reads, api_writes, cause, detail, created_at, read_at, confirmed_at,
	finished_at, worked_ms`

// runRead is runColumns with what only an undo writes.
const runRead = runColumns + `, undo_at, undone_at`

// CreateRun stores a new run and gives it with its ID, and with CreatedAt if it had none.
func (s Store) CreateRun(ctx context.Context, r transfer.Run) (transfer.Run, error) {
	return database.Update(ctx, s.db, "create transfer", func(tx *sql.Tx) (transfer.Run, error) { return createRun(ctx, tx, s.db.Now(), r) })
}

// createRun stores a new run in the caller's transaction, and makes room.
func createRun(ctx context.Context, tx *sql.Tx, now time.Time, r transfer.Run) (transfer.Run, error) {
	if r.CreatedAt.IsZero() {
		r.CreatedAt = now.UTC().Truncate(time.Millisecond)
	}
	values, err := runValues(r)
	if err != nil {
		return r, err
	}
	r.ID, err = database.SelectValue[int64](ctx, tx, `INSERT INTO transfer (`+runColumns+`)
		VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`, values...)
	if err != nil {
		return r, err
	}
	// Earlier runs that nobody confirmed (a wizard that was left, a plan that was only looked at) go,
	// with their rows: nothing was written for them.
	if _, err := tx.ExecContext(ctx, `DELETE FROM transfer WHERE confirmed_at IS NULL AND id < ?`, r.ID); err != nil {
		return r, err
	}
	return r, prune(ctx, tx)
}

// SaveRun stores everything of r but its rows and its counters, which change with the rows alone: a person
// may decide about rows while somebody holds an older r. Its end is told in the history.
func (s Store) SaveRun(ctx context.Context, r transfer.Run) error {
	return s.db.Update(ctx, "save transfer", func(tx *sql.Tx) error {
		before, err := readRun(ctx, tx, r.ID)
		if err == nil {
			err = keepRun(ctx, tx, r)
		}
		if err != nil || before.State.Finished() || !r.State.Finished() || r.ConfirmedAt.IsZero() {
			return err
		}
		after, err := readRun(ctx, tx, r.ID)
		if err != nil {
			return err
		}
		c := after.Counters
		return s.db.Author().Record(ctx, tx, "transfer", map[string]any{
			"transfer": r.ID, "state": r.State, "transferred": c.Transferred, "matched": c.Matched, "unmatched": c.Unmatched,
			"skipped": c.Skipped, "rows_failed": c.Failed,
		})
	})
}

// keepRun stores r with the counters that stand.
func keepRun(ctx context.Context, tx *sql.Tx, r transfer.Run) (err error) {
	if r.Counters, err = storedCounters(ctx, tx, r.ID); err != nil {
		return err
	}
	return saveRun(ctx, tx, r)
}

// recount changes rows of r and with them its counters, from those that stand, and gives r as it is stored then.
func (s Store) recount(ctx context.Context, op string, r transfer.Run, work func(tx *sql.Tx, n *transfer.Counters) error) (transfer.Run, error) {
	changed := r
	err := s.db.Update(ctx, op, func(tx *sql.Tx) (err error) {
		if changed.Counters, err = storedCounters(ctx, tx, r.ID); err != nil {
			return err
		}
		if err := work(tx, &changed.Counters); err != nil {
			return err
		}
		return saveRun(ctx, tx, changed)
	})
	if err != nil {
		return r, err
	}
	return changed, nil
}

// Run gives the run of that ID, KindNotFound when there is none.
func (s Store) Run(ctx context.Context, id int64) (transfer.Run, error) {
	return database.View(ctx, s.db, "read transfer", func(tx *sql.Tx) (transfer.Run, error) { return readRun(ctx, tx, id) })
}

// LatestRun gives the newest run that somebody confirmed and nobody has undone, whatever else has become
// of it; ok is false when there was none. Drafts and previews are no transfers yet.
func (s Store) LatestRun(ctx context.Context) (r transfer.Run, ok bool, err error) {
	return s.findRun(ctx, `WHERE confirmed_at IS NOT NULL AND undone_at IS NULL ORDER BY id DESC LIMIT 1`)
}

// UnfinishedRun gives the newest confirmed run if there is still something to do for it: it was
// interrupted, paused or stopped, and is not to be undone. An older one counts no more, because the later
// transfer has overtaken it; a preview that nobody confirmed never goes on by itself.
func (s Store) UnfinishedRun(ctx context.Context) (r transfer.Run, ok bool, err error) {
	r, ok, err = s.findRun(ctx, `WHERE confirmed_at IS NOT NULL ORDER BY id DESC LIMIT 1`)
	if err != nil || !ok || r.State.Finished() || r.Undoing() {
		return transfer.Run{}, false, err
	}
	return r, true, nil
}

// Runs gives at most n of the newest runs that somebody confirmed (0 = all), undone ones too, after leaving
// out skip, and how many there are.
func (s Store) Runs(ctx context.Context, n, skip int) (runs []transfer.Run, total int, err error) {
	return database.ViewBoth(ctx, s.db, "list transfers", func(tx *sql.Tx) ([]transfer.Run, int, error) {
		total, err := database.SelectValue[int](ctx, tx, `SELECT count(*) FROM transfer WHERE confirmed_at IS NOT NULL`)
		if err != nil {
			return nil, 0, err
		}
		runs, err := database.SelectAll(ctx, tx, runTargets, `SELECT `+runRead+` FROM transfer
			WHERE confirmed_at IS NOT NULL ORDER BY id DESC LIMIT ? OFFSET ?`, database.Limit(n), skip)
		return runs, total, err
	})
}

func (s Store) findRun(ctx context.Context, tail string, args ...any) (transfer.Run, bool, error) {
	return database.ViewBoth(ctx, s.db, "read transfer", func(tx *sql.Tx) (transfer.Run, bool, error) { return selectRun(ctx, tx, tail, args...) })
}

// selectRun reads the first run of a query; tail is the query from WHERE on.
func selectRun(ctx context.Context, tx *sql.Tx, tail string, args ...any) (r transfer.Run, ok bool, err error) {
	return database.SelectOne(ctx, tx, runTargets, `SELECT `+runRead+` FROM transfer `+tail, args...)
}

func runTargets(r *transfer.Run) []any {
	n := &r.Counters
	return []any{
		&r.ID, &r.State, &r.Phase,
		database.JSONInto(&r.Options),
		&r.NextPage, &r.Total, &n.Read, &n.Transferred,
		&n.Matched, &n.Unmatched, &n.Skipped, &n.Failed, &n.Pending, &r.APIReads, &r.APIWrites, &r.Cause,
		&r.Detail,
		database.TimeInto(&r.CreatedAt),
		database.TimeInto(&r.ReadAt),
		database.TimeInto(&r.ConfirmedAt),
		database.TimeInto(&r.FinishedAt),
		database.MillisecondsInto(&r.Worked),
		database.TimeInto(&r.UndoBegunAt),
		database.TimeInto(&r.UndoneAt),
	}
}

func runValues(r transfer.Run) ([]any, error) {
	options, err := database.JSONText(r.Options)
	n := r.Counters
	return []any{
		r.State, r.Phase, options, r.NextPage, r.Total, n.Read, n.Transferred, n.Matched, n.Unmatched,
		n.Skipped, n.Failed, n.Pending, r.APIReads, r.APIWrites, r.Cause, r.Detail, database.TimeText(r.CreatedAt),
		database.TimeText(r.ReadAt), database.TimeText(r.ConfirmedAt), database.TimeText(r.FinishedAt), r.Worked.Milliseconds(),
	}, err
}

// saveRun stores r in the caller's transaction. A run that is not there is a defect of the caller's.
func saveRun(ctx context.Context, tx *sql.Tx, r transfer.Run) error {
	values, err := runValues(r)
	if err != nil {
		return err
	}
	ok, err := database.ChangeOne(ctx, tx, `UPDATE transfer SET state = ?, phase = ?, options = ?, next_page = ?, total = ?,
			read = ?, transferred = ?, matched = ?, unmatched = ?, skipped = ?, failed = ?, pending = ?,
			api_reads = ?, api_writes = ?, cause = ?, detail = ?, created_at = ?, read_at = ?, confirmed_at = ?,
			finished_at = ?, worked_ms = ?
		WHERE id = ?`, append(values, r.ID)...)
	if err != nil || ok {
		return err
	}
	return domain.E(domain.KindNotFound, fmt.Sprintf("transfer %d", r.ID), nil)
}

// storedCounters reads the counters that stand with the rows as they are stored: a caller whose last
// write failed may hold others. A run that is undone, or about to be, never goes on: KindState.
func storedCounters(ctx context.Context, tx *sql.Tx, id int64) (transfer.Counters, error) {
	r, err := readRun(ctx, tx, id)
	if err == nil && r.Undoing() {
		err = domain.E(domain.KindState, fmt.Sprintf("transfer %d was undone", id), nil)
	}
	return r.Counters, err
}

func readRun(ctx context.Context, tx *sql.Tx, id int64) (transfer.Run, error) {
	r, ok, err := selectRun(ctx, tx, `WHERE id = ?`, id)
	if err == nil && !ok {
		err = domain.E(domain.KindNotFound, fmt.Sprintf("transfer %d", id), nil)
	}
	return r, err
}
