package sync_test

import (
	"slices"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// begun makes a run that has read nothing yet.
func (s *shop) begun() sync.Run {
	s.t.Helper()
	return sqlitetest.Ok1[sync.Run](s.t)(s.CreateSync(s.t.Context(), sync.Run{
		Run:     transfer.Run{State: transfer.StatePreparing, Phase: transfer.PhaseRead, NextPage: 1, ConfirmedAt: domaintest.Moment, CreatedAt: domaintest.Moment},
		Request: sync.Request{Scope: sync.ScopeFull, Occasion: sync.OccasionPerson},
	}))
}

func (s *shop) see(r sync.Run, at time.Time, products ...domain.RemoteProduct) sync.Run {
	s.t.Helper()
	return sqlitetest.Ok1[sync.Run](s.t)(s.SeeProducts(s.t.Context(), r, products, at))
}

func TestSeeProducts_keepsWhatARowSays(t *testing.T) {
	s, at := newShop(t), domaintest.Moment.Add(3*time.Millisecond)
	full := domaintest.Fill[domain.RemoteProduct](0)
	bare := domain.RemoteProduct{ID: "bare", Type: 2}
	r := s.begun()
	r.NextPage, r.Total = 2, 77
	after := s.see(r, at, full, bare)
	want := r
	want.Counters.Read = 2
	sqlitetest.WantSame(t, "run", after, want)
	rows := sqlitetest.RowsBy(t, s.DB.Reader, `SELECT * FROM sync_seen ORDER BY remote_id = 'bare'`)
	if len(rows) != 2 {
		t.Fatal(rows)
	}
	sqlitetest.WantRow(t, "full", rows[0], map[string]any{
		"remote_id": string(full.ID), "type": int64(full.Type), "price": sqlitetest.DecText(full.Price), "currency": string(full.Currency),
		"stock": sqlitetest.DecText(full.Stock), "modified_at": sqlitetest.Timed(full.ModifiedAt), "read_at": sqlitetest.Timed(at), "sync_id": r.ID,
		"code": string(full.Code), "unit": full.Unit,
	})
	sqlitetest.WantRow(t, "bare", rows[1], map[string]any{
		"remote_id": "bare", "type": int64(2), "price": nil, "currency": "", "stock": nil, "modified_at": nil, "read_at": sqlitetest.Timed(at), "sync_id": r.ID,
		"code": "", "unit": "",
	})
	// The next run finds it otherwise: everything is of that run.
	next, later := s.begun(), at.Add(time.Hour)
	other := domaintest.Fill[domain.RemoteProduct](1)
	other.ID, other.Type = full.ID, full.Type
	s.see(next, later, other)
	sqlitetest.WantRow(t, "read anew", sqlitetest.RowsBy(t, s.DB.Reader, `SELECT * FROM sync_seen WHERE remote_id = ?`, full.ID)[0], map[string]any{
		"remote_id": string(full.ID), "type": int64(full.Type), "price": sqlitetest.DecText(other.Price), "currency": string(other.Currency),
		"stock": sqlitetest.DecText(other.Stock), "modified_at": sqlitetest.Timed(other.ModifiedAt), "read_at": sqlitetest.Timed(later), "sync_id": next.ID,
		"code": string(other.Code), "unit": other.Unit,
	})
}

func TestSeeProducts_countsARowOnce(t *testing.T) {
	s, at := newShop(t), domaintest.Moment
	r := s.see(s.begun(), at, theirs(tea, "1", "1"), theirs(heater, "2", "2"))
	r = s.see(r, at, theirs(heater, "2", "2"), theirs(scarf, "3", "3"))
	if r.Counters.Read != 3 {
		t.Errorf("%d rows", r.Counters.Read)
	}
	sameNumber := theirs(tea, "1", "1")
	sameNumber.Type = 9
	if r = s.see(r, at, sameNumber); r.Counters.Read != 4 {
		t.Errorf("%d rows: what is a product at İşbaşı is its number and its type", r.Counters.Read)
	}
	next := s.see(s.begun(), at, theirs(tea, "1", "1"))
	if next.Counters.Read != 1 || sqlitetest.Ok1[sync.Run](t)(s.Sync(t.Context(), r.ID)).Counters.Read != 4 {
		t.Errorf("the next run has read %d", next.Counters.Read)
	}
}

// Whether İşbaşı dates what changes tells whether it can be asked for what has changed.
func TestSeeProducts_countsChangesWithAndWithoutADate(t *testing.T) {
	const price, stock = "10", "5"
	readAt := domaintest.Moment
	before, since := readAt.Add(-time.Millisecond), readAt.Add(time.Millisecond)
	for name, tt := range map[string]struct {
		price, stock   string
		modified       time.Time
		dated, undated int
	}{
		"nothing":                        {price, stock, time.Time{}, 0, 0},
		"nothing but its date":           {price, stock, since, 0, 0},
		"the price, dated since":         {"11", stock, since, 1, 0},
		"the stock, dated since":         {price, "4", since, 1, 0},
		"both, dated since":              {"11", "4", since, 1, 0},
		"the price, dated just then":     {"11", stock, readAt, 0, 1},
		"the price, dated before":        {"11", stock, before, 0, 1},
		"the stock, not dated":           {price, "4", time.Time{}, 0, 1},
		"the price goes, not dated":      {"", stock, time.Time{}, 0, 1},
		"the stock goes, dated since":    {price, "", since, 1, 0},
		"the same numbers, spelt longer": {"10.00", "5.0", since, 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t)
			s.see(s.begun(), readAt, theirs(tea, price, stock), theirs(heater, "", ""))
			row := theirs(tea, tt.price, tt.stock)
			row.ModifiedAt = tt.modified
			fresh := theirs(scarf, "1", "1")
			fresh.ModifiedAt = since
			r := s.see(s.begun(), readAt.Add(time.Hour), row, theirs(heater, "", ""), fresh)
			if r.Dated != tt.dated || r.Undated != tt.undated || r.Counters.Read != 3 {
				t.Errorf("%d dated, %d not, %d read, want %d and %d", r.Dated, r.Undated, r.Counters.Read, tt.dated, tt.undated)
			}
			again := theirs(tea, "99", "99")
			again.ModifiedAt = since.Add(2 * time.Hour)
			if r = s.see(r, readAt.Add(time.Hour), again); r.Dated != tt.dated || r.Undated != tt.undated {
				t.Errorf("read twice: %d dated, %d not", r.Dated, r.Undated)
			}
		})
	}
}

