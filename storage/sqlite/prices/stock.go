package prices

import (
	"context"
	"database/sql"
	"iter"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/catalogue"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// ActiveStock yields every product on sale with its guards and last approved prices, from one snapshot and
// without holding more than one in memory; an error comes at most once, last.
func (s Store) ActiveStock(ctx context.Context) iter.Seq2[pricing.Stock, error] {
	return s.stock(ctx, `product.state = 'active'`)
}

// StockOf gives these products with their guards and last approved prices; those that are not there are
// left out.
func (s Store) StockOf(ctx context.Context, ids ...domain.ProductID) (map[domain.ProductID]pricing.Stock, error) {
	all := make(map[domain.ProductID]pricing.Stock, len(ids))
	list, err := database.JSONText(ids)
	if err != nil {
		return nil, err
	}
	for s, err := range s.stock(ctx, `product.id IN (SELECT value FROM json_each(?))`, list) {
		if err != nil {
			return nil, err
		}
		all[s.Product.ID] = s
	}
	return all, nil
}

// ActiveProducts is how many products are on sale.
func (s Store) ActiveProducts(ctx context.Context) (int, error) {
	return database.View(ctx, s.db, "count products", func(tx *sql.Tx) (int, error) {
		return database.SelectValue[int](ctx, tx, `SELECT count(*) FROM product WHERE state = 'active'`)
	})
}

func (s Store) stock(ctx context.Context, where string, args ...any) iter.Seq2[pricing.Stock, error] {
	return database.ViewSeq(ctx, s.db, "read the catalogue", func(tx *sql.Tx) iter.Seq2[pricing.Stock, error] {
		return stock(ctx, tx, where, args...)
	})
}

// stock walks over products and their approved prices side by side, both by product.
func stock(ctx context.Context, tx *sql.Tx, where string, args ...any) iter.Seq2[pricing.Stock, error] {
	return func(yield func(pricing.Stock, error) bool) {
		next, stop := iter.Pull2(approvedByProduct(ctx, tx, where, args...))
		defer stop()
		prices, err, _ := next() // of no product when there are no more
		if err != nil {
			yield(pricing.Stock{}, err)
			return
		}
		for s, err := range database.SelectSeq(ctx, tx, func(s *pricing.Stock) []any {
			return append(catalogue.Targets(&s.Product), &s.Guards.Minimum, &s.Guards.Cost)
		}, `SELECT `+catalogue.Qualified+`, minimum, cost FROM product
			LEFT JOIN price_guard ON price_guard.product_id = product.id WHERE `+where+` ORDER BY product.id`, args...) {
			if err == nil && prices.product == s.Product.ID {
				s.Last = prices.last
				prices, err, _ = next()
			}
			if err != nil {
				yield(pricing.Stock{}, err)
				return
			}
			if !yield(s, nil) {
				return
			}
		}
	}
}

// ApprovedByProduct yields the approved prices of each product on sale that has any, without saying which
// product it is; an error comes at most once, last.
func (s Store) ApprovedByProduct(ctx context.Context) iter.Seq2[pricing.LastPrices, error] {
	return database.ViewSeq(ctx, s.db, "read approved prices", func(tx *sql.Tx) iter.Seq2[pricing.LastPrices, error] {
		return func(yield func(pricing.LastPrices, error) bool) {
			for p, err := range approvedByProduct(ctx, tx, `product.state = 'active'`) {
				if !yield(p.last, err) {
					return
				}
			}
		}
	})
}

// productPrices are the last approved prices of a product.
type productPrices struct {
	product domain.ProductID
	last    pricing.LastPrices
}

// approvedByProduct yields the products that have approved prices, in their order.
func approvedByProduct(ctx context.Context, tx *sql.Tx, where string, args ...any) iter.Seq2[productPrices, error] {
	return func(yield func(productPrices, error) bool) {
		var of productPrices
		for p, err := range database.SelectSeq(ctx, tx, approvedTargets(), `SELECT approved_price.product_id, marketplace, approved_price.price FROM approved_price
			JOIN product ON product.id = approved_price.product_id WHERE `+where+` ORDER BY approved_price.product_id`, args...) {
			if err != nil {
				yield(productPrices{}, err)
				return
			}
			if p.product != of.product {
				if of.last != nil && !yield(of, nil) {
					return
				}
				of = productPrices{product: p.product}
			}
			of.last = append(of.last, p.last)
		}
		if of.last != nil {
			yield(of, nil)
		}
	}
}

// PricedIn counts the products on sale that have a price, by its currency.
func (s Store) PricedIn(ctx context.Context) (map[domain.Currency]int, error) {
	return database.View(ctx, s.db, "count products", func(tx *sql.Tx) (map[domain.Currency]int, error) {
		return database.SelectMap(ctx, tx, database.Keyed[domain.Currency, int],
			`SELECT currency, count(*) FROM product WHERE state = 'active' AND price IS NOT NULL GROUP BY currency`)
	})
}

// RankProducts gives the products that q finds, each with its place in q's order; pages are left aside.
func (s Store) RankProducts(ctx context.Context, q domain.ProductQuery) (pricing.Ranked, error) {
	return database.View(ctx, s.db, "find products", func(tx *sql.Tx) (pricing.Ranked, error) {
		placed, args, err := catalogue.Placed(ctx, tx, q)
		if err != nil {
			return nil, err
		}
		ranked := pricing.Ranked{}
		for id, err := range database.SelectSeq(ctx, tx, database.Itself[domain.ProductID], `SELECT id FROM (`+placed+`) ORDER BY place`, args...) {
			if err != nil {
				return nil, err
			}
			ranked[id] = len(ranked)
		}
		return ranked, nil
	})
}
