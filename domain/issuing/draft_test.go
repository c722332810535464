package issuing

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

func TestDraft_carriesEachField(t *testing.T) {
	p := lone()
	p.settings.Scenario = domain.ScenarioCommercial
	p.choices.Website, p.choices.Carrier = "ornek.com", invoicing.Carrier{Name: "Kargo AŞ", TaxNumber: "4540536920"}
	p.taxed["4540536920"] = taxed{true, p.w.now}
	e := examined(t, p, numbered(" 4540536920 "), func(k *orders.Kept) {
		k.Number, k.Package, k.Currency = "90012", "P7", "USD"
		k.Said.Rate = num("38.5")
		k.Buyer.Type, k.Buyer.Name, k.Buyer.TaxOffice, k.Buyer.First, k.Buyer.Last = orders.BuyerCompany, "Örnek Ltd", "Çankaya", "", ""
		k.Buyer.PostalCode = "06100"
		k.Lines[0].VAT = num("0")
		k.Said.Lines = map[int]orders.SaidLine{0: {Exemption: "351"}}
		k.Products[0].Unit, k.Products[0].Code = "Kutu", "TRM-500"
		k.Lines = append(k.Lines, orders.Line{Kind: orders.LineWrap, Name: "Paket", Quantity: dec("1"), Unit: dec("5")})
		k.Products = append(k.Products, orders.LineProduct{Code: "X"})
		k.Discount = dec("0.01")
	})
	token := invoicing.TokenOf(tenant, e.Case.Key)
	wantSame(t, "the draft", e.Draft, domain.InvoiceDraft{
		Customer: domain.Firm{
			Name: "Örnek Ltd", TaxNumber: "4540536920", TaxOffice: "Çankaya", Country: "Türkiye", City: "Ankara", District: "Çankaya", Address: "Deneme Sk. 1",
			PostalCode: "06100",
		},
		Date: p.w.now, Currency: "USD", Rate: dec("38.5"), VATIncluded: true, Kind: domain.InvoiceEInvoice, Scenario: domain.ScenarioCommercial,
		Description: "invoice.text.order90012 " + string(token) + " · invoice.text.packageP7 · invoice.text.websiteornek.com · invoice.text.carrierKargo AŞ 4540536920 · invoice.text.shipped03.05.2026",
		Lines: []domain.DraftLine{
			{ItemCode: "TRM-500", Name: "Termos", Unit: "Kutu", Quantity: dec("3"), Price: dec("59.89666667"), VATRate: dec("0"), ExemptionCode: "351"},
			{ItemCode: "SOPYO-PAKET", Service: true, Name: "Paket", Quantity: dec("1"), Price: dec("5"), VATRate: dec("20")},
		},
	})
}

func TestDraft_isAPersonsWithoutANumber(t *testing.T) {
	e := examined(t, lone(), func(k *orders.Kept) { k.Number, k.Package, k.ShippedAt = "P1", "P1", time.Time{} })
	want := domain.Firm{
		FirstName: "Deniz", LastName: "Örnek", Person: true, TaxNumber: "11111111111", Country: "Türkiye", City: "Ankara", District: "Çankaya",
		Address: "Deneme Sk. 1", PostalCode: "06000",
	}
	wantSame(t, "the customer", e.Draft.Customer, want)
	if got := e.Draft.Description; got != "invoice.text.orderP1 "+string(invoicing.TokenOf(tenant, e.Case.Key)) {
		t.Error(got)
	}
	if e.Draft.Kind != domain.InvoiceEArchive || e.Draft.Currency != domain.TRY {
		t.Errorf("%+v", e.Draft)
	}
}

func TestDraft_callsALineByTheFirstCodeThereIs(t *testing.T) {
	for want, change := range map[string]func(*orders.Kept){
		"PROD":       func(k *orders.Kept) { k.Products[0].Code = "PROD" },
		"K1":         func(k *orders.Kept) { k.Products[0].Code = "" },
		"869":        func(k *orders.Kept) { k.Products[0].Code, k.Lines[0].Code, k.Lines[0].Barcode = "", "", "869" },
		"SOPYO-URUN": func(k *orders.Kept) { k.Products[0].Code, k.Lines[0].Code = "", "" },
		"SOPYO-KARGO": func(k *orders.Kept) {
			k.Lines[0].Kind = orders.LineShipping
		},
		"SOPYO-PAKET":  func(k *orders.Kept) { k.Lines[0].Kind = orders.LineWrap },
		"SOPYO-HIZMET": func(k *orders.Kept) { k.Lines[0].Kind = orders.LineFee },
	} {
		l := examined(t, lone(), change).Draft.Lines[0]
		if service := strings.HasPrefix(want, "SOPYO-") && want != "SOPYO-URUN"; string(l.ItemCode) != want || l.Service != service {
			t.Errorf("%s: %+v", want, l)
		}
	}
}

