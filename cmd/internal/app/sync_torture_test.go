package app_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// syncTorture is a shop whose syncs are killed, in a storm.
type syncTorture struct {
	*shop
	spans [phases]time.Duration // of the phases of an undisturbed sync
	hits  [phases]int           // kills, by what the sync was at
	gone  []string
	// over is by how much the ledger may be too high: a block a kill, a call a stop.
	over  int
	again int // pushes that had to be sent once more
}

// syncStorm is what İşbaşı does meanwhile: now a call is not carried out, now its answer is lost, and never more
// than three of the same strike in a row: after five the sync would pause for longer, as it should.
func syncStorm() []sandbox.Fault {
	list, detail, price, stock := sandbox.RouteProducts, sandbox.RouteProduct, sandbox.RouteSaveProduct, sandbox.RouteStockReceipt
	return []sandbox.Fault{
		{Kind: sandbox.FaultHTML, Status: 503, Route: list, Every: 4},
		{Kind: sandbox.FaultCut, Route: list, Every: 5},
		{Kind: sandbox.FaultDelay, Delay: 3 * time.Millisecond, Route: list, Every: 3},
		{Kind: sandbox.FaultRate, Route: list, Nth: 2},
		{Kind: sandbox.FaultToken, Route: list, Nth: 3},
		{Kind: sandbox.FaultHTML, Status: 503, Route: detail, Every: 9},
		{Kind: sandbox.FaultCut, Route: detail, Every: 10},
		{Kind: sandbox.FaultToken, Route: detail, Every: 23},
		{Kind: sandbox.FaultLost, Route: price, Every: 5},
		{Kind: sandbox.FaultDrop, Route: price, Every: 7},
		{Kind: sandbox.FaultHTML, Status: 503, Route: price, Every: 8},
		{Kind: sandbox.FaultHTML, Status: 504, After: true, Route: price, Every: 9},
		{Kind: sandbox.FaultCut, Route: price, Every: 11},
		{Kind: sandbox.FaultRate, RetryAfter: time.Second, Route: price, Every: 13},
		{Kind: sandbox.FaultToken, Route: price, Every: 17},
		{Kind: sandbox.FaultIgnore, Field: "prices", Route: price, Every: 19},
		{Kind: sandbox.FaultLate, Delay: 20 * time.Millisecond, Route: price, Every: 14},
		{Kind: sandbox.FaultDelay, Delay: 2 * time.Millisecond, After: true, Route: price, Every: 3},
		{Kind: sandbox.FaultLost, Route: stock, Every: 4},
		{Kind: sandbox.FaultDrop, Route: stock, Every: 5},
		{Kind: sandbox.FaultHTML, Status: 503, Route: stock, Every: 7},
		// A receipt that is stored late, at no call that is answered by 429 as well: that says it is not stored.
		{Kind: sandbox.FaultLate, Delay: 20 * time.Millisecond, Route: stock, Nth: 2},
		{Kind: sandbox.FaultLate, Status: 504, Route: stock, Nth: 14},
		{Kind: sandbox.FaultCut, Route: stock, Every: 9},
		{Kind: sandbox.FaultRate, Route: stock, Every: 11},
		{Kind: sandbox.FaultToken, Route: stock, Every: 13},
		{Kind: sandbox.FaultIgnore, Field: "stockTransactionLines", Route: stock, Every: 17},
	}
}

// share is how often each phase is hit, as parts of the whole.
func (p phase) share() int { return [...]int{2, 2, 2, 4}[p] }

// behind gives the phase that was hit the least of its share.
func (x *syncTorture) behind() phase {
	least := reading
	for p := reading; p < phases; p++ {
		if x.hits[p]*least.share() < x.hits[least]*p.share() {
			least = p
		}
	}
	return least
}

func (x *syncTorture) kills() (n int) {
	for _, h := range x.hits {
		n += h
	}
	return n
}

// newSyncTorture makes a shop both sides of which agree.
func newSyncTorture(t *testing.T, seed uint64) *syncTorture {
	t.Helper()
	x := &syncTorture{shop: openShop(t, given(t, "PRODUCTS", tortureProducts), seed)}
	x.unlimited()
	synced(t, x.c, sync.Request{Occasion: sync.OccasionPerson})
	return x
}

