package catalogue_test

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// found is what a query should find, calculated without SQL.
func found(all []domain.ListedProduct, q domain.ProductQuery) (matching []domain.ListedProduct) {
	for _, p := range all {
		if inGroup(q.Group, p.State) && (q.ID == 0 || p.ID == q.ID) && hasWords(q.Search, p.Name, string(p.Code), string(p.Barcode)) {
			matching = append(matching, p)
		}
	}
	slices.SortFunc(matching, func(a, b domain.ListedProduct) int {
		absent, order := compareBy(q.Sort, a, b)
		if order = cmp.Or(order, cmp.Compare(a.ID, b.ID)); q.Desc {
			order = -order
		}
		return cmp.Or(absent, order)
	})
	return matching
}

func inGroup(g domain.ProductGroup, s domain.ProductState) bool {
	switch g {
	case domain.ProductsCurrent:
		return s != domain.ProductArchived
	case domain.ProductsPassive:
		return s == domain.ProductPassive
	case domain.ProductsDrafts:
		return s == domain.ProductDraft
	case domain.ProductsArchived:
		return s == domain.ProductArchived
	default:
		return true
	}
}

// hasWords tells whether every word of search is in one of the texts; of one or two characters it begins a word there, or is
// or begins with what is neither letter nor digit.
func hasWords(search string, texts ...string) bool {
	for _, word := range strings.Fields(domain.Fold(search)) {
		if !slices.ContainsFunc(texts, func(text string) bool { return hasWord([]rune(domain.Fold(text)), []rune(word)) }) {
			return false
		}
	}
	return true
}

func hasWord(text, word []rune) bool {
	other := func(r rune) bool { return !unicode.In(r, unicode.L, unicode.N, unicode.M) }
	for i := range len(text) - len(word) + 1 {
		if slices.Equal(text[i:i+len(word)], word) && (len(word) > 2 || i == 0 || other(text[i-1]) || other(text[i])) {
			return true
		}
	}
	return false
}

// compareBy compares two products by a column: absent values come last in both directions.
func compareBy(s domain.ProductSort, a, b domain.ListedProduct) (absent, order int) {
	text := func(x, y string, compare func(x, y string) int) (int, int) {
		return yesLast(x == "", y == ""), compare(x, y)
	}
	turkish := func(x, y string) int { return bytes.Compare(domain.SortKey(x), domain.SortKey(y)) }
	switch s {
	case domain.ProductsByName:
		return 0, turkish(a.Name, b.Name)
	case domain.ProductsByCode:
		return text(string(a.Code), string(b.Code), turkish)
	case domain.ProductsByBarcode:
		return text(string(a.Barcode), string(b.Barcode), strings.Compare)
	case domain.ProductsByBrand:
		return text(a.Brand, b.Brand, turkish)
	case domain.ProductsByPrice:
		return yesLast(!a.Price.Valid, !b.Price.Valid), a.Price.Decimal.Cmp(b.Price.Decimal)
	case domain.ProductsByStock:
		return yesLast(!a.Stock.Valid, !b.Stock.Valid), a.Stock.Decimal.Cmp(b.Stock.Decimal)
	case domain.ProductsByState:
		return 0, cmp.Compare(a.State, b.State)
	case domain.ProductsByBinding:
		return 0, yesLast(a.Bound == "", b.Bound == "")
	default:
		return 0, 0
	}
}

func yesLast(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	default:
		return -1
	}
}

