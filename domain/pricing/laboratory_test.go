package pricing

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

func priced(id domain.ProductID, price string) Stock {
	s := Stock{Product: domain.Product{ID: id, Currency: domain.TRY}}
	if price != "" {
		s.Product.Price = null(price)
	}
	return s
}

// tryOut makes a laboratory for one draft rule against a saved one, at two marketplaces.
func tryOut(draft, saved *Rule, maxChange decimal.NullDecimal, stock ...Stock) *Laboratory {
	d, s := Pricer{Rules: Rules{Global: draft}, MaxChange: maxChange}, Pricer{Rules: Rules{Global: saved}, MaxChange: maxChange}
	alike := NewAlike(d.Rules, s.Rules, []MarketplaceID{"x", "y"})
	for _, p := range stock {
		alike.Split(p.Last)
	}
	l := NewLaboratory(d, s, alike.Groups())
	for _, p := range stock {
		l.Add(p)
	}
	return l
}

func all(t *testing.T, l *Laboratory, q TrialQuery) []Trial {
	t.Helper()
	trials, total, err := l.Find(q, nil)
	if err != nil || total < len(trials) {
		t.Fatal(total, err)
	}
	return trials
}

func TestLaboratory_findings(t *testing.T) {
	t.Parallel()
	cost := priced(1, "100")
	cost.Guards.Cost = null("111")
	minimum := priced(1, "100")
	minimum.Guards.Minimum = null("111")
	approved := priced(1, "100")
	approved.Last = LastPrices{{"x", 9000}, {"y", 9000}}
	let := priced(1, "10")
	let.Last = LastPrices{{"x", 500}, {"y", 500}}
	worthless := priced(1, "")
	worthless.Last = LastPrices{{"x", 0}, {"y", 0}}
	dollars := priced(1, "10")
	dollars.Product.Currency = domain.USD
	ten := rule(t, "+10%", "0", "")
	for _, tt := range []struct {
		name         string
		draft, saved *Rule
		max          string
		stock        Stock
		old, new     int64
		want         Finding
	}{
		{"as it was", ten, ten, "", priced(1, "100"), 11000, 11000, 0},
		{"raised", ten, nil, "", priced(1, "100"), 10000, 11000, FoundMoved},
		{"raised by more than is set", ten, nil, "9.99", priced(1, "100"), 10000, 11000, FoundMoved | FoundChange},
		{"raised by what is set", ten, nil, "10", priced(1, "100"), 10000, 11000, FoundMoved},
		{"raised by half and more, none is set", rule(t, "+50.01%", "0", ""), nil, "", priced(1, "100"), 10000, 15001, FoundMoved | FoundChange},
		{"below cost", ten, nil, "", cost, NoKurus, NoKurus, FoundBlocked | FoundBelow},
		{"below minimum", ten, nil, "", minimum, NoKurus, NoKurus, FoundBlocked},
		{"no price", ten, nil, "", priced(1, ""), NoKurus, NoKurus, FoundBlocked | FoundNoBase},
		{"price of zero", ten, nil, "", priced(1, "0"), NoKurus, NoKurus, FoundBlocked | FoundNoBase},
		{"price of zero, with extra", rule(t, "+0", "20", ""), nil, "", priced(1, "0"), NoKurus, 2000, FoundApproval | FoundNoBase | FoundMoved},
		{"no rate", ten, nil, "", dollars, NoKurus, NoKurus, FoundBlocked},
		{"discounted away", rule(t, "-100%", "0", ""), nil, "", priced(1, "100"), 10000, NoKurus, FoundBlocked | FoundMoved},
		{"the discount exceeds the price", rule(t, "-100", "20", ""), nil, "", priced(1, "19"), 1900, 2000, FoundApproval | FoundMoved},
		{"what was approved holds while the saved price waits", ten, ten, "20", approved, 9000, 11000, FoundApproval | FoundChange | FoundMoved},
		{"the saved price holds where nothing waits, whatever was approved once", rule(t, "-10%", "0", ""), ten, "", approved, 11000, 9000, FoundMoved},
		{"this price was approved", rule(t, "-10", "5", ""), nil, "1", let, 500, 500, 0},
		{"the ending moves it", rule(t, "+0", "0", ".99 up"), nil, "", priced(1, "10"), 1000, 1099, FoundEnding | FoundMoved},
		{"rounding moves it, there is no ending", rule(t, "+0", "0", ""), nil, "", priced(1, "0.014"), 1, 1, 0},
		{"what has no price has none, whatever was approved once", ten, ten, "", worthless, NoKurus, NoKurus, FoundBlocked | FoundNoBase},
		{"the ending moves it little", rule(t, "+0", "0", ".99 up"), nil, "", priced(1, "100"), 10000, 10099, FoundMoved},
	} {
		maxChange := decimal.NullDecimal{}
		if tt.max != "" {
			maxChange = null(tt.max)
		}
		l := tryOut(tt.draft, tt.saved, maxChange, tt.stock)
		trials := all(t, l, TrialQuery{})
		if len(l.Columns()) != 1 || len(trials) != 1 {
			t.Fatalf("%s: %d columns, %d trials", tt.name, len(l.Columns()), len(trials))
		}
		got := trials[0]
		if got.Old != tt.old || got.New != tt.new || got.Found != tt.want {
			t.Errorf("%s: %+v, want %d, %d, %b", tt.name, got, tt.old, tt.new, tt.want)
		}
		if x := l.Explain(got, tt.stock); kurusOf(x.Old) != tt.old || kurusOf(x.Price) != tt.new || x.Approved != (tt.old != NoKurus && kurusOf(tt.stock.Last.At("x")) == tt.old) {
			t.Errorf("%s: explained as %+v", tt.name, x)
		}
	}
}

