package transfer

import (
	"context"
	"database/sql"
)

// keptTransfers is how many of the newest transfers keep their rows and before-images: so many can be
// listed and undone. A transfer of 38,760 products fills some 34 MB with them.
const keptTransfers = 10

// prune drops rows and before-images of transfers that are older: a later one has overtaken them, and
// nobody goes on with them or takes them back. Their counters, options and plans stay for ever.
func prune(ctx context.Context, tx *sql.Tx) error {
	const old = ` WHERE transfer_id IN (SELECT id FROM transfer
		WHERE confirmed_at IS NOT NULL AND state NOT IN ('preparing', 'queued', 'applying', 'stopping')
			AND (undo_at IS NULL OR undone_at IS NOT NULL)
			AND id NOT IN (SELECT id FROM transfer WHERE confirmed_at IS NOT NULL ORDER BY id DESC LIMIT ?))`
	for _, table := range []string{`transfer_row`, `before_image`} {
		if _, err := tx.ExecContext(ctx, `DELETE FROM `+table+old, keptTransfers); err != nil { //nolint:gosec // constants
			return err
		}
	}
	return nil
}
