package sync

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

func TestPlanner_whatAPersonKeepsGoesOutThoughOnlyTheirsHasChanged(t *testing.T) {
	now := time.Date(2026, 11, 26, 8, 0, 0, 0, time.UTC)
	value := func(n int64) decimal.NullDecimal { return decimal.NewNullDecimal(decimal.NewFromInt(n)) }
	for _, c := range []struct {
		name string
		said *Said
		way  Way // of what is planned, WayBoth: nothing is
		open Why
	}{
		{"nothing said", nil, WayBoth, WhyJump},
		{"kept", &Said{Kind: SaidOurs, Ours: value(100), Theirs: value(1000)}, WayPush, ""},
		{"kept, of another value", &Said{Kind: SaidOurs, Ours: value(100), Theirs: value(900)}, WayBoth, WhyJump},
	} {
		for _, seen := range []bool{true, false} {
			scope := ScopeEdits
			if seen {
				scope = ScopeFull
			}
			p := planner{
				run: Run{Request: Request{Scope: scope}}, settings: DefaultSettings(), stockWritable: domain.AbilityAllowed,
				choices: domain.Settings{IntegrationOn: true, Currency: domain.TRY, Pull: true, Push: domain.PushBoth},
			}
			plan := p.make([]Pair{{
				Product: 7, Ref: domain.ProductRef{ID: "1", Type: 1}, Code: "K-1", Name: "Çay", OurCurrency: domain.TRY, ReadAt: now, Seen: seen,
				Price: Value{Base: value(100), BaseAt: now.Add(-time.Hour), Ours: value(100), Theirs: value(1000), Said: c.said},
			}})
			var way Way
			for _, i := range plan.Items {
				way = i.Way
				if !i.Value.Decimal.Equal(decimal.NewFromInt(100)) || !i.Base.Decimal.Equal(decimal.NewFromInt(100)) {
					t.Errorf("%s (seen %v): %+v", c.name, seen, i)
				}
			}
			var why Why
			for _, o := range plan.Open {
				if o.Field == domain.SharedPrice {
					why = o.Why
				}
			}
			if way != c.way || why != c.open {
				t.Errorf("%s (seen %v): goes %q, waits for %q", c.name, seen, way, why)
			}
			if len(plan.Agree) != 0 {
				t.Errorf("%s (seen %v): agreed on %+v before anything was confirmed", c.name, seen, plan.Agree)
			}
		}
	}
}