// Random rules, guards and approvals, against a plain loop over every marketplace by itself.
func TestLaboratory_isThePlainLoop(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(7, 8))
	ids := []MarketplaceID{"a", "b", "c", "d", "e"}
	split := 0
	for range 60 {
		draft, saved := Rules{PerMarketplace: true, Each: map[MarketplaceID]Rule{}}, Rules{PerMarketplace: r.IntN(2) == 0, Each: map[MarketplaceID]Rule{}}
		shared := randomRule(r)
		for _, m := range ids {
			draft.Each[m] = *shared
			if r.IntN(3) == 0 {
				draft.Each[m] = *randomRule(r)
			}
			saved.Each[m] = *shared
		}
		var stock []Stock
		for i := range 40 {
			s := priced(domain.ProductID(i+1), decimal.New(r.Int64N(100_000), -2).String())
			if r.IntN(3) == 0 {
				s.Guards.Cost = decimal.NewNullDecimal(decimal.New(r.Int64N(100_000), -2))
			}
			for _, m := range ids {
				if r.IntN(20) == 0 {
					s.Last = append(s.Last, LastPrice{m, 1 + r.Int64N(100_000)})
				}
			}
			stock = append(stock, s)
		}
		d, s := Pricer{Rules: draft, MaxChange: null("20")}, Pricer{Rules: saved, MaxChange: null("20")}
		alike := NewAlike(draft, saved, ids)
		for _, p := range stock {
			alike.Split(p.Last)
		}
		l := NewLaboratory(d, s, alike.Groups())
		for _, p := range stock {
			l.Add(p)
		}
		split += len(l.Columns())
		at := map[string]Trial{}
		for _, trial := range all(t, l, TrialQuery{}) {
			for _, m := range l.Columns()[trial.Column].Marketplaces {
				at[fmt.Sprint(trial.Product, m)] = trial
			}
		}
		var blocked, approval int
		for _, p := range stock {
			for _, m := range ids {
				previous := p.Last.At(m)
				o := d.Offer(p.Product, p.Guards, m, previous)
				now := s.Offer(p.Product, p.Guards, m, previous)
				old := now.Price
				if now.Approval && now.Price.Valid && previous.Valid {
					old = previous
				}
				got := at[fmt.Sprint(p.Product.ID, m)]
				if got.New != kurusOf(o.Price) || got.Old != kurusOf(old) || (got.Found&FoundBlocked != 0) != o.Blocked || (got.Found&FoundApproval != 0) != o.Approval {
					t.Fatalf("product %d at %s: %+v, want %v, %v", p.Product.ID, m, got, old, o.Result)
				}
				if o.Blocked {
					blocked++
				}
				if o.Approval {
					approval++
				}
			}
		}
		var counted Counts
		for _, c := range l.Columns() {
			counted.Blocked += c.Counts.Blocked * len(c.Marketplaces)
			counted.Approval += c.Counts.Approval * len(c.Marketplaces)
		}
		if counted.Blocked != blocked || counted.Approval != approval {
			t.Fatalf("counted %+v, want %d blocked, %d for approval", counted, blocked, approval)
		}
	}
	if split < 120 {
		t.Errorf("only %d columns in 60 laboratories", split)
	}
}

