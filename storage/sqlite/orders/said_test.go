package orders_test

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func TestSaveSaid_isToldByTheHistoryAndFound(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	sqlitetest.Clocked(c, 1)
	o := sqlitetest.Sold("1", orders.Line{Name: "Çay"})
	sqlitetest.Take(t, c, o, sqlitetest.Sold("2", orders.Line{Name: "Su"}))
	corrected := orders.Said{Buyer: orders.Buyer{Last: "Yıldız"}, Lines: map[int]orders.SaidLine{0: {Name: "Bergamot"}}}
	held, never := corrected, corrected
	held.Held, never.Never = true, true
	both := never
	both.Held = true
	for _, tt := range []struct {
		said orders.Said
		what string
	}{
		{orders.Said{}, ""},
		{corrected, "order-corrected"},
		{corrected, ""},
		{held, "order-held"},
		{held, ""},
		{corrected, "order-released"},
		{never, "order-never"},
		{both, "order-held"},
		{never, "order-released"},
		{corrected, "order-released"},
		{held, "order-held"},
		{never, "order-never"},
		{orders.Said{}, "order-released"},
	} {
		noted, judged := sqlitetest.Entries(t, c), orders.Verdict{Stage: orders.StageReady, Reasons: []string{"line"}, At: domaintest.Moment}
		sqlitetest.Must(t, c.SaveVerdicts(t.Context(), map[int64]orders.Verdict{1: judged, 2: judged}), c.SaveSaid(t.Context(), 1, tt.said))
		if v := kept(t, c, o.Key()).Verdict; v.At.IsZero() != (tt.what != "") || tt.what != "" && !tt.said.Never && v.Stage != orders.StageHeld {
			t.Errorf("%q: %+v", tt.what, v)
		}
		if v := kept(t, c, orders.Key{Marketplace: "trendyol", Package: "2"}).Verdict; v.Stage != orders.StageReady {
			t.Errorf("%q: the other: %+v", tt.what, v)
		}
		if tt.what != "" {
			noted++
			sqlitetest.WantNoted(t, c, tt.what, map[string]any{"marketplace": "trendyol", "package": "1", "number": "S1"})
		}
		if sqlitetest.Entries(t, c) != noted {
			t.Errorf("%q: noted %d times", tt.what, sqlitetest.Entries(t, c)-noted)
		}
		for _, word := range []string{"YILDIZ", "bergamot"} {
			want := 1
			if tt.said.Lines == nil {
				want = 0
			}
			if _, n, err := c.ListOrders(t.Context(), orders.Query{Search: word}); err != nil || n != want {
				t.Errorf("%s: %d, %v", word, n, err)
			}
		}
	}
	sqlitetest.WantKind(t, c.SaveSaid(t.Context(), 3, corrected), domain.KindNotFound)
	sqlitetest.Must(t, c.SaveSaid(t.Context(), 1, orders.Said{InvoiceDate: time.Date(2026, 5, 2, 0, 0, 0, 0, domain.Istanbul)}))
	if day := kept(t, c, o.Key()).Said.InvoiceDate; day.Format(time.RFC3339) != "2026-05-02T00:00:00+03:00" {
		t.Errorf("%v", day)
	}
}

// What an attempt says of an order is not what was judged of it: it is held again once none stands.
func TestSaveVerdicts_keepsWhatWasJudgedAlone(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	sqlitetest.Take(t, c, sqlitetest.Sold("1", orders.Line{Name: "Çay"}), sqlitetest.Sold("2", orders.Line{Name: "Su"}))
	untouched := kept(t, c, orders.Key{Marketplace: "trendyol", Package: "2"})
	for _, stage := range orders.Stages() {
		v := orders.Verdict{
			Stage: stage, Reasons: []string{"line", "address"}, Warnings: []string{"late_7"}, Total: decimal.RequireFromString("179.7"), At: domaintest.Moment,
			Invoice: "ABC", Queued: orders.WishDraft,
		}
		sqlitetest.Must(t, c.SaveVerdicts(t.Context(), map[int64]orders.Verdict{1: v, 99: v}))
		v.Invoice, v.Queued = "", ""
		if stage == orders.StageInvoiced || stage == orders.StageTask {
			v.Stage = orders.StageHeld
		}
		sqlitetest.WantSame(t, string(stage), kept(t, c, orders.Key{Marketplace: "trendyol", Package: "1"}).Verdict, v)
	}
	sqlitetest.WantSame(t, "the other", kept(t, c, untouched.Key()), untouched)
}

func TestQueue_isTheOldestOrderFirst(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	days := []time.Time{domaintest.Moment.AddDate(0, 0, 3), {}, domaintest.Moment, domaintest.Moment.AddDate(0, 0, 3), domaintest.Moment.AddDate(0, 0, 1)}
	for i, day := range days {
		o := sqlitetest.Sold(string(rune('a'+i)), orders.Line{Name: "Çay"})
		o.OrderedAt = day
		sqlitetest.Take(t, c, o)
	}
	sqlitetest.Must(t, c.Enqueue(t.Context(), orders.WishDraft, 1, 2, 3, 4, 99), c.Enqueue(t.Context(), orders.WishFormalise, 4), c.Enqueue(t.Context(), orders.WishDraft))
	queued := func(id int64, wish orders.Wish) issuing.Queued {
		return issuing.Queued{ID: id, Key: orders.Key{Marketplace: "trendyol", Package: string(rune('a' + id - 1))}, Wish: wish}
	}
	read := func() []issuing.Queued { return sqlitetest.Ok1[[]issuing.Queued](t)(c.Queued(t.Context())) }
	sqlitetest.WantSame(t, "queue", read(), []issuing.Queued{
		queued(3, orders.WishDraft), queued(1, orders.WishDraft), queued(4, orders.WishFormalise), queued(2, orders.WishDraft),
	})
	sqlitetest.Attempted(t, c, queued(3, "").Key, invoicing.AttemptIntent)
	sqlitetest.Must(t, c.Enqueue(t.Context(), orders.WishNothing, 1))
	sqlitetest.WantSame(t, "begun", read(), []issuing.Queued{queued(4, orders.WishFormalise), queued(2, orders.WishDraft)})
	if k := kept(t, c, queued(4, "").Key); k.Verdict.Queued != orders.WishFormalise {
		t.Errorf("%+v", k.Verdict)
	}
}

