package transfer

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/matching"
)

func TestForesee_saysBeforeAndAfter(t *testing.T) {
	product := domain.Product{ID: 3, Revision: 2, Price: money("10"), Stock: money("1"), Currency: "TRY"}
	remote := domain.RemoteProduct{ID: "77", Name: "Ad", Price: money("12.50"), Stock: money("-4")}
	matched := Row{Remote: remote, Tier: matching.TierBarcode, ProductID: 3, Revision: 2}
	same, zero, stale := matched, matched, matched
	same.Remote.Price, same.Remote.Stock = money("10.00"), money("1")
	zero.Remote.Price = money("0")
	stale.Revision = 1
	lone := Row{Remote: remote, Reason: matching.ReasonNoCandidate}
	unsure := Row{Remote: remote, Reason: matching.ReasonConflict}
	listed, draft := DefaultOptions("TRY"), DefaultOptions("TRY")
	draft.Unmatched = UnmatchedDraft
	before := Values{money("10"), "TRY", money("1")}
	for name, c := range map[string]struct {
		o    Options
		row  Row
		want Planned
	}{
		"another price and stock": {listed, matched, Planned{OutcomeMatched, "", []Note{NoteNegativeStock}, before, Values{money("12.50"), "TRY", money("-4")}}},
		"nothing differs":         {listed, same, Planned{OutcomeMatched, "", nil, before, before}},
		"a price of zero":         {listed, zero, Planned{OutcomeMatched, "", []Note{NoteZeroPrice, NoteNegativeStock}, before, Values{money("10"), "TRY", money("-4")}}},
		"listed":                  {listed, lone, Planned{Outcome: OutcomeUnmatched, Becomes: UnmatchedListed}},
		"becomes a draft":         {draft, lone, Planned{OutcomeUnmatched, UnmatchedDraft, []Note{NoteNegativeStock}, Values{}, Values{money("12.50"), "TRY", money("-4")}}},
		"a conflict is listed":    {draft, unsure, Planned{Outcome: OutcomeUnmatched, Becomes: UnmatchedListed}},
		"skipped":                 {draft, Row{Skipped: true}, Planned{Outcome: OutcomeSkipped}},
		"changed meanwhile":       {listed, stale, Planned{Outcome: OutcomeFailed, Notes: []Note{NoteChanged}}},
	} {
		cand := Candidate{Row: c.row}
		if c.row.ProductID != 0 {
			cand.Product = &product
		}
		if got := foresee(c.o, cand); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: got  %+v\nwant %+v", name, got, c.want)
		}
	}
}

