package sqlite

import (
	"context"
	"database/sql"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// Machine is sopyo.db: the companies of this machine, what the window remembers, the queue of transfers, and
// what API keys have cost.
type Machine struct{ db *database.File }

// OpenMachine opens or makes the file at path. Its errors are KindBusy, KindDisk, and KindFile for a
// file of a newer program.
func OpenMachine(ctx context.Context, path string) (*Machine, error) {
	db, err := database.Open(ctx, path, database.MachineSchema(), database.Driver)
	if err != nil {
		return nil, err
	}
	return MachineIn(db), nil
}

// MachineIn is the machine of an open file, which it closes.
func MachineIn(f *database.File) *Machine { return &Machine{db: f} }

// Close closes the file.
func (m *Machine) Close() error {
	return database.Mapped(context.Background(), "close the machine's file", m.db.Close())
}

// Companies gives all companies in the order in which they were added.
func (m *Machine) Companies(ctx context.Context) ([]domain.Company, error) {
	return database.View(ctx, m.db, "list companies", func(tx *sql.Tx) ([]domain.Company, error) {
		return database.SelectAll(ctx, tx, func(c *domain.Company) []any { return []any{&c.ID, &c.Name, &c.Demo, &c.TenantID} },
			`SELECT id, name, demo, tenant_id FROM company ORDER BY created_at, id`)
	})
}

// SaveCompany adds the company, or replaces what is known of it.
func (m *Machine) SaveCompany(ctx context.Context, c domain.Company) error {
	return m.db.Execute(ctx, "save company", `INSERT INTO company (id, name, demo, tenant_id, created_at)
		VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, demo = excluded.demo, tenant_id = excluded.tenant_id`,
		c.ID, c.Name, c.Demo, c.TenantID, database.TimeText(m.db.Now()))
}

// RemoveCompany forgets the company; its own file is left alone.
func (m *Machine) RemoveCompany(ctx context.Context, id domain.CompanyID) error {
	return m.db.Execute(ctx, "remove company", `DELETE FROM company WHERE id = ?`, id)
}

// Preference gives what the window remembers under key ("language", "window", "section"), "" when it
// remembers nothing.
func (m *Machine) Preference(ctx context.Context, key string) (string, error) {
	return database.View(ctx, m.db, "read preference", func(tx *sql.Tx) (string, error) {
		value, _, err := database.SelectOne(ctx, tx, database.Itself[string], `SELECT value FROM preference WHERE key = ?`, key)
		return value, err
	})
}

// SavePreference remembers value under key.
func (m *Machine) SavePreference(ctx context.Context, key, value string) error {
	return m.db.Execute(ctx, "save preference", `INSERT INTO preference (key, value) VALUES (?, ?)
		ON CONFLICT (key) DO UPDATE SET value = excluded.value`, key, value)
}
