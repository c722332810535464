package simulation

import (
	"context"
	"database/sql/driver"
	"fmt"

	"modernc.org/sqlite"
)

// fill makes the disk full but for the room that is left for a file.
func (p *process) fill(ctx context.Context, c sqlite.ExecQuerierContext) error {
	rows, err := c.QueryContext(ctx, `PRAGMA page_count`, nil)
	if err != nil {
		return err
	}
	count := make([]driver.Value, 1)
	if err := rows.Next(count); err != nil {
		return err
	}
	if err := rows.Close(); err != nil {
		return err
	}
	_, err = c.ExecContext(ctx, fmt.Sprintf(`PRAGMA max_page_count = %d`, count[0].(int64)+int64(p.room)), nil)
	return err
}
