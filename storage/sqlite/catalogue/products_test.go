package catalogue_test

import (
	"slices"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func TestProducts(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	sqlitetest.ImportAll(t, c, []domain.Product{
		{Code: "B-2", Barcode: "8690504012345", Name: "Şeker", Price: sqlitetest.Dec("9.90"), Stock: sqlitetest.Dec("100")},
		{Code: "A-1", Name: "çay", Price: sqlitetest.Dec("10"), Stock: sqlitetest.Dec("20")},
		{Name: "İncir", Barcode: "RAF", Stock: sqlitetest.Dec("3")},
		{Code: "Ç-1", Name: "ıhlamur", Price: sqlitetest.Dec("100")},
	})
	tests := []struct {
		name  string
		query domain.ProductQuery
		want  []domain.ProductID
		total int
	}{
		{"all", domain.ProductQuery{}, []domain.ProductID{1, 2, 3, 4}, 4},
		{"newest first", domain.ProductQuery{Desc: true}, []domain.ProductID{4, 3, 2, 1}, 4},
		{"by name", domain.ProductQuery{Sort: domain.ProductsByName}, []domain.ProductID{2, 4, 3, 1}, 4},
		{"by code", domain.ProductQuery{Sort: domain.ProductsByCode}, []domain.ProductID{2, 1, 4, 3}, 4},
		{"by barcode", domain.ProductQuery{Sort: domain.ProductsByBarcode}, []domain.ProductID{1, 3, 2, 4}, 4},
		{"by price", domain.ProductQuery{Sort: domain.ProductsByPrice}, []domain.ProductID{1, 2, 4, 3}, 4},
		{"by stock, backwards", domain.ProductQuery{Sort: domain.ProductsByStock, Desc: true}, []domain.ProductID{1, 2, 3, 4}, 4},
		{"search", domain.ProductQuery{Search: "SEKER"}, []domain.ProductID{1}, 1},
		{"search by barcode", domain.ProductQuery{Search: "raf"}, []domain.ProductID{3}, 1},
		{"page", domain.ProductQuery{Limit: 2, Offset: 2}, []domain.ProductID{3, 4}, 4},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			found, total, err := c.Products(t.Context(), tt.query)
			if err != nil {
				t.Fatal(err)
			}
			var ids []domain.ProductID
			for _, p := range found {
				ids = append(ids, p.ID)
			}
			if !slices.Equal(ids, tt.want) || total != tt.total {
				t.Errorf("got %v of %d, want %v of %d", ids, total, tt.want, tt.total)
			}
		})
	}
}

func TestAllProducts_yieldsEveryOne(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	sqlitetest.AddProducts(t, c, 5)
	var ids []domain.ProductID
	for p, err := range c.AllProducts(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if ids = append(ids, p.ID); p.ID == 4 {
			break
		}
	}
	if !slices.Equal(ids, []domain.ProductID{1, 2, 3, 4}) {
		t.Errorf("%v", ids)
	}
	// Breaking off has left no connection behind: more reads than there are connections go through.
	for range 2 * database.Readers {
		for _, err := range c.AllProducts(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			break
		}
	}
}
