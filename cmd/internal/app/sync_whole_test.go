package app_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/storage/files"
	"github.com/sopyo/sopyo-desktop/storage/files/mapping"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// shop is the whole of a shop whose products stand on both sides, in the words of this test: what is
// expected of it is calculated here, plainly, and held against what the program has made.
type shop struct {
	t      *testing.T
	server *sandbox.Server
	*machine
	random *rand.Rand
	goods  map[string]*good // by code
	codes  []string         // shuffled
}

// good is one product: amounts in kuruş and pieces, as both sides have them.
type good struct {
	ours, theirs   amounts
	base           amounts
	gone, inDollar bool
}

type amounts struct{ price, stock int64 }

// wholeNumber is how many products the shop has: as many as the public list of barcodes when the torture asks for
// it, a tenth of them otherwise.
func wholeNumber() int {
	if n, err := strconv.Atoi(os.Getenv("SYNC_PRODUCTS")); err == nil {
		return n
	}
	return 3_876
}

// openShop opens a shop of n products at a stand-in that change makes differ from the usual one.
func openShop(t *testing.T, n int, seed uint64, change ...func(*sandbox.Options)) *shop {
	t.Helper()
	s := &shop{t: t, random: rand.New(rand.NewPCG(seed, 11)), goods: map[string]*good{}}
	products, seen := listed(t, n), map[string]bool{}
	for i := range products {
		p := &products[i]
		a := amounts{price: 500 + s.random.Int64N(200_000), stock: 5 + s.random.Int64N(200)}
		p.ID, p.Code, p.Type, p.Currency = int64(1001+i), fmt.Sprintf("URN-%05d", i+1), sandbox.TypeProduct, "TL"
		p.Price, p.Stock, p.VATRate = kurus(a.price), whole(a.stock), whole(20)
		key, class := domain.Barcode(p.Barcode).Key()
		if seen[key] || class == domain.BarcodeRestricted { // of which no product is made by itself
			p.Barcode = ""
		}
		seen[key] = true
		p.ModifiedAt = time.Date(2026, 5, 1, 9, 0, 0, 0, time.UTC)
		s.goods[p.Code] = &good{ours: a, theirs: a, base: a}
	}
	o := sandbox.Options{Products: products, AllowStock: true, Plain: true}
	for _, c := range change {
		c(&o)
	}
	var err error
	if s.server, err = sandbox.New(o); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.server.Close() })
	s.machine = newMachine(t, s.server)
	if answer, err := s.c.ProbeStock(t.Context()); err != nil || answer != domain.AbilityAllowed {
		t.Fatal(answer, err)
	}
	s.codes = slices.Sorted(maps.Keys(s.goods))
	s.random.Shuffle(len(s.codes), func(i, j int) { s.codes[i], s.codes[j] = s.codes[j], s.codes[i] })
	return s
}

// listed are n products with the names and barcodes of the public list, or with made ones where it is not here.
func listed(t *testing.T, n int) []sandbox.Product {
	t.Helper()
	for _, dir := range []string{os.Getenv("SOPYO_TESTDATA"), "../../../../shared/data"} {
		path := filepath.Join(dir, "netdata-barkod", "urunler.xlsx")
		if _, err := os.Stat(path); dir == "" || err != nil {
			continue
		}
		f, err := files.Open(t.Context(), path, listing.Reading{})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = f.Close() }()
		var products []sandbox.Product
		for row, err := range files.Products(f, mapping.Of(f.Header())) {
			if err != nil {
				t.Fatal(err)
			}
			products = append(products, sandbox.Product{Name: row.Product.Name, Barcode: string(row.Product.Barcode)})
			if len(products) == n {
				return products
			}
		}
	}
	products := make([]sandbox.Product, n)
	for i := range products {
		products[i].Name = fmt.Sprintf("Ürün %d", i+1)
	}
	return products
}

func kurus(n int64) decimal.NullDecimal { return decimal.NewNullDecimal(decimal.New(n, -2)) }
func whole(n int64) decimal.NullDecimal { return decimal.NewNullDecimal(decimal.NewFromInt(n)) }

