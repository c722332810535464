package app

import (
	"context"
	"iter"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/doctor"
)

// Examine looks at the barcodes and codes of the whole catalogue; count tells how far it is.
func (c *Company) Examine(ctx context.Context, count *doctor.Count) (report doctor.Report, err error) {
	err = c.wholeCatalogue(ctx, count, func(products iter.Seq[domain.Product]) { report = doctor.Examine(products) })
	return report, err
}

// Padding gives what would fill up a column to width.
func (c *Company) Padding(ctx context.Context, column doctor.Column, width int, count *doctor.Count) (padded doctor.Padded, err error) {
	err = c.wholeCatalogue(ctx, count, func(products iter.Seq[domain.Product]) { padded = doctor.Pad(products, column, width) })
	return padded, err
}

// Repair carries out what a person has confirmed; see sqlite.Company.Repair.
func (c *Company) Repair(ctx context.Context, r doctor.Repair, count *doctor.Count) (doctor.Repaired, error) {
	return c.Store.Repair(ctx, r, func(n int) { count.Set(n, len(r.Fixes)) })
}

// UndoRepair puts back what a repair has replaced, unless it was changed since.
func (c *Company) UndoRepair(ctx context.Context, r doctor.Repaired, count *doctor.Count) (doctor.Repaired, error) {
	return c.Store.UndoRepair(ctx, r.ID, func(n int) { count.Set(n, r.Done) })
}

// wholeCatalogue lets look go through every product, and gives the error that ended it early.
func (c *Company) wholeCatalogue(ctx context.Context, count *doctor.Count, look func(iter.Seq[domain.Product])) error {
	_, total, err := c.Store.Products(ctx, domain.ProductQuery{Limit: 1})
	if err != nil {
		return err
	}
	n := 0
	look(func(yield func(domain.Product) bool) {
		for p, failed := range c.Store.AllProducts(ctx) {
			if failed != nil {
				err = failed
				return
			}
			n++
			count.Set(n, total)
			if !yield(p) {
				return
			}
		}
	})
	return err
}
