package report

import (
	"errors"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/domain/words"
)

var text = regexp.MustCompile(`>([^<]+)`)

// shown gives the texts that a reader of the page sees, in their order.
func shown(t *testing.T, r Report, l words.Words) []string {
	t.Helper()
	var b strings.Builder
	if err := r.WriteHTML(&b, l); err != nil {
		t.Fatal(err)
	}
	return texts(b.String())
}

// texts are what stands between the tags of a page's body.
func texts(page string) []string {
	_, body, _ := strings.Cut(page, "<body>")
	var all []string
	for _, m := range text.FindAllStringSubmatch(body, -1) {
		if s := strings.TrimSpace(html.UnescapeString(m[1])); s != "" {
			all = append(all, s)
		}
	}
	return all
}

func amount(s string) decimal.NullDecimal {
	return decimal.NewNullDecimal(decimal.RequireFromString(s))
}

// whole is a report that has everything, each number once.
func whole() Report {
	at := func(h int) time.Time { return time.Date(2026, 11, 24, h, 5, 0, 0, time.UTC) }
	row := func(code, barcode, name string, r transfer.Row) transfer.Listed {
		r.Remote.Code, r.Remote.Barcode, r.Remote.Name = domain.Code(code), domain.Barcode(barcode), name
		return transfer.Listed{Row: r, ProductName: "başka", ProductCode: "X"}
	}
	return Report{
		Company: "Deneme", MadeAt: at(17),
		Run: transfer.Run{
			ID: 41, State: transfer.StatePartlyDone, Cause: domain.KindRejected, Detail: "sebep",
			Options: transfer.Options{
				IncludePassive: true, OnlyInStock: true, ByBarcode: true, ByCode: true, Unmatched: transfer.UnmatchedDraft,
				TakeName: true, TakeBrand: true, TakeVAT: true, Limit: 20, ReportTo: "a@example.com", Currency: domain.TRY,
			},
			Counters: transfer.Counters{Read: 1001, Transferred: 1002, Matched: 1003, Unmatched: 1004, Skipped: 1005, Failed: 1006, Pending: 1007},
			APIReads: 31, APIWrites: 32, CreatedAt: at(8), ReadAt: at(9), ConfirmedAt: at(10), FinishedAt: at(11), Worked: 65 * time.Second,
		},
		Tiers:   []Count[matching.Tier]{{"barcode", 51}, {"code", 52}},
		Reasons: []Count[matching.Reason]{{"conflict", 53}, {"ambiguous", 54}},
		Skips:   []Count[matching.Reason]{{"passive", 55}},
		Notes:   []Count[transfer.Note]{{"zero-price", 56}},
		Flags:   []Count[matching.Flag]{{"vetoed", 57}},
		Problems: []transfer.Listed{
			row("K-1", "869", "Ürün", transfer.Row{
				Remote: domain.RemoteProduct{Price: amount("1234.5"), Currency: domain.USD, Stock: amount("-2.5")},
				Reason: matching.ReasonAmbiguous, Candidates: 3, Flag: matching.FlagVetoed, Outcome: transfer.OutcomeUnmatched, Notes: []transfer.Note{"zero-price", "negative-stock"},
			}),
			row("", "", "Adı var", transfer.Row{Remote: domain.RemoteProduct{Price: amount("1")}, Outcome: transfer.OutcomeMatched}),
		},
		ProblemCount: 1502,
		Plan:         &transfer.Plan{Forecast: transfer.Forecast{Matched: 61, Unmatched: 62, Skipped: 63, Failed: 64}},
		Deviations: []transfer.Listed{
			row("K-2", "", "Sapan", transfer.Row{Planned: transfer.Planned{Outcome: transfer.OutcomeMatched}, Outcome: transfer.OutcomeFailed}),
			row("", "8690", "", transfer.Row{Planned: transfer.Planned{Outcome: transfer.OutcomeUnmatched}, Outcome: transfer.OutcomeMatched}),
		},
		DeviationCount: 1202,
	}
}