// A change that was dated before a run asked for what has changed is one that it should have seen: by that date it was not.
func TestSeeProducts_countsAsUndatedWhatTheFilterHasOverlooked(t *testing.T) {
	for name, tt := range map[string]struct {
		modified       time.Duration // before the run that asked
		dated, undated int
	}{
		"long before":                  {5 * time.Hour, 0, 1},
		"just before, as clocks go":    {59 * time.Minute, 1, 0},
		"since":                        {-time.Minute, 1, 0},
		"as long before as is overlap": {time.Hour, 0, 1},
	} {
		s := newShop(t)
		asked := domaintest.Moment.Add(24 * time.Hour)
		s.see(s.begun(), domaintest.Moment, theirs(tea, "10", "5"))
		r := s.begun()
		s.execute(`UPDATE sync_run SET scope = 'changed', created_at = ?1, read_at = ?1 WHERE id = ?2`, database.TimeText(asked), r.ID)
		row := theirs(tea, "11", "5")
		row.ModifiedAt = asked.Add(-tt.modified)
		if r := s.see(s.begun(), asked.Add(time.Hour), row); r.Dated != tt.dated || r.Undated != tt.undated {
			t.Errorf("%s: %d dated, %d not", name, r.Dated, r.Undated)
		}
	}
}

