package prices_test

import (
	"cmp"
	"slices"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func TestStock_isThatOfTheCatalogueGuardsAndApprovals(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	all := sqlitetest.MixedCatalogue(t, c)
	want := map[domain.ProductID]pricing.Stock{}
	var approved []pricing.Approved
	for i, p := range all {
		s := pricing.Stock{Product: p.Product}
		switch i % 5 {
		case 0:
			s.Guards = pricing.Guards{Minimum: sqlitetest.Dec("5"), Cost: sqlitetest.Dec("4.25")}
		case 1:
			s.Guards.Cost = sqlitetest.Dec("4")
		case 2:
			s.Guards.Minimum = sqlitetest.Dec("6.5")
		}
		if i%5 < 3 {
			if err := sqlitetest.Guard(t.Context(), c, p.ID, s.Guards); err != nil {
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
	if n, err := c.ApprovePrices(t.Context(), sqlitetest.Approvals(nil, approved...)); err != nil || n != len(approved) {
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
	for _, q := range []domain.ProductQuery{{}, {Sort: domain.ProductsByBrand, Desc: true}, {Search: "cay", Sort: domain.ProductsByPrice, Limit: 2, Offset: 1}} {
		ranked, err := c.RankProducts(t.Context(), q)
		q.Limit, q.Offset = 0, 0
		listed, _, errList := c.Products(t.Context(), q)
		if err != nil || errList != nil || len(ranked) != len(listed) {
			t.Fatalf("%+v: %d ranked of %d, %v, %v", q, len(ranked), len(listed), err, errList)
		}
		for place, p := range listed {
			if ranked[p.ID] != place {
				t.Errorf("%+v: product %d has place %d, want %d", q, p.ID, ranked[p.ID], place)
			}
		}
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