// take gives the next n products that nothing was done to yet.
func (s *shop) take(n int) []string {
	s.t.Helper()
	if n > len(s.codes) {
		s.t.Fatal("the shop is too small")
	}
	taken := s.codes[:n]
	s.codes = s.codes[n:]
	return taken
}

// other is another price, no further away than a person may change it at once.
func (s *shop) other(price int64) int64 {
	for {
		if p := price * (60 + s.random.Int64N(80)) / 100; p != price && p > 0 {
			return p
		}
	}
}

// change changes what is asked for on both sides, and notes it.
func (s *shop) change(ours, theirs map[string]func(*amounts)) {
	s.t.Helper()
	ctx := s.t.Context()
	products, _, err := s.c.Products(ctx, domain.ProductQuery{})
	if err != nil {
		s.t.Fatal(err)
	}
	var edited []domain.Product
	for _, p := range products {
		if f := ours[string(p.Code)]; f != nil {
			g := s.goods[string(p.Code)]
			f(&g.ours)
			p.Price, p.Stock = kurus(g.ours.price), whole(g.ours.stock)
			edited = append(edited, p)
		}
	}
	if _, err := s.c.SaveProducts(ctx, edited...); err != nil {
		s.t.Fatal(err)
	}
	s.server.Edit(func(products []sandbox.Product) []sandbox.Product {
		kept := products[:0]
		for _, p := range products {
			g := s.goods[p.Code]
			if f := theirs[p.Code]; f != nil {
				f(&g.theirs)
				// without a date of the change: the whole list is read each time
				p.Price, p.Stock = kurus(g.theirs.price), whole(g.theirs.stock)
			}
			if g.inDollar {
				p.Currency = "USD"
			}
			if !g.gone {
				kept = append(kept, p)
			}
		}
		return kept
	})
}

// expect says what a sync makes of the goods, by the table of orders-invoices.md §8: İşbaşı owns, both ways are on.
func (s *shop) expect() (pulled, pushed struct{ prices, stocks int }, conflicts int) {
	for _, g := range s.goods {
		if g.gone {
			continue
		}
		if !g.inDollar {
			switch {
			case g.ours.price == g.theirs.price:
			case g.ours.price == g.base.price:
				g.ours.price = g.theirs.price
				pulled.prices++
			case g.theirs.price == g.base.price:
				g.theirs.price = g.ours.price
				pushed.prices++
			default:
				g.ours.price = g.theirs.price
				pulled.prices++
				conflicts++
			}
			g.base.price = g.theirs.price
		}
		switch {
		case g.ours.stock == g.theirs.stock:
		case g.ours.stock == g.base.stock:
			g.ours.stock = g.theirs.stock
			pulled.stocks++
		case g.theirs.stock == g.base.stock:
			g.theirs.stock = g.ours.stock
			pushed.stocks++
		default:
			g.ours.stock = g.theirs.stock
			pulled.stocks++
			conflicts++
		}
		g.base.stock = g.theirs.stock
	}
	return pulled, pushed, conflicts
}

// compare holds the goods against what stands on both sides, row by row.
func (s *shop) compare() {
	s.t.Helper()
	products, n, err := s.c.Products(s.t.Context(), domain.ProductQuery{})
	if err != nil || n != len(s.goods) {
		s.t.Fatal(n, err)
	}
	for _, p := range products {
		if g := s.goods[string(p.Code)]; !p.Price.Decimal.Equal(kurus(g.ours.price).Decimal) || !p.Stock.Decimal.Equal(whole(g.ours.stock).Decimal) {
			s.t.Errorf("%s: the catalogue has %s and %s, want %d kuruş and %d", p.Code, p.Price.Decimal, p.Stock.Decimal, g.ours.price, g.ours.stock)
		}
	}
	for _, p := range s.server.Products() {
		g := s.goods[p.Code]
		if !p.Price.Decimal.Equal(kurus(g.theirs.price).Decimal) || !p.Stock.Decimal.Equal(whole(g.theirs.stock).Decimal) {
			s.t.Errorf("%s: İşbaşı has %s and %s, want %d kuruş and %d", p.Code, p.Price.Decimal, p.Stock.Decimal, g.theirs.price, g.theirs.stock)
		}
	}
}

