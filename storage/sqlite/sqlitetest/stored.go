package sqlitetest

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
)

// seedOf tells of which seed domaintest.Fill makes its n-th value.
func seedOf(n int) int { return n / 1009 }

// AnyProduct gives a product as a person or a file could bring it, every field of which differs from those
// of the neighbouring seeds.
func AnyProduct(seed int) domain.Product {
	states := []domain.ProductState{domain.ProductDraft, domain.ProductArchived, domain.ProductActive}
	p := domaintest.Fill[domain.Product](seed,
		domaintest.As(func(n int) decimal.Decimal { return decimal.New(int64(n%1009+20*seedOf(n))*100+7, -2) }), // no rate above 100
		domaintest.As(func(n int) domain.ProductState { return states[seedOf(n)%len(states)] }))
	p.ID, p.Revision, p.UpdatedAt = 0, 0, time.Time{}
	return p
}

// OnlyWritten are the fields of a product that nobody gives: the store does.
var OnlyWritten = map[string]bool{"ID": true, "Revision": true, "UpdatedAt": true}

// WantStored fails the test unless the file holds exactly this product, with all that is kept beside it.
// Its barcode has to be a right GTIN-13, whose key is the GTIN-14 that it is.
func WantStored(t *testing.T, c *Company, what string, p domain.Product, source domain.Source, createdAt time.Time, last int64, of domain.Origins) {
	t.Helper()
	if got, err := c.Origins(t.Context(), p.ID); err != nil {
		t.Errorf("%s: %v", what, err)
	} else {
		WantSame(t, what+": origins", got, of)
	}
	rows := RowsBy(t, c.DB.Reader, `SELECT * FROM product WHERE id = ?`, p.ID)
	if len(rows) != 1 {
		t.Fatalf("%s: %d products of that id", what, len(rows))
	}
	WantRow(t, what, rows[0], map[string]any{
		"id": int64(p.ID), "code": string(p.Code), "code_k0": p.Code.K0(), "code_k1": p.Code.K1(), "code_sort": domain.SortKey(string(p.Code)),
		"barcode": string(p.Barcode), "barcode_key": "0" + string(p.Barcode), "name": p.Name, "name_fold": domain.Fold(p.Name), "name_sort": domain.SortKey(p.Name),
		"search_fold": domain.Fold(p.Name) + "\n" + domain.Fold(string(p.Code)) + "\n" + string(p.Barcode),
		"brand":       p.Brand, "description": p.Description, "price": DecText(p.Price), "currency": string(p.Currency), "stock": DecText(p.Stock),
		"vat_rate": DecText(p.VATRate), "state": string(p.State), "revision": p.Revision, "revision_last": last, "source": string(source),
		"created_at": Timed(createdAt), "updated_at": Timed(p.UpdatedAt),
		"price_at": Timed(of.Price.At), "price_from": string(of.Price.From), "price_by": of.Price.By,
		"stock_at": Timed(of.Stock.At), "stock_from": string(of.Stock.From), "stock_by": of.Stock.By,
	})
}

// OriginsOf are those of values that came together.
func OriginsOf(at time.Time, from domain.Source, by string) domain.Origins {
	o := domain.Origin{At: at, From: from, By: by}
	return domain.Origins{Price: o, Stock: o}
}

// MovedOrigins gives the values that differ the origins of to. A price is another one in another currency too.
func MovedOrigins(of domain.Origins, before, after domain.Product, to domain.Origins) domain.Origins {
	if !before.Price.Decimal.Equal(after.Price.Decimal) || before.Currency != after.Currency {
		of.Price = to.Price
	}
	if !before.Stock.Decimal.Equal(after.Stock.Decimal) {
		of.Stock = to.Stock
	}
	return of
}

// WantProduct fails the test unless reading the product gives this one.
func WantProduct(t *testing.T, c *Company, what string, want domain.Product) {
	t.Helper()
	got, total, err := c.Products(t.Context(), domain.ProductQuery{ID: want.ID})
	if err != nil || total != 1 || len(got) != 1 {
		t.Fatalf("%s: %v of %d, %v", what, got, total, err)
	}
	for _, d := range domaintest.Differences(got[0], want) {
		t.Errorf("%s: %s", what, d)
	}
}
