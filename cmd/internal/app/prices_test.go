package app

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// rule is the n-th valid rule in which every field differs.
func rule(n int) pricing.Rule {
	return domaintest.Fill[pricing.Rule](n,
		domaintest.OneOf(pricing.Increase, pricing.Discount), domaintest.OneOf(pricing.Percent, pricing.Amount), domaintest.OneOf(pricing.EndingUp, pricing.EndingNearest),
		domaintest.As(func(k int) string { return []string{".90", ".50", ".99"}[k%3] }),
		domaintest.As(func(k int) decimal.Decimal { return decimal.New(int64(1+k%7)*100+int64(k%9), -2) }))
}

// priced is a company with every sort of product that prices differ by: in lira, in dollars with a rate, in euros
// without one, without a currency, without a price, with guards, and one that is not on sale.
func priced(t *testing.T) (*house, map[string]domain.Product) {
	t.Helper()
	h := newHouse(t, sandbox.Options{})
	var all []domain.Product
	for i, p := range []domain.Product{
		{Name: "Lira", Price: number("100"), Currency: domain.TRY},
		{Name: "Dolar", Price: number("10"), Currency: domain.USD},
		{Name: "Avro", Price: number("7"), Currency: domain.EUR},
		{Name: "Adsız", Price: number("50.5")},
		{Name: "Fiyatsız", Currency: domain.TRY},
		{Name: "Korunan", Price: number("200"), Currency: domain.TRY},
		{Name: "Arşiv", Price: number("9"), Currency: domain.GBP, State: domain.ProductArchived},
	} {
		p.Code, p.Barcode = domain.Code(fmt.Sprint("K-", i)), domain.Barcode(domaintest.GTIN13(i))
		if p.State == "" {
			p.State = domain.ProductActive
		}
		all = append(all, p)
	}
	if _, err := h.SaveProducts(t.Context(), all...); err != nil {
		t.Fatal(err)
	}
	known := h.products()
	today := pricing.DayOf(time.Now())
	yesterday := pricing.DayOf(time.Now().AddDate(0, 0, -1))
	tomorrow := pricing.DayOf(time.Now().AddDate(0, 0, 2))
	rates := []pricing.Rate{
		{Currency: domain.USD, Day: yesterday, Value: decimal.RequireFromString("40.1234")},
		{Currency: domain.USD, Day: today, Value: decimal.RequireFromString("41.5")},
		{Currency: domain.USD, Day: tomorrow, Value: decimal.RequireFromString("99")},
	}
	if err := h.SaveRates(t.Context(), rates...); err != nil {
		t.Fatal(err)
	}
	guards := pricing.Guards{Minimum: number("190"), Cost: number("150.5")}
	if _, err := h.SaveEdits(t.Context(), pricing.Edit{Product: known["Korunan"], Guards: &guards}); err != nil {
		t.Fatal(err)
	}
	return h, known
}

