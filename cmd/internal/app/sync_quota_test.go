package app_test

import (
	"errors"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// unlimited gives the month more calls than a test needs.
func (s *shop) unlimited() {
	s.t.Helper()
	if err := s.c.SaveQuotaLimits(s.t.Context(), quota.Limits{Reads: 1_000_000, Writes: 1_000_000}); err != nil {
		s.t.Fatal(err)
	}
}

// leave books so much of the month that so many calls of a kind are left, the reserve among them.
func (s *shop) leave(k quota.Kind, left int) {
	s.t.Helper()
	ctx := s.t.Context()
	s.closed(s.t) // what is booked and not used goes back
	s.open(s.t)
	u, err := s.c.Usage(ctx)
	if err == nil {
		err = s.c.Book(ctx, u.Month, k, u.Limit(k)-u.Spent(k)-left)
	}
	if err != nil {
		s.t.Fatal(err)
	}
}

// left tells how many calls of a kind are left, the reserve among them.
func (s *shop) left(k quota.Kind) int {
	s.t.Helper()
	u, err := s.c.Usage(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	return u.Limit(k) - u.Spent(k)
}

// nextMonth forgets what was booked, as the first of a month does.
func (s *shop) nextMonth() {
	s.t.Helper()
	s.leave(quota.Read, quota.ReadLimit)
	s.leave(quota.Write, quota.WriteLimit)
}

// waitsForTheMonth expects an error that says when calls of the kind are given again, with the reserve kept.
func waitsForTheMonth(t *testing.T, err error, k quota.Kind) {
	t.Helper()
	var e *domain.Error
	y, m, _ := time.Now().In(domain.Istanbul).Date()
	at, ok := quota.GoesOnAt(err)
	if !ok || !at.Equal(time.Date(y, m+1, 1, 0, 0, 0, 0, domain.Istanbul)) || !errors.As(err, &e) || e.Field != string(k) || !errors.Is(err, quota.ErrReserve) {
		t.Errorf("%v goes on at %v", err, at)
	}
}

// A sweep that the month does not suffice for is not begun: not a single call leaves, not even to sign in.
func TestSync_isNotBegunWithoutTheReadsForAllItsPages(t *testing.T) {
	ctx := t.Context()
	s := openShop(t, 40, 3)
	run := synced(t, s.c, sync.Request{Occasion: sync.OccasionPerson})
	seen := func(products int) {
		run.Total = products
		if _, err := s.c.SaveSync(ctx, run); err != nil {
			t.Fatal(err)
		}
		s.leave(quota.Read, 300) // a hundred pages, and the reserve
	}
	seen(10_001)
	mark := s.server.Mark()
	_, err := s.c.NewSync(ctx, sync.Request{Occasion: sync.OccasionPerson})
	waitsForTheMonth(t, err, quota.Read)
	if calls := s.server.Since(mark); len(calls) > 0 {
		t.Errorf("İşbaşı was called: %+v", calls)
	}
	seen(10_000)
	if _, err := s.c.NewSync(ctx, sync.Request{Occasion: sync.OccasionPerson}); err != nil {
		t.Error(err)
	}
}

// The reserve is never touched, wherever the month ends: the sync pauses, and goes on with the next one.
func TestSync_leavesTheReserve(t *testing.T) {
	const pages, looks = 3, 3 // a product was added just now: has another one gone while the list was read?
	for name, tc := range map[string]struct {
		kind          quota.Kind
		left, reserve int // of the month
		pushed        int
		phase         transfer.Phase
	}{
		"reads, in the list":     {quota.Read, quota.ReadReserve + pages, quota.ReadReserve, 0, transfer.PhaseRead},
		"reads, among pushes":    {quota.Read, quota.ReadReserve + pages + 1 + looks + 4, quota.ReadReserve, 4, transfer.PhaseApply},
		"writes, among pushes":   {quota.Write, quota.WriteReserve + 7, quota.WriteReserve, 7, transfer.PhaseApply},
		"writes, from the first": {quota.Write, quota.WriteReserve, quota.WriteReserve, 0, transfer.PhaseApply},
	} {
		t.Run(name, func(t *testing.T) {
			ctx := t.Context()
			s := openShop(t, 100*pages, 3)
			synced(t, s.c, sync.Request{Occasion: sync.OccasionPerson}) // agrees on what was imported
			reprice := func(a *amounts) { a.price = s.other(a.price) }
			s.change(each(s.take(10), reprice), each(s.take(5), reprice))
			s.server.AddProduct(sandbox.Product{Code: "YENI", Name: "Yeni", Type: sandbox.TypeProduct, Price: kurus(100), Currency: "TL"})
			s.leave(tc.kind, tc.left)
			mark := s.server.Mark()
			j, err := s.c.NewSync(ctx, sync.Request{Occasion: sync.OccasionPerson})
			if err != nil {
				t.Fatal(err)
			}
			err = j.Run(ctx)
			waitsForTheMonth(t, err, tc.kind)
			run := j.Sync()
			if run.State != transfer.StatePaused || run.Cause != domain.KindQuota || run.Phase != tc.phase || run.Moved.PushedPrice != tc.pushed {
				t.Errorf("%+v", run)
			}
			if left := s.left(tc.kind); left != tc.reserve {
				t.Errorf("%d calls left, want %d", left, tc.reserve)
			}
			if saved := s.server.Since(mark).Count(sandbox.RouteSaveProduct); saved != tc.pushed {
				t.Errorf("%d products were saved, want %d", saved, tc.pushed)
			}
			if again, err := s.c.ResumeSync(ctx); err != nil {
				t.Error(err)
			} else {
				waitsForTheMonth(t, again.Run(ctx), tc.kind) // and no call leaves
			}
			if left := s.left(tc.kind); left != tc.reserve {
				t.Errorf("%d calls left, want %d", left, tc.reserve)
			}

			s.nextMonth()
			if j, err = s.c.ResumeSync(ctx); err == nil {
				err = j.Run(ctx)
			}
			if err != nil {
				t.Fatal(err)
			}
			s.expect()
			if run := j.Sync(); run.State != transfer.StateDone || run.Moved.PushedPrice != 10 || run.Moved.PulledPrice != 5 || run.Counters.Pending != 0 {
				t.Errorf("%+v", run)
			}
			if saved := s.server.Since(mark).Count(sandbox.RouteSaveProduct); saved != 10 {
				t.Errorf("%d products were saved, want 10", saved)
			}
			s.server.DeleteProduct("YENI")
			s.compare()
		})
	}
}

// A write that İşbaşı refuses because it came too soon has not been carried out, and goes out in a minute or two, not
// tomorrow.
func TestSync_goesOnSoonWhenItWasTooFast(t *testing.T) {
	ctx := t.Context()
	for name, route := range map[string]string{"price": sandbox.RouteSaveProduct, "stock": sandbox.RouteStockReceipt} {
		t.Run(name, func(t *testing.T) {
			s := openShop(t, 100, 3)
			synced(t, s.c, sync.Request{Occasion: sync.OccasionPerson}) // agrees on what was imported
			s.change(each(s.take(3), func(a *amounts) { a.price++; a.stock++ }), nil)
			s.expect()
			s.server.Fault(sandbox.Fault{Kind: sandbox.FaultRate, RetryAfter: time.Second, Route: route, Nth: 2})
			j, err := s.c.NewSync(ctx, sync.Request{Occasion: sync.OccasionPerson})
			if err != nil {
				t.Fatal(err)
			}
			now := time.Now()
			err = j.Run(ctx)
			run := j.Sync()
			if at, ok := transfer.RetryAt(err, 0, now); !ok || at.After(now.Add(2*time.Minute)) || run.State != transfer.StatePaused || !transfer.GoesOnAtStart(run.Run) {
				t.Errorf("%v goes on at %v (now %v): %+v", err, at, now, run)
			}
			if err := j.Run(ctx); err != nil {
				t.Fatal(err)
			}
			if run := j.Sync(); run.Moved != (sync.Moved{PushedPrice: 3, PushedStock: 3}) || run.State != transfer.StateDone || run.Counters.Pending != 0 {
				t.Errorf("%+v", run)
			}
			s.compare()
			if n := len(s.server.Receipts()); n != 3 {
				t.Errorf("%d receipts", n)
			}
		})
	}
}

// Where İşbaşı's filter by time has proved to see every change, a quiet day costs one read, also behind the weekly read of
// the whole list that finds nothing.
func TestSync_aQuietDayCostsOneRead(t *testing.T) {
	const products = 1200
	s := openShop(t, products, 3, dated)
	reads := func(q sync.Request, scope sync.Scope) int {
		t.Helper()
		mark := s.server.Mark()
		if r := synced(t, s.c, q); r.Request.Scope != scope {
			t.Errorf("%s was read, want %s", r.Request.Scope, scope)
		}
		return s.server.Since(mark).Count(sandbox.RouteProducts)
	}
	reads(sync.Request{}, sync.ScopeFull) // agrees on what was imported
	for _, code := range s.take(5) {
		s.server.ChangeProduct(code, func(p *sandbox.Product) { p.Price = kurus(1_234_500) })
	}
	reads(sync.Request{}, sync.ScopeFull) // and finds every change dated
	for day := range 3 {
		if n := reads(sync.Request{}, sync.ScopeChanged); n != 1 {
			t.Errorf("day %d: %d reads", day, n)
		}
	}
	reads(sync.Request{Scope: sync.ScopeFull}, sync.ScopeFull)
	if n := reads(sync.Request{}, sync.ScopeChanged); n != 1 {
		t.Errorf("behind a quiet week: %d reads of %d", n, transfer.CostOf(products).Reads)
	}
	if n, err := s.c.SavedReads(t.Context()); n != 4*(transfer.CostOf(products).Reads-1) || err != nil {
		t.Errorf("%d reads were saved, %v", n, err)
	}
}
