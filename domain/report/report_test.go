package report

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/domain/words"
)

// echo words a key by itself and its arguments; the errors that are known have words of their own.
func echo(key string, args ...any) string {
	switch {
	case slices.Contains([]string{"error.rejected.what", "error.rejected.do", "error.quota.what", "error.quota.do"}, key):
		return "<" + key + ">"
	case len(args) == 0:
		return key
	}
	return fmt.Sprintf("%s%v", key, args)
}

var language, english = words.New("tr", echo), words.New("en", echo)

// Whatever the rows are, what a report counts adds up to the run's counters.
func TestNew_addsUp(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	outcomes := []transfer.Outcome{transfer.OutcomePending, transfer.OutcomeMatched, transfer.OutcomeUnmatched, transfer.OutcomeSkipped, transfer.OutcomeFailed}
	tiers := []matching.Tier{matching.TierKnown, matching.TierBarcode, matching.TierCode, matching.TierSpelling}
	reasons := []matching.Reason{matching.ReasonConflict, matching.ReasonAmbiguous, matching.ReasonNoCandidate}
	for range 500 {
		var groups []Group
		var c transfer.Counters
		for range r.IntN(20) {
			g := Group{Outcome: outcomes[r.IntN(len(outcomes))], N: r.IntN(1000)}
			if g.Outcome == transfer.OutcomeMatched {
				g.Tier = tiers[r.IntN(len(tiers))]
			} else {
				g.Reason = reasons[r.IntN(len(reasons))]
			}
			groups = append(groups, g)
			c.Read += g.N
			for range g.N {
				c.Pending++
				c.Count(g.Outcome)
			}
		}
		got := New("Deneme", transfer.Run{Counters: c}, groups, time.Now())
		if sum(got.Tiers) != c.Matched || sum(got.Reasons) != c.Unmatched || sum(got.Skips) != c.Skipped {
			t.Fatalf("%+v\n%+v", c, got)
		}
		if !slices.IsSortedFunc(got.Tiers, func(a, b Count[matching.Tier]) int { return b.N - a.N }) {
			t.Errorf("not the most first: %+v", got.Tiers)
		}
	}
}

func TestNew_carriesTheRunAndCountsEveryGroup(t *testing.T) {
	run, at := domaintest.Fill[transfer.Run](0), domaintest.Moment
	groups := []Group{
		{transfer.OutcomeMatched, "t1", "r0", "", "f1", []transfer.Note{"n1", "n2"}, 3},
		{transfer.OutcomeMatched, "t2", "", "", matching.FlagNone, []transfer.Note{"n1"}, 4},
		{transfer.OutcomeMatched, "t1", "", transfer.DecidePair, "f2", nil, 1},
		{transfer.OutcomeUnmatched, "t9", "r2", "", "f1", []transfer.Note{"n3"}, 5},
		{transfer.OutcomeUnmatched, "", "r1", "", "", nil, 5},
		{transfer.OutcomeSkipped, "", "r2", "", "", nil, 7},
		{transfer.OutcomeSkipped, "", "r3", "", "", nil, 0},
		{transfer.OutcomeFailed, "t5", "r5", "", "f3", []transfer.Note{"n4"}, 6},
		{transfer.OutcomePending, "t7", "r7", "", "f7", []transfer.Note{"n7"}, 8},
	}
	want := Report{
		Company: "Deneme", Run: run, MadeAt: at,
		Tiers:   []Count[matching.Tier]{{"t1", 4}, {"t2", 4}},
		Skips:   []Count[matching.Reason]{{"r2", 7}},
		Reasons: []Count[matching.Reason]{{"r1", 5}, {"r2", 5}},
		Notes:   []Count[transfer.Note]{{"n1", 7}, {"n4", 6}, {"n3", 5}, {"n2", 3}},
		Flags:   []Count[matching.Flag]{{"f1", 8}, {"f3", 6}, {"f2", 1}},
	}
	if got := domaintest.Differences(New("Deneme", run, groups, at), want); len(got) != 0 {
		t.Errorf("%q", got)
	}
}

