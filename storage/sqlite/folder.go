package sqlite

import (
	"context"
	"crypto/rand"
	"database/sql"
	"strings"

	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// Folder is a data folder: secrets in the keyring are named by it.
type Folder struct {
	Name string
	// Inherits tells whether what older programs named without a folder belongs to this one.
	Inherits bool
}

// place is where a folder has lain.
type place struct {
	Folder
	path, machine string
}

// DataFolder gives the name of the data folder at path on machine ("" = unknown), which it makes at the first call. A
// folder that was copied, from another path or machine, is another one and takes a new name: what one of them forgets
// stays with the other. gone tells whether a path holds no data folder any more: then the folder was moved.
func (m *Machine) DataFolder(ctx context.Context, path, machine string, gone func(path string) bool) (Folder, error) {
	const op = "name the data folder"
	kept, known, err := database.ViewBoth(ctx, m.db, op, func(tx *sql.Tx) (place, bool, error) { return placeOf(ctx, tx) })
	if err != nil || known && kept.path == path && kept.sameMachine(machine) {
		return kept.Folder, err
	}
	return database.Update(ctx, m.db, op, func(tx *sql.Tx) (Folder, error) {
		kept, known, err := placeOf(ctx, tx)
		if err != nil {
			return Folder{}, err
		}
		next := place{Folder{strings.ToLower(rand.Text()[:12]), !known}, path, machine} //nolint:forbidigo // random base32, not a person's text
		if known && kept.sameMachine(machine) && (kept.path == path || gone(kept.path)) {
			next.Folder = kept.Folder
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO data_folder (id, name, path, machine, inherits) VALUES (1, ?, ?, ?, ?)
			ON CONFLICT (id) DO UPDATE SET name = excluded.name, path = excluded.path, machine = excluded.machine, inherits = excluded.inherits`,
			next.Name, next.path, next.machine, next.Inherits)
		return next.Folder, err
	})
}

func (p place) sameMachine(machine string) bool {
	return p.machine == machine || p.machine == "" || machine == ""
}

func placeOf(ctx context.Context, tx *sql.Tx) (place, bool, error) {
	return database.SelectOne(ctx, tx, func(p *place) []any { return []any{&p.Name, &p.path, &p.machine, &p.Inherits} },
		`SELECT name, path, machine, inherits FROM data_folder`)
}
