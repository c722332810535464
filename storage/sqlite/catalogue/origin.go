package catalogue

import (
	"context"
	"database/sql"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// OriginColumns are what domain.Origins are read from, in the order of OriginTargets.
const OriginColumns = `price_at, price_from, price_by, stock_at, stock_from, stock_by`

// OriginTargets are where the OriginColumns of a row go.
func OriginTargets(o *domain.Origins) []any {
	return []any{
		database.TimeInto(&o.Price.At), &o.Price.From, &o.Price.By,
		database.TimeInto(&o.Stock.At), &o.Stock.From, &o.Stock.By,
	}
}

// Origins tells where price and stock of a product come from. KindNotFound: there is none of that ID.
func (s Store) Origins(ctx context.Context, id domain.ProductID) (domain.Origins, error) {
	return database.View(ctx, s.db, "read where values come from", func(tx *sql.Tx) (domain.Origins, error) {
		o, ok, err := database.SelectOne(ctx, tx, OriginTargets, `SELECT `+OriginColumns+` FROM product WHERE id = ?`, id)
		if err == nil && !ok {
			err = domain.E(domain.KindNotFound, "find the product", nil)
		}
		return o, err
	})
}

func originValues(o domain.Origin) []any { return []any{database.TimeText(o.At), o.From, o.By} }

// given are the values of setOrigins: an origin that is not moved stays as it is.
func given(movedPrice, movedStock bool, to domain.Origins) []any {
	price := append([]any{movedPrice}, originValues(to.Price)...)
	return append(append(price, movedStock), originValues(to.Stock)...)
}

// setOrigins is behind the eighteen values of a product.
const setOrigins = ` price_at = iif(?19, ?20, price_at), price_from = iif(?19, ?21, price_from), price_by = iif(?19, ?22, price_by),
	stock_at = iif(?23, ?24, stock_at), stock_from = iif(?23, ?25, stock_from), stock_by = iif(?23, ?26, stock_by),`

// SamePrice tells whether a and b cost the same, in the same currency, or neither has a price.
func SamePrice(a, b domain.Product) bool {
	return SameDecimal(a.Price, b.Price) && (!a.Price.Valid || a.Currency == b.Currency)
}
