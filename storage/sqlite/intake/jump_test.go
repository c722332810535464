package intake_test

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// A supplier's list with the comma in the wrong place is told before it is taken, and taken all the same when a person wants it.
func TestImportProducts_tellsOfPricesThatMoveFar(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	sqlitetest.Save(t, c,
		domain.Product{Code: "A", Name: "Ayva", Price: sqlitetest.Dec("221.29")}, domain.Product{Code: "B", Name: "Bal", Price: sqlitetest.Dec("100")},
		domain.Product{Code: "C", Name: "Ceviz", Price: sqlitetest.Dec("10")}, domain.Product{Code: "D", Name: "Dut", Price: sqlitetest.Dec("10"), Currency: domain.USD},
		domain.Product{Code: "E", Name: "Elma"})
	in := sqlitetest.Incoming(
		listing.ProductRow{Line: 2, Sheet: "Liste", Product: domain.Product{Code: "A", Name: "Ayva 1 kg", Price: sqlitetest.Dec("22.129")}},
		listing.ProductRow{Line: 3, Product: domain.Product{Code: "B", Price: sqlitetest.Dec("149")}}, // not so far
		listing.ProductRow{Line: 4, Product: domain.Product{Code: "C", Price: sqlitetest.Dec("100")}},
		listing.ProductRow{Line: 5, Product: domain.Product{Code: "D", Price: sqlitetest.Dec("400"), Currency: domain.TRY}}, // another currency
		listing.ProductRow{Line: 6, Product: domain.Product{Code: "E", Price: sqlitetest.Dec("5")}},                         // had none
		listing.ProductRow{Line: 7, Product: domain.Product{Code: "F", Name: "Fındık", Price: sqlitetest.Dec("5")}})         // is new
	var told []string
	in.Jumped = func(j listing.Jump) {
		told = append(told, fmt.Sprintln(j.Line, j.Sheet, j.Code, j.Name, j.Was, j.Is, j.Currency))
	}
	want := []string{
		fmt.Sprintln(2, "Liste", "A", "Ayva 1 kg", "221.29", "22.129", domain.TRY),
		fmt.Sprintln(4, "", "C", "Ceviz", "10", "100", domain.TRY),
	}
	plan, err := c.PlanImport(t.Context(), in)
	if err != nil || !reflect.DeepEqual(told, want) {
		t.Errorf("planned: %v, %v, want %v", told, err, want)
	}
	told = nil
	if done, err := c.ImportProducts(t.Context(), "f.csv", in); err != nil || done != plan || !reflect.DeepEqual(told, want) {
		t.Errorf("done: %+v, %v, told %v", done, err, told)
	}
	if p := sqlitetest.ProductByCode(t, c, "A"); !p.Price.Decimal.Equal(sqlitetest.Dec("22.129").Decimal) {
		t.Errorf("%+v", p)
	}
}
