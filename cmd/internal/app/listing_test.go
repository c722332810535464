package app

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/storage/files"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
	"github.com/sopyo/sopyo-desktop/storage/sqlite"
)

// catalogueOnly is a company with nothing but its file, whose person lives in a folder of the test's.
func catalogueOnly(t *testing.T) (c *Company, home string) {
	t.Helper()
	home = t.TempDir()
	person(t, home)
	store, err := sqlite.CreateCompany(t.Context(), filepath.Join(home, "company.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	company := &Company{Store: store, app: &App{options: Options{Lang: "tr", Now: time.Now}}}
	company.Shipped = shipped()
	company.Engine = pricing.NewEngine(store, time.Now)
	company.Exporter = company.newExporter()
	company.Folders.Own = company.documents.Folder
	company.Importer = listing.NewImporter(company.Folders, store)
	return company, home
}

func writeFile(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

const list = "Stok Kodu;Barkod;Ürün Adı;Raf;Fiyat\nK-1;8690504012345;ÇİKOLATA;A1;12,50\nK-2;8,69E+12;KALEM;A2;1.234\n;;;A3;5,00\n"

func orderOf(f listing.Found) listing.Order {
	return listing.Order{Path: f.Path, Mapping: f.Mapping, Stamp: f.Stamp}
}

func TestListing_plansWhatItTakes(t *testing.T) {
	c, home := catalogueOnly(t)
	path := filepath.Join(home, "liste.csv")
	writeFile(t, path, list)
	found, err := c.Inspect(t.Context(), path, listing.Reading{})
	if err != nil {
		t.Fatal(err)
	}
	want := listing.Mapping{listing.Code, listing.Barcode, listing.Name, "", listing.Price}
	if !slices.Equal(found.Mapping, want) || found.Format != "csv" || found.Reading.Separator != ";" || found.Reading.Decimal != "," || len(found.Rows) != 3 {
		t.Fatalf("found %+v", found)
	}
	var count listing.Count
	plan, err := c.Plan(t.Context(), orderOf(found), &count)
	if err != nil {
		t.Fatal(err)
	}
	if read, written, of := count.Snapshot(); read != 3 || written != 2 || of != 2 {
		t.Errorf("counted %d, %d of %d", read, written, of)
	}
	if plan.Rows != 3 || plan.Added != 2 || plan.Refused != 1 || plan.ProblemCount != 2 {
		t.Errorf("planned %+v", plan)
	}
	if _, n, err := c.Store.History(t.Context(), 0, 0); err != nil || n != 0 {
		t.Errorf("the plan left %d entries, %v", n, err)
	}
	done, err := c.Take(t.Context(), orderOf(found), &count)
	if err != nil || done.Added != plan.Added || done.Refused != plan.Refused {
		t.Errorf("done %+v, %v", done, err)
	}
	again, err := c.Plan(t.Context(), orderOf(found), &count)
	if err != nil || again.Added != 0 || again.Updated != 0 || again.Unchanged != 2 {
		t.Errorf("again %+v, %v", again, err)
	}
	entries, _, err := c.History(t.Context(), 1, 0)
	if err != nil || len(entries) != 1 || !strings.Contains(entries[0].Detail, "liste.csv") {
		t.Errorf("history %v, %v", entries, err)
	}
}

func TestListing_refusesAFileThatChanged(t *testing.T) {
	c, home := catalogueOnly(t)
	path := filepath.Join(home, "liste.csv")
	writeFile(t, path, list)
	found, err := c.Inspect(t.Context(), path, listing.Reading{})
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, path, list+"K-3;;DEFTER;;1,00\n")
	_, err = c.Take(t.Context(), orderOf(found), &listing.Count{})
	if domain.KindOf(err) != domain.KindInvalid {
		t.Errorf("%v", err)
	}
	none := orderOf(found)
	none.Mapping = make(listing.Mapping, len(found.Header))
	if _, err := c.Plan(t.Context(), none, &listing.Count{}); domain.KindOf(err) != domain.KindInvalid {
		t.Errorf("%v", err)
	}
}

func TestListing_readsAsAPersonSays(t *testing.T) {
	c, home := catalogueOnly(t)
	path := filepath.Join(home, "liste.csv")
	writeFile(t, path, "Stok Kodu;Fiyat\nK-1;1.234\n")
	for decimal, want := range map[string]string{".": "1.234", ",": "1234"} {
		found, err := c.Inspect(t.Context(), path, listing.Reading{Decimal: decimal})
		if err != nil {
			t.Fatal(err)
		}
		o := orderOf(found)
		o.Reading.Decimal = decimal
		if _, err := c.Take(t.Context(), o, &listing.Count{}); err != nil {
			t.Fatal(err)
		}
		for p, err := range c.Store.AllProducts(t.Context()) {
			if err != nil || p.Price.Decimal.String() != want {
				t.Errorf("mark %s: price %s, %v", decimal, p.Price.Decimal, err)
			}
		}
	}
}

func TestListing_errorsFileHoldsTheRowsAndWhy(t *testing.T) {
	c, home := catalogueOnly(t)
	path := filepath.Join(home, "liste.csv")
	writeFile(t, path, list)
	found, err := c.Inspect(t.Context(), path, listing.Reading{})
	if err != nil {
		t.Fatal(err)
	}
	out, err := c.Refused(t.Context(), orderOf(found))
	if err != nil {
		t.Fatal(err)
	}
	f, err := files.Open(t.Context(), out, listing.Reading{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var rows []string
	for row, err := range f.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, strings.Join(row.Cells, "|"))
	}
	if len(rows) != 2 || !strings.HasPrefix(rows[0], "3|Barkod: ") || !strings.HasSuffix(rows[0], "||K-2|8,69E+12|KALEM|A2|1.234") || !strings.HasPrefix(rows[1], "4|") {
		t.Errorf("%q", rows)
	}
}

// A list that left is found again by who wants to bring it back.
func TestListing_offersItsOwnLists(t *testing.T) {
	c := newHouse(t, sandbox.Options{})
	path, err := c.ExportProducts(t.Context(), domain.ProductQuery{})
	if err != nil {
		t.Fatal(err)
	}
	found, err := c.Recent(t.Context(), "")
	if err != nil || len(found) != 1 || found[0].Path != path {
		t.Errorf("%+v, %v, want %s", found, err, path)
	}
}
