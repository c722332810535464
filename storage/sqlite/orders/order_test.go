package orders_test

import (
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

// sold is an order of one unit of a product.
func sold(pkg string, line orders.Line) orders.Order {
	line.Quantity, line.Unit, line.Kind = decimal.NewFromInt(1), decimal.NewFromInt(10), orders.LineGoods
	return orders.Order{
		Marketplace: "trendyol", Number: "S" + pkg, Package: pkg, Status: orders.StatusOK, Word: "Teslim Edildi", OrderedAt: domaintest.Moment,
		Currency: domain.TRY, Buyer: orders.Buyer{Type: orders.BuyerPerson, First: "Ayşe", Last: "Işık", Country: "TR"}, Lines: []orders.Line{line},
	}
}

// take reads a file.
func take(t *testing.T, c *sqlitetest.Company, list ...orders.Order) orders.Taken {
	t.Helper()
	return sqlitetest.Ok1[orders.Taken](t)(c.TakeOrders(t.Context(), orders.SourceFile, "liste.xlsx", list))
}

// kept reads an order.
func kept(t *testing.T, c *sqlitetest.Company, k orders.Key) orders.Kept {
	t.Helper()
	return sqlitetest.Ok1[orders.Kept](t)(c.Order(t.Context(), k))
}

// begun is an attempt to invoice an order.
func begun(t *testing.T, c *sqlitetest.Company, k orders.Key) invoicing.Record {
	t.Helper()
	return sqlitetest.Ok1[invoicing.Record](t)(c.Begin(t.Context(), invoicing.Record{
		Attempt: invoicing.Attempt{Key: invoicing.Key{Marketplace: k.Marketplace, Package: k.Package, Direction: invoicing.DirectionSale}, Fingerprint: "f"},
	}))
}

// in moves an attempt.
func in(t *testing.T, c *sqlitetest.Company, r invoicing.Record, s invoicing.AttemptState) invoicing.Record {
	t.Helper()
	r.State = s
	return sqlitetest.Ok1[invoicing.Record](t)(c.SaveRecord(t.Context(), r))
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
	v.Total, v.Invoice, v.Queued = decimal.RequireFromString("12.5"), "", ""
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
	o := sold("1", orders.Line{Name: "Çay"})
	take(t, c, o)
	stage := func(want orders.Stage, number string) {
		t.Helper()
		k := kept(t, c, o.Key())
		if k.Verdict.Stage != want || k.Verdict.Invoice != number {
			t.Errorf("%s %q, want %s %q", k.Verdict.Stage, k.Verdict.Invoice, want, number)
		}
		if stages, err := c.OrderStages(t.Context()); err != nil || len(stages) != 1 || stages[want] != 1 {
			t.Errorf("%v, %v", stages, err)
		}
	}
	sqlitetest.Must(t, c.SaveVerdicts(t.Context(), map[int64]orders.Verdict{1: {Stage: orders.StageReady}}))
	stage(orders.StageReady, "")
	r := begun(t, c, o.Key())
	stage(orders.StageReady, "")
	r.Number = "ABC2026000000001"
	r = in(t, c, r, invoicing.AttemptIssued)
	stage(orders.StageInvoiced, "ABC2026000000001")
	o.Status, o.Word = orders.StatusReturned, "İade"
	if taken := take(t, c, o); taken.Changed != 1 {
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
	in(t, c, r, invoicing.AttemptLost)
	stage(orders.StageHeld, "")
}

func TestTakeOrders_keepsWhatWasInvoiced(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	o := sold("1", orders.Line{Name: "Çay"})
	take(t, c, o)
	r := begun(t, c, o.Key())
	later := o
	later.Buyer.Address = "Başka sokak 1"
	for _, want := range []orders.Taken{{Frozen: 1}, {Same: 1}} {
		sqlitetest.WantSame(t, "taken", take(t, c, later), want)
	}
	k := kept(t, c, o.Key())
	sqlitetest.WantSame(t, "order", k.Order, o)
	sqlitetest.WantSame(t, "later", *k.Later, later)
	r = sqlitetest.Ok1[invoicing.Record](t)(c.Record(t.Context(), r.ID))
	if r.Changed != later.Fingerprint() {
		t.Errorf("changed %q", r.Changed)
	}
	in(t, c, r, invoicing.AttemptDeleted)
	if k = kept(t, c, o.Key()); k.Later != nil {
		t.Errorf("later %+v", k.Later)
	}
	sqlitetest.WantSame(t, "thawed", k.Order, later)
}

func TestProducts_areFoundByTheSurestClue(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	products := sqlitetest.Put(t, c,
		domain.Product{Code: "ÇAY-1", Name: "Çay", Barcode: domain.Barcode(domaintest.GTIN13(1)), VATRate: sqlitetest.Dec("10")},
		domain.Product{Code: "BAL-1", Name: "Bal", Barcode: domain.Barcode(domaintest.GTIN13(2)), VATRate: sqlitetest.Dec("20")},
	)
	tea, honey := products[0].ID, products[1].ID
	line := func(code, barcode string) orders.Order {
		return sold("1", orders.Line{Name: "x", Code: code, Barcode: barcode})
	}
	for name, tt := range map[string]struct {
		order orders.Order
		want  domain.ProductID
		by    orders.FoundBy
	}{
		"barcode":        {line("BAL-1", domaintest.GTIN13(1)), tea, orders.FoundByBarcode},
		"code":           {line("BAL-1", "1"), honey, orders.FoundByCode},
		"spelling":       {line("bal-1", ""), honey, orders.FoundByCode},
		"nothing":        {line("BAL-2", ""), 0, ""},
		"without a clue": {line("", ""), 0, ""},
	} {
		c := sqlitetest.Ok1[orders.Kept](t)(func() (orders.Kept, error) {
			o := tt.order
			o.Package = name
			take(t, c, o)
			return c.Order(t.Context(), o.Key())
		}())
		if p := c.Products[0]; p.ID != tt.want || p.By != tt.by || p.Bound {
			t.Errorf("%s: %+v", name, p)
		}
	}
}

func TestAddOrder_isTypedAndCanBeRemoved(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	o := filled(0)
	now := sqlitetest.Clocked(c, 1)
	k := sqlitetest.Ok1[orders.Kept](t)(c.AddOrder(t.Context(), o))
	sqlitetest.WantSame(t, "added", k, orders.Kept{
		ID: 1, Order: o, Source: orders.SourceTyped, AddedAt: now, ChangedAt: now, Products: make([]orders.LineProduct, 2),
		Verdict: orders.Verdict{Stage: orders.StageHeld, Total: o.Total()},
	})
	_, err := c.AddOrder(t.Context(), o)
	sqlitetest.WantKind(t, err, domain.KindInvalid)
	sqlitetest.Must(t, c.RemoveOrder(t.Context(), o.Key()))
	_, err = c.Order(t.Context(), o.Key())
	sqlitetest.WantKind(t, err, domain.KindNotFound)
}

func TestOpenQuantities_areWhatNoInvoiceHas(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	tea := sqlitetest.Put(t, c, domain.Product{Code: "ÇAY-1", Name: "Çay"})[0].ID
	first, second := sold("1", orders.Line{Name: "Çay", Code: "ÇAY-1"}), sold("2", orders.Line{Name: "Çay", Code: "çay-1"})
	take(t, c, first, second)
	want := func(n int64) {
		t.Helper()
		open, err := c.OpenQuantities(t.Context())
		if err != nil || len(open) != 1 || !open[tea].Equal(decimal.NewFromInt(n)) {
			t.Errorf("%v, %v, want %d", open, err, n)
		}
	}
	want(2)
	r := in(t, c, begun(t, c, first.Key()), invoicing.AttemptDrafted)
	want(2)
	in(t, c, r, invoicing.AttemptIssued)
	want(1)
}

func TestOrderMappings_areKeptByName(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	m := orders.Mapping{Name: "Benim", Marketplace: "cicek", Columns: map[orders.Field]string{
		orders.FieldNumber: "No", orders.FieldProduct: "Ürün", orders.FieldQuantity: "Adet", orders.FieldAmount: "Tutar",
	}, Language: "en", Words: map[string]orders.Status{"Hazır": orders.StatusOK}}
	sqlitetest.Must(t, c.SaveOrderMapping(t.Context(), m))
	sqlitetest.WantSame(t, "kept", sqlitetest.Ok1[[]orders.Mapping](t)(c.OrderMappings(t.Context())), []orders.Mapping{m})
	sqlitetest.Must(t, c.RemoveOrderMapping(t.Context(), "BENİM"))
	sqlitetest.WantKind(t, c.RemoveOrderMapping(t.Context(), "Benim"), domain.KindNotFound)
}
