package catalogue_test

import (
	"database/sql"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/catalogue"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// A value has another origin when it is another number, or an amount of another currency; however it is spelt,
// and whatever else becomes of the product.
func TestProductWriter_tellsWherePriceAndStockComeFrom(t *testing.T) {
	none := decimal.NullDecimal{}
	for name, tt := range map[string]struct {
		price, stock decimal.NullDecimal // of before
		change       func(p *domain.Product)
		moved        [2]bool // price, stock
	}{
		"another name":                {sqlitetest.Dec("12.5"), sqlitetest.Dec("3"), func(p *domain.Product) { p.Name = "Başka" }, [2]bool{}},
		"the same numbers, longer":    {sqlitetest.Dec("12.5"), sqlitetest.Dec("3"), func(p *domain.Product) { p.Price, p.Stock = sqlitetest.Dec("12.500"), sqlitetest.Dec("3.0") }, [2]bool{}},
		"another price":               {sqlitetest.Dec("12.5"), sqlitetest.Dec("3"), func(p *domain.Product) { p.Price = sqlitetest.Dec("12.51") }, [2]bool{true, false}},
		"another currency":            {sqlitetest.Dec("12.5"), sqlitetest.Dec("3"), func(p *domain.Product) { p.Currency = domain.USD }, [2]bool{true, false}},
		"another currency, no price":  {none, sqlitetest.Dec("3"), func(p *domain.Product) { p.Currency = domain.USD }, [2]bool{}},
		"another stock":               {sqlitetest.Dec("12.5"), sqlitetest.Dec("3"), func(p *domain.Product) { p.Stock = sqlitetest.Dec("-3") }, [2]bool{false, true}},
		"both":                        {sqlitetest.Dec("12.5"), sqlitetest.Dec("3"), func(p *domain.Product) { p.Price, p.Stock = sqlitetest.Dec("1"), sqlitetest.Dec("4") }, [2]bool{true, true}},
		"a price, where was none":     {none, sqlitetest.Dec("3"), func(p *domain.Product) { p.Price = sqlitetest.Dec("0") }, [2]bool{true, false}},
		"a stock, where was none":     {sqlitetest.Dec("12.5"), none, func(p *domain.Product) { p.Stock = sqlitetest.Dec("0") }, [2]bool{false, true}},
		"no price and stock any more": {sqlitetest.Dec("0"), sqlitetest.Dec("0"), func(p *domain.Product) { p.Price, p.Stock = none, none }, [2]bool{true, true}},
	} {
		t.Run(name, func(t *testing.T) {
			c := sqlitetest.NewCompany(t)
			c.DB.Actor = "ayşe"
			var want domain.Origins
			made := sqlitetest.OriginsOf(sqlitetest.Clocked(c, 1), domain.SourceFile, "ayşe")
			p := sqlitetest.Put(t, c, domain.Product{Code: "A", Name: "Ay", Price: tt.price, Currency: domain.TRY, Stock: tt.stock})[0]
			if tt.price.Valid {
				want.Price = made.Price
			}
			if tt.stock.Valid {
				want.Stock = made.Stock
			}
			wantOrigins(t, c, "added", p.ID, want)

			c.DB.Actor = "ümit"
			at := sqlitetest.Clocked(c, 2)
			after, before := p, want
			tt.change(&after)
			write(t, c, domain.SourceSync, func(w *catalogue.Writer) (domain.Product, error) { return w.Update(t.Context(), p, after) })
			synced := sqlitetest.OriginsOf(at, domain.SourceSync, "ümit")
			if tt.moved[0] {
				want.Price = synced.Price
			}
			if tt.moved[1] {
				want.Stock = synced.Stock
			}
			wantOrigins(t, c, "changed", p.ID, want)

			// Where they came from once is not known of every earlier state.
			at = sqlitetest.Clocked(c, 3)
			write(t, c, domain.SourceSync, func(w *catalogue.Writer) (domain.Product, error) { return w.Restore(t.Context(), after, p, nil) })
			undone := sqlitetest.OriginsOf(at, domain.SourceUndo, "ümit")
			if tt.moved[0] {
				want.Price = undone.Price
			}
			if tt.moved[1] {
				want.Stock = undone.Stock
			}
			wantOrigins(t, c, "restored", p.ID, want)
			write(t, c, domain.SourceSync, func(w *catalogue.Writer) (domain.Product, error) { return w.Restore(t.Context(), p, p, &before) })
			wantOrigins(t, c, "restored as it was", p.ID, before)
		})
	}
}

func TestOrigins_ofNoProduct(t *testing.T) {
	_, err := sqlitetest.NewCompany(t).Origins(t.Context(), 4711)
	sqlitetest.WantKind(t, err, domain.KindNotFound)
}

func wantOrigins(t *testing.T, c *sqlitetest.Company, what string, id domain.ProductID, want domain.Origins) {
	t.Helper()
	got, err := c.Origins(t.Context(), id)
	sqlitetest.Must(t, err)
	sqlitetest.WantSame(t, what, got, want)
}

// write lets work write in a transaction of its own.
func write(t *testing.T, c *sqlitetest.Company, from domain.Source, work func(w *catalogue.Writer) (domain.Product, error)) (p domain.Product) {
	t.Helper()
	sqlitetest.Must(t, c.DB.Update(t.Context(), "write", func(tx *sql.Tx) error {
		w, err := catalogue.NewWriter(t.Context(), tx, from, c.DB.Author())
		if err == nil {
			p, err = work(w)
		}
		return err
	}))
	return p
}
