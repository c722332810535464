package sync

import (
	"cmp"
	"context"
	"database/sql"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/catalogue"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/settings"
)

// Pull writes the next n pulled values of r into the catalogue, together with r: value, agreement and outcome. Item.Ours
// is the before-image. A field that changed since the plan, or whose binding did, has failed; so have all that are not to be
// pulled any more.
func (s Store) Pull(ctx context.Context, r sync.Run, n int) (after sync.Run, rows int, lastName string, err error) {
	after, err = s.change(ctx, "pull", r, func(tx *sql.Tx) error {
		items, err := selectItems(ctx, tx, `WHERE i.sync_id = ? AND i.state = 'planned' AND i.way = 'pull' ORDER BY i.id LIMIT ?`, r.ID, n)
		if len(items) == 0 {
			return err
		}
		w, err := newPuller(ctx, tx, s.db.Author(), domain.SourceSync, r.ID)
		if err != nil {
			return err
		}
		choices, err := settings.Of(ctx, tx)
		if err != nil {
			return err
		}
		for i := range items {
			if err := w.pull(ctx, &items[i], choices.Pull); err != nil {
				return domain.Wrap(err, "product %s", items[i].Ref.ID)
			}
		}
		rows, lastName = len(items), items[len(items)-1].Name
		if err := w.agreed.store(ctx, tx, w.by.At, r.ID); err != nil {
			return err
		}
		return recount(ctx, tx, r.ID)
	})
	if err != nil {
		return r, 0, "", err
	}
	return after, rows, lastName, nil
}

// puller writes values into the catalogue for a run.
type puller struct {
	run      int64
	present  *present
	products *catalogue.Writer
	agreed   agreed // on which is stored at the end
	outcome  database.Statement
	by       database.Author
}

func newPuller(ctx context.Context, tx *sql.Tx, by database.Author, from domain.Source, run int64) (w *puller, err error) {
	w = &puller{run: run, by: by}
	if w.present, err = newPresent(ctx, tx); err != nil {
		return nil, err
	}
	if w.products, err = catalogue.NewWriter(ctx, tx, from, by); err != nil {
		return nil, err
	}
	return w, database.PrepareAll(ctx, tx, database.Prepare(&w.outcome, `UPDATE sync_item SET state = ?, detail = ?, ended_at = ? WHERE id = ?`))
}

func (w *puller) pull(ctx context.Context, i *sync.Item, chosen bool) error {
	product, stands, err := w.present.product(ctx, i, i.Ours)
	if err != nil {
		return err
	}
	state, detail := sync.ItemApplied, ""
	switch {
	case !chosen:
		state, detail = sync.ItemFailed, sync.FailedUnchosen
	case !stands:
		state, detail = sync.ItemFailed, sync.FailedChangedHere
	default:
		if err := w.set(ctx, product, i); err != nil {
			return err
		}
	}
	_, err = w.outcome.ExecContext(ctx, state, detail, database.TimeText(w.by.At), i.ID)
	return err
}

// set writes the value of i, on which both sides agree then.
func (w *puller) set(ctx context.Context, p domain.Product, i *sync.Item) error {
	if _, err := w.products.Update(ctx, p, withValue(p, i.Field, i.Value, i.Currency)); err != nil {
		return err
	}
	w.agreed.add(i.Product, i.Ref, i.Field, i.Value.Decimal)
	return nil
}

func valueOf(p domain.Product, f domain.Shared) decimal.NullDecimal {
	if f == domain.SharedStock {
		return p.Stock
	}
	return p.Price
}

// has tells whether p has that value in the field of i, a price in its currency.
func has(p domain.Product, i *sync.Item, value decimal.NullDecimal) bool {
	if i.Field == domain.SharedPrice && p.Price.Valid && cmp.Or(p.Currency, i.Currency) != i.Currency {
		return false
	}
	return catalogue.SameDecimal(valueOf(p, i.Field), value)
}

// withValue is p with another value of a field; a price comes with its currency.
func withValue(p domain.Product, f domain.Shared, v decimal.NullDecimal, currency domain.Currency) domain.Product {
	if f == domain.SharedStock {
		p.Stock = v
	} else {
		p.Price, p.Currency = v, currency
	}
	return p
}

// present tells what stands in the catalogue now, within one transaction.
type present struct{ bound, later database.Statement }

func newPresent(ctx context.Context, tx *sql.Tx) (*present, error) {
	p := &present{}
	return p, database.PrepareAll(ctx, tx,
		database.Prepare(&p.bound, `SELECT `+catalogue.Qualified+` FROM product JOIN binding b ON b.product_id = product.id
			WHERE product.id = ? AND b.remote_id = ? AND b.type = ? AND product.state <> 'archived'`),
		database.Prepare(&p.later, `SELECT EXISTS (SELECT 1 FROM sync_item i WHERE i.product_id = ? AND i.field = ? AND i.id > ? AND i.undone = 0 AND `+carriedOut+`)`),
	)
}

// product gives the product of i if it has that value in the field; ok is false also when it is gone, archived or bound
// to something else.
func (p *present) product(ctx context.Context, i *sync.Item, value decimal.NullDecimal) (product domain.Product, ok bool, err error) {
	product, ok, err = database.ScanOne(p.bound.QueryRowContext(ctx, i.Product, i.Ref.ID, i.Ref.Type), catalogue.Targets)
	return product, ok && has(product, i, value), err
}

// writtenSince tells whether a later change of the field of i stands: its value may be that of i again, yet it is
// another one's.
func (p *present) writtenSince(ctx context.Context, i *sync.Item) (later bool, err error) {
	later, _, err = database.ScanOne(p.later.QueryRowContext(ctx, i.Product, i.Field, i.ID), database.Itself[bool])
	return later, err
}
