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

// planItem is a change of which every field says something.
func planItem(seed int, p domain.ProductID, f domain.Shared, way sync.Way) sync.Item {
	i := domaintest.Fill[sync.Item](seed, domaintest.OneOf(f), domaintest.OneOf(way), domaintest.OneOf(sync.ItemPlanned))
	i.Product, i.Ref = p, sqlitetest.RefOf(p)
	return i
}

// Everything of a plan is kept, its changes in the order of doing; the plan before is replaced.
func TestSaveSyncPlan_keepsEveryField(t *testing.T) {
	s, ctx := newShop(t), t.Context()
	r := s.planned(sync.Plan{Items: []sync.Item{pull(heater, domain.SharedPrice, "1", "2", "3")}, Compared: 99})
	items := []sync.Item{
		planItem(0, scarf, domain.SharedPrice, sync.WayPull), planItem(1, tea, domain.SharedStock, sync.WayPush), planItem(2, 4711, domain.SharedStock, sync.WayPull),
	}
	brakes := []sync.Brake{domaintest.Fill[sync.Brake](0), domaintest.Fill[sync.Brake](1)}
	given := r
	given.Phase, given.Detail = transfer.PhaseApply, "weiter"
	after := sqlitetest.Ok1[sync.Run](t)(s.SaveSyncPlan(ctx, given, sync.Plan{Items: items, Compared: 1, Unchanged: 2, Conflicts: 3, Held: 4, Brakes: brakes}))
	want := given
	want.Compared, want.Unchanged, want.Conflicts, want.Held, want.Brakes = 1, 2, 3, 4, brakes
	want.Counters.Matched, want.Counters.Pending = 3, 3
	sqlitetest.WantSame(t, "run", after, want)

	got := s.items(r.ID)
	if len(got) != 3 {
		t.Fatalf("%d changes", len(got))
	}
	for i, item := range items {
		p := domain.Product{}
		if item.Product != 4711 {
			p = s.product(item.Product)
		}
		item.ID, item.Run, item.Code, item.Name, item.Undone = got[0].ID+int64(i), r.ID, p.Code, p.Name, false
		sqlitetest.WantSame(t, "change", got[i], item)
	}
	page, n, err := s.SyncItems(ctx, r.ID, 1, 1)
	if err != nil || n != 3 || len(page) != 1 {
		t.Fatal(n, len(page), err)
	}
	sqlitetest.WantSame(t, "second page", page[0], got[1])
	if all, n, err := s.SyncItems(ctx, 4711, 0, 0); len(all) != 0 || n != 0 || err != nil {
		t.Error(all, n, err)
	}
}

// An agreement is kept once, as a number, and only of what is bound.
func TestSaveSyncPlan_agrees(t *testing.T) {
	s := newShop(t)
	at := s.hour(2)
	elsewhere := domain.ProductRef{ID: "elsewhere", Type: 1}
	agree := func(p domain.ProductID, ref domain.ProductRef, f domain.Shared, v string) sync.Agreement {
		return sync.Agreement{Product: p, Ref: ref, Field: f, Value: number(v).Decimal}
	}
	r := s.planned(sync.Plan{Agree: []sync.Agreement{
		agree(tea, sqlitetest.RefOf(tea), domain.SharedPrice, "100.00"), agree(tea, sqlitetest.RefOf(tea), domain.SharedStock, "0"),
		agree(heater, sqlitetest.RefOf(heater), domain.SharedPrice, "201.5"), agree(scarf, elsewhere, domain.SharedPrice, "1"),
	}})
	s.planned(sync.Plan{Agree: []sync.Agreement{agree(tea, sqlitetest.RefOf(tea), domain.SharedStock, "0.0")}})
	rows := sqlitetest.RowsBy(t, s.DB.Reader, `SELECT * FROM agreed WHERE sync_id IS NOT NULL ORDER BY id`)
	if len(rows) != 2 {
		t.Fatal(rows)
	}
	for i, want := range []struct {
		product      domain.ProductID
		field, value string
	}{{heater, "price", "201.5"}, {tea, "stock", "0"}} {
		ref := sqlitetest.RefOf(want.product)
		sqlitetest.WantRow(t, want.field, rows[i], map[string]any{
			"id": rows[0]["id"].(int64) + int64(i), "product_id": int64(want.product), "remote_id": string(ref.ID), "type": int64(ref.Type), "field": want.field,
			"value": want.value, "at": sqlitetest.Timed(at), "transfer_id": nil, "decision_id": nil, "sync_id": r.ID,
		})
	}
	s.wantBases(tea, "100", "0")
	s.wantBases(heater, "201.5", "20")
	s.wantBases(scarf, "300", "30")
}

