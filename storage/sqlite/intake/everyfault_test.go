package intake_test

import (
	"context"
	"reflect"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/intake"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func operations() []sqlitetest.Operation[*sqlitetest.Company] {
	news := []domain.Product{
		{Code: "A", Name: "Ay çekirdeği", Price: sqlitetest.Dec("12"), Barcode: domain.Barcode(domaintest.GTIN13(1))},
		{Code: "YENİ", Name: "Yeni"},
		{Name: "Bal", Barcode: domain.Barcode(domaintest.GTIN13(2)), Brand: "Arı"},
	}
	return []sqlitetest.Operation[*sqlitetest.Company]{
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
	sqlitetest.CompanyFailsWhole(t, reflect.TypeFor[intake.Store](), operations())
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
