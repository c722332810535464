package app_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// TestTortureSync_undone undoes syncs that were killed and gone on with, and kills the undo too: what was pulled is not
// pulled again before İşbaşı has another value, what was pushed goes back as a new push, and then nothing moves.
func TestTortureSync_undone(t *testing.T) {
	want, seed := given(t, "KILLS", tortureKills), given(t, "SEED", int(time.Now().UnixNano()))
	t.Logf("make torture KILLS=%d SEED=%d", want, seed)
	x := newSyncTorture(t, uint64(seed))
	x.undisturbed()
	for round := range max(2, want/10) {
		x.undo()
		if t.Failed() {
			t.Fatalf("undo %d", round+1)
		}
	}
	x.checkLedger()
	t.Logf("%d syncs were killed before they were undone", x.kills())
}

// undo changes both sides, syncs with a kill among the pushes, undoes and looks at the next sweeps.
func (x *syncTorture) undo() {
	x.t.Helper()
	before := x.edit()
	ours := map[string]amounts{}
	for code, g := range x.goods {
		ours[code] = g.ours
	}
	x.expect()
	run := x.killed(1, func() phase { return pushing })

	const span = 20 * time.Millisecond // most strike before or while it writes, some after
	x.child(x.t, x.server.URL(), errand{Undo: run.ID, Kill: true, After: time.Duration(x.random.Int64N(int64(span)))})
	plan, err := x.c.UndoSync(x.t.Context(), run.ID)
	if err != nil {
		x.t.Fatal(err)
	}
	pulled, pushed := x.takenBack(ours, before)
	if plan.Restored != len(pulled) || plan.Return != pushed || plan.Kept != 0 || plan.Run.UndoneAt.IsZero() {
		x.t.Errorf("%d restored (want %d), %d go back (want %d), %d stay", plan.Restored, len(pulled), plan.Return, pushed, plan.Kept)
	}
	back := synced(x.t, x.c, sync.Request{Occasion: sync.OccasionPerson})
	if m := back.Moved; m.PulledPrice+m.PulledStock > 0 || m.PushedPrice+m.PushedStock > pushed || back.Counters.Failed > 0 {
		x.t.Errorf("behind the undo %+v, %+v", m, back.Counters)
	}
	x.compare()
	x.waitsUndone(pulled)

	mark := x.server.Mark()
	rest := synced(x.t, x.c, sync.Request{Occasion: sync.OccasionPerson})
	if rest.Moved.Any() || x.server.Since(mark).Spent(sandbox.CostWrite) > 0 {
		x.t.Errorf("the second sweep behind the undo moved %+v", rest.Moved)
	}
	x.compare()
	x.waitsUndone(pulled)

	x.changeAnew(pulled)
	again, _, _ := x.expect()
	anew := synced(x.t, x.c, sync.Request{Occasion: sync.OccasionPerson})
	if m := anew.Moved; m != (sync.Moved{PulledPrice: again.prices, PulledStock: again.stocks}) {
		x.t.Errorf("%+v have another value at İşbaşı, and %+v was moved", again, m)
	}
	x.compare()
	x.waits(x.gone)
}

// takenBack notes what an undo does: the catalogue has again what it had (of a push what İşbaşı had), and with the next
// push İşbaşı too. It gives what was pulled, and how many fields were pushed.
func (x *syncTorture) takenBack(ours, theirs map[string]amounts) (pulled []string, pushed int) {
	for code, g := range x.goods {
		for _, f := range []struct {
			name               string
			hers, his, base    *int64 // the catalogue's, İşbaşı's, agreed on
			oursWas, theirsWas int64
		}{
			{"price", &g.ours.price, &g.theirs.price, &g.base.price, ours[code].price, theirs[code].price},
			{"stock", &g.ours.stock, &g.theirs.stock, &g.base.stock, ours[code].stock, theirs[code].stock},
		} {
			switch {
			case g.gone:
			case *f.hers != f.oursWas:
				pulled = append(pulled, code+" "+f.name)
				*f.hers = f.oursWas
			case *f.his != f.theirsWas:
				pushed++
				*f.hers, *f.his, *f.base = f.theirsWas, f.theirsWas, f.theirsWas
			}
		}
	}
	slices.Sort(pulled)
	return pulled, pushed
}

