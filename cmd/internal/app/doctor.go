package app

import (
	"context"
	"iter"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/doctor"
)

// Examine looks at the barcodes and codes of the whole catalogue.
func (c *Company) Examine(ctx context.Context) (doctor.Report, error) {
	var report doctor.Report
	err := c.wholeCatalogue(ctx, func(products iter.Seq[domain.Product]) { report = doctor.Examine(products) })
	return report, err
}

// Padding gives what would fill up a column to width, and how many values cannot be.
func (c *Company) Padding(ctx context.Context, column doctor.Column, width int) (fixes []doctor.Fix, clashes int, err error) {
	err = c.wholeCatalogue(ctx, func(products iter.Seq[domain.Product]) {
		fixes, clashes = doctor.Pad(products, column, width)
	})
	return fixes, clashes, err
}

// wholeCatalogue lets look go through every product, and gives the error that ended it early.
func (c *Company) wholeCatalogue(ctx context.Context, look func(iter.Seq[domain.Product])) error {
	var failed error
	look(func(yield func(domain.Product) bool) {
		for p, err := range c.Store.AllProducts(ctx) {
			if err != nil {
				failed = err
				return
			}
			if !yield(p) {
				return
			}
		}
	})
	return failed
}
