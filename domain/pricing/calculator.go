package pricing

import (
	"iter"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Calculator computes the prices of a company's products with what holds now: rules, rates, guards and
// what was approved before.
type Calculator struct {
	pricer   Pricer
	guards   map[domain.ProductID]Guards
	approved map[domain.ProductID]LastPrices
	groups   []ruled
}

// ruled are marketplaces of equal rules.
type ruled struct {
	rule         *Rule // nil: none
	marketplaces []MarketplaceID
}

// Offered is a product's price at marketplaces where it is made the same way.
type Offered struct {
	Marketplaces []MarketplaceID
	Offer
}

// group puts the marketplaces together that have equal rules: there a price is computed once.
func (c *Calculator) group(marketplaces []MarketplaceID) {
	for _, m := range marketplaces {
		rule := c.pricer.Rules.For(m)
		i := slices.IndexFunc(c.groups, func(g ruled) bool { return g.rule.Same(rule) })
		if i < 0 {
			c.groups = append(c.groups, ruled{rule: rule})
			i = len(c.groups) - 1
		}
		c.groups[i].marketplaces = append(c.groups[i].marketplaces, m)
	}
}

// Version is that of the rules.
func (c *Calculator) Version() int64 { return c.pricer.Rules.Version }

// Offers gives the prices of p at every marketplace of the calculator.
func (c *Calculator) Offers(p domain.Product) []Offered {
	offers := make([]Offered, 0, len(c.groups))
	approved := c.approved[p.ID]
	for _, group := range c.groups {
		if len(approved) == 0 {
			offers = append(offers, Offered{group.marketplaces, c.offer(p, group.rule, decimal.NullDecimal{})})
			continue
		}
		from := len(offers)
		for _, m := range group.marketplaces {
			offers = c.join(offers, from, p, m, group.rule, approved)
		}
	}
	return offers
}

// join adds marketplace m, which has that rule, to the offer, from that number on, which has the same price before, or makes
// one of its own.
func (c *Calculator) join(offers []Offered, from int, p domain.Product, m MarketplaceID, rule *Rule, approved LastPrices) []Offered {
	previous := approved.At(m)
	for i := from; i < len(offers); i++ {
		if before := approved.At(offers[i].Marketplaces[0]); before.Valid == previous.Valid && before.Decimal.Equal(previous.Decimal) {
			offers[i].Marketplaces = append(offers[i].Marketplaces, m)
			return offers
		}
	}
	return append(offers, Offered{[]MarketplaceID{m}, c.offer(p, rule, previous)})
}

func (c *Calculator) offer(p domain.Product, rule *Rule, previous decimal.NullDecimal) Offer {
	return c.pricer.by(rule, p, c.guards[p.ID], previous)
}

// Approvals gives the prices of products at every marketplace of the calculator that may leave the program, for
// the store to keep.
func (c *Calculator) Approvals(products iter.Seq2[domain.Product, error]) iter.Seq2[Approved, error] {
	return func(yield func(Approved, error) bool) {
		for p, err := range products {
			if err != nil {
				yield(Approved{}, err)
				return
			}
			for _, a := range approvals(p, c.Offers(p)) {
				if !yield(a, nil) {
					return
				}
			}
		}
	}
}

func approvals(p domain.Product, offers []Offered) (approved []Approved) {
	for _, o := range offers {
		if o.Blocked {
			continue
		}
		a := Approved{
			Product: p.ID, Price: o.Price.Decimal, Base: o.Base.Decimal, Currency: o.Currency, Version: o.Version,
		}
		if o.Rate.Day != "" {
			a.Rate = decimal.NewNullDecimal(o.Rate.Value)
		}
		for _, m := range o.Marketplaces {
			a.Marketplace = m
			approved = append(approved, a)
		}
	}
	return approved
}
