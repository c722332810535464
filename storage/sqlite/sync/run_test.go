package sync_test

import (
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// counted are the fields of a run that change with what they count, and those of a transfer that a sync has not.
var counted = []string{
	"Run.ID", "Run.Options", "Run.Counters", "Run.UndoBegunAt", "Run.UndoneAt", "Compared", "Unchanged", "Conflicts", "Held", "Brakes",
	"Dated", "Undated", "Moved",
}

func filled(seed int) sync.Run {
	return domaintest.Fill[sync.Run](seed, domaintest.OneOf(transfer.StateQueued, transfer.StateDraft), domaintest.OneOf(sync.ScopeEdits, sync.ScopeChanged))
}

// What a run is given is kept; what it counts begins at nothing.
func TestSync_keepsEveryField(t *testing.T) {
	c, ctx := sqlitetest.NewCompany(t), t.Context()
	made := sqlitetest.Ok1[sync.Run](t)(c.CreateSync(ctx, filled(0)))
	sqlitetest.WantSame(t, "made", made, filled(0), counted...)
	bare := filled(0)
	bare.Run.Counters, bare.Options, bare.UndoBegunAt = transfer.Counters{}, transfer.Options{}, time.Time{}
	sqlitetest.WantSame(t, "made", made, sync.Run{Run: bare.Run, Request: bare.Request}, "Run.ID", "Run.UndoneAt")
	if made.ID != 1 || !made.UndoneAt.IsZero() {
		t.Errorf("run %d, undone at %v", made.ID, made.UndoneAt)
	}
	saved := filled(1)
	saved.ID = made.ID
	after := sqlitetest.Ok1[sync.Run](t)(c.SaveSync(ctx, saved))
	sqlitetest.WantSame(t, "saved", after, saved, counted[1:]...)
	if after.Counters != (transfer.Counters{}) || after.Compared+after.Unchanged+after.Conflicts+after.Held+after.Dated+after.Undated != 0 || after.Moved.Any() || len(after.Brakes) != 0 {
		t.Errorf("saving counts nothing: %+v", after)
	}
	sqlitetest.WantSame(t, "read", sqlitetest.Ok1[sync.Run](t)(c.Sync(ctx, made.ID)), after)
}

func TestSync_readsEveryColumnWhereItIs(t *testing.T) {
	c, ctx := sqlitetest.NewCompany(t), t.Context()
	made := sqlitetest.Ok1[sync.Run](t)(c.CreateSync(ctx, filled(0)))
	sqlitetest.Must(t, c.DB.Execute(ctx, "count", `UPDATE sync_run SET read = 1, planned = 2, failed = 3, pending = 4, compared = 5, unchanged = 6, conflicts = 7,
		held = 8, brakes = '[{"ID":"zeroed-1","Kind":"zeroed","Changed":9,"Of":10,"Limit":11}]', dated = 12, undated = 13, undone_at = '2026-03-02T09:00:00.007Z',
		pulled_stock = 14, pulled_price = 15, pushed_stock = 16, pushed_price = 17`))
	want := made
	want.Counters = transfer.Counters{Read: 1, Matched: 2, Failed: 3, Pending: 4}
	want.Compared, want.Unchanged, want.Conflicts, want.Held, want.Dated, want.Undated = 5, 6, 7, 8, 12, 13
	want.Brakes = []sync.Brake{{ID: "zeroed-1", Kind: sync.BrakeZeroed, Changed: 9, Of: 10, Limit: 11}}
	want.UndoneAt = domaintest.Moment.Add(7 * time.Millisecond)
	want.Moved = sync.Moved{PulledStock: 14, PulledPrice: 15, PushedStock: 16, PushedPrice: 17}
	sqlitetest.WantSame(t, "run", sqlitetest.Ok1[sync.Run](t)(c.Sync(ctx, made.ID)), want)
	saved := sqlitetest.Ok1[sync.Run](t)(c.SaveSync(ctx, made))
	sqlitetest.WantSame(t, "saved with older counters", saved, want)
}

func TestSync_ofNoRun(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	_, err := c.Sync(t.Context(), 7)
	sqlitetest.WantKind(t, err, domain.KindNotFound)
	_, err = c.SaveSync(t.Context(), sync.Run{Run: transfer.Run{ID: 7}})
	sqlitetest.WantKind(t, err, domain.KindNotFound)
}

func TestCreateSync_isMadeNowUnlessItSaysWhen(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	c.DB.Actor = "ayşe"
	now := sqlitetest.Clocked(c, 5)
	r := sqlitetest.Ok1[sync.Run](t)(c.CreateSync(t.Context(), sync.Run{}))
	if !r.CreatedAt.Equal(now) || r.CreatedAt.Location() != time.UTC {
		t.Errorf("made at %v, want %v", r.CreatedAt, now)
	}
	if n := sqlitetest.Count(t, c, `SELECT count(*) FROM sync_run WHERE actor = 'ayşe'`); n != 1 {
		t.Error("by nobody")
	}
}

// A plan that nobody confirmed goes with the next run; what is confirmed stays.
func TestCreateSync_dropsPlansThatWereOnlyLookedAt(t *testing.T) {
	s := newShop(t)
	look := s.swept()
	s.execute(`UPDATE sync_run SET confirmed_at = NULL`)
	look = sqlitetest.Ok1[sync.Run](t)(s.Sync(t.Context(), look.ID))
	sqlitetest.Must(t, sqlitetest.ErrOf2(s.SaveSyncPlan(t.Context(), look, sync.Plan{Items: []sync.Item{pull(tea, domain.SharedPrice, "1", "2", "3")}})))
	kept := s.swept()
	sqlitetest.WantKind(t, sqlitetest.ErrOf2(s.Sync(t.Context(), look.ID)), domain.KindNotFound)
	if n := sqlitetest.Count(t, s.Company, `SELECT count(*) FROM sync_item`); n != 0 {
		t.Errorf("%d changes of it are left", n)
	}
	s.swept()
	sqlitetest.Must(t, sqlitetest.ErrOf2(s.Sync(t.Context(), kept.ID)))
}

// A hundred runs keep what they changed one by one; older ones their sums, and what is still waited for.
func TestCreateSync_keepsTheSumsOfOldRuns(t *testing.T) {
	s := newShop(t)
	states := []sync.ItemState{
		sync.ItemPlanned, sync.ItemApplied, sync.ItemSent, sync.ItemUnknown, sync.ItemAnswered, sync.ItemConfirmed, sync.ItemRefuted, sync.ItemFailed,
	}
	var plan sync.Plan
	for range states {
		plan.Items = append(plan.Items, push(tea, domain.SharedPrice, "1", "2", "3"))
	}
	old := s.planned(plan)
	for i, state := range states {
		s.execute(`UPDATE sync_item SET state = ? WHERE id = ?`, state, i+1)
	}
	old = sqlitetest.Ok1[sync.Run](t)(s.EndPush(t.Context(), old, nil))
	if old.Moved != (sync.Moved{PushedPrice: 5}) || old.Counters.Failed != 1 || old.Counters.Pending != 2 || old.Counters.Matched != 8 {
		t.Fatalf("%+v", old)
	}
	for range 99 {
		sqlitetest.Must(t, sqlitetest.ErrOf2(s.CreateSync(t.Context(), sync.Run{Run: transfer.Run{ConfirmedAt: domaintest.Moment}})))
	}
	if n := len(s.items(old.ID)); n != len(states) {
		t.Fatalf("the hundredth run has %d changes", n)
	}
	sqlitetest.Must(t, sqlitetest.ErrOf2(s.CreateSync(t.Context(), sync.Run{})))
	var left []sync.ItemState
	for _, i := range s.items(old.ID) {
		left = append(left, i.State)
	}
	sqlitetest.WantSame(t, "left", left, []sync.ItemState{sync.ItemSent, sync.ItemUnknown, sync.ItemAnswered})
	sqlitetest.WantSame(t, "the old run", sqlitetest.Ok1[sync.Run](t)(s.Sync(t.Context(), old.ID)), old)
}

// Runs of every scope, confirmed or not, read to the end or not: each question finds its own.
func TestLatestSync_ofItsScopes(t *testing.T) {
	c, ctx := sqlitetest.NewCompany(t), t.Context()
	if _, ok, err := c.LatestSync(ctx); ok || err != nil {
		t.Error(ok, err)
	}
	make1 := func(scope sync.Scope, confirmed, read time.Time) int64 {
		return sqlitetest.Ok1[sync.Run](t)(c.CreateSync(ctx, sync.Run{Run: transfer.Run{ConfirmedAt: confirmed, ReadAt: read}, Request: sync.Request{Scope: scope}})).ID
	}
	at := domaintest.Moment
	full := make1(sync.ScopeFull, at, at)
	changed := make1(sync.ScopeChanged, at, at)
	edits := make1(sync.ScopeEdits, at, at)
	make1(sync.ScopeFull, at, time.Time{})
	make1(sync.ScopeChanged, at, time.Time{})
	make1(sync.ScopeFull, time.Time{}, at)
	for _, tt := range []struct {
		scopes []sync.Scope
		want   int64
	}{
		{nil, edits},
		{[]sync.Scope{sync.ScopeFull}, full},
		{[]sync.Scope{sync.ScopeChanged}, changed},
		{[]sync.Scope{sync.ScopeFull, sync.ScopeChanged}, changed},
		{[]sync.Scope{sync.ScopeChoice}, 0},
	} {
		r, ok, err := c.LatestSync(ctx, tt.scopes...)
		if err != nil || r.ID != tt.want || ok != (tt.want != 0) {
			t.Errorf("%v: run %d, %v, %v, want %d", tt.scopes, r.ID, ok, err, tt.want)
		}
	}
	want := sqlitetest.Ok1[sync.Run](t)(c.Sync(ctx, full))
	got, _, _ := c.LatestSync(ctx, sync.ScopeFull)
	sqlitetest.WantSame(t, "run", got, want)
}

func TestUnfinishedSync_isTheNewestConfirmedOne(t *testing.T) {
	c, ctx := sqlitetest.NewCompany(t), t.Context()
	unfinished := func() int64 {
		r, ok, err := c.UnfinishedSync(ctx)
		if err != nil || ok != (r.ID != 0) {
			t.Fatal(r.ID, ok, err)
		}
		return r.ID
	}
	if id := unfinished(); id != 0 {
		t.Error(id)
	}
	for _, state := range []transfer.State{
		transfer.StateDraft, transfer.StatePreparing, transfer.StatePlanned, transfer.StateQueued, transfer.StateApplying, transfer.StatePaused,
		transfer.StateStopping, transfer.StateStopped, transfer.StateDone, transfer.StatePartlyDone, transfer.StateFailed,
	} {
		r := sqlitetest.Ok1[sync.Run](t)(c.CreateSync(ctx, sync.Run{Run: transfer.Run{State: state, ConfirmedAt: domaintest.Moment}, Request: sync.Request{Scope: sync.ScopeFull}}))
		want := r.ID
		if state.Finished() {
			want = 0
		}
		if id := unfinished(); id != want {
			t.Errorf("%s: run %d, want %d", state, id, want)
		}
	}
	stopped := sqlitetest.Ok1[sync.Run](t)(c.CreateSync(ctx, sync.Run{Run: transfer.Run{State: transfer.StateStopped, ConfirmedAt: domaintest.Moment}}))
	// A plan that nobody has confirmed, and what a person decided meanwhile, judge nothing anew.
	sqlitetest.Must(t, sqlitetest.ErrOf2(c.CreateSync(ctx, sync.Run{Run: transfer.Run{State: transfer.StateDone, ConfirmedAt: domaintest.Moment}, Request: sync.Request{Scope: sync.ScopeChoice}})),
		sqlitetest.ErrOf2(c.CreateSync(ctx, sync.Run{Run: transfer.Run{State: transfer.StatePlanned}})))
	if id := unfinished(); id != stopped.ID {
		t.Errorf("run %d, want %d", id, stopped.ID)
	}
	sqlitetest.Must(t, sqlitetest.ErrOf2(c.UndoSync(ctx, stopped.ID)))
	if id := unfinished(); id != 0 {
		t.Errorf("run %d was taken back", id)
	}
}

func TestPlannedSync_isAPlanThatStillHolds(t *testing.T) {
	c, ctx, at := sqlitetest.NewCompany(t), t.Context(), domaintest.Moment
	planned := func(r transfer.Run) int64 {
		id := sqlitetest.Ok1[sync.Run](t)(c.CreateSync(ctx, sync.Run{Run: r})).ID
		found, ok, err := c.PlannedSync(ctx, at)
		if err != nil || ok != (found.ID != 0) {
			t.Fatal(err)
		}
		if ok && found.ID != id {
			t.Errorf("run %d, want %d", found.ID, id)
		}
		return found.ID
	}
	for name, tt := range map[string]struct {
		run  transfer.Run
		want bool
	}{
		"read since":      {transfer.Run{State: transfer.StatePlanned, ReadAt: at.Add(time.Millisecond)}, true},
		"read just then":  {transfer.Run{State: transfer.StatePlanned, ReadAt: at}, false},
		"never read":      {transfer.Run{State: transfer.StatePlanned}, false},
		"confirmed":       {transfer.Run{State: transfer.StatePlanned, ReadAt: at.Add(time.Hour), ConfirmedAt: at}, false},
		"not yet planned": {transfer.Run{State: transfer.StatePreparing, ReadAt: at.Add(time.Hour)}, false},
	} {
		if got := planned(tt.run) != 0; got != tt.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestSyncs_givesThePageOfTheNewest(t *testing.T) {
	c, ctx := sqlitetest.NewCompany(t), t.Context()
	for i := range 5 {
		sqlitetest.Must(t, sqlitetest.ErrOf2(c.CreateSync(ctx, filled(i))))
	}
	sqlitetest.Must(t, sqlitetest.ErrOf2(c.CreateSync(ctx, sync.Run{})))
	for _, tt := range []struct {
		n, skip int
		want    []int64
	}{{0, 0, []int64{5, 4, 3, 2, 1}}, {2, 0, []int64{5, 4}}, {2, 3, []int64{2, 1}}, {0, 4, []int64{1}}, {3, 5, nil}} {
		runs, total, err := c.Syncs(ctx, tt.n, tt.skip)
		var ids []int64
		for _, r := range runs {
			ids = append(ids, r.ID)
			sqlitetest.WantSame(t, "run", r, sqlitetest.Ok1[sync.Run](t)(c.Sync(ctx, r.ID)))
		}
		if err != nil || total != 5 {
			t.Errorf("%d in all, %v", total, err)
		}
		sqlitetest.WantSame(t, "page", ids, tt.want)
	}
}

func TestStopSync_stopsWhatIsAtWork(t *testing.T) {
	c, ctx := sqlitetest.NewCompany(t), t.Context()
	at := map[transfer.State]transfer.State{
		transfer.StatePreparing: transfer.StateStopping, transfer.StateQueued: transfer.StateStopping, transfer.StateApplying: transfer.StateStopping,
		transfer.StatePaused: transfer.StatePaused, transfer.StateStopped: transfer.StateStopped, transfer.StateDone: transfer.StateDone,
		transfer.StatePlanned: transfer.StatePlanned, transfer.StateDraft: transfer.StateDraft,
	}
	for state, want := range at {
		one := sqlitetest.Ok1[sync.Run](t)(c.CreateSync(ctx, sync.Run{Run: transfer.Run{State: state, ConfirmedAt: domaintest.Moment}}))
		other := sqlitetest.Ok1[sync.Run](t)(c.CreateSync(ctx, sync.Run{Run: transfer.Run{State: transfer.StateApplying, ConfirmedAt: domaintest.Moment}}))
		sqlitetest.Must(t, c.StopSync(ctx, one.ID))
		stopped, untouched := one, other
		stopped.State = want
		sqlitetest.WantSame(t, string(state), sqlitetest.Ok1[sync.Run](t)(c.Sync(ctx, one.ID)), stopped)
		sqlitetest.WantSame(t, "the other", sqlitetest.Ok1[sync.Run](t)(c.Sync(ctx, other.ID)), untouched)
		sqlitetest.Must(t, c.RecoverStoppedSyncs(ctx))
		if want == transfer.StateStopping {
			stopped.State = transfer.StateStopped
		}
		sqlitetest.WantSame(t, string(state)+" at the next start", sqlitetest.Ok1[sync.Run](t)(c.Sync(ctx, one.ID)), stopped)
		sqlitetest.WantSame(t, "the other", sqlitetest.Ok1[sync.Run](t)(c.Sync(ctx, other.ID)), untouched)
	}
}

// The end of a run is told in the history, once; that of one that nobody asked for and that did nothing is not.
func TestSaveSync_tellsItsEnd(t *testing.T) {
	moved := func(s *shop, r sync.Run) {
		s.execute(`UPDATE sync_run SET pulled_stock = 1, pulled_price = 2, pushed_stock = 3, pushed_price = 4, conflicts = 5, held = 6, failed = 7 WHERE id = ?`, r.ID)
	}
	failed := func(s *shop, r sync.Run) { s.execute(`UPDATE sync_run SET failed = 7 WHERE id = ?`, r.ID) }
	pushed := func(s *shop, r sync.Run) { s.execute(`UPDATE sync_run SET pushed_price = 4 WHERE id = ?`, r.ID) }
	nothing := func(*shop, sync.Run) {}
	for name, tt := range map[string]struct {
		state, after transfer.State
		cause        domain.Kind
		occasion     sync.Occasion
		did          func(s *shop, r sync.Run)
		want         string // the state that is told, "" = nothing is
	}{
		"done, by a person":          {transfer.StateApplying, transfer.StateDone, "", sync.OccasionPerson, nothing, "done"},
		"done, by itself, for much":  {transfer.StateApplying, transfer.StateDone, "", sync.OccasionSchedule, moved, "done"},
		"done, by itself, for one":   {transfer.StateApplying, transfer.StateDone, "", sync.OccasionEdits, pushed, "done"},
		"done, by itself, in vain":   {transfer.StateApplying, transfer.StateDone, "", sync.OccasionSchedule, failed, "done"},
		"done, by itself, for none":  {transfer.StateApplying, transfer.StateDone, "", sync.OccasionSchedule, nothing, ""},
		"partly done, by itself":     {transfer.StateApplying, transfer.StatePartlyDone, "", sync.OccasionOpening, nothing, "partly_done"},
		"failed":                     {transfer.StatePreparing, transfer.StateFailed, domain.KindInternal, sync.OccasionOpening, nothing, "failed"},
		"stopped":                    {transfer.StateStopping, transfer.StateStopped, "", sync.OccasionOpening, nothing, "stopped"},
		"paused":                     {transfer.StateApplying, transfer.StatePaused, domain.KindNetwork, sync.OccasionOpening, nothing, "paused"},
		"at a brake":                 {transfer.StateApplying, transfer.StatePaused, domain.KindBrake, sync.OccasionOpening, nothing, "braked"},
		"at work":                    {transfer.StatePreparing, transfer.StateApplying, "", sync.OccasionPerson, moved, ""},
		"waiting, and then stopped":  {transfer.StatePaused, transfer.StateStopped, "", sync.OccasionPerson, moved, ""},
		"planned, not confirmed yet": {transfer.StatePreparing, transfer.StatePlanned, "", sync.OccasionPerson, moved, ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t)
			r := sqlitetest.Ok1[sync.Run](t)(s.CreateSync(t.Context(), sync.Run{
				Run: transfer.Run{State: tt.state, ConfirmedAt: domaintest.Moment}, Request: sync.Request{Occasion: tt.occasion},
			}))
			tt.did(s, r)
			before := sqlitetest.Entries(t, s.Company)
			s.hour(3)
			r.State, r.Cause = tt.after, tt.cause
			r = sqlitetest.Ok1[sync.Run](t)(s.SaveSync(t.Context(), r))
			if tt.want == "" {
				if n := sqlitetest.Entries(t, s.Company); n != before {
					t.Errorf("told: %+v", sqlitetest.LastDone(t, s.Company))
				}
				return
			}
			sqlitetest.WantNoted(t, s.Company, "sync", map[string]any{
				"sync": r.ID, "state": tt.want, "occasion": tt.occasion, "pulled_stock": r.Moved.PulledStock, "pulled_price": r.Moved.PulledPrice,
				"pushed_stock": r.Moved.PushedStock, "pushed_price": r.Moved.PushedPrice, "conflicts": r.Conflicts, "held": r.Held, "failed": r.Counters.Failed,
			})
			sqlitetest.Must(t, sqlitetest.ErrOf2(s.SaveSync(t.Context(), r)))
			if n := sqlitetest.Entries(t, s.Company); n != before+1 {
				t.Errorf("told %d times", n-before)
			}
		})
	}
}

// What was only looked at is no end to be told of.
func TestSaveSync_tellsNothingOfAPlan(t *testing.T) {
	s := newShop(t)
	r := sqlitetest.Ok1[sync.Run](t)(s.CreateSync(t.Context(), sync.Run{Run: transfer.Run{State: transfer.StatePreparing}, Request: sync.Request{Occasion: sync.OccasionPerson}}))
	before := sqlitetest.Entries(t, s.Company)
	r.State = transfer.StateStopped
	sqlitetest.Must(t, sqlitetest.ErrOf2(s.SaveSync(t.Context(), r)))
	if n := sqlitetest.Entries(t, s.Company); n != before {
		t.Errorf("told: %+v", sqlitetest.LastDone(t, s.Company))
	}
}
