package sync

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// now is when the plans of these tests are made; their rows were read a minute before.
func now() time.Time { return at(30) }

// planning is a planner under which everything may flow, İşbaşı's values holding.
func planning() *planner {
	return &planner{
		run:           Run{Request: Request{Scope: ScopeFull}},
		choices:       domain.Settings{IntegrationOn: true, Currency: domain.TRY, Pull: true, Push: domain.PushBoth},
		settings:      DefaultSettings(),
		stockWritable: domain.AbilityAllowed, now: now(), patience: 15 * time.Minute,
	}
}

// priced is a pair with a price alone, base/ours/theirs.
func priced(prices string) Pair {
	c := values(domain.SharedPrice, prices)
	return Pair{
		Product: 7, Ref: domain.ProductRef{ID: "1007", Type: 1}, Code: "A-7", Name: "Termos", OurCurrency: domain.TRY,
		ReadAt: at(29), Seen: true, Price: Value{Base: c.Base, Ours: c.Ours, Theirs: c.Theirs, BaseAt: at(1), OursAt: at(2)},
	}
}

// stocked is priced of a stock.
func stocked(stocks string) Pair {
	p := priced(stocks)
	p.Stock, p.Price = p.Price, Value{}
	return p
}

// pushed adds a push to the price of p.
func pushed(p Pair, of string, s ItemState, endedAt time.Time) Pair {
	v := &p.Price
	if !v.Ours.Valid && !v.Theirs.Valid {
		v = &p.Stock
	}
	field := domain.SharedPrice
	if v == &p.Stock {
		field = domain.SharedStock
	}
	v.Push = &Item{ID: 40, Run: 3, Field: field, Way: WayPush, Theirs: v.Base, Value: num(of), Attempt: 1, State: s, EndedAt: endedAt, Receipt: "S1-40"}
	return p
}

// said adds what a person said to the only field of p.
func said(p Pair, s Said) Pair {
	if p.Price.Ours.Valid || p.Price.Theirs.Valid {
		p.Price.Said = &s
	} else {
		p.Stock.Said = &s
	}
	return p
}

// one gives the plan of a pair.
func one(p *planner, pair Pair) Plan { return p.make([]Pair{pair}) }

func TestPlanner_makesChangesOfWhatDiffers(t *testing.T) {
	pair := priced("100/100/120")
	got := one(planning(), pair)
	want := Plan{
		Items: []Item{{
			Product: 7, Ref: pair.Ref, Code: "A-7", Name: "Termos", Field: domain.SharedPrice, Way: WayPull, Why: WhyTheirsChanged,
			Base: num("100"), Ours: num("100"), Theirs: num("120"), Value: num("120"), Currency: domain.TRY, Attempt: 1, State: ItemPlanned,
		}},
		Compared: 2, Unchanged: 1,
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}

	pair = priced("100/120/100")
	got = one(planning(), pair)
	want.Items[0].Way, want.Items[0].Why, want.Items[0].Ours, want.Items[0].Theirs = WayPush, WhyOursChanged, num("120"), num("100")
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}

	got = one(planning(), priced("100/120/130"))
	i := got.Items[0]
	if len(got.Items) != 1 || got.Conflicts != 1 || !i.Conflict || i.Way != WayPull || text(i.Loser()) != "120" || len(got.Open) != 0 {
		t.Errorf("a conflict that İşbaşı wins: %+v", got)
	}
	p := planning()
	p.settings.Owner[domain.SharedPrice] = domain.OwnerCatalogue
	got = one(p, priced("100/120/130"))
	if i := got.Items[0]; !i.Conflict || i.Way != WayPush || text(i.Loser()) != "130" {
		t.Errorf("a conflict that the catalogue wins: %+v", got)
	}
	if (Item{Way: WayPull, Ours: num("1")}).Loser().Valid {
		t.Error("a loser without a conflict")
	}
}

