package pricing

import (
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
)

// reference is rules.md §3 in fractions, written down from its sentences: no rounding can hide in them.
type reference struct {
	in     Input
	p      *big.Rat
	result Result
}

func referenceOf(in Input) Result {
	c := reference{in: in}
	if in.Rule != nil && in.Rule.Validate() != nil {
		return Result{Blocked: true, Warnings: []Warning{WarnRule}}
	}
	c.set(StageBase, in.Base.Rat())
	if c.p.Sign() <= 0 {
		c.ask(WarnNoBase)
	}
	if in.VAT.Sign() != 0 {
		c.set(StageVAT, c.share(hundred.Add(in.VAT)))
	}
	if in.Rate.Sign() != 0 {
		c.set(StageRate, new(big.Rat).Mul(c.p, in.Rate.Rat()))
	}
	if in.Rule != nil {
		c.change(*in.Rule)
	}
	c.set(StageRound, new(big.Rat).SetFrac(kurusUp(c.p), big.NewInt(100)))
	if c.p.Sign() <= 0 {
		return c.blocked(WarnNotPositive)
	}
	if in.Rule != nil && in.Rule.Ending != "" {
		c.set(StageEnding, c.ended(dec("0"+in.Rule.Ending).Rat(), in.Rule.EndingMode))
	}
	for _, g := range []struct {
		amount decimal.NullDecimal
		says   Warning
	}{{in.Minimum, WarnBelowMinimum}, {in.Cost, WarnBelowCost}} {
		if g.amount.Valid && c.p.Cmp(c.inTarget(g.amount.Decimal)) < 0 {
			return c.blocked(g.says)
		}
	}
	if in.Previous.Valid && in.MaxChange.Valid {
		moved := new(big.Rat).Sub(c.p, in.Previous.Decimal.Rat())
		most := new(big.Rat).Mul(in.Previous.Decimal.Rat(), percentage(in.MaxChange.Decimal))
		if moved.Abs(moved).Cmp(most) > 0 {
			c.ask(WarnChange)
		}
	}
	c.result.Price = decimal.NewNullDecimal(exact(c.p))
	return c.result
}

func (c *reference) set(s Stage, p *big.Rat) {
	c.p = p
	c.result.Steps = append(c.result.Steps, Step{s, exact(p)})
}

func (c *reference) ask(w Warning) {
	c.result.Approval = true
	c.result.Warnings = append(c.result.Warnings, w)
}

func (c *reference) blocked(w Warning) Result {
	c.result.Blocked, c.result.Approval = true, false
	c.result.Warnings = append(c.result.Warnings, w)
	return c.result
}

// share is so many percent of the price.
func (c *reference) share(of decimal.Decimal) *big.Rat { return new(big.Rat).Mul(c.p, percentage(of)) }

func (c *reference) change(r Rule) {
	by := r.Amount.Rat()
	if r.Kind == Percent {
		by = c.share(r.Amount)
	}
	after := new(big.Rat).Add(c.p, by)
	if r.Direction == Discount {
		after.Sub(c.p, by)
	}
	if after.Cmp(c.p) != 0 {
		c.set(StageRule, after)
		if r.Direction == Discount && after.Sign() <= 0 {
			c.ask(WarnDiscount)
		}
	}
	if c.p.Sign() < 0 {
		c.set(StageFloor, new(big.Rat))
	}
	if r.Extra.Sign() != 0 {
		c.set(StageExtra, new(big.Rat).Add(c.p, r.Extra.Rat()))
	}
}

// ended looks at every price above zero near p that has the ending.
func (c *reference) ended(ending *big.Rat, mode EndingMode) *big.Rat {
	whole := new(big.Int).Quo(c.p.Num(), c.p.Denom())
	var best, off *big.Rat
	for n := int64(-2); n <= 2; n++ {
		candidate := new(big.Rat).SetInt(new(big.Int).Add(whole, big.NewInt(n)))
		candidate.Add(candidate, ending)
		away := new(big.Rat).Sub(candidate, c.p)
		if candidate.Sign() <= 0 || mode == EndingUp && away.Sign() < 0 {
			continue
		}
		// They come from below, so the later one of two that are equally near is the upper one.
		if away.Abs(away); best == nil || away.Cmp(off) <= 0 {
			best, off = candidate, away
		}
	}
	return best
}

func (c *reference) inTarget(guard decimal.Decimal) *big.Rat {
	if c.in.Rate.Sign() == 0 {
		return guard.Rat()
	}
	return new(big.Rat).SetFrac(kurusUp(new(big.Rat).Mul(guard.Rat(), c.in.Rate.Rat())), big.NewInt(100))
}

// kurusUp is the whole kuruş that are nearest, the upper ones of two.
func kurusUp(p *big.Rat) *big.Int {
	x := new(big.Rat).Mul(p, big.NewRat(200, 1)) // half kuruş: the odd ones are between two whole ones
	x.Add(x, big.NewRat(1, 1))
	floor := new(big.Int).Div(x.Num(), x.Denom()) // Div rounds down, also below zero
	return floor.Div(floor, big.NewInt(2))
}

