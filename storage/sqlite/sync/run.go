package sync

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// kept columns are written as they stand in a sync.Run; the others only change with what they count.
const (
	keptColumns = `state, phase, scope, since, occasion, only_way, accepted, next_page, total, api_reads, api_writes, cause,
		detail, created_at, read_at, confirmed_at, finished_at, worked_ms`
	runColumns = `id, ` + keptColumns + `, read, planned, failed, pending, compared, unchanged, conflicts, held, brakes, dated, undated, undone_at,
		pulled_stock, pulled_price, pushed_stock, pushed_price`
)

func runTargets(r *sync.Run) []any {
	return []any{
		&r.ID, &r.State, &r.Phase, &r.Request.Scope, database.TimeInto(&r.Request.Since), &r.Request.Occasion, &r.Request.Only,
		database.JSONInto(&r.Request.Accepted), &r.NextPage, &r.Total, &r.APIReads, &r.APIWrites, &r.Cause, &r.Detail,
		database.TimeInto(&r.CreatedAt), database.TimeInto(&r.ReadAt), database.TimeInto(&r.ConfirmedAt), database.TimeInto(&r.FinishedAt),
		database.MillisecondsInto(&r.Worked),
		&r.Counters.Read, &r.Counters.Matched, &r.Counters.Failed, &r.Counters.Pending, &r.Compared, &r.Unchanged, &r.Conflicts, &r.Held,
		database.JSONInto(&r.Brakes), &r.Dated, &r.Undated, database.TimeInto(&r.UndoneAt),
		&r.Moved.PulledStock, &r.Moved.PulledPrice, &r.Moved.PushedStock, &r.Moved.PushedPrice,
	}
}

func keptValues(r sync.Run) []any {
	accepted, _ := database.JSONText(r.Request.Accepted) // texts are always JSON
	return []any{
		r.State, r.Phase, r.Request.Scope, database.TimeText(r.Request.Since), r.Request.Occasion, r.Request.Only, accepted,
		r.NextPage, r.Total, r.APIReads, r.APIWrites, r.Cause, r.Detail, database.TimeText(r.CreatedAt), database.TimeText(r.ReadAt),
		database.TimeText(r.ConfirmedAt), database.TimeText(r.FinishedAt), r.Worked.Milliseconds(),
	}
}

// CreateSync stores a new run and gives it with its ID.
func (s Store) CreateSync(ctx context.Context, r sync.Run) (sync.Run, error) {
	return database.Update(ctx, s.db, "create a sync", func(tx *sql.Tx) (sync.Run, error) {
		if r.CreatedAt.IsZero() {
			r.CreatedAt = s.db.Now().UTC().Truncate(time.Millisecond)
		}
		id, err := create(ctx, tx, r, s.db.Actor)
		if err != nil {
			return sync.Run{}, err
		}
		// Plans that were only looked at go: nothing was written for them.
		if _, err := tx.ExecContext(ctx, `DELETE FROM sync_run WHERE confirmed_at IS NULL AND id < ?`, id); err != nil {
			return sync.Run{}, err
		}
		if err := prune(ctx, tx); err != nil {
			return sync.Run{}, err
		}
		return readRun(ctx, tx, id)
	})
}

func create(ctx context.Context, tx *sql.Tx, r sync.Run, actor string) (int64, error) {
	return database.SelectValue[int64](ctx, tx, `INSERT INTO sync_run (`+keptColumns+`, actor, read, planned, failed, pending)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0) RETURNING id`, append(keptValues(r), actor)...)
}

// keptRuns is how many of the newest runs keep what they changed one by one; the older ones keep their sums.
const keptRuns = 100

// prune drops the changes of old runs that nobody waits for: what was confirmed, or refuted, or failed.
func prune(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM sync_item WHERE sync_id <= (SELECT max(id) FROM sync_run) - ? AND state NOT IN ('sent', 'unknown', 'answered')`, keptRuns)
	return err
}

// SaveSync stores everything of r but what it counts. The end of a run that has moved something, or stopped at
// a brake, is told in the history.
func (s Store) SaveSync(ctx context.Context, r sync.Run) (sync.Run, error) {
	return s.change(ctx, "save a sync", r, func(*sql.Tx) error { return nil })
}

// change does work on what belongs to r and stores r, in one transaction; it gives r as it stands then.
func (s Store) change(ctx context.Context, op string, r sync.Run, work func(tx *sql.Tx) error) (sync.Run, error) {
	return database.Update(ctx, s.db, op, func(tx *sql.Tx) (sync.Run, error) {
		if err := work(tx); err != nil {
			return sync.Run{}, err
		}
		before, err := readRun(ctx, tx, r.ID)
		if err != nil {
			return sync.Run{}, err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE sync_run SET (`+keptColumns+`) = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
			WHERE id = ?`, append(keptValues(r), r.ID)...); err != nil {
			return sync.Run{}, err
		}
		after, err := readRun(ctx, tx, r.ID)
		if err == nil && ended(after) && !ended(before) {
			err = s.record(ctx, tx, after)
		}
		return after, err
	})
}

// ended tells whether a run is one to be told of: it is over, or waits for a person.
func ended(r sync.Run) bool {
	return !r.ConfirmedAt.IsZero() && (r.State.Finished() || r.State == transfer.StateStopped || r.State == transfer.StatePaused)
}

