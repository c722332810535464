package sqlite

import (
	"context"
	"database/sql"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// mark is how far a company's attempts to invoice have come.
type mark struct {
	serial int64
	at     time.Time
}

// InvoiceMark gives the greatest serial of the company's attempts to invoice that this machine knows of and when that was
// begun, 0 for none (orders-invoices.md §5): a company's file that is behind it was restored from a copy.
func (m *Machine) InvoiceMark(ctx context.Context, id domain.CompanyID) (serial int64, at time.Time, err error) {
	found, err := database.View(ctx, m.db, "read the mark of invoices", func(tx *sql.Tx) (mark, error) {
		found, _, err := database.SelectOne(ctx, tx, func(m *mark) []any { return []any{&m.serial, database.TimeInto(&m.at)} },
			`SELECT serial, at FROM invoice_mark WHERE company_id = ?`, id)
		return found, err
	})
	return found.serial, found.at, err
}

// SaveInvoiceMark keeps it; it is never lowered, and the same one may have a later time.
func (m *Machine) SaveInvoiceMark(ctx context.Context, id domain.CompanyID, serial int64, at time.Time) error {
	return m.db.Execute(ctx, "save the mark of invoices", `INSERT INTO invoice_mark (company_id, serial, at) VALUES (?, ?, ?)
		ON CONFLICT DO UPDATE SET serial = excluded.serial, at = excluded.at WHERE excluded.serial >= serial`, id, serial, database.TimeText(at))
}
