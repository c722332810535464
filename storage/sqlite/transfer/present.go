package transfer

import (
	"context"
	"database/sql"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/catalogue"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// present tells what stands in the catalogue now, within one transaction.
type present struct{ product, boundTo, boundFrom *sql.Stmt }

func newPresent(ctx context.Context, tx *sql.Tx) (*present, error) {
	p := &present{}
	err := database.PrepareAll(ctx, tx,
		database.Prepare(&p.product, `SELECT `+catalogue.Columns+` FROM product WHERE id = ?`),
		database.Prepare(&p.boundTo, `SELECT product_id FROM binding WHERE remote_id = ? AND type = ?`),
		database.Prepare(&p.boundFrom, `SELECT remote_id FROM binding WHERE product_id = ?`),
	)
	return p, err
}

// candidate reads what a row is decided by, effects of earlier rows of the transaction included.
func (p *present) candidate(ctx context.Context, row transfer.Row) (cand transfer.Candidate, err error) {
	cand.Row = row
	cand.BoundTo, _, err = database.ScanOne(p.boundTo.QueryRowContext(ctx, row.Remote.ID, row.Remote.Type), database.Itself[domain.ProductID])
	if err != nil || row.ProductID == 0 {
		return cand, err
	}
	product, ok, err := database.ScanOne(p.product.QueryRowContext(ctx, row.ProductID), catalogue.Targets)
	if err != nil || !ok {
		return cand, err
	}
	cand.Product = &product
	cand.BoundFrom, _, err = database.ScanOne(p.boundFrom.QueryRowContext(ctx, row.ProductID), database.Itself[domain.RemoteID])
	return cand, err
}

// partner gives the fingerprint of the row's partner, "" when it has none or that one has changed since.
func (p *present) partner(ctx context.Context, row transfer.Row) (string, error) {
	if row.Tier == "" || row.ProductID == 0 {
		return "", nil
	}
	product, ok, err := database.ScanOne(p.product.QueryRowContext(ctx, row.ProductID), catalogue.Targets)
	if err != nil || !ok || product.Revision != row.Revision {
		return "", err
	}
	return transfer.Fingerprint(product), nil
}
