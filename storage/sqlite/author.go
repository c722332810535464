package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// author is who does something, and when.
type author struct {
	name string
	at   time.Time
}

// record notes in the history what was done, in the transaction that does it. No secret may be in detail.
func (a author) record(ctx context.Context, tx *sql.Tx, what string, detail any) error {
	text, err := jsonText(detail)
	if err != nil {
		return fmt.Errorf("history of %s: %w", what, err)
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO history (at, actor, what, detail) VALUES (?, ?, ?, ?)`, timeText(a.at), a.name, what, text)
	return err
}

// author is who does something to the file now.
func (d *database) author() author { return author{name: d.actor, at: d.now()} }
