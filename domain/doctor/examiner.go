package doctor

import (
	"context"
	"iter"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Catalogue is a company's products.
type Catalogue interface {
	// Products gives one page of those that q finds, and how many it finds.
	Products(ctx context.Context, q domain.ProductQuery) ([]domain.Product, int, error)
	// AllProducts yields every one on one snapshot, an error at most once, last.
	AllProducts(ctx context.Context) iter.Seq2[domain.Product, error]
}

// Examiner looks at the whole of a catalogue as it is stored at the moment.
type Examiner struct{ catalogue Catalogue }

// NewExaminer makes the examiner of a company.
func NewExaminer(c Catalogue) *Examiner { return &Examiner{c} }

// Examine looks at the barcodes and codes of the whole catalogue; count tells how far it is.
func (e *Examiner) Examine(ctx context.Context, count *Count) (r Report, err error) {
	err = e.through(ctx, count, func(products iter.Seq[domain.Product]) { r = Examine(products) })
	return r, err
}

// Padding gives what would fill up a column to width.
func (e *Examiner) Padding(ctx context.Context, column Column, width int, count *Count) (p Padded, err error) {
	err = e.through(ctx, count, func(products iter.Seq[domain.Product]) { p = Pad(products, column, width) })
	return p, err
}

// through lets look go through every product, and gives the error that ended it early.
func (e *Examiner) through(ctx context.Context, count *Count, look func(iter.Seq[domain.Product])) error {
	_, total, err := e.catalogue.Products(ctx, domain.ProductQuery{Limit: 1})
	if err != nil {
		return err
	}
	n := 0
	look(func(yield func(domain.Product) bool) {
		for p, failed := range e.catalogue.AllProducts(ctx) {
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
