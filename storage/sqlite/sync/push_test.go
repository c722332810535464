package sync_test

import (
	"fmt"
	"strconv"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// The changes of one product go out together, and are on their way in the file before anybody sends them.
func TestBeginPush_marksAProductsChangesAsSent(t *testing.T) {
	s, ctx := newShop(t), t.Context()
	again := push(heater, domain.SharedStock, "20", "20", "19")
	again.Receipt, again.Again, again.Attempt = "S-old-1", true, 2
	r := s.planned(sync.Plan{Items: []sync.Item{
		pull(scarf, domain.SharedPrice, "300", "300", "310"), push(tea, domain.SharedStock, "9", "10", "9"), again, push(tea, domain.SharedPrice, "90", "100", "90"),
	}})
	planned := s.items(r.ID)
	receipt := fmt.Sprintf("S%s-%d", strconv.FormatInt(r.CreatedAt.UnixMilli(), 36), planned[1].ID)
	at := s.hour(2)
	r.State = transfer.StateApplying
	after, sent, err := s.BeginPush(ctx, r)
	sqlitetest.Must(t, err)
	want := r
	sqlitetest.WantSame(t, "run", after, want) // what is on its way is not carried out yet
	if after.Counters.Pending != 4 {
		t.Errorf("%d are pending", after.Counters.Pending)
	}
	stock, price := planned[1], planned[3]
	stock.State, stock.Receipt, price.State = sync.ItemSent, receipt, sync.ItemSent
	sqlitetest.WantSame(t, "sent", sent, []sync.Item{stock, price})
	stock.EndedAt, price.EndedAt = at, at
	sqlitetest.WantSame(t, "kept", s.items(r.ID), []sync.Item{planned[0], stock, planned[2], price})
	rows := sqlitetest.RowsBy(t, s.DB.Reader, `SELECT sent_at FROM sync_item WHERE sync_id = ? ORDER BY id`, r.ID)
	if rows[0]["sent_at"] != nil || rows[1]["sent_at"] != sqlitetest.Timed(at) || rows[2]["sent_at"] != nil || rows[3]["sent_at"] != sqlitetest.Timed(at) {
		t.Errorf("sent at %v", rows)
	}

	_, sent, err = s.BeginPush(ctx, after)
	sqlitetest.Must(t, err)
	next := planned[2]
	next.State = sync.ItemSent
	sqlitetest.WantSame(t, "a receipt that has a number keeps it", sent, []sync.Item{next})
	after, sent, err = s.BeginPush(ctx, after)
	if err != nil || sent != nil {
		t.Errorf("nothing is left: %+v, %v", sent, err)
	}
	// What was on its way when the next was begun is lost: a program sends one after the other.
	want.Counters.Pending, want.Moved = 1, sync.Moved{PushedStock: 2, PushedPrice: 1}
	sqlitetest.WantSame(t, "run", after, want)
	for _, i := range s.items(r.ID)[1:] {
		if i.State != sync.ItemUnknown {
			t.Errorf("%+v", i)
		}
	}
}

// Each reason by itself why a value does not go out; the next product is taken in its place.
func TestBeginPush_leavesWhatChangedSinceThePlan(t *testing.T) {
	for name, tt := range map[string]struct {
		field  domain.Shared
		change func(s *shop)
	}{
		"another price":           {domain.SharedPrice, func(s *shop) { s.edit(tea, "101", "10") }},
		"another stock":           {domain.SharedStock, func(s *shop) { s.edit(tea, "100", "11") }},
		"another currency":        {domain.SharedPrice, func(s *shop) { s.execute(`UPDATE product SET currency = 'USD' WHERE id = 1`) }},
		"archived":                {domain.SharedStock, func(s *shop) { s.execute(`UPDATE product SET state = 'archived' WHERE id = 1`) }},
		"bound to something else": {domain.SharedStock, func(s *shop) { s.execute(`UPDATE binding SET remote_id = 'x' WHERE product_id = 1`) }},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t)
			i := push(tea, domain.SharedPrice, "90", "100", "90")
			if tt.field == domain.SharedStock {
				i = push(tea, domain.SharedStock, "9", "10", "9")
			}
			r := s.planned(sync.Plan{Items: []sync.Item{i, push(heater, domain.SharedPrice, "190", "200", "190")}})
			tt.change(s)
			at := s.hour(2)
			after, sent, err := s.BeginPush(t.Context(), r)
			if err != nil || len(sent) != 1 || sent[0].Product != heater || after.Counters.Failed != 1 || after.Counters.Pending != 1 {
				t.Fatalf("%+v, %v: %+v", sent, err, after)
			}
			got := s.items(r.ID)[0]
			if got.State != sync.ItemFailed || got.Detail != sync.FailedChangedHere || !got.EndedAt.Equal(at) {
				t.Errorf("%+v", got)
			}
		})
	}
}

