package sqlitetest

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/doctor"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/catalogue"
	storedtransfer "github.com/sopyo/sopyo-desktop/storage/sqlite/transfer"
)

// Dec is a number.
func Dec(s string) decimal.NullDecimal {
	return decimal.NewNullDecimal(decimal.RequireFromString(s))
}

// Seq yields all of a list.
func Seq[T any](all []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, v := range all {
			if !yield(v, nil) {
				return
			}
		}
	}
}

// Intake brings products as the rows of a file, from line 2 on.
func Intake(products ...domain.Product) listing.Intake {
	rows := make([]listing.ProductRow, len(products))
	for i, p := range products {
		rows[i] = listing.ProductRow{Line: i + 2, Product: p}
	}
	return Incoming(rows...)
}

// Incoming brings the rows of a file.
func Incoming(rows ...listing.ProductRow) listing.Intake {
	return listing.Intake{Rows: Seq(rows), Note: func(listing.Noted) {}, Jumped: func(listing.Jump) {}, Gathered: func(listing.Gathered) error { return nil }, Watch: func(int, int) {}}
}

// Fill imports products.
func Fill(t testing.TB, c *Company, products []domain.Product) listing.Tally {
	t.Helper()
	done, err := c.ImportProducts(t.Context(), "", Intake(products...))
	if err != nil {
		t.Fatal(err)
	}
	return done
}

// AddProducts imports n products, with the ids and codes of remotes.
func AddProducts(t *testing.T, c *Company, n int) {
	t.Helper()
	var products []domain.Product
	for _, r := range Remotes(n) {
		products = append(products, domain.Product{Code: r.Code, Name: "Ürün " + string(r.ID), Price: Dec("1"), Stock: Dec("1")})
	}
	Fill(t, c, products)
}

// Put adds products as a file would, whatever they are.
func Put(t *testing.T, c *Company, products ...domain.Product) []domain.Product {
	t.Helper()
	var added []domain.Product
	Must(t, c.DB.Update(t.Context(), "put", func(tx *sql.Tx) error {
		w, err := catalogue.NewWriter(t.Context(), tx, domain.SourceFile, c.DB.Author())
		if err != nil {
			return err
		}
		for _, p := range products {
			if p, err = w.Insert(t.Context(), p); err != nil {
				return err
			}
			added = append(added, p)
		}
		return nil
	}))
	return added
}

// Save is SaveProducts.
func Save(t *testing.T, c *Company, products ...domain.Product) []domain.Product {
	t.Helper()
	saved, err := c.SaveProducts(t.Context(), products...)
	if err != nil {
		t.Fatal(err)
	}
	return saved
}

