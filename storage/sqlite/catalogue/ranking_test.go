package catalogue_test

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
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

// Two people search while somebody writes: whatever order is kept meanwhile, a page is what SQL finds in the same snapshot.
func TestListProducts_whileSomebodyWrites(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	var products []domain.Product
	for i := range 120 {
		products = append(products, domain.Product{
			Name: fmt.Sprintf("Çay %d", i%17), Code: domain.Code(fmt.Sprint("k", i)), Price: sqlitetest.Dec(fmt.Sprint(i % 23)), Stock: sqlitetest.Dec(fmt.Sprint(i % 5)), State: domain.ProductActive,
		})
	}
	sqlitetest.Put(t, c, products...)
	store := catalogue.KeepingOrders(c.DB)
	ctx, end := context.WithCancel(t.Context())
	var people sync.WaitGroup
	for person := range 2 {
		people.Go(func() {
			random := rand.New(rand.NewPCG(uint64(person), 5))
			for ctx.Err() == nil {
				q := domain.ProductQuery{
					Search: []string{"ça", "çay 1", "k1", "7"}[random.IntN(4)], Sort: []domain.ProductSort{"name", "code", "price", "stock", "state"}[random.IntN(5)],
					Group: domain.ProductsCurrent, Desc: random.IntN(2) == 0, Limit: 9,
				}
				err := c.DB.View(ctx, "list", func(tx *sql.Tx) error {
					ids, total, err := catalogue.PageOf(ctx, store, tx, q)
					if err != nil {
						return err
					}
					q.Limit = 0
					want, err := catalogue.PlainPage(ctx, tx, q)
					if err == nil && (total != len(want) || !slices.Equal(ids, want[:min(9, len(want))])) {
						err = fmt.Errorf("%+v: %d of %d, want %d", q, ids, total, want)
					}
					return err
				})
				if err != nil && ctx.Err() == nil {
					t.Error(err)
				}
			}
		})
	}
	random := rand.New(rand.NewPCG(9, 9))
	for range 60 {
		some := make([]domain.Product, 0, 40)
		for range 40 {
			p := &products[random.IntN(len(products))]
			if p.ID = domain.ProductID(1 + slices.IndexFunc(products, func(o domain.Product) bool { return o.Code == p.Code })); random.IntN(2) == 0 {
				p.Price, p.Stock = sqlitetest.Dec(fmt.Sprint(random.IntN(30))), sqlitetest.Dec(fmt.Sprint(random.IntN(9)))
			} else {
				p.Name, p.State = fmt.Sprintf("Çay %d", random.IntN(20)), []domain.ProductState{"active", "archived"}[random.IntN(2)]
			}
			some = append(some, *p)
		}
		sqlitetest.Restate(t, c, some...)
	}
	end()
	people.Wait()
}
