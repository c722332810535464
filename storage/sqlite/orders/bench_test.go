package orders_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// BenchmarkOrders carries 10,000 orders of two lines each, a tenth of them invoiced, through the store, beside a catalogue of
// 38,760 products that İşbaşı's list was read of: taken, taken again, judged, listed, and the products of their lines found.
func BenchmarkOrders(b *testing.B) {
	const count, products = 10000, 38760
	for b.Loop() {
		c, err := sqlitetest.OpenCompany(b.Context(), b.TempDir()+"/company.db")
		sqlitetest.Must(b, err)
		remotes, locals := sqlitetest.Remotes(products), make([]domain.Product, products)
		for i, r := range remotes {
			locals[i] = domain.Product{Code: r.Code, Name: r.Name, Price: r.Price, Barcode: domain.Barcode(domaintest.GTIN13(i))}
		}
		sqlitetest.Fill(b, c, locals)
		locals, _, err = c.Products(b.Context(), domain.ProductQuery{})
		sqlitetest.Must(b, err)
		sqlitetest.Bind(b, c, locals...)
		sqlitetest.Swept(b, c, remotes)
		list := make([]orders.Order, count)
		for i := range list {
			o := sqlitetest.Sold(fmt.Sprint(i), orders.Line{Name: "Ürün", Barcode: domaintest.GTIN13(i)})
			o.Lines = append(o.Lines, orders.Line{Name: "Öbür ürün", Code: fmt.Sprintf("kod-%05d", 2*i+1), Kind: orders.LineGoods, Quantity: decimal.NewFromInt(2), Unit: decimal.NewFromInt(5)})
			o.OrderedAt, o.Buyer.Address = o.OrderedAt.Add(time.Duration(i)*time.Minute), "Çınar sokak 17"
			list[i] = o
		}
		measure := func(what string, work func() error) {
			b.Helper()
			from := time.Now()
			sqlitetest.Must(b, work())
			b.ReportMetric(float64(time.Since(from).Milliseconds()), what)
		}
		take := func() error {
			return sqlitetest.ErrOf2(c.TakeOrders(b.Context(), orders.SourceFile, "a", list))
		}
		measure("take-ms", take)
		for i := 0; i < count; i += 10 {
			sqlitetest.Attempted(b, c, list[i].Key(), invoicing.AttemptIssued)
		}
		measure("take-again-ms", take)
		verdicts := map[int64]orders.Verdict{}
		measure("uninvoiced-ms", func() error {
			all, err := c.Uninvoiced(b.Context())
			for _, k := range all {
				if len(k.Products) != 2 || k.Products[0].Code == "" || k.Products[1].ID == 0 {
					b.Fatalf("%+v", k.Products)
				}
				verdicts[k.ID] = orders.Verdict{Stage: orders.StageReady, Total: k.Total(), At: domaintest.Moment}
			}
			return err
		})
		some := make([]orders.Key, 2000)
		for i := range some {
			some[i] = list[i].Key()
		}
		measure("uninvoiced-2000-ms", func() error { return sqlitetest.ErrOf2(c.Uninvoiced(b.Context(), some...)) })
		measure("verdicts-ms", func() error { return c.SaveVerdicts(b.Context(), verdicts) })
		measure("order-ms", func() error { return sqlitetest.ErrOf2(c.Order(b.Context(), list[77].Key())) })
		for what, q := range map[string]orders.Query{
			"page-ms": {Limit: 50}, "sorted-ms": {Sort: orders.SortByBuyer, Limit: 50, Offset: 5000}, "stage-ms": {Stage: orders.StageReady, Sort: orders.SortByStage, Limit: 50},
			"search-ms": {Search: "isik 77", Limit: 50},
		} {
			measure(what, func() error { return sqlitetest.ErrOf3(c.ListOrders(b.Context(), q)) })
		}
		measure("stages-ms", func() error { return sqlitetest.ErrOf2(c.OrderStages(b.Context())) })
		measure("open-ms", func() error { return sqlitetest.ErrOf2(c.OpenQuantities(b.Context())) })
		measure("each-ms", func() error { return sqlitetest.Walked(c.EachOrder(b.Context(), orders.Query{})) })
		sqlitetest.Must(b, c.Close())
	}
}

