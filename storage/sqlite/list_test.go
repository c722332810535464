package sqlite

import (
	"bytes"
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
)

// mixedCatalogue is a catalogue in which every column has equal, absent and Turkish values, and some
// products are bound. It gives what is in it.
func mixedCatalogue(t *testing.T, c *Company) []domain.ListedProduct {
	t.Helper()
	r := rand.New(rand.NewPCG(11, 7))
	pick := func(values ...string) string { return values[r.IntN(len(values))] }
	number := func(values ...string) decimal.NullDecimal {
		if v := pick(append(values, "")...); v != "" {
			return dec(v)
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
	products = save(t, c, products...)
	listed := make([]domain.ListedProduct, len(products))
	for i, p := range products {
		listed[i].Product = p
		if i%3 == 0 {
			listed[i].Bound = domain.RemoteID(fmt.Sprint("r", i))
			if _, err := c.db.write.ExecContext(t.Context(), `INSERT INTO binding VALUES (?, 1, ?, '')`, listed[i].Bound, p.ID); err != nil {
				t.Fatal(err)
			}
		}
	}
	return listed
}

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
	case domain.ProductsDrafts:
		return s == domain.ProductDraft
	case domain.ProductsArchived:
		return s == domain.ProductArchived
	default:
		return true
	}
}

func hasWords(search string, texts ...string) bool {
	for _, word := range strings.Fields(domain.Fold(search)) {
		if !slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(domain.Fold(text), word) }) {
			return false
		}
	}
	return true
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
	c := newCompany(t)
	all := mixedCatalogue(t, c)
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
		if i%thinned != 0 {
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
	if sawSome < 500/thinned {
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

func TestStock_isThatOfTheCatalogueGuardsAndApprovals(t *testing.T) {
	c := newCompany(t)
	all := mixedCatalogue(t, c)
	want := map[domain.ProductID]pricing.Stock{}
	var approved []pricing.Approved
	for i, p := range all {
		s := pricing.Stock{Product: p.Product}
		switch i % 5 {
		case 0:
			s.Guards = pricing.Guards{Minimum: dec("5"), Cost: dec("4.25")}
		case 1:
			s.Guards.Cost = dec("4")
		case 2:
			s.Guards.Minimum = dec("6.5")
		}
		if i%5 < 3 {
			if err := guard(t.Context(), c, p.ID, s.Guards); err != nil {
				t.Fatal(err)
			}
		}
		for n, m := range []pricing.MarketplaceID{"n11", "pazarama", "trendyol"}[:i%4] {
			kurus := int64(1000*i + n + 1)
			approved = append(approved, pricing.Approved{Product: p.ID, Marketplace: m, Price: decimal.New(kurus, -2)})
			s.Last = append(s.Last, pricing.LastPrice{Marketplace: m, Kurus: kurus})
		}
		want[p.ID] = s
	}
	slices.Reverse(approved) // the order of approving is not that of reading
	if n, err := c.ApprovePrices(t.Context(), approvals(nil, approved...)); err != nil || n != len(approved) {
		t.Fatal(n, err)
	}
	same := func(what string, got, want pricing.Stock) {
		t.Helper()
		slices.SortFunc(got.Last, func(a, b pricing.LastPrice) int { return cmp.Compare(a.Marketplace, b.Marketplace) })
		for _, d := range domaintest.Differences(got, want) {
			t.Errorf("%s %d: %s", what, want.Product.ID, d)
		}
	}

	var ids, onSale, priced []domain.ProductID
	currencies := map[domain.Currency]int{}
	for _, p := range all {
		ids = append(ids, p.ID)
		if p.State != domain.ProductActive {
			continue
		}
		onSale = append(onSale, p.ID)
		if p.Price.Valid {
			currencies[p.Currency]++
		}
		if len(want[p.ID].Last) > 0 {
			priced = append(priced, p.ID)
		}
	}
	i := 0
	for s, err := range c.ActiveStock(t.Context()) {
		if err != nil || s.Product.ID != onSale[i] {
			t.Fatalf("on sale: %d, %v", s.Product.ID, err)
		}
		same("on sale", s, want[s.Product.ID])
		i++
	}
	if n, err := c.ActiveProducts(t.Context()); err != nil || n != len(onSale) || i != n || n == len(all) {
		t.Errorf("%d on sale of %d, %d came, %v", n, len(onSale), i, err)
	}
	of, err := c.StockOf(t.Context(), append(ids, 4711)...)
	if err != nil || len(of) != len(all) {
		t.Fatalf("%d of %d, %v", len(of), len(all), err)
	}
	for id, s := range of {
		same("asked for", s, want[id])
	}
	if one, err := c.StockOf(t.Context(), ids[7]); err != nil || len(one) != 1 {
		t.Errorf("one alone: %v, %v", one, err)
	} else {
		same("one alone", one[ids[7]], want[ids[7]])
	}
	i = 0
	for last, err := range c.ApprovedByProduct(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		same("approved", pricing.Stock{Last: last}, pricing.Stock{Last: want[priced[i]].Last})
		i++
	}
	if i != len(priced) {
		t.Errorf("approved prices of %d products, want %d", i, len(priced))
	}
	for _, err := range c.ApprovedByProduct(t.Context()) { // whoever has enough is told of no error
		if err != nil {
			t.Error(err)
		}
		break
	}
	everywhere, err := c.ApprovedPrices(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for id, s := range want {
		same("all approved", pricing.Stock{Last: everywhere[id]}, pricing.Stock{Last: s.Last})
	}
	in, err := c.PricedIn(t.Context())
	if d := domaintest.Differences(in, currencies); err != nil || len(d) > 0 {
		t.Errorf("%q, %v", d, err)
	}
	sample, err := c.SamplePrices(t.Context(), 5)
	if err != nil || len(sample) != 5 {
		t.Fatalf("%v, %v", sample, err)
	}
	i = 0
	for _, id := range onSale {
		if p := want[id].Product; i < len(sample) && p.Price.Decimal.IsPositive() {
			if d := domaintest.Differences(sample[i], p); len(d) > 0 {
				t.Errorf("sample: %q", d)
			}
			i++
		}
	}
}