func TestAddOrder_isTypedAndCanBeRemoved(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	o := filled(0)
	now := sqlitetest.Clocked(c, 1)
	k := sqlitetest.Ok1[orders.Kept](t)(c.AddOrder(t.Context(), o))
	want := orders.Kept{
		ID: 1, Order: o, Source: orders.SourceTyped, AddedAt: now, ChangedAt: now, Products: make([]orders.LineProduct, 2),
		Verdict: orders.Verdict{Stage: orders.StageHeld, Total: o.Total()},
	}
	sqlitetest.WantSame(t, "added", k, want)
	sqlitetest.WantSame(t, "kept", kept(t, c, o.Key()), want)
	told := map[string]any{"marketplace": o.Marketplace, "package": o.Package, "number": o.Number}
	sqlitetest.WantNoted(t, c, "order-added", told)
	refused := func(o orders.Order, field, detail string) {
		t.Helper()
		_, err := c.AddOrder(t.Context(), o)
		var e *domain.Error
		if e = asError(err); e == nil || e.Kind != domain.KindInvalid || e.Field != field || e.Detail != detail {
			t.Errorf("%v, want %s %s", err, field, detail)
		}
	}
	refused(o, "package", "order-exists")
	refused(orders.Order{Number: "1"}, "marketplace", "required")
	refused(orders.Order{Marketplace: "n11"}, "package", "required")
	if k := sqlitetest.Ok1[orders.Kept](t)(c.AddOrder(t.Context(), orders.Order{Marketplace: "n11", Number: "7"})); k.Package != "7" {
		t.Errorf("%+v", k)
	}
	read := sqlitetest.Sold("1", orders.Line{Name: "Çay"})
	sqlitetest.Take(t, c, read)
	lost := orders.Key{Marketplace: "n11", Package: "7"}
	sqlitetest.Attempted(t, c, lost, invoicing.AttemptLost)
	for _, k := range []orders.Key{read.Key(), lost} {
		sqlitetest.WantKind(t, c.RemoveOrder(t.Context(), k), domain.KindState)
	}
	sqlitetest.Must(t, c.RemoveOrder(t.Context(), o.Key()))
	sqlitetest.WantNoted(t, c, "order-removed", told)
	sqlitetest.WantKind(t, c.RemoveOrder(t.Context(), o.Key()), domain.KindNotFound)
	if _, n, err := c.ListOrders(t.Context(), orders.Query{}); err != nil || n != 2 {
		t.Errorf("%d, %v", n, err)
	}
	if k := sqlitetest.Ok1[orders.Kept](t)(c.AddOrder(t.Context(), o)); k.ID != 4 {
		t.Errorf("the number %d was given before", k.ID)
	}
}

func TestOrderMappings_areKeptByName(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	sqlitetest.Clocked(c, 1)
	mapping := func() []orders.Mapping { return sqlitetest.Ok1[[]orders.Mapping](t)(c.OrderMappings(t.Context())) }
	m := sqlitetest.WorldMapping()
	sqlitetest.Must(t, c.SaveOrderMapping(t.Context(), m))
	sqlitetest.WantNoted(t, c, "order-mapping", map[string]any{"name": "Benim"})
	sqlitetest.Must(t, c.SaveOrderMapping(t.Context(), m))
	if n := sqlitetest.Entries(t, c); n != 1 {
		t.Errorf("%d entries", n)
	}
	base := orders.Mapping{Name: "BENİM", Base: "n11", Columns: map[orders.Field]string{orders.FieldBuyer: "Alıcı"}}
	if p := orders.Profiles(); len(p) > 0 {
		base.Base = p[0].Name
	}
	other := orders.Mapping{Name: "Ayrı", Base: base.Base}
	sqlitetest.Must(t, c.SaveOrderMapping(t.Context(), base), c.SaveOrderMapping(t.Context(), other))
	sqlitetest.WantSame(t, "kept", mapping(), []orders.Mapping{other, base})
	bad := m
	bad.Language = "de"
	sqlitetest.WantKind(t, c.SaveOrderMapping(t.Context(), bad), domain.KindInvalid)
	sqlitetest.Must(t, c.RemoveOrderMapping(t.Context(), "benim"))
	sqlitetest.WantNoted(t, c, "order-mapping-removed", map[string]any{"name": "benim"})
	sqlitetest.WantKind(t, c.RemoveOrderMapping(t.Context(), "benim"), domain.KindNotFound)
	sqlitetest.WantSame(t, "left", mapping(), []orders.Mapping{other})
	sqlitetest.Must(t, c.SaveOrderMapping(t.Context(), m))
	sqlitetest.WantSame(t, "whole", mapping(), []orders.Mapping{other, m})
}
