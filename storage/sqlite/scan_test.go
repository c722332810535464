package sqlite_test

import (
	"context"
	"iter"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// Whoever has seen enough is not asked again, even if everything is cancelled at the same moment.
func TestSequences_endWithTheirReader(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	r := sqlitetest.Planned(t, c, 3)
	if _, err := c.ApprovePrices(t.Context(), sqlitetest.Approvals(nil, pricing.Approved{Product: 1, Marketplace: "n11"}, pricing.Approved{Product: 2, Marketplace: "n11"})); err != nil {
		t.Fatal(err)
	}
	for name, first := range map[string]func(ctx context.Context, enough func()) error{
		"the catalogue":      func(ctx context.Context, enough func()) error { return firstOf(c.AllProducts(ctx), enough) },
		"products on sale":   func(ctx context.Context, enough func()) error { return firstOf(c.ActiveStock(ctx), enough) },
		"approved prices":    func(ctx context.Context, enough func()) error { return firstOf(c.ApprovedByProduct(ctx), enough) },
		"the rows of a plan": func(ctx context.Context, enough func()) error { return firstOf(c.PlanRows(ctx, r.ID), enough) },
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			if err := first(ctx, func() {}); err != nil {
				t.Fatal(err)
			}
			if err := first(ctx, cancel); err != nil {
				t.Fatal(err)
			}
			if n := sqlitetest.Count(t, c, `SELECT count(*) FROM product`); n != 3 {
				t.Errorf("%d products", n)
			}
		})
	}
}

// firstOf reads the first of a sequence and tells before it leaves.
func firstOf[T any](seq iter.Seq2[T, error], leaving func()) error {
	for _, err := range seq {
		leaving()
		return err
	}
	return nil
}
