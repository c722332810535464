package catalogue_test

import (
	"context"
	"reflect"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/doctor"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/catalogue"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func operations() []sqlitetest.Operation[*sqlitetest.Company] {
	news := []domain.Product{
		{Code: "A", Name: "Ay çekirdeği", Price: sqlitetest.Dec("12"), Barcode: domain.Barcode(domaintest.GTIN13(1))},
		{Code: "YENİ", Name: "Yeni"},
		{Name: "Bal", Barcode: domain.Barcode(domaintest.GTIN13(2)), Brand: "Arı"},
	}
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
		sqlitetest.Op("ImportProducts", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.ImportProducts(ctx, "f.csv", sqlitetest.Intake(news...)))
		}),
		sqlitetest.Op("ImportProducts, some repeated", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.ImportProducts(ctx, "f.csv", repeating(listing.ChooseSum)))
		}),
		sqlitetest.Op("PlanImport, some repeated", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.PlanImport(ctx, repeating(listing.ChooseSeparate)))
		}),
		sqlitetest.Op("PlanImport", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.PlanImport(ctx, sqlitetest.Intake(news...)))
		}),
		sqlitetest.Op("ImportProducts, nothing new", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.ImportProducts(ctx, "f.csv", sqlitetest.Intake(domain.Product{Code: "A"})))
		}),
		sqlitetest.Op("Formers", func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.ErrOf2(c.Formers(ctx, 1)) }),
		sqlitetest.Op("LastImport", func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.ErrOf3(c.LastImport(ctx)) }),
		sqlitetest.Op("PlanUndoImport", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(ofLastImport(ctx, c, c.PlanUndoImport))
		}),
		sqlitetest.Op("UndoImport", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(ofLastImport(ctx, c, func(ctx context.Context, id int64) (listing.Return, error) {
				return c.UndoImport(ctx, id, new(listing.Count))
			}))
		}).After(func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.ImportProducts(ctx, "f.csv", sqlitetest.Intake(news...)))
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

// ofLastImport does something with the last import.
func ofLastImport(ctx context.Context, c *sqlitetest.Company, do func(ctx context.Context, id int64) (listing.Return, error)) (listing.Return, error) {
	last, _, err := c.LastImport(ctx)
	if err != nil {
		return listing.Return{}, err
	}
	return do(ctx, last.ID)
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

// repeating is a file with rows that are repeated, with another stock and without a code, and with sizes of one product.
func repeating(differing string) listing.Intake {
	var rows []listing.ProductRow
	for i, p := range []domain.Product{
		{Code: "K", Name: "Kalem", Stock: sqlitetest.Dec("1")},
		{Code: "K", Name: "Kalem", Stock: sqlitetest.Dec("2")},
		{Code: "L", Barcode: "8690504012345", Name: "Lale"},
		{Barcode: "8690504012345", Name: "Lale"},
		{Code: "M", Name: "Mont"},
		{Code: "M", Name: "Mont"},
	} {
		rows = append(rows, listing.ProductRow{Line: i + 2, Product: p})
	}
	rows[4].Options, rows[5].Options = "S", "M"
	in := sqlitetest.Incoming(rows...)
	in.Differing = differing
	return in
}