// BenchmarkSearch types into the search of the orders, a tenth of them invoiced, and tells for each column the letter that takes
// longest, first page and count; "first" is the first letter of all, "list" the first list by the column.
func BenchmarkSearch(b *testing.B) {
	for _, count := range []int{5_000, 100_000} {
		b.Run(fmt.Sprint(count), func(b *testing.B) { benchSearch(b, count) })
	}
}

func benchSearch(b *testing.B, count int) {
	c, err := sqlitetest.OpenCompany(b.Context(), b.TempDir()+"/company.db")
	sqlitetest.Must(b, err)
	names, cities := []string{"Ayşe", "Şükrü", "Işıl", "Gökçe", "İbrahim", "Çağla"}, []string{"Yılmaz", "Öztürk", "Güneş", "Ağaoğlu", "Işık"}
	list := make([]orders.Order, count)
	for i := range list {
		o := sqlitetest.Sold(fmt.Sprint(1_000_000+i), orders.Line{Name: fmt.Sprintf("Zeytin %d gr", i%977), Barcode: domaintest.GTIN13(i)})
		o.Lines = append(o.Lines, orders.Line{Name: "Öbür ürün", Code: fmt.Sprintf("kod-%05d", i), Kind: orders.LineGoods, Quantity: decimal.NewFromInt(2), Unit: decimal.NewFromInt(int64(i % 131))})
		o.Number, o.OrderedAt, o.Buyer.Address = fmt.Sprint("TY", 7*i), o.OrderedAt.Add(time.Duration(i)*time.Minute), "Çınar sokak 17"
		o.Buyer.First, o.Buyer.Last = names[i*5%len(names)], cities[i*3%len(cities)]
		list[i] = o
	}
	for some := range slices.Chunk(list, 5_000) {
		sqlitetest.Must(b, sqlitetest.ErrOf2(c.TakeOrders(b.Context(), orders.SourceFile, "a", some)))
	}
	for i := 0; i < count; i += 100 {
		sqlitetest.Attempted(b, c, list[i].Key(), invoicing.AttemptIssued)
	}
	var typed []string
	for _, line := range []string{"zeytin 12", "TY3507", "yok böyle", "ışık 7", "00000000", "a e"} {
		letters := []rune(line)
		for i := range letters {
			typed = append(typed, string(letters[:i+1]))
		}
	}
	for b.Loop() {
		for n, sort := range []orders.Sort{
			"", orders.SortByMarketplace, orders.SortByNumber, orders.SortByOrdered, orders.SortByBuyer, orders.SortByTotal, orders.SortByStage,
		} {
			ask := func(search string, desc bool) time.Duration {
				from := time.Now()
				sqlitetest.Must(b, sqlitetest.ErrOf3(c.ListOrders(b.Context(), orders.Query{Search: search, Sort: sort, Desc: desc, Limit: 100})))
				return time.Since(from)
			}
			name := string(sort)
			if sort == "" {
				name = "age"
			}
			b.ReportMetric(ask("", false).Seconds()*1000, name+"-list-ms")
			if n == 0 {
				b.ReportMetric(ask("z", false).Seconds()*1000, "first-ms")
			}
			var worst time.Duration
			for _, search := range typed {
				for _, desc := range []bool{false, true} {
					worst = max(worst, min(ask(search, desc), ask(search, desc), ask(search, desc)))
				}
			}
			b.ReportMetric(worst.Seconds()*1000, name+"-worst-ms")
		}
	}
	sqlitetest.Must(b, c.Close())
}
