package intake_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func TestImportProducts_keepsStatesThatTheFileDoesNotTell(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	for _, state := range []domain.ProductState{domain.ProductActive, domain.ProductPassive, domain.ProductDraft, domain.ProductArchived} {
		code := domain.Code(state)
		sqlitetest.Save(t, c, domain.Product{Code: code, Name: "Ürün", State: state})
		bring(t, c, domain.Product{Code: code, Name: "Ürün", Brand: "Yeni"})
		if p := sqlitetest.ProductByCode(t, c, code); p.State != state || p.Brand != "Yeni" {
			t.Errorf("%s became %s", state, p.State)
		}
		bring(t, c, domain.Product{Code: code, Name: "Ürün", State: domain.ProductPassive})
		if p := sqlitetest.ProductByCode(t, c, code); p.State != domain.ProductPassive {
			t.Errorf("%s became %s", state, p.State)
		}
	}
	bring(t, c, domain.Product{Code: "yeni", Name: "Ürün"}, domain.Product{Code: "pasif", Name: "Ürün", State: domain.ProductPassive})
	if n, p := sqlitetest.ProductByCode(t, c, "yeni"), sqlitetest.ProductByCode(t, c, "pasif"); n.State != domain.ProductActive || p.State != domain.ProductPassive {
		t.Errorf("%s and %s", n.State, p.State)
	}
}

// bring imports products of a file with a name, and gives what became of them.
func bring(t *testing.T, c *sqlitetest.Company, products ...domain.Product) listing.Tally {
	t.Helper()
	plan, err := c.PlanImport(t.Context(), sqlitetest.Intake(products...))
	if err != nil {
		t.Fatal(err)
	}
	done, err := c.ImportProducts(t.Context(), "liste.csv", sqlitetest.Intake(products...))
	if err != nil || done != plan {
		t.Fatalf("planned %+v, done %+v, %v", plan, done, err)
	}
	return done
}

func TestImportProducts_carriesEveryField(t *testing.T) {
	for path, changed := range domaintest.Changed(sqlitetest.AnyProduct(0), sqlitetest.AnyProduct(1)) {
		if sqlitetest.OnlyWritten[path] {
			continue
		}
		for from, whole := range map[domain.Source]bool{domain.SourceFile: true, domain.SourcePerson: false} { // the file gives all of the product, or only what is new
			t.Run(fmt.Sprint(path, " of one from a ", from), func(t *testing.T) {
				c := sqlitetest.NewCompany(t)
				first := sqlitetest.AnyProduct(0)
				if path == "Code" { // a coded product is another one
					first.Code = ""
				}
				created := sqlitetest.Clocked(c, 1)
				if from == domain.SourcePerson {
					sqlitetest.Save(t, c, first)
				} else {
					if got := bring(t, c, first); got != (listing.Tally{Added: 1}) {
						t.Fatalf("%+v", got)
					}
					sqlitetest.WantNoted(t, c, "import", map[string]any{"file": "liste.csv", "added": 1, "updated": 0, "unchanged": 0})
				}
				first.ID, first.Revision, first.UpdatedAt = 1, 1, created
				of := sqlitetest.OriginsOf(created, from, c.DB.Actor)
				sqlitetest.WantStored(t, c, "added", first, from, created, 0, of)
				sqlitetest.WantProduct(t, c, "added", first)

				row := changed
				if !whole {
					row = sparse(t, path, changed)
				}
				if path == "Code" {
					row.Name = first.Name
				}
				now := sqlitetest.Clocked(c, 2)
				c.DB.Actor = "ümit"
				if got := bring(t, c, row); got != (listing.Tally{Updated: 1}) {
					t.Fatalf("%+v", got)
				}
				want := changed
				want.ID, want.Revision, want.UpdatedAt = 1, 2, now
				of = sqlitetest.MovedOrigins(of, first, want, sqlitetest.OriginsOf(now, domain.SourceFile, "ümit"))
				sqlitetest.WantStored(t, c, "again", want, from, created, 2, of)
				sqlitetest.WantProduct(t, c, "again", want)
				sqlitetest.WantNoted(t, c, "import", map[string]any{"file": "liste.csv", "added": 0, "updated": 1, "unchanged": 0})

				sqlitetest.Clocked(c, 3)
				if got := bring(t, c, row); got != (listing.Tally{Unchanged: 1}) {
					t.Errorf("a third time: %+v", got)
				}
				sqlitetest.WantStored(t, c, "a third time", want, from, created, 2, of)
				sqlitetest.WantNoted(t, c, "import", map[string]any{"file": "liste.csv", "added": 0, "updated": 0, "unchanged": 1})
			})
		}
	}
}

