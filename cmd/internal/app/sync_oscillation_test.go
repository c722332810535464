package app_test

import (
	"errors"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// pair is one field on both sides in the words of this test: kuruş or pieces.
type pair struct{ ours, theirs, base int64 }

// settle is the table of orders-invoices.md §8 for a shop in which everything may flow, and tells whether anything
// is written.
func (p *pair) settle(catalogueOwns bool) (written bool) {
	written = p.ours != p.theirs
	switch oursChanged, theirsChanged := p.ours != p.base, p.theirs != p.base; {
	case oursChanged && (!theirsChanged || catalogueOwns):
		p.theirs = p.ours
	default:
		p.ours = p.theirs
	}
	p.base = p.ours
	return written
}

// script edits two shops that are kept equal, at random.
type script struct {
	*shop
	prices, stocks map[string]*pair
	owners         map[domain.Shared]domain.Owner
}

// TestSync_neverOscillates edits both sides at random while syncs run, ten a script: each leaves what the table says,
// and once nobody edits any more nothing is written, not even where a price comes back with a fraction of a kuruş.
func TestSync_neverOscillates(t *testing.T) {
	scripts, seed := max(2, given(t, "KILLS", tortureKills)/5), given(t, "SEED", 5)
	t.Logf("make torture KILLS=%d SEED=%d", 5*scripts, seed)
	x := &script{shop: openShop(t, 60, uint64(seed)), prices: map[string]*pair{}, stocks: map[string]*pair{}}
	x.random = rand.New(rand.NewPCG(uint64(seed), 13))
	for code, g := range x.goods {
		x.prices[code], x.stocks[code] = &pair{g.base.price, g.base.price, g.base.price}, &pair{g.base.stock, g.base.stock, g.base.stock}
	}
	x.unlimited()
	synced(t, x.c, sync.Request{Occasion: sync.OccasionPerson}) // agrees on what was imported
	settings, err := x.c.SyncSettings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	settings.PriceShare = decimal.NewFromInt(100)
	for n := range scripts {
		for f, bit := range map[domain.Shared]int{domain.SharedPrice: 1, domain.SharedStock: 2} {
			settings.Owner[f] = []domain.Owner{domain.OwnerCatalogue, domain.OwnerBooks}[min(1, n&bit)]
		}
		x.owners = settings.Owner
		if err := x.c.SaveSyncSettings(t.Context(), settings); err != nil {
			t.Fatal(err)
		}
		const sweeps, busy = 10, 6
		for sweep := range sweeps {
			if sweep < busy {
				x.edit()
			}
			x.sweep()
			if t.Failed() {
				t.Fatalf("script %d, sweep %d, owners %v", n, sweep, x.owners)
			}
			x.blur()
		}
	}
}

// edit changes some fields, at times those that were changed last.
func (x *script) edit() {
	x.t.Helper()
	codes := slices.Sorted(maps.Keys(x.goods))
	x.random.Shuffle(len(codes)/2, func(i, j int) { codes[i], codes[j] = codes[j], codes[i] })
	ours, theirs := map[string]func(*amounts){}, map[string]func(*amounts){}
	for _, code := range codes[:len(codes)/3] {
		if x.random.IntN(3) > 0 {
			ours[code] = x.one(x.prices[code], x.stocks[code], func(p *pair) *int64 { return &p.ours })
		}
		if x.random.IntN(3) == 0 {
			theirs[code] = x.one(x.prices[code], x.stocks[code], func(p *pair) *int64 { return &p.theirs })
		}
	}
	x.change(ours, theirs)
}

// one makes an edit of one side of a product: a price that is none of the last, a stock likewise and never sold out.
func (x *script) one(price, stock *pair, side func(*pair) *int64) func(*amounts) {
	what := x.random.IntN(3)
	if what != 0 {
		*side(price) = x.newer(*price, func() int64 { return price.base * (70 + x.random.Int64N(60)) / 100 })
	}
	if what != 1 {
		*side(stock) = x.newer(*stock, func() int64 { return 1 + x.random.Int64N(1_000) })
	}
	return func(a *amounts) { a.price, a.stock = *side(price), *side(stock) }
}

// newer gives a value that neither side has or had when they last agreed.
func (x *script) newer(p pair, propose func() int64) int64 {
	for {
		if v := propose(); v > 0 && v != p.ours && v != p.theirs && v != p.base {
			return v
		}
	}
}

// sweep syncs, and holds what it leaves against the table.
func (x *script) sweep() {
	x.t.Helper()
	written := 0
	for code, g := range x.goods {
		for f, p := range map[domain.Shared]*pair{domain.SharedPrice: x.prices[code], domain.SharedStock: x.stocks[code]} {
			if p.settle(x.owners[f] == domain.OwnerCatalogue) {
				written++
			}
		}
		g.ours = amounts{x.prices[code].ours, x.stocks[code].ours}
		g.theirs = amounts{x.prices[code].theirs, x.stocks[code].theirs}
	}
	mark := x.server.Mark()
	run := synced(x.t, x.c, sync.Request{Occasion: sync.OccasionPerson})
	m := run.Moved
	if got := m.PulledPrice + m.PulledStock + m.PushedPrice + m.PushedStock; got != written || run.Held != 0 || run.Counters.Failed != 0 {
		x.t.Errorf("%d fields were written, want %d: %+v", got, written, run)
	}
	if calls := x.server.Since(mark).Spent(sandbox.CostWrite); calls != m.PushedPrice+m.PushedStock {
		x.t.Errorf("%d writes for %+v", calls, m)
	}
	x.sharpen()
	x.compare()
}

// blur lets İşbaşı give prices back as it does, sharpen takes that back.
func (x *script) blur() {
	x.reprice(func(p decimal.Decimal) decimal.Decimal { return p.Add(decimal.New(4, -8)) })
}

func (x *script) sharpen() {
	x.reprice(func(p decimal.Decimal) decimal.Decimal { return p.Round(2) })
}

func (x *script) reprice(price func(decimal.Decimal) decimal.Decimal) {
	x.server.Edit(func(products []sandbox.Product) []sandbox.Product {
		for i := range products {
			products[i].Price = decimal.NewNullDecimal(price(products[i].Price.Decimal))
		}
		return products
	})
}

// dated makes the stand-in date every change, and filter by it; its clock is ahead of ours, so that a change is later
// than the read before it also where both are within one second.
func dated(o *sandbox.Options) {
	o.ChangeFilter, o.StockChangesDate = true, true
	o.Now = func() time.Time { return time.Now().Add(time.Minute) }
}

// TestSync_comesToRest edits both sides while syncs run, whichever reads the whole list or only what has changed: a few
// syncs later both have the same, and nothing is written any more.
func TestSync_comesToRest(t *testing.T) {
	rounds, seed := max(2, given(t, "KILLS", tortureKills)/10), given(t, "SEED", 6)
	t.Logf("make torture KILLS=%d SEED=%d", 10*rounds, seed)
	for name, change := range map[string]func(*sandbox.Options){"whole list": func(*sandbox.Options) {}, "what has changed": dated} {
		t.Run(name, func(t *testing.T) {
			s := openShop(t, 120, uint64(seed), change)
			s.random = rand.New(rand.NewPCG(uint64(seed), 17))
			s.unlimited()
			synced(t, s.c, sync.Request{Occasion: sync.OccasionPerson}) // agrees on what was imported
			settings, err := s.c.SyncSettings(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			settings.PriceShare, settings.Jump, settings.Zeroed = decimal.NewFromInt(100), decimal.NullDecimal{}, 1_000
			scopes := map[sync.Scope]int{}
			for round := range rounds {
				settings.Owner[domain.SharedPrice] = []domain.Owner{domain.OwnerCatalogue, domain.OwnerBooks}[round/2%2]
				settings.Owner[domain.SharedStock] = []domain.Owner{domain.OwnerCatalogue, domain.OwnerBooks}[round%2]
				if err := s.c.SaveSyncSettings(t.Context(), settings); err != nil {
					t.Fatal(err)
				}
				for range 3 {
					s.whileEdited(func() {
						j, err := s.c.NewSync(t.Context(), sync.Request{Occasion: sync.OccasionPerson})
						if err == nil {
							err = j.Run(t.Context())
						}
						if err != nil && domain.KindOf(err) != domain.KindCount { // the list changed too often: the next reads anew
							t.Fatal(err)
						}
						scopes[j.Sync().Request.Scope]++
					})
				}
				s.rest()
				if t.Failed() {
					t.Fatalf("round %d, owners %v", round, settings.Owner)
				}
			}
			if name == "what has changed" && scopes[sync.ScopeChanged] == 0 {
				t.Errorf("the syncs have read %v", scopes)
			}
		})
	}
}

// whileEdited does work while both sides are edited at random.
func (s *shop) whileEdited(work func()) {
	ended, stop := make(chan struct{}), make(chan struct{})
	defer func() { close(stop); <-ended }()
	go func() {
		defer close(ended)
		pause := time.NewTicker(time.Millisecond)
		defer pause.Stop()
		for {
			select {
			case <-stop:
				return
			case <-pause.C:
				s.editOne()
			}
		}
	}()
	work()
}

// editOne edits a field of a product on one side.
func (s *shop) editOne() {
	code := s.codes[s.random.IntN(len(s.codes))]
	price, stock := kurus(500+s.random.Int64N(200_000)), whole(1+s.random.Int64N(500))
	ours, both := s.random.IntN(2) == 0, s.random.IntN(3)
	if !ours {
		s.server.ChangeProduct(code, func(p *sandbox.Product) {
			if both != 0 {
				p.Price = price
			}
			if both != 1 {
				p.Stock = stock
			}
		})
		return
	}
	products, _, err := s.c.Products(s.t.Context(), domain.ProductQuery{Search: code, Limit: 1})
	if err != nil || len(products) != 1 || string(products[0].Code) != code {
		s.t.Errorf("%s: %v, %v", code, products, err)
		return
	}
	p := products[0]
	if both != 0 {
		p.Price = price
	}
	if both != 1 {
		p.Stock = stock
	}
	var e *domain.Error
	if _, err := s.c.SaveProducts(s.t.Context(), p); err != nil && (!errors.As(err, &e) || e.Field != "revision") { // a pull was faster
		s.t.Error(err)
	}
}

// rest syncs until nothing is written, which has to be soon, and compares both sides.
func (s *shop) rest() {
	s.t.Helper()
	const most = 3
	for sweep := 1; ; sweep++ {
		mark := s.server.Mark()
		run := synced(s.t, s.c, sync.Request{Occasion: sync.OccasionPerson})
		if !run.Moved.Any() && s.server.Since(mark).Spent(sandbox.CostWrite) == 0 {
			if run.Held > 0 || run.Conflicts > 0 {
				open, _, err := s.c.OpenFields(s.t.Context(), sync.OpenQuery{})
				s.t.Errorf("what waits though everything may flow: %+v, %v", open, err)
			}
			break
		}
		if sweep == most {
			s.t.Errorf("sweep %d still wrote %+v", sweep, run.Moved)
			return
		}
	}
	products, _, err := s.c.Products(s.t.Context(), domain.ProductQuery{})
	if err != nil {
		s.t.Fatal(err)
	}
	for _, p := range products {
		theirs, ok := s.server.Product(string(p.Code))
		if !ok || !theirs.Price.Decimal.Equal(p.Price.Decimal) || !theirs.Stock.Decimal.Equal(p.Stock.Decimal) {
			s.t.Errorf("%s: %s and %s here, %s and %s at İşbaşı", p.Code, p.Price.Decimal, p.Stock.Decimal, theirs.Price.Decimal, theirs.Stock.Decimal)
		}
	}
}
