package sync_test

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// Every field of a pair is where it belongs: of the product, of the row that was read, of what was agreed on, sent and said.
func TestPairs_bringBothSidesTogether(t *testing.T) {
	s, ctx := newShop(t), t.Context()
	agreed := s.hour(1)
	s.DB.Actor = "ümit"
	stockAt := s.hour(2)
	s.edit(tea, "100", "11")
	s.DB.Actor = "zeki"
	priceAt := s.hour(3)
	s.edit(tea, "120", "11")
	sent := push(tea, domain.SharedStock, "10", "11", "10")
	sentAt := s.hour(4)
	s.pushed(sync.ItemUnknown, sent)
	readAt := s.hour(5)
	row := theirs(tea, "130", "12")
	row.Currency, row.ModifiedAt = domain.USD, s.hour(6)
	s.hour(5)
	r := s.swept(row)
	s.execute(`INSERT INTO sync_choice (product_id, field, owner, kind, ours, theirs, at, actor, sync_id) VALUES (?, 'price', 'later', 'noted', '1', '2', '', '', 9)`, tea)

	pairs := sqlitetest.Ok1[[]sync.Pair](t)(s.Pairs(ctx, r))
	if len(pairs) != 3 {
		t.Fatalf("%d pairs", len(pairs))
	}
	item := s.items(1)[0]
	want := sync.Pair{
		Product: tea, Ref: sqlitetest.RefOf(tea), Code: "ÇAY-1", Name: "Çilek çayı", OurCurrency: domain.TRY, Currency: domain.USD,
		ModifiedAt: row.ModifiedAt, ReadAt: readAt, Seen: true,
		Stock: sync.Value{Base: number("10"), Ours: number("11"), Theirs: number("12"), BaseAt: agreed, OursAt: stockAt, Push: &item},
		Price: sync.Value{
			Base: number("100"), Ours: number("120"), Theirs: number("130"), BaseAt: agreed, OursAt: priceAt,
			Said: &sync.Said{Owner: domain.OwnerLater, Kind: sync.SaidNoted, Ours: number("1"), Theirs: number("2")},
		},
	}
	sqlitetest.WantSame(t, "pair", pairs[0], want)
	sent.ID, sent.Run, sent.Code, sent.Name, sent.State, sent.EndedAt = 1, 1, "ÇAY-1", "Çilek çayı", sync.ItemUnknown, sentAt
	sqlitetest.WantSame(t, "push", *pairs[0].Stock.Push, sent, "Receipt")
	sqlitetest.WantSame(t, "a pair that was never read", pairs[1], sync.Pair{
		Product: heater, Ref: sqlitetest.RefOf(heater), Code: "ısı-2", Name: "IŞIKLI ISITICI", OurCurrency: domain.TRY,
		Stock: sync.Value{Base: number("20"), Ours: number("20"), BaseAt: agreed, OursAt: agreed},
		Price: sync.Value{Base: number("200"), Ours: number("200"), BaseAt: agreed, OursAt: agreed},
	})
	// Another run has not seen it, and knows it all the same.
	want.Seen = false
	sqlitetest.WantSame(t, "not seen by the run", sqlitetest.Ok1[[]sync.Pair](t)(s.Pairs(ctx, s.swept()))[0], want)
}