// What a reader of the whole report finds, whichever way it leaves: counters, facts, lists and problems.
var (
	wholeLead  = []string{"report.lead.partly_done[1.001 1.002 1.007]", "<error.rejected.what> error.detail[sebep] <error.rejected.do>"}
	wholeCards = [][2]string{{"counters.transferred", "1.002"}, {"counters.matched", "1.003"}, {"counters.unmatched", "1.004"}}
	wholeRest  = [][2]string{{"report.read", "1.001"}, {"counters.skipped", "1.005"}, {"counters.failed", "1.006"}, {"counters.pending", "1.007"}}
	wholeLists = []struct {
		title string
		lines [][2]string
	}{
		{"report.tiers", [][2]string{{"tier.barcode", "51"}, {"tier.code", "52"}}},
		{"report.reasons", [][2]string{{"reason.conflict", "53"}, {"plan.ambiguous", "54"}}},
		{"report.skips", [][2]string{{"reason.passive", "55"}}},
		{"report.notes", [][2]string{{"note.zero-price", "56"}, {"flag.vetoed", "57"}}},
		{"report.plan", [][2]string{
			{"counters.matched", "report.plan.value[61 1003]"},
			{"counters.unmatched", "report.plan.value[62 1004]"},
			{"counters.skipped", "report.plan.value[63 1005]"},
			{"counters.failed", "report.plan.value[64 1006]"},
		}},
		{"report.deviations[1202]", [][2]string{{"K-2 · Sapan", "deviation.failed"}, {"8690", "deviation.outcome"}, {"report.deviations.more", "1.200"}}},
	}
	wholeFacts = [][2]string{
		{"report.company", "Deneme"},
		{"report.transfer", "report.transfer.no[41]"},
		{"report.state", "state.partly_done"},
		{"report.began", "24.11.2026 11:05"},
		{"report.ended", "24.11.2026 14:05"},
		{"report.worked", "duration.minutes-seconds[1 5]"},
		{"report.calls", "report.calls.value[31 32]"},
		{"report.options", "report.option.barcode, report.option.code, report.option.passive, report.option.stock, " +
			"report.option.unmatched.draft, report.option.name, report.option.brand, report.option.vat, report.option.limit[20]"},
	}
	wholeProblems = [][]string{
		{"K-1", "869", "Ürün", "1.234,50 $", "-2,5", "outcome.unmatched", "reason.ambiguous[3] · flag.vetoed · note.zero-price · note.negative-stock"},
		{"Adı var", "1,00 ₺", "outcome.matched"},
	}
)

func TestFacts_areTheWholeReportInNumbers(t *testing.T) {
	want := slices.Concat(wholeFacts, wholeCards, wholeRest)
	for _, list := range wholeLists {
		want = append(append(want, [2]string{}, [2]string{list.title, ""}), list.lines...)
	}
	if got := whole().Facts(language); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestHTML_showsTheWholeReport(t *testing.T) {
	want := []string{"report.title", "state.partly_done", "Deneme", "24.11.2026 14:05"}
	add := func(pairs [][2]string) {
		for _, p := range pairs {
			want = append(want, p[0], p[1])
		}
	}
	want = append(want, wholeLead...)
	for _, c := range wholeCards {
		want = append(want, c[1], c[0]) // the number stands above its name
	}
	add(wholeRest)
	for _, list := range wholeLists {
		want = append(want, list.title)
		add(list.lines)
	}
	want = append(want, "report.facts")
	add(wholeFacts)
	want = append(want, "report.problems[1.502]", "export.code", "export.barcode", "export.name", "report.price", "export.stock", "export.outcome", "export.reason")
	for _, p := range wholeProblems {
		want = append(want, p...)
	}
	want = append(want, "report.problems.more[1.500]", "report.footer[24.11.2026 20:05]")
	got := shown(t, whole(), language)
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || got[i] != want[i] {
			t.Fatalf("from %d: got %q, want %q", i, got[min(i, len(got)):], want[min(i, len(want)):])
		}
	}
	var b strings.Builder
	if err := whole().WriteHTML(&b, english); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{
		`<html lang="en">`, "<title>report.title.full[Deneme 24 Nov 2026 14:05]</title>", `class="state partly_done"`,
		`<td class="blue"><span class="n">1,002<`, `<td class="green"><span class="n">1,003<`, `<td class="orange"><span class="n">1,004<`, "$1,234.50",
	} {
		if !strings.Contains(b.String(), part) {
			t.Errorf("%q is missing", part)
		}
	}
}