// What was seen of a push settles those of the same field before it, and no other.
func TestSaveSyncPlan_settlesPushes(t *testing.T) {
	for state, settle := range map[sync.ItemState]func(id int64) sync.Plan{
		sync.ItemConfirmed: func(id int64) sync.Plan { return sync.Plan{Confirmed: []int64{id}} },
		sync.ItemRefuted:   func(id int64) sync.Plan { return sync.Plan{Refuted: []int64{id}} },
	} {
		s := newShop(t)
		want := map[int64]sync.ItemState{}
		put := func(p domain.ProductID, f domain.Shared, is, becomes sync.ItemState) int64 {
			id := s.pushedItem(p, f, is)
			want[id] = becomes
			return id
		}
		put(tea, domain.SharedPrice, sync.ItemSent, sync.ItemRefuted)
		put(tea, domain.SharedPrice, sync.ItemUnknown, sync.ItemRefuted)
		put(tea, domain.SharedPrice, sync.ItemAnswered, sync.ItemRefuted)
		put(tea, domain.SharedPrice, sync.ItemConfirmed, sync.ItemConfirmed)
		put(tea, domain.SharedPrice, sync.ItemFailed, sync.ItemFailed)
		put(tea, domain.SharedPrice, sync.ItemPlanned, sync.ItemPlanned)
		put(tea, domain.SharedStock, sync.ItemAnswered, sync.ItemAnswered)
		put(heater, domain.SharedPrice, sync.ItemAnswered, sync.ItemAnswered)
		pulled := put(tea, domain.SharedPrice, sync.ItemAnswered, sync.ItemAnswered)
		s.execute(`UPDATE sync_item SET way = 'pull' WHERE id = ?`, pulled)
		seen := put(tea, domain.SharedPrice, sync.ItemAnswered, state)
		put(tea, domain.SharedPrice, sync.ItemUnknown, sync.ItemUnknown)
		s.planned(settle(seen))
		for _, row := range sqlitetest.RowsBy(t, s.DB.Reader, `SELECT id, state FROM sync_item`) {
			if got := sync.ItemState(row["state"].(string)); got != want[row["id"].(int64)] {
				t.Errorf("%s: change %d is %s, want %s", state, row["id"], got, want[row["id"].(int64)])
			}
		}
	}
}

