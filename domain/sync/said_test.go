package sync

import (
	"slices"
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

// What was said holds for the values it was said of, and no longer: should the same two come again, it is another matter.
func TestPlanner_forgetsWhatWasSaidOfOtherValues(t *testing.T) {
	t.Parallel()
	number := func(n int64) decimal.NullDecimal { return decimal.NewNullDecimal(decimal.NewFromInt(n)) }
	for name, tt := range map[string]struct {
		change func(*Pair)
		want   bool
	}{
		"of these":                      {func(*Pair) {}, false},
		"İşbaşı has another":            {func(p *Pair) { p.Price.Theirs = number(131) }, true},
		"İşbaşı has ours now":           {func(p *Pair) { p.Price.Theirs = number(120) }, true},
		"the catalogue has another":     {func(p *Pair) { p.Price.Ours = number(121) }, true},
		"the catalogue has none":        {func(p *Pair) { p.Price.Ours = decimal.NullDecimal{} }, true},
		"İşbaşı's is not known":         {func(p *Pair) { p.Price.Theirs = decimal.NullDecimal{} }, false},
		"not read":                      {func(p *Pair) { p.Seen = false; p.Price.Theirs = number(131) }, false},
		"read before our write":         {func(p *Pair) { *p = pushed(*p, "131", ItemAnswered, p.ReadAt.Add(1)); p.Price.Theirs = number(131) }, false},
		"nothing was said but an owner": {func(p *Pair) { p.Price.Said.Kind = SaidNothing; p.Price.Theirs = number(131) }, false},
		"nothing was said":              {func(p *Pair) { p.Price.Said = nil }, false},
	} {
		for _, kind := range []SaidKind{SaidOurs, SaidUndone, SaidNoted} {
			pair := priced("100/120/130")
			pair.Price.Said = &Said{Kind: kind, Ours: number(120), Theirs: number(130)}
			tt.change(&pair)
			p := planner{
				run: Run{Request: Request{Scope: ScopeChanged}}, choices: domain.Settings{Pull: true, Push: domain.PushBoth, Currency: domain.TRY},
				settings: DefaultSettings(), now: now(),
			}
			plan := p.make([]Pair{pair})
			if got := slices.Contains(plan.Outdated, OpenKey{Product: pair.Product, Field: domain.SharedPrice}); got != tt.want || len(plan.Outdated) > 1 {
				t.Errorf("%s, %s: forgotten %v", name, kind, plan.Outdated)
			}
		}
	}
}