// sparse is a row of a file that says which product it is and the one field, nothing else.
func sparse(t *testing.T, path string, p domain.Product) domain.Product {
	t.Helper()
	row := domain.Product{Code: p.Code}
	if path == "Code" { // it is found by its barcode
		row.Barcode = p.Barcode
	}
	reflect.ValueOf(&row).Elem().FieldByName(path).Set(reflect.ValueOf(p).FieldByName(path))
	priced(path, &row, p)
	return row
}

// priced gives a row that has a price or a currency both: they are one value.
func priced(path string, row *domain.Product, p domain.Product) {
	if path == "Price" || path == "Currency" {
		row.Price, row.Currency = p.Price, p.Currency
	}
}

// Two rows of a file that are one product give it together: the later one what it has, the earlier one the rest.
func TestImportProducts_rowsOfOneProductGiveEveryFieldTogether(t *testing.T) {
	first := sqlitetest.AnyProduct(0)
	later := sqlitetest.AnyProduct(1)
	// Its own spelling of what makes it the same product.
	later.Code, later.Name, later.Barcode = "\u00a0"+first.Code, strings.ReplaceAll(first.Name, "ğ", "g")+" ", "0"+first.Barcode
	c := sqlitetest.NewCompany(t)
	for path, together := range domaintest.Changed(first, later) {
		if sqlitetest.OnlyWritten[path] {
			continue
		}
		sqlitetest.MustDelete(t, c, "product")
		row := domain.Product{Code: first.Code, Name: first.Name, Barcode: first.Barcode}
		reflect.ValueOf(&row).Elem().FieldByName(path).Set(reflect.ValueOf(later).FieldByName(path))
		priced(path, &row, together)
		if got := bring(t, c, first, row); got != (listing.Tally{Added: 1, Repeated: 1}) {
			t.Errorf("%s: %+v", path, got)
		}
		for _, d := range domaintest.Differences(sqlitetest.ProductByCode(t, c, first.Code), together, "ID", "Revision", "UpdatedAt") {
			t.Errorf("%s later: %s", path, d)
		}
		// A row without a code tells what the one with the code leaves out, wherever it stands.
		if path == "Code" || path == "Name" || path == "Barcode" {
			continue
		}
		bare, coded := row, first
		bare.Code = ""
		reflect.ValueOf(&coded).Elem().FieldByName(path).SetZero()
		priced(path, &coded, domain.Product{})
		for name, rows := range map[string][]domain.Product{"before": {bare, coded}, "behind": {coded, bare}} {
			sqlitetest.MustDelete(t, c, "product")
			if got := bring(t, c, rows...); got != (listing.Tally{Added: 1, Repeated: 1}) {
				t.Errorf("%s %s: %+v", path, name, got)
			}
			for _, d := range domaintest.Differences(sqlitetest.ProductByCode(t, c, first.Code), together, "ID", "Revision", "UpdatedAt") {
				t.Errorf("%s of a row without a code %s: %s", path, name, d)
			}
		}
		sqlitetest.MustDelete(t, c, "product") // and nothing that it does not leave out
		bring(t, c, first, bare)
		for _, d := range domaintest.Differences(sqlitetest.ProductByCode(t, c, first.Code), first, "ID", "Revision", "UpdatedAt") {
			t.Errorf("%s of a row without a code, though the other has one: %s", path, d)
		}
	}
}

// An in-store number pairs nothing, but tells the rows of one file apart, as does a number that a spreadsheet has spoilt.
func TestImportProducts_rowsThatDifferInANumberOfNoWorthAreTwo(t *testing.T) {
	for _, barcodes := range [][2]domain.Barcode{{"2700001000006", "2700002000005"}, {"8,69E+12", "8,68E+12"}} {
		for _, code := range []domain.Code{"", "T-1"} {
			c := sqlitetest.NewCompany(t)
			for _, b := range barcodes {
				if _, class := b.Key(); class.Pairs() {
					t.Fatalf("%s pairs", b)
				}
			}
			rows := []domain.Product{{Code: code, Name: "PEYNİR", Barcode: barcodes[0]}, {Code: code, Name: "PEYNİR", Barcode: barcodes[1]}}
			if got := bring(t, c, rows...); got != (listing.Tally{Added: 2}) {
				t.Errorf("%v of %q: %+v", barcodes, code, got)
			}
			if got := bring(t, c, rows[1], rows[0], rows[0]); got != (listing.Tally{Unchanged: 2, Repeated: 1}) {
				t.Errorf("%v of %q again: %+v", barcodes, code, got)
			}
		}
	}
}
