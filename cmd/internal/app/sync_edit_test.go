package app_test

import (
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// A person edits all that a plan would push while it waits at a brake: nothing is carried out, and the run says so;
// the next sweep sends what they have now.
func TestSync_ofWhichAllWasChangedHasFailed(t *testing.T) {
	ctx := t.Context()
	s := openShop(t, 100, 3)
	synced(t, s.c, sync.Request{Occasion: sync.OccasionPerson}) // agrees on what was imported
	codes := s.take(21)
	dearer := each(codes, func(a *amounts) { a.price += a.price / 10 })
	s.change(dearer, nil)
	j, err := s.c.NewSync(ctx, sync.Request{Occasion: sync.OccasionPerson})
	if err != nil {
		t.Fatal(err)
	}
	if err := j.Run(ctx); domain.KindOf(err) != domain.KindBrake {
		t.Fatal(err)
	}
	s.change(dearer, nil)
	mark := s.server.Mark()
	if j, err = s.c.AcceptBrakes(ctx, sync.AllBrakes); err == nil {
		err = j.Run(ctx)
	}
	if err != nil {
		t.Fatal(err)
	}
	run := j.Sync()
	if run.State != transfer.StatePartlyDone || run.Counters.Failed != 21 || run.Counters.Pending != 0 || run.Moved.Any() || s.server.Since(mark).Spent(sandbox.CostWrite) != 0 {
		t.Errorf("%+v", run)
	}
	s.compare()
	s.change(each(codes[:1], func(a *amounts) { *a = s.goods[codes[0]].base }), nil) // twenty may
	s.expect()
	if next := synced(t, s.c, sync.Request{Occasion: sync.OccasionPerson}); next.Moved != (sync.Moved{PushedPrice: 20}) || next.State != transfer.StateDone {
		t.Errorf("%+v", next)
	}
	s.compare()
}

// A receipt whose answer was lost is stored when the next sync has read the list already: it is found before it would be
// sent again, and the stock moves once.
func TestSync_looksForAReceiptBeforeItIsSentAgain(t *testing.T) {
	ctx := t.Context()
	s := openShop(t, 100, 3)
	synced(t, s.c, sync.Request{Occasion: sync.OccasionPerson}) // agrees on what was imported
	s.change(each(s.take(2), func(a *amounts) { a.stock += 3 }), nil)
	s.expect()
	s.server.Fault(sandbox.Fault{Kind: sandbox.FaultLate, Status: 504, Route: sandbox.RouteStockReceipt, Nth: 1}) // stored, late
	s.server.Fault(sandbox.Fault{Kind: sandbox.FaultDrop, Route: sandbox.RouteStockReceipt, Nth: 2})              // never
	synced(t, s.c, sync.Request{Occasion: sync.OccasionPerson})
	j, err := s.c.NewSync(ctx, sync.Request{Occasion: sync.OccasionPerson})
	if err == nil {
		err = j.Prepare(ctx)
	}
	if err != nil {
		t.Fatal(err)
	}
	if n := s.server.Settle(); n != 1 {
		t.Fatalf("%d calls were late", n)
	}
	if err := j.Run(ctx); err != nil {
		t.Fatal(err)
	}
	if n, looked := len(s.server.Receipts()), s.server.Count(sandbox.RouteMovements); n != 2 || looked != 2 {
		t.Errorf("%d receipts, looked for %d times", n, looked)
	}
	s.compare()
	if last := synced(t, s.c, sync.Request{Occasion: sync.OccasionPerson}); last.Moved.Any() {
		t.Errorf("%+v", last)
	}
	s.compare()
}

// An İşbaşı that passes the filter by time over gives the whole list: it is read to its end, and asked for as such from
// then on.
func TestSync_readsTheWholeListWhereItsFilterIsIgnored(t *testing.T) {
	s := openShop(t, 250, 3, dated, func(o *sandbox.Options) { o.ChangeFilter = false })
	synced(t, s.c, sync.Request{Occasion: sync.OccasionPerson}) // agrees on what was imported
	for i, want := range []struct{ asked, read sync.Scope }{
		{sync.ScopeFull, sync.ScopeFull}, {sync.ScopeChanged, sync.ScopeFull}, {sync.ScopeFull, sync.ScopeFull},
	} {
		code := s.take(1)[0]
		s.server.ChangeProduct(code, func(p *sandbox.Product) { p.Stock = whole(1_000) })
		g := s.goods[code]
		g.ours.stock, g.theirs.stock = 1_000, 1_000
		j, err := s.c.NewSync(t.Context(), sync.Request{Occasion: sync.OccasionPerson})
		if err != nil {
			t.Fatal(err)
		}
		if asked := j.Sync().Request.Scope; asked != want.asked {
			t.Errorf("sync %d asks for %s, want %s", i, asked, want.asked)
		}
		if err := j.Run(t.Context()); err != nil {
			t.Fatalf("sync %d: %v", i, err)
		}
		if run := j.Sync(); run.Request.Scope != want.read || run.Counters.Read != 250 || run.Moved != (sync.Moved{PulledStock: 1}) {
			t.Errorf("sync %d: %+v", i, run)
		}
		s.compare()
	}
}
