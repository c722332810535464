package app

import (
	"context"
	"iter"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
)

// PriceDesk computes the prices of a company's products with what holds now: rules, rates, guards and
// what was approved before.
type PriceDesk struct {
	pricer   pricing.Pricer
	guards   map[domain.ProductID]pricing.Guards
	approved map[domain.ProductID]pricing.LastPrices
	groups   [][]pricing.MarketplaceID // of equal rules
}

// Offered is a product's price at marketplaces where it is made the same way.
type Offered struct {
	Marketplaces []pricing.MarketplaceID
	pricing.Offer
}

// PriceDesk reads what prices at the marketplaces are made of.
func (c *Company) PriceDesk(ctx context.Context, marketplaces []pricing.MarketplaceID) (*PriceDesk, error) {
	d := &PriceDesk{}
	var err error
	if d.pricer, err = c.pricer(ctx); err != nil {
		return nil, err
	}
	if d.guards, err = c.Store.Guards(ctx); err != nil {
		return nil, err
	}
	if d.approved, err = c.Store.ApprovedPrices(ctx); err != nil {
		return nil, err
	}
	d.group(marketplaces)
	return d, nil
}

// group puts the marketplaces together that have equal rules: there a price is computed once.
func (d *PriceDesk) group(marketplaces []pricing.MarketplaceID) {
	for _, m := range marketplaces {
		rule := d.pricer.Rules.For(m)
		i := slices.IndexFunc(d.groups, func(g []pricing.MarketplaceID) bool {
			return d.pricer.Rules.For(g[0]).Same(rule)
		})
		if i < 0 {
			d.groups = append(d.groups, nil)
			i = len(d.groups) - 1
		}
		d.groups[i] = append(d.groups[i], m)
	}
}

// Version is that of the rules.
func (d *PriceDesk) Version() int64 { return d.pricer.Rules.Version }

// Offers gives the prices of p at every marketplace of the desk.
func (d *PriceDesk) Offers(p domain.Product) []Offered {
	offers := make([]Offered, 0, len(d.groups))
	approved := d.approved[p.ID]
	for _, group := range d.groups {
		if len(approved) == 0 {
			offers = append(offers, Offered{group, d.offer(p, group[0], decimal.NullDecimal{})})
			continue
		}
		from := len(offers)
		for _, m := range group {
			offers = d.join(offers, from, p, m, approved)
		}
	}
	return offers
}

// join adds marketplace m to the offer, from that number on, which has the same price before, or makes
// one of its own.
func (d *PriceDesk) join(offers []Offered, from int, p domain.Product, m pricing.MarketplaceID, approved pricing.LastPrices) []Offered {
	previous := approved.At(m)
	for i := from; i < len(offers); i++ {
		if before := approved.At(offers[i].Marketplaces[0]); before.Valid == previous.Valid && before.Decimal.Equal(previous.Decimal) {
			offers[i].Marketplaces = append(offers[i].Marketplaces, m)
			return offers
		}
	}
	return append(offers, Offered{[]pricing.MarketplaceID{m}, d.offer(p, m, previous)})
}

func (d *PriceDesk) offer(p domain.Product, m pricing.MarketplaceID, previous decimal.NullDecimal) pricing.Offer {
	return d.pricer.Offer(p, d.guards[p.ID], m, previous)
}

// Approvals gives the prices of products at every marketplace of the desk that may leave the program, for
// the store to keep.
func (d *PriceDesk) Approvals(products iter.Seq2[domain.Product, error]) iter.Seq2[pricing.Approved, error] {
	return func(yield func(pricing.Approved, error) bool) {
		for p, err := range products {
			if err != nil {
				yield(pricing.Approved{}, err)
				return
			}
			for _, a := range approvals(p, d.Offers(p)) {
				if !yield(a, nil) {
					return
				}
			}
		}
	}
}

func approvals(p domain.Product, offers []Offered) (approved []pricing.Approved) {
	for _, o := range offers {
		if o.Blocked {
			continue
		}
		a := pricing.Approved{
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
