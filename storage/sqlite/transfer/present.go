package transfer

import (
	"context"
	"database/sql"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/catalogue"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// present tells what stands in the catalogue now, within one transaction. What many rows are about can be read at once (readAhead).
type present struct {
	tx                          *sql.Tx
	product, boundTo, boundFrom database.Statement
	ahead                       ahead
}

// ahead is what was read of the rows at hand: an entry for each that was asked for, also where there is nothing, and none for what was
// written since.
type ahead struct {
	products  map[domain.ProductID]*catalogue.Stored // nil: there is none
	boundTo   map[reference]domain.ProductID
	boundFrom map[domain.ProductID]domain.RemoteID
}

// reference is what a binding knows an İşbaşı product by.
type reference struct {
	id   domain.RemoteID
	kind int
}

func newPresent(ctx context.Context, tx *sql.Tx) (*present, error) {
	p := &present{tx: tx}
	err := database.PrepareAll(ctx, tx,
		database.Prepare(&p.product, `SELECT `+catalogue.StoredColumns+` FROM product WHERE id = ?`),
		database.Prepare(&p.boundTo, `SELECT product_id FROM binding WHERE remote_id = ? AND type = ?`),
		database.Prepare(&p.boundFrom, `SELECT remote_id FROM binding WHERE product_id = ?`),
	)
	return p, err
}

// stored reads the product of that ID; ok is false when there is none.
func (p *present) stored(ctx context.Context, id domain.ProductID) (s catalogue.Stored, ok bool, err error) {
	if read, ok := p.ahead.products[id]; ok {
		if read == nil {
			return catalogue.Stored{}, false, nil
		}
		return *read, true, nil
	}
	return database.ScanOne(p.product.QueryRowContext(ctx, id), catalogue.StoredTargets)
}

// bound gives the product that an İşbaşı product is bound to, 0 for none.
func (p *present) bound(ctx context.Context, to reference) (domain.ProductID, error) {
	if id, ok := p.ahead.boundTo[to]; ok {
		return id, nil
	}
	id, _, err := database.ScanOne(p.boundTo.QueryRowContext(ctx, to.id, to.kind), database.Itself[domain.ProductID])
	return id, err
}

// binder gives the İşbaşı product that is bound to a product, "" for none.
func (p *present) binder(ctx context.Context, id domain.ProductID) (domain.RemoteID, error) {
	if remote, ok := p.ahead.boundFrom[id]; ok {
		return remote, nil
	}
	remote, _, err := database.ScanOne(p.boundFrom.QueryRowContext(ctx, id), database.Itself[domain.RemoteID])
	return remote, err
}

// readAhead reads in three queries what candidate and partner will ask for of rows, in place of what was read ahead before.
func (p *present) readAhead(ctx context.Context, rows []transfer.Row) error {
	p.ahead = ahead{
		products: make(map[domain.ProductID]*catalogue.Stored, len(rows)), boundTo: make(map[reference]domain.ProductID, len(rows)),
		boundFrom: make(map[domain.ProductID]domain.RemoteID, len(rows)),
	}
	remotes, products := make([]domain.RemoteID, 0, len(rows)), make([]domain.ProductID, 0, len(rows))
	for _, r := range rows {
		remotes = append(remotes, r.Remote.ID)
		p.ahead.boundTo[referenceOf(r)] = 0
		if r.ProductID != 0 {
			products = append(products, r.ProductID)
			p.ahead.products[r.ProductID], p.ahead.boundFrom[r.ProductID] = nil, ""
		}
	}
	these, err := database.JSONText(products)
	if err != nil {
		return err
	}
	for s, err := range database.SelectSeq(ctx, p.tx, catalogue.StoredTargets, `SELECT `+catalogue.StoredColumns+` FROM product WHERE id IN (SELECT value FROM json_each(?))`, these) {
		if err != nil {
			return err
		}
		p.ahead.products[s.ID] = &s
	}
	type binding struct {
		reference
		product domain.ProductID
	}
	targets := func(b *binding) []any { return []any{&b.id, &b.kind, &b.product} }
	for b, err := range database.SelectSeq(ctx, p.tx, targets, `SELECT remote_id, type, product_id FROM binding WHERE product_id IN (SELECT value FROM json_each(?))`, these) {
		if err != nil {
			return err
		}
		p.ahead.boundFrom[b.product] = b.id
	}
	those, err := database.JSONText(remotes)
	if err != nil {
		return err
	}
	for b, err := range database.SelectSeq(ctx, p.tx, targets, `SELECT remote_id, type, product_id FROM binding WHERE remote_id IN (SELECT value FROM json_each(?))`, those) {
		if err != nil {
			return err
		}
		if _, ours := p.ahead.boundTo[b.reference]; ours {
			p.ahead.boundTo[b.reference] = b.product
		}
	}
	return nil
}

func referenceOf(r transfer.Row) reference { return reference{r.Remote.ID, r.Remote.Type} }

// wrote says that the row was written, with a product or a binding of one: whatever is asked of these again is read anew.
func (p *present) wrote(r transfer.Row, products ...domain.ProductID) {
	delete(p.ahead.boundTo, referenceOf(r))
	for _, id := range products {
		delete(p.ahead.products, id)
		delete(p.ahead.boundFrom, id)
	}
}

// candidate reads what a row is decided by, effects of earlier rows of the transaction included, and where
// the values of its product come from.
func (p *present) candidate(ctx context.Context, row transfer.Row) (cand transfer.Candidate, of domain.Origins, err error) {
	cand.Row = row
	cand.BoundTo, err = p.bound(ctx, referenceOf(row))
	if err != nil || row.ProductID == 0 {
		return cand, of, err
	}
	s, ok, err := p.stored(ctx, row.ProductID)
	if err != nil || !ok {
		return cand, of, err
	}
	cand.Product = &s.Product
	cand.BoundFrom, err = p.binder(ctx, row.ProductID)
	return cand, s.Origins, err
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