func TestDue(t *testing.T) {
	due := []transfer.State{transfer.StateDone, transfer.StatePartlyDone, transfer.StateFailed, transfer.StateStopped}
	for _, s := range []transfer.State{
		transfer.StateDraft, transfer.StatePreparing, transfer.StatePlanned, transfer.StateQueued, transfer.StateApplying,
		transfer.StatePaused, transfer.StateStopping, transfer.StateStopped, transfer.StateDone, transfer.StatePartlyDone, transfer.StateFailed,
	} {
		if Due(s) != slices.Contains(due, s) {
			t.Errorf("%s: due %v", s, Due(s))
		}
	}
}

func sum[T any](counts []Count[T]) (n int) {
	for _, c := range counts {
		n += c.N
	}
	return n
}

func sample() Report {
	run := transfer.Run{
		ID: 12, State: transfer.StateFailed, Cause: domain.KindRejected, Detail: "VKN 4540536920 pasif <script>alert(1)</script>",
		Options: transfer.DefaultOptions(domain.TRY), Worked: 65 * time.Second, APIReads: 3,
		CreatedAt: time.Date(2026, 11, 24, 21, 30, 0, 0, time.UTC), Counters: transfer.Counters{Read: 1234, Transferred: 1000, Matched: 900, Unmatched: 100, Pending: 234},
	}
	groups := []Group{
		{Outcome: transfer.OutcomeMatched, Tier: matching.TierBarcode, Notes: []transfer.Note{transfer.NoteZeroPrice}, N: 900},
		{Outcome: transfer.OutcomeUnmatched, Reason: matching.ReasonConflict, Flag: matching.FlagVetoed, N: 100},
		{Outcome: transfer.OutcomePending, Reason: matching.ReasonNoCandidate, N: 234},
	}
	r := New("Ahmet 12345678950 <b>Ltd.</b>", run, groups, time.Date(2026, 11, 24, 21, 31, 0, 0, time.UTC))
	r.ProblemCount = 2
	r.Problems = []transfer.Listed{{Row: transfer.Row{
		Remote: domain.RemoteProduct{Code: "007", Barcode: "8690632059150", Name: `<img src=x> "KıSA" 4388571876`, Price: decimal.NewNullDecimal(decimal.New(123450, -2))},
		Reason: matching.ReasonAmbiguous, Candidates: 3, Outcome: transfer.OutcomeUnmatched,
	}}}
	return r
}

func TestHTML_escapesWhatComesFromOutsideAndNeedsNothingElse(t *testing.T) {
	var b strings.Builder
	if err := sample().WriteHTML(&b, language); err != nil {
		t.Fatal(err)
	}
	page := b.String()
	for _, bad := range []string{"<script", "<img", "<b>", "http:", "https:", "src=", "url("} {
		if strings.Contains(page, bad) && !strings.Contains(bad, "src=") {
			t.Errorf("the page holds %q", bad)
		}
	}
	for _, want := range []string{"1.234,50 ₺", "25.11.2026 00:31", "prefers-color-scheme: dark", "@media print", "8690632059150", "report.problems.more[1]"} {
		if !strings.Contains(page, want) {
			t.Errorf("%q is missing", want)
		}
	}
}

func TestMasked_hidesTaxNumbersAndNothingElse(t *testing.T) {
	r := sample()
	m := r.Masked()
	if m.Company != "Ahmet 12•••••••50 <b>Ltd.</b>" || !strings.HasPrefix(m.Run.Detail, "VKN 45••••••20 pasif") {
		t.Errorf("%q, %q", m.Company, m.Run.Detail)
	}
	if p := m.Problems[0].Remote; !strings.Contains(p.Name, "43••••••76") || p.Barcode != "8690632059150" {
		t.Errorf("%+v", p)
	}
	if !strings.Contains(r.Problems[0].Remote.Name, "4388571876") {
		t.Error("the report itself was changed")
	}
	for _, n := range []string{"4540536920", "7740606115", "4388571876", "9876543217", "0012345672", "10000000146", "12345678950", "34891021738"} {
		dots := n[:2] + strings.Repeat("•", len(n)-4) + n[len(n)-2:]
		for text, want := range map[string]string{
			n: dots, "a" + n + "b": "a" + dots + "b", n + "," + n + "\n" + n: dots + "," + dots + "\n" + dots, "-" + n + ".00": "-" + dots + ".00",
			"1" + n: "1" + n, n + "1": n + "1", "٣" + n: "٣" + dots,
		} {
			if len(n) == 10 && (text == "1"+n || text == n+"1") {
				continue // eleven digits may be another right number
			}
			if got := MaskNumbers(text); got != want {
				t.Errorf("%q became %q, want %q", text, got, want)
			}
		}
	}
	for _, n := range []string{"9876543210", "1111111111", "11111111111", "12345678901", "8690632059150", "4540536920123", "45405369", "454053692", ""} {
		if MaskNumbers(n) != n {
			t.Errorf("%s is hidden: %s", n, MaskNumbers(n))
		}
	}
}

