package catalogue_test

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// words makes what people and shops write, and what nobody should.
type words struct{ *rand.Rand }

func (w words) pick(of ...string) string { return of[w.IntN(len(of))] }

func (w words) letters(n int) string {
	var text strings.Builder
	for range n {
		text.WriteString(w.pick("a", "b", "ç", "Ç", "ğ", "ı", "I", "i", "İ", "ö", "ş", "Ş", "ü", "k", "0", "1", "2", "%", "_", `"`, "*", "^", "-", ",", "'", "é", "e\u0301", "ß", "👕", "\x02"))
	}
	return text.String()
}

func (w words) text(n int) string {
	parts := make([]string, w.IntN(n+1))
	for i := range parts {
		parts[i] = w.pick(w.letters(1+w.IntN(7)), "çay", "Çayçek", "SU", "kıyı", "KIYI-1", "869050")
	}
	return strings.Join(parts, w.pick(" ", " ", "  ", "\n", "\t", "\u00a0"))
}

// search types words, and parts of those of a product in any order.
func (w words) search(p domain.Product) string {
	var parts []string
	for range 1 + w.IntN(3) {
		runes := []rune(w.pick(p.Name, string(p.Code), string(p.Barcode), w.text(1)))
		from := w.IntN(len(runes) + 1)
		parts = append(parts, string(runes[from:from+w.IntN(min(6, len(runes)-from)+1)]))
	}
	return strings.Join(parts, " ")
}

func TestListProducts_findsWhatAScanFinds(t *testing.T) {
	w := words{rand.New(rand.NewPCG(3, 14))}
	groups := []domain.ProductGroup{domain.ProductsAll, domain.ProductsCurrent, domain.ProductsPassive, domain.ProductsDrafts, domain.ProductsArchived}
	hits := 0
	for range 60 / sqlitetest.Thinned {
		c := sqlitetest.NewCompany(t)
		products := make([]domain.Product, 40)
		for i := range products {
			products[i] = domain.Product{
				Name: w.text(5), Code: domain.Code(w.text(1)), Barcode: domain.Barcode(w.pick("", w.letters(4), domaintest.GTIN13(w.IntN(50)))),
				State: domain.ProductState(w.pick("active", "active", "passive", "draft", "archived")),
			}
		}
		products = sqlitetest.Put(t, c, products...)
		for i := range products { // some are written again, and some go
			switch p := &products[i]; w.IntN(8) {
			case 0:
				p.Name = w.text(3)
			case 1:
				p.State = domain.ProductState(w.pick("active", "draft", "archived"))
			case 2:
				p.Price = sqlitetest.Dec("3")
			}
		}
		gone := products[w.IntN(len(products))].ID
		sqlitetest.Must(t, c.DB.Update(t.Context(), "remove", func(tx *sql.Tx) error {
			_, err := tx.ExecContext(t.Context(), `DELETE FROM product WHERE id = ?`, gone)
			return err
		}))
		products = slices.DeleteFunc(products, func(p domain.Product) bool { return p.ID == gone })
		sqlitetest.Restate(t, c, products...)
		all := make([]domain.ListedProduct, len(products))
		for i, p := range products {
			all[i].Product = p
		}
		for range 60 {
			q := domain.ProductQuery{
				Search: w.search(products[w.IntN(len(products))]), Group: groups[w.IntN(len(groups))], Sort: domain.ProductSort(w.pick("", "name", "code")),
				Desc: w.IntN(2) == 0, Limit: w.IntN(9), Offset: w.IntN(9), Most: w.IntN(9),
			}
			want := found(all, q)
			total := len(want)
			if q.Most > 0 && strings.TrimSpace(q.Search) != "" {
				total = min(total, q.Most+1)
			}
			from, to := min(q.Offset, len(want)), len(want)
			if q.Offset >= total {
				from = len(want)
			}
			if q.Limit > 0 {
				to = min(from+q.Limit, to)
			} else {
				to = min(to, max(from, total))
			}
			hits += to - from
			got, n, err := c.ListProducts(t.Context(), q)
			if err != nil || n != total || fmt.Sprint(ids(got)) != fmt.Sprint(ids(want[from:to])) {
				t.Fatalf("%+q finds %d and lists %v, want %d and %v, %v", fmt.Sprintf("%+v", q), n, ids(got), total, ids(want[from:to]), err)
			}
		}
	}
	if hits < 1000/sqlitetest.Thinned {
		t.Errorf("%d hits: it looks for what is not there", hits)
	}
}

func ids(products []domain.ListedProduct) []domain.ProductID {
	all := make([]domain.ProductID, len(products))
	for i, p := range products {
		all[i] = p.ID
	}
	return all
}

func TestListProducts_findsInACopyWhatTheFileHas(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	p := sqlitetest.Put(t, c, domain.Product{Name: "Rize çayı"}, domain.Product{Name: "Bardak"})
	p[1].Name = "Çay bardağı"
	sqlitetest.Save(t, c, p[1])
	path := filepath.Join(t.TempDir(), "copy.db")
	sqlitetest.Must(t, c.DB.Execute(t.Context(), "copy", `VACUUM INTO ?`, path))
	copied := sqlitetest.Reopen(t, path)
	for search, want := range map[string]int{"çay": 2, "bardak": 0, "bardağ": 1} {
		if _, n, err := copied.ListProducts(t.Context(), domain.ProductQuery{Search: search}); n != want || err != nil {
			t.Errorf("%s: %d, want %d, %v", search, n, want, err)
		}
	}
}