// What is read anew is as if it had never been read, but for what is known of how it had changed: that was to be seen once.
func TestForgetSync_readsAnew(t *testing.T) {
	s := newShop(t)
	s.see(s.begun(), domaintest.Moment, theirs(tea, "1", "1"), theirs(heater, "2", "2"))
	other := s.swept(theirs(scarf, "9", "9"))
	dated := theirs(tea, "3", "1")
	dated.ModifiedAt = domaintest.Moment.Add(time.Hour)
	r := s.see(s.begun(), domaintest.Moment.Add(time.Hour), dated, theirs(heater, "4", "2"))
	r.Total, r.NextPage, r.Phase = 20, 3, transfer.PhaseMatch
	r = sqlitetest.Ok1[sync.Run](t)(s.SaveSyncPlan(t.Context(), r, sync.Plan{
		Items: []sync.Item{pull(tea, domain.SharedPrice, "1", "2", "3")}, Brakes: []sync.Brake{{ID: "prices-1"}}, Compared: 4,
	}))
	s.execute(`UPDATE sync_run SET failed = 3 WHERE id = ?`, r.ID)
	want := r
	want.Phase, want.NextPage, want.Total, want.Counters, want.Brakes = transfer.PhaseRead, 1, 0, transfer.Counters{}, nil
	r = sqlitetest.Ok1[sync.Run](t)(s.ForgetSync(t.Context(), r))
	if r.Dated != 1 || r.Undated != 1 {
		t.Errorf("%d dated, %d not", r.Dated, r.Undated)
	}
	sqlitetest.WantSame(t, "run", r, want)
	if n := len(s.items(r.ID)); n != 0 {
		t.Errorf("%d changes", n)
	}
	if n := sqlitetest.Count(t, s.Company, `SELECT count(*) FROM sync_seen WHERE sync_id = ?`, other.ID); n != 1 {
		t.Error("another run has read less")
	}
	r = s.see(r, domaintest.Moment.Add(2*time.Hour), dated)
	if r.Counters.Read != 1 || r.Dated != 1 || r.Undated != 1 {
		t.Errorf("%d read, %d dated, %d not", r.Counters.Read, r.Dated, r.Undated)
	}
}

func TestChangedTotals_ofRunsThatReadTheirEndSince(t *testing.T) {
	s, ctx, at := newShop(t), t.Context(), domaintest.Moment
	made := func(scope sync.Scope, total int, read time.Time) {
		sqlitetest.Must(t, sqlitetest.ErrOf2(s.CreateSync(ctx, sync.Run{Run: transfer.Run{Total: total, ReadAt: read, ConfirmedAt: at}, Request: sync.Request{Scope: scope}})))
	}
	made(sync.ScopeChanged, 1, at.Add(-time.Millisecond))
	made(sync.ScopeChanged, 2, at)
	made(sync.ScopeChanged, 3, time.Time{})
	made(sync.ScopeFull, 4, at)
	made(sync.ScopeChanged, 0, at.Add(time.Hour))
	made(sync.ScopeEdits, 5, at)
	got, err := s.ChangedTotals(ctx, at)
	if err != nil || !slices.Equal(got, []int{2, 0}) {
		t.Errorf("%v, %v", got, err)
	}
}

func TestSeenProducts_ofTheLastWholeList(t *testing.T) {
	s, ctx, at := newShop(t), t.Context(), domaintest.Moment
	want := func(what string, n int) {
		t.Helper()
		if got, err := s.SeenProducts(ctx); got != n || err != nil {
			t.Errorf("%s: %d, %v, want %d", what, got, err, n)
		}
	}
	want("nothing", 0)
	tr := sqlitetest.Ok1[transfer.Run](t)(s.CreateRun(ctx, transfer.Run{Total: 5}))
	want("a transfer that has not read yet", 0)
	tr.ReadAt, tr.ConfirmedAt = at, at
	sqlitetest.Must(t, s.SaveRun(ctx, tr))
	want("a transfer", 5)
	sqlitetest.Must(t, sqlitetest.ErrOf2(s.CreateRun(ctx, transfer.Run{Total: 6, ReadAt: at})))
	want("the newest transfer", 6)
	made := func(scope sync.Scope, total int, read time.Time) {
		sqlitetest.Must(t, sqlitetest.ErrOf2(s.CreateSync(ctx, sync.Run{Run: transfer.Run{Total: total, ReadAt: read, ConfirmedAt: at}, Request: sync.Request{Scope: scope}})))
	}
	made(sync.ScopeChanged, 7, at)
	made(sync.ScopeFull, 8, time.Time{})
	want("what is no whole list", 6)
	made(sync.ScopeFull, 9, at)
	want("a whole list", 9)
	made(sync.ScopeFull, 10, at)
	want("the newest", 10)
}

