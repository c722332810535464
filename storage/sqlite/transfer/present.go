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
type present struct{ product, boundTo, boundFrom database.Statement }

func newPresent(ctx context.Context, tx *sql.Tx) (*present, error) {
	p := &present{}
	err := database.PrepareAll(ctx, tx,
		database.Prepare(&p.product, `SELECT `+catalogue.Columns+`, `+catalogue.OriginColumns+` FROM product WHERE id = ?`),
		database.Prepare(&p.boundTo, `SELECT product_id FROM binding WHERE remote_id = ? AND type = ?`),
		database.Prepare(&p.boundFrom, `SELECT remote_id FROM binding WHERE product_id = ?`),
	)
	return p, err
}

// stored is a product, and where its values come from.
type stored struct {
	domain.Product
	origins domain.Origins
}

// stored reads the product of that ID; ok is false when there is none.
func (p *present) stored(ctx context.Context, id domain.ProductID) (s stored, ok bool, err error) {
	return database.ScanOne(p.product.QueryRowContext(ctx, id), func(s *stored) []any {
		return append(catalogue.Targets(&s.Product), catalogue.OriginTargets(&s.origins)...)
	})
}

// candidate reads what a row is decided by, effects of earlier rows of the transaction included, and where
// the values of its product come from.
func (p *present) candidate(ctx context.Context, row transfer.Row) (cand transfer.Candidate, of domain.Origins, err error) {
	cand.Row = row
	cand.BoundTo, _, err = database.ScanOne(p.boundTo.QueryRowContext(ctx, row.Remote.ID, row.Remote.Type), database.Itself[domain.ProductID])
	if err != nil || row.ProductID == 0 {
		return cand, of, err
	}
	s, ok, err := p.stored(ctx, row.ProductID)
	if err != nil || !ok {
		return cand, of, err
	}
	cand.Product = &s.Product
	cand.BoundFrom, _, err = database.ScanOne(p.boundFrom.QueryRowContext(ctx, row.ProductID), database.Itself[domain.RemoteID])
	return cand, s.origins, err
}

// partner gives the fingerprint of the row's partner, "" when it has none or that one has changed since.
func (p *present) partner(ctx context.Context, row transfer.Row) (string, error) {
	if row.Tier == "" || row.ProductID == 0 {
		return "", nil
	}
	s, ok, err := p.stored(ctx, row.ProductID)
	if err != nil || !ok || s.Revision != row.Revision {
		return "", err
	}
	return transfer.Fingerprint(s.Product), nil
}
