package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"github.com/sopyo/sopyo-desktop/domain"
)

// machineApplicationID marks sopyo.db ("SOPm").
const machineApplicationID = 0x534f506d

// Machine is sopyo.db: the companies of this machine, and what the window remembers.
type Machine struct{ db *database }

// OpenMachine opens or makes the file at path. Its errors are KindBusy, KindDisk, and KindFile for a
// file of a newer program.
func OpenMachine(ctx context.Context, path string) (*Machine, error) {
	db, err := openDatabase(ctx, path, embeddedSchema("machine", machineApplicationID))
	if err != nil {
		return nil, err
	}
	return &Machine{db: db}, nil
}

// Close closes the file.
func (m *Machine) Close() error {
	return mapped(context.Background(), "close the machine's file", m.db.close())
}

// Companies gives all companies in the order in which they were added.
func (m *Machine) Companies(ctx context.Context) ([]domain.Company, error) {
	const op = "list companies"
	rows, err := m.db.read.QueryContext(ctx, `SELECT id, name, demo, tenant_id FROM company ORDER BY created_at, id`)
	if err != nil {
		return nil, mapped(ctx, op, err)
	}
	defer func() { _ = rows.Close() }()
	var all []domain.Company
	for rows.Next() {
		var c domain.Company
		if err := rows.Scan(&c.ID, &c.Name, &c.Demo, &c.TenantID); err != nil {
			return nil, mapped(ctx, op, err)
		}
		all = append(all, c)
	}
	return all, mapped(ctx, op, rows.Err())
}

// SaveCompany adds the company, or replaces what is known of it.
func (m *Machine) SaveCompany(ctx context.Context, c domain.Company) error {
	const op = "save company"
	_, err := m.db.write.ExecContext(ctx, `INSERT INTO company (id, name, demo, tenant_id, created_at)
		VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, demo = excluded.demo, tenant_id = excluded.tenant_id`,
		c.ID, c.Name, c.Demo, c.TenantID, timeText(m.db.now()))
	return mapped(ctx, op, err)
}

// RemoveCompany forgets the company; its own file is left alone.
func (m *Machine) RemoveCompany(ctx context.Context, id domain.CompanyID) error {
	_, err := m.db.write.ExecContext(ctx, `DELETE FROM company WHERE id = ?`, id)
	return mapped(ctx, "remove company", err)
}

// Preference gives what the window remembers under key ("language", "window", "section"), "" when it
// remembers nothing.
func (m *Machine) Preference(ctx context.Context, key string) (string, error) {
	var value string
	err := m.db.read.QueryRowContext(ctx, `SELECT value FROM preference WHERE key = ?`, key).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return value, mapped(ctx, "read preference", err)
}

// SavePreference remembers value under key.
func (m *Machine) SavePreference(ctx context.Context, key, value string) error {
	_, err := m.db.write.ExecContext(ctx, `INSERT INTO preference (key, value) VALUES (?, ?)
		ON CONFLICT (key) DO UPDATE SET value = excluded.value`, key, value)
	return mapped(ctx, "save preference", err)
}
