package sync

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Reasons of runs, beside those of Decide.
const (
	WhyNotStored Why = "not_stored" // İşbaşı said yes to the value twice and has not kept it
	WhyUndone    Why = "undone"     // the pull was taken back
	WhyRefused   Why = "refused"    // İşbaşı has refused the value twice
)

// pushAttempts is how often a value is sent that İşbaşı accepts and does not keep, or refuses: each costs a read.
const pushAttempts = 2

// planner makes the plan of a run.
type planner struct {
	run           Run
	choices       domain.Settings
	settings      Settings
	stockWritable domain.AbilityAnswer
	now           time.Time
	patience      time.Duration // see Company
	plan          Plan
	tally         Tally
}

func (p *planner) make(pairs []Pair) Plan {
	compared := map[domain.Shared]int{}
	for i := range pairs {
		pair := &pairs[i]
		for _, f := range domain.AllShared() {
			if v := pair.value(f); v.Ours.Valid && v.Theirs.Valid {
				compared[f]++
			}
			p.judge(pair, f)
		}
	}
	// What İşbaşı has changed is in the catalogue before anything goes out, and what goes out of one product is together.
	slices.SortStableFunc(p.plan.Items, func(a, b Item) int {
		return cmp.Or(strings.Compare(string(a.Way), string(b.Way)), cmp.Compare(a.Product, b.Product))
	})
	p.plan.Brakes = p.tally.Brakes(p.settings.Limits, compared[domain.SharedPrice], compared[domain.SharedStock])
	return p.plan
}

func (p *planner) judge(pair *Pair, f domain.Shared) {
	v := pair.value(f)
	c := p.caseOf(pair, f, v)
	a := p.decide(c, v)
	if a.Write() == ActionPush && refusedEnough(pair, c, v) {
		a = Answer{Action: ActionHeld, Base: c.Base, Why: WhyRefused}
	}
	p.plan.Compared++
	if pair.Seen && v.Push != nil && settles(a.Why) {
		p.settle(c, v.Push)
	}
	if pair.Seen && v.Said.outdated(c) && a.Why != WhyStaleRead {
		p.plan.Outdated = append(p.plan.Outdated, OpenKey{Product: pair.Product, Field: f})
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

// settle notes what was seen of a push. One that may still arrive is kept in mind, else its value would look like an
// edit at İşbaşı.
func (p *planner) settle(c Case, push *Item) {
	switch {
	case c.same(c.Theirs, push.Value):
		p.plan.Confirmed = append(p.plan.Confirmed, push.ID)
	case push.State == ItemAnswered || !p.mayArrive(push):
		p.plan.Refuted = append(p.plan.Refuted, push.ID)
	}
}

// mayArrive tells whether a push whose answer is lost may still take effect. One of a time to come is of a clock that was wrong: it
// would be waited for until then.
func (p *planner) mayArrive(push *Item) bool {
	return !push.EndedAt.After(p.now) && p.now.Sub(push.EndedAt) < p.patience
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
		Field: f, Base: v.Base, Ours: v.Ours, Theirs: v.Theirs, Owner: p.settings.OwnerOf(p.choices, f),
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
		c.Pending = &Pending{Value: push.Value.Decimal, State: p.pendingState(push)}
		if !push.EndedAt.After(p.now) { // else the clock was wrong, and nobody knows when it was
			c.WrittenAt = push.EndedAt
		}
	}
	return c
}

// pendingState tells of a push whose row was read afterwards whether it may still take effect. A price that is sent twice
// is the same price; a stock receipt would move the stock twice, so of one whose answer is lost the end is waited for.
func (p *planner) pendingState(push *Item) PendingState {
	switch {
	case push.State == ItemAnswered:
		return PendingAnswered
	case push.Field == domain.SharedStock && push.State == ItemUnknown && p.mayArrive(push):
		return PendingSent
	default:
		return PendingUnknown
	}
}

// unseen puts a field whose row the run has not read. A read of the whole list says that there is none; else what
// İşbaşı has is what was known last: the value seen, the one agreed on since, or that of a push which İşbaşı has
// answered. A push of which nobody knows what became waits for a read.
func (p *planner) unseen(c *Case, v *Value, readAt time.Time) {
	c.ReadAt = time.Time{}
	switch push := v.Push; {
	case p.run.Request.Scope == ScopeFull && p.run.Short() == 0:
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
	said := v.Said != nil && v.Said.of(c)
	if said && v.Said.Kind == SaidOurs {
		return stored(c, v, keepOurs(c))
	}
	a := Decide(c)
	switch {
	case said && v.Said.Kind == SaidUndone && a.Write() == ActionPull:
		return Answer{Action: ActionHeld, Base: c.Base, Why: WhyUndone}
	case said && v.Said.Kind == SaidNoted && a.Action == ActionHeld:
		return Answer{Action: ActionNone, Base: c.Base, Why: a.Why}
	default:
		return stored(c, v, a)
	}
}

// of tells whether it was said of the values that stand.
func (s *Said) of(c Case) bool { return same(c, s.Ours, c.Ours) && same(c, s.Theirs, c.Theirs) }

// outdated tells whether something was said of other values: should those come again, it was not said of them.
func (s *Said) outdated(c Case) bool {
	return s != nil && s.Kind != SaidNothing && c.Theirs.Valid && !s.of(c)
}

// keepOurs is Decide of values of which a person has said that ours holds: also where only theirs has changed, or both
// never agreed. What they agreed on stays, as the decision may be taken back.
func keepOurs(c Case) Answer {
	c.Owner, c.Jump = domain.OwnerCatalogue, decimal.NullDecimal{}
	a := Decide(c)
	if a.Write() == ActionPull || a.Why == WhyPullOff || a.Why == WhyNeverAgreed {
		return c.push()
	}
	return a
}

// stored is the answer, or that İşbaşı does not keep what would be pushed.
func stored(c Case, v *Value, a Answer) Answer {
	if a.Write() == ActionPush && notKept(c, v) {
		return Answer{Action: ActionHeld, Base: c.Base, Why: WhyNotStored}
	}
	return a
}

// same is Case.same where two absent values are one.
func same(c Case, a, b decimal.NullDecimal) bool { return !a.Valid && !b.Valid || c.same(a, b) }

// refusedEnough tells that İşbaşı has refused this very value often enough, that nobody has changed the product there
// since, and that no person insists on it.
func refusedEnough(pair *Pair, c Case, v *Value) bool {
	push := v.Refused
	return push != nil && push.Attempt >= pushAttempts && c.same(c.Ours, push.Value) && !pair.ModifiedAt.After(push.EndedAt) &&
		(v.Said == nil || v.Said.Kind != SaidOurs)
}

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
	if push := v.Refused; i.Way == WayPush && push != nil && c.same(push.Value, i.Value) {
		i.Attempt = push.Attempt + 1
	}
	p.plan.Items = append(p.plan.Items, i)
	if change, ok := NewChange(pair.Product, label(pair), c, a); ok {
		change.Name = pair.Name
		p.tally.Add(change)
	}
}

// label is how a person knows a product.
func label(pair *Pair) string { return cmp.Or(string(pair.Code), pair.Name) }
