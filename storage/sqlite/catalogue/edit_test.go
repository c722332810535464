package catalogue_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/catalogue"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func TestSaveProducts_addsAndChanges(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	p := sqlitetest.Save(t, c, domain.Product{Code: "K-1", Name: "Kalem", Price: sqlitetest.Dec("12.5")})[0]
	if p.ID == 0 || p.Revision != 1 || p.State != domain.ProductActive || p.Currency != domain.TRY {
		t.Errorf("added %+v", p)
	}
	if h := sqlitetest.LastDone(t, c); h.What != "product-added" || !strings.Contains(h.Detail, `"K-1"`) {
		t.Errorf("history %+v", h)
	}
	p.Name, p.Price = "KALEM ŞİŞKO", sqlitetest.Dec("13")
	p = sqlitetest.Save(t, c, p)[0]
	kept := sqlitetest.ProductByCode(t, c, "K-1")
	if !catalogue.SameContent(kept, p) || kept.Revision != 2 || p.Revision != 2 {
		t.Errorf("kept %+v, given %+v", kept, p)
	}
	if h := sqlitetest.LastDone(t, c); h.What != "product-changed" || !strings.Contains(h.Detail, `"price":["12.5","13"]`) || !strings.Contains(h.Detail, "KALEM ŞİŞKO") || strings.Contains(h.Detail, "stock") {
		t.Errorf("history %+v", h)
	}
	found, n, err := c.Products(t.Context(), domain.ProductQuery{Search: "sisko"})
	if err != nil || n != 1 || found[0].ID != p.ID {
		t.Errorf("searching for the new name finds %v, %v", found, err)
	}
	p.Price = sqlitetest.Dec("13.00")
	if again := sqlitetest.Save(t, c, p)[0]; again.Revision != 2 {
		t.Error("what changes nothing has grown the revision")
	}
}

func TestSaveProducts_refusesAllOrNothing(t *testing.T) {
	for name, test := range map[string]struct {
		change func(p *domain.Product)
		kind   domain.Kind
		field  string
		detail string
	}{
		"an older revision":     {func(p *domain.Product) { p.Revision-- }, domain.KindInvalid, "revision", "changed"},
		"another one's code":    {func(p *domain.Product) { p.Code = "\u00a0KOD-00001" }, domain.KindInvalid, "code", "code-taken"},
		"no name":               {func(p *domain.Product) { p.Name = "\u200b " }, domain.KindInvalid, "name", "required"},
		"a price below zero":    {func(p *domain.Product) { p.Price = sqlitetest.Dec("-0.01") }, domain.KindInvalid, "price", "negative"},
		"a rate above hundred":  {func(p *domain.Product) { p.VATRate = sqlitetest.Dec("100.5") }, domain.KindInvalid, "vat_rate", "percent"},
		"too many decimals":     {func(p *domain.Product) { p.Stock = sqlitetest.Dec("0.123456789") }, domain.KindInvalid, "stock", "decimals"},
		"a barcode of a novel":  {func(p *domain.Product) { p.Barcode = domain.Barcode(strings.Repeat("1", 501)) }, domain.KindInvalid, "barcode", "too-long"},
		"one that is not there": {func(p *domain.Product) { p.ID = 99 }, domain.KindNotFound, "", ""},
		"a new one with a code": {func(p *domain.Product) { p.ID, p.Code = 0, "KOD-00001" }, domain.KindInvalid, "code", "code-taken"},
	} {
		t.Run(name, func(t *testing.T) {
			c := sqlitetest.NewCompany(t)
			sqlitetest.AddProducts(t, c, 2)
			good, bad := sqlitetest.ProductByCode(t, c, "KOD-00001"), sqlitetest.ProductByCode(t, c, "KOD-00002")
			bad = sqlitetest.Save(t, c, func() domain.Product { bad.Name = "İki"; return bad }())[0]
			good.Name = "Bir"
			test.change(&bad)
			_, err := c.SaveProducts(t.Context(), good, bad)
			sqlitetest.WantKind(t, err, test.kind)
			var e *domain.Error
			if !errors.As(err, &e) || e.Field != test.field || e.Detail != test.detail {
				t.Errorf("error %v", err)
			}
			if p := sqlitetest.ProductByCode(t, c, "KOD-00001"); p.Name == "Bir" {
				t.Error("a part of it was written")
			}
		})
	}
}

