package orders_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// enumerations of orders have no values but their own.
var makers = []domaintest.Maker{
	domaintest.OneOf(orders.StatusOpen, orders.StatusUnpaid), domaintest.OneOf(orders.BuyerCompany, orders.BuyerPerson),
	domaintest.OneOf(orders.LineShipping, orders.LineWrap, orders.LineFee),
}

// filled is an order in which every field says something.
func filled(seed int) orders.Order { return domaintest.Fill[orders.Order](seed, makers...) }

// said is something of everything that people can say of an order.
func said(seed int) orders.Said {
	s := domaintest.Fill[orders.Said](seed, makers...)
	for _, l := range s.Lines {
		s.Lines = map[int]orders.SaidLine{1: l}
	}
	s.InvoiceDate = domain.Day(s.InvoiceDate)
	return s
}

// kept reads an order.
func kept(t *testing.T, c *sqlitetest.Company, k orders.Key) orders.Kept {
	t.Helper()
	return sqlitetest.Ok1[orders.Kept](t)(c.Order(t.Context(), k))
}

func TestTakeOrders_carriesEachField(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	now := sqlitetest.Clocked(c, 1)
	o := filled(0)
	taken := sqlitetest.Ok1[orders.Taken](t)(c.TakeOrders(t.Context(), orders.SourceFile, "ekim.csv", []orders.Order{o}))
	sqlitetest.WantSame(t, "taken", taken, orders.Taken{New: 1, IDs: []int64{1}})
	sqlitetest.WantNoted(t, c, "orders-taken", map[string]any{"file": "ekim.csv", "added": 1, "changed": 0, "frozen": 0})
	want := orders.Kept{
		ID: 1, Order: o, Source: orders.SourceFile, From: "ekim.csv", AddedAt: now, ChangedAt: now, Products: make([]orders.LineProduct, 2),
		Verdict: orders.Verdict{Stage: orders.StageHeld, Total: o.Total()},
	}
	sqlitetest.WantSame(t, "kept", kept(t, c, o.Key()), want)
	sqlitetest.Clocked(c, 2)
	for _, s := range []orders.Said{said(0), said(1), {}} {
		sqlitetest.Must(t, c.SaveSaid(t.Context(), 1, s))
		want.Said, want.Products = s, make([]orders.LineProduct, 2+len(s.Added))
		if want.Verdict.Stage = orders.StageHeld; s.Never {
			want.Verdict.Stage = orders.StageNever
		}
		got := kept(t, c, o.Key())
		sqlitetest.WantSame(t, fmt.Sprint("said ", s.Never), got, want, "Said.Lines")
		sqlitetest.WantSame(t, "said of a line", got.Said.Lines[1], s.Lines[1])
	}
	v := domaintest.Fill[orders.Verdict](0, domaintest.OneOf(orders.StageReady), domaintest.OneOf(orders.WishFormalise))
	v.Total, v.Invoice, v.Draft, v.Queued = decimal.RequireFromString("12.5"), "", false, ""
	sqlitetest.Must(t, c.SaveVerdicts(t.Context(), map[int64]orders.Verdict{1: v}), c.Enqueue(t.Context(), orders.WishFormalise, 1))
	want.Verdict = v
	want.Verdict.Queued = orders.WishFormalise
	sqlitetest.WantSame(t, "judged", kept(t, c, o.Key()), want)
	listed, total, err := c.ListOrders(t.Context(), orders.Query{})
	if err != nil || total != 1 {
		t.Fatal(total, err)
	}
	sqlitetest.WantSame(t, "listed", listed, []orders.Kept{want})
	for k, err := range c.EachOrder(t.Context(), orders.Query{}) {
		sqlitetest.Must(t, err)
		sqlitetest.WantSame(t, "each", k, want)
	}
	sqlitetest.WantSame(t, "uninvoiced", sqlitetest.Ok1[[]orders.Kept](t)(c.Uninvoiced(t.Context(), o.Key(), orders.Key{Marketplace: "x"})), []orders.Kept{want})
	queued, err := c.Queued(t.Context())
	if err != nil || len(queued) != 1 || queued[0].ID != 1 || queued[0].Key != o.Key() || queued[0].Wish != orders.WishFormalise {
		t.Errorf("%+v, %v", queued, err)
	}
}