func TestListProducts_findsAndSortsAsReckoned(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	all := sqlitetest.MixedCatalogue(t, c)
	var queries []domain.ProductQuery
	for _, s := range []domain.ProductSort{
		domain.ProductsByAge, domain.ProductsByName, domain.ProductsByCode, domain.ProductsByBarcode, domain.ProductsByBrand,
		domain.ProductsByPrice, domain.ProductsByStock, domain.ProductsByState, domain.ProductsByBinding,
	} {
		for _, desc := range []bool{false, true} {
			for _, group := range []domain.ProductGroup{domain.ProductsAll, domain.ProductsCurrent, domain.ProductsDrafts, domain.ProductsArchived} {
				queries = append(queries, domain.ProductQuery{Sort: s, Desc: desc, Group: group})
			}
			queries = append(queries, domain.ProductQuery{Sort: s, Desc: desc, Search: " RAF  cay "})
		}
	}
	for _, search := range []string{"ISIK", "ç-1", "%", "_", "raf cay 2", "çayc", "yok"} {
		queries = append(queries, domain.ProductQuery{Search: search}, domain.ProductQuery{Search: search, Group: domain.ProductsCurrent, Sort: domain.ProductsByBrand})
	}
	for _, p := range all[:3] {
		queries = append(queries, domain.ProductQuery{ID: p.ID}, domain.ProductQuery{ID: p.ID, Group: domain.ProductsDrafts})
	}
	sawSome := 0
	for i, q := range queries {
		if i%sqlitetest.Thinned != 0 {
			continue
		}
		want := found(all, q)
		sawSome += len(want)
		got, total, err := c.ListProducts(t.Context(), q)
		if err != nil {
			t.Fatalf("%+v: %v", q, err)
		}
		if d := domaintest.Differences(got, want); total != len(want) || len(d) > 0 {
			t.Fatalf("%+v finds %d of %d, want %d: %q", q, len(got), total, len(want), d)
		}
		var each []domain.Product
		for p, err := range c.EachProduct(t.Context(), domain.ProductQuery{Group: q.Group, ID: q.ID, Search: q.Search, Sort: q.Sort, Desc: q.Desc, Limit: 1, Offset: 1}) {
			if err != nil {
				t.Fatalf("%+v: %v", q, err)
			}
			each = append(each, p)
		}
		if len(each) != len(want) {
			t.Fatalf("%+v yields %d, want %d", q, len(each), len(want))
		}
		for i, p := range each {
			if d := domaintest.Differences(p, want[i].Product); len(d) > 0 {
				t.Fatalf("%+v, one after the other: %q", q, d)
			}
		}
		ranked, err := c.RankProducts(t.Context(), q)
		if err != nil || len(ranked) != len(want) {
			t.Fatalf("%+v ranks %d, want %d, %v", q, len(ranked), len(want), err)
		}
		for place, p := range want {
			if ranked[p.ID] != place {
				t.Fatalf("%+v: product %d has place %d, want %d", q, p.ID, ranked[p.ID], place)
			}
		}
		var paged []domain.ListedProduct
		for q.Limit, q.Offset = 7, 0; ; q.Offset += q.Limit {
			page, total, err := c.ListProducts(t.Context(), q)
			if err != nil || total != len(want) || len(page) != min(q.Limit, max(0, len(want)-q.Offset)) {
				t.Fatalf("%+v: a page of %d, total %d, %v", q, len(page), total, err)
			}
			if paged = append(paged, page...); len(page) == 0 {
				break
			}
		}
		if d := domaintest.Differences(paged, want); len(d) > 0 {
			t.Fatalf("%+v, page by page: %q", q, d)
		}
	}
	if sawSome < 500/sqlitetest.Thinned {
		t.Errorf("the queries find %d products only", sawSome)
	}
	plain, total, err := c.Products(t.Context(), domain.ProductQuery{Sort: domain.ProductsByName})
	byName := found(all, domain.ProductQuery{Sort: domain.ProductsByName})
	if err != nil || total != len(all) || len(plain) != len(all) {
		t.Fatalf("%d of %d, %v", len(plain), total, err)
	}
	for i, p := range plain {
		if d := domaintest.Differences(p, byName[i].Product); len(d) > 0 {
			t.Errorf("without bindings: %q", d)
		}
	}
	i := 0
	for p, err := range c.AllProducts(t.Context()) {
		if d := domaintest.Differences(p, all[i].Product); err != nil || len(d) > 0 {
			t.Errorf("one after the other: %q, %v", d, err)
		}
		i++
	}
	if i != len(all) {
		t.Errorf("%d products one after the other", i)
	}
}
