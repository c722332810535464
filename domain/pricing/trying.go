package pricing

import (
	"context"
	"iter"

	"github.com/sopyo/sopyo-desktop/domain"
)

// TryRules computes rules that need not be saved over every product on sale, and what their prices are
// now, and writes nothing. w, which may be nil, is told how far it is.
func (e *Engine) TryRules(ctx context.Context, rules Rules, w *Watch) (*Laboratory, error) {
	if w == nil {
		w = &Watch{}
	}
	saved, err := e.pricer(ctx)
	if err != nil {
		return nil, err
	}
	draft := saved
	rules.Version = saved.Rules.Version
	draft.Rules = rules
	markets, err := e.store.Marketplaces(ctx)
	if err != nil {
		return nil, err
	}
	n, err := e.store.ActiveProducts(ctx)
	if err != nil {
		return nil, err
	}
	alike := NewAlike(draft.Rules, saved.Rules, markets.IDs())
	for last, err := range e.store.ApprovedByProduct(ctx) {
		if err != nil {
			return nil, err
		}
		alike.Split(last)
	}
	lab := NewLaboratory(draft, saved, alike.Groups())
	w.Of(n)
	for s, err := range e.store.ActiveStock(ctx) {
		if err != nil {
			return nil, err
		}
		lab.Add(s)
		w.Did()
	}
	return lab, nil
}

// Trials gives one page of the prices that a laboratory tried, each computed anew with its steps, and how
// many q finds. A product that has gone meanwhile is left out.
func (e *Engine) Trials(ctx context.Context, lab *Laboratory, q TrialQuery) ([]Tried, int, error) {
	page, total, err := lab.Find(q, func() (Ranked, error) {
		return e.store.RankProducts(ctx, domain.ProductQuery{Search: q.Search, Sort: productSort(q.Sort), Desc: false})
	})
	if err != nil {
		return nil, 0, err
	}
	tried, err := e.Explain(ctx, lab, page...)
	return tried, total, err
}

func productSort(s TrialSort) domain.ProductSort {
	switch s {
	case TrialsByName:
		return domain.ProductsByName
	case TrialsByCode:
		return domain.ProductsByCode
	default:
		return domain.ProductsByAge
	}
}

// Explain computes tried prices anew, each with its steps. A product that has gone meanwhile is left out.
func (e *Engine) Explain(ctx context.Context, lab *Laboratory, trials ...Trial) ([]Tried, error) {
	ids := make([]domain.ProductID, len(trials))
	for i, t := range trials {
		ids[i] = t.Product
	}
	stock, err := e.store.StockOf(ctx, ids...)
	if err != nil {
		return nil, err
	}
	tried := make([]Tried, 0, len(trials))
	for _, t := range trials {
		if s, ok := stock[t.Product]; ok {
			tried = append(tried, lab.Explain(t, s))
		}
	}
	return tried, nil
}

// trialPage is how many prices are in memory at once while a list is gone through.
const trialPage = 5_000

// EveryTrial goes through the whole list of q.
func (e *Engine) EveryTrial(ctx context.Context, lab *Laboratory, q TrialQuery) iter.Seq2[Tried, error] {
	return func(yield func(Tried, error) bool) {
		for q.Limit, q.Offset = trialPage, 0; ; q.Offset += trialPage {
			page, total, err := e.Trials(ctx, lab, q)
			if err != nil {
				yield(Tried{}, err)
				return
			}
			for _, t := range page {
				if !yield(t, nil) {
					return
				}
			}
			if q.Offset+trialPage >= total {
				return
			}
		}
	}
}

// ApproveTrials lets prices go that a person looked at in a laboratory of the saved rules, and gives how
// many. One that would be another by now is left waiting.
func (e *Engine) ApproveTrials(ctx context.Context, lab *Laboratory, trials []Trial) (int, error) {
	return e.store.ApprovePrices(ctx, func(yield func(Approved, error) bool) {
		for from := 0; from < len(trials); from += trialPage {
			tried, err := e.Explain(ctx, lab, trials[from:min(from+trialPage, len(trials))]...)
			if err != nil {
				yield(Approved{}, err)
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
func (e *Engine) ApproveFound(ctx context.Context, lab *Laboratory, q TrialQuery) (int, error) {
	return e.store.ApprovePrices(ctx, func(yield func(Approved, error) bool) {
		for t, err := range e.EveryTrial(ctx, lab, q) {
			if err != nil {
				yield(Approved{}, err)
				return
			}
			if !letGo(t, yield) {
				return
			}
		}
	})
}

// letGo yields the approvals of a tried price that still is what was looked at.
func letGo(t Tried, yield func(Approved, error) bool) bool {
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
