package sync_test

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// The products of a shop.
const (
	tea = domain.ProductID(iota + 1)
	heater
	scarf
)

// shop is a company with three products from a file, which are bound: both sides agree on 100 and 10, 200 and 20, 300
// and 30. Everything flows both ways. Its clock stands at the first hour.
type shop struct {
	*sqlitetest.Company
	t *testing.T
}

func newShop(t *testing.T) *shop {
	t.Helper()
	s := &shop{sqlitetest.NewCompany(t), t}
	s.DB.Actor = "ayşe"
	s.hour(1)
	products := sqlitetest.Put(t, s.Company,
		domain.Product{Code: "ÇAY-1", Name: "Çilek çayı", Barcode: "8690504012345", Price: sqlitetest.Dec("100"), Currency: domain.TRY, Stock: sqlitetest.Dec("10")},
		domain.Product{Code: "ısı-2", Name: "IŞIKLI ISITICI", Price: sqlitetest.Dec("200"), Currency: domain.TRY, Stock: sqlitetest.Dec("20")},
		domain.Product{Code: "EŞARP-3", Name: "ipek eşarp", Price: sqlitetest.Dec("300"), Currency: domain.TRY, Stock: sqlitetest.Dec("30")})
	sqlitetest.Bind(t, s.Company, products...)
	s.choose(domain.Settings{IntegrationOn: true, Currency: domain.TRY, Pull: true, Push: domain.PushBoth, Scenario: domain.ScenarioBasic})
	return s
}

// hour lets the clock stand at the n-th hour.
func (s *shop) hour(n int) time.Time { return sqlitetest.Clocked(s.Company, n) }

func (s *shop) choose(of domain.Settings) {
	s.t.Helper()
	sqlitetest.Must(s.t, s.SaveSettings(s.t.Context(), of, nil))
}

// theirs is what İşbaşı says of a product.
func theirs(p domain.ProductID, price, stock string) domain.RemoteProduct {
	ref := sqlitetest.RefOf(p)
	return domain.RemoteProduct{ID: ref.ID, Type: ref.Type, Currency: domain.TRY, Price: number(price), Stock: number(stock)}
}

// number is a number, none of "".
func number(s string) decimal.NullDecimal {
	if s == "" {
		return decimal.NullDecimal{}
	}
	return sqlitetest.Dec(s)
}

func (s *shop) swept(products ...domain.RemoteProduct) sync.Run {
	s.t.Helper()
	return sqlitetest.Swept(s.t, s.Company, products)
}

// planned makes a run with that plan.
func (s *shop) planned(p sync.Plan) sync.Run {
	s.t.Helper()
	return sqlitetest.Ok1[sync.Run](s.t)(s.SaveSyncPlan(s.t.Context(), s.swept(), p))
}

func pull(p domain.ProductID, f domain.Shared, base, ours, theirs string) sync.Item {
	return sqlitetest.Change(p, sqlitetest.RefOf(p), f, sync.WayPull, base, ours, theirs)
}

func push(p domain.ProductID, f domain.Shared, base, ours, theirs string) sync.Item {
	return sqlitetest.Change(p, sqlitetest.RefOf(p), f, sync.WayPush, base, ours, theirs)
}

// pulled makes a run that has pulled those.
func (s *shop) pulled(items ...sync.Item) sync.Run {
	s.t.Helper()
	r := s.planned(sync.Plan{Items: items})
	r, n, _, err := s.Pull(s.t.Context(), r, len(items)+1)
	if err != nil || n != len(items) {
		s.t.Fatal(n, err)
	}
	return s.ended(r)
}

// pushed makes a run that has pushed those, of one product each, with what became of them.
func (s *shop) pushed(state sync.ItemState, items ...sync.Item) sync.Run {
	s.t.Helper()
	r := s.planned(sync.Plan{Items: items})
	for range items {
		after, sent, err := s.BeginPush(s.t.Context(), r)
		if err != nil || len(sent) != 1 {
			s.t.Fatal(sent, err)
		}
		sent[0].State, sent[0].EndedAt = state, s.DB.Now()
		r = sqlitetest.Ok1[sync.Run](s.t)(s.EndPush(s.t.Context(), after, sent))
	}
	return s.ended(r)
}

func (s *shop) ended(r sync.Run) sync.Run {
	s.t.Helper()
	r.State, r.Phase, r.FinishedAt = transfer.StateDone, transfer.PhaseEnd, s.DB.Now()
	return sqlitetest.Ok1[sync.Run](s.t)(s.SaveSync(s.t.Context(), r))
}

// items gives the changes of a run.
func (s *shop) items(run int64) []sync.Item {
	s.t.Helper()
	all, n, err := s.SyncItems(s.t.Context(), run, 0, 0)
	if err != nil || n != len(all) {
		s.t.Fatal(n, len(all), err)
	}
	return all
}

// product gives a product as it is kept.
func (s *shop) product(id domain.ProductID) domain.Product {
	s.t.Helper()
	all, _, err := s.Products(s.t.Context(), domain.ProductQuery{ID: id, Group: domain.ProductsAll})
	if err != nil || len(all) != 1 {
		s.t.Fatal(len(all), err)
	}
	return all[0]
}

// edit gives a product other values, as a person does it.
func (s *shop) edit(id domain.ProductID, price, stock string) {
	s.t.Helper()
	p := s.product(id)
	p.Price, p.Stock = number(price), number(stock)
	sqlitetest.Save(s.t, s.Company, p)
}

// pair gives both sides of a product.
func (s *shop) pair(id domain.ProductID) sync.Pair {
	s.t.Helper()
	for _, p := range sqlitetest.Ok1[[]sync.Pair](s.t)(s.Pairs(s.t.Context(), sync.Run{})) {
		if p.Product == id {
			return p
		}
	}
	s.t.Fatalf("product %d is no pair", id)
	return sync.Pair{}
}

// wantValues compares price, stock and revision of a product.
func (s *shop) wantValues(id domain.ProductID, price, stock string, revision int64) {
	s.t.Helper()
	p := s.product(id)
	sqlitetest.WantSame(s.t, "price", p.Price, number(price))
	sqlitetest.WantSame(s.t, "stock", p.Stock, number(stock))
	if p.Revision != revision {
		s.t.Errorf("revision %d, want %d", p.Revision, revision)
	}
}

// wantBases compares what both sides of a product last agreed on.
func (s *shop) wantBases(id domain.ProductID, price, stock string) {
	s.t.Helper()
	p := s.pair(id)
	sqlitetest.WantSame(s.t, "agreed price", p.Price.Base, number(price))
	sqlitetest.WantSame(s.t, "agreed stock", p.Stock.Base, number(stock))
}

// execute changes the file behind the store's back.
func (s *shop) execute(statement string, args ...any) {
	s.t.Helper()
	sqlitetest.Must(s.t, s.DB.Execute(s.t.Context(), "execute", statement, args...))
}
