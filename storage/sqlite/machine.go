package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// Machine is sopyo.db: the companies of this machine, what the window remembers, the queue of transfers, and
// what API keys have cost.
type Machine struct{ db *database.File }

// OpenMachine opens the file at path. Its errors are those of database.Open.
func OpenMachine(ctx context.Context, path string) (*Machine, error) {
	return openMachine(ctx, path, database.Open)
}

// ReadMachine opens the file at path for reading, see database.Read.
func ReadMachine(ctx context.Context, path string) (*Machine, error) {
	db, err := database.Read(ctx, path, database.MachineSchema(), database.Driver)
	if err != nil {
		return nil, err
	}
	return MachineIn(db), nil
}

// CreateMachine opens or makes the file at path.
func CreateMachine(ctx context.Context, path string) (*Machine, error) {
	return openMachine(ctx, path, database.Create)
}

func openMachine(ctx context.Context, path string, open func(context.Context, string, database.Schema, database.Opener) (*database.File, error)) (*Machine, error) {
	db, err := open(ctx, path, database.MachineSchema(), database.Driver)
	if err != nil {
		return nil, err
	}
	m := MachineIn(db)
	if err := m.NameApart(ctx); err != nil {
		return nil, errors.Join(err, m.Close()) //nolint:contextcheck // io.Closer knows no context
	}
	return m, nil
}

// MachineIn is the machine of an open file, which it closes.
func MachineIn(f *database.File) *Machine { return &Machine{db: f} }

// Close closes the file.
func (m *Machine) Close() error {
	return database.Mapped(context.Background(), "close the machine's file", m.db.Close())
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
