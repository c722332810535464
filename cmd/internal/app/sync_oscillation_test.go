package app_test

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

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
	scripts, seed := given(t, "KILLS", tortureKills)/5, given(t, "SEED", 5)
	t.Logf("make torture KILLS=%d SEED=%d", 5*scripts, seed)
	x := &script{shop: openShop(t, 120, uint64(seed)), prices: map[string]*pair{}, stocks: map[string]*pair{}}
	x.random = rand.New(rand.NewPCG(uint64(seed), 13))
	for code, g := range x.goods {
		x.prices[code], x.stocks[code] = &pair{g.base.price, g.base.price, g.base.price}, &pair{g.base.stock, g.base.stock, g.base.stock}
	}
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
