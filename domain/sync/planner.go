package sync

import (
	"cmp"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Reasons of runs, beside those of Decide.
const (
	WhyNotStored Why = "not_stored" // İşbaşı said yes to the value twice and has not kept it
	WhyUndone    Why = "undone"     // the pull was taken back
)

// pushAttempts is how often a value is sent that İşbaşı accepts and does not keep.
const pushAttempts = 2

// planner makes the plan of a run.
type planner struct {
	run           Run
	choices       domain.Settings
	settings      Settings
	stockWritable domain.AbilityAnswer
	plan          Plan
	tally         Tally
}

func (p *planner) make(pairs []Pair) Plan {
	compared := map[domain.Shared]int{}
	for i := range pairs {
		for _, f := range domain.AllShared() {
			if v := pairs[i].value(f); v.Ours.Valid && v.Theirs.Valid {
				compared[f]++
			}
			p.judge(&pairs[i], f)
		}
	}
	// What İşbaşı has changed is in the catalogue before anything goes out, and pushes of one product are together.
	slices.SortStableFunc(p.plan.Items, func(a, b Item) int {
		if a.Way == b.Way {
			return 0
		}
		if a.Way == WayPull {
			return -1
		}
		return 1
	})
	p.plan.Brakes = p.tally.Brakes(p.settings.Limits, compared[domain.SharedPrice], compared[domain.SharedStock])
	return p.plan
}

func (p *planner) judge(pair *Pair, f domain.Shared) {
	v := pair.value(f)
	c := p.caseOf(pair, f, v)
	a := p.decide(c, v)
	p.plan.Compared++
	if push := v.Push; push != nil && pair.Seen && settles(a.Why) {
		if c.same(c.Theirs, decimal.NewNullDecimal(push.Value.Decimal)) {
			p.plan.Confirmed = append(p.plan.Confirmed, push.ID)
		} else {
			p.plan.Refuted = append(p.plan.Refuted, push.ID)
		}
	}
	write := a.Write()
	if write != ActionPull && pair.Seen { // a pull agrees when it is carried out
		p.agree(pair, f, v.Base, a.Base)
	}
	switch a.Action {
	case ActionConflict:
		p.plan.Conflicts++
	case ActionHeld:
		p.plan.Held++
	case ActionNone:
		p.plan.Unchanged++
	default:
	}
	if a.Action == ActionHeld || a.Action == ActionConflict && write == ActionNone {
		p.open(pair, v, c, a)
	}
	if write != ActionNone && (p.run.Request.Only == WayBoth || p.run.Request.Only == Way(write)) {
		p.item(pair, v, c, a)
	}
}

// settles tells whether a judgement says something of a push on its way.
func settles(w Why) bool {
	switch w {
	case WhyInFlight, WhyStaleRead, WhyAbsent, WhyGone, WhyCurrency, WhyNotBound, WhyUntracked, WhyPriceZero, WhyNotStored:
		return false
	default:
		return true
	}
}

func (pair *Pair) value(f domain.Shared) *Value {
	if f == domain.SharedStock {
		return &pair.Stock
	}
	return &pair.Price
}

// caseOf puts a field as Decide wants it.
func (p *planner) caseOf(pair *Pair, f domain.Shared, v *Value) Case {
	c := Case{
		Field: f, Base: v.Base, Ours: v.Ours, Theirs: v.Theirs, Owner: p.settings.owner(p.choices, f),
		OursAt: v.OursAt, ReadAt: pair.ReadAt, Pull: p.choices.Pull, Push: pushChoice(p.choices.Push, f),
		StockWritable: p.stockWritable, Currency: pair.Currency, CompanyCurrency: p.choices.Currency,
		Gone: pair.Gone, Jump: p.settings.Jump,
	}
	if f == domain.SharedPrice {
		c.TheirsAt = pair.ModifiedAt // of a stock nobody tells
		if our := pair.OurCurrency; v.Ours.Valid && our != "" && our != c.CompanyCurrency {
			c.Currency = our // what is in two currencies is not compared
		}
	}
	if v.Said != nil && v.Said.Owner != domain.OwnerNobody {
		c.Owner = v.Said.Owner
	}
	if !pair.Seen {
		p.unseen(&c, v, pair.ReadAt)
	} else if push := v.Push; push != nil {
		c.Pending, c.WrittenAt = &Pending{Value: push.Value.Decimal, State: PendingUnknown}, push.EndedAt
	}
	return c
}

// unseen puts a field whose row the run has not read. A read of the whole list says that there is none; else what
// İşbaşı has is what was known last: the value seen, the one agreed on since, or that of a push which İşbaşı has
// answered. A push of which nobody knows what became waits for a read.
func (p *planner) unseen(c *Case, v *Value, readAt time.Time) {
	c.ReadAt = time.Time{}
	switch push := v.Push; {
	case p.run.Request.Scope == ScopeFull:
		c.Theirs = decimal.NullDecimal{}
	case push != nil && push.State == ItemAnswered:
		c.Base, c.Theirs = push.Value, push.Value
	case push != nil:
		c.Theirs, c.Pending = c.Base, &Pending{Value: push.Value.Decimal, State: PendingSent}
	case !c.Theirs.Valid || v.BaseAt.After(readAt):
		c.Theirs = c.Base
	}
}

func pushChoice(p domain.Push, f domain.Shared) Choice {
	switch {
	case p == domain.PushUnset:
		return ChoiceUnset
	case p.Has(f):
		return ChoiceOn
	default:
		return ChoiceOff
	}
}

// decide is Decide with what a person said of the values, and with what İşbaşı does not keep.
func (p *planner) decide(c Case, v *Value) Answer {
	said := v.Said != nil && same(c, v.Said.Ours, c.Ours) && same(c, v.Said.Theirs, c.Theirs)
	if said && v.Said.Kind == SaidOurs {
		c.Owner, c.Jump = domain.OwnerCatalogue, decimal.NullDecimal{}
		if !c.Base.Valid {
			c.Base = c.Theirs // they never agreed, and a person knows now
		}
	}
	a := Decide(c)
	if said && v.Said.Kind == SaidOurs && c.same(c.Ours, c.Base) && !c.same(c.Theirs, c.Base) {
		// Only İşbaşı's has changed, and a person will not have it: ours goes out as if it had changed since.
		before := c.Base
		c.Base = c.Theirs
		a = Decide(c)
		a.Base = before
	}
	switch {
	case said && v.Said.Kind == SaidUndone && a.Write() == ActionPull:
		return Answer{Action: ActionHeld, Base: c.Base, Why: WhyUndone}
	case said && v.Said.Kind == SaidNoted && a.Action == ActionHeld:
		return Answer{Action: ActionNone, Base: c.Base, Why: a.Why}
	case a.Write() == ActionPush && notKept(c, v):
		return Answer{Action: ActionHeld, Base: c.Base, Why: WhyNotStored}
	}
	return a
}

// same is Case.same where two absent values are one.
func same(c Case, a, b decimal.NullDecimal) bool { return !a.Valid && !b.Valid || c.same(a, b) }

// notKept tells that İşbaşı has said yes to this very value often enough.
func notKept(c Case, v *Value) bool {
	push := v.Push
	return push != nil && push.State == ItemAnswered && push.Attempt >= pushAttempts &&
		c.same(c.Ours, push.Value) && c.same(c.Theirs, push.Theirs)
}

// agree notes a base that has moved.
func (p *planner) agree(pair *Pair, f domain.Shared, before, after decimal.NullDecimal) {
	if after.Valid && (!before.Valid || !before.Decimal.Equal(after.Decimal)) {
		p.plan.Agree = append(p.plan.Agree, Agreement{Product: pair.Product, Ref: pair.Ref, Field: f, Value: after.Decimal})
	}
}

func (p *planner) open(pair *Pair, v *Value, c Case, a Answer) {
	p.plan.Open = append(p.plan.Open, Open{
		Product: pair.Product, Ref: pair.Ref, Field: c.Field, Action: a.Action, Why: a.Why, Way: heldWay(c, a),
		Base: v.Base, Ours: v.Ours, Theirs: c.Theirs, OursAt: v.OursAt, TheirsAt: c.TheirsAt,
	})
}

// heldWay tells which way what is held would go.
func heldWay(c Case, a Answer) Way {
	theirsChanged := !c.Ours.Valid || c.same(c.Ours, c.Base)
	switch {
	case a.Winner == SideOurs:
		return WayPush
	case a.Winner == SideTheirs:
		return WayPull
	case a.Action == ActionConflict, a.Why == WhyGone:
		return WayBoth
	case theirsChanged:
		return WayPull
	default:
		return WayPush
	}
}

func (p *planner) item(pair *Pair, v *Value, c Case, a Answer) {
	i := Item{
		Product: pair.Product, Ref: pair.Ref, Code: pair.Code, Name: pair.Name, Field: c.Field, Way: Way(a.Write()), Why: a.Why,
		Conflict: a.Action == ActionConflict, Base: v.Base, Ours: v.Ours, Theirs: c.Theirs, Value: a.Value,
		Attempt: 1, State: ItemPlanned,
	}
	if c.Field == domain.SharedPrice {
		i.Currency = p.choices.Currency
	}
	if push := v.Push; i.Way == WayPush && push != nil && c.same(push.Value, i.Value) && c.same(push.Theirs, i.Theirs) {
		i.Again, i.Receipt = true, push.Receipt
		if push.State == ItemAnswered {
			i.Attempt = push.Attempt + 1
		}
	}
	p.plan.Items = append(p.plan.Items, i)
	if change, ok := NewChange(pair.Product, label(pair), c, a); ok {
		change.Name = pair.Name
		p.tally.Add(change)
	}
}

// label is how a person knows a product.
func label(pair *Pair) string { return cmp.Or(string(pair.Code), pair.Name) }
