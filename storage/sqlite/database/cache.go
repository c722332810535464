package database

import (
	"context"
	"database/sql"
)

// MakeRoom frees the pages that this process keeps of its files, before a transaction that goes over much of one. All
// connections share that cache (the driver's SQLITE_ENABLE_MEMORY_MANAGEMENT), and after a large write it stays full:
// what is read then is kept nowhere, and read page by page again, which takes five times as long. Freeing it takes a
// millisecond or two.
func MakeRoom(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, `PRAGMA shrink_memory`)
	return err
}