// aligned writes pairs as the text has them: the values of one table under each other.
func aligned(pairs [][2]string) string {
	width := 0
	for _, p := range pairs {
		width = max(width, len([]rune(p[0])))
	}
	var b strings.Builder
	for _, p := range pairs {
		b.WriteString("  " + p[0])
		for range width - len([]rune(p[0])) {
			b.WriteByte(' ')
		}
		b.WriteString("  " + p[1] + "\n")
	}
	return b.String()
}

func TestText_saysTheSame(t *testing.T) {
	title := "report.title.full[Deneme 24.11.2026 14:05]"
	want := title + "\n" + strings.Repeat("=", len(title)) + "\n\n" + strings.Join(wholeLead, "\n") + "\n\n" + aligned(slices.Concat(wholeCards, wholeRest))
	for _, list := range wholeLists {
		want += "\n" + list.title + "\n" + aligned(list.lines)
	}
	want += "\n" + aligned(wholeFacts) + "\nreport.problems[1.502]\n" +
		"- K-1 · 869 · Ürün: outcome.unmatched; reason.ambiguous[3] · flag.vetoed · note.zero-price · note.negative-stock\n" +
		"- Adı var: outcome.matched\nreport.problems.more[1.500]\n"
	if got := whole().Text(language); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// What is not there leaves no line, no heading and no empty table behind.
func TestReport_saysNothingOfWhatIsNotThere(t *testing.T) {
	bare := Report{Company: "Şirket", Run: transfer.Run{ID: 1, State: transfer.StateDone, Options: transfer.Options{Unmatched: transfer.UnmatchedListed}}}
	lead := "report.lead.done[0 0 0]"
	counters := [][2]string{
		{"counters.transferred", "0"},
		{"counters.matched", "0"},
		{"counters.unmatched", "0"},
		{"report.read", "0"},
		{"counters.skipped", "0"},
		{"counters.failed", "0"},
		{"counters.pending", "0"},
	}
	facts := [][2]string{
		{"report.company", "Şirket"},
		{"report.transfer", "report.transfer.no[1]"},
		{"report.state", "state.done"},
		{"report.began", "none"},
		{"report.worked", "duration.seconds[1]"},
		{"report.calls", "report.calls.value[0 0]"},
		{"report.options", "report.option.unmatched.listed"},
	}
	title := "report.title.full[Şirket none]"
	want := title + "\n" + strings.Repeat("=", len([]rune(title))) + "\n\n" + lead + "\n\n" + aligned(counters) + "\n" + aligned(facts)
	if got := bare.Text(language); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := bare.Facts(language); !slices.Equal(got, slices.Concat(facts, counters)) {
		t.Errorf("%q", got)
	}
	page := shown(t, bare, language)
	for _, s := range page {
		if strings.Contains(s, "error.") || strings.Contains(s, "problems") || strings.Contains(s, "export.") || strings.Contains(s, "report.plan") {
			t.Errorf("%q is shown of nothing", s)
		}
	}
	if len(page) != 4+1+14+1+14+1 { // heading, state, company and time, lead, counters, heading, facts, footer
		t.Errorf("%q", page)
	}
	// All problems and deviations named: nothing is left to say how many more.
	r := whole()
	r.ProblemCount, r.DeviationCount = len(r.Problems), len(r.Deviations)
	for _, s := range append(shown(t, r, language), r.Text(language)) {
		if strings.Contains(s, ".more") {
			t.Errorf("%q of nothing more", s)
		}
	}
	r.ProblemCount, r.Problems = 1, r.Problems[:1]
	if got := r.Text(language); !strings.Contains(got, "\nreport.problems[1]\n- K-1 · ") {
		t.Errorf("a single problem is left out: %s", got)
	}
	// A plan of nothing against nothing is no list; its deviations still are.
	r.Run.Counters, r.Plan = transfer.Counters{}, &transfer.Plan{}
	if lists := r.planLists(language); len(lists) != 1 || lists[0].Title != "report.deviations[2]" {
		t.Errorf("%q", lists)
	}
	r.DeviationCount = 0
	if lists := r.planLists(language); len(lists) != 0 {
		t.Errorf("%q", lists)
	}
	for _, c := range []struct{ planned, came int }{{1, 0}, {0, 1}} {
		r.Plan.Skipped, r.Run.Counters.Skipped = c.planned, c.came
		want := fmt.Sprintf("[{report.plan [{counters.skipped report.plan.value[%d %d]}]}]", c.planned, c.came)
		if got := fmt.Sprint(r.planLists(language)); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	r.DeviationCount = 1
	if lists := r.planLists(language); len(lists) != 2 {
		t.Errorf("one deviation: %q", lists)
	}
}

// Each choice of the wizard is said when it was made, and nothing else is.
func TestOptions_saysWhatWasChosen(t *testing.T) {
	for want, o := range map[string]transfer.Options{
		"report.option.barcode":   {ByBarcode: true},
		"report.option.code":      {ByCode: true},
		"report.option.passive":   {IncludePassive: true},
		"report.option.stock":     {OnlyInStock: true},
		"report.option.name":      {TakeName: true},
		"report.option.brand":     {TakeBrand: true},
		"report.option.vat":       {TakeVAT: true},
		"report.option.limit[1]":  {Limit: 1},
		"report.option.limit[20]": {Limit: 20},
	} {
		o.Unmatched = transfer.UnmatchedCreated
		parts := strings.Split(Report{Run: transfer.Run{Options: o}}.options(language), ", ")
		slices.Sort(parts)
		expected := []string{"report.option.unmatched.created", want}
		slices.Sort(expected)
		if !slices.Equal(parts, expected) {
			t.Errorf("%+v: %q", o, parts)
		}
	}
}

// A run that failed, and a state that has no sentence of its own, are led by the general one.
func TestLead_namesTheStateThatHasNoSentence(t *testing.T) {
	for state, want := range map[transfer.State]string{
		transfer.StateDone:    "report.lead.done[1,001 1,002 1,007]",
		transfer.StateStopped: "report.lead.stopped[1,001 1,002 1,007]",
		transfer.StatePaused:  "report.lead.other[state.paused 1,001 1,002 1,007]",
		transfer.StateFailed:  "report.lead.other[state.failed 1,001 1,002 1,007]",
	} {
		r := whole()
		r.Run.State = state
		if got := r.Lead(english); got != want {
			t.Errorf("%s: %s", state, got)
		}
	}
}

func TestReport_causeHasADetailOrNot(t *testing.T) {
	for want, run := range map[string]transfer.Run{
		"":                                    {Detail: "of nothing"},
		"<error.quota.what> <error.quota.do>": {Cause: domain.KindQuota, Detail: "no sentence of a server's"},
		"<error.rejected.what> <error.rejected.do>":                  {Cause: domain.KindRejected},
		"<error.rejected.what> error.detail[ne] <error.rejected.do>": {Cause: domain.KindRejected, Detail: "ne"},
	} {
		if got := (Report{Run: run}).cause(language); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestReport_isKnownByItsEndElseByWhenItWasMade(t *testing.T) {
	r := whole()
	if !r.At().Equal(r.Run.FinishedAt) {
		t.Errorf("%v", r.At())
	}
	r.Run.FinishedAt = time.Time{}
	if !r.At().Equal(r.MadeAt) {
		t.Errorf("%v", r.At())
	}
}

func TestDeviating_namesARowByWhatItHas(t *testing.T) {
	for want, p := range map[string]domain.RemoteProduct{
		"K · Ad":  {Code: "K", Barcode: "8", Name: "Ad"},
		"8 · Ad":  {Barcode: "8", Name: "Ad"},
		"Ad":      {Name: "Ad"},
		"K":       {Code: "K"},
		"8":       {Barcode: "8"},
		"":        {},
		"A·B · C": {Code: "A·B", Name: "C"},
	} {
		if got := deviating(transfer.Listed{Row: transfer.Row{Remote: p}}); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// full is a disk that has room for so many writes.
type full struct{ room int }

func (f *full) Write(p []byte) (int, error) {
	if f.room--; f.room < 0 {
		return 0, errFull
	}
	return len(p), nil
}

var errFull = errors.New("no room")

func TestHTML_saysWhenItCannotBeWritten(t *testing.T) {
	for n := 0; ; n++ {
		err := whole().WriteHTML(&full{n}, language)
		if err == nil {
			if n < 50 {
				t.Errorf("the whole page in %d writes", n)
			}
			return
		}
		if !errors.Is(err, errFull) {
			t.Fatalf("write %d: %v", n, err)
		}
	}
}
