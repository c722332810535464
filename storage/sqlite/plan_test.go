package sqlite

import (
	"reflect"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

func TestSavePlan_keepsAndCountsWhatIsForeseen(t *testing.T) {
	c := newCompany(t)
	const rows = 2*planStep + 7 // more than one step
	addProducts(t, c, 3)
	r := staged(t, c, remotes(rows))
	r.ReadAt = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	r.Total = rows
	if _, ok, err := c.Plan(t.Context(), r.ID); ok || err != nil {
		t.Fatalf("a plan before the match: %v, %v", ok, err)
	}
	var plan []matching.Decision
	for i, p := range remotes(rows) {
		d := matching.Decision{Remote: p.ID, Reason: matching.ReasonNoCandidate}
		if i < 3 {
			d = matching.Decision{Remote: p.ID, Tier: matching.TierCode, Local: domain.ProductID(i + 1)}
		}
		plan = append(plan, d)
	}
	if err := c.SavePlan(t.Context(), r, plan, nil, foreseen); err != nil {
		t.Fatal(err)
	}
	got, ok, err := c.Plan(t.Context(), r.ID)
	if err != nil || !ok {
		t.Fatalf("%v, %v", ok, err)
	}
	want := transfer.Plan{
		RunID: r.ID, Options: r.Options, ReadAt: r.ReadAt, MadeAt: got.MadeAt,
		Cost: transfer.Cost{Products: rows, Reads: 11},
		Forecast: transfer.Forecast{
			Read: rows, Matched: 3, Unmatched: rows - 3, Prices: 3, Stocks: 3,
			Tiers:   map[matching.Tier]int{matching.TierCode: 3},
			Reasons: map[matching.Reason]int{matching.ReasonNoCandidate: rows - 3},
			Becomes: map[transfer.Unmatched]int{transfer.UnmatchedListed: rows - 3},
		},
	}
	if got.MadeAt.IsZero() || !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	listed, _, err := c.Rows(t.Context(), transfer.Query{RunID: r.ID, Outcome: transfer.OutcomePending, Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	planned := transfer.Planned{
		Outcome: transfer.OutcomeMatched,
		Before:  transfer.Values{Price: dec("1"), Currency: domain.TRY, Stock: dec("1")},
		After:   transfer.Values{Price: remotes(1)[0].Price, Currency: domain.TRY, Stock: remotes(1)[0].Stock},
	}
	if p := listed[0].Planned; p.Outcome != planned.Outcome || !p.Before.Same(planned.Before) || !p.After.Same(planned.After) {
		t.Errorf("got  %+v\nwant %+v", p, planned)
	}
}

func TestSavePlan_theFirstPlanStaysWhenARowIsMatchedAnew(t *testing.T) {
	c := newCompany(t)
	r := planned(t, c, 2)
	first, _, err := c.Plan(t.Context(), r.ID)
	if err != nil {
		t.Fatal(err)
	}
	plan := []matching.Decision{{Remote: "1", Reason: matching.ReasonNoCandidate}}
	if err := c.SavePlan(t.Context(), r, plan, nil, foreseen); err != nil {
		t.Fatal(err)
	}
	second, _, err := c.Plan(t.Context(), r.ID)
	if err != nil || !reflect.DeepEqual(first, second) {
		t.Errorf("first %+v\nthen %+v, %v", first, second, err)
	}
	rows, _, err := c.Rows(t.Context(), transfer.Query{RunID: r.ID, Outcome: transfer.OutcomePending, Limit: 1})
	if err != nil || rows[0].Reason != matching.ReasonNoCandidate || rows[0].ProductID != 0 || rows[0].Planned.Outcome != transfer.OutcomeMatched {
		t.Errorf("%+v, %v", rows, err)
	}
	if err := c.DropRows(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	if _, ok, err := c.Plan(t.Context(), r.ID); ok || err != nil {
		t.Errorf("the plan of rows that are gone: %v, %v", ok, err)
	}
}

func TestRows_deviating(t *testing.T) {
	c := newCompany(t)
	r := planned(t, c, 5)
	r, _, err := c.Apply(t.Context(), r, 4, func(cand transfer.Candidate) transfer.Effect {
		switch cand.Row.Remote.ID {
		case "1":
			return transfer.Effect{Outcome: transfer.OutcomeFailed, Notes: []transfer.Note{transfer.NoteChanged}}
		case "2":
			e := takePrice(cand)
			e.Product.Price = dec("99")
			return e
		case "3":
			return transfer.Effect{Outcome: transfer.OutcomeUnmatched}
		default:
			return takePrice(cand)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	rows, total, err := c.Rows(t.Context(), transfer.Query{RunID: r.ID, Deviating: true})
	if err != nil || total != 3 {
		t.Fatalf("%d rows, %v", total, err)
	}
	got := map[domain.RemoteID]transfer.Deviation{}
	for _, row := range rows {
		got[row.Remote.ID] = row.Deviation()
	}
	want := map[domain.RemoteID]transfer.Deviation{"1": transfer.DeviationFailed, "2": transfer.DeviationValues, "3": transfer.DeviationOutcome}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	all, _, err := c.Rows(t.Context(), transfer.Query{RunID: r.ID})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range all { // the query and the domain agree
		if _, listed := got[row.Remote.ID]; listed != (row.Deviation() != transfer.DeviationNone) {
			t.Errorf("row %s: %q", row.Remote.ID, row.Deviation())
		}
	}
}
