package prices_test

import (
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func TestSamplePrices_areProductsThatHaveAPrice(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	sqlitetest.ImportAll(t, c, []domain.Product{
		{Code: "A"},
		{Code: "B", Price: sqlitetest.Dec("0")},
		{Code: "C", Price: sqlitetest.Dec("3")},
		{Code: "D", Price: sqlitetest.Dec("4"), State: domain.ProductArchived},
		{Code: "P", Price: sqlitetest.Dec("4"), State: domain.ProductPassive},
		{Code: "E", Price: sqlitetest.Dec("0.05")},
		{Code: "F", Price: sqlitetest.Dec("6")},
	})
	got, err := c.SamplePrices(t.Context(), 2)
	if err != nil || len(got) != 2 || got[0].Code != "C" || got[1].Code != "E" {
		t.Errorf("%+v, %v", got, err)
	}
}
