package orders_test

import (
	"bytes"
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// mixedOrders are orders in which every column has equal, absent and Turkish values, in every stage.
func mixedOrders(t *testing.T, c *sqlitetest.Company) []orders.Kept {
	t.Helper()
	r := rand.New(rand.NewPCG(5, 6))
	pick := func(values ...string) string { return values[r.IntN(len(values))] }
	var list []orders.Order
	for i := range 60 {
		o := sqlitetest.Sold(fmt.Sprint(i), orders.Line{Name: pick("Çay", "Bal", "ışıklı BAL", "İğne")})
		o.Marketplace, o.Number = pick("trendyol", "çiçek", "cicek", "n11"), pick("2", "10", "A-1", "İ-1", "I-1", "ç")
		o.OrderedAt = []time.Time{{}, domaintest.Moment, domaintest.Moment.AddDate(0, 0, 1), domaintest.Moment.Add(time.Millisecond)}[r.IntN(4)]
		o.Buyer = orders.Buyer{Type: orders.BuyerPerson, First: pick("Işıl", "isil", "Çınar", "Cem", "Öz"), Last: pick("Ak", "Ağ", "")}
		if r.IntN(3) == 0 {
			o.Buyer.Type, o.Buyer.Name, o.Buyer.TaxNumber = orders.BuyerCompany, pick("Şişe A.Ş.", "Sise Ltd"), "1234567890"
		}
		o.Lines[0].Unit = decimal.RequireFromString(pick("9.90", "9.9", "10", "100", "2"))
		list = append(list, o)
	}
	sqlitetest.Take(t, c, list...)
	verdicts := map[int64]orders.Verdict{}
	for i, o := range list {
		id := int64(i + 1)
		verdicts[id] = orders.Verdict{Stage: []orders.Stage{orders.StageReady, orders.StageHeld, orders.StageInvoiced}[i%3], Total: o.Total()}
		switch i % 7 {
		case 1:
			sqlitetest.Must(t, c.SaveSaid(t.Context(), id, orders.Said{Never: true, Buyer: orders.Buyer{Last: "Yıldız"}}))
		case 2, 3:
			rec := sqlitetest.Attempted(t, c, o.Key(), []invoicing.AttemptState{invoicing.AttemptIssued, invoicing.AttemptDrafted, invoicing.AttemptUnknown, invoicing.AttemptLost}[r.IntN(4)])
			rec.Number = fmt.Sprint("İNV", i)
			sqlitetest.Ok1[invoicing.Record](t)(c.SaveRecord(t.Context(), rec))
		case 4:
			rec := sqlitetest.Attempted(t, c, o.Key(), invoicing.AttemptIssued)
			sqlitetest.Ok1[invoicing.Task](t)(c.SaveTask(t.Context(), invoicing.Task{Record: rec, Return: "R", What: invoicing.TaskReturned}))
		}
	}
	sqlitetest.Must(t, c.SaveVerdicts(t.Context(), verdicts))
	all := make([]orders.Kept, len(list))
	for i, o := range list {
		all[i] = kept(t, c, o.Key())
	}
	return all
}

func keysOf(list []orders.Kept) (all []orders.Key) {
	for i := range list {
		all = append(all, list[i].Key())
	}
	return all
}

func buyerOf(k *orders.Kept) string {
	standing := k.Standing()
	if standing.Buyer.Name != "" {
		return standing.Buyer.Name
	}
	return strings.TrimSpace(standing.Buyer.First + " " + standing.Buyer.Last)
}

func TestListOrders_sortsAsPeopleDoPageByPage(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	all := mixedOrders(t, c)
	turkish := func(text func(k *orders.Kept) string) func(a, b *orders.Kept) int {
		return func(a, b *orders.Kept) int { return bytes.Compare(domain.SortKey(text(a)), domain.SortKey(text(b))) }
	}
	for by, order := range map[orders.Sort]func(a, b *orders.Kept) int{
		orders.SortByAge:         func(_, _ *orders.Kept) int { return 0 },
		orders.SortByMarketplace: turkish(func(k *orders.Kept) string { return k.Marketplace }),
		orders.SortByNumber:      turkish(func(k *orders.Kept) string { return k.Number }),
		orders.SortByOrdered:     func(a, b *orders.Kept) int { return a.OrderedAt.Compare(b.OrderedAt) },
		orders.SortByBuyer:       turkish(buyerOf),
		orders.SortByTotal:       func(a, b *orders.Kept) int { return a.Verdict.Total.Cmp(b.Verdict.Total) },
		orders.SortByStage: func(a, b *orders.Kept) int {
			return slices.Index(orders.Stages(), a.Verdict.Stage) - slices.Index(orders.Stages(), b.Verdict.Stage)
		},
	} {
		for _, desc := range []bool{false, true} {
			want := slices.Clone(all)
			slices.SortFunc(want, func(a, b orders.Kept) int {
				n := cmp.Or(order(&a, &b), cmp.Compare(a.ID, b.ID))
				if desc {
					n = -n
				}
				if by == orders.SortByOrdered && a.OrderedAt.IsZero() != b.OrderedAt.IsZero() { // what is absent comes last
					return map[bool]int{true: 1, false: -1}[a.OrderedAt.IsZero()]
				}
				return n
			})
			var got []orders.Kept
			for len(got) < len(all) {
				page, total, err := c.ListOrders(t.Context(), orders.Query{Sort: by, Desc: desc, Limit: 7, Offset: len(got)})
				if err != nil || total != len(all) || len(page) != min(7, len(all)-len(got)) {
					t.Fatal(len(page), total, err)
				}
				got = append(got, page...)
			}
			if !slices.Equal(keysOf(got), keysOf(want)) {
				t.Errorf("by %q, desc %v:\n%v, want\n%v", by, desc, keysOf(got), keysOf(want))
			}
			var each []orders.Kept
			for k, err := range c.EachOrder(t.Context(), orders.Query{Sort: by, Desc: desc, Limit: 1, Offset: 3}) {
				sqlitetest.Must(t, err)
				each = append(each, k)
			}
			sqlitetest.WantSame(t, "each", each, got, "Said")
		}
	}
}

func TestListOrders_findsByStageMarketplaceAndWords(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	all := mixedOrders(t, c)
	has := func(k *orders.Kept, word string) bool {
		standing := k.Standing()
		text := []string{k.Marketplace, k.Package, k.Number, standing.Buyer.First + " " + standing.Buyer.Last, standing.Buyer.Name, standing.Buyer.TaxNumber, standing.Lines[0].Name, k.Verdict.Invoice}
		return slices.ContainsFunc(text, func(s string) bool { return strings.Contains(domain.Fold(s), domain.Fold(word)) })
	}
	for _, q := range []orders.Query{
		{},
		{Stage: orders.StageReady},
		{Stage: orders.StageHeld},
		{Stage: orders.StageInvoiced},
		{Stage: orders.StageTask},
		{Stage: orders.StageNever},
		{Marketplace: "çiçek"},
		{Marketplace: "CICEK"},
		{Marketplace: "n11", Stage: orders.StageHeld},
		{Search: "ISIK"},
		{Search: "bal ıŞıl"},
		{Search: "inv9"},
		{Search: "sise a"},
		{Search: "1234567890"},
		{Search: "yildiz", Stage: orders.StageNever},
		{Search: "yok"},
		{Search: "trendyol 3"},
		{Search: "ak\nbal"},
		{Search: "  "},
	} {
		var want []orders.Kept
		for _, k := range all {
			if (q.Stage == "" || q.Stage == k.Verdict.Stage) && (q.Marketplace == "" || q.Marketplace == k.Marketplace) &&
				!slices.ContainsFunc(strings.Fields(q.Search), func(w string) bool { return !has(&k, w) }) {
				want = append(want, k)
			}
		}
		got, total, err := c.ListOrders(t.Context(), q)
		if err != nil || total != len(want) || !slices.Equal(keysOf(got), keysOf(want)) {
			t.Errorf("%+v: %d %v, %v, want %v", q, total, keysOf(got), err, keysOf(want))
		}
		sqlitetest.WantSame(t, fmt.Sprintf("%+v", q), got, want)
		q.Limit, q.Offset = 2, 1
		page, total, err := c.ListOrders(t.Context(), q)
		if err != nil || total != len(want) || !slices.Equal(keysOf(page), keysOf(want)[min(1, len(want)):min(3, len(want))]) {
			t.Errorf("%+v: %v of %d, %v", q, keysOf(page), total, err)
		}
	}
	counted := map[orders.Stage]int{}
	for _, k := range all {
		counted[k.Verdict.Stage]++
	}
	stages, err := c.OrderStages(t.Context())
	if err != nil || len(counted) != len(orders.Stages()) || fmt.Sprint(stages) != fmt.Sprint(counted) {
		t.Errorf("%v, %v, want %v", stages, err, counted)
	}
	if got := sqlitetest.Ok1[[]string](t)(c.OrderMarketplaces(t.Context())); !slices.Equal(got, []string{"cicek", "çiçek", "n11", "trendyol"}) {
		t.Errorf("%q", got)
	}
}

// Whoever wants no more orders gets none, and all is one snapshot over many of them.
func TestEachOrder_isOneSnapshotOfAllOrders(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	var list []orders.Order
	for i := range 1201 {
		list = append(list, sqlitetest.Sold(fmt.Sprint(i), orders.Line{Name: "Çay"}))
	}
	sqlitetest.Take(t, c, list...)
	n := 0
	for k, err := range c.EachOrder(t.Context(), orders.Query{}) {
		sqlitetest.Must(t, err)
		if n++; k.ID != int64(n) {
			t.Fatalf("%d is %d", n, k.ID)
		}
		if n == 1 {
			sqlitetest.Take(t, c, sqlitetest.Sold("new", orders.Line{Name: "Çay"}))
		}
	}
	if n != 1201 {
		t.Errorf("%d orders", n)
	}
	n = 0
	for _, err := range c.EachOrder(t.Context(), orders.Query{}) {
		sqlitetest.Must(t, err)
		if n++; n == 700 {
			break
		}
	}
	if n != 700 {
		t.Errorf("%d orders", n)
	}
}

func TestUninvoiced_areThoseWithoutAnInvoiceTheOldestFirst(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	all := mixedOrders(t, c)
	var want []orders.Kept
	for _, k := range all {
		if s := k.Verdict.Stage; s != orders.StageInvoiced && s != orders.StageTask && s != orders.StageNever {
			want = append(want, k)
		}
	}
	slices.SortStableFunc(want, func(a, b orders.Kept) int {
		if a.OrderedAt.IsZero() || b.OrderedAt.IsZero() {
			return b.OrderedAt.Compare(a.OrderedAt)
		}
		return a.OrderedAt.Compare(b.OrderedAt)
	})
	slices.SortStableFunc(want, func(a, b orders.Kept) int {
		return map[bool]int{true: 1}[a.OrderedAt.IsZero()] - map[bool]int{true: 1}[b.OrderedAt.IsZero()]
	})
	got := sqlitetest.Ok1[[]orders.Kept](t)(c.Uninvoiced(t.Context()))
	sqlitetest.WantSame(t, "all", got, want)
	some := sqlitetest.Ok1[[]orders.Kept](t)(c.Uninvoiced(t.Context(), append(keysOf(all[:9]), orders.Key{Marketplace: all[0].Marketplace, Package: "x"})...))
	want = slices.DeleteFunc(want, func(k orders.Kept) bool { return k.ID > 9 })
	sqlitetest.WantSame(t, "those of keys", some, want)
	if len(want) == 0 || len(want) == 9 {
		t.Errorf("%d", len(want))
	}
}

// TestListOrders_findsWhatHasChangedSince: what a list was searched by is kept in memory, but not for longer than it holds.
func TestListOrders_findsWhatHasChangedSince(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	first := sqlitetest.Sold("1", orders.Line{Name: "Çay"})
	sqlitetest.Take(t, c, first, sqlitetest.Sold("2", orders.Line{Name: "Işık"}))
	want := func(search string, want ...string) {
		t.Helper()
		for _, by := range []orders.Sort{orders.SortByAge, orders.SortByBuyer, orders.SortByStage} {
			list, total, err := c.ListOrders(t.Context(), orders.Query{Search: search, Sort: by, Limit: 9})
			sqlitetest.Must(t, err)
			var got []string
			for _, k := range list {
				got = append(got, k.Package)
			}
			slices.Sort(got)
			if !slices.Equal(got, want) || total != len(want) {
				t.Errorf("%q by %q: %q of %d, want %q", search, by, got, total, want)
			}
		}
	}
	want("çay", "1")
	want("inv7")
	rec := sqlitetest.Attempted(t, c, first.Key(), invoicing.AttemptIssued)
	rec.Number = "İNV7"
	sqlitetest.Ok1[invoicing.Record](t)(c.SaveRecord(t.Context(), rec))
	want("inv7", "1")
	sqlitetest.Must(t, c.SaveSaid(t.Context(), 2, orders.Said{Buyer: orders.Buyer{Last: "Yıldız"}}))
	want("yildiz", "2")
	sqlitetest.Take(t, c, sqlitetest.Sold("3", orders.Line{Name: "Çay tabağı"}))
	want("çay", "1", "3")
}
