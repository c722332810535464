package app

import (
	"context"
	"iter"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
)

// TryRules computes rules that need not be saved over every product on sale, and what their prices are
// now, and writes nothing. w, which may be nil, is told how far it is.
func (c *Company) TryRules(ctx context.Context, rules pricing.Rules, w *pricing.Watch) (*pricing.Laboratory, error) {
	if w == nil {
		w = &pricing.Watch{}
	}
	saved, err := c.pricer(ctx)
	if err != nil {
		return nil, err
	}
	draft := saved
	rules.Version = saved.Rules.Version
	draft.Rules = rules
	markets, err := c.Marketplaces(ctx)
	if err != nil {
		return nil, err
	}
	n, err := c.Store.ActiveProducts(ctx)
	if err != nil {
		return nil, err
	}
	alike := pricing.NewAlike(draft.Rules, saved.Rules, markets.IDs())
	for last, err := range c.Store.ApprovedByProduct(ctx) {
		if err != nil {
			return nil, err
		}
		alike.Split(last)
	}
	lab := pricing.NewLaboratory(draft, saved, alike.Groups())
	w.Of(n)
	for s, err := range c.Store.ActiveStock(ctx) {
		if err != nil {
			return nil, err
		}
		lab.Add(s)
		w.Did()
	}
	return lab, nil
}

// pricer gives what holds now; Rules are the saved ones.
func (c *Company) pricer(ctx context.Context) (p pricing.Pricer, err error) {
	if p.Rules, err = c.Store.PriceRules(ctx); err != nil {
		return p, err
	}
	if p.Rates, err = c.Store.Rates(ctx); err != nil {
		return p, err
	}
	if p.MaxChange, err = c.Store.MaxPriceChange(ctx); err != nil {
		return p, err
	}
	settings, err := c.Store.Settings(ctx)
	p.Currency, p.Day = settings.Currency, pricing.DayOf(time.Now())
	return p, err
}

// Trials gives one page of the prices that a laboratory tried, each computed anew with its steps, and how
// many q finds. A product that has gone meanwhile is left out.
func (c *Company) Trials(ctx context.Context, lab *pricing.Laboratory, q pricing.TrialQuery) ([]pricing.Tried, int, error) {
	page, total, err := c.find(ctx, lab, q)
	if err != nil {
		return nil, 0, err
	}
	tried, err := c.explain(ctx, lab, page)
	return tried, total, err
}

func (c *Company) find(ctx context.Context, lab *pricing.Laboratory, q pricing.TrialQuery) ([]pricing.Trial, int, error) {
	return lab.Find(q, func() (pricing.Ranked, error) {
		return c.Store.RankProducts(ctx, domain.ProductQuery{Search: q.Search, Sort: productSort(q.Sort), Desc: false})
	})
}

func productSort(s pricing.TrialSort) domain.ProductSort {
	switch s {
	case pricing.TrialsByName:
		return domain.ProductsByName
	case pricing.TrialsByCode:
		return domain.ProductsByCode
	default:
		return domain.ProductsByAge
	}
}

func (c *Company) explain(ctx context.Context, lab *pricing.Laboratory, page []pricing.Trial) ([]pricing.Tried, error) {
	ids := make([]domain.ProductID, len(page))
	for i, t := range page {
		ids[i] = t.Product
	}
	stock, err := c.Store.StockOf(ctx, ids...)
	if err != nil {
		return nil, err
	}
	tried := make([]pricing.Tried, 0, len(page))
	for _, t := range page {
		if s, ok := stock[t.Product]; ok {
			tried = append(tried, lab.Explain(t, s))
		}
	}
	return tried, nil
}

// trialPage is how many prices are in memory at once while a list is gone through.
const trialPage = 5_000

// everyTrial goes through the whole list of q as it is now.
func (c *Company) everyTrial(ctx context.Context, lab *pricing.Laboratory, q pricing.TrialQuery) iter.Seq2[pricing.Tried, error] {
	return func(yield func(pricing.Tried, error) bool) {
		q.Limit, q.Offset = 0, 0
		trials, _, err := c.find(ctx, lab, q)
		for from := 0; err == nil && from < len(trials); from += trialPage {
			var tried []pricing.Tried
			tried, err = c.explain(ctx, lab, trials[from:min(from+trialPage, len(trials))])
			for _, t := range tried {
				if !yield(t, nil) {
					return
				}
			}
		}
		if err != nil {
			yield(pricing.Tried{}, err)
		}
	}
}

// ApproveTrials lets prices go that a person looked at in a laboratory of the saved rules, and gives how
// many. One that would be another by now is left waiting.
func (c *Company) ApproveTrials(ctx context.Context, lab *pricing.Laboratory, trials []pricing.Trial) (int, error) {
	return c.Store.ApprovePrices(ctx, func(yield func(pricing.Approved, error) bool) {
		for from := 0; from < len(trials); from += trialPage {
			tried, err := c.explain(ctx, lab, trials[from:min(from+trialPage, len(trials))])
			if err != nil {
				yield(pricing.Approved{}, err)
				return
			}
			for _, t := range tried {
				if !letGo(t, yield) {
					return
				}
			}
		}
	})
}

// ApproveFound is ApproveTrials for everything that q finds.
func (c *Company) ApproveFound(ctx context.Context, lab *pricing.Laboratory, q pricing.TrialQuery) (int, error) {
	return c.Store.ApprovePrices(ctx, func(yield func(pricing.Approved, error) bool) {
		for t, err := range c.everyTrial(ctx, lab, q) {
			if err != nil {
				yield(pricing.Approved{}, err)
				return
			}
			if !letGo(t, yield) {
				return
			}
		}
	})
}

// letGo yields the approvals of a tried price that still is what was looked at.
func letGo(t pricing.Tried, yield func(pricing.Approved, error) bool) bool {
	if !t.StillSo() {
		return true
	}
	for _, a := range approvals(t.Product, []Offered{{t.Marketplaces, t.Offer}}) {
		if !yield(a, nil) {
			return false
		}
	}
	return true
}