// waitsUndone holds the list of what waits against what was pulled and taken back.
func (x *syncTorture) waitsUndone(pulled []string) {
	x.t.Helper()
	open, _, err := x.c.OpenFields(x.t.Context(), sync.OpenQuery{Why: sync.WhyUndone})
	if err != nil {
		x.t.Fatal(err)
	}
	var got []string
	for _, o := range open {
		got = append(got, fmt.Sprintf("%s %s", o.Code, o.Field))
	}
	slices.Sort(got)
	if !slices.Equal(got, pulled) {
		x.t.Errorf("taken back and waiting: %v, want %v", got, pulled)
	}
}

// changeAnew gives other values to the fields at İşbaşı.
func (x *syncTorture) changeAnew(fields []string) {
	x.t.Helper()
	edits := map[string]*amounts{}
	for _, f := range fields {
		var code, name string
		if _, err := fmt.Sscan(f, &code, &name); err != nil {
			x.t.Fatal(err)
		}
		if edits[code] == nil {
			edits[code] = &amounts{x.goods[code].theirs.price, x.goods[code].theirs.stock}
		}
		if name == "price" {
			edits[code].price++
		} else {
			edits[code].stock++
		}
	}
	theirs := map[string]func(*amounts){}
	for code, edit := range edits {
		theirs[code] = func(a *amounts) { *a = *edit }
	}
	x.change(nil, theirs)
}

// A price that was lowered by two fifths rises by two thirds when that is undone: it is what İşbaşı had, and no comma in
// the wrong place, whether İşbaşı is read before or not.
func TestSync_undonePushGoesBackHoweverFar(t *testing.T) {
	s := openShop(t, 100, 3)
	for _, scope := range []sync.Scope{"", sync.ScopeEdits} {
		code := s.take(1)
		price := func(n int64) map[string]func(*amounts) { return each(code, func(a *amounts) { a.price = n }) }
		s.change(price(10_000), price(10_000))
		synced(t, s.c, sync.Request{Occasion: sync.OccasionPerson})
		s.change(price(6_000), nil)
		run := synced(t, s.c, sync.Request{Occasion: sync.OccasionPerson})
		if _, err := s.c.UndoSync(t.Context(), run.ID); err != nil {
			t.Fatal(err)
		}
		back := synced(t, s.c, sync.Request{Scope: scope, Occasion: sync.OccasionUndo})
		if back.Moved != (sync.Moved{PushedPrice: 1}) || back.Held != 0 {
			t.Errorf("%q: %+v", scope, back)
		}
		s.goods[code[0]].ours.price = 10_000 // as it was
		s.compare()
		if last := synced(t, s.c, sync.Request{Occasion: sync.OccasionPerson}); last.Moved.Any() || last.Held != 0 {
			t.Errorf("%q, afterwards: %+v", scope, last)
		}
		s.compare()
	}
}

// What was said of two values is not said of the same two when they come again: İşbaşı's is pulled then as any other.
func TestSync_saysOfAnUndoNothingOfLaterEdits(t *testing.T) {
	s := openShop(t, 100, 3)
	code := s.take(1)
	stock := func(n int64) map[string]func(*amounts) { return each(code, func(a *amounts) { a.stock = n }) }
	s.change(stock(10), stock(10))
	synced(t, s.c, sync.Request{Occasion: sync.OccasionPerson})
	s.change(stock(12), nil)
	run := synced(t, s.c, sync.Request{Occasion: sync.OccasionPerson})
	if _, err := s.c.UndoSync(t.Context(), run.ID); err != nil {
		t.Fatal(err)
	}
	for range 2 { // goes back, and is seen there
		synced(t, s.c, sync.Request{Occasion: sync.OccasionPerson})
	}
	s.change(nil, stock(12))
	if again := synced(t, s.c, sync.Request{Occasion: sync.OccasionPerson}); again.Moved != (sync.Moved{PulledStock: 1}) {
		t.Errorf("%+v", again)
	}
	s.goods[code[0]].ours.stock = 12
	s.compare()
}
