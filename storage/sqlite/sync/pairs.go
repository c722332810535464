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
		if err := database.MakeRoom(ctx, tx); err != nil {
			return nil, err
		}
		pairs, err := database.SelectAll(ctx, tx, pairTargets, `SELECT p.id, b.remote_id, b.type, p.code, p.name, p.currency, p.stock, p.price,
				p.stock_at, p.price_at, coalesce(s.currency, ''), s.stock, s.price, s.modified_at, s.read_at,
				coalesce(s.sync_id = ?1, 0), b.gone_at IS NOT NULL AND coalesce(s.sync_id <> ?1, 1),
				stock_base.value, stock_base.at, price_base.value, price_base.at
			FROM binding b JOIN product p ON p.id = b.product_id LEFT JOIN sync_seen s ON s.remote_id = b.remote_id AND s.type = b.type
				LEFT JOIN agreed stock_base ON stock_base.id = `+newestBase(domain.SharedStock)+`
				LEFT JOIN agreed price_base ON price_base.id = `+newestBase(domain.SharedPrice)+`
			WHERE p.state <> 'archived' ORDER BY p.id`, r.ID)
		if err != nil {
			return nil, err
		}
		at := make(map[domain.ProductID]*sync.Pair, len(pairs))
		for i := range pairs {
			at[pairs[i].Product] = &pairs[i]
		}
		if err := addPushes(ctx, tx, at); err != nil {
			return nil, err
		}
		if err := addRefused(ctx, tx, at); err != nil {
			return nil, err
		}
		return pairs, addSaid(ctx, tx, at)
	})
}

func pairTargets(p *sync.Pair) []any {
	return []any{
		&p.Product, &p.Ref.ID, &p.Ref.Type, &p.Code, &p.Name, &p.OurCurrency, &p.Stock.Ours, &p.Price.Ours,
		database.TimeInto(&p.Stock.OursAt), database.TimeInto(&p.Price.OursAt),
		&p.Currency, &p.Stock.Theirs, &p.Price.Theirs, database.TimeInto(&p.ModifiedAt), database.TimeInto(&p.ReadAt), &p.Seen, &p.Gone,
		&p.Stock.Base, database.TimeInto(&p.Stock.BaseAt), &p.Price.Base, database.TimeInto(&p.Price.BaseAt),
	}
}

// newestBase is what both sides of b last agreed on: found for each pair by itself, however long it has been agreed on.
func newestBase(f domain.Shared) string {
	return `(SELECT a.id FROM agreed a WHERE a.product_id = b.product_id AND a.field = '` + string(f) + `'
		AND a.remote_id = b.remote_id AND a.type = b.type ORDER BY a.id DESC LIMIT 1)`
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

// addPushes adds the last push of each field that nobody has confirmed.
func addPushes(ctx context.Context, tx *sql.Tx, at map[domain.ProductID]*sync.Pair) error {
	for i, err := range database.SelectSeq(ctx, tx, itemTargets, `SELECT `+itemColumns+` FROM sync_item i INDEXED BY sync_item_unconfirmed JOIN product p ON p.id = i.product_id
		JOIN binding b ON b.product_id = i.product_id AND b.remote_id = i.remote_id AND b.type = i.type WHERE `+onItsWay+` ORDER BY i.id`) {
		if err != nil {
			return err
		}
		if v := fieldOf(at, i.Product, i.Field); v != nil {
			v.Push = &i
		}
	}
	return nil
}

// addRefused adds the last push of each field whose value was refused. What failed because it had changed, or was gone,
// is none.
func addRefused(ctx context.Context, tx *sql.Tx, at map[domain.ProductID]*sync.Pair) error {
	for i, err := range database.SelectSeq(ctx, tx, itemTargets, `SELECT `+itemColumns+` FROM sync_item i INDEXED BY sync_item_failed JOIN product p ON p.id = i.product_id
		JOIN binding b ON b.product_id = i.product_id AND b.remote_id = i.remote_id AND b.type = i.type
		WHERE i.way = 'push' AND i.state = 'failed' AND i.detail NOT IN (?, ?, ?, ?, ?)
			AND i.id = (SELECT max(l.id) FROM sync_item l WHERE l.product_id = i.product_id AND l.field = i.field)`,
		sync.FailedChangedHere, sync.FailedChangedThere, sync.FailedUnchosen, sync.FailedGone, sync.FailedUncertain) {
		if err != nil {
			return err
		}
		if v := fieldOf(at, i.Product, i.Field); v != nil {
			v.Refused = &i
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
