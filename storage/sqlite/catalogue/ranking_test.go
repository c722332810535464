package catalogue_test

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/catalogue"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// Whatever pages, pieces and half merges the index is in, and whatever changes between two keystrokes: the pages of every order
// are together what FTS5 and SQL sort, no product twice.
func TestListProducts_sortsWhatItFindsAsSQLDoes(t *testing.T) {
	w := words{rand.New(rand.NewPCG(21, 14))}
	sorts := []domain.ProductSort{"", "name", "code", "barcode", "brand", "price", "stock", "state", "binding"}
	hits := 0
	for n := range 6 / sqlitetest.Thinned {
		c := sqlitetest.NewCompany(t)
		store := catalogue.KeepingOrders(c.DB)
		if n%2 == 1 { // what is found here is too little for an order to be kept
			store = catalogue.New(c.DB)
		}
		sqlitetest.Must(t, c.DB.Execute(t.Context(), "make small pages", fmt.Sprintf(`INSERT INTO product_search (product_search, rank)
			VALUES ('pgsz', %d), ('automerge', %d), ('hashsize', 256), ('usermerge', 2)`, 32+w.IntN(200), w.IntN(4))))
		for round := range 10 {
			for range 3 {
				products := make([]domain.Product, 8)
				for i := range products {
					products[i] = domain.Product{
						Name: w.text(4), Code: domain.Code(w.text(1)), Barcode: domain.Barcode(w.pick("", w.letters(4))), Brand: w.pick("", "ege", "Ege", "Çay", "ığdır"),
						State: domain.ProductState(w.pick("active", "active", "passive", "draft", "archived")),
					}
					if w.IntN(2) == 0 {
						products[i].Price, products[i].Stock = sqlitetest.Dec(fmt.Sprint(w.IntN(30)-5)), sqlitetest.Dec(fmt.Sprint(w.IntN(4)))
					}
				}
				sqlitetest.Put(t, c, products...)
			}
			for _, statement := range []string{
				`UPDATE product SET price = '7' WHERE id % 7 = %d % 7`, `UPDATE product SET stock = NULL WHERE id % 11 = %d % 11`,
				`UPDATE product SET brand = 'Zeytin' WHERE id % 9 = %d % 9`, `DELETE FROM product WHERE id % 13 = %d % 13`,
				`UPDATE product SET state = 'archived' WHERE id % 17 = %d % 17`,
				`INSERT OR IGNORE INTO binding (remote_id, type, product_id, created_at) SELECT id, 1, id, '' FROM product WHERE id % 5 = %d % 5`,
				`DELETE FROM binding WHERE product_id % 6 = %d % 6`, `INSERT INTO product_search (product_search, rank) VALUES ('merge', %d + 1)`,
			} {
				if w.IntN(2) == 0 {
					text := fmt.Sprintf(escaped(statement), w.IntN(20))
					sqlitetest.Must(t, c.DB.Update(t.Context(), "change", func(tx *sql.Tx) error {
						_, err := tx.ExecContext(t.Context(), text)
						return err
					}))
				}
			}
			for range 25 {
				q := domain.ProductQuery{Sort: sorts[w.IntN(len(sorts))], Desc: w.IntN(2) == 0, Group: domain.ProductGroup(w.pick("", "current", "current", "archived"))}
				if w.IntN(4) > 0 {
					q.Search = w.pick(w.letters(1), w.letters(2), w.letters(4), w.text(2), "çay", "çayçek", "869050", "kıyı-1", "ç k", "869 kıyı su")
				}
				want := wanted(t, c, q)
				var got []domain.ProductID
				for q.Limit = 7; ; q.Offset += q.Limit {
					page, total, err := store.ListProducts(t.Context(), q)
					sqlitetest.Must(t, err)
					if total != len(want) {
						t.Fatalf("round %d: %+q finds %d, want %d", round, fmt.Sprintf("%+v", q), total, len(want))
					}
					if len(page) == 0 {
						break
					}
					got = append(got, ids(page)...)
				}
				hits += len(got)
				if !slices.Equal(got, want) {
					t.Fatalf("round %d: %+q lists %v, want %v", round, fmt.Sprintf("%+v", q), got, want)
				}
			}
		}
	}
	if hits < 1000/sqlitetest.Thinned {
		t.Errorf("%d hits: it looks for what is not there", hits)
	}
}

// wanted are the ids of what q finds, by FTS5 and SQL.
func wanted(t *testing.T, c *sqlitetest.Company, q domain.ProductQuery) (all []domain.ProductID) {
	t.Helper()
	sqlitetest.Must(t, c.DB.View(t.Context(), "sort", func(tx *sql.Tx) (err error) {
		if err := catalogue.Readable(t.Context(), tx, q); err != nil {
			return err // FTS5 would be asked instead, and compared with itself
		}
		all, err = catalogue.PlainPage(t.Context(), tx, q)
		return err
	}))
	return all
}

func escaped(statement string) string {
	var text []rune
	for i, r := range statement {
		if text = append(text, r); r == '%' && statement[i+1] != 'd' {
			text = append(text, '%')
		}
	}
	return string(text)
}

// What changes nothing that is searched does not change the search index, which tells of products that come and go.
func TestListProducts_sortsByWhatHasChangedSince(t *testing.T) {
	for sort, statement := range map[domain.ProductSort]string{
		"name": `UPDATE product SET name_sort = x'00' WHERE id = 3`, "code": `UPDATE product SET code_sort = x'00' WHERE id = 3`,
		"barcode": `UPDATE product SET barcode = '0' WHERE id = 3`, "brand": `UPDATE product SET brand = 'A' WHERE id = 3`,
		"price": `UPDATE product SET price = '-1' WHERE id = 3`, "stock": `UPDATE product SET stock = '-1' WHERE id = 3`,
		"binding": `INSERT OR IGNORE INTO binding (remote_id, type, product_id, created_at) VALUES ('3', 1, 3, '')`,
	} {
		t.Run(string(sort), func(t *testing.T) {
			c := sqlitetest.NewCompany(t)
			for i := range 4 {
				sqlitetest.Put(t, c, domain.Product{
					Name: fmt.Sprint("b", i), Code: domain.Code(fmt.Sprint("b", i)), Barcode: domain.Barcode(fmt.Sprint("1", i)), Brand: fmt.Sprint("b", i),
					Price: sqlitetest.Dec(fmt.Sprint(i)), Stock: sqlitetest.Dec(fmt.Sprint(i)), State: domain.ProductActive,
				})
			}
			store := catalogue.KeepingOrders(c.DB)
			for _, want := range [][]domain.ProductID{{1, 2, 3, 4}, {3, 1, 2, 4}} {
				page, _, err := store.ListProducts(t.Context(), domain.ProductQuery{Sort: sort, Search: "b", Limit: 10})
				sqlitetest.Must(t, err)
				if got := ids(page); !slices.Equal(got, want) {
					t.Errorf("listed %v, want %v", got, want)
				}
				sqlitetest.Must(t, c.DB.Execute(t.Context(), "change", statement))
			}
		})
	}
}