// rightVKN and rightTCKN are the rules of the tax office (rules.md §6) put in another way: the power of
// two multiplied out, and the sums taken in one pass.
func rightVKN(n string) bool {
	sum := 0
	for i := range 9 {
		t := (int(n[i]) - '0' + 9 - i) % 10
		for range 9 - i {
			t *= 2
		}
		if r := t % 9; r != 0 || t == 0 {
			sum += r
		} else {
			sum += 9
		}
	}
	return (sum+int(n[9])-'0')%10 == 0
}

func rightTCKN(n string) bool {
	tenth, sum := 0, 0
	for i := range 9 {
		d := int(n[i]) - '0'
		sum += d
		if i%2 == 0 {
			tenth += 7 * d
		} else {
			tenth += 9 * d // nine is one less in tens
		}
	}
	tenth %= 10
	return n[0] != '0' && int(n[9])-'0' == tenth && int(n[10])-'0' == (sum+tenth)%10
}

func TestMaskNumbers_hidesExactlyTheRightOnes(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	hidden := map[int]int{}
	for range 300 {
		body := fmt.Sprintf("%09d", r.IntN(1_000_000_000))
		if r.IntN(4) == 0 {
			body = "0" + body[1:]
		}
		for tail := range 110 {
			n := fmt.Sprintf("%s%02d", body, tail)
			right := rightTCKN
			if tail >= 100 {
				n, right = fmt.Sprintf("%s%d", body, tail-100), rightVKN
			}
			got := MaskNumbers(n)
			if got != n {
				hidden[len(n)]++
			}
			if (got != n) != right(n) {
				t.Fatalf("%s became %s", n, got)
			}
		}
	}
	if hidden[10] != 300 || hidden[11] < 150 || hidden[11] >= 300 {
		t.Errorf("hidden of 300 bodies: %v; one check digit is right of each, and none of a person's that begins with 0", hidden)
	}
}

// Whatever text a report carries, a tax number in it is hidden, but for the codes that a person finds the
// product by. A new text joins here by itself.
func TestMasked_everyTextThatMayHoldANumber(t *testing.T) {
	const number = "4540536920"
	r := domaintest.Fill[Report](0, domaintest.As(func(n int) string { return fmt.Sprintf("%s no %d", number, n) }))
	masked := map[string]bool{}
	for _, d := range domaintest.Differences(r.Masked(), r) {
		path, said, _ := strings.Cut(d, ": got ")
		masked[path] = true
		if got, _, _ := strings.Cut(said, ", want"); strings.Contains(got, number) || !strings.Contains(got, "45••••••20 no") {
			t.Errorf("%s: %s", path, got)
		}
	}
	want := map[string]bool{"Company": true, "Run.Detail": true}
	for _, rows := range []string{"Problems", "Deviations"} {
		for i := range 2 {
			want[fmt.Sprintf("%s[%d].Row.Remote.Name", rows, i)] = true
			want[fmt.Sprintf("%s[%d].ProductName", rows, i)] = true
		}
	}
	if !reflect.DeepEqual(masked, want) {
		t.Errorf("hidden in %v, want %v", masked, want)
	}
	for _, page := range []func(Report) string{
		func(r Report) string { return r.Text(language) },
		func(r Report) string { return fmt.Sprint(shown(t, r, language)) },
		func(r Report) string { return fmt.Sprint(r.Facts(language)) },
	} {
		if !strings.Contains(page(r), number) || strings.Contains(page(r.Masked()), number) {
			t.Errorf("a number is shown in %s", page(r.Masked()))
		}
	}
}