func TestDraft_cutsNamesAndLeavesOutWhatCostsNothing(t *testing.T) {
	e := examined(t, lone(), func(k *orders.Kept) {
		k.Lines[0].Name = strings.Repeat("ş", 201)
		k.Lines = append(k.Lines, orders.Line{ID: "L9", Name: "Hediye", Kind: orders.LineGoods, Quantity: dec("1"), Unit: dec("0"), VAT: num("20")})
		k.Products = append(k.Products, orders.LineProduct{ID: 2, Code: "H"})
	})
	if len(e.Draft.Lines) != 1 || e.Draft.Lines[0].Name != strings.Repeat("ş", 200) || e.Verdict.Stage != orders.StageReady {
		t.Errorf("%+v, %+v", e.Draft.Lines, e.Verdict)
	}
	if got := cut(strings.Repeat("ş", 200), 200); got != strings.Repeat("ş", 200) {
		t.Error("200 letters are taken whole")
	}
}

func TestDraft_hasNoRateInLira(t *testing.T) {
	e := examined(t, lone(), func(k *orders.Kept) { k.Said.Rate = num("38.5") })
	if !e.Draft.Rate.IsZero() {
		t.Errorf("%v", e.Draft.Rate)
	}
	e = examined(t, lone(), func(k *orders.Kept) { k.Currency = "" })
	if e.Draft.Currency != domain.TRY {
		t.Errorf("%v", e.Draft.Currency)
	}
}

