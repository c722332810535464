package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"iter"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
)

// errEnough ends a walk that nobody wants more of.
var errEnough = errors.New("enough")

// ActiveStock yields every product on sale with its guards and last approved prices, from one snapshot and
// without holding more than one in memory; an error comes at most once, last.
func (c *Company) ActiveStock(ctx context.Context) iter.Seq2[pricing.Stock, error] {
	return c.stock(ctx, `product.state = 'active'`)
}

// StockOf gives these products with their guards and last approved prices; those that are not there are
// left out.
func (c *Company) StockOf(ctx context.Context, ids ...domain.ProductID) (map[domain.ProductID]pricing.Stock, error) {
	all := make(map[domain.ProductID]pricing.Stock, len(ids))
	list, err := idList(ids)
	if err != nil {
		return nil, err
	}
	for s, err := range c.stock(ctx, `product.id IN (SELECT value FROM json_each(?))`, list) {
		if err != nil {
			return nil, err
		}
		all[s.Product.ID] = s
	}
	return all, nil
}

// ActiveProducts is how many products are on sale.
func (c *Company) ActiveProducts(ctx context.Context) (n int, err error) {
	err = c.db.reading(ctx, "count products", func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `SELECT count(*) FROM product WHERE state = 'active'`).Scan(&n)
	})
	return n, err
}

// stock walks over products and their approved prices side by side, both by product.
func (c *Company) stock(ctx context.Context, where string, args ...any) iter.Seq2[pricing.Stock, error] {
	return func(yield func(pricing.Stock, error) bool) {
		err := c.db.reading(ctx, "read the catalogue", func(tx *sql.Tx) error {
			//nolint:gosec // made of constants
			products, err := tx.QueryContext(ctx, `SELECT `+qualified+`, minimum, cost FROM product
				LEFT JOIN price_guard ON price_guard.product_id = product.id WHERE `+where+` ORDER BY product.id`, args...)
			if err != nil {
				return err
			}
			defer func() { _ = products.Close() }()
			//nolint:gosec // made of constants
			approved, err := tx.QueryContext(ctx, `SELECT approved_price.product_id, marketplace, approved_price.price FROM approved_price
				JOIN product ON product.id = approved_price.product_id WHERE `+where+` ORDER BY approved_price.product_id`, args...)
			if err != nil {
				return err
			}
			defer func() { _ = approved.Close() }()
			prices := approvedCursor{rows: approved, names: map[string]pricing.MarketplaceID{}}
			if err := prices.next(); err != nil {
				return err
			}
			for products.Next() {
				var s pricing.Stock
				if err := products.Scan(append(productTargets(&s.Product), &s.Guards.Minimum, &s.Guards.Cost)...); err != nil {
					return err
				}
				if s.Last, err = prices.of(s.Product.ID); err != nil {
					return err
				}
				if !yield(s, nil) {
					return errEnough
				}
			}
			// Closed first: the row read ahead still holds its raw bytes, and with them the lock that Err waits
			// for, for ever, if the context has ended meanwhile.
			return errors.Join(products.Err(), approved.Close(), approved.Err())
		})
		if err != nil && !errors.Is(err, errEnough) {
			yield(pricing.Stock{}, err)
		}
	}
}

// ApprovedByProduct yields the approved prices of each product on sale that has any, without saying which
// product it is; an error comes at most once, last.
func (c *Company) ApprovedByProduct(ctx context.Context) iter.Seq2[pricing.LastPrices, error] {
	return func(yield func(pricing.LastPrices, error) bool) {
		err := c.db.reading(ctx, "read approved prices", func(tx *sql.Tx) error {
			approved, err := tx.QueryContext(ctx, `SELECT approved_price.product_id, marketplace, approved_price.price FROM approved_price
				JOIN product ON product.id = approved_price.product_id WHERE product.state = 'active' ORDER BY approved_price.product_id`)
			if err != nil {
				return err
			}
			defer func() { _ = approved.Close() }()
			prices := approvedCursor{rows: approved, names: map[string]pricing.MarketplaceID{}}
			for err = prices.next(); err == nil && prices.product != 0; {
				var last pricing.LastPrices
				if last, err = prices.of(prices.product); err == nil && !yield(last, nil) {
					return errEnough
				}
			}
			return errors.Join(err, approved.Close(), approved.Err()) // in this order: see stock
		})
		if err != nil && !errors.Is(err, errEnough) {
			yield(nil, err)
		}
	}
}

// approvedCursor reads approved prices in the order of their products.
type approvedCursor struct {
	rows    *sql.Rows
	names   map[string]pricing.MarketplaceID // one text for all rows that name it
	product domain.ProductID                 // of the row read ahead; 0: there is none
	price   pricing.LastPrice
}

func (a *approvedCursor) next() error {
	a.product = 0
	if !a.rows.Next() {
		return a.rows.Err()
	}
	var name sql.RawBytes
	var price decimal.Decimal
	if err := a.rows.Scan(&a.product, &name, &price); err != nil {
		return err
	}
	m, ok := a.names[string(name)]
	if !ok {
		m = pricing.MarketplaceID(name)
		a.names[string(name)] = m
	}
	a.price = pricing.LastPrice{Marketplace: m, Kurus: price.Shift(2).IntPart()}
	return nil
}

func (a *approvedCursor) of(id domain.ProductID) (last pricing.LastPrices, err error) {
	for err == nil && a.product == id {
		last = append(last, a.price)
		err = a.next()
	}
	return last, err
}

// PricedIn counts the products on sale that have a price, by its currency.
func (c *Company) PricedIn(ctx context.Context) (map[domain.Currency]int, error) {
	all := map[domain.Currency]int{}
	err := c.db.reading(ctx, "count products", func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT currency, count(*) FROM product WHERE state = 'active' AND price IS NOT NULL GROUP BY currency`)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var currency domain.Currency
			var n int
			if err := rows.Scan(&currency, &n); err != nil {
				return err
			}
			all[currency] = n
		}
		return rows.Err()
	})
	return all, err
}

// RankProducts gives the products that q finds, each with its place in q's order; pages are left aside.
func (c *Company) RankProducts(ctx context.Context, q domain.ProductQuery) (pricing.Ranked, error) {
	ranked := pricing.Ranked{}
	err := c.db.reading(ctx, "find products", func(tx *sql.Tx) error {
		placed, args, err := placedProducts(ctx, tx, q)
		if err != nil {
			return err
		}
		rows, err := tx.QueryContext(ctx, `SELECT id FROM (`+placed+`) ORDER BY place`, args...) //nolint:gosec // made of constants
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var id domain.ProductID
			if err := rows.Scan(&id); err != nil {
				return err
			}
			ranked[id] = len(ranked)
		}
		return rows.Err()
	})
	return ranked, err
}

// idList is ids as JSON, for a query of any number of them.
func idList(ids []domain.ProductID) (string, error) {
	text, err := json.Marshal(ids)
	return string(text), err
}
