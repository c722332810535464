package database

import (
	"context"
	"database/sql"
)

// State tells whether a file is still as it was: it is another after each write of this program. One program at a time writes
// into a company's file (storage/lock).
type State struct{ begun, ended int64 }

// State is to be asked for before a View begins that goes by it.
func (d *File) State() State {
	ended := d.ended.Load() // first: a write that begins in between shows
	return State{d.begun.Load(), ended}
}

// still tells whether the snapshot of tx is that of a state. It is not known while a write ends, nor of a file that another
// program may be writing into.
func (d *File) still(ctx context.Context, tx *sql.Tx, before State) (bool, error) {
	if before.begun != before.ended || d.Writer == d.Reader {
		return false, nil
	}
	// The snapshot is made by the first statement that reads.
	if _, err := SelectValue[int](ctx, tx, `SELECT count(*) FROM sqlite_schema WHERE false`); err != nil {
		return false, err
	}
	return d.State() == before, nil
}
