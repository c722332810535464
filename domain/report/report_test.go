package report

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// echo words a key by itself and its arguments.
type echo struct{}

func (echo) T(key string, args ...any) string {
	if len(args) == 0 {
		return key
	}
	return key + fmt.Sprint(args...)
}
func (echo) Has(key string) bool { return key != "report.reason.conflict" }

var language = Language{Words: echo{}, Lang: "tr"}

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
	for _, want := range []string{"1.234,50 ₺", "25.11.2026 00:31", "prefers-color-scheme: dark", "@media print", "8690632059150", "report.problems.more1"} {
		if !strings.Contains(page, want) {
			t.Errorf("%q is missing", want)
		}
	}
}

func TestText_saysTheSame(t *testing.T) {
	text := sample().Text(language)
	for _, want := range []string{"report.title.full", "error.rejected.what", "counters.unmatched", "900", "reason.ambiguous3", "reason.conflict", "flag.vetoed", "note.zero-price", "007 · 8690632059150"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in\n%s", want, text)
		}
	}
	if strings.Contains(text, "no-candidate") {
		t.Error("a row that was not applied is counted")
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
		if MaskNumbers(n) == n {
			t.Errorf("%s is not hidden", n)
		}
	}
	for _, n := range []string{"9876543210", "1111111111", "11111111111", "12345678901", "8690632059150", "4540536920123", "45405369"} {
		if MaskNumbers(n) != n {
			t.Errorf("%s is hidden: %s", n, MaskNumbers(n))
		}
	}
}

func TestMendRow_changesNothingThatTheTransferHasNot(t *testing.T) {
	price := decimal.NewNullDecimal(decimal.New(999, -2))
	remote := domain.RemoteProduct{ID: "7", Code: "A-1 ", Barcode: "8690632059150", Name: "Uzak", Brand: "M", Currency: domain.TRY, Price: price, VATRate: decimal.NewNullDecimal(decimal.NewFromInt(20))}
	for name, c := range map[string]struct {
		row  transfer.Listed
		want [8]string // code barcode name brand price currency stock vat
	}{
		"without a partner": {transfer.Listed{Row: transfer.Row{Remote: remote}}, [8]string{"A-1 ", "8690632059150", "Uzak", "M", "9.99", "TRY", "", "20"}},
		"by code":           {transfer.Listed{Row: transfer.Row{Remote: remote, ProductID: 3}, ProductCode: "a-1", ProductName: "Benim"}, [8]string{"a-1", "", "Benim", "", "9.99", "TRY", "", ""}},
		"by barcode":        {transfer.Listed{Row: transfer.Row{Remote: remote, ProductID: 3}, ProductName: "Benim"}, [8]string{"", "8690632059150", "Benim", "", "9.99", "TRY", "", ""}},
		"price not taken": {
			transfer.Listed{Row: transfer.Row{Remote: remote, ProductID: 3, Notes: []transfer.Note{transfer.NoteCurrency}}, ProductCode: "a-1", ProductName: "Benim"},
			[8]string{"a-1", "", "Benim", "", "", "", "", ""},
		},
	} {
		cells := MendRow(language, c.row)
		if len(cells) != len(MendHeader(language)) {
			t.Fatalf("%d cells, %d headers", len(cells), len(MendHeader(language)))
		}
		var got [8]string
		for i := range got {
			if got[i] = cells[i].Text; cells[i].Number.Valid {
				got[i] = cells[i].Number.Decimal.String()
			}
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