func TestSaveProducts_keepsADoubledCode(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	sqlitetest.ImportAll(t, c, []domain.Product{{Code: "K", Name: "Bir", Barcode: "A"}, {Code: "K", Name: "İki", Barcode: "B"}})
	all, _, err := c.Products(t.Context(), domain.ProductQuery{})
	if err != nil || len(all) != 2 {
		t.Fatalf("%v %v", all, err)
	}
	all[1].Stock = sqlitetest.Dec("4")
	sqlitetest.Save(t, c, all[1])
}

func TestSaveProducts_archivesSeveralAndTakesItBack(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	sqlitetest.AddProducts(t, c, 3)
	before, _, err := c.Products(t.Context(), domain.ProductQuery{Limit: 2})
	if err != nil {
		t.Fatal(err)
	}
	archived := slices.Clone(before)
	for i := range archived {
		archived[i].State = domain.ProductArchived
	}
	archived = sqlitetest.Save(t, c, archived...)
	if h := sqlitetest.LastDone(t, c); h.What != "products-archived" || !strings.Contains(h.Detail, `"products":2`) {
		t.Errorf("history %+v", h)
	}
	for group, want := range map[domain.ProductGroup]int{
		domain.ProductsAll: 3, domain.ProductsCurrent: 1, domain.ProductsArchived: 2, domain.ProductsDrafts: 0,
	} {
		if _, n, err := c.ListProducts(t.Context(), domain.ProductQuery{Group: group}); err != nil || n != want {
			t.Errorf("%q has %d products, want %d (%v)", group, n, want, err)
		}
	}
	for i := range before {
		before[i].Revision = archived[i].Revision
	}
	sqlitetest.Save(t, c, before...)
	if h := sqlitetest.LastDone(t, c); h.What != "products-restored" {
		t.Errorf("history %+v", h)
	}
	if p := sqlitetest.ProductByCode(t, c, before[0].Code); !catalogue.SameContent(p, before[0]) || p.Revision != 3 {
		t.Errorf("taken back: %+v", p)
	}
}

func TestListProducts_sortsByEveryColumn(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	r := sqlitetest.Planned(t, c, 2)
	if _, _, err := c.Apply(t.Context(), r, 1, sqlitetest.TakePrice); err != nil {
		t.Fatal(err)
	}
	sqlitetest.Save(t, c, domain.Product{Name: "C", Brand: "İz"}, domain.Product{Name: "D", Brand: "Zil"}, domain.Product{Name: "E", Brand: "Çam", State: domain.ProductDraft})
	for sort, want := range map[domain.ProductSort][]domain.ProductID{
		domain.ProductsByBrand:   {5, 3, 4, 1, 2},
		domain.ProductsByState:   {1, 2, 3, 4, 5},
		domain.ProductsByBinding: {1, 2, 3, 4, 5},
		domain.ProductsByName:    {3, 4, 5, 1, 2},
	} {
		for _, desc := range []bool{false, true} {
			var got []domain.ProductID
			for from := 0; from < 5; from += 2 { // pages do not overlap
				page, total, err := c.ListProducts(t.Context(), domain.ProductQuery{Sort: sort, Desc: desc, Limit: 2, Offset: from})
				if err != nil || total != 5 {
					t.Fatal(total, err)
				}
				for _, p := range page {
					got = append(got, p.ID)
				}
			}
			if !desc && !slices.Equal(got, want) {
				t.Errorf("by %s: %v, want %v", sort, got, want)
			}
			slices.Sort(got)
			if !slices.Equal(got, []domain.ProductID{1, 2, 3, 4, 5}) {
				t.Errorf("by %s, desc %v: %v", sort, desc, got)
			}
		}
	}
	one, n, err := c.ListProducts(t.Context(), domain.ProductQuery{ID: 1})
	if err != nil || n != 1 || one[0].Bound == "" {
		t.Errorf("%+v %v", one, err)
	}
}

