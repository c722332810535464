package catalogue_test

import (
	"context"
	"reflect"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/doctor"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/catalogue"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func operations() []sqlitetest.Operation[*sqlitetest.Company] {
	fixes := doctor.Repair{What: doctor.Chosen, Fixes: []doctor.Fix{
		{Product: 1, Column: doctor.Code, From: "A", To: "A-1"}, {Product: 2, Column: doctor.Barcode, From: domaintest.GTIN13(2), To: domaintest.GTIN13(3)},
	}}
	return []sqlitetest.Operation[*sqlitetest.Company]{
		sqlitetest.Op("SaveProducts", func(ctx context.Context, c *sqlitetest.Company) error {
			a, b, err := twoProducts(ctx, c)
			if err != nil {
				return err
			}
			a.Name, a.Code, b.State = "Başka", "A-2", domain.ProductArchived
			_, err = c.SaveProducts(ctx, a, b, domain.Product{Code: "N", Name: "Nane"})
			return err
		}),
		sqlitetest.Op("SaveEdits", func(ctx context.Context, c *sqlitetest.Company) error {
			a, b, err := twoProducts(ctx, c)
			if err != nil {
				return err
			}
			a.Name, b.State = "Başka", domain.ProductArchived
			_, err = c.SaveEdits(ctx, pricing.Edit{Product: a, Guards: &pricing.Guards{Minimum: sqlitetest.Dec("6")}}, pricing.Edit{Product: b, Guards: &pricing.Guards{}})
			return err
		}),
		sqlitetest.Op("Products", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf3(c.Products(ctx, domain.ProductQuery{Search: "b", Limit: 2}))
		}),
		sqlitetest.Op("ListProducts by brand", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf3(c.ListProducts(ctx, domain.ProductQuery{Sort: domain.ProductsByBrand}))
		}),
		sqlitetest.Op("ListProducts by name, of all", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf3(catalogue.KeepingOrders(c.DB).ListProducts(ctx, domain.ProductQuery{Sort: domain.ProductsByName, Search: "a"}))
		}),
		sqlitetest.Op("ListProducts by price, of all", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf3(catalogue.KeepingOrders(c.DB).ListProducts(ctx, domain.ProductQuery{Sort: domain.ProductsByPrice, Search: "a z"}))
		}),
		sqlitetest.Op("AllProducts", func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.Walked(c.AllProducts(ctx)) }),
		sqlitetest.Op("EachProduct", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.Walked(c.EachProduct(ctx, domain.ProductQuery{Sort: domain.ProductsByBrand, Search: "a"}))
		}),
		sqlitetest.Op("FindProducts", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.FindProducts(ctx, "a"))
		}),
		sqlitetest.Op("Guards", func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.ErrOf2(c.Guards(ctx)) }),
		sqlitetest.Op("ProductGuards", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.ProductGuards(ctx, 2))
		}),
		sqlitetest.Op("Origins", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.Origins(ctx, 2))
		}),
		sqlitetest.Op("Repair", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.Repair(ctx, fixes, sqlitetest.Quiet))
		}),
		sqlitetest.Op("LastRepair", func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.ErrOf3(c.LastRepair(ctx)) }),
		sqlitetest.Op("LastRepair of none", func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.ErrOf3(c.LastRepair(ctx)) }).
			After(func(ctx context.Context, c *sqlitetest.Company) error {
				return sqlitetest.ErrOf2(c.UndoRepair(ctx, doctor.Repaired{ID: sqlitetest.WorldRepair}, sqlitetest.Quiet))
			}),
		sqlitetest.Op("UndoRepair", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.UndoRepair(ctx, doctor.Repaired{ID: sqlitetest.WorldRepair}, sqlitetest.Quiet))
		}),
	}
}

func TestStore_failsWholeAtEveryStep(t *testing.T) {
	sqlitetest.CompanyFailsWhole(t, reflect.TypeFor[catalogue.Store](), operations())
}

func twoProducts(ctx context.Context, c *sqlitetest.Company) (a, b domain.Product, err error) {
	all, _, err := c.Products(ctx, domain.ProductQuery{Limit: 2})
	if err != nil {
		return a, b, err
	}
	return all[0], all[1], nil
}
