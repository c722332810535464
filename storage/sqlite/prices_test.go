package sqlite

import (
	"iter"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
)

func TestRates_areReplacedByDayAndCurrency(t *testing.T) {
	c := newCompany(t)
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
	wantKind(t, err, domain.KindInvalid)
	rates, err := c.Rates(t.Context())
	if err != nil || len(rates) != 2 || rates[0].Value.String() != "41.2537" || rates[1].Value.String() != "41" {
		t.Errorf("%v, %v", rates, err)
	}
}

func TestGuards_areKeptAndTakenAway(t *testing.T) {
	c := newCompany(t)
	addProducts(t, c, 2)
	wantKind(t, guard(t.Context(), c, 99, pricing.Guards{Cost: dec("1")}), domain.KindNotFound)
	wantKind(t, guard(t.Context(), c, 1, pricing.Guards{Cost: dec("-1")}), domain.KindInvalid)
	for _, g := range []pricing.Guards{{Minimum: dec("10"), Cost: dec("8.5")}, {Cost: dec("9")}} {
		if err := guard(t.Context(), c, 2, g); err != nil {
			t.Fatal(err)
		}
	}
	all, err := c.Guards(t.Context())
	if err != nil || len(all) != 1 || all[2].Minimum.Valid || !sameDecimal(all[2].Cost, dec("9")) {
		t.Errorf("%v, %v", all, err)
	}
	if err := guard(t.Context(), c, 2, pricing.Guards{}); err != nil {
		t.Fatal(err)
	}
	if all, err = c.Guards(t.Context()); err != nil || len(all) != 0 {
		t.Errorf("%v, %v", all, err)
	}
}

func TestMaxPriceChange(t *testing.T) {
	c := newCompany(t)
	for _, want := range []decimal.NullDecimal{{}, dec("12.5"), dec("7"), {}} {
		if err := c.SaveMaxPriceChange(t.Context(), want); err != nil {
			t.Fatal(err)
		}
		if err := c.SaveSettings(t.Context(), domain.DefaultSettings(), nil); err != nil { // of the same table
			t.Fatal(err)
		}
		if got, err := c.MaxPriceChange(t.Context()); err != nil || !sameDecimal(got, want) {
			t.Errorf("%v, %v, want %v", got, err, want)
		}
	}
	wantKind(t, c.SaveMaxPriceChange(t.Context(), dec("-1")), domain.KindInvalid)
	wantKind(t, c.SaveMaxPriceChange(t.Context(), dec("1.00001")), domain.KindInvalid)
}

// approvals yields prices, then the error if there is one.
func approvals(end error, prices ...pricing.Approved) iter.Seq2[pricing.Approved, error] {
	return func(yield func(pricing.Approved, error) bool) {
		for _, p := range prices {
			if !yield(p, nil) {
				return
			}
		}
		if end != nil {
			yield(pricing.Approved{}, end)
		}
	}
}

func TestApprovedPrices_theLastOneHolds(t *testing.T) {
	c := newCompany(t)
	addProducts(t, c, 2)
	for _, price := range []string{"10", "12.50"} {
		n, err := c.ApprovePrices(t.Context(), approvals(nil, []pricing.Approved{
			{Product: 1, Marketplace: "n11", Price: dec(price).Decimal, Base: dec("9").Decimal, Currency: domain.USD, Rate: dec("41.2537"), Version: 3},
			{Product: 2, Marketplace: "n11", Price: dec("1").Decimal, Base: dec("1").Decimal, Currency: domain.TRY, Version: 3},
		}...))
		if err != nil || n != 2 {
			t.Fatal(n, err)
		}
	}
	// One that fails on the way takes all of them back.
	_, err := c.ApprovePrices(t.Context(), approvals(domain.E(domain.KindDisk, "read", nil), pricing.Approved{Product: 1, Marketplace: "n11", Price: dec("99").Decimal}))
	wantKind(t, err, domain.KindDisk)
	all, err := c.ApprovedPrices(t.Context())
	if err != nil || len(all) != 2 || !sameDecimal(all[1].At("n11"), dec("12.5")) || all[1].At("trendyol").Valid {
		t.Errorf("%v, %v", all, err)
	}
	if n := count(t, c, `SELECT count(*) FROM approved_price WHERE version = 3 AND (rate = '41.2537') = (product_id = 1)`); n != 1 {
		t.Errorf("what a price was made of is kept for %d", n)
	}
}

func TestFindProducts_byCodeThenSpellingThenBarcode(t *testing.T) {
	c := newCompany(t)
	fill(t, c, []domain.Product{
		{Code: "kitap-01", Name: "a"}, {Code: "KİTAP-01", Name: "b"}, {Code: "36000291452", Name: "c"}, {Code: "x", Barcode: "036000291452", Name: "d"}, {Code: "y", Barcode: "RAF-7", Name: "e"},
	})
	for text, want := range map[string]string{
		"kitap-01": "a", " KİTAP-01": "b", "KITAP–01": "ab", "36000291452": "c", "0036000291452": "d", "RAF-7": "e", "": "", "z": "",
	} {
		found, err := c.FindProducts(t.Context(), text)
		names := ""
		for _, p := range found {
			names += p.Name
		}
		if err != nil || names != want {
			t.Errorf("%q finds %q, %v; want %q", text, names, err, want)
		}
	}
}

func TestHistory_newestFirst(t *testing.T) {
	c := newCompany(t)
	addProducts(t, c, 1)
	s := domain.DefaultSettings()
	s.Pull = true
	if err := c.SaveSettings(t.Context(), s, nil); err != nil {
		t.Fatal(err)
	}
	entries, total, err := c.History(t.Context(), 0, 0)
	if err != nil || total != 2 || len(entries) != 2 || entries[0].What != "settings" || entries[1].What != "import" {
		t.Fatalf("%+v, %d, %v", entries, total, err)
	}
	if e := entries[1]; e.At.IsZero() || e.Actor == "" || !strings.Contains(e.Detail, `"added":1`) {
		t.Errorf("%+v", e)
	}
	if entries, total, err = c.History(t.Context(), 1, 1); err != nil || total != 2 || len(entries) != 1 || entries[0].What != "import" {
		t.Errorf("%+v, %d, %v", entries, total, err)
	}
}
