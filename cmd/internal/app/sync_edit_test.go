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
