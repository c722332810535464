package catalogue_test

import (
	"database/sql"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/catalogue"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// A file whose search index is damaged, or of another form than is known, finds too much, too little or says so; it neither
// ends the program nor keeps it busy.
func TestListProducts_withADamagedIndex(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	w := words{rand.New(rand.NewPCG(6, 6))}
	sqlitetest.Must(t, c.DB.Execute(t.Context(), "make small pages", `INSERT INTO product_search (product_search, rank) VALUES ('pgsz', 64), ('automerge', 0)`))
	for range 5 {
		products := make([]domain.Product, 20)
		for i := range products {
			products[i] = domain.Product{Name: "çay " + w.text(4), Code: domain.Code(w.text(1))}
		}
		sqlitetest.Put(t, c, products...)
	}
	sqlitetest.Must(t, c.DB.Execute(t.Context(), "remove", `DELETE FROM product WHERE id % 4 = 0`), c.DB.Update(t.Context(), "settle", func(*sql.Tx) error { return nil }))
	type page struct {
		id    int64
		block []byte
	}
	pages, err := database.View(t.Context(), c.DB, "read the index", func(tx *sql.Tx) ([]page, error) {
		return database.SelectAll(t.Context(), tx, func(p *page) []any { return []any{&p.id, &p.block} }, `SELECT id, block FROM product_search_data ORDER BY id`)
	})
	sqlitetest.Must(t, err)
	structure := slices.IndexFunc(pages, func(p page) bool { return p.id == 10 })
	endless := slices.Concat(pages[structure].block[:8], []byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f}) // levels
	refused := 0
	for n := range 1_500 / sqlitetest.Thinned {
		p := pages[w.IntN(len(pages))]
		if n%3 == 0 {
			p = pages[structure]
		}
		damaged := slices.Clone(p.block)
		for range 1 + w.IntN(3) {
			switch at := w.IntN(len(damaged) + 1); {
			case w.IntN(6) == 0 || at == len(damaged):
				damaged = damaged[:at]
			default:
				damaged[at] = []byte{0, 1, 0x7f, 0x80, 0xff, byte(w.IntN(256))}[w.IntN(6)]
			}
		}
		if n == 0 {
			p, damaged = pages[structure], endless
		}
		tx, err := c.DB.Writer.BeginTx(t.Context(), nil)
		sqlitetest.Must(t, err)
		_, err = tx.ExecContext(t.Context(), `UPDATE product_search_data SET block = ? WHERE id = ?`, damaged, p.id)
		sqlitetest.Must(t, err)
		for _, search := range []string{"ç", "çay", "çay k", "kıyı-1"} {
			if err := catalogue.Readable(t.Context(), tx, domain.ProductQuery{Search: search, Group: domain.ProductsCurrent}); err != nil {
				refused++
			}
		}
		sqlitetest.Must(t, tx.Rollback())
	}
	if refused < 300/sqlitetest.Thinned {
		t.Errorf("only %d searches were refused: the damages do no harm", refused)
	}
}

// What is no text is asked of FTS5, whose words it may have.
func TestListProducts_ofWhatIsNoText(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	sqlitetest.Put(t, c, domain.Product{Name: "çay"})
	for _, search := range []string{"\xff\xfe\xfd", "ça\xff", "\xffay"} {
		if _, n, err := c.ListProducts(t.Context(), domain.ProductQuery{Search: search}); n != 0 || err != nil {
			t.Errorf("%q: %d, %v", search, n, err)
		}
	}
}