// What a person has let go out when the plan was made, and does not any more, stays here: whatever the plan says.
func TestBeginPush_leavesWhatIsNotToGoOutAnyMore(t *testing.T) {
	for chosen, sent := range map[domain.Push][]domain.Shared{
		domain.PushUnset: nil, domain.PushStock: {domain.SharedStock}, domain.PushPrice: {domain.SharedPrice}, domain.PushBoth: {domain.SharedStock, domain.SharedPrice},
	} {
		s := newShop(t)
		r := s.planned(sync.Plan{Items: []sync.Item{push(tea, domain.SharedStock, "9", "10", "9"), push(tea, domain.SharedPrice, "90", "100", "90")}})
		s.choose(domain.Settings{IntegrationOn: true, Currency: domain.TRY, Pull: true, Push: chosen, Scenario: domain.ScenarioBasic})
		at := s.hour(2)
		after, items, err := s.BeginPush(t.Context(), r)
		if err != nil || len(items) != len(sent) || after.Counters.Failed != 2-len(sent) || after.Counters.Pending != len(sent) {
			t.Fatalf("%q: %+v, %v: %+v", chosen, items, err, after)
		}
		for n, f := range sent {
			if items[n].Field != f {
				t.Errorf("%q: %+v", chosen, items[n])
			}
		}
		for _, i := range s.items(r.ID) {
			if lets := chosen.Has(i.Field); lets != (i.State == sync.ItemSent) || !lets && (i.State != sync.ItemFailed || i.Detail != sync.FailedUnchosen || !i.EndedAt.Equal(at)) {
				t.Errorf("%q: %+v", chosen, i)
			}
		}
	}
}

// One field of a product may have changed, and the other goes out.
func TestBeginPush_sendsTheOtherField(t *testing.T) {
	s := newShop(t)
	r := s.planned(sync.Plan{Items: []sync.Item{push(tea, domain.SharedStock, "9", "10", "9"), push(tea, domain.SharedPrice, "90", "100", "90")}})
	s.edit(tea, "100", "11")
	after, sent, err := s.BeginPush(t.Context(), r)
	if err != nil || len(sent) != 1 || sent[0].Field != domain.SharedPrice || after.Counters.Failed != 1 || after.Counters.Pending != 1 {
		t.Errorf("%+v, %v: %+v", sent, err, after)
	}
}

func TestBeginPush_whenNothingIsLeft(t *testing.T) {
	s := newShop(t)
	r := s.planned(sync.Plan{Items: []sync.Item{push(tea, domain.SharedStock, "9", "10", "9")}})
	s.edit(tea, "100", "11")
	after, sent, err := s.BeginPush(t.Context(), r)
	if err != nil || len(sent) != 0 || after.Counters.Failed != 1 || after.Counters.Pending != 0 {
		t.Errorf("%+v, %v: %+v", sent, err, after)
	}
}

// Numbers of receipts are of the run's time and of the change: neither two changes nor two machines share one.
func TestBeginPush_numbersEveryReceiptOnce(t *testing.T) {
	s, ctx := newShop(t), t.Context()
	seen := map[string]bool{}
	for range 2 {
		r := s.planned(sync.Plan{Items: []sync.Item{push(tea, domain.SharedStock, "9", "10", "9"), push(heater, domain.SharedStock, "9", "20", "9")}})
		for range 2 {
			after, sent, err := s.BeginPush(ctx, r)
			sqlitetest.Must(t, err)
			if seen[sent[0].Receipt] || sent[0].Receipt == "" {
				t.Errorf("receipt %q", sent[0].Receipt)
			}
			seen[sent[0].Receipt] = true
			// What could not be sent is sent later under the same number.
			sent[0].State = sync.ItemPlanned
			after = sqlitetest.Ok1[sync.Run](t)(s.EndPush(ctx, after, sent))
			again := sqlitetest.Ok1[sync.Run](t)(s.ReopenSync(ctx, after))
			_, twice, err := s.BeginPush(ctx, again)
			sqlitetest.Must(t, err)
			if twice[0].Receipt != sent[0].Receipt {
				t.Errorf("receipt %q becomes %q", sent[0].Receipt, twice[0].Receipt)
			}
			r = again
		}
	}
	if len(seen) != 4 {
		t.Error(seen)
	}
}