func TestPairs_areBoundAndNotArchived(t *testing.T) {
	s := newShop(t)
	sqlitetest.Put(t, s.Company, domain.Product{Code: "ALONE", Name: "Yalnız"})
	for _, state := range []domain.ProductState{domain.ProductArchived, domain.ProductDraft} {
		p := s.product(heater)
		p.State = state
		sqlitetest.Save(t, s.Company, p)
		var ids []domain.ProductID
		for _, p := range sqlitetest.Ok1[[]sync.Pair](t)(s.Pairs(t.Context(), sync.Run{})) {
			ids = append(ids, p.Product)
		}
		want := []domain.ProductID{tea, heater, scarf}
		if state == domain.ProductArchived {
			want = []domain.ProductID{tea, scarf}
		}
		sqlitetest.WantSame(t, string(state), ids, want)
	}
	// What is known of products that are no pairs is nobody's.
	s.execute(`UPDATE product SET state = 'archived'`)
	s.execute(`INSERT INTO sync_choice (product_id, field, owner, kind, at, actor, sync_id) VALUES (?, 'price', '', 'ours', '', '', 9)`, tea)
	s.pushedItem(heater, domain.SharedPrice, sync.ItemSent)
	if pairs := sqlitetest.Ok1[[]sync.Pair](t)(s.Pairs(t.Context(), sync.Run{})); len(pairs) != 0 {
		t.Errorf("%+v", pairs)
	}
}

// pushedItem puts a push into the file, in that state, and gives its ID.
func (s *shop) pushedItem(p domain.ProductID, f domain.Shared, state sync.ItemState) int64 {
	s.t.Helper()
	r := s.planned(sync.Plan{Items: []sync.Item{push(p, f, "1", "2", "3")}})
	s.execute(`UPDATE sync_item SET state = ? WHERE sync_id = ?`, state, r.ID)
	return s.items(r.ID)[0].ID
}

// The base is the newest value that was agreed on with just this İşbaşı product; those of an older binding are no more.
func TestPairs_haveTheNewestBaseOfTheirBinding(t *testing.T) {
	s := newShop(t)
	later := s.hour(2)
	r := s.planned(sync.Plan{Agree: []sync.Agreement{
		{Product: tea, Ref: sqlitetest.RefOf(tea), Field: domain.SharedPrice, Value: number("105").Decimal},
		{Product: tea, Ref: sqlitetest.RefOf(tea), Field: domain.SharedStock, Value: number("9").Decimal},
	}})
	p := s.pair(tea)
	sqlitetest.WantSame(t, "price", p.Price.Base, number("105"))
	sqlitetest.WantSame(t, "stock", p.Stock.Base, number("9"))
	if !p.Price.BaseAt.Equal(later) || !p.Stock.BaseAt.Equal(later) {
		t.Errorf("agreed at %v and %v, want %v", p.Price.BaseAt, p.Stock.BaseAt, later)
	}
	s.wantBases(heater, "200", "20")
	for _, other := range []string{`remote_id = 'elsewhere'`, `type = 9`} {
		s.execute(`UPDATE binding SET ` + other + ` WHERE product_id = 1`)
		p := s.pair(tea)
		if p.Price.Base.Valid || p.Stock.Base.Valid || !p.Price.BaseAt.IsZero() || !p.Stock.BaseAt.IsZero() {
			t.Errorf("bound anew to %s: %+v", other, p)
		}
		s.execute(`UPDATE binding SET remote_id = '1', type = 1 WHERE product_id = 1`)
	}
	if n := sqlitetest.Count(t, s.Company, `SELECT count(*) FROM agreed WHERE sync_id = ?`, r.ID); n != 2 {
		t.Errorf("%d agreements of the run", n)
	}
}

