package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/doctor"
)

// Repair carries out fixes a person has confirmed, all in one transaction, and gives how many. A value
// that is no longer what the fix was made for is left as it is. what names the repair in the history,
// which keeps every value that was replaced.
func (c *Company) Repair(ctx context.Context, what string, fixes []doctor.Fix) (done int, err error) {
	err = c.db.writing(ctx, "repair the catalogue", func(tx *sql.Tx) error {
		done = 0
		w, err := newProductWriter(ctx, tx, c.db.now())
		if err != nil {
			return err
		}
		find, err := tx.PrepareContext(ctx, `SELECT `+productColumns+` FROM product WHERE id = ?`) //nolint:gosec // constants
		if err != nil {
			return err
		}
		defer func() { _ = find.Close() }()
		changes := []map[string]any{}
		for _, f := range fixes {
			p, err := scanProduct(find.QueryRowContext(ctx, f.Product))
			if errors.Is(err, sql.ErrNoRows) {
				continue
			}
			if err != nil {
				return err
			}
			if ok, err := fixed(&p, f); err != nil || !ok {
				if err != nil {
					return err
				}
				continue
			}
			if _, err := w.update(ctx, p); err != nil {
				return err
			}
			changes = append(changes, map[string]any{"product": f.Product, "column": f.Column, "from": f.From, "to": f.To})
			done++
		}
		if done == 0 {
			return nil
		}
		return c.record(ctx, tx, "repair", map[string]any{"what": what, "products": done, "changes": changes})
	})
	if err != nil {
		return 0, err
	}
	return done, nil
}

// fixed carries out f on p, unless p has changed meanwhile.
func fixed(p *domain.Product, f doctor.Fix) (bool, error) {
	switch {
	case f.Column == doctor.Code && string(p.Code) == f.From:
		p.Code = domain.Code(f.To)
	case f.Column == doctor.Barcode && string(p.Barcode) == f.From:
		p.Barcode = domain.Barcode(f.To)
	case f.Column != doctor.Code && f.Column != doctor.Barcode:
		return false, fmt.Errorf("column %q", f.Column)
	default:
		return false, nil
	}
	return true, nil
}
