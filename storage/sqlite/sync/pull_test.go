package sync_test

import (
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// A pull writes value, origin, revision and what is agreed on, batch by batch; pushes of the run are not its business.
func TestPull_writesIntoTheCatalogue(t *testing.T) {
	s, ctx := newShop(t), t.Context()
	r := s.planned(sync.Plan{Items: []sync.Item{
		pull(tea, domain.SharedPrice, "100", "100", "120.5"), pull(tea, domain.SharedStock, "10", "10", "-2"), pull(heater, domain.SharedStock, "20", "20", "0"),
		push(scarf, domain.SharedPrice, "300", "300", "310"),
	}})
	s.DB.Actor = "ümit"
	at := s.hour(2)
	r.State, r.NextPage = transfer.StateApplying, 7
	after, rows, name, err := s.Pull(ctx, r, 2)
	if err != nil || rows != 2 || name != "Çilek çayı" {
		t.Fatal(rows, name, err)
	}
	want := r
	want.Counters.Pending, want.Moved = 2, sync.Moved{PulledStock: 1, PulledPrice: 1}
	sqlitetest.WantSame(t, "run", after, want)
	s.wantValues(tea, "120.5", "-2", 3)
	s.wantBases(tea, "120.5", "-2")
	s.wantValues(heater, "200", "20", 1)
	s.wantBases(heater, "200", "20")
	o := sqlitetest.Ok1[domain.Origins](t)(s.Origins(ctx, tea))
	from := domain.Origin{At: at, From: domain.SourceSync, By: "ümit"}
	sqlitetest.WantSame(t, "origins", o, domain.Origins{Price: from, Stock: from})

	later := s.hour(3)
	after, rows, name, err = s.Pull(ctx, after, 2)
	if err != nil || rows != 1 || name != "IŞIKLI ISITICI" {
		t.Fatal(rows, name, err)
	}
	want.Counters.Pending, want.Moved.PulledStock = 1, 2
	sqlitetest.WantSame(t, "run", after, want)
	s.wantValues(heater, "200", "0", 2)
	again, rows, name, err := s.Pull(ctx, after, 2)
	if err != nil || rows != 0 || name != "" {
		t.Error(rows, name, err)
	}
	sqlitetest.WantSame(t, "run", again, want)

	items := s.items(r.ID)
	for i, at := range []time.Time{at, at, later} {
		if got := items[i]; got.State != sync.ItemApplied || got.Detail != "" || !got.EndedAt.Equal(at) {
			t.Errorf("change %d: %+v", i, got)
		}
	}
	if items[3].State != sync.ItemPlanned {
		t.Errorf("the push is %s", items[3].State)
	}
	s.wantValues(scarf, "300", "30", 1)
	agreed := sqlitetest.RowsBy(t, s.DB.Reader, `SELECT product_id, field, value FROM agreed WHERE sync_id = ? ORDER BY id`, r.ID)
	if len(agreed) != 3 {
		t.Errorf("%v", agreed)
	}
}

// Each reason by itself why a value is not written; what hinders one field does not hinder the next.
func TestPull_leavesWhatChangedSinceThePlan(t *testing.T) {
	for name, tt := range map[string]struct {
		field  domain.Shared
		change func(s *shop)
	}{
		"another price":           {domain.SharedPrice, func(s *shop) { s.edit(tea, "101", "10") }},
		"no price":                {domain.SharedPrice, func(s *shop) { s.edit(tea, "", "10") }},
		"another stock":           {domain.SharedStock, func(s *shop) { s.edit(tea, "100", "11") }},
		"another currency":        {domain.SharedPrice, func(s *shop) { s.execute(`UPDATE product SET currency = 'USD' WHERE id = 1`) }},
		"archived":                {domain.SharedStock, func(s *shop) { s.execute(`UPDATE product SET state = 'archived' WHERE id = 1`) }},
		"gone":                    {domain.SharedStock, func(s *shop) { s.execute(`DELETE FROM product WHERE id = 1`) }},
		"unbound":                 {domain.SharedStock, func(s *shop) { s.execute(`DELETE FROM binding WHERE product_id = 1`) }},
		"bound to something else": {domain.SharedStock, func(s *shop) { s.execute(`UPDATE binding SET remote_id = 'x' WHERE product_id = 1`) }},
		"bound to another type":   {domain.SharedStock, func(s *shop) { s.execute(`UPDATE binding SET type = 9 WHERE product_id = 1`) }},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t)
			i := pull(tea, domain.SharedPrice, "100", "100", "120")
			if tt.field == domain.SharedStock {
				i = pull(tea, domain.SharedStock, "10", "10", "12")
			}
			r := s.planned(sync.Plan{Items: []sync.Item{i, pull(heater, domain.SharedStock, "20", "20", "21")}})
			tt.change(s)
			products, agreed := `SELECT * FROM product WHERE id = 1`, `SELECT * FROM agreed WHERE product_id = 1 ORDER BY id`
			before := [2]any{sqlitetest.RowsBy(t, s.DB.Reader, products), sqlitetest.RowsBy(t, s.DB.Reader, agreed)}
			at := s.hour(2)
			after, rows, _, err := s.Pull(t.Context(), r, 9)
			if err != nil || rows != 2 || after.Counters.Failed != 1 || after.Counters.Pending != 0 || after.Moved != (sync.Moved{PulledStock: 1}) {
				t.Errorf("%d rows, %v: %+v", rows, err, after)
			}
			got := s.items(r.ID)[0]
			if got.State != sync.ItemFailed || got.Detail != sync.FailedChangedHere || !got.EndedAt.Equal(at) {
				t.Errorf("%+v", got)
			}
			sqlitetest.WantSame(t, "product and agreements", [2]any{sqlitetest.RowsBy(t, s.DB.Reader, products), sqlitetest.RowsBy(t, s.DB.Reader, agreed)}, before)
			s.wantValues(heater, "200", "21", 2)
		})
	}
}

