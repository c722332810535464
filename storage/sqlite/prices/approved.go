package prices

import (
	"context"
	"database/sql"
	"fmt"
	"iter"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// ApprovedPrices gives the last approved prices of every product that has any.
func (s Store) ApprovedPrices(ctx context.Context) (map[domain.ProductID]pricing.LastPrices, error) {
	return database.View(ctx, s.db, "read approved prices", func(tx *sql.Tx) (map[domain.ProductID]pricing.LastPrices, error) {
		all := map[domain.ProductID]pricing.LastPrices{}
		for p, err := range database.SelectSeq(ctx, tx, approvedTargets(), `SELECT product_id, marketplace, price FROM approved_price`) {
			if err != nil {
				return nil, err
			}
			all[p.product] = append(all[p.product], p.last)
		}
		return all, nil
	})
}

// approvedPrice is the last approved price of a product on one marketplace.
type approvedPrice struct {
	product domain.ProductID
	last    pricing.LastPrice
}

// approvedTargets are those of product, marketplace and price; all rows share one text for a marketplace.
func approvedTargets() func(*approvedPrice) []any {
	names := map[string]pricing.MarketplaceID{}
	return func(p *approvedPrice) []any {
		return []any{&p.product, sharedName{names, &p.last.Marketplace}, kurusValue{&p.last.Kurus}}
	}
}

// sharedName scans a marketplace into m; names has the one text for all rows that name it.
type sharedName struct {
	names map[string]pricing.MarketplaceID
	m     *pricing.MarketplaceID
}

// Scan implements sql.Scanner.
func (s sharedName) Scan(src any) error {
	name, ok := src.(string)
	if !ok {
		return fmt.Errorf("marketplace of type %T", src)
	}
	known, ok := s.names[name]
	if !ok {
		known = pricing.MarketplaceID(name)
		s.names[name] = known
	}
	*s.m = known
	return nil
}

// kurusValue scans a stored price into a whole number of kuruş. Approved prices are whole kuruş
// (pricing.LastPrice): nothing is cut.
type kurusValue struct{ kurus *int64 }

// Scan implements sql.Scanner.
func (k kurusValue) Scan(src any) error {
	var price decimal.Decimal
	err := price.Scan(src)
	*k.kurus = price.Shift(2).IntPart()
	return err
}

// ApprovePrices keeps prices that a person lets go, in place of earlier ones of the same product and
// marketplace, all or none of them, and gives how many. An error among them ends it. What they replace can
// be brought back by UndoApproval until the next approval.
func (s Store) ApprovePrices(ctx context.Context, prices iter.Seq2[pricing.Approved, error]) (int, error) {
	return database.Update(ctx, s.db, "approve prices", func(tx *sql.Tx) (int, error) {
		var keep, remember database.Statement
		if err := database.PrepareAll(ctx, tx,
			database.Prepare(&keep, `INSERT INTO approved_price
				(product_id, marketplace, price, base, currency, rate, version, approved_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (product_id, marketplace) DO UPDATE SET price = excluded.price, base = excluded.base,
				currency = excluded.currency, rate = excluded.rate, version = excluded.version,
				approved_at = excluded.approved_at`),
			database.Prepare(&remember, `INSERT INTO approval_undo
				(product_id, marketplace, price, base, currency, rate, version, approved_at)
			SELECT ?1, ?2, a.price, a.base, a.currency, a.rate, a.version, a.approved_at
			FROM (SELECT 1) LEFT JOIN approved_price a ON a.product_id = ?1 AND a.marketplace = ?2
			WHERE true ON CONFLICT DO NOTHING`),
		); err != nil {
			return 0, err
		}
		n, at := 0, database.TimeText(s.db.Now())
		for p, err := range prices {
			if err != nil {
				return 0, err
			}
			if n == 0 {
				if _, err := tx.ExecContext(ctx, `DELETE FROM approval_undo`); err != nil {
					return 0, err
				}
			}
			if _, err := remember.ExecContext(ctx, p.Product, p.Marketplace); err != nil {
				return 0, err
			}
			_, err := keep.ExecContext(ctx, p.Product, p.Marketplace, p.Price.String(), p.Base.String(), p.Currency,
				p.Rate, p.Version, at)
			if err != nil {
				return 0, err
			}
			n++
		}
		if n == 0 {
			return 0, nil
		}
		return n, s.db.Author().Record(ctx, tx, "prices-approved", map[string]any{"prices": n})
	})
}

// UndoApproval brings back what the last approval replaced, and gives how many prices that are: 0 when
// there is nothing to take back.
func (s Store) UndoApproval(ctx context.Context) (int, error) {
	return database.Update(ctx, s.db, "undo an approval of prices", func(tx *sql.Tx) (int, error) {
		n, err := database.SelectValue[int](ctx, tx, `SELECT count(*) FROM approval_undo`)
		if err != nil || n == 0 {
			return 0, err
		}
		for _, step := range []string{
			`DELETE FROM approved_price WHERE (product_id, marketplace) IN (SELECT product_id, marketplace FROM approval_undo)`,
			`INSERT INTO approved_price (product_id, marketplace, price, base, currency, rate, version, approved_at)
				SELECT product_id, marketplace, price, base, currency, rate, version, approved_at FROM approval_undo WHERE price IS NOT NULL`,
			`DELETE FROM approval_undo`,
		} {
			if _, err := tx.ExecContext(ctx, step); err != nil {
				return 0, err
			}
		}
		return n, s.db.Author().Record(ctx, tx, "prices-approval-undone", map[string]any{"prices": n})
	})
}