// What the list has not is asked for one by one, and is gone when İşbaşı says so; what comes back is there again.
func TestMissed_untilItIsGone(t *testing.T) {
	s, ctx := newShop(t), t.Context()
	missed := func(what string, r sync.Run, want ...domain.ProductRef) {
		t.Helper()
		got, err := s.Missed(ctx, r)
		sqlitetest.Must(t, err)
		sqlitetest.WantSame(t, what, got, want)
	}
	first := s.swept(theirs(tea, "1", "1"), theirs(heater, "1", "1"), theirs(scarf, "1", "1"))
	missed("all are there", first)
	r := s.swept(theirs(heater, "1", "1"))
	missed("two are not", r, sqlitetest.RefOf(tea), sqlitetest.RefOf(scarf))
	sqlitetest.WantSame(t, "another type", sqlitetest.RefOf(tea).Type, theirs(tea, "", "").Type)
	s.hour(4)
	sqlitetest.Must(t, s.Gone(ctx, domain.ProductRef{ID: sqlitetest.RefOf(scarf).ID, Type: 9}))
	missed("of another type nothing is known", r, sqlitetest.RefOf(tea), sqlitetest.RefOf(scarf))
	gone := s.hour(5)
	sqlitetest.Must(t, s.Gone(ctx, sqlitetest.RefOf(scarf)))
	missed("one is gone", r, sqlitetest.RefOf(tea))
	s.hour(6)
	sqlitetest.Must(t, s.Gone(ctx, sqlitetest.RefOf(scarf)))
	rows := sqlitetest.RowsBy(t, s.DB.Reader, `SELECT product_id, gone_at FROM binding WHERE gone_at IS NOT NULL`)
	if len(rows) != 1 || rows[0]["product_id"] != int64(scarf) || rows[0]["gone_at"] != sqlitetest.Timed(gone) {
		t.Errorf("%v, want since %v", rows, gone)
	}
	if p := s.pair(scarf); !p.Gone || s.pair(tea).Gone {
		t.Errorf("scarf gone %v, tea gone %v", p.Gone, s.pair(tea).Gone)
	}
	sqlitetest.Must(t, sqlitetest.ErrOf2(s.SaveSyncPlan(ctx, r, sync.Plan{})))
	if !s.pair(scarf).Gone {
		t.Error("a run that has not seen it brings it back")
	}

	back := s.swept(theirs(heater, "1", "1"), theirs(scarf, "1", "1"))
	for _, p := range sqlitetest.Ok1[[]sync.Pair](t)(s.Pairs(ctx, back)) {
		if p.Gone || p.Seen != (p.Product != tea) {
			t.Errorf("product %d: gone %v, seen %v", p.Product, p.Gone, p.Seen)
		}
	}
	sqlitetest.Must(t, sqlitetest.ErrOf2(s.SaveSyncPlan(ctx, back, sync.Plan{})))
	if n := sqlitetest.Count(t, s.Company, `SELECT count(*) FROM binding WHERE gone_at IS NOT NULL`); n != 0 {
		t.Errorf("%d are gone", n)
	}
	missed("the next has to ask again", s.swept(), sqlitetest.RefOf(tea), sqlitetest.RefOf(heater), sqlitetest.RefOf(scarf))
}
