package intake

import (
	"context"
	"database/sql"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/catalogue"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/settings"
)

// ImportProducts brings the products of a file into the catalogue, all or none of them, in one transaction.
// A product is found again by its code; without a code by its barcode; without either by its name (see
// likenesses). A value that is absent leaves what is there, and a product that does not change keeps its
// revision. file is the name that the history remembers; UndoImport takes it back.
func (s Store) ImportProducts(ctx context.Context, file string, from listing.Intake) (listing.Tally, error) {
	return database.Update(ctx, s.db, "import products", func(tx *sql.Tx) (listing.Tally, error) {
		w, err := newFileWriter(ctx, tx, s.db.Author(), file)
		if err != nil {
			return listing.Tally{}, err
		}
		t, err := takeIn(ctx, tx, w, from)
		if err != nil {
			return listing.Tally{}, err
		}
		if err := w.close(ctx, t); err != nil {
			return listing.Tally{}, err
		}
		return t, s.db.Author().Record(ctx, tx, "import", map[string]any{"file": file, "added": t.Added, "updated": t.Updated, "unchanged": t.Unchanged})
	})
}

// PlanImport gives what ImportProducts would give now, and writes nothing.
func (s Store) PlanImport(ctx context.Context, from listing.Intake) (listing.Tally, error) {
	return database.View(ctx, s.db, "plan an import", func(tx *sql.Tx) (listing.Tally, error) {
		return takeIn(ctx, tx, idleWriter{tx}, from)
	})
}

// keeper adds and updates products.
type keeper interface {
	// addItems adds the new ones among the items behind one and up to another, and gives how many. A price that names no currency
	// is in the given one.
	addItems(ctx context.Context, after, last int64, currency domain.Currency) (int, error)
	update(ctx context.Context, before catalogue.Stored, p domain.Product) error
}

// idleWriter keeps nothing.
type idleWriter struct{ tx *sql.Tx }

func (w idleWriter) addItems(ctx context.Context, after, last int64, _ domain.Currency) (int, error) {
	return database.SelectValue[int](ctx, w.tx, `SELECT count(*) FROM item WHERE product_id IS NULL AND id > ? AND id <= ?`, after, last)
}

func (idleWriter) update(context.Context, catalogue.Stored, domain.Product) error { return nil }

// takeIn finds the products of a file in the catalogue and lets w keep what is new or changed.
func takeIn(ctx context.Context, tx *sql.Tx, w keeper, from listing.Intake) (listing.Tally, error) {
	chosen, err := settings.Of(ctx, tx)
	if err != nil {
		return listing.Tally{}, err
	}
	in, t, err := newIntake(ctx, tx, from)
	if err != nil {
		return listing.Tally{}, err
	}
	if err := pair(ctx, tx); err != nil {
		return listing.Tally{}, err
	}
	for after := int64(0); after < in.end; after += itemsAtOnce {
		from.Watch(t.Added, in.items)
		n, err := w.addItems(ctx, after, after+itemsAtOnce, chosen.Currency)
		if err != nil {
			return listing.Tally{}, err
		}
		t.Added += n
	}
	for done := t.Added; ; {
		from.Watch(done, in.items)
		items, err := in.next(ctx)
		if err != nil {
			return listing.Tally{}, err
		}
		if len(items) == 0 {
			return t, in.close(ctx)
		}
		for _, i := range items {
			if err := i.keep(ctx, w, chosen.Currency, from, &t); err != nil {
				return listing.Tally{}, err
			}
		}
		done += len(items)
	}
}

// keep lets w have the item if the product that it is changes by it, and counts it. A price that names no currency is in the
// company's; over a product in another one it is not taken, and noted. A price that jumps is told.
func (i item) keep(ctx context.Context, w keeper, currency domain.Currency, from listing.Intake, t *listing.Tally) error {
	p := i.product
	if p.Price.Valid && p.Currency == "" {
		p.Currency = currency
		if old := i.old.Currency; old != "" && old != currency {
			from.Note(listing.Noted{Line: i.line, Sheet: i.sheet, Problem: listing.Problem{Field: listing.Price, Value: p.Price.Decimal.String(), Reason: listing.OtherCurrency}})
			p.Price.Valid = false
		}
	}
	merged := merge(i.old.Product, p)
	if catalogue.SameContent(i.old.Product, merged) {
		t.Unchanged++
		return nil
	}
	t.Updated++
	if j, ok := listing.JumpOf(i.old.Product, merged); ok {
		j.Line, j.Sheet = i.line, i.sheet
		from.Jumped(j)
	}
	return w.update(ctx, i.old, merged)
}

// merge gives old with every value that p has. A price and its currency are one value.
func merge(old, p domain.Product) domain.Product {
	take(&old.Code, p.Code)
	take(&old.Barcode, p.Barcode)
	take(&old.Name, p.Name)
	take(&old.Brand, p.Brand)
	take(&old.Description, p.Description)
	switch {
	case p.Price.Valid:
		old.Price, old.Currency = p.Price, p.Currency
	case !old.Price.Valid:
		take(&old.Currency, p.Currency)
	}
	take(&old.State, p.State)
	takeDecimal(&old.Stock, p.Stock)
	takeDecimal(&old.VATRate, p.VATRate)
	return old
}

func take[T ~string](old *T, value T) {
	if value != "" {
		*old = value
	}
}

func takeDecimal(old *decimal.NullDecimal, value decimal.NullDecimal) {
	if value.Valid {
		*old = value
	}
}
