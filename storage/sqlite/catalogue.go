package sqlite

import (
	"context"
	"database/sql"
	"iter"

	"github.com/sopyo/sopyo-desktop/domain"
)

// ProductSort is the column a list of products is sorted by.
type ProductSort string

// The sortable columns; ProductsByAge is the order in which they were added.
const (
	ProductsByAge     ProductSort = ""
	ProductsByName    ProductSort = "name"
	ProductsByCode    ProductSort = "code"
	ProductsByBarcode ProductSort = "barcode"
	ProductsByPrice   ProductSort = "price"
	ProductsByStock   ProductSort = "stock"
)

// ProductQuery asks for one page of the catalogue. Every word of Search has to be in the name, code or
// barcode; a Limit of 0 means all.
type ProductQuery struct {
	Search string
	Sort   ProductSort
	Desc   bool
	Limit  int
	Offset int
}

// Products gives one page of the catalogue and how many products q finds in all.
func (c *Company) Products(ctx context.Context, q ProductQuery) ([]domain.Product, int, error) {
	words, args := wordFilter("search_fold", q.Search)
	where := `WHERE true` + words
	var found []domain.Product
	var total int
	err := c.db.reading(ctx, "list products", func(tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, `SELECT count(*) FROM product `+where, args...).Scan(&total)
		if err != nil {
			return err
		}
		found, err = selectProducts(ctx, tx, where+` ORDER BY `+productOrder(q)+` LIMIT ? OFFSET ?`,
			append(args, limit(q.Limit), q.Offset)...)
		return err
	})
	return found, total, err
}

// AllProducts yields the whole catalogue in the order in which it grew, from one snapshot; an error comes
// at most once, last.
func (c *Company) AllProducts(ctx context.Context) iter.Seq2[domain.Product, error] {
	const op = "read the catalogue"
	return func(yield func(domain.Product, error) bool) {
		rows, err := c.db.read.QueryContext(ctx, `SELECT `+productColumns+` FROM product ORDER BY id`)
		if err != nil {
			yield(domain.Product{}, mapped(ctx, op, err))
			return
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			p, err := scanProduct(rows)
			if err != nil {
				yield(domain.Product{}, mapped(ctx, op, err))
				return
			}
			if !yield(p, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(domain.Product{}, mapped(ctx, op, err))
		}
	}
}

func productOrder(q ProductQuery) string {
	switch q.Sort {
	case ProductsByName:
		return ordered(q.Desc, `name_sort`, `id`)
	case ProductsByCode:
		return `code = '', ` + ordered(q.Desc, `code_sort`, `id`)
	case ProductsByBarcode:
		return `barcode = '', ` + ordered(q.Desc, `barcode`, `id`)
	case ProductsByPrice:
		return `price IS NULL, ` + ordered(q.Desc, `CAST(price AS REAL)`, `id`)
	case ProductsByStock:
		return `stock IS NULL, ` + ordered(q.Desc, `CAST(stock AS REAL)`, `id`)
	default:
		return ordered(q.Desc, `id`)
	}
}

// FindProducts gives the products that a person means by a code: those with exactly this code, else those
// that differ in spelling, else those with this barcode.
func (c *Company) FindProducts(ctx context.Context, text string) ([]domain.Product, error) {
	code := domain.Code(text)
	var found []domain.Product
	err := c.db.reading(ctx, "find products", func(tx *sql.Tx) error {
		for _, by := range []struct{ column, key string }{
			{"code_k0", code.K0()}, {"code_k1", code.K1()}, {"barcode_key", pairingKey(domain.Barcode(text))}, {"barcode", code.K0()},
		} {
			if by.key == "" {
				continue
			}
			var err error
			found, err = selectProducts(ctx, tx, `WHERE `+by.column+` = ? ORDER BY id`, by.key)
			if err != nil || len(found) > 0 {
				return err
			}
		}
		return nil
	})
	return found, err
}