// What waits is what the last plan says; what waited for the same reason before waits since then.
func TestSaveSyncPlan_replacesWhatWaits(t *testing.T) {
	s, ctx := newShop(t), t.Context()
	one := sync.Open{
		Product: tea, Ref: sqlitetest.RefOf(tea), Field: domain.SharedPrice, Action: sync.ActionConflict, Why: sync.WhyNoWinner, Way: sync.WayPush,
		Base: number("100"), Ours: number("120"), Theirs: number("130"), OursAt: domaintest.Moment, TheirsAt: domaintest.Moment.Add(time.Minute),
	}
	two := sync.Open{Product: tea, Ref: sqlitetest.RefOf(tea), Field: domain.SharedStock, Action: sync.ActionHeld, Why: sync.WhyGone}
	three := sync.Open{Product: scarf, Ref: sqlitetest.RefOf(scarf), Field: domain.SharedStock, Action: sync.ActionHeld, Why: sync.WhyPushOff, Way: sync.WayPull}
	first := s.hour(2)
	r := s.planned(sync.Plan{Open: []sync.Open{one, two}})
	shown := func(o sync.Open, since time.Time) sync.Open {
		p := s.product(o.Product)
		o.Code, o.Name, o.Currency, o.OursBy, o.Since = p.Code, p.Name, domain.TRY, "ayşe", since
		return o
	}
	want := func(what string, run int64, all ...sync.Open) {
		t.Helper()
		got, n, err := s.OpenFields(ctx, sync.OpenQuery{Sort: sync.OpenByCode})
		sqlitetest.Must(t, err)
		if n != len(all) {
			t.Errorf("%s: %d wait", what, n)
		}
		sqlitetest.WantSame(t, what, got, all)
		if n := sqlitetest.Count(t, s.Company, `SELECT count(*) FROM sync_open WHERE sync_id = ?`, run); n != len(all) {
			t.Errorf("%s: %d of run %d", what, n, run)
		}
	}
	want("first", r.ID, shown(one, first), shown(two, first))

	second := s.hour(3)
	two.Why, one.Theirs = sync.WhyPushOff, number("140")
	r = s.planned(sync.Plan{Open: []sync.Open{three, two, one}})
	want("then", r.ID, shown(one, first), shown(two, second), shown(three, second))

	s.hour(4)
	r = s.planned(sync.Plan{Open: []sync.Open{three}})
	want("at last", r.ID, shown(three, second))
	fourth := s.hour(5)
	r = s.planned(sync.Plan{Open: []sync.Open{one}})
	want("once more", r.ID, shown(one, fourth))
}

// Who changed the catalogue's value is told of the field that waits.
func TestOpenFields_tellWhoChangedThem(t *testing.T) {
	s := newShop(t)
	s.DB.Actor = "ümit"
	s.edit(tea, "101", "10")
	s.DB.Actor = "zeki"
	s.edit(tea, "101", "11")
	s.planned(sync.Plan{Open: []sync.Open{
		sqlitetest.Waiting(tea, sqlitetest.RefOf(tea), domain.SharedPrice, sync.WhyJump, "1", "2", "3"),
		sqlitetest.Waiting(tea, sqlitetest.RefOf(tea), domain.SharedStock, sync.WhyJump, "1", "2", "3"),
	}})
	fields, _, err := s.OpenFields(t.Context(), sync.OpenQuery{})
	if err != nil || len(fields) != 2 || fields[0].OursBy != "ümit" || fields[1].OursBy != "zeki" {
		t.Errorf("%+v, %v", fields, err)
	}
}

func TestSaveSyncPlan_ofNoRun(t *testing.T) {
	s := newShop(t)
	before := sqlitetest.Dump(t, s.DB)
	_, err := s.SaveSyncPlan(t.Context(), sync.Run{Run: transfer.Run{ID: 77}}, sync.Plan{})
	sqlitetest.WantKind(t, err, domain.KindNotFound)
	if after := sqlitetest.Dump(t, s.DB); after != before {
		t.Error(sqlitetest.Apart(before, after))
	}
}

// What was said of values that do not stand any more goes, and only that: whose value holds from now on stays.
func TestSaveSyncPlan_forgetsWhatIsOutdated(t *testing.T) {
	for _, remember := range []bool{false, true} {
		s := newShop(t)
		s.conflict()
		s.decide(sync.VerdictOurs, remember, teaPrice, teaStock)
		said := s.pair(tea).Stock.Said
		if s.pair(tea).Price.Said == nil || said == nil || said.Kind != sync.SaidOurs {
			t.Fatalf("nothing was said: %+v", said)
		}
		s.planned(sync.Plan{Outdated: []sync.OpenKey{teaPrice}})
		var want *sync.Said
		if remember {
			want = &sync.Said{Owner: domain.OwnerCatalogue}
		}
		sqlitetest.WantSame(t, "what is outdated", s.pair(tea).Price.Said, want)
		sqlitetest.WantSame(t, "what is not", s.pair(tea).Stock.Said, said)
	}
}
