package sandbox

import (
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/shopspring/decimal"
)

// How many of each the demo firm has.
const (
	demoOrders   = 40
	demoInvoices = 24
)

// Orders makes n orders of products by firms' customers, the same ones for the same input: of the first
// half of the year, a part of them with a marketplace's order number, some cancelled or invoiced already.
// Without a priced product or a customer there are none.
func Orders(n int, seed uint64, products []Product, firms []Firm) []Order {
	g := newSalesGenerator(seed, 0x4f52, products, firms)
	if g.empty() {
		return nil
	}
	orders := make([]Order, 0, n)
	for i := range n {
		v := g.sale(i, n, 180)
		o := Order{
			ID: 300 + int64(i)*2, Number: fmt.Sprintf("SIP%09d", i+1), Date: v.Date, FirmID: v.FirmID, FirmCode: v.FirmCode,
			FirmName: v.FirmName, TaxNumber: v.TaxNumber, Address: v.Address, City: v.City, District: v.District, PostalCode: v.PostalCode,
			Status: pick(&g.generator, []int{OrderOpen, OrderOpen, OrderOpen, OrderPart, OrderInvoiced}), Cancelled: g.in(80),
			Currency: "TL", Rate: v.Rate, Lines: v.Lines, Total: v.Total, VAT: v.VAT, ModifiedAt: v.Date,
			Phone: fmt.Sprintf("0532%07d", g.rand.IntN(10_000_000)),
		}
		if g.in(600) {
			o.FirmNumber = fmt.Sprintf("%d", 900_000_000+g.rand.IntN(99_999_999))
			o.Category = pick(&g.generator, []string{"Trendyol", "Hepsiburada", "N11"})
		}
		orders = append(orders, o)
	}
	return orders
}

// Invoices makes n invoices that stand at the firm already, the same ones for the same input: of the
// first months of the year, in the order of their dates, the last three of them drafts. Without a priced
// product or a customer there are none.
func Invoices(n int, seed uint64, products []Product, firms []Firm) []Invoice {
	g := newSalesGenerator(seed, 0x4956, products, firms)
	if g.empty() {
		return nil
	}
	invoices := make([]Invoice, 0, n)
	for i := range n {
		v := g.sale(i, n, 75)
		v.Status = StatusDone
		if i >= n-3 {
			v.Status = StatusDraft
		}
		if v.Status == StatusDone && g.in(60) {
			v.Cancelled = true
		}
		invoices = append(invoices, v)
	}
	return invoices
}

type salesGenerator struct {
	generator
	products []Product // with a price in TL
	firms    []Firm    // customers
}

func newSalesGenerator(seed, kind uint64, products []Product, firms []Firm) *salesGenerator {
	g := &salesGenerator{generator: generator{rand: rand.New(rand.NewPCG(seed, kind))}}
	for _, p := range products[:min(len(products), 2000)] {
		if p.Price.Decimal.IsPositive() && p.Currency != "USD" && !p.Passive {
			g.products = append(g.products, p)
		}
	}
	for _, f := range firms {
		if f.kind() != FirmSupplier && !f.Passive {
			g.firms = append(g.firms, f)
		}
	}
	return g
}

func (g *salesGenerator) empty() bool { return len(g.products) == 0 || len(g.firms) == 0 }

// sale makes the i-th of n sales, spread over so many days.
func (g *salesGenerator) sale(i, n, days int) Invoice {
	step := time.Duration(days) * 24 * time.Hour / time.Duration(n)
	at := firstChange().Add(time.Duration(i)*step + time.Duration(g.rand.IntN(60))*time.Minute)
	v := Invoice{
		ID: 100 + int64(i)*3, Type: InvoiceSale, Kind: KindEArchive, Profile: 1, Date: at, ModifiedAt: at,
		Currency: "TL", Rate: decimal.NewFromInt(1), VATIncluded: true, Description: fmt.Sprintf("Sipariş %d", 80_000+i),
	}
	var random [16]byte
	for j := range random {
		random[j] = byte(g.rand.IntN(256))
	}
	v.UUID = ettn(random)
	f := pick(&g.generator, g.firms)
	v.FirmID, v.FirmCode, v.FirmName, v.TaxNumber = f.ID, f.Code, f.title(), f.TaxNumber
	v.Address, v.City, v.District, v.PostalCode = f.Address, f.City, f.District, f.PostalCode
	if f.Registered {
		v.Kind = KindEInvoice
	}
	v.Number = fmt.Sprintf("%s%09d", series(v.Kind, at), v.ID)
	for range 1 + g.rand.IntN(4) {
		p := pick(&g.generator, g.products)
		v.Lines = append(v.Lines, InvoiceLine{
			ProductID: p.ID, ProductType: p.kind(), Code: p.Code, Name: p.Name, Unit: p.unit(),
			Quantity: decimal.NewFromInt(1 + g.rand.Int64N(3)), Price: p.Price.Decimal, VATRate: p.VATRate.Decimal,
		})
	}
	v.total(false, decimal.Zero)
	return v
}