// record tells the end of a run. Runs that nobody asked for and that found nothing to do are not told.
func (s Store) record(ctx context.Context, tx *sql.Tx, r sync.Run) error {
	if r.State == transfer.StateDone && r.Request.Occasion != sync.OccasionPerson && !r.Moved.Any() && r.Counters.Failed == 0 {
		return nil
	}
	state := string(r.State)
	if r.Braked() {
		state = "braked"
	}
	m := r.Moved
	return s.db.Author().Record(ctx, tx, "sync", map[string]any{
		"sync": r.ID, "state": state, "occasion": r.Request.Occasion, "pulled_stock": m.PulledStock, "pulled_price": m.PulledPrice,
		"pushed_stock": m.PushedStock, "pushed_price": m.PushedPrice, "conflicts": r.Conflicts, "held": r.Held, "failed": r.Counters.Failed,
	})
}

// StopSync stores that a person wants a run stopped that is being worked on; one that is not stays as it is.
func (s Store) StopSync(ctx context.Context, id int64) error {
	return s.db.Execute(ctx, "note the stop of a sync", `UPDATE sync_run SET state = ? WHERE id = ? AND state IN (?, ?, ?)`,
		transfer.StateStopping, id, transfer.StatePreparing, transfer.StateQueued, transfer.StateApplying)
}

// RecoverStoppedSyncs gives runs that were stopping when the program ended the state that a person wanted. It is
// called when nobody else can be working on them.
func (s Store) RecoverStoppedSyncs(ctx context.Context) error {
	return s.db.Execute(ctx, "end the stop of a sync", `UPDATE sync_run SET state = ? WHERE state = ?`, transfer.StateStopped, transfer.StateStopping)
}

// Sync gives the run of that ID, KindNotFound when there is none.
func (s Store) Sync(ctx context.Context, id int64) (sync.Run, error) {
	return database.View(ctx, s.db, "read a sync", func(tx *sql.Tx) (sync.Run, error) { return readRun(ctx, tx, id) })
}

// LatestSync gives the newest confirmed run of those scopes, of any when none is named, that has read to its end
// if it reads.
func (s Store) LatestSync(ctx context.Context, scopes ...sync.Scope) (r sync.Run, ok bool, err error) {
	names, _ := database.JSONText(scopes) // texts are always JSON
	return s.find(ctx, `WHERE confirmed_at IS NOT NULL AND read_at IS NOT NULL AND (? OR scope IN (SELECT value FROM json_each(?)))
		ORDER BY id DESC LIMIT 1`, len(scopes) == 0, names)
}

// UnfinishedSync gives the newest confirmed run if there is still something to do for it. An older one counts no
// more: what it had planned, a later one has judged anew. What a person decided since judges nothing.
func (s Store) UnfinishedSync(ctx context.Context) (r sync.Run, ok bool, err error) {
	r, ok, err = s.find(ctx, `WHERE confirmed_at IS NOT NULL AND scope <> ? ORDER BY id DESC LIMIT 1`, sync.ScopeChoice)
	if !ok || r.State.Finished() || !r.UndoneAt.IsZero() {
		return sync.Run{}, false, err
	}
	return r, true, nil
}

// PlannedSync gives the plan that nobody has confirmed, if it was read after then: there is one at most, see CreateSync.
func (s Store) PlannedSync(ctx context.Context, then time.Time) (r sync.Run, ok bool, err error) {
	return s.find(ctx, `WHERE confirmed_at IS NULL AND state = ? AND read_at > ?`, transfer.StatePlanned, database.TimeText(then))
}

// Syncs gives at most n of the newest confirmed runs (0 = all) after leaving out skip, and how many there are.
func (s Store) Syncs(ctx context.Context, n, skip int) (runs []sync.Run, total int, err error) {
	return database.ViewBoth(ctx, s.db, "list syncs", func(tx *sql.Tx) ([]sync.Run, int, error) {
		total, err := database.SelectValue[int](ctx, tx, `SELECT count(*) FROM sync_run WHERE confirmed_at IS NOT NULL`)
		if err != nil {
			return nil, 0, err
		}
		runs, err := database.SelectAll(ctx, tx, runTargets, `SELECT `+runColumns+` FROM sync_run WHERE confirmed_at IS NOT NULL
			ORDER BY id DESC LIMIT ? OFFSET ?`, database.Limit(n), skip)
		return runs, total, err
	})
}

func (s Store) find(ctx context.Context, tail string, args ...any) (sync.Run, bool, error) {
	return database.ViewBoth(ctx, s.db, "read a sync", func(tx *sql.Tx) (sync.Run, bool, error) {
		return database.SelectOne(ctx, tx, runTargets, `SELECT `+runColumns+` FROM sync_run `+tail, args...)
	})
}

func readRun(ctx context.Context, tx *sql.Tx, id int64) (sync.Run, error) {
	r, ok, err := database.SelectOne(ctx, tx, runTargets, `SELECT `+runColumns+` FROM sync_run WHERE id = ?`, id)
	if err == nil && !ok {
		err = domain.E(domain.KindNotFound, fmt.Sprintf("sync %d", id), nil)
	}
	return r, err
}
