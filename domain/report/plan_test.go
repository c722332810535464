package report

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

func TestReport_setsThePlanAgainstTheOutcome(t *testing.T) {
	r := sample()
	r.Run.Counters = transfer.Counters{Read: 10, Transferred: 8, Matched: 5, Unmatched: 3, Failed: 2}
	r.Plan = &transfer.Plan{Forecast: transfer.Forecast{Read: 10, Matched: 7, Unmatched: 3}}
	failed := transfer.Row{
		Remote:  domain.RemoteProduct{Code: "K-1", Name: "4540536920 <b>Ltd</b>"},
		Planned: transfer.Planned{Outcome: transfer.OutcomeMatched}, Outcome: transfer.OutcomeFailed,
	}
	r.Deviations, r.DeviationCount = []transfer.Listed{{Row: failed}}, 2
	var said []string
	for _, list := range r.planLists(language) {
		said = append(said, fmt.Sprint(list))
	}
	want := "{report.plan [{counters.matched report.plan.value[7 5]} {counters.unmatched report.plan.value[3 3]} {counters.failed report.plan.value[0 2]}]} " +
		"{report.deviations[2] [{K-1 · 4540536920 <b>Ltd</b> deviation.failed} {report.deviations.more 1}]}"
	if got := strings.Join(said, " "); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	var page strings.Builder
	if err := r.Masked().WriteHTML(&page, language); err != nil {
		t.Fatal(err)
	}
	for part, wanted := range map[string]bool{"report.plan": true, "K-1": true, "<b>Ltd": false, "4540536920 ": false} {
		if strings.Contains(page.String(), part) != wanted {
			t.Errorf("%q on the page: %v", part, !wanted)
		}
	}
	if !strings.Contains(r.Text(language), "deviation.failed") {
		t.Error("not in the text")
	}
	r.Plan = nil
	if lists := r.planLists(language); lists != nil {
		t.Errorf("of a run without a plan: %v", lists)
	}
}