func TestLaboratory_Find(t *testing.T) {
	t.Parallel()
	l := tryOut(rule(t, "+10", "0", ""), nil, decimal.NullDecimal{}, priced(1, "100"), priced(2, "10"), priced(3, ""), priced(4, "1000"), priced(5, "10"))
	ids := func(q TrialQuery, ranks Ranked) string {
		page, total, err := l.Find(q, func() (Ranked, error) { return ranks, nil })
		if err != nil {
			t.Fatal(err)
		}
		s := fmt.Sprint(total)
		for _, trial := range page {
			s += fmt.Sprint(" ", trial.Product)
		}
		return s
	}
	for _, tt := range []struct {
		q     TrialQuery
		ranks Ranked
		want  string
	}{
		{TrialQuery{}, nil, "5 1 2 3 4 5"},
		{TrialQuery{Desc: true}, nil, "5 5 4 3 2 1"},
		{TrialQuery{Sort: TrialsByChange, Desc: true}, nil, "5 2 5 1 4 3"},
		{TrialQuery{Sort: TrialsByChange}, nil, "5 4 1 2 5 3"}, // none comes last, whichever way
		{TrialQuery{Sort: TrialsByNew, Limit: 2, Offset: 1}, nil, "5 5 1"},
		{TrialQuery{Sort: TrialsByOld, Desc: true, Limit: 2}, nil, "5 4 1"},
		{TrialQuery{Found: FoundBlocked}, nil, "1 3"},
		{TrialQuery{Found: Suspicious}, nil, "3 2 3 5"},
		{TrialQuery{Column: 1}, nil, "5 1 2 3 4 5"},
		{TrialQuery{Column: 2}, nil, "0"},
		{TrialQuery{Search: "a"}, Ranked{4: 0, 2: 1}, "2 2 4"},
		{TrialQuery{Sort: TrialsByName}, Ranked{1: 4, 2: 3, 3: 2, 4: 1, 5: 0}, "5 5 4 3 2 1"},
		{TrialQuery{Sort: TrialsByName, Offset: 9}, Ranked{1: 4, 2: 3, 3: 2, 4: 1, 5: 0}, "5"},
	} {
		if got := ids(tt.q, tt.ranks); got != tt.want {
			t.Errorf("%+v: %s, want %s", tt.q, got, tt.want)
		}
	}
	asked := 0
	for _, offset := range []int{0, 2, 4} { // pages of one list
		if _, _, err := l.Find(TrialQuery{Search: "b", Limit: 2, Offset: offset}, func() (Ranked, error) { asked++; return Ranked{1: 0}, nil }); err != nil {
			t.Fatal(err)
		}
	}
	if asked != 1 {
		t.Errorf("names were looked up %d times for one list", asked)
	}
}

func TestAlike_partsOnlyWhatDiffers(t *testing.T) {
	t.Parallel()
	own := Rule{Direction: Increase, Kind: Percent, Amount: dec("5")}
	draft := Rules{PerMarketplace: true, Each: map[MarketplaceID]Rule{"b": own}}
	a := NewAlike(draft, Rules{}, []MarketplaceID{"a", "b", "c", "d"})
	if got := fmt.Sprint(a.Groups()); got != "[[a c d] [b]]" {
		t.Errorf("by rules: %s", got)
	}
	a.Split(LastPrices{{"a", 100}, {"c", 100}, {"d", 100}, {"b", 7}})
	if got := fmt.Sprint(a.Groups()); got != "[[a c d] [b]]" {
		t.Errorf("equal approvals: %s", got)
	}
	a.Split(LastPrices{{"a", 100}, {"d", 100}})
	a.Split(LastPrices{{"a", 5}})
	if got := fmt.Sprint(a.Groups()); got != "[[a] [d] [c] [b]]" {
		t.Errorf("parted: %s", got)
	}
}

func TestPlot_isAsLargeAsItsCells(t *testing.T) {
	t.Parallel()
	var p Plot
	for i := range int64(100_000) {
		p.add(Trial{Old: 1 + i%5, New: 11, Found: FoundChange * Finding(i%2)})
		p.add(Trial{Old: NoKurus, New: 10})
		p.add(Trial{Old: 10, New: NoKurus})
	}
	dots := p.Dots()
	slices.SortFunc(dots, func(a, b Dot) int { return a.Prices - b.Prices })
	sum, odd := 0, 0
	for _, d := range dots {
		sum += d.Prices
		odd += d.Suspicious
		if d.New < 0.10 || d.New > 0.12 || d.Old < 0.0099 || d.Old > 0.055 {
			t.Errorf("a dot at %+v", d)
		}
	}
	if len(dots) != 5 || sum != 100_000 || odd != 50_000 {
		t.Errorf("%d dots of %d prices, %d odd", len(dots), sum, odd)
	}
}

func TestRates_Missing(t *testing.T) {
	t.Parallel()
	rates := Rates{{domain.USD, "2026-11-23", dec("42")}, {domain.EUR, "2026-12-01", dec("48")}}
	want := []Missing{{"", 4}, {domain.EUR, 2}, {domain.GBP, 1}}
	for range 50 { // in this order whatever the order of the map
		got := rates.Missing(map[domain.Currency]int{domain.TRY: 9, domain.USD: 3, domain.EUR: 2, domain.GBP: 1, "": 4, "JPY": 0, "CHF": -1}, "2026-11-23")
		if !slices.Equal(got, want) {
			t.Fatalf("%v, want %v", got, want)
		}
	}
}
