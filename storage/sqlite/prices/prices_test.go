package prices_test

import (
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/catalogue"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func TestRates_areReplacedByDayAndCurrency(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	rate := func(currency domain.Currency, day pricing.Day, value string) pricing.Rate {
		return pricing.Rate{Currency: currency, Day: day, Value: decimal.RequireFromString(value)}
	}
	for _, r := range []pricing.Rate{
		rate(domain.USD, "2026-11-20", "41.1"), rate(domain.USD, "2026-11-23", "41.2537"), rate(domain.USD, "2026-11-20", "41"),
	} {
		if err := c.SaveRates(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	err := c.SaveRates(t.Context(), rate(domain.EUR, "2026-11-20", "48"), rate(domain.GBP, "2026-11-20", "0"))
	sqlitetest.WantKind(t, err, domain.KindInvalid)
	rates, err := c.Rates(t.Context())
	if err != nil || len(rates) != 2 || rates[0].Value.String() != "41.2537" || rates[1].Value.String() != "41" {
		t.Errorf("%v, %v", rates, err)
	}
}

func TestMaxPriceChange(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	for _, want := range []decimal.NullDecimal{{}, sqlitetest.Dec("12.5"), sqlitetest.Dec("7"), {}} {
		if err := c.SaveMaxPriceChange(t.Context(), want); err != nil {
			t.Fatal(err)
		}
		if err := c.SaveSettings(t.Context(), domain.DefaultSettings(), nil); err != nil { // of the same table
			t.Fatal(err)
		}
		if got, err := c.MaxPriceChange(t.Context()); err != nil || !catalogue.SameDecimal(got, want) {
			t.Errorf("%v, %v, want %v", got, err, want)
		}
	}
	sqlitetest.WantKind(t, c.SaveMaxPriceChange(t.Context(), sqlitetest.Dec("-1")), domain.KindInvalid)
	sqlitetest.WantKind(t, c.SaveMaxPriceChange(t.Context(), sqlitetest.Dec("1.00001")), domain.KindInvalid)
}

func TestApprovedPrices_theLastOneHolds(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	sqlitetest.AddProducts(t, c, 2)
	for _, price := range []string{"10", "12.50"} {
		n, err := c.ApprovePrices(t.Context(), sqlitetest.Approvals(nil, []pricing.Approved{
			{Product: 1, Marketplace: "n11", Price: sqlitetest.Dec(price).Decimal, Base: sqlitetest.Dec("9").Decimal, Currency: domain.USD, Rate: sqlitetest.Dec("41.2537"), Version: 3},
			{Product: 2, Marketplace: "n11", Price: sqlitetest.Dec("1").Decimal, Base: sqlitetest.Dec("1").Decimal, Currency: domain.TRY, Version: 3},
		}...))
		if err != nil || n != 2 {
			t.Fatal(n, err)
		}
	}
	// One that fails on the way takes all of them back.
	_, err := c.ApprovePrices(t.Context(), sqlitetest.Approvals(domain.E(domain.KindDisk, "read", nil), pricing.Approved{Product: 1, Marketplace: "n11", Price: sqlitetest.Dec("99").Decimal}))
	sqlitetest.WantKind(t, err, domain.KindDisk)
	all, err := c.ApprovedPrices(t.Context())
	if err != nil || len(all) != 2 || !catalogue.SameDecimal(all[1].At("n11"), sqlitetest.Dec("12.5")) || all[1].At("trendyol").Valid {
		t.Errorf("%v, %v", all, err)
	}
	if n := sqlitetest.Count(t, c, `SELECT count(*) FROM approved_price WHERE version = 3 AND (rate = '41.2537') = (product_id = 1)`); n != 1 {
		t.Errorf("what a price was made of is kept for %d", n)
	}
}