func TestPrices_whatIsSavedIsReadBackWholeInTheNextSitting(t *testing.T) {
	h, known := priced(t)
	rules := pricing.Rules{PerMarketplace: true, Each: map[pricing.MarketplaceID]pricing.Rule{"trendyol": rule(1), "n11": rule(2)}}
	global := rule(3)
	rules.Global = &global
	if err := h.SavePriceRules(t.Context(), rules); err != nil {
		t.Fatal(err)
	}
	if err := h.SaveMaxPriceChange(t.Context(), number("12.5")); err != nil {
		t.Fatal(err)
	}
	own, err := h.AddMarketplace(t.Context(), " Bizim  Dükkân ")
	if err != nil || own.ID != "own-bizim-dukkan" || own.Name == "" || !own.Own {
		t.Fatalf("%+v, %v", own, err)
	}
	h.nextSitting()
	got, err := h.PriceRules(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := rules
	want.Version = 1
	for _, d := range domaintest.Differences(got, want, "Each") {
		t.Error(d)
	}
	for id := range rules.Each {
		for _, d := range domaintest.Differences(got.Each[id], rules.Each[id]) {
			t.Errorf("%s: %s", id, d)
		}
	}
	if len(got.Each) != 2 {
		t.Errorf("%d rules", len(got.Each))
	}
	if limit, err := h.MaxPriceChange(t.Context()); err != nil || !limit.Valid || !limit.Decimal.Equal(decimal.RequireFromString("12.5")) {
		t.Errorf("%v, %v", limit, err)
	}
	if g, err := h.ProductGuards(t.Context(), known["Korunan"].ID); err != nil || len(domaintest.Differences(g, pricing.Guards{Minimum: number("190"), Cost: number("150.5")})) != 0 {
		t.Errorf("%+v, %v", g, err)
	}
	if g, err := h.ProductGuards(t.Context(), known["Lira"].ID); err != nil || g.Minimum.Valid || g.Cost.Valid {
		t.Errorf("%+v, %v", g, err)
	}
	rates, err := h.Rates(t.Context())
	if err != nil || len(rates) != 3 || !rates[0].Value.Equal(decimal.New(99, 0)) || rates[2].Day >= rates[1].Day {
		t.Errorf("%+v, %v", rates, err)
	}
	sample, err := h.SamplePrices(t.Context(), 2)
	if err != nil || len(sample) != 2 || !sample[0].Price.Valid {
		t.Errorf("%+v, %v", sample, err)
	}
	missing, err := h.MissingRates(t.Context())
	if want := []pricing.Missing{{Currency: domain.EUR, Products: 1}}; err != nil || !slices.Equal(missing, want) {
		t.Errorf("%+v, %v", missing, err)
	}
	if err := h.RemoveRate(t.Context(), domain.USD, rates[1].Day); err != nil {
		t.Fatal(err)
	}
	if err := h.RemoveRate(t.Context(), domain.USD, rates[2].Day); err != nil {
		t.Fatal(err)
	}
	missing, err = h.MissingRates(t.Context()) // tomorrow's does not hold yet
	if want := []pricing.Missing{{Currency: domain.EUR, Products: 1}, {Currency: domain.USD, Products: 1}}; err != nil || len(missing) != 2 || !slices.ContainsFunc(missing, func(m pricing.Missing) bool { return m == want[1] }) {
		t.Errorf("%+v, %v", missing, err)
	}
	s, err := h.Settings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s.Currency = domain.GBP // what names no currency is in the company's
	if err := h.SaveSettings(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	h.SaveRates(t.Context(), pricing.Rate{Currency: domain.EUR, Day: "2026-01-02", Value: decimal.New(45, 0)}) //nolint:errcheck // checked by what is missing
	missing, err = h.MissingRates(t.Context())
	if err != nil || slices.ContainsFunc(missing, func(m pricing.Missing) bool { return m.Currency == domain.EUR || m.Currency == "" }) {
		t.Errorf("%+v, %v", missing, err)
	}

	// Every way of asking and of writing, cut off anywhere.
	everyRead(t, "rules", h.PriceRules)
	everyRead(t, "limit", h.MaxPriceChange)
	everyRead(t, "guards", func(ctx context.Context) (pricing.Guards, error) { return h.ProductGuards(ctx, known["Korunan"].ID) })
	everyRead(t, "rates", h.Rates)
	everyRead(t, "missing rates", h.MissingRates)
	everyRead(t, "sample", func(ctx context.Context) ([]domain.Product, error) { return h.SamplePrices(ctx, 3) })
	everyRead(t, "marketplaces", h.Marketplaces)
	everyRead(t, "products", func(ctx context.Context) ([]domain.ListedProduct, error) {
		l, n, err := h.ListProducts(ctx, domain.ProductQuery{})
		if err == nil && n != len(l) {
			err = errors.New("not all")
		}
		return l, err
	})
	everyRead(t, "history", func(ctx context.Context) (int, error) { e, n, err := h.History(ctx, 1, 0); return n + len(e), err })
	h.everyWrite(known)

	if err := h.RenameMarketplace(t.Context(), own.ID, "Çarşı"); err != nil {
		t.Fatal(err)
	}
	all, err := h.Marketplaces(t.Context())
	if last := all[len(all)-1]; err != nil || last != (pricing.Marketplace{ID: own.ID, Name: "Çarşı", Own: true}) || len(all) != len(shipped())+1 {
		t.Errorf("%+v, %v", last, err)
	}
	for _, m := range shipped() {
		if m.ID == "" || m.Name == "" || m.Own || all.Name(m.ID) != m.Name {
			t.Errorf("%+v", m)
		}
	}
	_, err = h.AddMarketplace(t.Context(), "TRENDYOL")
	wantKind(t, "a shipped one's name", err, domain.KindInvalid, "name", "marketplace-taken")
	err = h.RenameMarketplace(t.Context(), own.ID, "trendyol")
	wantKind(t, "renamed so", err, domain.KindInvalid, "name", "marketplace-taken")
	if err := h.RemoveMarketplace(t.Context(), own.ID); err != nil {
		t.Fatal(err)
	}
	if all, err := h.Marketplaces(t.Context()); err != nil || len(all) != len(shipped()) {
		t.Errorf("%d, %v", len(all), err)
	}
	if err := h.RemoveMarketplace(t.Context(), "trendyol"); err == nil {
		t.Error("a shipped one was removed")
	}
}

// everyWrite cuts the small ways of writing off anywhere: what says no error has been done.
func (h *house) everyWrite(known map[string]domain.Product) {
	h.t.Helper()
	n := 0
	want := func(ok bool, what any) []string {
		if ok {
			return nil
		}
		return []string{fmt.Sprint(what)}
	}
	ctx := h.t.Context()
	everyEnd(h.t, "saving rules", func(ctx context.Context) error {
		n++
		r := rule(n)
		return h.SavePriceRules(ctx, pricing.Rules{Global: &r})
	}, func() []string {
		got, err := h.PriceRules(ctx)
		r := rule(n)
		return want(err == nil && got.Global != nil && len(domaintest.Differences(*got.Global, r)) == 0, got)
	})
	everyEnd(h.t, "saving the limit", func(ctx context.Context) error { n++; return h.SaveMaxPriceChange(ctx, number(fmt.Sprint(n))) }, func() []string {
		got, err := h.MaxPriceChange(ctx)
		return want(err == nil && got.Decimal.Equal(decimal.New(int64(n), 0)), got)
	})
	everyEnd(h.t, "saving guards", func(ctx context.Context) error {
		n++
		_, err := h.SaveEdits(ctx, pricing.Edit{Product: known["Lira"], Guards: &pricing.Guards{Cost: number(fmt.Sprint(n))}})
		return err
	}, func() []string {
		got, err := h.ProductGuards(ctx, known["Lira"].ID)
		return want(err == nil && got.Cost.Decimal.Equal(decimal.New(int64(n), 0)), got)
	})
	everyEnd(h.t, "saving a rate", func(ctx context.Context) error {
		n++
		return h.SaveRates(ctx, pricing.Rate{Currency: domain.GBP, Day: "2026-02-01", Value: decimal.New(int64(n), 0)})
	}, func() []string {
		got, err := h.Rates(ctx)
		r, ok := got.On(domain.GBP, "2026-02-01")
		return want(err == nil && ok && r.Value.Equal(decimal.New(int64(n), 0)), got)
	})
	everyEnd(h.t, "removing a rate", func(ctx context.Context) error {
		if err := h.SaveRates(context.WithoutCancel(h.t.Context()), pricing.Rate{Currency: domain.GBP, Day: "2026-02-01", Value: decimal.New(1, 0)}); err != nil {
			return err
		}
		return h.RemoveRate(ctx, domain.GBP, "2026-02-01")
	}, func() []string {
		got, err := h.Rates(ctx)
		_, ok := got.On(domain.GBP, "2026-02-01")
		return want(err == nil && !ok, got)
	})
	everyEnd(h.t, "saving products", func(ctx context.Context) error {
		n++
		_, err := h.SaveProducts(ctx, domain.Product{Name: fmt.Sprint("Yeni ", n), Currency: domain.TRY, State: domain.ProductActive})
		return err
	}, func() []string {
		_, ok := h.products()[fmt.Sprint("Yeni ", n)]
		return want(ok, "the product")
	})
	var m pricing.Marketplace
	everyEnd(h.t, "adding a marketplace", func(ctx context.Context) (err error) {
		n++
		m, err = h.AddMarketplace(ctx, fmt.Sprint("Dükkân ", n))
		return err
	}, func() []string {
		all, err := h.Marketplaces(ctx)
		return want(err == nil && all.Name(m.ID) == fmt.Sprint("Dükkân ", n), all)
	})
	everyEnd(h.t, "renaming it", func(ctx context.Context) error {
		n++
		return h.RenameMarketplace(ctx, m.ID, fmt.Sprint("Çarşı ", n))
	}, func() []string {
		all, err := h.Marketplaces(ctx)
		return want(err == nil && all.Name(m.ID) == fmt.Sprint("Çarşı ", n), all)
	})
	all, err := h.Marketplaces(ctx)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, m := range all {
		if strings.HasPrefix(m.Name, "Dükkân ") || strings.HasPrefix(m.Name, "Çarşı ") {
			if err := h.RemoveMarketplace(ctx, m.ID); err != nil {
				h.t.Error(err)
			}
		}
	}
}

// The same price by every way: one product's card, the calculator that approves a catalogue, and the laboratory of
// the saved rules.
func TestPrices_areTheSameByEveryWay(t *testing.T) {
	h, known := priced(t)
	one, two := pricing.Rule{Direction: pricing.Increase, Kind: pricing.Percent, Amount: decimal.New(10, 0), Ending: ".90", EndingMode: pricing.EndingUp}, rule(2)
	rules := pricing.Rules{PerMarketplace: true, Each: map[pricing.MarketplaceID]pricing.Rule{"trendyol": one, "n11": one, "hepsiburada": two}}
	if err := h.SavePriceRules(t.Context(), rules); err != nil {
		t.Fatal(err)
	}
	if err := h.SaveMaxPriceChange(t.Context(), number("1")); err != nil {
		t.Fatal(err)
	}
	markets, err := h.Marketplaces(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	// At one of the marketplaces of equal rules another price was approved before, at two the same.
	last := func(m pricing.MarketplaceID, p string) pricing.Approved {
		return pricing.Approved{Product: known["Lira"].ID, Marketplace: m, Price: decimal.RequireFromString(p), Base: decimal.New(1, 0), Currency: domain.TRY}
	}
	if _, err := h.Store.ApprovePrices(t.Context(), func(yield func(pricing.Approved, error) bool) {
		_ = yield(last("trendyol", "110.9"), nil) && yield(last("n11", "55.5"), nil) && yield(last("pazarama", "100"), nil) && yield(last("amazon", "100"), nil)
	}); err != nil {
		t.Fatal(err)
	}
	calculator, err := h.Calculator(t.Context(), markets.IDs())
	if err != nil || calculator.Version() != 1 {
		t.Fatalf("%+v, %v", calculator, err)
	}
	lab, err := h.TryRules(t.Context(), rules, nil)
	if err != nil || lab.Products() != 6 {
		t.Fatalf("%v, %v", lab, err)
	}
	tried, total, err := h.Trials(t.Context(), lab, pricing.TrialQuery{})
	if err != nil || total != len(tried) {
		t.Fatalf("%d of %d, %v", len(tried), total, err)
	}
	approved := map[string]pricing.Approved{}
	for a, err := range calculator.Approvals(h.Store.AllProducts(t.Context())) {
		if err != nil {
			t.Fatal(err)
		}
		approved[fmt.Sprint(a.Product, a.Marketplace)] = a
	}
	allowed, groups := 0, 0
	for name, p := range known {
		guards, err := h.ProductGuards(t.Context(), p.ID)
		if err != nil {
			t.Fatal(err)
		}
		card, err := h.Offers(t.Context(), p, guards)
		if err != nil || len(card) != len(markets) {
			t.Fatalf("%d offers, %v", len(card), err)
		}
		offered := calculator.Offers(p)
		groups = max(groups, len(offered))
		seen := map[pricing.MarketplaceID]pricing.Offer{}
		for _, o := range offered {
			for _, m := range o.Marketplaces {
				if _, twice := seen[m]; twice {
					t.Errorf("%s: %s twice", name, m)
				}
				seen[m] = o.Offer
			}
		}
		for i, c := range card {
			if c.Marketplace != markets[i] {
				t.Errorf("%s: %+v, want %+v", name, c.Marketplace, markets[i])
			}
			for _, d := range domaintest.Differences(seen[c.Marketplace.ID], c.Offer) {
				t.Errorf("%s at %s, the calculator: %s", name, c.Marketplace.ID, d)
			}
			for _, x := range tried {
				if x.Product.ID == p.ID && slices.Contains(x.Marketplaces, c.Marketplace.ID) {
					for _, d := range domaintest.Differences(x.Offer, c.Offer) {
						t.Errorf("%s at %s, the laboratory: %s", name, c.Marketplace.ID, d)
					}
				}
			}
			a, let := approved[fmt.Sprint(p.ID, c.Marketplace.ID)]
			if let == c.Blocked {
				t.Errorf("%s at %s: approved %v, blocked %v", name, c.Marketplace.ID, let, c.Blocked)
			}
			if !let {
				continue
			}
			allowed++
			want := pricing.Approved{Product: p.ID, Marketplace: c.Marketplace.ID, Price: c.Price.Decimal, Base: p.Price.Decimal, Currency: p.Currency, Version: 1}
			if p.Currency == domain.USD {
				want.Rate = number("41.5")
			}
			for _, d := range domaintest.Differences(a, want) {
				t.Errorf("%s at %s, approved: %s", name, c.Marketplace.ID, d)
			}
		}
	}
	if groups != 5 { // the rule of two marketplaces parted by what was approved, another rule, none parted too
		t.Errorf("%d groups", groups)
	}
	lira, err := h.Offers(t.Context(), known["Lira"], pricing.Guards{})
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range lira {
		want, waits := "100", false
		switch o.Marketplace.ID {
		case "trendyol":
			want = "110.9"
		case "n11":
			want, waits = "110.9", true
		case "hepsiburada":
			continue
		}
		if o.Blocked || !o.Price.Decimal.Equal(decimal.RequireFromString(want)) || o.Approval != waits {
			t.Errorf("%+v", o)
		}
	}
	if allowed < 4*len(markets) {
		t.Errorf("%d approved", allowed)
	}
	broken := errors.New("broken")
	for a, err := range calculator.Approvals(func(yield func(domain.Product, error) bool) {
		_ = yield(known["Lira"], nil) && yield(domain.Product{}, broken) && yield(known["Lira"], nil)
	}) {
		if err != nil && (!errors.Is(err, broken) || a.Product != 0) || err == nil && a.Product != known["Lira"].ID {
			t.Errorf("%+v, %v", a, err)
		}
	}
	next, stop := iter.Pull2(calculator.Approvals(h.Store.AllProducts(t.Context())))
	if _, err, ok := next(); !ok || err != nil {
		t.Errorf("%v", err)
	}
	stop() // whoever has enough gets no more

	everyRead(t, "the calculator", func(ctx context.Context) ([]pricing.Offered, error) {
		d, err := h.Calculator(ctx, markets.IDs())
		if err != nil {
			return nil, err
		}
		return d.Offers(known["Lira"]), nil
	})
	everyRead(t, "offers", func(ctx context.Context) ([]pricing.MarketOffer, error) {
		return h.Offers(ctx, known["Lira"], pricing.Guards{})
	})
	everyRead(t, "the laboratory", func(ctx context.Context) (pricing.Counts, error) {
		l, err := h.TryRules(ctx, rules, nil)
		if err != nil {
			return pricing.Counts{}, err
		}
		return l.Total(), nil
	})
	everyRead(t, "trials", func(ctx context.Context) ([]pricing.Tried, error) {
		l, _, err := h.Trials(ctx, lab, pricing.TrialQuery{})
		return l, err
	})
	ranked := func(ctx context.Context) ([]pricing.Tried, error) {
		l, err := h.TryRules(t.Context(), rules, nil) // another one: its list is made anew
		if err != nil {
			return nil, err
		}
		found, _, err := h.Trials(ctx, l, pricing.TrialQuery{Search: "Lira", Sort: pricing.TrialsByName})
		return found, err
	}
	everyRead(t, "ranked trials", ranked)
	everyEnd(t, "approving what is found", func(ctx context.Context) error {
		_, err := h.ApproveFound(ctx, lab, pricing.TrialQuery{})
		return err
	}, func() []string { return nil })
}

func TestTrials_areListedInTheOrderAskedFor(t *testing.T) {
	h, _ := priced(t)
	lab, err := h.TryRules(t.Context(), pricing.Rules{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for sort, want := range map[pricing.TrialSort]string{
		pricing.TrialsByName: "Adsız Avro Dolar Fiyatsız Korunan Lira", pricing.TrialsByCode: "Lira Dolar Avro Adsız Fiyatsız Korunan",
		pricing.TrialsByProduct: "Lira Dolar Avro Adsız Fiyatsız Korunan",
	} {
		for _, search := range []string{"", "k"} {
			if search == "k" && sort == pricing.TrialsByProduct {
				continue
			}
			tried, _, err := h.Trials(t.Context(), lab, pricing.TrialQuery{Sort: sort, Search: search})
			var names []string
			for _, x := range tried {
				names = append(names, x.Product.Name)
			}
			if got := strings.Join(names, " "); err != nil || got != want {
				t.Errorf("%q, %q: %s, %v", sort, search, got, err)
			}
		}
	}
}

func TestExportTrials_holdsWhatTheLaboratoryShows(t *testing.T) {
	h, _ := priced(t)
	if _, err := h.AddMarketplace(t.Context(), "Bizim"); err != nil {
		t.Fatal(err)
	}
	one := percent(pricing.Increase, 60)
	rules := pricing.Rules{PerMarketplace: true, Each: map[pricing.MarketplaceID]pricing.Rule{"trendyol": *one, "own-bizim": *one}}
	lab, err := h.TryRules(t.Context(), rules, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range []string{"tr", "en"} {
		h.app.options.Lang = lang
		text := inWords(t, lang)
		q := pricing.TrialQuery{Column: 1, Sort: pricing.TrialsByNew, Desc: true}
		tried, _, err := h.Trials(t.Context(), lab, q)
		if err != nil || len(tried) != 6 || !slices.Equal(tried[0].Marketplaces, []pricing.MarketplaceID{"trendyol", "own-bizim"}) {
			t.Fatalf("%+v, %v", tried, err)
		}
		want := []string{line(keys(text, "products.", "code", "barcode", "name", "marketplace"), keys(text, "lab.", "old", "new", "change"), text.T("products.why"))}
		for _, x := range tried {
			want = append(want, line(x.Product.Code, x.Product.Barcode, x.Product.Name, "Trendyol, Bizim", x.Old, x.Price, x.Change(), pricing.Remark(text, lang, x)))
		}
		q.Limit = 1 // what is shown is no limit for what is exported
		path, err := h.ExportTrials(t.Context(), lab, q)
		if err != nil || !strings.Contains(path, text.T("lab.export.name")+" 20") {
			t.Fatal(path, err)
		}
		wantSheet(t, "trials", path, want)
	}
}

func TestTryRules_keepsTheVersionAndTellsHowFarItIs(t *testing.T) {
	h, _ := priced(t)
	for range 2 {
		if err := h.SavePriceRules(t.Context(), pricing.Rules{}); err != nil {
			t.Fatal(err)
		}
	}
	var w pricing.Watch
	lab, err := h.TryRules(t.Context(), pricing.Rules{Version: 99}, &w)
	if err != nil {
		t.Fatal(err)
	}
	if done, of := w.Snapshot(); done != 6 || of != 6 {
		t.Errorf("%d of %d", done, of)
	}
	saved, err := h.PriceRules(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	tried, _, err := h.Trials(t.Context(), lab, pricing.TrialQuery{})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range tried {
		if x.Version != saved.Version || saved.Version == 0 {
			t.Errorf("%s: version %d of %d", x.Product.Name, x.Version, saved.Version)
		}
	}
}
