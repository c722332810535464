package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// present tells what stands in the catalogue now, within one transaction.
type present struct{ product, boundTo, boundFrom *sql.Stmt }

func newPresent(ctx context.Context, tx *sql.Tx) (*present, error) {
	p := &present{}
	for _, s := range []struct {
		stmt  **sql.Stmt
		query string
	}{
		{&p.product, `SELECT ` + productColumns + ` FROM product WHERE id = ?`},
		{&p.boundTo, `SELECT product_id FROM binding WHERE remote_id = ? AND type = ?`},
		{&p.boundFrom, `SELECT remote_id FROM binding WHERE product_id = ?`},
	} {
		var err error
		if *s.stmt, err = tx.PrepareContext(ctx, s.query); err != nil { //nolint:sqlclosecheck // ends with its transaction
			return nil, err
		}
	}
	return p, nil
}

// candidate reads what a row is decided by, effects of earlier rows of the transaction included.
func (p *present) candidate(ctx context.Context, row transfer.Row) (transfer.Candidate, error) {
	cand := transfer.Candidate{Row: row}
	err := p.boundTo.QueryRowContext(ctx, row.Remote.ID, row.Remote.Type).Scan(&cand.BoundTo)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return cand, err
	}
	if row.ProductID == 0 {
		return cand, nil
	}
	product, err := scanProduct(p.product.QueryRowContext(ctx, row.ProductID))
	if errors.Is(err, sql.ErrNoRows) {
		return cand, nil
	}
	if err != nil {
		return cand, err
	}
	cand.Product = &product
	err = p.boundFrom.QueryRowContext(ctx, row.ProductID).Scan(&cand.BoundFrom)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return cand, err
}
