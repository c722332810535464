package app

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/storage/files"
)

// stocked is a company with four products: 100 TL, 10 dollars without a rate, no price, 20 TL.
func stocked(t *testing.T) *Company {
	t.Helper()
	c, _ := catalogueOnly(t)
	price := func(s string) decimal.NullDecimal { return decimal.NewNullDecimal(decimal.RequireFromString(s)) }
	_, err := c.Store.SaveProducts(t.Context(),
		domain.Product{Code: "B", Name: "Zeytin", Price: price("100"), Currency: domain.TRY, State: domain.ProductActive},
		domain.Product{Code: "C", Name: "Çay", Price: price("10"), Currency: domain.USD, State: domain.ProductActive},
		domain.Product{Code: "A", Name: "Kahve", Currency: domain.TRY, State: domain.ProductActive},
		domain.Product{Code: "D", Name: "Şeker", Price: price("20"), Currency: domain.TRY, State: domain.ProductActive})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func percent(direction pricing.Direction, n int64) *pricing.Rule {
	return &pricing.Rule{Direction: direction, Kind: pricing.Percent, Amount: decimal.New(n, 0)}
}

func tryRules(t *testing.T, c *Company, rule *pricing.Rule) *pricing.Laboratory {
	t.Helper()
	var w pricing.Watch
	lab, err := c.TryRules(t.Context(), pricing.Rules{Global: rule}, &w)
	if err != nil {
		t.Fatal(err)
	}
	if done, of := w.Snapshot(); done != of || done != lab.Products() {
		t.Errorf("watched %d of %d, %d products", done, of, lab.Products())
	}
	return lab
}

func found(t *testing.T, c *Company, lab *pricing.Laboratory, q pricing.TrialQuery) string {
	t.Helper()
	tried, total, err := c.Trials(t.Context(), lab, q)
	if err != nil {
		t.Fatal(err)
	}
	s := fmt.Sprint(total)
	for _, x := range tried {
		s += fmt.Sprintf(" %s:%v>%v", x.Product.Code, x.Old.Decimal, x.Price.Decimal)
	}
	return s
}

func TestLaboratory_listsWhatItTried(t *testing.T) {
	c := stocked(t)
	lab := tryRules(t, c, percent(pricing.Increase, 60))
	if n := len(lab.Columns()); n != 1 {
		t.Fatalf("%d columns of one rule", n)
	}
	for _, tt := range []struct {
		q    pricing.TrialQuery
		want string
	}{
		{pricing.TrialQuery{Found: pricing.FoundMoved, Sort: pricing.TrialsByNew}, "2 D:20>32 B:100>160"},
		{pricing.TrialQuery{Found: pricing.FoundBlocked, Sort: pricing.TrialsByCode}, "2 A:0>0 C:0>0"},
		{pricing.TrialQuery{Found: pricing.FoundMoved, Sort: pricing.TrialsByName}, "2 D:20>32 B:100>160"}, // Ş before Z
		{pricing.TrialQuery{Found: pricing.FoundMoved, Sort: pricing.TrialsByName, Desc: true, Limit: 1}, "2 B:100>160"},
		{pricing.TrialQuery{Search: "cay"}, "1 C:0>0"},
		{pricing.TrialQuery{Found: pricing.Suspicious, Sort: pricing.TrialsByCode}, "3 A:0>0 B:100>160 D:20>32"},
	} {
		if got := found(t, c, lab, tt.q); got != tt.want {
			t.Errorf("%+v: %s, want %s", tt.q, got, tt.want)
		}
	}
	if r, err := c.PriceRules(t.Context()); err != nil || r.Version != 0 {
		t.Errorf("trying has saved version %d, %v", r.Version, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.TryRules(ctx, pricing.Rules{}, nil); domain.KindOf(err) != domain.KindCancelled {
		t.Errorf("stopped: %v", err)
	}
}

func TestLaboratory_exportsWhatIsListed(t *testing.T) {
	c := stocked(t)
	lab := tryRules(t, c, percent(pricing.Discount, 100))
	path, err := c.ExportTrials(t.Context(), lab, pricing.TrialQuery{Found: pricing.FoundBlocked, Sort: pricing.TrialsByCode})
	if err != nil {
		t.Fatal(err)
	}
	f, err := files.Open(t.Context(), path, listing.Reading{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	text := strings.Join(f.Header(), ";")
	for row, err := range f.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		text += "\n" + strings.Join(row.Cells, ";")
	}
	for _, want := range []string{"Eski fiyat", "B;;Zeytin;Trendyol, Hepsiburada", "Fiyat sıfıra ya da altına düşüyor"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if n := strings.Count(text, "\n"); n != 4 {
		t.Errorf("%d rows", n)
	}
}

func TestApprovals_letGoWhatWasLookedAt(t *testing.T) {
	c := stocked(t)
	lab := tryRules(t, c, nil)
	q := pricing.TrialQuery{Sort: pricing.TrialsByCode}
	if n, err := c.ApproveFound(t.Context(), lab, q); err != nil || n != 2*26 {
		t.Fatalf("%d approved, %v", n, err)
	}
	if err := c.SavePriceRules(t.Context(), pricing.Rules{Global: percent(pricing.Increase, 50)}); err != nil {
		t.Fatal(err)
	}
	if err := c.SaveMaxPriceChange(t.Context(), decimal.NewNullDecimal(decimal.New(10, 0))); err != nil {
		t.Fatal(err)
	}
	lab = tryRules(t, c, percent(pricing.Increase, 50))
	waiting := pricing.TrialQuery{Found: pricing.FoundApproval, Sort: pricing.TrialsByCode}
	if got := found(t, c, lab, waiting); got != "2 B:100>150 D:20>30" {
		t.Fatalf("waiting: %s", got)
	}
	trials, _, err := lab.Find(waiting, func() (pricing.Ranked, error) { return nil, nil })
	if err != nil {
		t.Fatal(err)
	}
	// One of the two has another price by now: it is left waiting.
	p, _, err := c.Store.Products(t.Context(), domain.ProductQuery{Search: "Zeytin"})
	if err != nil {
		t.Fatal(err)
	}
	p[0].Price = decimal.NewNullDecimal(decimal.New(90, 0))
	if _, err := c.Store.SaveProducts(t.Context(), p...); err != nil {
		t.Fatal(err)
	}
	if n, err := c.ApproveTrials(t.Context(), lab, trials); err != nil || n != 26 {
		t.Errorf("%d approved, %v", n, err)
	}
	if got := found(t, c, tryRules(t, c, percent(pricing.Increase, 50)), waiting); got != "1 B:100>135" {
		t.Errorf("still waiting: %s", got)
	}
	if n, err := c.UndoApproval(t.Context()); err != nil || n != 26 {
		t.Errorf("%d undone, %v", n, err)
	}
	if got := found(t, c, tryRules(t, c, percent(pricing.Increase, 50)), waiting); got != "2 B:100>135 D:20>30" {
		t.Errorf("after undo: %s", got)
	}
}

func TestOffers_knowOwnMarketplacesAndGuards(t *testing.T) {
	c := stocked(t)
	m, err := c.AddMarketplace(t.Context(), "Bizim Dükkân")
	if err != nil {
		t.Fatal(err)
	}
	p, _, err := c.Store.Products(t.Context(), domain.ProductQuery{Search: "Zeytin"})
	if err != nil {
		t.Fatal(err)
	}
	offers, err := c.Offers(t.Context(), p[0], pricing.Guards{Cost: decimal.NewNullDecimal(decimal.New(101, 0))})
	if err != nil || len(offers) != 27 || offers[26].Marketplace != m || !slices.Contains(offers[26].Warnings, pricing.WarnBelowCost) {
		t.Errorf("%+v, %v", offers, err)
	}
	lab := tryRules(t, c, nil)
	if ids := lab.Columns()[0].Marketplaces; len(ids) != 27 || ids[26] != m.ID {
		t.Errorf("the laboratory sells at %v", ids)
	}
}
