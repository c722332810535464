package pricing

import (
	"context"
	"iter"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Basis is what prices of a company are made of.
type Basis interface {
	PriceRules(ctx context.Context) (Rules, error)
	Rates(ctx context.Context) (Rates, error)
	MaxPriceChange(ctx context.Context) (decimal.NullDecimal, error)
	Settings(ctx context.Context) (domain.Settings, error)
}

// Products are the products on sale, with their guards and the prices that were approved last.
type Products interface {
	ActiveProducts(ctx context.Context) (int, error)
	ActiveStock(ctx context.Context) iter.Seq2[Stock, error]
	// StockOf leaves out products that are gone.
	StockOf(ctx context.Context, ids ...domain.ProductID) (map[domain.ProductID]Stock, error)
	// RankProducts gives the place of each product that q finds in its order.
	RankProducts(ctx context.Context, q domain.ProductQuery) (Ranked, error)
}

// Approvals are the prices that a person let go.
type Approvals interface {
	ApprovedPrices(ctx context.Context) (map[domain.ProductID]LastPrices, error)
	// ApprovedByProduct yields those of one product at a time, an error at most once, last.
	ApprovedByProduct(ctx context.Context) iter.Seq2[LastPrices, error]
	// ApprovePrices keeps prices in one transaction and gives how many.
	ApprovePrices(ctx context.Context, prices iter.Seq2[Approved, error]) (int, error)
}

// Store is where a company keeps all of that.
type Store interface {
	Basis
	Products
	Approvals
	// Guards gives the guards of the products that have any.
	Guards(ctx context.Context) (map[domain.ProductID]Guards, error)
	// PricedIn counts products on sale by the currency of their price, "" for none.
	PricedIn(ctx context.Context) (map[domain.Currency]int, error)
	// Marketplaces gives those that the company sells at.
	Marketplaces(ctx context.Context) (Marketplaces, error)
}

// Engine computes a company's prices with what is stored at the moment.
type Engine struct {
	store Store
	now   func() time.Time
}

// NewEngine makes the engine of a company.
func NewEngine(store Store, now func() time.Time) *Engine {
	return &Engine{store: store, now: now}
}

// pricer gives what holds now; Rules are the saved ones.
func (e *Engine) pricer(ctx context.Context) (p Pricer, err error) {
	if p.Rules, err = e.store.PriceRules(ctx); err != nil {
		return p, err
	}
	if p.Rates, err = e.store.Rates(ctx); err != nil {
		return p, err
	}
	if p.MaxChange, err = e.store.MaxPriceChange(ctx); err != nil {
		return p, err
	}
	settings, err := e.store.Settings(ctx)
	p.Currency, p.Day = settings.Currency, DayOf(e.now())
	return p, err
}

// Calculator reads what prices at the marketplaces are made of.
func (e *Engine) Calculator(ctx context.Context, marketplaces []MarketplaceID) (*Calculator, error) {
	c := &Calculator{}
	var err error
	if c.pricer, err = e.pricer(ctx); err != nil {
		return nil, err
	}
	if c.guards, err = e.store.Guards(ctx); err != nil {
		return nil, err
	}
	if c.approved, err = e.store.ApprovedPrices(ctx); err != nil {
		return nil, err
	}
	c.group(marketplaces)
	return c, nil
}

// Offers gives the price of p with those guards at every marketplace, as it would be now.
func (e *Engine) Offers(ctx context.Context, p domain.Product, g Guards) ([]MarketOffer, error) {
	pricer, err := e.pricer(ctx)
	if err != nil {
		return nil, err
	}
	markets, err := e.store.Marketplaces(ctx)
	if err != nil {
		return nil, err
	}
	stock, err := e.store.StockOf(ctx, p.ID)
	if err != nil {
		return nil, err
	}
	offers := make([]MarketOffer, len(markets))
	for i, m := range markets {
		offers[i] = MarketOffer{Marketplace: m, Offer: pricer.Offer(p, g, m.ID, stock[p.ID].Last.At(m.ID))}
	}
	return offers, nil
}

// MissingRates gives the currencies that products on sale are priced in and that have no rate today.
func (e *Engine) MissingRates(ctx context.Context) ([]Missing, error) {
	p, err := e.pricer(ctx)
	if err != nil {
		return nil, err
	}
	in, err := e.store.PricedIn(ctx)
	if err != nil {
		return nil, err
	}
	in[p.Currency] += in[""] // they name none
	delete(in, "")
	return p.Rates.Missing(in, p.Day), nil
}