// What a forecast counts is what anybody counts who looks through the rows for one thing at a time.
func TestForecast_countsEveryRowUnderAllThatHoldsForIt(t *testing.T) {
	outcomes := []Outcome{OutcomeMatched, OutcomeUnmatched, OutcomeSkipped, OutcomeFailed, OutcomePending}
	values := []Values{
		{}, {money("10"), "TRY", money("1")}, {money("10.0"), "USD", money("1.0")}, {money("11"), "TRY", money("1")}, {money("10"), "TRY", money("2")}, {Currency: "USD"},
	}
	var rows []Row
	for i := range 1000 {
		pick := func(of int) int { k := i % of; i /= of; return k }
		r := Row{Planned: Planned{Outcome: outcomes[pick(5)], Before: values[pick(6)], After: values[pick(6)]}}
		r.Flag = []matching.Flag{"", "f1", "f2"}[pick(3)]
		r.Tier = []matching.Tier{"", "t1", "t2"}[len(rows)%3]
		r.Reason = []matching.Reason{"r1", "r2"}[len(rows)%2]
		r.Planned.Becomes = []Unmatched{UnmatchedListed, UnmatchedDraft, UnmatchedCreated}[len(rows)/2%3]
		r.Planned.Notes = [][]Note{nil, {"n1"}, {"n1", "n2"}}[len(rows)/3%3]
		rows = append(rows, r)
	}
	var f Forecast
	for _, r := range rows {
		f.Add(r)
	}
	number := func(holds func(Row) bool) (n int) {
		for _, r := range rows {
			if holds(r) {
				n++
			}
		}
		return n
	}
	of := func(outcomes ...Outcome) func(Row) bool {
		return func(r Row) bool { return slices.Contains(outcomes, r.Planned.Outcome) }
	}
	matched, unmatched, skipped := of(OutcomeMatched), of(OutcomeUnmatched), of(OutcomeSkipped)
	another := func(a, b decimal.NullDecimal) bool {
		return a.Valid != b.Valid || a.Valid && !a.Decimal.Equal(b.Decimal)
	}
	want := Forecast{
		Read: len(rows), Matched: number(matched), Unmatched: number(unmatched), Skipped: number(skipped), Failed: number(of(OutcomeFailed, OutcomePending)),
		Prices: number(func(r Row) bool {
			b, a := r.Planned.Before, r.Planned.After
			return matched(r) && (another(b.Price, a.Price) || a.Price.Valid && a.Currency != b.Currency)
		}),
		Stocks: number(func(r Row) bool { return matched(r) && another(r.Planned.Before.Stock, r.Planned.After.Stock) }),
		Tiers:  map[matching.Tier]int{}, Reasons: map[matching.Reason]int{}, Skips: map[matching.Reason]int{},
		Flags: map[matching.Flag]int{}, Becomes: map[Unmatched]int{}, Notes: map[Note]int{},
	}
	for _, x := range []matching.Tier{"t1", "t2"} {
		want.Tiers[x] = number(func(r Row) bool { return r.Tier == x })
	}
	for _, x := range []matching.Reason{"r1", "r2"} {
		want.Reasons[x] = number(func(r Row) bool { return unmatched(r) && r.Reason == x })
		want.Skips[x] = number(func(r Row) bool { return skipped(r) && r.Reason == x })
	}
	for _, x := range []matching.Flag{"f1", "f2"} {
		want.Flags[x] = number(func(r Row) bool { return !skipped(r) && r.Flag == x })
	}
	for _, x := range []Unmatched{UnmatchedListed, UnmatchedDraft, UnmatchedCreated} {
		want.Becomes[x] = number(func(r Row) bool { return unmatched(r) && r.Planned.Becomes == x })
	}
	for _, x := range []Note{"n1", "n2"} {
		want.Notes[x] = number(func(r Row) bool { return slices.Contains(r.Planned.Notes, x) })
	}
	if got := domaintest.Differences(f, want); len(got) != 0 {
		t.Errorf("%q", got)
	}
	if f.Created() != want.Becomes[UnmatchedDraft]+want.Becomes[UnmatchedCreated] {
		t.Errorf("created %d", f.Created())
	}
}

// One other value makes other values, whichever it is; other digits do not.
func TestValues_areTheProductsAndCompareAll(t *testing.T) {
	p := domaintest.Fill[domain.Product](0)
	v := ValuesOf(&p)
	if want := (Values{p.Price, p.Currency, p.Stock}); len(domaintest.Differences(v, want)) != 0 || ValuesOf(nil) != (Values{}) {
		t.Errorf("%+v", v)
	}
	long := v
	long.Price = decimal.NewNullDecimal(decimal.RequireFromString(v.Price.Decimal.String() + "00"))
	rest := Values{Price: decimal.NullDecimal{Decimal: p.Price.Decimal}} // what is left of a value that is absent
	if !v.Same(long) || !(Values{}).Same(Values{}) || !rest.Same(Values{}) {
		t.Error("the same values differ")
	}
	for path, other := range domaintest.Changed(v, domaintest.Fill[Values](1)) {
		if v.Same(other) || other.Same(v) {
			t.Errorf("another %s is the same", path)
		}
	}
	for path, other := range domaintest.Changed(v, Values{}) {
		if v.Same(other) || other.Same(v) {
			t.Errorf("no %s is the same", path)
		}
	}
}