func TestDraft_isDated(t *testing.T) {
	now := time.Date(2026, 5, 4, 9, 0, 0, 600, time.UTC)
	for name, c := range map[string]struct {
		chosen, latest, want time.Time
	}{
		"now":                               {want: now.Truncate(time.Second)},
		"today, chosen":                     {chosen: day("2026-05-04"), want: now.Truncate(time.Second)},
		"on the chosen day":                 {chosen: day("2026-05-01"), want: day("2026-05-01")},
		"behind the latest of its day":      {latest: now.Add(time.Hour), want: now.Add(time.Hour).Truncate(time.Second).Add(time.Second)},
		"behind the latest, whole":          {latest: time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC), want: time.Date(2026, 5, 4, 12, 0, 1, 0, time.UTC)},
		"as late as the end of its day":     {latest: time.Date(2026, 5, 4, 20, 59, 59, 0, time.UTC), want: time.Date(2026, 5, 4, 20, 59, 59, 0, time.UTC)},
		"now, the latest is an earlier one": {latest: now.Add(-time.Hour), want: now.Truncate(time.Second)},
		"now, the latest is of another day": {latest: now.Add(24 * time.Hour), want: now.Truncate(time.Second)},
		"after the latest of a chosen day":  {chosen: day("2026-05-01"), latest: day("2026-05-01").Add(time.Hour), want: day("2026-05-01").Add(time.Hour + time.Second)},
	} {
		a := around{now: now, latest: map[domain.InvoiceKind]time.Time{domain.InvoiceEArchive: c.latest, domain.InvoiceEInvoice: now.Add(2 * time.Hour)}}
		if got := a.date(&invoicing.Case{InvoiceDate: c.chosen}); !got.Equal(c.want) || got.Location() != time.UTC {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestSameButDate_noticesEachChange(t *testing.T) {
	e := examined(t, lone())
	same := e.Draft
	same.Date = same.Date.AddDate(0, 0, 1)
	same.Lines = []domain.DraftLine{e.Draft.Lines[0]}
	same.Lines[0].Quantity, same.Lines[0].Price, same.Lines[0].VATRate = dec("3.00"), dec("59.900"), dec("20.0")
	if !sameButDate(same, e.Draft) {
		t.Error("numbers are compared as numbers")
	}
	for name, change := range map[string]func(d *domain.InvoiceDraft){
		"address":     func(d *domain.InvoiceDraft) { d.Customer.Address = "x" },
		"rate":        func(d *domain.InvoiceDraft) { d.Rate = dec("2") },
		"description": func(d *domain.InvoiceDraft) { d.Description += "x" },
		"quantity":    func(d *domain.InvoiceDraft) { d.Lines[0].Quantity = dec("4") },
		"price":       func(d *domain.InvoiceDraft) { d.Lines[0].Price = dec("4") },
		"VAT":         func(d *domain.InvoiceDraft) { d.Lines[0].VATRate = dec("10") },
		"name":        func(d *domain.InvoiceDraft) { d.Lines[0].Name = "x" },
		"a line":      func(d *domain.InvoiceDraft) { d.Lines = append(d.Lines, d.Lines[0]) },
		"kind":        func(d *domain.InvoiceDraft) { d.Kind = domain.InvoiceEInvoice },
	} {
		d := e.Draft
		d.Lines = []domain.DraftLine{e.Draft.Lines[0]}
		if change(&d); sameButDate(d, e.Draft) || sameButDate(e.Draft, d) {
			t.Errorf("%s is not noticed", name)
		}
	}
}

// What is sent comes out as the order's total, line by line and VAT by VAT, whatever the order.
func TestDraft_addsUpToTheOrder(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(20, 26))
	oneOf := func(of ...string) decimal.Decimal { return dec(of[r.IntN(len(of))]) }
	p := lone()
	p.order()
	base := p.kept[0]
	a, err := p.engine.around(t.Context(), p.kept)
	if err != nil {
		t.Fatal(err)
	}
	ready := 0
	tried := histories(3_000)
	for n := range tried {
		k := base
		k.Lines, k.Products = nil, nil
		goods := decimal.Zero
		for range 1 + r.IntN(6) {
			l := orders.Line{
				ID: fmt.Sprint(r.IntN(1000)), Name: "Ürün", Kind: []orders.LineKind{orders.LineGoods, orders.LineGoods, orders.LineShipping, orders.LineFee}[r.IntN(4)],
				Quantity: []decimal.Decimal{decimal.NewFromInt(1 + r.Int64N(9)), decimal.New(1+r.Int64N(9000), -3)}[r.IntN(2)],
				Unit:     decimal.New(r.Int64N(300_000), -int32(2+r.IntN(3))), VAT: decimal.NewNullDecimal(oneOf("20", "10", "1")),
			}
			if gross := l.Gross(); r.IntN(3) == 0 && gross.IsPositive() {
				l.Discount = decimal.New(r.Int64N(gross.Shift(2).IntPart()+1), -2)
			}
			if k.Lines, k.Products = append(k.Lines, l), append(k.Products, base.Products[0]); l.Kind == orders.LineGoods {
				goods = goods.Add(l.Net())
			}
		}
		if r.IntN(2) == 0 {
			k.Discount = decimal.New(r.Int64N(goods.Shift(2).IntPart()+1), -2)
		}
		k.StatedTotal = decimal.NewNullDecimal(k.Total())
		e := a.examine(k)
		if e.Verdict.Stage != orders.StageReady {
			continue
		}
		ready++
		total, gross := decimal.Zero, map[string]decimal.Decimal{}
		for _, l := range e.Draft.Lines {
			net := l.Quantity.Mul(l.Price).Round(2)
			if !l.Price.Equal(l.Price.Round(8)) || !net.IsPositive() {
				t.Fatalf("order %d: %+v", n, l)
			}
			total, gross[l.VATRate.String()] = total.Add(net), gross[l.VATRate.String()].Add(net)
		}
		for _, rate := range e.Answer.Rates {
			if !rate.Base.Add(rate.VAT).Equal(rate.Gross) || !gross[rate.Rate.String()].Equal(rate.Gross) {
				t.Fatalf("order %d: %+v, sent %v", n, rate, gross)
			}
		}
		if !total.Equal(e.Answer.Total) || !total.Equal(k.StatedTotal.Decimal) || !e.Answer.Base.Add(e.Answer.VAT).Equal(total) {
			t.Fatalf("order %d: sent %s of %s", n, total, e.Answer.Total)
		}
	}
	if ready < tried*3/4 {
		t.Errorf("only %d orders are ready, the test tells little", ready)
	}
}
