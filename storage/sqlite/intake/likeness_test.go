package intake_test

import (
	"database/sql"
	"math/rand/v2"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/doctor"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/intake"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// thing is an item of a file or a product, as far as they are found by it.
type thing struct{ code, key, mark, name string }

func thingOf(p domain.Product) thing {
	x := thing{code: p.Code.K0(), key: sqlitetest.KeyOf(p.Barcode), name: domain.Fold(p.Name)}
	if x.mark = x.key; x.mark == "" {
		x.mark = string(p.Barcode)
	}
	return x
}

// paired reckons which product each item is, -1 for none: way by way, each item takes the first product of
// its key that is still free.
func paired(items, products []thing) []int {
	coded := func(x thing) bool { return x.code != "" }
	barcoded := func(x thing) bool { return x.key != "" }
	bare := func(x thing) bool { return x.code == "" && x.key != "" }
	named := func(x thing) bool { return x.code == "" && x.key == "" }
	both := func(x thing) bool { return coded(x) && barcoded(x) }
	ways := []struct {
		item, product func(thing) bool
		key           func(thing) thing
	}{
		{coded, coded, func(x thing) thing { return thing{code: x.code, mark: x.mark, name: x.name} }},
		{bare, barcoded, func(x thing) thing { return thing{key: x.key, name: x.name} }},
		{named, named, func(x thing) thing { return thing{name: x.name, mark: x.mark} }},
		{coded, coded, func(x thing) thing { return thing{code: x.code, mark: x.mark} }},
		{coded, coded, func(x thing) thing { return thing{code: x.code} }},
		{both, bare, func(x thing) thing { return thing{key: x.key, name: x.name} }},
		{both, bare, func(x thing) thing { return thing{key: x.key} }},
		{bare, barcoded, func(x thing) thing { return thing{key: x.key} }},
		{func(x thing) bool { return named(x) && x.name != "" }, named, func(x thing) thing { return thing{name: x.name} }},
	}
	found, taken := make([]int, len(items)), make([]bool, len(products))
	for i := range found {
		found[i] = -1
	}
	for _, w := range ways {
		for i, item := range items {
			if found[i] >= 0 || !w.item(item) {
				continue
			}
			for n, p := range products {
				if !taken[n] && w.product(p) && w.key(p) == w.key(item) {
					found[i], taken[n] = n, true
					break
				}
			}
		}
	}
	return found
}

// Small catalogues and files of few codes, barcodes and names, so that they are often alike in one way or
// another: what the file's items are is as reckoned.
func TestImport_findsProductsAsReckoned(t *testing.T) {
	codes := []domain.Code{"", "", "A-1", "a-1", "B-2", "C"}
	barcodes := []domain.Barcode{"", "", domain.Barcode(domaintest.GTIN13(1)), domain.Barcode("0" + domaintest.GTIN13(1)), domain.Barcode(domaintest.GTIN13(2)), "123", "124"}
	names := []string{"", "Çay", "ÇAY", "Bal"}
	random := rand.New(rand.NewPCG(7, 11))
	anyOne := func() domain.Product {
		return domain.Product{Code: codes[random.IntN(len(codes))], Barcode: barcodes[random.IntN(len(barcodes))], Name: names[random.IntN(len(names))]}
	}
	c := sqlitetest.NewCompany(t)
	for round := range 150 / sqlitetest.Thinned {
		if _, err := c.DB.Writer.ExecContext(t.Context(), `DELETE FROM product`); err != nil {
			t.Fatal(err)
		}
		var stock []domain.Product
		var products, items []thing
		for range random.IntN(9) {
			stock = append(stock, anyOne())
		}
		stock = sqlitetest.Put(t, c, stock...)
		for _, p := range stock {
			products = append(products, thingOf(p))
		}
		var file []domain.Product
		for range 1 + random.IntN(7) {
			file = append(file, anyOne())
		}
		var got []int64
		sqlitetest.Must(t, c.DB.Update(t.Context(), "pair", func(tx *sql.Tx) error {
			in, _, err := intake.NewIntake(t.Context(), tx, sqlitetest.Intake(file...))
			if err != nil {
				return err
			}
			if err := intake.Pair(t.Context(), tx); err != nil {
				return err
			}
			rows, err := tx.QueryContext(t.Context(), `SELECT code_k0, barcode_key, mark, name_fold, coalesce(product_id, 0) FROM item ORDER BY id`)
			if err != nil {
				return err
			}
			defer func() { _ = rows.Close() }()
			for rows.Next() {
				var x thing
				var id int64
				if err := rows.Scan(&x.code, &x.key, &x.mark, &x.name, &id); err != nil {
					return err
				}
				items, got = append(items, x), append(got, id)
			}
			if err := rows.Err(); err != nil {
				return err
			}
			return in.Close(t.Context())
		}))
		for i, n := range paired(items, products) {
			want := int64(0)
			if n >= 0 {
				want = int64(stock[n].ID)
			}
			if got[i] != want {
				t.Fatalf("round %d: item %d %+v of %+v is %d, want %d of %+v", round, i, items[i], items, got[i], want, products)
			}
		}
	}
}

// A file that has a value as it was before the doctor mended it means the mended one, unless something
// speaks against it; each of these alone.
func TestImport_recallsWhatWasMendedFromEverySide(t *testing.T) {
	old, mended, foreign := domain.Barcode("36000291452"), domain.Barcode("036000291452"), domain.Barcode(domaintest.GTIN13(9))
	tests := []struct {
		name    string
		product domain.Product
		column  doctor.Column
		to      string
		since   func(c *sqlitetest.Company, p domain.Product) error // what happened after the repair
		row     domain.Product
		code    domain.Code // what the row is taken for
		barcode domain.Barcode
	}{
		{"a code", domain.Product{Code: "A", Name: "Çay"}, doctor.Code, "A-1", nil, domain.Product{Code: "A"}, "A-1", ""},
		{"another code", domain.Product{Code: "A", Name: "Çay"}, doctor.Code, "A-1", nil, domain.Product{Code: "B"}, "B", ""},
		{"a code that another product has by now", domain.Product{Code: "A", Name: "Çay"}, doctor.Code, "A-1", func(c *sqlitetest.Company, _ domain.Product) error {
			return sqlitetest.ErrOf2(c.SaveProducts(t.Context(), domain.Product{Code: "A", Name: "Bal"}))
		}, domain.Product{Code: "A"}, "A", ""},
		{"a code, where a product of another code came", domain.Product{Code: "A", Name: "Çay"}, doctor.Code, "A-1", func(c *sqlitetest.Company, _ domain.Product) error {
			return sqlitetest.ErrOf2(c.SaveProducts(t.Context(), domain.Product{Code: "Z", Name: "Bal"}, domain.Product{Name: "Kodsuz"}))
		}, domain.Product{Code: "A"}, "A-1", ""},
		{"a code that was changed since", domain.Product{Code: "A", Name: "Çay"}, doctor.Code, "A-1", func(c *sqlitetest.Company, p domain.Product) error {
			p.Code, p.Revision = "A-2", 2
			return sqlitetest.ErrOf2(c.SaveProducts(t.Context(), p))
		}, domain.Product{Code: "A"}, "A", ""},
		{"a code whose repair was taken back", domain.Product{Code: "A", Name: "Çay"}, doctor.Code, "A-1", func(c *sqlitetest.Company, _ domain.Product) error {
			return sqlitetest.ErrOf2(c.UndoRepair(t.Context(), doctor.Repaired{ID: 1}, sqlitetest.Quiet))
		}, domain.Product{Code: "A"}, "A", ""},
		{"a code whose repair was taken back, where a person wrote the same since", domain.Product{Code: "A", Name: "Çay"}, doctor.Code, "A-1", func(c *sqlitetest.Company, p domain.Product) error {
			return mendByHand(t, c, func(value string) domain.Product { p.Code = domain.Code(value); return p }, "A-2", "A-1")
		}, domain.Product{Code: "A"}, "A", ""},
		{"a barcode whose repair was taken back, where a person wrote the same since", domain.Product{Code: "K", Barcode: old, Name: "Çay"}, doctor.Barcode, string(mended), func(c *sqlitetest.Company, p domain.Product) error {
			return mendByHand(t, c, func(value string) domain.Product { p.Barcode = domain.Barcode(value); return p }, string(foreign), string(mended))
		}, domain.Product{Code: "K", Barcode: old}, "K", old},
		{"a code that became two", domain.Product{Code: "A", Name: "Çay"}, doctor.Code, "A-1", func(c *sqlitetest.Company, _ domain.Product) error {
			saved, err := c.SaveProducts(t.Context(), domain.Product{Code: "A", Name: "Bal"})
			if err != nil {
				return err
			}
			return sqlitetest.ErrOf2(c.Repair(t.Context(), doctor.Repair{What: doctor.Chosen, Fixes: []doctor.Fix{{Product: saved[0].ID, Column: doctor.Code, From: "A", To: "A-9"}}}, sqlitetest.Quiet))
		}, domain.Product{Code: "A"}, "A", ""},
		{"a barcode that reads as a code", domain.Product{Code: "K", Barcode: old, Name: "Çay"}, doctor.Barcode, string(mended), nil, domain.Product{Code: domain.Code(old)}, domain.Code(old), ""},
		{"a barcode with its code", domain.Product{Code: "K", Barcode: old, Name: "Çay"}, doctor.Barcode, string(mended), nil, domain.Product{Code: "K", Barcode: old}, "K", mended},
		{"a barcode with its code, written otherwise", domain.Product{Code: "K ", Barcode: old, Name: "Çay"}, doctor.Barcode, string(mended), nil, domain.Product{Code: "K", Barcode: old}, "K", mended},
		{"a barcode with another code", domain.Product{Code: "K", Barcode: old, Name: "Çay"}, doctor.Barcode, string(mended), nil, domain.Product{Code: "L", Barcode: old}, "L", old},
		{"another barcode", domain.Product{Code: "K", Barcode: old, Name: "Çay"}, doctor.Barcode, string(mended), nil, domain.Product{Code: "K", Barcode: foreign}, "K", foreign},
		{"a barcode without code, with the name", domain.Product{Barcode: old, Name: "Çay"}, doctor.Barcode, string(mended), nil, domain.Product{Barcode: old, Name: "ÇAY"}, "", mended},
		{"a barcode without code, with another name", domain.Product{Barcode: old, Name: "Çay"}, doctor.Barcode, string(mended), nil, domain.Product{Barcode: old, Name: "Bal"}, "", old},
		{"a barcode with its code and another name", domain.Product{Code: "K", Barcode: old, Name: "Çay"}, doctor.Barcode, string(mended), nil, domain.Product{Code: "K", Barcode: old, Name: "Bal"}, "K", mended},
		{"a barcode that was taken away", domain.Product{Code: "K", Barcode: "0000", Name: "Çay"}, doctor.Barcode, "", nil, domain.Product{Code: "K", Barcode: "0000"}, "K", ""},
		{"a barcode whose repair was taken back", domain.Product{Code: "K", Barcode: old, Name: "Çay"}, doctor.Barcode, string(mended), func(c *sqlitetest.Company, _ domain.Product) error {
			return sqlitetest.ErrOf2(c.UndoRepair(t.Context(), doctor.Repaired{ID: 1}, sqlitetest.Quiet))
		}, domain.Product{Code: "K", Barcode: old}, "K", old},
		{"a barcode that was changed since", domain.Product{Code: "K", Barcode: old, Name: "Çay"}, doctor.Barcode, string(mended), func(c *sqlitetest.Company, p domain.Product) error {
			p.Barcode, p.Revision = foreign, 2
			return sqlitetest.ErrOf2(c.SaveProducts(t.Context(), p))
		}, domain.Product{Code: "K", Barcode: old}, "K", old},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := sqlitetest.NewCompany(t)
			p := sqlitetest.Put(t, c, tt.product)[0]
			from := string(p.Barcode)
			if tt.column == doctor.Code {
				from = string(p.Code)
			}
			done, err := c.Repair(t.Context(), doctor.Repair{What: doctor.Chosen, Fixes: []doctor.Fix{{Product: p.ID, Column: tt.column, From: from, To: tt.to}}}, sqlitetest.Quiet)
			if sqlitetest.Must(t, err); done.Done != 1 {
				t.Fatalf("%+v", done)
			}
			if tt.since != nil {
				sqlitetest.Must(t, tt.since(c, p))
			}
			var got map[string]any
			sqlitetest.Must(t, c.DB.Update(t.Context(), "recall", func(tx *sql.Tx) error {
				in, _, err := intake.NewIntake(t.Context(), tx, sqlitetest.Intake(tt.row))
				if err != nil {
					return err
				}
				var code, k0, barcode, key, mark string
				err = tx.QueryRowContext(t.Context(), `SELECT code, code_k0, barcode, barcode_key, mark FROM item`).Scan(&code, &k0, &barcode, &key, &mark)
				got = map[string]any{"code": code, "k0": k0, "barcode": barcode, "key": key, "mark": mark}
				if err != nil {
					return err
				}
				return in.Close(t.Context())
			}))
			x := thingOf(domain.Product{Code: tt.code, Barcode: tt.barcode})
			sqlitetest.WantRow(t, "the item", got, map[string]any{"code": string(tt.code), "k0": x.code, "barcode": string(tt.barcode), "key": x.key, "mark": x.mark})
		})
	}
}

// mendByHand changes a mended value, takes the repair back, which leaves it alone then, and writes what it
// had made of it.
func mendByHand(t *testing.T, c *sqlitetest.Company, with func(value string) domain.Product, other, same string) error {
	t.Helper()
	p := with(other)
	p.Revision = 2
	saved := sqlitetest.Save(t, c, p)[0]
	back, err := c.UndoRepair(t.Context(), doctor.Repaired{ID: 1}, sqlitetest.Quiet)
	if sqlitetest.Must(t, err); back.Done != 0 {
		t.Fatalf("%+v", back)
	}
	p = with(same)
	p.Revision = saved.Revision
	return sqlitetest.ErrOf2(c.SaveProducts(t.Context(), p))
}