func TestOrder_standsWhereItsInvoiceAndTaskSay(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	o := sqlitetest.Sold("1", orders.Line{Name: "Çay"})
	sqlitetest.Take(t, c, o)
	draft := false
	stage := func(want orders.Stage, number string) {
		t.Helper()
		k := kept(t, c, o.Key())
		if k.Verdict.Stage != want || k.Verdict.Invoice != number || k.Verdict.Draft != draft {
			t.Errorf("%s %q, draft %t, want %s %q, %t", k.Verdict.Stage, k.Verdict.Invoice, k.Verdict.Draft, want, number, draft)
		}
		if stages, err := c.OrderStages(t.Context()); err != nil || len(stages) != 1 || stages[want] != 1 {
			t.Errorf("%v, %v", stages, err)
		}
	}
	sqlitetest.Must(t, c.SaveVerdicts(t.Context(), map[int64]orders.Verdict{1: {Stage: orders.StageReady}}))
	stage(orders.StageReady, "")
	r := sqlitetest.Attempted(t, c, o.Key(), invoicing.AttemptIntent)
	stage(orders.StageReady, "")
	r.Number = "ABC2026000000001"
	draft = true
	for _, state := range []invoicing.AttemptState{invoicing.AttemptDrafted, invoicing.AttemptMismatch, invoicing.AttemptChecked, invoicing.AttemptDeleting} {
		r = sqlitetest.InState(t, c, r, state)
		stage(orders.StageInvoiced, "ABC2026000000001")
	}
	draft = false
	r = sqlitetest.InState(t, c, r, invoicing.AttemptIssued)
	stage(orders.StageInvoiced, "ABC2026000000001")
	o.Status, o.Word = orders.StatusReturned, "İade"
	if taken := sqlitetest.Take(t, c, o); taken.Changed != 1 {
		t.Errorf("%+v", taken)
	}
	stage(orders.StageTask, "ABC2026000000001")
	tasks := sqlitetest.Ok1[[]invoicing.Task](t)(c.Tasks(t.Context(), false))
	if len(tasks) != 1 || tasks[0].Record.ID != r.ID || tasks[0].What != invoicing.TaskReturned || tasks[0].Return != "" {
		t.Fatalf("%+v", tasks)
	}
	tasks[0].ClosedAt, tasks[0].Document, tasks[0].DocumentOn = c.DB.Now(), "GP-1", domain.Day(c.DB.Now())
	sqlitetest.Ok1[invoicing.Task](t)(c.SaveTask(t.Context(), tasks[0]))
	stage(orders.StageInvoiced, "ABC2026000000001")
	sqlitetest.InState(t, c, r, invoicing.AttemptLost)
	stage(orders.StageNever, "") // it is returned at its source
}

func TestTakeOrders_keepsWhatWasInvoiced(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	o := sqlitetest.Sold("1", orders.Line{Name: "Çay"})
	sqlitetest.Take(t, c, o)
	r := sqlitetest.Attempted(t, c, o.Key(), invoicing.AttemptIntent)
	later := o
	later.Buyer.Address = "Başka sokak 1"
	for _, want := range []orders.Taken{{Frozen: 1}, {Same: 1}} {
		sqlitetest.WantSame(t, "taken", sqlitetest.Take(t, c, later), want)
	}
	k := kept(t, c, o.Key())
	sqlitetest.WantSame(t, "order", k.Order, o)
	sqlitetest.WantSame(t, "later", *k.Later, later)
	r = sqlitetest.Ok1[invoicing.Record](t)(c.Record(t.Context(), r.ID))
	if r.Changed != later.Fingerprint() {
		t.Errorf("changed %q", r.Changed)
	}
	sqlitetest.InState(t, c, r, invoicing.AttemptDeleted)
	if k = kept(t, c, o.Key()); k.Later != nil {
		t.Errorf("later %+v", k.Later)
	}
	sqlitetest.WantSame(t, "thawed", k.Order, later)
}

func asError(err error) *domain.Error {
	var e *domain.Error
	errors.As(err, &e)
	for e != nil && e.Field == "" {
		inner := e.Err
		e = nil
		errors.As(inner, &e)
	}
	return e
}
