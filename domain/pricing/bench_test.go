package pricing

import (
	"runtime"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// BenchmarkPricer computes 100,000 products at 10 marketplaces, each with a rule of its own, and in the
// same run the bare arithmetic of the same rules in a plain loop over decimals: "ratio" is what steps,
// guards and checks cost on top.
func BenchmarkPricer(b *testing.B) {
	const products, marketplaces = 100_000, 10
	names := make([]MarketplaceID, marketplaces)
	rules := Rules{PerMarketplace: true, Each: map[MarketplaceID]Rule{}, Version: 1}
	for i := range names {
		names[i] = MarketplaceID(rune('a' + i))
		rules.Each[names[i]] = Rule{Direction: Increase, Kind: Percent, Amount: decimal.New(int64(100+i), -1), Extra: decimal.New(20, 0)}
	}
	pricer := Pricer{Rules: rules, Day: "2026-11-23", Currency: domain.TRY}
	bases := make([]domain.Product, products)
	for i := range bases {
		bases[i].Price = decimal.NewNullDecimal(decimal.New(int64(999+i*7), -2))
	}
	b.ReportAllocs()
	var pricing, plain time.Duration
	for b.Loop() {
		from := b.Elapsed()
		sum := decimal.Zero
		for i := range bases {
			for _, m := range names {
				o := pricer.Offer(bases[i], Guards{}, m, decimal.NullDecimal{})
				sum = sum.Add(o.Price.Decimal)
			}
		}
		between := b.Elapsed()
		want := decimal.Zero
		for i := range bases {
			for _, m := range names {
				want = want.Add(plainPrice(bases[i].Price.Decimal, rules.Each[m]))
			}
		}
		pricing += between - from
		plain += b.Elapsed() - between
		if !sum.Equal(want) {
			b.Fatalf("the prices add up to %v, in a plain loop to %v", sum, want)
		}
	}
	b.ReportMetric(float64(pricing.Milliseconds())/float64(b.N), "pricing-ms")
	b.ReportMetric(float64(plain.Milliseconds())/float64(b.N), "plain-ms")
	b.ReportMetric(float64(pricing)/float64(plain), "ratio")
}

// BenchmarkLaboratory tries changed rules out on 100,000 products at 10 marketplaces of their own, old price
// and new one, and holds every price to a plain loop over decimals in the same run: "ratio" is that of the
// times, "kept-MB" what the laboratory still holds when it is done.
func BenchmarkLaboratory(b *testing.B) {
	const products, marketplaces = 100_000, 10
	draft, saved := Rules{PerMarketplace: true, Each: map[MarketplaceID]Rule{}}, Rules{PerMarketplace: true, Each: map[MarketplaceID]Rule{}}
	names := make([]MarketplaceID, marketplaces)
	for i := range names {
		names[i] = MarketplaceID(rune('a' + i))
		saved.Each[names[i]] = Rule{Direction: Increase, Kind: Percent, Amount: decimal.New(int64(100+i), -1), Extra: decimal.New(20, 0)}
		draft.Each[names[i]] = Rule{Direction: Increase, Kind: Percent, Amount: decimal.New(int64(150+i), -1), Extra: decimal.New(15, 0)}
	}
	stock := func(i int) Stock {
		return Stock{Product: domain.Product{ID: domain.ProductID(i + 1), Price: decimal.NewNullDecimal(decimal.New(int64(999+i*7), -2))}}
	}
	b.ReportAllocs()
	var trying, plain time.Duration
	var kept uint64
	for b.Loop() {
		before := heap()
		from := b.Elapsed()
		l := NewLaboratory(Pricer{Rules: draft, Currency: domain.TRY}, Pricer{Rules: saved, Currency: domain.TRY}, NewAlike(draft, saved, names).Groups())
		for i := range products {
			l.Add(stock(i))
		}
		between := b.Elapsed()
		want := make([][2]int64, 0, products*marketplaces)
		for i := range products {
			base := decimal.New(int64(999+i*7), -2)
			for _, m := range names {
				want = append(want, [2]int64{
					plainPrice(base, saved.Each[m]).Shift(2).IntPart(), plainPrice(base, draft.Each[m]).Shift(2).IntPart(),
				})
			}
		}
		trying += between - from
		plain += b.Elapsed() - between
		trials, total, err := l.Find(TrialQuery{}, nil)
		if err != nil || total != len(want) {
			b.Fatal(total, err)
		}
		for i, t := range trials {
			if t.Old != want[i][0] || t.New != want[i][1] {
				b.Fatalf("price %d: %+v, in a plain loop %v", i, t, want[i])
			}
		}
		kept = max(kept, heap()-before)
		if l.Products() != products { // it is alive till here
			b.Fatal(l.Products())
		}
	}
	b.ReportMetric(float64(trying.Milliseconds())/float64(b.N), "trying-ms")
	b.ReportMetric(float64(plain.Milliseconds())/float64(b.N), "plain-ms")
	b.ReportMetric(float64(trying)/float64(plain), "ratio")
	b.ReportMetric(float64(kept)/(1<<20), "kept-MB")
}

// heap is what is in use after a collection.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// plainPrice is the arithmetic of an increase by percent, and nothing else.
func plainPrice(base decimal.Decimal, r Rule) decimal.Decimal {
	p := base.Add(base.Mul(r.Amount).Shift(-2)).Add(r.Extra)
	return p.Add(decimal.New(5, -3)).RoundFloor(2)
}

// TestPricer_isThePlainLoop holds the pricer to the plain arithmetic, product by product.
func TestPricer_isThePlainLoop(t *testing.T) {
	t.Parallel()
	rule := Rule{Direction: Increase, Kind: Percent, Amount: dec("12.5"), Extra: dec("20")}
	pricer := Pricer{Rules: Rules{Global: &rule}, Currency: domain.TRY}
	for i := range int64(5_000) {
		base := decimal.New(1+i*37, -4)
		o := pricer.Offer(domain.Product{Price: decimal.NewNullDecimal(base)}, Guards{}, "x", decimal.NullDecimal{})
		if want := plainPrice(base, rule); !o.Price.Decimal.Equal(want) {
			t.Fatalf("%v costs %v, want %v", base, o.Price, want)
		}
	}
}