func TestPlanner_putsPullsFirstAndKeepsAProductsPushesTogether(t *testing.T) {
	both := priced("100/120/100")
	both.Stock = stocked("10/8/10").Stock
	second := stocked("10/10/9")
	second.Product, second.Ref.ID = 8, "1008"
	third := priced("100/110/100")
	third.Product, third.Ref.ID = 9, "1009"
	plan := planning().make([]Pair{both, second, third})
	var order []string
	for _, i := range plan.Items {
		order = append(order, string(i.Way)+" "+string(i.Ref.ID)+" "+string(i.Field))
	}
	want := []string{"pull 1008 stock", "push 1007 stock", "push 1007 price", "push 1009 price"}
	if !slices.Equal(order, want) {
		t.Errorf("%v", order)
	}
}

func TestPlanner_listsWhatWaits(t *testing.T) {
	modified := at(20)
	for name, tt := range map[string]struct {
		pair   Pair
		change func(*planner)
		why    Why
		action Action
		way    Way
	}{
		"a push that is off":          {priced("100/120/100"), func(p *planner) { p.choices.Push = domain.PushStock }, WhyPushOff, ActionHeld, WayPush},
		"a push nobody has chosen":    {priced("100/120/100"), func(p *planner) { p.choices.Push = domain.PushUnset }, WhyPushUnset, ActionHeld, WayPush},
		"a pull that is off":          {priced("100/100/120"), func(p *planner) { p.choices.Pull = false }, WhyPullOff, ActionHeld, WayPull},
		"a comma error there":         {priced("249.90/249.90/24990"), nil, WhyJump, ActionHeld, WayPull},
		"a comma error here":          {priced("249.90/24990/249.90"), nil, WhyJump, ActionHeld, WayPush},
		"a stock that may not go out": {stocked("10/8/10"), func(p *planner) { p.stockWritable = domain.AbilityDenied }, WhyStockNotWritable, ActionHeld, WayPush},
		"a conflict of nobody":        {priced("/120/130"), nil, WhyNeverAgreed, ActionConflict, WayBoth},
		"a conflict that may not be written": {priced("100/120/130"), func(p *planner) {
			p.choices.Push, p.settings.Owner[domain.SharedPrice] = domain.PushUnset, domain.OwnerCatalogue
		}, WhyPushUnset, ActionConflict, WayPush},
	} {
		p := planning()
		if tt.change != nil {
			tt.change(p)
		}
		tt.pair.ModifiedAt = modified
		got := one(p, tt.pair)
		v := tt.pair.Price
		want := Open{
			Product: 7, Ref: tt.pair.Ref, Field: domain.SharedPrice, Action: tt.action, Why: tt.why, Way: tt.way,
			Base: v.Base, Ours: v.Ours, Theirs: v.Theirs, OursAt: at(2), TheirsAt: modified,
		}
		if v = tt.pair.Stock; v.Ours.Valid {
			want.Field, want.Base, want.Ours, want.Theirs, want.TheirsAt = domain.SharedStock, v.Base, v.Ours, v.Theirs, time.Time{}
		}
		if len(got.Open) != 1 || !reflect.DeepEqual(got.Open[0], want) || len(got.Items) != 0 || got.Held+got.Conflicts != 1 {
			t.Errorf("%s: %+v, want %+v", name, got, want)
		}
	}
	gone := priced("100/100/100")
	gone.Gone, gone.Seen = true, false
	if got := one(planning(), gone); got.Held != 2 || got.Open[1].Why != WhyGone || got.Open[1].Way != WayBoth {
		t.Errorf("gone: %+v", got)
	}
}

