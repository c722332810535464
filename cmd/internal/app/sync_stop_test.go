package app_test

import (
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// TestTortureSync_stops presses Durdur at random moments of each phase, and goes on: what is written stays, what is not
// stays planned, and the end is as if undisturbed.
func TestTortureSync_stops(t *testing.T) {
	want, seed := given(t, "KILLS", tortureKills)/2, given(t, "SEED", int(time.Now().UnixNano()))
	t.Logf("make torture KILLS=%d SEED=%d", 2*want, seed)
	x := newSyncTorture(t, uint64(seed))
	x.undisturbed()
	for x.kills() < want {
		x.round(func() sync.Run { return x.stopped(want - x.kills()) })
		if t.Failed() {
			return
		}
	}
	x.tellHits()
}

// stopped syncs, with so many stops at most, to the end, and gives the run.
func (x *syncTorture) stopped(stops int) sync.Run {
	x.t.Helper()
	ctx := x.t.Context()
	before := x.values()
	j, err := x.c.NewSync(ctx, sync.Request{Occasion: sync.OccasionPerson})
	for at, n := reading, 0; err == nil && j != nil; j, err = x.c.ResumeSync(ctx) {
		target := x.behind()
		if target < at || n == stops {
			target = phases // to the end
		}
		if err := x.stopAt(j, target); err != nil {
			x.t.Fatal(err)
		}
		run := x.latest()
		if run.State == transfer.StateDone {
			return run
		}
		if run.State != transfer.StateStopped {
			x.t.Fatalf("%+v", run)
		}
		n++
		x.over++ // the call that was cut off is booked, whether it had left or not
		at = phaseOf(run.Run)
		x.hits[at]++
		x.checkItems(run, before)
	}
	x.t.Fatal("the run was lost:", err)
	return sync.Run{}
}

// stopAt works on j, and stops it at a random moment of the phase.
func (x *syncTorture) stopAt(j *sync.Job, target phase) error {
	after := time.Duration(0)
	if target < phases {
		after = time.Duration(x.random.Int64N(int64(x.spans[target]) + 1))
	}
	ended := make(chan error, 1)
	go func() { ended <- j.Run(x.t.Context()) }()
	look := time.NewTicker(50 * time.Microsecond)
	defer look.Stop()
	var due <-chan time.Time
	for {
		select {
		case err := <-ended:
			return err
		case <-due:
			j.Stop()
		case <-look.C:
			if due == nil && phaseOf(j.Snapshot().Run) == target {
				due = time.After(after)
			}
		}
	}
}

// values are what both sides have, by code.
type values map[domain.Code]struct{ ours, theirs amounts }

func (x *syncTorture) values() values {
	x.t.Helper()
	products, _, err := x.c.Products(x.t.Context(), domain.ProductQuery{})
	if err != nil {
		x.t.Fatal(err)
	}
	all := values{}
	for _, p := range products {
		v := all[p.Code]
		v.ours = amounts{p.Price.Decimal.Shift(2).IntPart(), p.Stock.Decimal.IntPart()}
		all[p.Code] = v
	}
	for _, p := range x.server.Products() {
		v := all[domain.Code(p.Code)]
		v.theirs = amounts{p.Price.Decimal.Shift(2).IntPart(), p.Stock.Decimal.IntPart()}
		all[domain.Code(p.Code)] = v
	}
	return all
}

// of gives one field.
func (a amounts) of(f domain.Shared) int64 {
	if f == domain.SharedPrice {
		return a.price
	}
	return a.stock
}

// checkItems holds what a stopped run says of each change against what both sides have.
func (x *syncTorture) checkItems(run sync.Run, before values) {
	x.t.Helper()
	items, total, err := x.c.SyncItems(x.t.Context(), run.ID, 0, 0)
	if err != nil || total != run.Counters.Matched {
		x.t.Fatal(total, run.Counters, err)
	}
	now, planned := x.values(), 0
	for _, i := range items {
		was, is := before[i.Code].ours.of(i.Field), now[i.Code].ours.of(i.Field)
		if i.Way == sync.WayPush {
			was, is = before[i.Code].theirs.of(i.Field), now[i.Code].theirs.of(i.Field)
		}
		value := i.Value.Decimal.IntPart()
		if i.Field == domain.SharedPrice {
			value = i.Value.Decimal.Shift(2).IntPart()
		}
		ok := is == value
		switch i.State {
		case sync.ItemPlanned:
			planned++
			ok = is == was
		case sync.ItemUnknown: // its call was cut off: whatever it has done, the next sweep sees it
			ok = is == was || is == value
		case sync.ItemApplied, sync.ItemAnswered:
		default:
			ok = false
		}
		if !ok {
			x.t.Errorf("%s %s %s is %s: %d, was %d, to be %d", i.Code, i.Way, i.Field, i.State, is, was, value)
		}
	}
	if planned != run.Counters.Pending {
		x.t.Errorf("%d changes are planned, the run says %d", planned, run.Counters.Pending)
	}
}
