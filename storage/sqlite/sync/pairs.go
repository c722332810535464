package sync

import (
	"context"
	"database/sql"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// Pairs gives every bound product that is not archived with both sides' values: as r has read them, else as they
// were known last.
func (s Store) Pairs(ctx context.Context, r sync.Run) ([]sync.Pair, error) {
	return database.View(ctx, s.db, "load both sides", func(tx *sql.Tx) ([]sync.Pair, error) {
		pairs, err := database.SelectAll(ctx, tx, pairTargets, `SELECT p.id, b.remote_id, b.type, p.code, p.name, p.currency, p.stock, p.price,
				p.stock_at, p.price_at, p.stock_by, p.price_by, coalesce(s.currency, ''), s.stock, s.price, s.modified_at, s.read_at,
				coalesce(s.sync_id = ?1, 0), b.gone_at IS NOT NULL AND coalesce(s.sync_id <> ?1, 1)
			FROM binding b JOIN product p ON p.id = b.product_id LEFT JOIN sync_seen s ON s.remote_id = b.remote_id AND s.type = b.type
			WHERE p.state <> 'archived' ORDER BY p.id`, r.ID)
		if err != nil {
			return nil, err
		}
		at := make(map[domain.ProductID]*sync.Pair, len(pairs))
		for i := range pairs {
			at[pairs[i].Product] = &pairs[i]
		}
		if err := addBases(ctx, tx, at); err != nil {
			return nil, err
		}
		if err := addPushes(ctx, tx, at); err != nil {
			return nil, err
		}
		return pairs, addSaid(ctx, tx, at)
	})
}

func pairTargets(p *sync.Pair) []any {
	return []any{
		&p.Product, &p.Ref.ID, &p.Ref.Type, &p.Code, &p.Name, &p.OurCurrency, &p.Stock.Ours, &p.Price.Ours,
		database.TimeInto(&p.Stock.OursAt), database.TimeInto(&p.Price.OursAt), &p.Stock.OursBy, &p.Price.OursBy,
		&p.Currency, &p.Stock.Theirs, &p.Price.Theirs, database.TimeInto(&p.ModifiedAt), database.TimeInto(&p.ReadAt), &p.Seen, &p.Gone,
	}
}

// fieldOf is where a field of a product stands, nil where the product is none of the pairs.
func fieldOf(at map[domain.ProductID]*sync.Pair, id domain.ProductID, f domain.Shared) *sync.Value {
	switch p := at[id]; {
	case p == nil:
		return nil
	case f == domain.SharedStock:
		return &p.Stock
	default:
		return &p.Price
	}
}

// addBases adds what both sides of a pair last agreed on.
func addBases(ctx context.Context, tx *sql.Tx, at map[domain.ProductID]*sync.Pair) error {
	type base struct {
		product domain.ProductID
		field   domain.Shared
		value   sync.Value
	}
	for b, err := range database.SelectSeq(ctx, tx, func(b *base) []any {
		return []any{&b.product, &b.field, &b.value.Base, database.TimeInto(&b.value.BaseAt)}
	}, `SELECT a.product_id, a.field, a.value, a.at FROM agreed a JOIN binding b USING (product_id, remote_id, type)
		WHERE a.id = (SELECT max(id) FROM agreed l WHERE l.product_id = a.product_id AND l.field = a.field AND l.remote_id = a.remote_id AND l.type = a.type)`) {
		if err != nil {
			return err
		}
		if v := fieldOf(at, b.product, b.field); v != nil {
			v.Base, v.BaseAt = b.value.Base, b.value.BaseAt
		}
	}
	return nil
}

// addPushes adds the last push of each field that nobody has confirmed.
func addPushes(ctx context.Context, tx *sql.Tx, at map[domain.ProductID]*sync.Pair) error {
	for i, err := range database.SelectSeq(ctx, tx, itemTargets, `SELECT `+itemColumns+` FROM sync_item i LEFT JOIN product p ON p.id = i.product_id
		JOIN binding b ON b.product_id = i.product_id AND b.remote_id = i.remote_id AND b.type = i.type
		WHERE i.way = 'push' AND i.state IN ('sent', 'unknown', 'answered') ORDER BY i.id`) {
		if err != nil {
			return err
		}
		if v := fieldOf(at, i.Product, i.Field); v != nil {
			v.Push = &i
		}
	}
	return nil
}

// addSaid adds what a person said.
func addSaid(ctx context.Context, tx *sql.Tx, at map[domain.ProductID]*sync.Pair) error {
	type said struct {
		product domain.ProductID
		field   domain.Shared
		sync.Said
	}
	for c, err := range database.SelectSeq(ctx, tx, func(c *said) []any {
		return []any{&c.product, &c.field, &c.Owner, &c.Kind, &c.Ours, &c.Theirs}
	}, `SELECT product_id, field, owner, kind, ours, theirs FROM sync_choice`) {
		if err != nil {
			return err
		}
		if v := fieldOf(at, c.product, c.field); v != nil {
			v.Said = &c.Said
		}
	}
	return nil
}