func TestPlanner_agreesOnWhatBothHave(t *testing.T) {
	for name, tt := range map[string]struct {
		pair Pair
		want string // the new base, "" for none
	}{
		"equal":                     {priced("100/100/100"), ""},
		"equal, spelt otherwise":    {priced("100/100.00/100"), ""},
		"converged":                 {priced("100/120/120"), "120"},
		"never agreed, and equal":   {priced("/120/120"), "120"},
		"a push, not confirmed yet": {priced("100/120/100"), ""},
		"a pull, not written yet":   {priced("100/100/120"), ""},
	} {
		got := one(planning(), tt.pair)
		var on string
		for _, a := range got.Agree {
			if a.Product != 7 || a.Ref != tt.pair.Ref || a.Field != domain.SharedPrice {
				t.Errorf("%s: %+v", name, a)
			}
			on += a.Value.String()
		}
		if on != tt.want {
			t.Errorf("%s: agreed on %q, want %q", name, on, tt.want)
		}
	}
}

// A push is confirmed by the first sweep that sees its value, and refuted by one that sees something else.
func TestPlanner_judgesPushes(t *testing.T) {
	late := at(29) // after which the row was read: at the same minute
	for name, tt := range map[string]struct {
		pair               Pair
		confirmed, refuted bool
		item               string // way and attempt of the change that follows
		agreed             string
	}{
		"seen":                          {pushed(priced("100/120/120"), "120", ItemAnswered, at(20)), true, false, "", "120"},
		"seen after a lost answer":      {pushed(priced("100/120/120"), "120", ItemUnknown, at(20)), true, false, "", "120"},
		"seen, and ours has moved on":   {pushed(priced("100/130/120"), "120", ItemAnswered, at(20)), true, false, "push 1", "120"},
		"not kept":                      {pushed(priced("100/120/100"), "120", ItemAnswered, at(20)), false, true, "push 2", ""},
		"lost and never arrived":        {pushed(priced("100/120/100"), "120", ItemUnknown, at(1)), false, true, "push 1", ""},
		"lost, and it may yet arrive":   {pushed(priced("100/120/100"), "120", ItemUnknown, at(20)), false, false, "push 1", ""},
		"İşbaşı has changed since":      {pushed(priced("100/120/130"), "120", ItemAnswered, at(20)), false, true, "pull 1", ""},
		"read before it was answered":   {pushed(priced("100/120/100"), "120", ItemAnswered, at(29).Add(time.Second)), false, false, "", ""},
		"read in the same moment":       {pushed(priced("100/120/120"), "120", ItemAnswered, late), true, false, "", "120"},
		"a receipt that may yet arrive": {pushed(stocked("10/8/10"), "8", ItemUnknown, at(20)), false, false, "", ""},
		"a receipt that never arrived":  {pushed(stocked("10/8/10"), "8", ItemUnknown, at(15)), false, true, "push 1", ""},
	} {
		got := one(planning(), tt.pair)
		if slices.Contains(got.Confirmed, 40) != tt.confirmed || slices.Contains(got.Refuted, 40) != tt.refuted {
			t.Errorf("%s: confirmed %v, refuted %v", name, got.Confirmed, got.Refuted)
		}
		var item, agreed string
		for _, i := range got.Items {
			item = string(i.Way) + " " + string(rune('0'+i.Attempt))
			again := i.Way == WayPush && i.Value.Decimal.Equal(tt.pair.pushedValue())
			if i.Again != again || (i.Receipt == "S1-40") != again {
				t.Errorf("%s: again %v, receipt %q", name, i.Again, i.Receipt)
			}
		}
		for _, a := range got.Agree {
			agreed = a.Value.String()
		}
		if item != tt.item || agreed != tt.agreed {
			t.Errorf("%s: %q and agreed on %q, want %q and %q", name, item, agreed, tt.item, tt.agreed)
		}
	}
}

// pushedValue is that of the push of the only field.
func (pair *Pair) pushedValue() decimal.Decimal {
	if pair.Price.Push != nil {
		return pair.Price.Push.Value.Decimal
	}
	return pair.Stock.Push.Value.Decimal
}

