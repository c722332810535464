package catalogue_test

import (
	"context"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/doctor"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func TestCatalogue_failsWhole(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	sqlitetest.AddProducts(t, c, 3)
	if _, err := c.DB.Writer.ExecContext(t.Context(), `INSERT INTO binding VALUES ('1', 1, 1, '')`); err != nil {
		t.Fatal(err)
	}
	page := func(q domain.ProductQuery) sqlitetest.Failing {
		return sqlitetest.Doing("list "+string(q.Sort), func(ctx context.Context) error {
			_, _, err := c.ListProducts(ctx, q)
			return err
		})
	}
	find := func(code string) sqlitetest.Failing {
		return sqlitetest.Doing("find "+code, func(ctx context.Context) error {
			_, err := c.FindProducts(ctx, code)
			return err
		})
	}
	changed := func() []domain.Product {
		all, _, err := c.Products(t.Context(), domain.ProductQuery{})
		if err != nil {
			t.Fatal(err)
		}
		all[0].Name, all[1].Code, all[2].State = "Yeni", "YENİ", domain.ProductArchived
		return append(all, domain.Product{Code: "EK", Name: "Ek"})
	}()
	file := sqlitetest.Seq([]domain.Product{
		{Code: "YENİ", Price: sqlitetest.Dec("3")},
		{Code: "KOD-00001"},
		{Barcode: "8690504012344", Name: "Bir"},
		{Code: "B", Barcode: "8690504012344", Name: "bir"},
		{Name: "Kodsuz"},
	})
	repair := doctor.Repair{What: doctor.Chosen, Fixes: []doctor.Fix{
		{Product: 1, Column: doctor.Code, From: "KOD-00001", To: "0001"},
		{Product: 3, Column: doctor.Barcode, To: "8690504012344"},
		{Product: 2, Column: doctor.Barcode, To: "8690504012351"},
	}}
	sqlitetest.FailEverywhere(t, c.DB,
		page(domain.ProductQuery{}), page(domain.ProductQuery{Sort: domain.ProductsByBrand, Search: "ü"}),
		sqlitetest.Doing("page", func(ctx context.Context) error {
			_, _, err := c.Products(ctx, domain.ProductQuery{Sort: domain.ProductsByBinding, Limit: 2})
			return err
		}),
		find("KOD-00002"), find("8690504012344"),
		sqlitetest.Doing("all", func(ctx context.Context) error { return sqlitetest.Walked(c.AllProducts(ctx)) }),
		sqlitetest.Doing("each", func(ctx context.Context) error {
			return sqlitetest.Walked(c.EachProduct(ctx, domain.ProductQuery{Sort: domain.ProductsByBrand, Search: "ü"}))
		}),
		sqlitetest.Doing("rank", func(ctx context.Context) error {
			_, err := c.RankProducts(ctx, domain.ProductQuery{Sort: domain.ProductsByBrand})
			return err
		}),
		sqlitetest.Doing("pair", func(ctx context.Context) error {
			_, _, err := c.Pair(ctx, 1)
			return err
		}),
		sqlitetest.Doing("no pair", func(ctx context.Context) error {
			_, _, err := c.Pair(ctx, 2)
			return err
		}),
		sqlitetest.Failing{Name: "save", Do: func(ctx context.Context) (any, error) { return c.SaveProducts(ctx, changed...) }},
		sqlitetest.Failing{Name: "plan an import", Do: func(ctx context.Context) (any, error) { return c.PlanImport(ctx, file, quiet2) }},
		sqlitetest.Failing{Name: "import", Do: func(ctx context.Context) (any, error) { return c.ImportProducts(ctx, "a.csv", file, quiet2) }},
		sqlitetest.Failing{Name: "repair", Do: func(ctx context.Context) (any, error) { return c.Repair(ctx, repair, sqlitetest.Quiet) }},
		sqlitetest.Failing{Name: "the last repair", Do: func(ctx context.Context) (any, error) {
			_, ok, err := c.LastRepair(ctx)
			return ok, err
		}},
		sqlitetest.Failing{Name: "take back", Do: func(ctx context.Context) (any, error) {
			return c.UndoRepair(ctx, doctor.Repaired{ID: 1}, sqlitetest.Quiet)
		}},
		sqlitetest.Failing{Name: "no last repair", Do: func(ctx context.Context) (any, error) {
			_, ok, err := c.LastRepair(ctx)
			return ok, err
		}},
	)
	if done, err := c.ImportProducts(t.Context(), "a.csv", file, quiet2); err != nil || done != (listing.Tally{Unchanged: 4, Repeated: 1}) {
		t.Errorf("in the end: %+v, %v", done, err)
	}
}
