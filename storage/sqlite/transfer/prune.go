package transfer

import (
	"context"
	"database/sql"
)

// keptTransfers is how many of the newest transfers keep their rows and before-images: so many can be
// listed and undone. A transfer of 38,760 products fills some 25 MB with them.
const keptTransfers = 10

// oldTransfers are those that a later one has overtaken: nobody goes on with them or takes them back.
const oldTransfers = `(SELECT id FROM transfer
	WHERE confirmed_at IS NOT NULL AND state NOT IN ('preparing', 'queued', 'applying', 'stopping')
		AND (undo_at IS NULL OR undone_at IS NOT NULL)
		AND id NOT IN (SELECT id FROM transfer WHERE confirmed_at IS NOT NULL ORDER BY id DESC LIMIT ?1))`

// prune drops rows and before-images of old transfers, and of what they agreed on what an old one has
// overtaken: no undo can make that the base again. Their counters, options and plans stay for ever.
func prune(ctx context.Context, tx *sql.Tx) error {
	for _, drop := range []string{
		`DELETE FROM transfer_product WHERE transfer_id IN ` + oldTransfers,
		`DELETE FROM before_image WHERE transfer_id IN ` + oldTransfers,
		`DELETE FROM agreed AS a WHERE a.transfer_id IN ` + oldTransfers + ` AND EXISTS (SELECT 1 FROM agreed later
			WHERE later.product_id = a.product_id AND later.field = a.field AND later.id > a.id
				AND later.remote_id = a.remote_id AND later.type = a.type AND later.transfer_id IN ` + oldTransfers + `)`,
	} {
		if _, err := tx.ExecContext(ctx, drop, keptTransfers); err != nil {
			return err
		}
	}
	return nil
}