func percentage(d decimal.Decimal) *big.Rat { return new(big.Rat).Mul(d.Rat(), big.NewRat(1, 100)) }

// exact turns a fraction of decimals back into a decimal.
func exact(r *big.Rat) decimal.Decimal { return decimal.RequireFromString(r.FloatString(40)) }

// aroundPrice puts the guards of in on the price it has, just below and just above it: chance would hardly
// ever hit a boundary.
func aroundPrice(r *rand.Rand, in Input) Input {
	price := Compute(in).Price
	if !price.Valid {
		return in
	}
	off := func() decimal.Decimal { return decimal.New(r.Int64N(3)-1, -2) }
	guard := func() decimal.NullDecimal {
		g := price.Decimal.Add(off())
		if !in.Rate.IsZero() {
			g = g.DivRound(in.Rate, 8)
		}
		return decimal.NullDecimal{Decimal: g, Valid: r.IntN(3) == 0}
	}
	in.Minimum, in.Cost = guard(), guard()
	in.Previous = decimal.NullDecimal{Decimal: decimal.New(1+r.Int64N(400), 0), Valid: r.IntN(4) > 0}
	change := price.Decimal.Sub(in.Previous.Decimal).Abs().Mul(hundred).DivRound(in.Previous.Decimal, 8)
	in.MaxChange = decimal.NullDecimal{Decimal: change.Add(off()), Valid: r.IntN(4) > 0}
	return in
}

func TestCompute_isTheRulesInFractions(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(21, 22))
	seen := map[Warning]int{}
	for range 20_000 {
		in := Input{Base: decimal.New(r.Int64N(40_000)-500, -[]int32{1, 2, 4}[r.IntN(3)])}
		if r.IntN(4) > 0 {
			in.Rule = randomRule(r)
			if r.IntN(3) == 0 { // few numbers, so that prices meet zero and endings
				in.Base, in.Rule.Amount = decimal.New(r.Int64N(12)*25, -2), decimal.New(r.Int64N(5)*25, 0)
			}
			if r.IntN(40) == 0 {
				in.Rule.Kind = "none"
			}
		}
		if r.IntN(2) == 0 {
			in.VAT = dec([]string{"1", "10", "20"}[r.IntN(3)])
		}
		if r.IntN(2) == 0 {
			in.Rate = dec([]string{"1", "0.5", "41.2537", "48.00000001"}[r.IntN(4)])
		}
		in = aroundPrice(r, in)
		got, want := Compute(in), referenceOf(in)
		if off := domaintest.Differences(got, want); len(off) > 0 {
			t.Fatalf("%+v, rule %+v: %q", in, in.Rule, off)
		}
		for _, w := range want.Warnings {
			seen[w]++
		}
	}
	for _, w := range []Warning{WarnNoBase, WarnDiscount, WarnNotPositive, WarnBelowMinimum, WarnBelowCost, WarnChange, WarnRule} {
		if seen[w] < 50 {
			t.Errorf("only %d of %s", seen[w], w)
		}
	}
}

