package orders_test

import (
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func TestProducts_areFoundByTheSurestClue(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	products := sqlitetest.Put(t, c,
		domain.Product{Code: "ÇAY-1", Name: "Çay", Barcode: domain.Barcode(domaintest.GTIN13(1)), VATRate: sqlitetest.Dec("10")},
		domain.Product{Code: "BAL-1", Name: "Bal", Barcode: domain.Barcode(domaintest.GTIN13(2))},
		domain.Product{Code: "iki", Name: "İki 1", Barcode: domain.Barcode(domaintest.GTIN13(3))},
		domain.Product{Code: "İKİ", Name: "İki 2", Barcode: domain.Barcode(domaintest.GTIN13(3))},
		domain.Product{Code: "ESKİ", Name: "Eski", Barcode: domain.Barcode(domaintest.GTIN13(4)), State: domain.ProductArchived},
		domain.Product{Code: "TASLAK", Name: "Taslak", State: domain.ProductDraft},
		domain.Product{Code: "", Name: "Kodsuz"},
	)
	tea, honey, second, old, draft := products[0], products[1], products[3], products[4], products[5]
	sqlitetest.Must(t,
		c.RememberPair(t.Context(), orders.Pair{Marketplace: "trendyol", Key: "code:BAL-1", Product: tea.ID}),
		c.RememberPair(t.Context(), orders.Pair{Marketplace: "trendyol", Key: "code:BAL-1", Product: second.ID}), // said anew
		c.RememberPair(t.Context(), orders.Pair{Marketplace: "trendyol", Key: "name:ara", Product: old.ID}),
		c.RememberPair(t.Context(), orders.Pair{Marketplace: "trendyol", Key: "name:unutulan", Product: tea.ID}),
		c.RememberPair(t.Context(), orders.Pair{Marketplace: "trendyol", Key: "name:unutulan"}),
	)
	for name, tt := range map[string]struct {
		marketplace string
		line        orders.Line
		said        orders.SaidLine
		want        domain.ProductID
		by          orders.FoundBy
	}{
		"a person's word before a pair":      {"trendyol", orders.Line{Code: "BAL-1"}, orders.SaidLine{Product: honey.ID}, honey.ID, orders.FoundByPerson},
		"a person's, of what is archived":    {"trendyol", orders.Line{}, orders.SaidLine{Product: old.ID}, old.ID, orders.FoundByPerson},
		"a person's, of what is gone":        {"n11", orders.Line{Code: "BAL-1"}, orders.SaidLine{Product: 4711}, honey.ID, orders.FoundByCode},
		"a pair before a barcode":            {"trendyol", orders.Line{Code: "bal-1", Barcode: domaintest.GTIN13(1)}, orders.SaidLine{}, second.ID, orders.FoundByPair},
		"a pair of another marketplace":      {"n11", orders.Line{Code: "bal-1"}, orders.SaidLine{}, honey.ID, orders.FoundByCode},
		"a pair by the name":                 {"trendyol", orders.Line{Name: "ARA"}, orders.SaidLine{}, old.ID, orders.FoundByPair},
		"a pair that is forgotten":           {"trendyol", orders.Line{Name: "unutulan"}, orders.SaidLine{}, 0, ""},
		"a barcode before a code":            {"n11", orders.Line{Code: "BAL-1", Barcode: domaintest.GTIN13(1)}, orders.SaidLine{}, tea.ID, orders.FoundByBarcode},
		"a barcode by its key":               {"n11", orders.Line{Barcode: "0" + domaintest.GTIN13(1)}, orders.SaidLine{}, tea.ID, orders.FoundByBarcode},
		"a barcode of two":                   {"n11", orders.Line{Barcode: domaintest.GTIN13(3)}, orders.SaidLine{}, 0, ""},
		"a barcode of two and a code":        {"n11", orders.Line{Code: "BAL-1", Barcode: domaintest.GTIN13(3)}, orders.SaidLine{}, honey.ID, orders.FoundByCode},
		"a barcode of what is archived":      {"n11", orders.Line{Barcode: domaintest.GTIN13(4)}, orders.SaidLine{}, 0, ""},
		"a barcode that is none":             {"n11", orders.Line{Barcode: "8,69E+12"}, orders.SaidLine{}, 0, ""},
		"a code as it is spelt":              {"n11", orders.Line{Code: "İKİ"}, orders.SaidLine{}, second.ID, orders.FoundByCode},
		"a code in another spelling":         {"n11", orders.Line{Code: "çay-1"}, orders.SaidLine{}, tea.ID, orders.FoundByCode},
		"a code in another spelling, of two": {"n11", orders.Line{Code: "İki"}, orders.SaidLine{}, 0, ""},
		"a code of a draft":                  {"n11", orders.Line{Code: "TASLAK"}, orders.SaidLine{}, draft.ID, orders.FoundByCode},
		"a code of what is archived":         {"n11", orders.Line{Code: "ESKİ"}, orders.SaidLine{}, 0, ""},
		"no clue":                            {"n11", orders.Line{Name: "Çay"}, orders.SaidLine{}, 0, ""},
		"wanted without":                     {"n11", orders.Line{Code: "BAL-1"}, orders.SaidLine{Without: true, Product: honey.ID}, 0, ""},
	} {
		o := sqlitetest.Sold(name, tt.line)
		o.Marketplace = tt.marketplace
		id := sqlitetest.Take(t, c, o).IDs[0]
		sqlitetest.Must(t, c.SaveSaid(t.Context(), id, orders.Said{Lines: map[int]orders.SaidLine{0: tt.said}}))
		if p := kept(t, c, o.Key()).Products[0]; p.ID != tt.want || p.By != tt.by || p.Bound {
			t.Errorf("%s: %+v", name, p)
		}
	}
	// All at once it is the same, and each line of an order has its own; services and what is added besides have none.
	o := sqlitetest.Sold("all", orders.Line{Code: "ÇAY-1"})
	fee := orders.Line{Code: "BAL-1", Kind: orders.LineShipping}
	o.Lines = append(o.Lines, fee, orders.Line{Code: "TASLAK", Kind: orders.LineGoods}, orders.Line{Code: "YOK", Kind: orders.LineGoods})
	id := sqlitetest.Take(t, c, o).IDs[0]
	sqlitetest.Must(t, c.SaveSaid(t.Context(), id, orders.Said{Added: []orders.Line{fee, {Code: "çay-1", Kind: orders.LineGoods}}, Lines: map[int]orders.SaidLine{4: {Product: honey.ID}}}))
	first := orders.LineProduct{ID: tea.ID, Code: "ÇAY-1", Name: "Çay", VATRate: sqlitetest.Dec("10"), By: orders.FoundByCode}
	sqlitetest.WantSame(t, "products", kept(t, c, o.Key()).Products, []orders.LineProduct{
		first, {}, {ID: draft.ID, Code: "TASLAK", Name: "Taslak", By: orders.FoundByCode}, {}, {}, first,
	})
	each := map[string]orders.LineProduct{}
	for _, k := range sqlitetest.Ok1[[]orders.Kept](t)(c.Uninvoiced(t.Context())) {
		each[k.Package] = k.Products[0]
		sqlitetest.WantSame(t, k.Package, k.Products, kept(t, c, k.Key()).Products)
	}
	if len(each) != 21 || each["no clue"].ID != 0 || each["a barcode before a code"].ID != tea.ID {
		t.Errorf("%d orders: %+v", len(each), each)
	}
	if _, err := c.DB.Writer.ExecContext(t.Context(), `DELETE FROM product WHERE id = ?`, second.ID); err != nil {
		t.Fatal(err)
	}
	if n := sqlitetest.Count(t, c, `SELECT count(*) FROM order_pair`); n != 1 {
		t.Errorf("%d pairs", n)
	}
}

// A line names İşbaşı's own code and unit of a product that is bound: what its list said last.
func TestProducts_thatAreBoundHaveTheCodeOfIsbasi(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	p := sqlitetest.Put(t, c, domain.Product{Code: "ÇAY-1", Name: "Çay", Price: sqlitetest.Dec("1"), Stock: sqlitetest.Dec("1")})[0]
	o := sqlitetest.Sold("1", orders.Line{Code: "ÇAY-1"})
	sqlitetest.Take(t, c, o)
	want := orders.LineProduct{ID: p.ID, Code: "ÇAY-1", Name: "Çay", By: orders.FoundByCode}
	check := func(what string) {
		t.Helper()
		sqlitetest.WantSame(t, what, kept(t, c, o.Key()).Products, []orders.LineProduct{want})
	}
	check("not bound")
	sqlitetest.Bind(t, c, p)
	want.Bound = true
	check("bound, and never read")
	remote := domain.RemoteProduct{ID: sqlitetest.RefOf(p.ID).ID, Type: sqlitetest.RefOf(p.ID).Type, Code: "çay 1", Unit: "Kutu", Name: "ÇAY", Active: true, Currency: domain.TRY, Price: sqlitetest.Dec("1")}
	sqlitetest.Transferred(t, c, transfer.DefaultOptions(domain.TRY), remote)
	want.Code, want.Unit = "çay 1", "Kutu"
	check("read by a transfer")
	remote.Code, remote.Unit = "çay 2", ""
	sqlitetest.Transferred(t, c, transfer.DefaultOptions(domain.TRY), remote)
	want.Code = "çay 2"
	check("read by the next, which says no unit")
	remote.Code, remote.Unit = "çay 3", "Adet"
	sqlitetest.Swept(t, c, []domain.RemoteProduct{remote})
	want.Code, want.Unit = "çay 3", "Adet"
	check("read by a sync")
	remote.Code, remote.Unit = "", ""
	sqlitetest.Swept(t, c, []domain.RemoteProduct{remote})
	want.Code, want.Unit = "çay 2", "Kutu"
	check("that says no code any more")
	sqlitetest.Must(t, c.Gone(t.Context(), sqlitetest.RefOf(p.ID)))
	want.Code, want.Unit, want.Bound = "ÇAY-1", "", false
	check("gone at İşbaşı")
}

func TestOpenQuantities_areWhatNoIssuedInvoiceHas(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	products := sqlitetest.Put(t, c, domain.Product{Code: "ÇAY", Name: "Çay"}, domain.Product{Code: "BAL", Name: "Bal"}, domain.Product{Code: "SU", Name: "Su"})
	tea, honey := products[0].ID, products[1].ID
	want := func(what string, n, of string) {
		t.Helper()
		open, err := c.OpenQuantities(t.Context())
		if err != nil || !open[tea].Equal(decimal.RequireFromString(n)) || !open[honey].Equal(decimal.RequireFromString(of)) || len(open) > 2 {
			t.Errorf("%s: %v, %v, want %s and %s", what, open, err, n, of)
		}
	}
	want("nothing is sold", "0", "0")
	var ids []int64
	for i, s := range orders.Statuses() { // of each one unit; two of them are accepted
		o := sqlitetest.Sold(string(s), orders.Line{Code: "ÇAY"})
		o.Status, o.Lines[0].Quantity = s, decimal.New(int64(1+i), -1)
		o.Lines = append(o.Lines, orders.Line{Code: "BAL", Kind: orders.LineGoods, Quantity: decimal.NewFromInt(2)}, orders.Line{Code: "SU", Kind: orders.LineFee, Quantity: decimal.NewFromInt(1)})
		ids = append(ids, sqlitetest.Take(t, c, o).IDs...)
	}
	want("ok and open", "1.7", "4")
	ok := orders.Key{Marketplace: "trendyol", Package: string(orders.StatusOK)}
	r := sqlitetest.Attempted(t, c, ok, invoicing.AttemptIntent)
	for _, s := range invoicing.AttemptStates() {
		r = sqlitetest.InState(t, c, r, s)
		if s == invoicing.AttemptIssued || s == invoicing.AttemptDocumented {
			want(string(s), "0.8", "2")
		} else {
			want(string(s), "1.7", "4")
		}
	}
	last := ids[len(ids)-1]
	sqlitetest.Must(t, c.SaveSaid(t.Context(), last, orders.Said{Lines: map[int]orders.SaidLine{0: {Quantity: sqlitetest.Dec("3")}, 1: {Without: true}}}))
	want("as a person says", "3.8", "2")
	sqlitetest.Must(t, c.SaveSaid(t.Context(), last, orders.Said{Held: true}))
	want("held", "1.7", "4")
	sqlitetest.Must(t, c.SaveSaid(t.Context(), last, orders.Said{Never: true}))
	want("never", "0.8", "2")
}
