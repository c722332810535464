package catalogue

import (
	"bytes"
	"context"
	"database/sql"
	"iter"
	"slices"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// Products gives one page of the catalogue and how many products q finds in all.
func (s Store) Products(ctx context.Context, q domain.ProductQuery) ([]domain.Product, int, error) {
	listed, total, err := s.ListProducts(ctx, q)
	products := make([]domain.Product, len(listed))
	for i, l := range listed {
		products[i] = l.Product
	}
	return products, total, err
}

// ListProducts is Products with what each is bound to.
func (s Store) ListProducts(ctx context.Context, q domain.ProductQuery) ([]domain.ListedProduct, int, error) {
	return database.ViewBoth(ctx, s.db, "list products", func(tx *sql.Tx) ([]domain.ListedProduct, int, error) {
		// The sort runs over ids alone; whole products are read for the page only.
		ids, total, err := s.page(ctx, tx, q)
		if err != nil || len(ids) == 0 {
			return nil, total, err
		}
		text, err := database.JSONText(ids)
		if err != nil {
			return nil, 0, err
		}
		listed, err := database.SelectAll(ctx, tx, func(l *domain.ListedProduct) []any { return append(Targets(&l.Product), &l.Bound) },
			`SELECT `+Qualified+`, coalesce(binding.remote_id, '')
			FROM json_each(?) AS page JOIN product ON product.id = page.value LEFT JOIN binding ON binding.product_id = product.id
			ORDER BY page.key`, text)
		return listed, total, err
	})
}

// ordering is what a query for the ids of what a ProductQuery finds is made of.
type ordering struct {
	with, from string // with is in front of its SELECT
	by         string
	args       []any // of with and from
}

func order(ctx context.Context, tx *sql.Tx, q domain.ProductQuery, where string, args []any) (o ordering, err error) {
	o = ordering{from: ` FROM product` + productJoins(q.Sort) + ` ` + where, by: productOrder(q), args: args}
	if q.Sort == domain.ProductsByBrand {
		places, err := brandPlaces(ctx, tx)
		if err != nil {
			return ordering{}, err
		}
		brands, err := database.JSONText(places)
		if err != nil {
			return ordering{}, err
		}
		o.with, o.args = `WITH brands AS MATERIALIZED (SELECT key AS brand, value AS place FROM json_each(?)) `, append([]any{brands}, args...)
	}
	return o, nil
}

// Placed is the query for the ids of what q finds, each with its place in q's order.
func Placed(ctx context.Context, tx *sql.Tx, q domain.ProductQuery) (query string, args []any, err error) {
	where, args := filter(q)
	o, err := order(ctx, tx, q, where, args)
	return o.with + `SELECT row_number() OVER (ORDER BY ` + o.by + `) AS place, product.id` + o.from + ` ORDER BY ` + o.by, o.args, err
}

// brandPlaces gives the place of each brand in Turkish order: they are few, and have no key of their own. Brands that
// differ in case alone have one place.
func brandPlaces(ctx context.Context, tx *sql.Tx) (map[string]int, error) {
	brands, err := database.SelectAll(ctx, tx, database.Itself[string], `SELECT DISTINCT brand FROM product`)
	if err != nil {
		return nil, err
	}
	keys := make(map[string][]byte, len(brands))
	for _, brand := range brands {
		keys[brand] = domain.SortKey(brand)
	}
	slices.SortFunc(brands, func(a, b string) int { return bytes.Compare(keys[a], keys[b]) })
	places := make(map[string]int, len(brands))
	for i, brand := range brands {
		places[brand] = i
		if i > 0 && bytes.Equal(keys[brand], keys[brands[i-1]]) {
			places[brand] = places[brands[i-1]]
		}
	}
	return places, nil
}

// productJoins adds the tables that an order needs.
func productJoins(s domain.ProductSort) string {
	switch s {
	case domain.ProductsByBrand:
		return ` JOIN brands ON brands.brand = product.brand`
	case domain.ProductsByBinding:
		return ` LEFT JOIN binding ON binding.product_id = product.id`
	default:
		return ``
	}
}

// AllProducts yields the whole catalogue in the order in which it grew, from one snapshot; an error comes
// at most once, last.
func (s Store) AllProducts(ctx context.Context) iter.Seq2[domain.Product, error] {
	return database.ViewSeq(ctx, s.db, "read the catalogue", func(tx *sql.Tx) iter.Seq2[domain.Product, error] {
		return database.SelectSeq(ctx, tx, Targets, `SELECT `+Columns+` FROM product ORDER BY id`)
	})
}

// productOrder is the ORDER BY of a query. What is absent comes last, and equal products stay in the order
// in which they were added, so that pages never overlap.
func productOrder(q domain.ProductQuery) string {
	switch q.Sort {
	case domain.ProductsByName:
		return database.Ordered(q.Desc, `name_sort`, `product.id`)
	case domain.ProductsByCode:
		return `code = '', ` + database.Ordered(q.Desc, `code_sort`, `product.id`)
	case domain.ProductsByBarcode:
		return `barcode = '', ` + database.Ordered(q.Desc, `barcode`, `product.id`)
	case domain.ProductsByBrand:
		return `product.brand = '', ` + database.Ordered(q.Desc, `brands.place`, `product.id`)
	case domain.ProductsByPrice:
		return `price IS NULL, ` + database.Ordered(q.Desc, `CAST(price AS REAL)`, `product.id`)
	case domain.ProductsByStock:
		return `stock IS NULL, ` + database.Ordered(q.Desc, `CAST(stock AS REAL)`, `product.id`)
	case domain.ProductsByState:
		return database.Ordered(q.Desc, `state`, `product.id`)
	case domain.ProductsByBinding:
		return database.Ordered(q.Desc, `binding.product_id IS NULL`, `product.id`)
	default:
		return database.Ordered(q.Desc, `product.id`)
	}
}

// FindProducts gives the products that a person means by a code: those with exactly this code, else those
// that differ in spelling, else those with this barcode.
func (s Store) FindProducts(ctx context.Context, text string) ([]domain.Product, error) {
	return database.View(ctx, s.db, "find products", func(tx *sql.Tx) ([]domain.Product, error) {
		code := domain.Code(text)
		for _, by := range []struct{ column, key string }{
			{"code_k0", code.K0()}, {"code_k1", code.K1()}, {"barcode_key", domain.Barcode(text).PairingKey()}, {"barcode", code.K0()},
		} {
			if by.key == "" {
				continue
			}
			found, err := Select(ctx, tx, `WHERE `+by.column+` = ? ORDER BY id`, by.key)
			if err != nil || len(found) > 0 {
				return found, err
			}
		}
		return nil, nil
	})
}

// EachProduct yields all products of q, whatever its Limit and Offset, in the order of Products, from one
// snapshot. An error comes at most once, last.
func (s Store) EachProduct(ctx context.Context, q domain.ProductQuery) iter.Seq2[domain.Product, error] {
	return database.ViewSeq(ctx, s.db, "list products", func(tx *sql.Tx) iter.Seq2[domain.Product, error] {
		return func(yield func(domain.Product, error) bool) {
			placed, args, err := Placed(ctx, tx, q)
			if err != nil {
				yield(domain.Product{}, err)
				return
			}
			database.SelectSeq(ctx, tx, Targets, `WITH found AS (`+placed+`) SELECT `+Qualified+`
				FROM found JOIN product ON product.id = found.id ORDER BY found.place`, args...)(yield)
		}
	})
}