func TestRow_deviation(t *testing.T) {
	v := Values{money("10"), "TRY", money("1")}
	plan := Planned{Outcome: OutcomeMatched, After: v}
	for name, c := range map[string]struct {
		planned Planned
		outcome Outcome
		applied Values
		want    Deviation
	}{
		"no outcome yet":   {plan, "", v, DeviationNone},
		"as unmatched":     {Planned{Outcome: OutcomeUnmatched}, OutcomeUnmatched, Values{}, DeviationNone},
		"did not fail":     {Planned{Outcome: OutcomeFailed}, OutcomeMatched, v, DeviationOutcome},
		"parted since":     {plan, OutcomeUnmatched, v, DeviationOutcome},
		"as planned":       {plan, OutcomeMatched, Values{money("10.00"), "TRY", money("1.0")}, DeviationNone},
		"waits":            {plan, OutcomePending, Values{}, DeviationNone},
		"never planned":    {Planned{}, OutcomeMatched, v, DeviationNone},
		"failed":           {plan, OutcomeFailed, Values{}, DeviationFailed},
		"failed as it was": {Planned{Outcome: OutcomeFailed}, OutcomeFailed, Values{}, DeviationNone},
		"paired since":     {Planned{Outcome: OutcomeUnmatched}, OutcomeMatched, v, DeviationOutcome},
		"another price":    {plan, OutcomeMatched, Values{money("11"), "TRY", money("1")}, DeviationValues},
		"another currency": {plan, OutcomeMatched, Values{money("10"), "USD", money("1")}, DeviationValues},
		"another stock":    {plan, OutcomeMatched, Values{money("10"), "TRY", decimal.NullDecimal{}}, DeviationValues},
	} {
		if got := (Row{Planned: c.planned, Outcome: c.outcome, Applied: c.applied}).Deviation(); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// market makes both sides at random, small enough that codes and barcodes collide.
func market(r *rand.Rand) (*fakeBooks, *fakeStore, Options) {
	code := func() domain.Code {
		return domain.Code([]string{"", "K-1", "k-1", "K-2", "Ş 3", "K-4", "K-5"}[r.IntN(7)])
	}
	barcode := func() domain.Barcode {
		return domain.Barcode([]string{"", "8690632059150", "8690504012345", "8,69E+12", "2000000000015", "4006381333931"}[r.IntN(6)])
	}
	number := func() decimal.NullDecimal {
		if r.IntN(6) == 0 {
			return decimal.NullDecimal{}
		}
		return decimal.NewNullDecimal(decimal.New(int64(r.IntN(5)-1), -int32(r.IntN(2))))
	}
	books := &fakeBooks{}
	for i := range r.IntN(12) {
		books.products = append(books.products, domain.RemoteProduct{
			ID: domain.RemoteID(fmt.Sprint(i + 1)), Type: 1, Code: code(), Barcode: barcode(), Active: r.IntN(5) > 0,
			Price: number(), Stock: number(), Currency: domain.Currency([]string{"", "TRY", "USD"}[r.IntN(3)]),
		})
	}
	var products []domain.Product
	for range r.IntN(12) {
		products = append(products, domain.Product{Code: code(), Barcode: barcode(), Price: number(), Stock: number(), Currency: "TRY"})
	}
	store := newFakeStore(products...)
	for id := range store.products {
		if r.IntN(4) == 0 && len(books.products) > 0 {
			store.bound[books.products[r.IntN(len(books.products))].ID] = id
		}
	}
	o := DefaultOptions(domain.TRY)
	o.Unmatched = []Unmatched{UnmatchedListed, UnmatchedDraft, UnmatchedCreated}[r.IntN(3)]
	o.OnlyInStock = r.IntN(4) == 0
	return books, store, o
}

func TestPlan_countsWhatTheRunDoesOnUnchangedData(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for round := range 2000 {
		books, store, o := market(r)
		j := NewJob(deps(books, store), Run{Options: o})
		if err := j.Prepare(t.Context()); err != nil {
			t.Fatal(err)
		}
		var plan Forecast
		for _, row := range store.rows {
			plan.Add(row)
		}
		before := maps.Clone(store.products)
		if err := j.Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		got := j.Snapshot().Counters
		want := Counters{Read: plan.Read, Transferred: plan.Matched + plan.Unmatched, Matched: plan.Matched, Unmatched: plan.Unmatched, Skipped: plan.Skipped, Failed: plan.Failed}
		if got != want {
			t.Fatalf("round %d: run %+v, plan %+v", round, got, want)
		}
		prices, stocks := 0, 0
		for id, p := range before {
			if now := store.products[id]; !equal(now.Price, p.Price) {
				prices++
			} else if !equal(now.Stock, p.Stock) {
				stocks++
			}
		}
		if prices > plan.Prices || stocks > plan.Stocks || len(store.products)-len(before) != plan.Created() {
			t.Fatalf("round %d: %d prices, %d stocks, %d products; plan %+v", round, prices, stocks, len(store.products)-len(before), plan)
		}
		sums(t, plan)
		for _, row := range store.rows {
			if d := row.Deviation(); d != DeviationNone || !slices.Equal(row.Notes, row.Planned.Notes) {
				t.Fatalf("round %d: %q: %+v", round, d, row)
			}
		}
	}
}

// sums checks that the parts of a forecast add up; nothing failed in it.
func sums(t *testing.T, f Forecast) {
	t.Helper()
	total := func(n, want int, what string) {
		if n != want {
			t.Errorf("%s add up to %d of %d: %+v", what, n, want, f)
		}
	}
	all := 0
	for _, n := range f.Tiers {
		all += n
	}
	total(all, f.Matched, "tiers")
	all = 0
	for _, n := range f.Reasons {
		all += n
	}
	total(all, f.Unmatched, "reasons")
	all = 0
	for _, n := range f.Skips {
		all += n
	}
	total(all, f.Skipped, "skips")
	all = 0
	for _, n := range f.Becomes {
		all += n
	}
	total(all, f.Unmatched, "what they become")
	total(f.Matched+f.Unmatched+f.Skipped+f.Failed, f.Read, "outcomes")
}

func TestPlan_deviationsAreTheRowsWhoseProductChanged(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	deviated := 0
	for round := range 500 {
		books, store, o := market(r)
		j := NewJob(deps(books, store), Run{Options: o})
		if err := j.Prepare(t.Context()); err != nil {
			t.Fatal(err)
		}
		touched := map[domain.ProductID]bool{}
		for id, p := range store.products {
			if r.IntN(3) == 0 {
				p.Revision++
				store.products[id], touched[id] = p, true
			}
		}
		if err := j.Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, row := range store.rows {
			want := DeviationNone
			if touched[row.ProductID] && row.Planned.Outcome == OutcomeMatched {
				want = DeviationFailed
				deviated++
			}
			if row.Deviation() != want {
				t.Fatalf("round %d: %q, want %q: %+v", round, row.Deviation(), want, row)
			}
		}
	}
	if deviated == 0 {
		t.Error("nothing deviated in any round")
	}
}

func TestPlan_isOldAfterADay(t *testing.T) {
	p := Plan{ReadAt: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)}
	if p.OldAt(p.ReadAt.Add(24*time.Hour)) || !p.OldAt(p.ReadAt.Add(24*time.Hour+time.Second)) {
		t.Error("a day is not a day")
	}
}

// What the wizard says to go by is what a match goes by, and what a person bound or took apart holds.
func TestJob_matchesByWhatWasChosen(t *testing.T) {
	codes := []domain.RemoteProduct{
		{ID: "bound", Active: true},
		{ID: "apart", Code: "C-2", Active: true},
		{ID: "barcode", Barcode: "8690632059150", Active: true},
		{ID: "code", Code: "C-4", Active: true},
		{ID: "passive", Code: "C-5"},
		{ID: "alone", Code: "C-9", Active: true},
	}
	for _, o := range []Options{{ByBarcode: true, ByCode: true}, {ByBarcode: true}, {ByCode: true}, {ByBarcode: true, ByCode: true, IncludePassive: true}} {
		o.Currency, o.Unmatched = domain.TRY, UnmatchedListed
		store := newFakeStore(domain.Product{}, domain.Product{Code: "C-2"}, domain.Product{Barcode: "8690632059150"}, domain.Product{Code: "C-4"}, domain.Product{Code: "C-5"})
		for id, p := range store.products {
			p.Revision = 10 + int64(id)
			store.products[id] = p
		}
		store.bound["bound"] = 1
		store.separated = []matching.Pair{{Remote: "apart", Local: 2}}
		if err := NewJob(deps(&fakeBooks{products: codes}, store), Run{Options: o}).Prepare(t.Context()); err != nil {
			t.Fatal(err)
		}
		if r := store.runs[1]; r.Phase != PhaseApply || r.State != StatePlanned || !r.ConfirmedAt.IsZero() || r.ReadAt.IsZero() {
			t.Errorf("%+v: %+v", o, r)
		}
		type found struct {
			tier    matching.Tier
			local   domain.ProductID
			skipped bool
		}
		want := map[domain.RemoteID]found{"bound": {matching.TierKnown, 1, false}, "apart": {}, "barcode": {}, "code": {}, "passive": {"", 0, true}, "alone": {}}
		if o.ByBarcode {
			want["barcode"] = found{matching.TierBarcode, 3, false}
		}
		if o.ByCode {
			want["code"] = found{matching.TierCode, 4, false}
		}
		if o.IncludePassive {
			want["passive"] = found{matching.TierCode, 5, false}
		}
		for _, row := range store.rows {
			w, revision := want[row.Remote.ID], int64(0)
			if w.local != 0 {
				revision = 10 + int64(w.local)
			}
			outcome := OutcomeUnmatched
			switch {
			case w.skipped:
				outcome = OutcomeSkipped
			case w.local != 0:
				outcome = OutcomeMatched
			}
			if got := (found{row.Tier, row.ProductID, row.Skipped}); got != w || row.Revision != revision || row.Planned.Outcome != outcome {
				t.Errorf("%+v: %s is %+v of revision %d, planned %s; want %+v", o, row.Remote.ID, got, row.Revision, row.Planned.Outcome, w)
			}
		}
	}
}