// calm is how long the phases take undisturbed, the same for every torture; zero: not measured yet.
var calm [phases]time.Duration

// undisturbed measures the phases, twice: the first time the machine is cold.
func (x *syncTorture) undisturbed() {
	x.t.Helper()
	if calm == ([phases]time.Duration{}) {
		for range 2 {
			x.round(func() sync.Run { return x.killed(0, x.behind) })
		}
		calm = x.spans
	}
	x.spans = calm
}

// TestTortureSync_kills kills syncs at random moments of each of their phases, in a storm, and goes on with them:
// whatever happened, after one sweep more both sides are as if nothing had been.
func TestTortureSync_kills(t *testing.T) {
	want, seed := given(t, "KILLS", tortureKills), given(t, "SEED", int(time.Now().UnixNano()))
	t.Logf("make torture KILLS=%d SEED=%d", want, seed)
	x := newSyncTorture(t, uint64(seed))
	x.undisturbed()
	x.server.Fault(sandbox.Fault{Kind: sandbox.FaultRate, RetryAfter: time.Second, Route: sandbox.RouteProduct, Nth: 3})
	for round := 1; x.kills() < want; round++ {
		before := x.kills()
		for _, f := range syncStorm() {
			x.server.Fault(f)
		}
		x.round(func() sync.Run { return x.killed(want-before, x.behind) })
		t.Logf("sync %d: %d kills, %d in all", round, x.kills()-before, x.kills())
		if t.Failed() {
			return
		}
	}
	x.tellHits()
	x.tellStorm()
}

// tellHits tells what was hit how often: no phase may have been spared.
func (x *syncTorture) tellHits() {
	x.t.Helper()
	for p := reading; p < phases; p++ {
		x.t.Logf("%-4s %7.1f ms undisturbed, hit %3d times", p, x.spans[p].Seconds()*1000, x.hits[p])
		if all := x.kills(); all >= 20 && x.hits[p]*10 < all {
			x.t.Errorf("%s was hit %d times of %d", p, x.hits[p], all)
		}
	}
}

// tellStorm tells which faults have struck: none may have been spared.
func (x *syncTorture) tellStorm() {
	x.t.Helper()
	enough := x.kills() >= 20
	struck := map[string]int{}
	for _, c := range x.server.Log() {
		for _, f := range c.Faults {
			struck[c.Route+" "+string(f)]++
		}
	}
	x.t.Logf("%v; %d pushes had to be sent once more", struck, x.again)
	for _, f := range syncStorm() {
		if name := f.Route + " " + string(f.Kind); enough && struck[name] == 0 {
			x.t.Errorf("that was no storm: never %s", name)
		}
	}
	if enough && x.again == 0 {
		x.t.Error("that was no storm: no push was lost")
	}
}

// round changes both sides, has them synced by work, and looks at what became of them.
func (x *syncTorture) round(work func() sync.Run) {
	x.t.Helper()
	before := x.edit()
	pulled, pushed, conflicts := x.expect()
	receipts, mark := len(x.server.Receipts()), x.server.Mark()
	run := work()
	x.server.Mend()
	x.server.Settle()
	planned := pulled.prices + pulled.stocks + pushed.prices + pushed.stocks
	want := sync.Run{
		Compared: 2 * len(x.goods), Conflicts: conflicts, Held: 2 * len(x.gone),
		Unchanged: 2*len(x.goods) - 2*len(x.gone) - planned,
		Moved:     sync.Moved{PulledStock: pulled.stocks, PulledPrice: pulled.prices, PushedStock: pushed.stocks, PushedPrice: pushed.prices},
	}
	want.State = transfer.StateDone
	want.Counters.Read, want.Counters.Matched = len(x.goods)-len(x.gone), planned
	got := sync.Run{Compared: run.Compared, Conflicts: run.Conflicts, Held: run.Held, Unchanged: run.Unchanged, Moved: run.Moved}
	got.State, got.Counters = run.State, run.Counters
	if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
		x.t.Errorf("the run is\n%+v, undisturbed\n%+v", got, want)
	}

	again := synced(x.t, x.c, sync.Request{Occasion: sync.OccasionPerson})
	if m := again.Moved; m.PulledPrice+m.PulledStock > 0 || again.Counters.Failed > 0 {
		x.t.Errorf("the sweep after it has %+v, %+v", m, again.Counters)
	}
	x.again += again.Moved.PushedPrice + again.Moved.PushedStock
	x.compare()
	x.compareWrites(before, mark, receipts)

	end := x.server.Mark()
	last := synced(x.t, x.c, sync.Request{Occasion: sync.OccasionPerson})
	if writes := x.server.Since(end).Spent(sandbox.CostWrite); writes > 0 || last.Moved.Any() {
		x.t.Errorf("the last sweep wrote %d times: %+v", writes, last.Moved)
	}
	x.compare()
	x.compareBases(last)
	x.waits(x.gone)
	x.checkLedger()
}