// BenchmarkListProducts asks for pages of a large catalogue.
func BenchmarkListProducts(b *testing.B) {
	c, err := sqlitetest.OpenCompany(b.Context(), b.TempDir()+"/company.db")
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	var products []domain.Product
	for i, r := range sqlitetest.Remotes(100_000) {
		products = append(products, domain.Product{
			Code: r.Code, Name: r.Name, Brand: "Marka " + string(rune('A'+i%26)), Price: decimal.NewNullDecimal(decimal.New(int64(i*7919%100_000), -2)),
		})
	}
	sqlitetest.Fill(b, c, products)
	for name, q := range map[string]domain.ProductQuery{
		"plain": {}, "end": {Offset: 99_900}, "name": {Sort: domain.ProductsByName, Offset: 50_000}, "code": {Sort: domain.ProductsByCode, Offset: 50_000},
		"brand": {Sort: domain.ProductsByBrand}, "price": {Sort: domain.ProductsByPrice, Desc: true}, "binding": {Sort: domain.ProductsByBinding},
		"search": {Search: "ürün 77", Group: domain.ProductsCurrent, Sort: domain.ProductsByName},
	} {
		q.Limit = 100
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, _, err := c.ListProducts(b.Context(), q); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func TestSaveEdits_writesProductsAndGuardsTogether(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	sqlitetest.AddProducts(t, c, 2)
	one, two := sqlitetest.ProductByCode(t, c, "KOD-00001"), sqlitetest.ProductByCode(t, c, "KOD-00002")
	guards := pricing.Guards{Minimum: sqlitetest.Dec("5"), Cost: sqlitetest.Dec("4")}
	one.Name, two.Name = "Bir", "İki"

	_, err := c.SaveEdits(t.Context(), pricing.Edit{Product: one, Guards: &guards}, pricing.Edit{Product: two, Guards: &pricing.Guards{Cost: sqlitetest.Dec("-1")}})
	sqlitetest.WantKind(t, err, domain.KindInvalid)
	if _, err := c.DB.Writer.ExecContext(t.Context(), `CREATE TRIGGER full BEFORE INSERT ON price_guard BEGIN SELECT RAISE(ABORT, 'full'); END`); err != nil {
		t.Fatal(err)
	}
	if _, err = c.SaveEdits(t.Context(), pricing.Edit{Product: one, Guards: &guards}); err == nil {
		t.Error("guards that cannot be written are no error")
	}
	if p := sqlitetest.ProductByCode(t, c, "KOD-00001"); p.Name == "Bir" || p.Revision != one.Revision {
		t.Errorf("the product was written without its guards: %+v", p)
	}
	if _, err := c.DB.Writer.ExecContext(t.Context(), `DROP TRIGGER full`); err != nil {
		t.Fatal(err)
	}

	saved, err := c.SaveEdits(t.Context(), pricing.Edit{Product: one, Guards: &guards}, pricing.Edit{Product: two},
		pricing.Edit{Product: domain.Product{Name: "Yeni"}, Guards: &guards})
	if err != nil || len(saved) != 3 || saved[0].Name != "Bir" {
		t.Fatalf("%+v %v", saved, err)
	}
	all, err := c.Guards(t.Context())
	if err != nil || len(all) != 2 || !all[one.ID].Minimum.Decimal.Equal(guards.Minimum.Decimal) || !all[saved[2].ID].Cost.Decimal.Equal(guards.Cost.Decimal) {
		t.Errorf("guards %+v %v", all, err)
	}
}
