package database

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// Author is who does something, and when.
type Author struct {
	Name string
	At   time.Time
}

// Record notes in the history what was done, in the transaction that does it. No secret may be in detail.
func (a Author) Record(ctx context.Context, tx *sql.Tx, what string, detail any) error {
	text, err := JSONText(detail)
	if err != nil {
		return fmt.Errorf("history of %s: %w", what, err)
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO history (at, actor, what, detail) VALUES (?, ?, ?, ?)`, TimeText(a.At), a.Name, what, text)
	return err
}

// Author is who does something to the file now.
func (d *File) Author() Author { return Author{Name: d.Actor, At: d.Now()} }
