package app_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// each gives the same edit for every code.
func each(codes []string, edit func(*amounts)) map[string]func(*amounts) {
	edits := map[string]func(*amounts){}
	for _, code := range codes {
		edits[code] = edit
	}
	return edits
}

// goes syncs what was changed on both sides, and expects that everything is carried out.
func (s *shop) goes(ours, theirs map[string]func(*amounts)) {
	s.t.Helper()
	s.change(ours, theirs)
	pulled, pushed, _ := s.expect()
	run := synced(s.t, s.c, sync.Request{Occasion: sync.OccasionPerson})
	want := sync.Moved{PulledStock: pulled.stocks, PulledPrice: pulled.prices, PushedStock: pushed.stocks, PushedPrice: pushed.prices}
	if run.Moved != want || run.State != transfer.StateDone || len(run.Brakes) > 0 {
		s.t.Errorf("moved %+v, want %+v; %s, brakes %+v", run.Moved, want, run.State, run.Brakes)
	}
	s.compare()
}

// brakes syncs what was changed on both sides, and expects that the brake stops it: nothing is written on either side,
// and another sweep finds the same, until a person lets it go.
func (s *shop) brakes(kind sync.BrakeKind, changed int, ours, theirs map[string]func(*amounts)) {
	s.t.Helper()
	ctx := s.t.Context()
	s.change(ours, theirs)
	mark := s.server.Mark()
	var ids []string
	for range 2 {
		j, err := s.c.NewSync(ctx, sync.Request{Occasion: sync.OccasionPerson})
		if err != nil {
			s.t.Fatal(err)
		}
		err = j.Run(ctx)
		run := j.Sync()
		if domain.KindOf(err) != domain.KindBrake || !run.Braked() || len(run.Brakes) != 1 || run.Moved.Any() {
			s.t.Fatalf("%v: %+v", err, run)
		}
		if b := run.Brakes[0]; b.Kind != kind || b.Changed != changed || b.Limit != changed-1 {
			s.t.Errorf("the brake is %s: %d of %d, %d may", b.Kind, b.Changed, b.Of, b.Limit)
		}
		ids = append(ids, run.Brakes[0].ID)
		s.compare() // as it was changed, before anything is expected
		if calls := s.server.Since(mark); calls.Spent(sandbox.CostWrite) != 0 {
			s.t.Errorf("%d writes", calls.Spent(sandbox.CostWrite))
		}
	}
	if ids[0] != ids[1] {
		s.t.Errorf("the same brake is %s and %s", ids[0], ids[1])
	}
	if _, err := s.c.AcceptBrakes(ctx, "00000000"); domain.KindOf(err) != domain.KindInvalid {
		s.t.Error(err)
	}
	j, err := s.c.ResumeSync(ctx) // without a word of a person's it stays where it is
	if err != nil || j == nil {
		s.t.Fatal(j, err)
	}
	if err := j.Run(ctx); domain.KindOf(err) != domain.KindBrake {
		s.t.Error(err)
	}
	s.compare()
	if j, err = s.c.AcceptBrakes(ctx, ids[1]); err != nil {
		s.t.Fatal(err)
	}
	pulled, pushed, _ := s.expect()
	if err := j.Run(ctx); err != nil {
		s.t.Fatal(err)
	}
	want := sync.Moved{PulledStock: pulled.stocks, PulledPrice: pulled.prices, PushedStock: pushed.stocks, PushedPrice: pushed.prices}
	if run := j.Sync(); run.Moved != want || run.State != transfer.StateDone {
		s.t.Errorf("moved %+v, want %+v; %s", run.Moved, want, run.State)
	}
	s.compare()
}

// The brakes of orders-invoices.md §8 on a shop of 1,000.
func TestSync_stopsAtItsBrakes(t *testing.T) {
	s := openShop(t, 1000, 3)
	synced(t, s.c, sync.Request{Occasion: sync.OccasionPerson}) // agrees on what was imported
	reprice := func(a *amounts) { a.price = s.other(a.price) }
	soldOut := func(a *amounts) { a.stock = 0 }
	s.goes(each(s.take(100), reprice), each(s.take(100), reprice))
	s.brakes(sync.BrakePrices, 201, each(s.take(100), reprice), each(s.take(101), reprice))
	s.goes(nil, each(s.take(10), soldOut))
	s.brakes(sync.BrakeZeroed, 11, nil, each(s.take(11), soldOut))
	s.goes(each(s.take(10), soldOut), nil)
	s.brakes(sync.BrakeZeroed, 11, each(s.take(11), soldOut), nil)
}

// A comma in the wrong place is held on whichever side it was made, and the catalogue and İşbaşı keep what they have.
func TestSync_holdsACommaInTheWrongPlace(t *testing.T) {
	s := openShop(t, 100, 3)
	ours, theirs := s.take(1), s.take(1)
	price := func(n int64) func(*amounts) { return func(a *amounts) { a.price = n } }
	agreed := each(append(slices.Clone(ours), theirs...), price(24_990))
	s.change(agreed, agreed)
	synced(t, s.c, sync.Request{Occasion: sync.OccasionPerson})
	s.change(each(ours, price(2_499_000)), each(theirs, price(2_499_000)))
	mark := s.server.Mark()
	for range 2 {
		run := synced(t, s.c, sync.Request{Occasion: sync.OccasionPerson})
		if run.Held != 2 || run.Moved.Any() || s.server.Since(mark).Spent(sandbox.CostWrite) > 0 {
			t.Errorf("%+v", run)
		}
		s.compare()
		open, _, err := s.c.OpenFields(t.Context(), sync.OpenQuery{Sort: sync.OpenByCode})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, o := range open {
			got = append(got, fmt.Sprintf("%s %s %s %s %s", o.Code, o.Field, o.Action, o.Why, o.Way))
		}
		want := []string{ours[0] + " price held jump push", theirs[0] + " price held jump pull"}
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("what waits: %v, want %v", got, want)
		}
	}
}