// What a person has let in when the plan was made, and does not any more, stays out.
func TestPull_leavesWhatIsNotToComeInAnyMore(t *testing.T) {
	s := newShop(t)
	r := s.planned(sync.Plan{Items: []sync.Item{pull(tea, domain.SharedPrice, "100", "100", "120"), pull(heater, domain.SharedStock, "20", "20", "21")}})
	s.choose(domain.Settings{IntegrationOn: true, Currency: domain.TRY, Push: domain.PushBoth, Scenario: domain.ScenarioBasic})
	at := s.hour(2)
	after, rows, _, err := s.Pull(t.Context(), r, 9)
	if err != nil || rows != 2 || after.Counters.Failed != 2 || after.Counters.Pending != 0 || after.Moved.Any() {
		t.Errorf("%d rows, %v: %+v", rows, err, after)
	}
	for _, i := range s.items(r.ID) {
		if i.State != sync.ItemFailed || i.Detail != sync.FailedUnchosen || !i.EndedAt.Equal(at) {
			t.Errorf("%+v", i)
		}
	}
	s.wantValues(tea, "100", "10", 1)
	s.wantValues(heater, "200", "20", 1)
}

// That there was no value is no reason to write into what is archived since.
func TestPull_intoNothingThatIsArchived(t *testing.T) {
	s := newShop(t)
	i := pull(tea, domain.SharedPrice, "90", "1", "120")
	i.Ours = number("")
	s.execute(`UPDATE product SET price = NULL, state = 'archived' WHERE id = 1`)
	r := s.planned(sync.Plan{Items: []sync.Item{i}})
	after, _, _, err := s.Pull(t.Context(), r, 9)
	if err != nil || after.Counters.Failed != 1 {
		t.Errorf("%+v, %v", after, err)
	}
	s.wantValues(tea, "", "10", 1)
}

// A number is the same however it is spelt, a price without a currency is in the company's, and one that was never there
// comes with the company's.
func TestPull_takesWhatOnlyLooksOtherwise(t *testing.T) {
	s := newShop(t)
	s.execute(`UPDATE product SET price = '100.00', currency = '' WHERE id = 1`)
	s.execute(`UPDATE product SET price = NULL, currency = 'USD' WHERE id = 2`)
	s.execute(`UPDATE product SET stock = NULL WHERE id = 2`)
	noPrice, noStock := pull(heater, domain.SharedPrice, "200", "1", "250"), pull(heater, domain.SharedStock, "20", "1", "25")
	noPrice.Ours, noStock.Ours = number(""), number("")
	s.pulled(pull(tea, domain.SharedPrice, "100", "100", "120"), noPrice, noStock)
	s.wantValues(tea, "120", "10", 2)
	s.wantValues(heater, "250", "25", 3)
	for _, id := range []domain.ProductID{tea, heater} {
		if c := s.product(id).Currency; c != domain.TRY {
			t.Errorf("product %d costs %s", id, c)
		}
	}
}

// A stock has no currency to bring.
func TestPull_ofAStockLeavesTheCurrency(t *testing.T) {
	s := newShop(t)
	s.execute(`UPDATE product SET currency = 'USD' WHERE id = 1`)
	s.pulled(pull(tea, domain.SharedStock, "10", "10", "12"))
	if p := s.product(tea); p.Currency != domain.USD || !p.Stock.Decimal.Equal(number("12").Decimal) || !p.Price.Decimal.Equal(number("100").Decimal) {
		t.Errorf("%+v", p)
	}
}