func TestPlanner_givesUpOnWhatIsbasiDoesNotKeep(t *testing.T) {
	twice := pushed(priced("100/120/100"), "120", ItemAnswered, at(20))
	twice.Price.Push.Attempt = 2
	got := one(planning(), twice)
	if len(got.Items) != 0 || len(got.Open) != 1 || got.Open[0].Why != WhyNotStored || got.Held != 1 || len(got.Confirmed)+len(got.Refuted) != 0 {
		t.Errorf("%+v", got)
	}
	lost := pushed(priced("100/120/100"), "120", ItemUnknown, at(1))
	lost.Price.Push.Attempt = 2
	if got := one(planning(), lost); len(got.Items) != 1 || got.Items[0].Attempt != 1 {
		t.Errorf("a lost answer is no yes: %+v", got)
	}
	moved := twice
	moved.Price.Ours = num("125")
	if got := one(planning(), moved); len(got.Items) != 1 || got.Items[0].Attempt != 1 || got.Items[0].Again {
		t.Errorf("another value: %+v", got)
	}
	elsewhere := twice
	elsewhere.Price.Theirs = num("101")
	if got := one(planning(), elsewhere); len(got.Refuted) != 1 {
		t.Errorf("İşbaşı has another value: %+v", got)
	}
}

// What İşbaşı refuses costs a read each time: after two it waits, until the value, the product there or a person says
// something else.
func TestPlanner_sendsWhatIsRefusedTwiceAtMost(t *testing.T) {
	refusal := func(attempt int, change func(*Pair)) Pair {
		p := priced("100/120/100")
		p.ModifiedAt = at(20)
		p.Price.Refused = &Item{ID: 41, Field: domain.SharedPrice, Way: WayPush, Value: num("120"), Attempt: attempt, State: ItemFailed, Detail: "vat_rate", EndedAt: at(20)}
		if change != nil {
			change(&p)
		}
		return p
	}
	for name, tt := range map[string]struct {
		pair    Pair
		attempt int // of the push that is planned, 0 for none
		why     Why // of what waits
	}{
		"once":                       {refusal(1, nil), 2, ""},
		"twice":                      {refusal(2, nil), 0, WhyRefused},
		"another value":              {refusal(2, func(p *Pair) { p.Price.Ours = num("121") }), 1, ""},
		"the product was mended":     {refusal(2, func(p *Pair) { p.ModifiedAt = at(20).Add(1) }), 3, ""},
		"a person insists":           {refusal(2, func(p *Pair) { *p = said(*p, Said{Kind: SaidOurs, Ours: num("120"), Theirs: num("100")}) }), 3, ""},
		"a person said another word": {refusal(2, func(p *Pair) { *p = said(*p, Said{Owner: domain.OwnerCatalogue}) }), 0, WhyRefused},
		"İşbaşı's is pulled":         {refusal(2, func(p *Pair) { p.Price.Ours = num("100"); p.Price.Theirs = num("130") }), 1, ""},
	} {
		got := one(planning(), tt.pair)
		attempt, why := 0, Why("")
		for _, i := range got.Items {
			attempt = i.Attempt
		}
		for _, o := range got.Open {
			why = o.Why
			if o.Way != WayPush || o.Action != ActionHeld {
				t.Errorf("%s: %+v", name, o)
			}
		}
		if attempt != tt.attempt || why != tt.why {
			t.Errorf("%s: attempt %d, waits for %q; want %d, %q", name, attempt, why, tt.attempt, tt.why)
		}
	}
}

