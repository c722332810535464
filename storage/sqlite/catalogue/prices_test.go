package catalogue_test

import (
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/catalogue"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func TestGuards_areKeptAndTakenAway(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	sqlitetest.AddProducts(t, c, 2)
	sqlitetest.WantKind(t, sqlitetest.Guard(t.Context(), c, 99, pricing.Guards{Cost: sqlitetest.Dec("1")}), domain.KindNotFound)
	sqlitetest.WantKind(t, sqlitetest.Guard(t.Context(), c, 1, pricing.Guards{Cost: sqlitetest.Dec("-1")}), domain.KindInvalid)
	for _, g := range []pricing.Guards{{Minimum: sqlitetest.Dec("10"), Cost: sqlitetest.Dec("8.5")}, {Cost: sqlitetest.Dec("9")}} {
		if err := sqlitetest.Guard(t.Context(), c, 2, g); err != nil {
			t.Fatal(err)
		}
	}
	all, err := c.Guards(t.Context())
	if err != nil || len(all) != 1 || all[2].Minimum.Valid || !catalogue.SameDecimal(all[2].Cost, sqlitetest.Dec("9")) {
		t.Errorf("%v, %v", all, err)
	}
	if err := sqlitetest.Guard(t.Context(), c, 2, pricing.Guards{}); err != nil {
		t.Fatal(err)
	}
	if all, err = c.Guards(t.Context()); err != nil || len(all) != 0 {
		t.Errorf("%v, %v", all, err)
	}
}

func TestFindProducts_byCodeThenSpellingThenBarcode(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	sqlitetest.Fill(t, c, []domain.Product{
		{Code: "kitap-01", Name: "a"}, {Code: "KİTAP-01", Name: "b"}, {Code: "36000291452", Name: "c"}, {Code: "x", Barcode: "036000291452", Name: "d"}, {Code: "y", Barcode: "RAF-7", Name: "e"},
	})
	for text, want := range map[string]string{
		"kitap-01": "a", " KİTAP-01": "b", "KITAP–01": "ab", "36000291452": "c", "0036000291452": "d", "RAF-7": "e", "": "", "z": "",
	} {
		found, err := c.FindProducts(t.Context(), text)
		names := ""
		for _, p := range found {
			names += p.Name
		}
		if err != nil || names != want {
			t.Errorf("%q finds %q, %v; want %q", text, names, err, want)
		}
	}
}
