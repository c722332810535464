package transfer

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/matching"
)

// echo words every key with itself and its arguments.
type echo struct{}

func (echo) Has(string) bool { return true }

func (echo) T(key string, args ...any) string {
	if len(args) == 0 {
		return key
	}
	return fmt.Sprintf("%s%v", key, args)
}

func page(t *testing.T, p PlanPage, lang string) string {
	t.Helper()
	var b strings.Builder
	if err := p.WriteHTML(&b, echo{}, lang); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestPlanPage_showsBeforeAndAfterAndEscapes(t *testing.T) {
	row := Row{
		Remote: domain.RemoteProduct{Code: "K<1>", Barcode: "869", Name: `<script>alert("x")</script>`}, Tier: matching.TierBarcode,
		Planned: Planned{
			Outcome: OutcomeMatched, Notes: []Note{NoteNegativeStock},
			Before: Values{money("12.5"), "TRY", money("3")}, After: Values{money("1234.5"), "TRY", money("-2")},
		},
	}
	lone := Row{Remote: domain.RemoteProduct{Code: "K-2"}, Reason: matching.ReasonAmbiguous, Candidates: 3, Planned: Planned{Outcome: OutcomeUnmatched, Becomes: UnmatchedListed}}
	p := PlanPage{Document: Document{Name: `Ayşe & "Oğlu"`, Plan: Plan{Options: DefaultOptions("TRY"), Cost: CostOf(120), ReadAt: time.Date(2026, 11, 24, 11, 5, 0, 0, time.UTC)}}}
	for _, r := range []Row{row, lone} {
		p.Add(r)
		p.First = append(p.First, Listed{Row: r, ProductName: "Kitap"})
	}
	got := page(t, p, "tr")
	for _, want := range []string{
		"12,50 ₺", "1.234,50 ₺", ">3<", ">-2<", "K&lt;1&gt;", "&lt;script&gt;", "Ayşe &amp; &#34;Oğlu&#34;", "tier.barcode", "note.negative-stock",
		"reason.ambiguous[3]", "plan.becomes.listed", "plan.lead[2 1 1 0]", "plan.cost.value[2 0]", "24.11.2026 14:05", `lang="tr"`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing", want)
		}
	}
	for _, never := range []string{"<script", "http:", "https:", "src=", "@import", "url("} {
		if strings.Contains(got, never) {
			t.Errorf("the page has %q: it must need nothing but itself", never)
		}
	}
	if english := page(t, p, "en"); !strings.Contains(english, "₺1,234.50") || !strings.Contains(english, "24 Nov 2026 14:05") {
		t.Error("not written the English way")
	}
}

func TestPlanPage_ofNothing(t *testing.T) {
	if got := page(t, PlanPage{}, "tr"); !strings.Contains(got, "plan.lead.empty") || strings.Contains(got, "<th") {
		t.Error(got)
	}
}

func TestForecast_sumsAddUp(t *testing.T) {
	f := Forecast{
		Read: 10, Matched: 3, Unmatched: 6, Skipped: 1, Prices: 2,
		Tiers:   map[matching.Tier]int{matching.TierCode: 2, matching.TierBarcode: 1},
		Reasons: map[matching.Reason]int{matching.ReasonAmbiguous: 2, matching.ReasonNoCandidate: 4},
		Skips:   map[matching.Reason]int{matching.ReasonPassive: 1},
		Becomes: map[Unmatched]int{UnmatchedCreated: 4, UnmatchedListed: 2},
		Notes:   map[Note]int{NoteZeroPrice: 1},
	}
	var said []string
	for _, s := range f.Sums(echo{}) {
		said = append(said, fmt.Sprintf("%s %d %v", s.Name, s.N, s.Parts))
	}
	want := "plan.matched 3 [{tier.code 2} {tier.barcode 1}]; plan.unmatched 6 [{reason.no-candidate 4} {plan.ambiguous 2}]; " +
		"plan.skipped 1 [{reason.passive 1}]; plan.becomes 6 [{plan.becomes.created 4} {plan.becomes.listed 2}]; " +
		"plan.changes 0 [{plan.prices 2} {plan.stocks 0} {plan.created 4}]; plan.look 0 [{note.zero-price 1}]"
	if got := strings.Join(said, "; "); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
