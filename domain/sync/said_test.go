package sync

import (
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
)

// A person who keeps the catalogue's value means it, whichever side has changed; what both agreed on moves only
// when İşbaşı has the value.
func TestPlanner_pushesWhatAPersonKeeps(t *testing.T) {
	t.Parallel()
	none := decimal.NullDecimal{}
	number := func(n int64) decimal.NullDecimal { return decimal.NewNullDecimal(decimal.NewFromInt(n)) }
	for name, tt := range map[string]struct {
		base, ours, theirs decimal.NullDecimal
		pull               bool
		otherwise          Action // without the person's word
	}{
		"both had changed":                   {number(100), number(120), number(130), true, ActionConflict},
		"İşbaşı alone, by too much":          {number(100), number(100), number(10), true, ActionHeld},
		"İşbaşı alone":                       {number(100), number(100), number(110), true, ActionPull},
		"İşbaşı alone, and nothing may come": {number(100), number(100), number(110), false, ActionHeld},
		"the catalogue alone, by too much":   {number(100), number(1000), number(100), true, ActionHeld},
		"they never agreed":                  {none, number(120), number(130), true, ActionConflict},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			pair := Pair{
				Product: 7, Ref: domain.ProductRef{ID: "70", Type: 1}, Seen: true,
				Price: Value{Base: tt.base, Ours: tt.ours, Theirs: tt.theirs},
			}
			p := planner{choices: domain.Settings{Pull: tt.pull, Push: domain.PushBoth, Currency: domain.TRY}, settings: DefaultSettings()}
			v := &pair.Price
			if a := p.decide(p.caseOf(&pair, domain.SharedPrice, v), v); a.Action != tt.otherwise {
				t.Fatalf("without a word: %+v", a)
			}
			v.Said = &Said{Kind: SaidOurs, Ours: tt.ours, Theirs: tt.theirs}
			plan := p.make([]Pair{pair})
			if len(plan.Items) != 1 || len(plan.Agree) != 0 || len(plan.Open) != 0 {
				t.Fatalf("%+v", plan)
			}
			got, want := plan.Items[0], Item{
				Product: 7, Ref: pair.Ref, Field: domain.SharedPrice, Way: WayPush, Base: tt.base, Ours: tt.ours, Theirs: tt.theirs,
				Value: tt.ours, Currency: domain.TRY, Attempt: 1, State: ItemPlanned,
			}
			for _, d := range domaintest.Differences(got, want, "Why", "Conflict") {
				t.Error(d)
			}
			v.Said.Theirs = number(999)
			if a := p.decide(p.caseOf(&pair, domain.SharedPrice, v), v); a.Action != tt.otherwise {
				t.Errorf("a word about another value: %+v", a)
			}
		})
	}
}