func TestPlanner_hearsWhatAPersonSaid(t *testing.T) {
	jump := priced("249.90/24990/249.90")
	keep := Said{Kind: SaidOurs, Ours: num("24990"), Theirs: num("249.90")}
	if got := one(planning(), said(jump, keep)); len(got.Items) != 1 || got.Items[0].Way != WayPush || text(got.Items[0].Value) != "24990" {
		t.Errorf("a price that was meant: %+v", got)
	}
	keep.Ours = num("24991")
	if got := one(planning(), said(jump, keep)); len(got.Items) != 0 || got.Open[0].Why != WhyJump {
		t.Errorf("it was said of another value: %+v", got)
	}
	never := priced("/120/130")
	if got := one(planning(), said(never, Said{Kind: SaidOurs, Ours: num("120"), Theirs: num("130")})); len(got.Items) != 1 || got.Items[0].Way != WayPush {
		t.Errorf("never agreed, and decided: %+v", got)
	}
	undone := said(priced("100/100/120"), Said{Kind: SaidUndone, Ours: num("100"), Theirs: num("120")})
	if got := one(planning(), undone); len(got.Items) != 0 || len(got.Open) != 1 || got.Open[0].Why != WhyUndone || got.Held != 1 {
		t.Errorf("a pull that was taken back: %+v", got)
	}
	undone.Price.Theirs = num("121")
	if got := one(planning(), undone); len(got.Items) != 1 {
		t.Errorf("İşbaşı has changed since: %+v", got)
	}
	noted := said(stocked("10/8/10"), Said{Kind: SaidNoted, Ours: num("8"), Theirs: num("10")})
	p := planning()
	p.stockWritable = domain.AbilityUnasked
	if got := one(p, noted); len(got.Open) != 0 || got.Unchanged != 2 {
		t.Errorf("entered by hand: %+v", got)
	}
	noted.Stock.Base, noted.Stock.Ours, noted.Stock.Said.Ours = num("8"), num("8"), num("8")
	if got := one(planning(), noted); len(got.Items) != 1 || got.Items[0].Way != WayPull {
		t.Errorf("what was noted does not keep İşbaşı's change out: %+v", got)
	}
	for owner, way := range map[domain.Owner]Way{domain.OwnerBooks: WayPull, domain.OwnerCatalogue: WayPush, domain.OwnerNobody: WayPull} {
		if got := one(planning(), said(priced("100/120/130"), Said{Owner: owner})); got.Items[0].Way != way {
			t.Errorf("owner %q: %+v", owner, got)
		}
	}
}

func TestPlanner_goesOnlyOneWayWhereAsked(t *testing.T) {
	for only, want := range map[Way]int{WayBoth: 2, WayPull: 1, WayPush: 1} {
		p := planning()
		p.run.Request.Only = only
		second := priced("100/120/100")
		second.Product, second.Ref.ID = 8, "1008"
		got := p.make([]Pair{priced("100/100/120"), second})
		if len(got.Items) != want || only != WayBoth && got.Items[0].Way != only || len(got.Open) != 0 {
			t.Errorf("only %q: %+v", only, got.Items)
		}
	}
}

// A run that reads nothing, or only what has changed, knows of the other rows what was known last.
func TestPlanner_goesByWhatWasKnownLast(t *testing.T) {
	unseen := func(p Pair) Pair {
		p.Seen = false
		return p
	}
	older := func(p Pair) Pair { // İşbaşı's value was seen before both agreed on another one
		p.ReadAt, p.Price.BaseAt = at(5), at(10)
		return p
	}
	for name, tt := range map[string]struct {
		pair Pair
		item string
		why  Why
	}{
		"an edit":                             {unseen(priced("100/120/100")), "push 120/100", ""},
		"an edit, never seen":                 {unseen(priced("100/120/")), "push 120/100", ""},
		"an edit, and an old row":             {unseen(older(priced("100/120/90"))), "push 120/100", ""},
		"nothing":                             {unseen(priced("100/100/100")), "", ""},
		"seen after they agreed":              {unseen(priced("100/120/130")), "pull 130/130", ""},
		"another edit after an answered push": {unseen(pushed(priced("100/130/100"), "120", ItemAnswered, at(20))), "push 130/120", ""},
		"an answered push":                    {unseen(pushed(priced("100/120/100"), "120", ItemAnswered, at(20))), "", ""},
		"a push nobody knows of":              {unseen(pushed(priced("100/130/100"), "120", ItemUnknown, at(20))), "", ""},
		"an edit of what was never agreed on": {unseen(priced("/120/")), "", ""},
		"an edit of what is held":             {unseen(priced("100/240/100")), "", WhyJump},
	} {
		p := planning()
		p.run.Request.Scope = ScopeEdits
		got := one(p, tt.pair)
		var item string
		for _, i := range got.Items {
			item = string(i.Way) + " " + text(i.Value) + "/" + text(i.Theirs)
		}
		var why Why
		for _, o := range got.Open {
			why = o.Why
		}
		if item != tt.item || why != tt.why || len(got.Agree)+len(got.Confirmed)+len(got.Refuted) != 0 {
			t.Errorf("%s: %q %q, want %q %q: %+v", name, item, why, tt.item, tt.why, got)
		}
	}
	if got := one(planning(), unseen(priced("100/120/100"))); len(got.Items) != 0 || got.Unchanged != 2 {
		t.Errorf("what the whole list has not: %+v", got)
	}
}

