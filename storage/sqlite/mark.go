package sqlite

import (
	"context"
	"database/sql"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// InvoiceMark gives the greatest serial of the company's attempts to invoice that this machine knows of, 0 for none
// (orders-invoices.md §5): a company's file that is behind it was restored from a copy.
func (m *Machine) InvoiceMark(ctx context.Context, id domain.CompanyID) (int64, error) {
	return database.View(ctx, m.db, "read the mark of invoices", func(tx *sql.Tx) (int64, error) {
		serial, _, err := database.SelectOne(ctx, tx, database.Itself[int64], `SELECT serial FROM invoice_mark WHERE company_id = ?`, id)
		return serial, err
	})
}

// SaveInvoiceMark keeps it; it is never lowered.
func (m *Machine) SaveInvoiceMark(ctx context.Context, id domain.CompanyID, serial int64) error {
	return m.db.Execute(ctx, "save the mark of invoices", `INSERT INTO invoice_mark (company_id, serial) VALUES (?, ?)
		ON CONFLICT DO UPDATE SET serial = max(serial, excluded.serial)`, id, serial)
}