// edit changes something of every kind, and gives what İşbaşı had before.
func (x *syncTorture) edit() (before map[string]amounts) {
	x.t.Helper()
	x.codes = nil
	for code, g := range x.goods {
		if !g.gone && !g.inDollar {
			x.codes = append(x.codes, code)
		}
	}
	slices.Sort(x.codes)
	x.random.Shuffle(len(x.codes), func(i, j int) { x.codes[i], x.codes[j] = x.codes[j], x.codes[i] })
	ours, theirs := map[string]func(*amounts){}, map[string]func(*amounts){}
	reprice := func(a *amounts) { a.price = x.other(a.price) }
	restock := func(a *amounts) { a.stock += 1 + x.random.Int64N(20) }
	some := max(4, len(x.goods)/20)
	for _, change := range []func(*amounts){reprice, restock, func(a *amounts) { reprice(a); restock(a) }} {
		for _, code := range x.take(some) {
			ours[code] = change
		}
		for _, code := range x.take(some / 2) {
			theirs[code] = change
		}
		for _, code := range x.take(2) {
			ours[code], theirs[code] = change, change
		}
	}
	for _, code := range x.take(1) {
		x.goods[code].gone = true
		x.gone = append(x.gone, code)
	}
	for _, code := range x.take(1) {
		x.goods[code].inDollar = true
		theirs[code] = func(a *amounts) { reprice(a); restock(a) }
	}
	x.change(ours, theirs)
	before = map[string]amounts{}
	for code, g := range x.goods {
		before[code] = g.theirs
	}
	return before
}

// killed syncs, with so many kills at most, in the phases that aim gives, to the end, and gives the run.
func (x *syncTorture) killed(kills int, aim func() phase) sync.Run {
	x.t.Helper()
	older := x.latest().ID
	at := reading // what the sync is at
	for struck := 0; ; {
		e := errand{Kill: struck < kills, Phase: aim()}
		if e.Phase < at {
			e.Kill = false // this one has been hit enough
		}
		if e.Kill {
			e.After = time.Duration(x.random.Int64N(int64(x.spans[e.Phase]) + 1))
		}
		killed, spans := x.child(x.t, x.server.URL(), e)
		run := x.latest()
		if killed {
			x.over += quota.BlockSize
			x.checkSent(run)
		}
		x.checkLedger()
		switch {
		case killed && run.ID == older: // it had not begun
		case killed && !run.State.Finished():
			at = phaseOf(run.Run)
			x.hits[at]++
			struck++
		case killed:
			return run
		default:
			for p := range spans {
				if kills == 0 && spans[p] > 0 && (x.spans[p] == 0 || spans[p] < x.spans[p]) {
					x.spans[p] = spans[p]
				}
			}
			return run
		}
	}
}

// checkSent expects that nothing is on its way any more, now that the company is open again: an undo would pass over it.
func (x *syncTorture) checkSent(run sync.Run) {
	x.t.Helper()
	items, _, err := x.c.SyncItems(x.t.Context(), run.ID, 0, 0)
	if err != nil {
		x.t.Fatal(err)
	}
	for _, i := range items {
		if i.State == sync.ItemSent {
			x.t.Errorf("%s %s is %s", i.Code, i.Field, i.State)
		}
	}
}

// latest gives the newest run; one whose child was killed is as it stands now that the company is open again.
func (x *syncTorture) latest() sync.Run {
	x.t.Helper()
	runs, _, err := x.c.Syncs(x.t.Context(), 1, 0)
	if err != nil {
		x.t.Fatal(err)
	}
	if len(runs) == 0 {
		return sync.Run{}
	}
	return runs[0]
}

