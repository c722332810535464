package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// runColumns are what a transfer.Run is read from and, but for the id, written to: in the order of
// scanRun and runValues.
const runColumns = `id, state, phase, options, next_page, total, read, transferred, matched, unmatched,
	skipped, failed, pending, api_reads, api_writes, cause, detail, created_at, read_at, confirmed_at,
	finished_at, worked_ms`

// runRead is runColumns with what only an undo writes.
const runRead = runColumns + `, undo_at, undone_at`

// CreateRun stores a new run and gives it with its ID, and with CreatedAt if it had none.
func (c *Company) CreateRun(ctx context.Context, r transfer.Run) (transfer.Run, error) {
	err := c.db.writing(ctx, "create transfer", func(tx *sql.Tx) (err error) {
		r, err = c.createRun(ctx, tx, r)
		return err
	})
	if err != nil {
		return transfer.Run{}, err // the number that r may have is nobody's
	}
	return r, nil
}

// createRun stores a new run in the caller's transaction, and makes room.
func (c *Company) createRun(ctx context.Context, tx *sql.Tx, r transfer.Run) (transfer.Run, error) {
	if r.CreatedAt.IsZero() {
		r.CreatedAt = c.db.now().UTC().Truncate(time.Millisecond)
	}
	values, err := runValues(r)
	if err != nil {
		return r, err
	}
	res, err := tx.ExecContext(ctx, `INSERT INTO transfer (`+runColumns+`)
		VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, values...)
	if err != nil {
		return r, err
	}
	if r.ID, err = res.LastInsertId(); err != nil {
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
// may decide about rows while somebody holds an older r.
func (c *Company) SaveRun(ctx context.Context, r transfer.Run) error {
	return c.db.writing(ctx, "save transfer", func(tx *sql.Tx) error { return keepRun(ctx, tx, r) })
}

// keepRun stores r with the counters that stand.
func keepRun(ctx context.Context, tx *sql.Tx, r transfer.Run) (err error) {
	if r.Counters, err = storedCounters(ctx, tx, r.ID); err != nil {
		return err
	}
	return saveRun(ctx, tx, r)
}

// Run gives the run of that ID, KindNotFound when there is none.
func (c *Company) Run(ctx context.Context, id int64) (transfer.Run, error) {
	r, ok, err := c.findRun(ctx, `WHERE id = ?`, id)
	if err == nil && !ok {
		err = domain.E(domain.KindNotFound, fmt.Sprintf("read transfer %d", id), nil)
	}
	return r, err
}

// LatestRun gives the newest run that somebody confirmed and nobody has undone, whatever else has become
// of it; ok is false when there was none. Drafts and previews are no transfers yet.
func (c *Company) LatestRun(ctx context.Context) (r transfer.Run, ok bool, err error) {
	return c.findRun(ctx, `WHERE confirmed_at IS NOT NULL AND undone_at IS NULL ORDER BY id DESC LIMIT 1`)
}

// UnfinishedRun gives the newest confirmed run if there is still something to do for it: it was
// interrupted, paused or stopped, and is not to be undone. An older one counts no more, because the later
// transfer has overtaken it; a preview that nobody confirmed never goes on by itself.
func (c *Company) UnfinishedRun(ctx context.Context) (r transfer.Run, ok bool, err error) {
	r, ok, err = c.findRun(ctx, `WHERE confirmed_at IS NOT NULL ORDER BY id DESC LIMIT 1`)
	if err != nil || !ok || r.State.Finished() || r.Undoing() {
		return transfer.Run{}, false, err
	}
	return r, true, nil
}

// Runs gives at most n of the newest runs that somebody confirmed (0 = all), undone ones too, after leaving
// out skip, and how many there are.
func (c *Company) Runs(ctx context.Context, n, skip int) (runs []transfer.Run, total int, err error) {
	err = c.db.reading(ctx, "list transfers", func(tx *sql.Tx) error {
		const confirmed = ` FROM transfer WHERE confirmed_at IS NOT NULL`
		if err := tx.QueryRowContext(ctx, `SELECT count(*)`+confirmed).Scan(&total); err != nil {
			return err
		}
		rows, err := tx.QueryContext(ctx, `SELECT `+runRead+confirmed+` ORDER BY id DESC LIMIT ? OFFSET ?`, limit(n), skip)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			r, err := scanRun(rows)
			if err != nil {
				return err
			}
			runs = append(runs, r)
		}
		return rows.Err()
	})
	return runs, total, err
}

func (c *Company) findRun(ctx context.Context, tail string, args ...any) (transfer.Run, bool, error) {
	r, err := scanRun(c.db.read.QueryRowContext(ctx, `SELECT `+runRead+` FROM transfer `+tail, args...))
	if errors.Is(err, sql.ErrNoRows) {
		return transfer.Run{}, false, nil
	}
	return r, err == nil, mapped(ctx, "read transfer", err)
}

func scanRun(row scanner) (transfer.Run, error) {
	var r transfer.Run
	var options string
	var worked int64
	n := &r.Counters
	err := row.Scan(&r.ID, &r.State, &r.Phase, &options, &r.NextPage, &r.Total, &n.Read, &n.Transferred,
		&n.Matched, &n.Unmatched, &n.Skipped, &n.Failed, &n.Pending, &r.APIReads, &r.APIWrites, &r.Cause,
		&r.Detail, timeValue{&r.CreatedAt}, timeValue{&r.ReadAt}, timeValue{&r.ConfirmedAt},
		timeValue{&r.FinishedAt}, &worked, timeValue{&r.UndoBegunAt}, timeValue{&r.UndoneAt})
	if err != nil {
		return transfer.Run{}, err
	}
	r.Worked = time.Duration(worked) * time.Millisecond
	err = json.Unmarshal([]byte(options), &r.Options)
	return r, err
}

func runValues(r transfer.Run) ([]any, error) {
	options, err := json.Marshal(r.Options)
	if err != nil {
		return nil, err
	}
	n := r.Counters
	return []any{
		r.State, r.Phase, string(options), r.NextPage, r.Total, n.Read, n.Transferred, n.Matched, n.Unmatched,
		n.Skipped, n.Failed, n.Pending, r.APIReads, r.APIWrites, r.Cause, r.Detail, timeText(r.CreatedAt),
		timeText(r.ReadAt), timeText(r.ConfirmedAt), timeText(r.FinishedAt), r.Worked.Milliseconds(),
	}, nil
}

// saveRun stores r in the caller's transaction. A run that is not there is a defect of the caller's.
func saveRun(ctx context.Context, tx *sql.Tx, r transfer.Run) error {
	values, err := runValues(r)
	if err != nil {
		return err
	}
	res, err := tx.ExecContext(ctx, `UPDATE transfer SET state = ?, phase = ?, options = ?, next_page = ?, total = ?,
			read = ?, transferred = ?, matched = ?, unmatched = ?, skipped = ?, failed = ?, pending = ?,
			api_reads = ?, api_writes = ?, cause = ?, detail = ?, created_at = ?, read_at = ?, confirmed_at = ?,
			finished_at = ?, worked_ms = ?
		WHERE id = ?`, append(values, r.ID)...)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 1 {
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
	r, err := scanRun(tx.QueryRowContext(ctx, `SELECT `+runRead+` FROM transfer WHERE id = ?`, id))
	if errors.Is(err, sql.ErrNoRows) {
		err = domain.E(domain.KindNotFound, fmt.Sprintf("transfer %d", id), nil)
	}
	return r, err
}
