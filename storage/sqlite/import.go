package sqlite

import (
	"context"
	"database/sql"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// ImportProducts brings products of a file into the catalogue, all or none of them, in one transaction.
// A product is found again by its code; without a code by its barcode; without either by its name (see
// shelf). A value that is absent leaves what is there, and a product that does not change keeps its
// revision. It gives how many were added, changed, and found as they were.
func (c *Company) ImportProducts(ctx context.Context, products []domain.Product) (added, updated, unchanged int, err error) {
	return c.ImportWatched(ctx, "", products, func(int) {})
}

// ImportWatched is ImportProducts that says, every now and then, how many products it has gone through;
// file is the name that the history remembers.
func (c *Company) ImportWatched(ctx context.Context, file string, products []domain.Product, watch func(done int)) (added, updated, unchanged int, err error) {
	var t tally
	err = c.db.writing(ctx, "import products", func(tx *sql.Tx) error {
		w, err := newProductWriter(ctx, tx, c.db.now())
		if err != nil {
			return err
		}
		if t, err = takeIn(ctx, tx, w, products, watch); err != nil {
			return err
		}
		return c.record(ctx, tx, "import", map[string]any{"file": file, "added": t.added, "updated": t.updated, "unchanged": t.unchanged})
	})
	if err != nil {
		return 0, 0, 0, err
	}
	return t.added, t.updated, t.unchanged, nil
}

// PlanImport gives what ImportProducts would give now, and writes nothing.
func (c *Company) PlanImport(ctx context.Context, products []domain.Product, watch func(done int)) (added, updated, unchanged int, err error) {
	var t tally
	err = c.db.reading(ctx, "plan an import", func(tx *sql.Tx) (err error) {
		t, err = takeIn(ctx, tx, &idleWriter{}, products, watch)
		return err
	})
	if err != nil {
		return 0, 0, 0, err
	}
	return t.added, t.updated, t.unchanged, nil
}

// tally is what became of products.
type tally struct{ added, updated, unchanged int }

// keeper inserts and updates products.
type keeper interface {
	insert(ctx context.Context, p domain.Product, source string) (domain.Product, error)
	update(ctx context.Context, p domain.Product) (domain.Product, error)
}

// idleWriter keeps nothing.
type idleWriter struct{}

func (idleWriter) insert(_ context.Context, p domain.Product, _ string) (domain.Product, error) {
	if p.State == "" {
		p.State = domain.ProductActive
	}
	return p, nil
}

func (idleWriter) update(_ context.Context, p domain.Product) (domain.Product, error) { return p, nil }

// watchEvery is how many products go by between two words of how far it is.
const watchEvery = 500

// takeIn finds the products of a file in the catalogue and lets w keep what is new or changed.
func takeIn(ctx context.Context, tx *sql.Tx, w keeper, products []domain.Product, watch func(done int)) (tally, error) {
	var t tally
	chosen, err := settings(ctx, tx)
	if err != nil {
		return t, err
	}
	known, err := selectProducts(ctx, tx, `ORDER BY id`)
	if err != nil {
		return t, err
	}
	s := newShelf(known)
	for i, p := range products {
		if i%watchEvery == 0 {
			watch(i)
			if err := ctx.Err(); err != nil {
				return t, err
			}
		}
		place := s.find(p)
		if place == nil {
			if p.Currency == "" {
				p.Currency = chosen.Currency
			}
			if p, err = w.insert(ctx, p, sourceFile); err != nil {
				return t, err
			}
			s.put(p).taken = true
			t.added++
			continue
		}
		place.taken = true
		merged := merge(place.product, p)
		if sameContent(place.product, merged) {
			t.unchanged++
			continue
		}
		if merged, err = w.update(ctx, merged); err != nil {
			return t, err
		}
		s.replace(place, merged)
		t.updated++
	}
	watch(len(products))
	return t, nil
}

// merge gives old with every value that p has.
func merge(old, p domain.Product) domain.Product {
	take(&old.Code, p.Code)
	take(&old.Barcode, p.Barcode)
	take(&old.Name, p.Name)
	take(&old.Brand, p.Brand)
	take(&old.Description, p.Description)
	take(&old.Currency, p.Currency)
	take(&old.State, p.State)
	takeDecimal(&old.Price, p.Price)
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