func TestEndPush_storesWhatBecameOfThem(t *testing.T) {
	for state, counts := range map[sync.ItemState]struct{ pending, failed, pushed int }{
		sync.ItemPlanned: {2, 0, 0}, sync.ItemSent: {2, 0, 0}, sync.ItemUnknown: {1, 0, 1}, sync.ItemAnswered: {1, 0, 1}, sync.ItemFailed: {1, 1, 0},
	} {
		s := newShop(t)
		r := s.planned(sync.Plan{Items: []sync.Item{push(tea, domain.SharedPrice, "90", "100", "90"), push(heater, domain.SharedStock, "9", "20", "9")}})
		r, sent, err := s.BeginPush(t.Context(), r)
		sqlitetest.Must(t, err)
		at := s.hour(3)
		want := sent[0]
		want.State, want.Detail, want.EndedAt = state, "fiyat geçersiz", at
		r.APIWrites = 17
		after := sqlitetest.Ok1[sync.Run](t)(s.EndPush(t.Context(), r, []sync.Item{want}))
		run := r
		run.Counters.Pending, run.Counters.Failed, run.Moved.PushedPrice = counts.pending, counts.failed, counts.pushed
		sqlitetest.WantSame(t, string(state), after, run)
		items := s.items(r.ID)
		sqlitetest.WantSame(t, string(state), items[0], want)
		if items[1].State != sync.ItemPlanned {
			t.Errorf("%s: the other is %s", state, items[1].State)
		}
	}
}

// After a kill nobody knows what became of what was on its way; the counters of its run say so.
func TestLoseSent_leavesItInDoubt(t *testing.T) {
	s, ctx := newShop(t), t.Context()
	quiet := s.pushed(sync.ItemAnswered, push(heater, domain.SharedPrice, "190", "200", "190"))
	s.execute(`UPDATE sync_run SET failed = 77 WHERE id = ?`, quiet.ID)
	r := s.planned(sync.Plan{Items: []sync.Item{
		push(tea, domain.SharedPrice, "90", "100", "90"), push(tea, domain.SharedStock, "9", "10", "9"), push(scarf, domain.SharedStock, "9", "30", "9"),
	}})
	began := s.hour(4)
	r, sent, err := s.BeginPush(ctx, r)
	if err != nil || len(sent) != 2 {
		t.Fatal(sent, err)
	}
	s.hour(5)
	sqlitetest.Must(t, s.LoseSent(ctx))
	after := sqlitetest.Ok1[sync.Run](t)(s.Sync(ctx, r.ID))
	want := r
	want.Counters.Pending, want.Moved = 1, sync.Moved{PushedPrice: 1, PushedStock: 1}
	sqlitetest.WantSame(t, "run", after, want)
	for i, state := range []sync.ItemState{sync.ItemUnknown, sync.ItemUnknown, sync.ItemPlanned} {
		if got := s.items(r.ID)[i]; got.State != state || i < 2 && !got.EndedAt.Equal(began) {
			t.Errorf("change %d: %+v", i, got)
		}
	}
	if got := s.items(quiet.ID)[0].State; got != sync.ItemAnswered || sqlitetest.Ok1[sync.Run](t)(s.Sync(ctx, quiet.ID)).Counters.Failed != 77 {
		t.Errorf("what is answered is %s", got)
	}
	before := sqlitetest.Dump(t, s.DB)
	sqlitetest.Must(t, s.LoseSent(ctx))
	if now := sqlitetest.Dump(t, s.DB); now != before {
		t.Error(sqlitetest.Apart(before, now))
	}
}

func TestReopenSync_plansWhatFailed(t *testing.T) {
	s, ctx := newShop(t), t.Context()
	other := s.pushed(sync.ItemFailed, push(heater, domain.SharedPrice, "190", "200", "190"))
	r := s.pushed(sync.ItemFailed, push(tea, domain.SharedPrice, "90", "100", "90"), push(scarf, domain.SharedStock, "9", "30", "9"))
	s.execute(`UPDATE sync_item SET detail = 'refused' WHERE state = 'failed'`)
	answered := s.items(r.ID)[1]
	answered.State = sync.ItemAnswered
	r = sqlitetest.Ok1[sync.Run](t)(s.EndPush(ctx, r, []sync.Item{answered}))
	r.State = transfer.StateApplying
	after := sqlitetest.Ok1[sync.Run](t)(s.ReopenSync(ctx, r))
	want := r
	want.Counters.Failed, want.Counters.Pending = 0, 1
	sqlitetest.WantSame(t, "run", after, want)
	items := s.items(r.ID)
	if items[0].State != sync.ItemPlanned || items[0].Detail != "" || items[1].State != sync.ItemAnswered {
		t.Errorf("%+v", items)
	}
	if i := s.items(other.ID)[0]; i.State != sync.ItemFailed || i.Detail != "refused" {
		t.Errorf("another run: %+v", i)
	}
}