// Everything an offer is made of reaches the calculation and is said by it.
func TestPricer_Offer_carriesWhatItIsMadeOf(t *testing.T) {
	t.Parallel()
	own, global := *rule(t, "+10%", "3", ".90 up"), *rule(t, "-100%", "5", "")
	rates := Rates{{domain.USD, "2026-11-01", dec("41.2537")}, {domain.EUR, "2026-11-02", dec("48")}}
	for _, tt := range []struct {
		name     string
		m        MarketplaceID
		currency domain.Currency // of the product
		base     decimal.NullDecimal
		guards   Guards
		previous decimal.NullDecimal
		want     Offer // without version and base
	}{
		{
			"a rule of its own, in the company's currency", "own", "", null("10"),
			Guards{},
			decimal.NullDecimal{},
			Offer{Rule: &own, Currency: domain.USD, Rate: rates[0], Result: referenceOf(Input{Base: dec("10"), Rate: dec("41.2537"), Rule: &own})},
		},
		{
			"another currency, again", "own", domain.EUR, null("10"),
			Guards{},
			decimal.NullDecimal{},
			Offer{Rule: &own, Currency: domain.EUR, Rate: rates[1], Result: referenceOf(Input{Base: dec("10"), Rate: dec("48"), Rule: &own})},
		},
		{
			"no rule, no rate needed", "other", domain.TRY, null("10"),
			Guards{},
			decimal.NullDecimal{},
			Offer{Currency: domain.TRY, Result: referenceOf(Input{Base: dec("10")})},
		},
		{
			"below its minimum", "own", domain.USD, null("10"),
			Guards{Minimum: null("1000")},
			decimal.NullDecimal{},
			Offer{Rule: &own, Currency: domain.USD, Rate: rates[0], Result: referenceOf(Input{Base: dec("10"), Rate: dec("41.2537"), Rule: &own, Minimum: null("1000")})},
		},
		{
			"below its cost", "own", domain.USD, null("10"),
			Guards{Cost: null("1000")},
			decimal.NullDecimal{},
			Offer{Rule: &own, Currency: domain.USD, Rate: rates[0], Result: referenceOf(Input{Base: dec("10"), Rate: dec("41.2537"), Rule: &own, Cost: null("1000")})},
		},
		{
			"changed too much", "other", domain.TRY, null("10"),
			Guards{},
			null("12"),
			Offer{Currency: domain.TRY, Result: referenceOf(Input{Base: dec("10"), Previous: null("12"), MaxChange: null("15")})},
		},
		{
			"no rate", "own", domain.GBP, null("10"),
			Guards{},
			decimal.NullDecimal{},
			Offer{Rule: &own, Currency: domain.GBP, Result: Result{Blocked: true, Warnings: []Warning{WarnNoRate}}},
		},
		{
			"no price", "own", domain.USD,
			decimal.NullDecimal{},
			Guards{},
			decimal.NullDecimal{},
			Offer{Rule: &own, Currency: domain.USD, Result: Result{Blocked: true, Warnings: []Warning{WarnNoPrice}}},
		},
	} {
		p := Pricer{
			Rules: Rules{PerMarketplace: true, Global: &global, Each: map[MarketplaceID]Rule{"own": own}, Version: 7},
			Rates: rates, Day: "2026-11-23", Currency: domain.USD, MaxChange: null("15"),
		}
		product := domain.Product{Price: tt.base, Currency: tt.currency}
		tt.want.Version, tt.want.Base = 7, tt.base
		for range 2 { // the second time with the rates looked up before
			if off := domaintest.Differences(p.Offer(product, tt.guards, tt.m, tt.previous), tt.want); len(off) > 0 {
				t.Errorf("%s: %q", tt.name, off)
			}
		}
	}
}

// What a person let go needs no second word; any other price does.
func TestPricer_Offer_asksOnceForAPrice(t *testing.T) {
	t.Parallel()
	gone := rule(t, "-100%", "20", "") // always 20, and always asks
	for _, tt := range []struct {
		name     string
		previous decimal.NullDecimal
		guards   Guards
		approval bool
		warnings []Warning
	}{
		{"never approved", decimal.NullDecimal{}, Guards{}, true, []Warning{WarnDiscount}},
		{"approved", null("20.00"), Guards{}, false, []Warning{WarnDiscount}},
		{"another one approved", null("20.01"), Guards{}, true, []Warning{WarnDiscount}},
		{"approved, but blocked since", null("20"), Guards{Cost: null("21")}, false, []Warning{WarnDiscount, WarnBelowCost}},
		{"a price of nothing was never approved", decimal.NullDecimal{Decimal: dec("20")}, Guards{}, true, []Warning{WarnDiscount}},
	} {
		p := Pricer{Rules: Rules{Global: gone}, Currency: domain.TRY}
		o := p.Offer(domain.Product{Price: null("80")}, tt.guards, "x", tt.previous)
		if o.Approval != tt.approval || !slices.Equal(o.Warnings, tt.warnings) {
			t.Errorf("%s: %+v", tt.name, o.Result)
		}
	}
	// Blocked, with a price of before that is none: neither is a word for the other.
	p := Pricer{Rules: Rules{Global: rule(t, "-100%", "0", "")}, Currency: domain.TRY}
	if o := p.Offer(domain.Product{Price: null("80")}, Guards{}, "x", null("0")); !o.Blocked || o.Approval || o.Price.Valid {
		t.Errorf("blocked: %+v", o.Result)
	}
}

func TestRule_Same_seesEveryField(t *testing.T) {
	t.Parallel()
	makers := []domaintest.Maker{
		domaintest.As(func(n int) Direction { return []Direction{Increase, Discount}[n/1000%2] }),
		domaintest.As(func(n int) Kind { return []Kind{Percent, Amount}[n/1000%2] }),
		domaintest.As(func(n int) EndingMode { return []EndingMode{EndingUp, EndingNearest}[n/1000%2] }),
	}
	base, other := domaintest.Fill[Rule](0, makers...), domaintest.Fill[Rule](1, makers...)
	fields := 0
	for path, changed := range domaintest.Changed(base, other) {
		fields++
		if base.Same(&changed) || changed.Same(&base) {
			t.Errorf("%s counts for nothing", path)
		}
	}
	if fields != 6 {
		t.Errorf("%d fields", fields)
	}
	written := base
	written.Amount, written.Extra = dec(base.Amount.StringFixed(6)), dec(base.Extra.StringFixed(6))
	var none *Rule
	if !base.Same(&written) || !none.Same(nil) || none.Same(&base) || base.Same(nil) {
		t.Error("equal rules, or none")
	}
}
