package invoicing

import (
	"context"
	"database/sql"

	"github.com/sopyo/sopyo-desktop/domain/monthend"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// ClosedMonths gives the months that an accountant was sent, each as it was sent last, by month.
func (s Store) ClosedMonths(ctx context.Context) ([]monthend.Closed, error) {
	return database.View(ctx, s.db, "list closed months", func(tx *sql.Tx) ([]monthend.Closed, error) {
		return database.SelectAll(ctx, tx, func(c *monthend.Closed) []any {
			return []any{monthInto{&c.Month}, database.TimeInto(&c.At), database.JSONInto(&c.Invoices)}
		}, `SELECT month, closed_at, invoices FROM closed_month ORDER BY month`)
	})
}

// CloseMonth keeps that a month was sent, in the place of what was sent of it before, and tells it in the history.
func (s Store) CloseMonth(ctx context.Context, c monthend.Closed) error {
	invoices, err := database.JSONText(c.Invoices)
	if err != nil {
		return err
	}
	return s.db.Update(ctx, "close a month", func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `INSERT INTO closed_month (month, closed_at, invoices) VALUES (?, ?, ?)
			ON CONFLICT (month) DO UPDATE SET closed_at = excluded.closed_at, invoices = excluded.invoices`,
			c.Month.String(), database.TimeText(c.At), invoices); err != nil {
			return err
		}
		return s.db.Author().Record(ctx, tx, "month-closed", map[string]any{"month": c.Month.String(), "invoices": len(c.Invoices)})
	})
}

// monthInto reads a month.
type monthInto struct{ to *monthend.Month }

// Scan is sql.Scanner's.
func (m monthInto) Scan(value any) error {
	text, _ := value.(string)
	month, err := monthend.ParseMonth(text)
	*m.to = month
	return err
}