func TestPlanner_doesNotCompareTwoCurrencies(t *testing.T) {
	dollar := priced("100/100/120")
	dollar.Currency = domain.USD
	ours := priced("100/100/120")
	ours.OurCurrency = domain.USD
	blank := priced("100/100/120")
	blank.OurCurrency = ""
	euro := blank
	euro.Currency = domain.EUR
	for name, tt := range map[string]struct {
		pair    Pair
		company domain.Currency
		want    int
	}{
		"theirs": {dollar, domain.TRY, 0}, "ours": {ours, domain.TRY, 0}, "ours names none": {blank, domain.TRY, 1},
		"ours names none, in euros": {euro, domain.EUR, 1}, "theirs is another than the company's": {blank, domain.EUR, 0},
	} {
		p := planning()
		p.choices.Currency = tt.company
		got := one(p, tt.pair)
		if len(got.Items) != tt.want || tt.want == 1 && got.Items[0].Currency != tt.company {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestPlanner_brakes(t *testing.T) {
	pairs := make([]Pair, 10)
	for i := range pairs {
		pairs[i] = priced("100/100/120")
		pairs[i].Product, pairs[i].Code = domain.ProductID(i+1), ""
		if i >= 6 {
			pairs[i].Price.Theirs = num("100")
		}
	}
	oneSided := priced("/100/")
	oneSided.Product = 11
	plan := planning().make(append(pairs, oneSided))
	if len(plan.Brakes) != 1 {
		t.Fatalf("%+v", plan.Brakes)
	}
	b := plan.Brakes[0]
	if b.Kind != BrakePrices || b.Changed != 6 || b.Of != 10 || b.Limit != 5 || len(b.Largest) != 6 || b.Largest[0].Label != "Termos" {
		t.Errorf("%+v", b)
	}
	run := Run{Run: transfer.Run{State: transfer.StatePaused, Cause: domain.KindBrake}, Brakes: plan.Brakes}
	if !run.Braked() || run.accepted() {
		t.Error("it does not wait")
	}
	for _, id := range []string{b.ID, AllBrakes} {
		if run.Request.Accepted = []string{id}; !run.accepted() {
			t.Errorf("%s does not let go", id)
		}
	}
	if run.Request.Accepted = []string{"prices-00000000"}; run.accepted() {
		t.Error("the brake of another plan lets go")
	}
	run.Cause = domain.KindNetwork
	if run.Braked() {
		t.Error("a lost connection is no brake")
	}
}

// A push of a time to come was dated by a clock that was wrong: what was read is later, and nobody waits for its answer until then.
func TestPlanner_waitsForNoTimeToCome(t *testing.T) {
	for name, state := range map[string]ItemState{"answered": ItemAnswered, "lost": ItemUnknown} {
		for field, pair := range map[domain.Shared]Pair{
			domain.SharedPrice: pushed(priced("100/110/120"), "110", state, now().AddDate(3, 0, 0)),
			domain.SharedStock: pushed(stocked("10/8/12"), "8", state, now().AddDate(3, 0, 0)),
		} {
			if got := one(planning(), pair); len(got.Items) != 1 || got.Items[0].Field != field || len(got.Confirmed)+len(got.Refuted) != 1 {
				t.Errorf("%s, %s: %+v", name, field, got)
			}
		}
	}
}
