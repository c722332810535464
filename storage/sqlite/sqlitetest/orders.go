package sqlitetest

import (
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

// Sold is an order of one unit of a product, which costs 10.
func Sold(pkg string, line orders.Line) orders.Order {
	line.Quantity, line.Unit, line.Kind = decimal.NewFromInt(1), decimal.NewFromInt(10), orders.LineGoods
	return orders.Order{
		Marketplace: "trendyol", Number: "S" + pkg, Package: pkg, Status: orders.StatusOK, Word: "Teslim Edildi", OrderedAt: domaintest.Moment,
		Currency: domain.TRY, Buyer: orders.Buyer{Type: orders.BuyerPerson, First: "Ayşe", Last: "Işık", Country: "TR"}, Lines: []orders.Line{line},
	}
}

// Take reads a file of orders.
func Take(t testing.TB, c *Company, list ...orders.Order) orders.Taken {
	t.Helper()
	taken, err := c.TakeOrders(t.Context(), orders.SourceFile, "liste.xlsx", list)
	Must(t, err)
	return taken
}

// Attempted is an attempt to invoice an order, in a state.
func Attempted(t testing.TB, c *Company, k orders.Key, s invoicing.AttemptState) invoicing.Record {
	t.Helper()
	r, err := c.Begin(t.Context(), invoicing.Record{Attempt: invoicing.Attempt{
		Key: invoicing.Key{Marketplace: k.Marketplace, Package: k.Package, Direction: invoicing.DirectionSale}, Fingerprint: "f",
	}})
	Must(t, err)
	return InState(t, c, r, s)
}

// InState moves an attempt.
func InState(t testing.TB, c *Company, r invoicing.Record, s invoicing.AttemptState) invoicing.Record {
	t.Helper()
	r.State = s
	r, err := c.SaveRecord(t.Context(), r)
	Must(t, err)
	return r
}

// The orders of World, and what was made of them.
var (
	WorldTask    = orders.Key{Marketplace: "trendyol", Package: "1"} // invoiced, then returned
	WorldFrozen  = orders.Key{Marketplace: "trendyol", Package: "2"} // there is a draft of it, and it has changed since
	WorldOrder   = orders.Key{Marketplace: "trendyol", Package: "3"} // waits in the queue
	WorldUnknown = orders.Key{Marketplace: "trendyol", Package: "4"} // nobody knows what became of its attempt
	WorldTyped   = orders.Key{Marketplace: "trendyol", Package: "5"}
)

// worldOrders are the orders of World; their attempts and the task have the numbers 1, 2 …
func worldOrders(t *testing.T, c *Company) {
	t.Helper()
	ctx := t.Context()
	returned, frozen := Sold(WorldTask.Package, orders.Line{Name: "Ay çekirdeği", Code: "a"}), Sold(WorldFrozen.Package, orders.Line{Name: "Bal", Code: "bal"})
	Take(t, c, returned, frozen, Sold(WorldOrder.Package, orders.Line{Name: "Ay çekirdeği", Barcode: domaintest.GTIN13(1)}), Sold(WorldUnknown.Package, orders.Line{Name: "Su"}))
	issued, draft := Attempted(t, c, WorldTask, invoicing.AttemptIssued), Attempted(t, c, WorldFrozen, invoicing.AttemptDrafted)
	issued.Remote, issued.Number, draft.Remote = "11", "ABC2026000000011", "12"
	for _, r := range []invoicing.Record{issued, draft} {
		_, err := c.SaveRecord(ctx, r)
		Must(t, err)
	}
	Attempted(t, c, WorldUnknown, invoicing.AttemptUnknown)
	returned.Status, returned.Word = orders.StatusReturned, "İade"
	frozen.Buyer.Address = "Başka sokak 1"
	Take(t, c, returned, frozen)
	typed := Sold(WorldTyped.Package, orders.Line{Name: "Su"})
	_, err := c.AddOrder(ctx, typed)
	Must(t, err,
		c.SaveSaid(ctx, 3, orders.Said{Held: true, Lines: map[int]orders.SaidLine{0: {Product: 2}}}),
		c.SaveVerdicts(ctx, map[int64]orders.Verdict{3: {Stage: orders.StageReady, Warnings: []string{"late_7"}, Total: decimal.NewFromInt(10), At: StillNow()}}),
		c.Enqueue(ctx, orders.WishDraft, 3),
		c.RememberPair(ctx, orders.Pair{Marketplace: "trendyol", Key: "code:BAL", Product: 2}),
		c.SaveOrderMapping(ctx, WorldMapping()),
		c.SeeInvoices(ctx, []domain.Invoice{
			{ID: "11", Date: domaintest.Moment, Kind: domain.InvoiceEArchive}, {ID: "12", Date: domaintest.Moment, Kind: domain.InvoiceEInvoice},
		}, StillNow()),
		c.SeeTokens(ctx, "11", []invoicing.Token{"[SM:abcdefgh]"}),
		c.SaveTaxpayer(ctx, domain.Taxpayer{Number: "1234567890", Registered: true}, StillNow()),
		c.SaveInvoiceSettings(ctx, invoicing.DefaultSettings()),
	)
}

// WorldMapping is what a person has said of a kind of file.
func WorldMapping() orders.Mapping {
	return orders.Mapping{Name: "Benim", Marketplace: "cicek", Columns: map[orders.Field]string{
		orders.FieldNumber: "No", orders.FieldProduct: "Ürün", orders.FieldQuantity: "Adet", orders.FieldAmount: "Tutar",
	}, Language: "en", Words: map[string]orders.Status{"Hazır": orders.StatusOK}}
}
