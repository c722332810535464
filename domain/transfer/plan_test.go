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

func TestRow_deviation(t *testing.T) {
	v := Values{money("10"), "TRY", money("1")}
	plan := Planned{Outcome: OutcomeMatched, After: v}
	for name, c := range map[string]struct {
		planned Planned
		outcome Outcome
		applied Values
		want    Deviation
	}{
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
		return decimal.NewNullDecimal(decimal.New(int64(r.IntN(5)-1), -int32(r.IntN(2)))) //nolint:gosec // small
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
	r := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // wants to be repeatable
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
		want := Counters{Read: plan.Read, Transferred: plan.Transferred(), Matched: plan.Matched, Unmatched: plan.Unmatched, Skipped: plan.Skipped, Failed: plan.Failed}
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
	r := rand.New(rand.NewPCG(3, 4)) //nolint:gosec // wants to be repeatable
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
