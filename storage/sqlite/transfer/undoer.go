package transfer

import (
	"context"
	"database/sql"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/catalogue"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// What becomes of an image that is undone: with its whole transfer, or as a decision that is taken back.
const (
	markUndone    = "undone"
	markTakenBack = "taken-back"
)

// undoer undoes before-images.
type undoer struct {
	*batch
	tx                         *sql.Tx
	standing, remove, mark     database.Statement
	formerBinding, forgotOfRow database.Statement
	undone                     []int64 // images whose bases are still to be withdrawn
}

// laterImage tells whether a write stands on the image i: a later one on the same product or İşbaşı
// product, or a later decision on the same row. laterElsewhere asks for the writes of other transfers alone.
const (
	laterImage     = laterOfProduct + `) OR ` + laterOfRemote + `)`
	laterElsewhere = laterOfProduct + elsewhere + `) OR ` + laterOfRemote + elsewhere + `)`

	laterOfProduct = later + `later.product_id = i.product_id AND i.product_id <> 0`
	laterOfRemote  = later + `later.remote_id = i.remote_id AND later.type = i.type
		AND (later.transfer_id = i.transfer_id OR later.product_id <> 0 AND i.product_id <> 0)`
	later     = `EXISTS (SELECT 1 FROM before_image later WHERE later.id > i.id AND later.undone NOT IN ('undone', 'taken-back') AND `
	elsewhere = ` AND later.transfer_id <> i.transfer_id`
)

// keptProduct tells whether a person has made something of the product of i that would go with it.
const keptProduct = `EXISTS (SELECT 1 FROM price_guard g WHERE g.product_id = i.product_id)
	OR EXISTS (SELECT 1 FROM approved_price a WHERE a.product_id = i.product_id)`

func newUndoer(ctx context.Context, tx *sql.Tx, b *batch) (*undoer, error) {
	u := &undoer{batch: b, tx: tx}
	err := database.PrepareAll(ctx, tx,
		database.Prepare(&u.standing, `SELECT p.id IS NOT NULL, coalesce(p.revision, 0), `+keptProduct+`,
				coalesce((SELECT product_id FROM binding b WHERE b.remote_id = i.remote_id AND b.type = i.type), 0),
				coalesce((SELECT remote_id FROM binding b WHERE b.product_id = i.product_id), ''), `+laterImage+`
			FROM before_image i LEFT JOIN product p ON p.id = i.product_id WHERE i.id = ?`),
		database.Prepare(&u.remove, `DELETE FROM product WHERE id = ?`),
		database.Prepare(&u.mark, `UPDATE before_image SET undone = ? WHERE id = ?`),
		database.Prepare(&u.formerBinding, `INSERT INTO binding (remote_id, type, product_id, created_at)
			SELECT ?1, ?2, id, ?4 FROM product WHERE id = ?3 ON CONFLICT DO NOTHING`),
		database.Prepare(&u.forgotOfRow, `UPDATE transfer_outcome SET product_id = 0`+thatRow),
	)
	return u, err
}

// undo undoes one image and marks it, or says why it has to stay. The bases that came with it go by end.
func (u *undoer) undo(ctx context.Context, i keptImage, mark string) (transfer.RefusalReason, error) {
	var s transfer.Current
	err := u.standing.QueryRowContext(ctx, i.ID).Scan(&s.Exists, &s.Revision, &s.Kept, &s.BoundTo, &s.BoundFrom, &s.Later)
	if err != nil {
		return "", err
	}
	back, why := i.Undo(s)
	if why != "" {
		return why, nil
	}
	if err := u.carryOut(ctx, i, back); err != nil {
		return "", err
	}
	u.undone = append(u.undone, i.ID)
	_, err = u.mark.ExecContext(ctx, mark, i.ID)
	return "", err
}

// end withdraws the bases of what was undone.
func (u *undoer) end(ctx context.Context) error { return withdraw(ctx, u.tx, u.undone) }

func (u *undoer) carryOut(ctx context.Context, i keptImage, back transfer.Return) error {
	remote := domain.RemoteProduct{ID: i.Remote, Type: i.remoteType}
	if err := u.ignored(ctx, remote, back.Ignored); err != nil {
		return err
	}
	if err := u.link(ctx, remote, i.Product, back.Bind, back.Unbind, back.Separated); err != nil {
		return err
	}
	if back.Unbind && i.formerly != 0 {
		if _, err := u.formerBinding.ExecContext(ctx, i.Remote, i.remoteType, i.formerly, u.at); err != nil {
			return err
		}
	}
	if back.Remove {
		if _, err := u.forgotOfRow.ExecContext(ctx, i.Transfer, i.Remote, i.remoteType); err != nil {
			return err
		}
		_, err := u.remove.ExecContext(ctx, i.Product)
		return err
	}
	if !back.Restore {
		return nil
	}
	now, _, err := u.present.stored(ctx, i.Product)
	if err != nil {
		return err
	}
	was, of, err := catalogue.OfImage(i.product.String, now)
	if err != nil {
		return err
	}
	_, err = u.products.Restore(ctx, now.Product, was, of)
	return err
}
