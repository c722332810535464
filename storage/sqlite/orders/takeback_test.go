package orders_test

import (
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// tookFile takes orders of a file, and gives it.
func tookFile(t *testing.T, c *sqlitetest.Company, file string, list ...orders.Order) orders.TakenFile {
	t.Helper()
	if _, err := c.TakeOrders(t.Context(), orders.SourceFile, file, list); err != nil {
		t.Fatal(err)
	}
	last, ok, err := c.LastTaken(t.Context())
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	return last
}

// forgot takes a file back, and wants of it what was planned.
func forgot(t *testing.T, c *sqlitetest.Company, of orders.TakenFile) orders.TakenBack {
	t.Helper()
	before := sqlitetest.Dump(t, c.DB)
	plan, err := c.PlanUndoTaken(t.Context(), of)
	sqlitetest.Must(t, err)
	if now := sqlitetest.Dump(t, c.DB); now != before {
		t.Errorf("the plan wrote:\n%s", sqlitetest.Apart(before, now))
	}
	done, err := c.UndoTaken(t.Context(), of)
	sqlitetest.Must(t, err)
	if done != plan {
		t.Errorf("planned %+v, done %+v", plan, done)
	}
	return done
}

func soldTea(pkg string) orders.Order { return sqlitetest.Sold(pkg, orders.Line{Name: "Çay"}) }

func TestUndoTaken_forgetsTheOrdersOfTheWrongFile(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	sqlitetest.Clocked(c, 1)
	first := tookFile(t, c, "ekim.csv", soldTea("1"), soldTea("2"))
	typed, err := c.AddOrder(t.Context(), soldTea("9"))
	sqlitetest.Must(t, err)
	before := sqlitetest.Lasting(t, c)
	at := sqlitetest.Clocked(c, 2)
	last := tookFile(t, c, "başkasının.csv", soldTea("2"), soldTea("3"), soldTea("4"))
	if last.File != "başkasının.csv" || last.Added != 2 || !last.At.Equal(at) {
		t.Errorf("%+v", last)
	}
	if _, err := c.UndoTaken(t.Context(), first); domain.KindOf(err) != domain.KindNotFound {
		t.Errorf("one that is not the last: %v", err)
	}
	if done := forgot(t, c, last); done != (orders.TakenBack{Removed: 2}) {
		t.Errorf("%+v", done)
	}
	sqlitetest.WantNoted(t, c, "orders-taken-back", map[string]any{"file": "başkasının.csv", "orders_removed": 2, "orders_left": 0})
	if now := sqlitetest.Lasting(t, c); now != before {
		t.Error(sqlitetest.Apart(before, now))
	}
	if next, ok, err := c.LastTaken(t.Context()); !ok || err != nil || next != first {
		t.Errorf("%+v, %v, %v", next, ok, err)
	}
	if done := forgot(t, c, first); done != (orders.TakenBack{Removed: 2}) {
		t.Errorf("%+v", done)
	}
	if _, ok, err := c.LastTaken(t.Context()); ok || err != nil {
		t.Errorf("one that was typed came of a file: %v, %v", ok, err)
	}
	if _, err := c.Order(t.Context(), typed.Key()); err != nil {
		t.Errorf("one that was typed went: %v", err)
	}
}

func TestUndoTaken_leavesWhatSomebodyHasWorkedWith(t *testing.T) {
	for name, work := range map[string]func(t *testing.T, c *sqlitetest.Company, k orders.Kept){
		"corrected": func(t *testing.T, c *sqlitetest.Company, k orders.Kept) {
			sqlitetest.Must(t, c.SaveSaid(t.Context(), k.ID, orders.Said{Buyer: orders.Buyer{First: "Ali"}}))
		},
		"held": func(t *testing.T, c *sqlitetest.Company, k orders.Kept) {
			sqlitetest.Must(t, c.SaveSaid(t.Context(), k.ID, orders.Said{Held: true}))
		},
		"queued": func(t *testing.T, c *sqlitetest.Company, k orders.Kept) {
			sqlitetest.Must(t, c.Enqueue(t.Context(), orders.WishDraft, k.ID))
		},
		"invoiced": func(t *testing.T, c *sqlitetest.Company, k orders.Kept) {
			sqlitetest.Attempted(t, c, k.Key(), invoicing.AttemptUnknown)
		},
		"told of by another file": func(t *testing.T, c *sqlitetest.Company, k orders.Kept) {
			sqlitetest.Clocked(c, 2)
			sent := soldTea(k.Package)
			sent.Lines[0].Name = "Çay 1 kg"
			sqlitetest.Take(t, c, sent)
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := sqlitetest.NewCompany(t)
			sqlitetest.Clocked(c, 1)
			last := tookFile(t, c, "f.csv", soldTea("1"), soldTea("2"))
			k, err := c.Order(t.Context(), key("1"))
			sqlitetest.Must(t, err)
			work(t, c, k)
			if done := forgot(t, c, last); done != (orders.TakenBack{Removed: 1, Left: 1}) {
				t.Errorf("%+v", done)
			}
			if _, err := c.Order(t.Context(), k.Key()); err != nil {
				t.Errorf("it went: %v", err)
			}
			if _, err := c.Order(t.Context(), key("2")); domain.KindOf(err) != domain.KindNotFound {
				t.Errorf("the other one stayed: %v", err)
			}
		})
	}
}

// What was judged of an order is none of a person's doing, nor is a correction that was taken back.
func TestUndoTaken_forgetsWhatWasOnlyLookedAt(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	last := tookFile(t, c, "f.csv", soldTea("1"), soldTea("2"))
	k, err := c.Order(t.Context(), key("1"))
	sqlitetest.Must(t, err, c.SaveVerdicts(t.Context(), map[int64]orders.Verdict{k.ID: {Stage: orders.StageReady}}),
		c.SaveSaid(t.Context(), k.ID, orders.Said{Held: true}), c.SaveSaid(t.Context(), k.ID, orders.Said{}))
	if done := forgot(t, c, last); done != (orders.TakenBack{Removed: 2}) {
		t.Errorf("%+v", done)
	}
}

func key(pkg string) orders.Key {
	o := soldTea(pkg)
	return o.Key()
}