// The whole shop at once: changes on each side, in both, deleted and dollar products.
func TestSync_movesAWholeShopAsTheTableSays(t *testing.T) {
	n := wholeNumber()
	part := max(1, 38_760/n) // of the numbers of changes
	s := openShop(t, n, 7)
	first := synced(t, s.c, sync.Request{Occasion: sync.OccasionPerson})
	if first.Unchanged != 2*n || first.Moved.Any() {
		t.Fatalf("right after the import: %+v", first)
	}
	ours, theirs := map[string]func(*amounts){}, map[string]func(*amounts){}
	reprice := func(a *amounts) { a.price = s.other(a.price) }
	restock := func(a *amounts) { a.stock += 1 + s.random.Int64N(20) }
	for _, code := range s.take(500 / part) {
		ours[code] = reprice
	}
	for _, code := range s.take(300 / part) {
		ours[code] = restock
	}
	for _, code := range s.take(500 / part) {
		theirs[code] = reprice
	}
	for _, code := range s.take(300 / part) {
		theirs[code] = restock
	}
	for i, code := range s.take(40 / part) {
		ours[code], theirs[code] = reprice, reprice
		if i%2 == 1 {
			ours[code], theirs[code] = restock, restock
		}
	}
	gone := s.take(10)
	for _, code := range gone {
		s.goods[code].gone = true
	}
	for i, code := range s.take(5) {
		s.goods[code].inDollar = true
		if i < 2 {
			theirs[code] = func(a *amounts) { reprice(a); restock(a) }
		}
	}
	s.change(ours, theirs)
	pulled, pushed, conflicts := s.expect()
	s.server.ForgetLog()
	run := synced(t, s.c, sync.Request{Occasion: sync.OccasionPerson})
	s.compare()
	if m := (sync.Moved{PulledStock: pulled.stocks, PulledPrice: pulled.prices, PushedStock: pushed.stocks, PushedPrice: pushed.prices}); run.Moved != m {
		t.Errorf("moved %+v, want %+v", run.Moved, m)
	}
	if run.Conflicts != conflicts || run.Held != 2*len(gone) || run.Counters.Failed != 0 {
		t.Errorf("%d conflicts (want %d), %d held, %d failed", run.Conflicts, conflicts, run.Held, run.Counters.Failed)
	}
	pages := (n - len(gone) + 99) / 100
	reads, writes := s.server.Spent(sandbox.CostRead), s.server.Spent(sandbox.CostWrite)
	if wantReads, wantWrites := pages+len(gone)+pushed.prices, pushed.prices+pushed.stocks; reads != wantReads || writes != wantWrites {
		t.Errorf("%d reads and %d writes, want %d and %d", reads, writes, wantReads, wantWrites)
	}
	t.Logf("%d products: %+v, %d conflicts, %d held, %d reads, %d writes", n, run.Moved, run.Conflicts, run.Held, reads, writes)
	s.waits(gone)

	s.server.ForgetLog()
	again := synced(t, s.c, sync.Request{Occasion: sync.OccasionPerson})
	s.compare()
	if reads, writes := s.server.Spent(sandbox.CostRead), s.server.Spent(sandbox.CostWrite); reads != pages || writes != 0 || again.Moved.Any() {
		t.Errorf("the second run: %d reads (want %d), %d writes, %+v", reads, pages, writes, again.Moved)
	}
	s.waits(gone)
}

// waits holds the list of what waits for a person against the products that are gone: price and stock of each.
func (s *shop) waits(gone []string) {
	s.t.Helper()
	open, total, err := s.c.OpenFields(s.t.Context(), sync.OpenQuery{Sort: sync.OpenByCode})
	if err != nil || total != len(open) {
		s.t.Fatal(total, err)
	}
	var got, want []string
	for _, o := range open {
		got = append(got, fmt.Sprintf("%s %s %s %s", o.Code, o.Field, o.Action, o.Why))
	}
	for _, code := range slices.Sorted(slices.Values(gone)) {
		want = append(want, code+" price held gone", code+" stock held gone")
	}
	slices.Sort(got)
	if !slices.Equal(got, want) {
		s.t.Errorf("what waits: %v, want %v", got, want)
	}
}