// compareWrites holds what has moved at İşbaşı, call by call, against what differs from before: each receipt once,
// each price by one call that stored it.
func (x *syncTorture) compareWrites(before map[string]amounts, mark sandbox.Mark, receipts int) {
	x.t.Helper()
	byID := map[int64]string{}
	for _, p := range x.server.Products() {
		byID[p.ID] = p.Code
	}
	moved := map[string][]string{}
	for _, r := range x.server.Receipts()[receipts:] {
		moved[byID[r.ProductID]] = append(moved[byID[r.ProductID]], r.Amount.String())
	}
	prices := 0
	for _, code := range slices.Sorted(maps.Keys(x.goods)) {
		g, was := x.goods[code], before[code]
		var want []string
		if g.theirs.stock != was.stock {
			want = []string{fmt.Sprint(g.theirs.stock - was.stock)}
		}
		if !slices.Equal(moved[code], want) {
			x.t.Errorf("%s: İşbaşı's stock was moved by %v, want %v", code, moved[code], want)
		}
		if g.theirs.price != was.price {
			prices++
		}
	}
	if sure, perhaps := stored(x.server.Since(mark)); prices < sure || prices > sure+perhaps {
		x.t.Errorf("%d calls have stored a price, and %d perhaps: want %d", sure, perhaps, prices)
	}
}

// stored counts the calls that have stored a product, and those that perhaps have: they were put off, and not carried
// out if the session had ended, or nobody saw whether the gateway had answered for İşbaşı.
func stored(calls sandbox.Calls) (sure, perhaps int) {
	for _, c := range calls {
		has := func(kinds ...sandbox.FaultKind) bool {
			return slices.ContainsFunc(c.Faults, func(k sandbox.FaultKind) bool { return slices.Contains(kinds, k) })
		}
		switch {
		case c.Route != sandbox.RouteSaveProduct:
		case has(sandbox.FaultLate), has(sandbox.FaultLost) && has(sandbox.FaultHTML):
			perhaps++
		case has(sandbox.FaultDrop, sandbox.FaultRate, sandbox.FaultToken, sandbox.FaultIgnore):
		case has(sandbox.FaultHTML) && c.Status == 503:
		case c.Status == 401:
		case c.Status == 400, c.Status == 0 && !has(sandbox.FaultLost): // a kill cut the call short, on its way there or back
			perhaps++
		default:
			sure++
		}
	}
	return sure, perhaps
}

// compareBases holds what both sides agree on against the goods, and that nothing is on its way.
func (x *syncTorture) compareBases(run sync.Run) {
	x.t.Helper()
	pairs, err := x.c.Pairs(x.t.Context(), run)
	if err != nil || len(pairs) != len(x.goods) {
		x.t.Fatal(len(pairs), err)
	}
	for _, p := range pairs {
		g := x.goods[string(p.Code)]
		if !p.Price.Base.Decimal.Equal(kurus(g.base.price).Decimal) || !p.Stock.Base.Decimal.Equal(whole(g.base.stock).Decimal) {
			x.t.Errorf("%s: agreed on %s and %s, want %d kuruş and %d", p.Code, p.Price.Base.Decimal, p.Stock.Base.Decimal, g.base.price, g.base.stock)
		}
		if p.Price.Push != nil || p.Stock.Push != nil {
			x.t.Errorf("%s: still on its way: %+v, %+v", p.Code, p.Price.Push, p.Stock.Push)
		}
		if p.Gone != g.gone {
			x.t.Errorf("%s: gone is %v", p.Code, p.Gone)
		}
	}
}

// checkLedger compares what is booked with what was sent: never too low, and at most a block a kill too high.
func (x *syncTorture) checkLedger() {
	x.t.Helper()
	u, err := x.c.Usage(x.t.Context())
	if err != nil {
		x.t.Fatal(err)
	}
	for _, k := range []struct {
		cost   sandbox.Cost
		booked int
	}{{sandbox.CostRead, u.Reads}, {sandbox.CostWrite, u.Writes}} {
		if sent := x.server.Spent(k.cost); k.booked < sent || k.booked > sent+x.over {
			x.t.Errorf("%s: %d booked, %d sent, %d may be lost", k.cost, k.booked, sent, x.over)
		}
	}
}
