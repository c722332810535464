package pricing

// Alike puts marketplaces together at which every product costs the same, before and after: with equal
// rules in both, and equal prices approved before. What was approved is told product by product.
type Alike struct {
	groups [][]MarketplaceID
}

// NewAlike groups marketplaces by their rules, in the order they are given.
func NewAlike(draft, saved Rules, ids []MarketplaceID) *Alike {
	a := &Alike{}
	for _, m := range ids {
		a.put(m, func(first MarketplaceID) bool {
			return draft.For(first).Same(draft.For(m)) && saved.For(first).Same(saved.For(m))
		})
	}
	return a
}

// put adds m to the group whose first one it is the same as, or makes one.
func (a *Alike) put(m MarketplaceID, same func(first MarketplaceID) bool) {
	for i, g := range a.groups {
		if same(g[0]) {
			a.groups[i] = append(g, m)
			return
		}
	}
	a.groups = append(a.groups, []MarketplaceID{m})
}

// Split parts marketplaces that have not the same approved price of a product.
func (a *Alike) Split(last LastPrices) {
	for _, g := range a.groups {
		if last.differ(g) {
			a.split(last)
			return
		}
	}
}

func (a *Alike) split(last LastPrices) {
	groups := a.groups
	a.groups = nil
	for _, g := range groups {
		part := &Alike{}
		for _, m := range g {
			part.put(m, func(first MarketplaceID) bool { return last.kurus(first) == last.kurus(m) })
		}
		a.groups = append(a.groups, part.groups...)
	}
}

// Groups gives them.
func (a *Alike) Groups() [][]MarketplaceID { return a.groups }

// differ tells whether marketplaces have different prices, or some of them none.
func (l LastPrices) differ(ms []MarketplaceID) bool {
	for _, m := range ms[1:] {
		if l.kurus(m) != l.kurus(ms[0]) {
			return true
		}
	}
	return false
}

func (l LastPrices) kurus(m MarketplaceID) int64 {
	for _, p := range l {
		if p.Marketplace == m {
			return p.Kurus
		}
	}
	return NoKurus
}

// Same tells whether two rules make the same prices; nil is no rule.
func (r *Rule) Same(o *Rule) bool {
	if r == nil || o == nil {
		return r == o
	}
	return r.Direction == o.Direction && r.Kind == o.Kind && r.Ending == o.Ending && r.EndingMode == o.EndingMode &&
		r.Amount.Equal(o.Amount) && r.Extra.Equal(o.Extra)
}
