package invoicing

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// selectTasks reads tasks with their invoices; tail is the query from WHERE on, over the tables as t and i.
func selectTasks(ctx context.Context, tx *sql.Tx, tail string, args ...any) ([]invoicing.Task, error) {
	return database.SelectAll(ctx, tx, func(t *invoicing.Task) []any {
		return append(targets(&t.Record), &t.ID, &t.Return, &t.What, database.JSONInto(&t.Lines), database.JSONInto(&t.Amounts), &t.Document,
			database.TimeInto(&t.DocumentOn), &t.Note, database.TimeInto(&t.OpenedAt), database.TimeInto(&t.ClosedAt))
	}, `SELECT `+columns+`, t.id, t.return_number, t.what, t.lines, t.amounts, t.document, t.document_on, t.note, t.opened_at, t.closed_at
		FROM invoice_task t JOIN invoice i ON i.id = t.invoice_id `+tail, args...)
}

// Tasks gives those that are open, or all, the oldest first.
func (s Store) Tasks(ctx context.Context, closedToo bool) ([]invoicing.Task, error) {
	return database.View(ctx, s.db, "list tasks", func(tx *sql.Tx) ([]invoicing.Task, error) {
		return selectTasks(ctx, tx, `WHERE ? OR t.closed_at IS NULL ORDER BY t.id`, closedToo)
	})
}

// Task gives the one of that ID. KindNotFound: there is none.
func (s Store) Task(ctx context.Context, id int64) (invoicing.Task, error) {
	return database.View(ctx, s.db, "read the task", func(tx *sql.Tx) (invoicing.Task, error) { return selectTask(ctx, tx, id) })
}

func selectTask(ctx context.Context, tx *sql.Tx, id int64) (invoicing.Task, error) {
	found, err := selectTasks(ctx, tx, `WHERE t.id = ?`, id)
	switch {
	case err != nil:
		return invoicing.Task{}, err
	case len(found) == 0:
		return invoicing.Task{}, domain.E(domain.KindNotFound, fmt.Sprintf("find task %d", id), nil)
	default:
		return found[0], nil
	}
}

// SaveTask stores a task, a new one where it has no ID, and gives it as it was stored; the invoice is not changed. The
// history tells that one was opened or closed. KindNotFound: there is no such task or invoice; KindState: there is a task of
// the same return of the invoice.
func (s Store) SaveTask(ctx context.Context, t invoicing.Task) (invoicing.Task, error) {
	return database.Update(ctx, s.db, "store a task", func(tx *sql.Tx) (invoicing.Task, error) {
		what, err := s.put(ctx, tx, &t)
		if err != nil {
			return invoicing.Task{}, err
		}
		stored, err := selectTask(ctx, tx, t.ID)
		if err != nil || what == "" {
			return stored, err
		}
		detail := told(&stored.Record, "")
		delete(detail, "state")
		detail["why"], detail["document"] = stored.What, stored.Document
		return stored, s.db.Author().Record(ctx, tx, what, detail)
	})
}

// put stores a task and gives what the history calls that, "" for nothing.
func (s Store) put(ctx context.Context, tx *sql.Tx, t *invoicing.Task) (what string, err error) {
	lines, err := database.JSONText(t.Lines)
	if err != nil {
		return "", err
	}
	amounts, err := database.JSONText(t.Amounts)
	if err != nil {
		return "", err
	}
	if t.ID == 0 {
		if _, err := selectRecord(ctx, tx, t.Record.ID); err != nil {
			return "", err
		}
		there, err := database.SelectValue[bool](ctx, tx, `SELECT EXISTS (SELECT 1 FROM invoice_task WHERE invoice_id = ? AND return_number = ?)`, t.Record.ID, t.Return)
		if err != nil {
			return "", err
		}
		if there {
			return "", domain.E(domain.KindState, "open a task of return "+t.Return, nil)
		}
		if t.OpenedAt.IsZero() {
			t.OpenedAt = s.db.Now()
		}
		res, err := tx.ExecContext(ctx, `INSERT INTO invoice_task (invoice_id, return_number, what, lines, amounts, document, document_on, note, opened_at, closed_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, t.Record.ID, t.Return, t.What, lines, amounts, t.Document, database.TimeText(t.DocumentOn), t.Note,
			database.TimeText(t.OpenedAt), database.TimeText(t.ClosedAt))
		if err != nil {
			return "", err
		}
		t.ID, err = res.LastInsertId()
		return "task-opened", err
	}
	was, err := selectTask(ctx, tx, t.ID)
	if err != nil {
		return "", err
	}
	_, err = tx.ExecContext(ctx, `UPDATE invoice_task SET what = ?, lines = ?, amounts = ?, document = ?, document_on = ?, note = ?, opened_at = ?, closed_at = ?
		WHERE id = ?`, t.What, lines, amounts, t.Document, database.TimeText(t.DocumentOn), t.Note,
		database.TimeText(cmp.Or(t.OpenedAt, was.OpenedAt)), database.TimeText(t.ClosedAt), t.ID)
	if was.ClosedAt.IsZero() && !t.ClosedAt.IsZero() {
		what = "task-closed"
	}
	return what, err
}
