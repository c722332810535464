package transfer

import (
	"context"
	"database/sql"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/catalogue"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// agree makes what rows of a run and their products both have now the bases of the sync, also where nothing
// had to be written. decision is the one they are of, 0 = none.
func agree(ctx context.Context, tx *sql.Tx, at time.Time, run, decision int64, rows ...transfer.Row) error {
	var all []catalogue.Agreement
	for _, r := range rows {
		if v := r.Agreed(); v.Price.Valid || v.Stock.Valid {
			all = append(all, catalogue.Agreement{
				Pair: domain.Binding{RemoteID: r.Remote.ID, Type: r.Remote.Type, ProductID: r.ProductID},
				On:   catalogue.Bases{Price: v.Price, Stock: v.Stock},
			})
		}
	}
	return catalogue.Agree(ctx, tx, at, catalogue.AgreedBy{Transfer: run, Decision: decision}, all)
}

// withdraw takes away the bases that images brought with them.
func withdraw(ctx context.Context, tx *sql.Tx, images []int64) error {
	list, err := database.JSONText(images)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `DELETE FROM agreed WHERE id IN (SELECT a.id FROM json_each(?) one
		CROSS JOIN before_image i ON i.id = one.value
		CROSS JOIN agreed a ON a.product_id = i.product_id AND a.remote_id = i.remote_id AND a.type = i.type
			AND a.transfer_id = i.transfer_id AND a.decision_id IS i.decision_id)`, list)
	return err
}

// withdrawRest takes away the bases that undone transfers found without writing anything, of which there is no
// image. One stays while a write stands on its pair, of the transfer itself or a later one, and for good when
// its transfer can be undone no more.
func withdrawRest(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM agreed AS a WHERE a.transfer_id IN (SELECT id FROM transfer WHERE undone_at IS NOT NULL)
		AND EXISTS (SELECT 1 FROM transfer_product r WHERE r.transfer_id = a.transfer_id AND r.remote_id = a.remote_id AND r.type = a.type)
		AND NOT EXISTS (SELECT 1 FROM before_image i WHERE i.product_id = a.product_id AND i.remote_id = a.remote_id AND i.type = a.type
			AND i.transfer_id >= a.transfer_id AND i.undone NOT IN ('undone', 'taken-back'))`)
	return err
}
