package pricing

import "github.com/shopspring/decimal"

// Input is what a marketplace price is made of.
type Input struct {
	// Base is the sales price of the main unit, in the product's currency.
	Base decimal.Decimal
	// VAT is the percentage to add; zero when Base includes it, as the catalogue's prices do.
	VAT decimal.Decimal
	// Rate is the price of one unit of the product's currency in the target currency; zero when they are
	// the same.
	Rate decimal.Decimal
	// Rule is in the target currency; nil: the base price is the price.
	Rule *Rule
	// Minimum and Cost are guards, VAT included, in the product's currency; absent = no guard.
	Minimum, Cost decimal.NullDecimal
	// Previous is the last approved price of the marketplace, in the target currency. A change from it by
	// more than MaxChange percent waits for approval; without either there is no such guard.
	Previous, MaxChange decimal.NullDecimal
}

// Result is a marketplace price, or why there is none.
type Result struct {
	Price    decimal.NullDecimal // in the target currency; not valid when blocked
	Blocked  bool                // nothing may leave the program
	Approval bool                // a person has to approve the price first
	Warnings []Warning
	Steps    []Step
}

// Warning says what a person should know of a price.
type Warning string

// The warnings.
const (
	WarnNoBase       Warning = "no-base"                // the base price is not above zero: approval
	WarnDiscount     Warning = "discount-exceeds-price" // the discount leaves nothing: approval
	WarnNotPositive  Warning = "not-positive"           // blocked
	WarnBelowMinimum Warning = "below-minimum"          // blocked
	WarnBelowCost    Warning = "below-cost"             // blocked
	WarnChange       Warning = "change"                 // more than the set percent: approval
	WarnRule         Warning = "rule"                   // a rule that Validate refuses: blocked
	WarnNoPrice      Warning = "no-price"               // the product has none: blocked
	WarnNoRate       Warning = "no-rate"                // no exchange rate of its currency: blocked
	WarnPassive      Warning = "passive"                // the product is out of sale: blocked
)

// Stage is one stage of the calculation.
type Stage string

// The stages, in their order. One that does nothing to a price is left out of its steps.
const (
	StageBase   Stage = "base"
	StageVAT    Stage = "vat"
	StageRate   Stage = "rate"
	StageRule   Stage = "rule"
	StageFloor  Stage = "floor"
	StageExtra  Stage = "extra"
	StageRound  Stage = "round"
	StageEnding Stage = "ending"
)

// Step is the price after a stage, exact until it is rounded.
type Step struct {
	Stage Stage
	Price decimal.Decimal
}

// Compute makes the price of a marketplace from the base price, in the order of rules.md §3.
func Compute(in Input) Result {
	var r Result
	if in.Rule != nil && in.Rule.Validate() != nil {
		return r.block(WarnRule)
	}
	const stages = 5 // more are rare
	r.Steps = make([]Step, 0, stages)
	p := in.Base
	r.step(StageBase, p)
	if !p.IsPositive() {
		r.approve(WarnNoBase)
	}
	if !in.VAT.IsZero() {
		p = plus(p, percent(p, in.VAT))
		r.step(StageVAT, p)
	}
	if !in.Rate.IsZero() {
		p = p.Mul(in.Rate)
		r.step(StageRate, p)
	}
	if in.Rule != nil {
		p = r.apply(in.Rule, p)
	}
	p = roundHalfUp(p)
	r.step(StageRound, p)
	if !p.IsPositive() {
		return r.block(WarnNotPositive)
	}
	if in.Rule != nil && in.Rule.Ending != "" {
		p = roundToEnding(p, *in.Rule)
		r.step(StageEnding, p)
	}
	return r.guard(in, p)
}

// apply takes a price through the rule: its change, the floor, what is added.
func (r *Result) apply(rule *Rule, p decimal.Decimal) decimal.Decimal {
	change := rule.Amount
	if rule.Kind == Percent {
		change = percent(p, rule.Amount)
	}
	if rule.Direction == Discount {
		change = change.Neg()
	}
	if !change.IsZero() {
		p = plus(p, change)
		r.step(StageRule, p)
		if rule.Direction == Discount && !p.IsPositive() {
			r.approve(WarnDiscount)
		}
	}
	if p.IsNegative() {
		p = decimal.Zero
		r.step(StageFloor, p)
	}
	if !rule.Extra.IsZero() {
		p = plus(p, rule.Extra)
		r.step(StageExtra, p)
	}
	return p
}

// guard compares the finished price with what it may be.
func (r *Result) guard(in Input, p decimal.Decimal) Result {
	if below(p, in.Minimum, in.Rate) {
		return r.block(WarnBelowMinimum)
	}
	if below(p, in.Cost, in.Rate) {
		return r.block(WarnBelowCost)
	}
	if in.Previous.Valid && in.MaxChange.Valid {
		before := in.Previous.Decimal
		if p.Sub(before).Abs().GreaterThan(percent(before, in.MaxChange.Decimal)) {
			r.approve(WarnChange)
		}
	}
	r.Price = decimal.NewNullDecimal(p)
	return *r
}

func below(p decimal.Decimal, guard decimal.NullDecimal, rate decimal.Decimal) bool {
	if !guard.Valid {
		return false
	}
	if rate.IsZero() {
		return p.LessThan(guard.Decimal)
	}
	// Rounded as the price is: else a price equal to its guard could fall below it by rounding alone.
	return p.LessThan(roundHalfUp(guard.Decimal.Mul(rate)))
}

func (r *Result) step(s Stage, p decimal.Decimal) { r.Steps = append(r.Steps, Step{s, p}) }

func (r *Result) approve(w Warning) {
	r.Approval = true
	r.Warnings = append(r.Warnings, w)
}

// block ends the calculation without a price; what cannot leave needs no approval.
func (r *Result) block(w Warning) Result {
	r.Blocked, r.Approval = true, false
	r.Warnings = append(r.Warnings, w)
	return *r
}

// roundToEnding rounds a price above zero to the rule's ending: the next one above, or the nearest, where equally near
// goes up. It is never zero.
func roundToEnding(p decimal.Decimal, rule Rule) decimal.Decimal {
	above := p.Floor().Add(decimal.RequireFromString("0" + rule.Ending))
	one := decimal.NewFromInt(1)
	if above.LessThan(p) {
		above = above.Add(one)
	}
	under := above.Sub(one)
	if rule.EndingMode == EndingNearest && under.IsPositive() && p.Sub(under).LessThan(above.Sub(p)) {
		return under
	}
	return above
}