// A push waits for a sweep until one has seen it, or seen something else.
func TestPairs_knowTheLastPushThatNobodyConfirmed(t *testing.T) {
	for state, waits := range map[sync.ItemState]bool{
		sync.ItemPlanned: false, sync.ItemApplied: false, sync.ItemSent: true, sync.ItemUnknown: true, sync.ItemAnswered: true,
		sync.ItemConfirmed: false, sync.ItemRefuted: false, sync.ItemFailed: false,
	} {
		s := newShop(t)
		first := s.pushedItem(tea, domain.SharedPrice, sync.ItemSent)
		if waits {
			first = s.pushedItem(tea, domain.SharedPrice, state)
		} else {
			s.pushedItem(tea, domain.SharedPrice, state)
		}
		p := s.pair(tea)
		if p.Price.Push == nil || p.Price.Push.ID != first || p.Stock.Push != nil || s.pair(heater).Price.Push != nil {
			t.Errorf("%s: %+v, want %d", state, p.Price.Push, first)
		}
		for _, other := range []string{`remote_id = 'elsewhere'`, `type = 9`} {
			s.execute(`UPDATE binding SET ` + other + ` WHERE product_id = 1`)
			if p := s.pair(tea); p.Price.Push != nil {
				t.Errorf("%s: one to another product at İşbaşı: %+v", state, p.Price.Push)
			}
			s.execute(`UPDATE binding SET remote_id = '1', type = 1 WHERE product_id = 1`)
		}
		s.execute(`UPDATE sync_item SET way = 'pull'`)
		if p := s.pair(tea); p.Price.Push != nil {
			t.Errorf("%s: a pull is no push", state)
		}
	}
}

// A refusal stands until a later change of the same field: what failed because it had changed, or was gone, is none.
func TestPairs_knowTheLastRefusal(t *testing.T) {
	for detail, refused := range map[string]bool{
		sync.FailedVATRate: true, "Fiyat geçersiz": true, "": true,
		sync.FailedChangedHere: false, sync.FailedChangedThere: false, sync.FailedUnchosen: false, sync.FailedGone: false, sync.FailedUncertain: false,
	} {
		s := newShop(t)
		id := s.pushedItem(tea, domain.SharedPrice, sync.ItemFailed)
		s.execute(`UPDATE sync_item SET detail = ? WHERE id = ?`, detail, id)
		p := s.pair(tea)
		if refused != (p.Price.Refused != nil && p.Price.Refused.ID == id && p.Price.Refused.Detail == detail) || p.Stock.Refused != nil || s.pair(heater).Price.Refused != nil {
			t.Errorf("%q: %+v", detail, p.Price.Refused)
		}
		for _, other := range []string{`remote_id = 'elsewhere'`, `type = 9`} {
			s.execute(`UPDATE binding SET ` + other + ` WHERE product_id = 1`)
			if p := s.pair(tea); p.Price.Refused != nil {
				t.Errorf("%q: one at another product of İşbaşı", detail)
			}
			s.execute(`UPDATE binding SET remote_id = '1', type = 1 WHERE product_id = 1`)
		}
		s.pushedItem(tea, domain.SharedStock, sync.ItemAnswered)
		if p := s.pair(tea); (p.Price.Refused != nil) != refused {
			t.Errorf("%q: another field's push: %+v", detail, p.Price.Refused)
		}
		s.pushedItem(tea, domain.SharedPrice, sync.ItemAnswered)
		if p := s.pair(tea); p.Price.Refused != nil {
			t.Errorf("%q: behind a later push: %+v", detail, p.Price.Refused)
		}
	}
}

// A product whose price or stock nobody has, on either side, is a pair all the same.
func TestPairs_mayHaveNoValues(t *testing.T) {
	s := newShop(t)
	p := sqlitetest.Put(t, s.Company, domain.Product{Code: "BOŞ", Name: "Boş"})[0]
	sqlitetest.Bind(t, s.Company, p)
	r := s.swept(domain.RemoteProduct{ID: sqlitetest.RefOf(p.ID).ID, Type: sqlitetest.RefOf(p.ID).Type})
	pairs := sqlitetest.Ok1[[]sync.Pair](t)(s.Pairs(t.Context(), r))
	sqlitetest.WantSame(t, "pair", pairs[3], sync.Pair{
		Product: p.ID, Ref: sqlitetest.RefOf(p.ID), Code: "BOŞ", Name: "Boş", ReadAt: s.DB.Now().UTC().Truncate(time.Millisecond), Seen: true,
		Stock: sync.Value{Ours: decimal.NullDecimal{}}, Price: sync.Value{},
	})
}
