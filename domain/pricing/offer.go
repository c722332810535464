package pricing

import (
	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Guards are what a product may never be sold below, VAT included, in the currency of its price; absent
// is no guard.
type Guards struct {
	Minimum, Cost decimal.NullDecimal
}

// Validate refuses negative amounts and more decimals than feeds have; the error's Field is minimum or
// cost.
func (g Guards) Validate() error {
	for _, f := range []struct {
		name   string
		amount decimal.NullDecimal
	}{{"minimum", g.Minimum}, {"cost", g.Cost}} {
		switch {
		case !f.amount.Valid:
		case f.amount.Decimal.IsNegative():
			return domain.Invalid(f.name, "negative")
		case finer(f.amount.Decimal, rateDecimals):
			return domain.Invalid(f.name, "decimals")
		}
	}
	return nil
}

// Edit is what a person makes of a product with one button.
type Edit struct {
	Product domain.Product // ID 0: it is added
	Guards  *Guards        // nil: they stay as they are
}

// Approved is the last price of a product that a person let go to a marketplace, and what it was made of.
type Approved struct {
	Product     domain.ProductID
	Marketplace MarketplaceID
	Price       decimal.Decimal // in the target currency
	Base        decimal.Decimal
	Currency    domain.Currency // of the base
	Rate        decimal.NullDecimal
	Version     int64 // of the rules
}

// LastPrices are a product's last approved prices. There can be millions in a company, so they are kept
// small.
type LastPrices []LastPrice

// LastPrice is one of them; approved prices are whole kuruş.
type LastPrice struct {
	Marketplace MarketplaceID
	Kurus       int64
}

// At gives the last approved price at a marketplace.
func (l LastPrices) At(m MarketplaceID) decimal.NullDecimal {
	for _, p := range l {
		if p.Marketplace == m {
			return decimal.NewNullDecimal(decimal.New(p.Kurus, -moneyDecimals))
		}
	}
	return decimal.NullDecimal{}
}

// Pricer makes the prices of a company's products.
type Pricer struct {
	Rules     Rules
	Rates     Rates
	Day       Day                 // whose rates hold
	Currency  domain.Currency     // of products that name none
	MaxChange decimal.NullDecimal // percent of the last approved price; absent = no guard

	found map[domain.Currency]Rate // rates looked up before
}

// Offer is a product's price at a marketplace, with all it was made of.
type Offer struct {
	Result
	Rule     *Rule // nil: none
	Version  int64 // of the rules
	Base     decimal.NullDecimal
	Currency domain.Currency // of the base
	VAT      decimal.Decimal // percent that the base is without; zero: it is VAT included
	Rate     Rate            // the zero value: none was needed, or there is none
}

// MarketOffer is a product's price at a marketplace.
type MarketOffer struct {
	Marketplace Marketplace
	Offer
}

// Offer makes the price of p at marketplace m; previous is the last approved one there. A product that is
// passive, without a price, or in a currency without a rate is blocked. Not to be called from several goroutines.
func (p *Pricer) Offer(product domain.Product, g Guards, m MarketplaceID, previous decimal.NullDecimal) Offer {
	return p.by(p.Rules.For(m), product, g, previous)
}

// by is Offer by a rule.
func (p *Pricer) by(rule *Rule, product domain.Product, g Guards, previous decimal.NullDecimal) Offer {
	o := Offer{Rule: rule, Version: p.Rules.Version, Base: product.Price, Currency: product.Currency}
	if o.Currency == "" {
		o.Currency = p.Currency
	}
	if product.State == domain.ProductPassive {
		o.block(WarnPassive)
		return o
	}
	if !product.Price.Valid {
		o.block(WarnNoPrice)
		return o
	}
	in := Input{
		Base: product.Price.Decimal, Rule: o.Rule, Minimum: g.Minimum, Cost: g.Cost,
		Previous: previous, MaxChange: p.MaxChange,
	}
	if o.Currency != Target {
		rate, ok := p.rate(o.Currency)
		if !ok {
			o.block(WarnNoRate)
			return o
		}
		o.Rate, in.Rate = rate, rate.Value
	}
	o.Result = Compute(in)
	if previous.Valid && o.Price.Valid && o.Price.Decimal.Equal(previous.Decimal) {
		o.Approval = false // a person has let this very price go
	}
	return o
}

func (p *Pricer) rate(c domain.Currency) (Rate, bool) {
	r, ok := p.found[c]
	if !ok {
		if r, ok = p.Rates.On(c, p.Day); ok {
			if p.found == nil {
				p.found = map[domain.Currency]Rate{}
			}
			p.found[c] = r
		}
	}
	return r, ok
}