// ImportAll plans and imports products and gives what became of them.
func ImportAll(t *testing.T, c *Company, products []domain.Product) listing.Tally {
	t.Helper()
	before := Count(t, c, `SELECT coalesce(sum(revision), 0) FROM product`)
	gone, all := -1, 0
	in := Intake(products...)
	in.Watch = func(n, of int) { gone, all = n, of }
	plan, err := c.PlanImport(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	if after := Count(t, c, `SELECT coalesce(sum(revision), 0) FROM product`); after != before || gone != all || all != len(products)-plan.Repeated {
		t.Errorf("the plan wrote something, or went through %d of %d", gone, all)
	}
	done := Fill(t, c, products)
	if done != plan {
		t.Errorf("planned %v, done %v", plan, done)
	}
	return done
}

// Guard gives a product other guards, as a person does it in the product's page.
func Guard(ctx context.Context, c *Company, id domain.ProductID, g pricing.Guards) error {
	all, _, err := c.Products(ctx, domain.ProductQuery{ID: id, Group: domain.ProductsAll, Limit: 1})
	if err != nil {
		return err
	}
	p := domain.Product{ID: id}
	if len(all) > 0 {
		p = all[0]
	}
	_, err = c.SaveEdits(ctx, pricing.Edit{Product: p, Guards: &g})
	return err
}

// ProductByCode is the only product of that code.
func ProductByCode(t *testing.T, c *Company, code domain.Code) domain.Product {
	t.Helper()
	var found []domain.Product
	err := c.DB.View(t.Context(), "find", func(tx *sql.Tx) (err error) {
		found, err = catalogue.Select(t.Context(), tx, `WHERE code_k0 = ?`, code.K0())
		return err
	})
	if err != nil || len(found) != 1 {
		t.Fatalf("code %s: %d products, %v", code, len(found), err)
	}
	return found[0]
}

// MixedCatalogue is a catalogue in which every column has equal, absent and Turkish values, and some
// products are bound. It gives what is in it.
func MixedCatalogue(t *testing.T, c *Company) []domain.ListedProduct {
	t.Helper()
	r := rand.New(rand.NewPCG(11, 7)) //nolint:gosec // the same catalogue in every run
	pick := func(values ...string) string { return values[r.IntN(len(values))] }
	number := func(values ...string) decimal.NullDecimal {
		if v := pick(append(values, "")...); v != "" {
			return Dec(v)
		}
		return decimal.NullDecimal{}
	}
	var products []domain.Product
	for i := range 40 {
		p := domain.Product{
			Name:     pick("Çay", "çay", "Cay", "ÇAY 2", "Çay 10", "Işık", "ışık", "İzmir", "izmir", "Zil", "Öz", "Oz", "Şal", "Sal", "Ümit", "Umut", "Ğ"),
			Barcode:  domain.Barcode(pick("", "", "RAF-1", "raf-1", "8690504012345", "86905040")),
			Brand:    pick("", "", "İz", "Iz", "iz", "Çam", "Cam", "Zil", "Şu"),
			Currency: domain.Currency(pick("TRY", "USD")), Price: number("9.90", "10", "100", "0", "9.9"), Stock: number("-2", "3", "20", "3.0"), VATRate: number("20"),
			State: domain.ProductState(pick("active", "active", "draft", "archived")),
		}
		if i%4 > 0 {
			p.Code = domain.Code(fmt.Sprint(pick("Ç-", "C-", "ç-", "I", "İ", "Ö_", "O%"), i))
		}
		products = append(products, p)
	}
	products = Save(t, c, products...)
	listed := make([]domain.ListedProduct, len(products))
	for i, p := range products {
		listed[i].Product = p
		if i%3 == 0 {
			listed[i].Bound = domain.RemoteID(fmt.Sprint("r", i))
			if _, err := c.DB.Writer.ExecContext(t.Context(), `INSERT INTO binding (remote_id, type, product_id, created_at) VALUES (?, 1, ?, '')`, listed[i].Bound, p.ID); err != nil {
				t.Fatal(err)
			}
		}
	}
	return listed
}

// Quiet counts for nobody.
var Quiet = new(doctor.Count)

// Remotes are n İşbaşı products with the ids 1…n.
func Remotes(n int) []domain.RemoteProduct {
	all := make([]domain.RemoteProduct, n)
	for i := range all {
		all[i] = domain.RemoteProduct{
			ID: domain.RemoteID(fmt.Sprint(i + 1)), Type: storedtransfer.TypeProduct, Code: domain.Code(fmt.Sprintf("KOD-%05d", i+1)),
			Name: fmt.Sprintf("ÜRÜN %d", i+1), Active: true, Currency: domain.TRY, Price: Dec("12.50"), Stock: Dec("3"),
		}
	}
	return all
}

// Restate writes products as they are given over those that are kept, whatever they are.
func Restate(t *testing.T, c *Company, products ...domain.Product) {
	t.Helper()
	Must(t, c.DB.Update(t.Context(), "restate", func(tx *sql.Tx) error {
		w, err := catalogue.NewWriter(t.Context(), tx, domain.SourceFile, c.DB.Author())
		for i := 0; err == nil && i < len(products); i++ {
			_, err = w.Update(t.Context(), domain.Product{}, products[i])
		}
		return err
	}))
}
