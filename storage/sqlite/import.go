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
	err = c.db.writing(ctx, "import products", func(tx *sql.Tx) error {
		added, updated, unchanged = 0, 0, 0
		chosen, err := settings(ctx, tx)
		if err != nil {
			return err
		}
		known, err := selectProducts(ctx, tx, `ORDER BY id`)
		if err != nil {
			return err
		}
		s := newShelf(known)
		w, err := newProductWriter(ctx, tx, c.db.now())
		if err != nil {
			return err
		}
		for _, p := range products {
			place := s.find(p)
			if place == nil {
				if p.Currency == "" {
					p.Currency = chosen.Currency
				}
				if p, err = w.insert(ctx, p, sourceFile); err != nil {
					return err
				}
				s.put(p).taken = true
				added++
				continue
			}
			place.taken = true
			merged := merge(place.product, p)
			if sameContent(place.product, merged) {
				unchanged++
				continue
			}
			if merged, err = w.update(ctx, merged); err != nil {
				return err
			}
			s.replace(place, merged)
			updated++
		}
		return c.record(ctx, tx, "import", map[string]int{"added": added, "updated": updated, "unchanged": unchanged})
	})
	if err != nil {
		return 0, 0, 0, err
	}
	return added, updated, unchanged, nil
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
