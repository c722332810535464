package sqlite

import (
	"context"
	"database/sql"
	"iter"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// EachRow yields all rows of q, whatever its Limit and Offset, in the order of Rows, from one snapshot: what
// is decided meanwhile neither adds nor loses a row. An error comes at most once, last.
func (c *Company) EachRow(ctx context.Context, q transfer.Query) iter.Seq2[transfer.Listed, error] {
	where, args := rowFilter(q)
	return each(ctx, c.db, "list rows", func(tx *sql.Tx) (iter.Seq2[transfer.Listed, error], error) {
		return selectSeq(ctx, tx, listedTargets, `SELECT `+listedColumns+` FROM transfer_row r LEFT JOIN product p ON p.id = r.product_id `+
			where+` ORDER BY `+rowOrder(q), args...), nil
	})
}

// EachProduct yields all products of q, whatever its Limit and Offset, in the order of Products, from one
// snapshot. An error comes at most once, last.
func (c *Company) EachProduct(ctx context.Context, q domain.ProductQuery) iter.Seq2[domain.Product, error] {
	return each(ctx, c.db, "list products", func(tx *sql.Tx) (iter.Seq2[domain.Product, error], error) {
		placed, args, err := placedProducts(ctx, tx, q)
		return selectSeq(ctx, tx, productTargets, `WITH found AS (`+placed+`) SELECT `+qualified+`
			FROM found JOIN product ON product.id = found.id ORDER BY found.place`, args...), err
	})
}

// each yields what a query finds, in one read transaction that ends with the loop.
func each[T any](ctx context.Context, d *database, op string, find func(*sql.Tx) (iter.Seq2[T, error], error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		left := false // the caller wants no more
		err := d.reading(ctx, op, func(tx *sql.Tx) error {
			found, err := find(tx)
			if err != nil {
				return err
			}
			for v, err := range found {
				if err != nil {
					return err
				}
				if left = !yield(v, nil); left {
					return nil
				}
			}
			return nil
		})
		if err != nil && !left {
			var none T
			yield(none, err)
		}
	}
}
