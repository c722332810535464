package report

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/domain/words"
)

func planPageOf(t *testing.T, p PlanPage, w words.Words) string {
	t.Helper()
	var b strings.Builder
	if err := p.WriteHTML(&b, w); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestPlanPage_showsBeforeAndAfterAndEscapes(t *testing.T) {
	row := transfer.Row{
		Remote: domain.RemoteProduct{Code: "K<1>", Barcode: "869", Name: `<script>alert("x")</script>`}, Tier: matching.TierBarcode,
		Planned: transfer.Planned{
			Outcome: transfer.OutcomeMatched, Notes: []transfer.Note{transfer.NoteNegativeStock},
			Before: transfer.Values{Price: amount("12.5"), Currency: "TRY", Stock: amount("3")}, After: transfer.Values{Price: amount("1234.5"), Currency: "TRY", Stock: amount("-2")},
		},
	}
	lone := transfer.Row{Remote: domain.RemoteProduct{Code: "K-2"}, Reason: matching.ReasonAmbiguous, Candidates: 3, Planned: transfer.Planned{Outcome: transfer.OutcomeUnmatched, Becomes: transfer.UnmatchedListed}}
	p := PlanPage{Document: transfer.Document{Name: `Ayşe & "Oğlu"`, Plan: transfer.Plan{Options: transfer.DefaultOptions("TRY"), Cost: transfer.CostOf(120), ReadAt: time.Date(2026, 11, 24, 11, 5, 0, 0, time.UTC)}}}
	for _, r := range []transfer.Row{row, lone} {
		p.Add(r)
		p.First = append(p.First, transfer.Listed{Row: r, ProductName: "Kitap"})
	}
	got := planPageOf(t, p, language)
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
	if english := planPageOf(t, p, english); !strings.Contains(english, "₺1,234.50") || !strings.Contains(english, "24 Nov 2026 14:05") {
		t.Error("not written the English way")
	}
}

// shownPlan gives the texts that a reader of the page sees, in their order.
func shownPlan(t *testing.T, p PlanPage) []string {
	t.Helper()
	return texts(planPageOf(t, p, language))
}

// everything is a plan that has everything, each number once.
func everything() PlanPage {
	f := transfer.Forecast{
		Read: 1001, Matched: 1002, Unmatched: 1003, Skipped: 1004, Failed: 1005, Prices: 1006, Stocks: 1007,
		Tiers:   map[matching.Tier]int{"t1": 11, "t2": 12},
		Reasons: map[matching.Reason]int{"r1": 13, matching.ReasonAmbiguous: 14},
		Skips:   map[matching.Reason]int{"r3": 15, matching.ReasonAmbiguous: 16},
		Becomes: map[transfer.Unmatched]int{transfer.UnmatchedListed: 17, transfer.UnmatchedDraft: 18, transfer.UnmatchedCreated: 19},
		Notes:   map[transfer.Note]int{"n1": 20, "n2": 20}, Flags: map[matching.Flag]int{"f1": 22, "f2": 21},
	}
	row := func(code, barcode, name string, r transfer.Row) transfer.Listed {
		r.Remote.Code, r.Remote.Barcode, r.Remote.Name = domain.Code(code), domain.Barcode(barcode), name
		return transfer.Listed{Row: r, ProductName: "Bizim " + name, ProductCode: "X"}
	}
	before, after := transfer.Values{Price: amount("1"), Currency: "USD", Stock: amount("2")}, transfer.Values{Price: amount("3.5"), Currency: "", Stock: amount("-4")}
	return PlanPage{
		MadeAt: time.Date(2026, 11, 24, 11, 7, 0, 0, time.UTC),
		Document: transfer.Document{Company: "id", Name: "Deneme", TenantID: "kiracı", Firm: "Firma", Plan: transfer.Plan{
			RunID: 9, Forecast: f, ReadAt: time.Date(2026, 11, 24, 11, 5, 0, 0, time.UTC), Cost: transfer.Cost{Products: 33, Reads: 31, Writes: 32},
			Options: transfer.Options{
				IncludePassive: true, OnlyInStock: true, ByBarcode: true, ByCode: true, Unmatched: transfer.UnmatchedDraft,
				TakeName: true, TakeBrand: true, TakeVAT: true, Limit: 20, ReportTo: "a@example.com", Currency: domain.EUR,
			},
		}},
		First: []transfer.Listed{
			row("K-1", "869", "Bir", transfer.Row{Tier: "t1", Flag: "f1", Planned: transfer.Planned{Outcome: transfer.OutcomeMatched, Notes: []transfer.Note{"n1", "n2"}, Before: before, After: after}}),
			row("K-2", "870", "İki", transfer.Row{Reason: "r1", Planned: transfer.Planned{Outcome: transfer.OutcomeUnmatched, Becomes: transfer.UnmatchedDraft, After: after}}),
			row("K-3", "871", "Üç", transfer.Row{Reason: "r3", Planned: transfer.Planned{Outcome: transfer.OutcomeSkipped}}),
			row("K-4", "872", "Dört", transfer.Row{Tier: "t2", Planned: transfer.Planned{Outcome: transfer.OutcomeFailed, Notes: []transfer.Note{transfer.NoteChanged}}}),
			row("K-5", "873", "Beş", transfer.Row{Planned: transfer.Planned{Outcome: transfer.OutcomePending}}),
			row("K-6", "874", "Altı", transfer.Row{Tier: "t1", Planned: transfer.Planned{Outcome: transfer.OutcomeMatched, Before: before, After: before}}),
		},
	}
}

func TestPlanPage_showsTheWholePlan(t *testing.T) {
	lists := []string{
		"plan.matched", "tier.t2", "12", "tier.t1", "11",
		"plan.unmatched", "plan.ambiguous", "14", "reason.r1", "13",
		"plan.skipped", "plan.ambiguous", "16", "reason.r3", "15",
		"plan.becomes", "plan.becomes.created", "19", "plan.becomes.draft", "18", "plan.becomes.listed", "17",
		"plan.changes", "plan.prices", "1.006", "plan.stocks", "1.007", "plan.created", "37",
		"plan.look", "note.n1", "20", "note.n2", "20", "flag.f1", "22", "flag.f2", "21",
	}
	facts := []string{
		"plan.firm", "Firma", "plan.read-at", "24.11.2026 14:05", "plan.cost", "plan.cost.value[31 32]. plan.cost.none",
		"plan.choices", "wizard.passive.in · wizard.stock.only · wizard.match.barcode · wizard.match.code · wizard.price.value[€] · plan.choice.limit[20]",
		"wizard.fields", "wizard.fields.only, wizard.fields.and.name, wizard.fields.and.brand, wizard.fields.and.vat",
	}
	columns := []string{
		"plan.column.code", "plan.column.barcode", "plan.column.name", "plan.column.why", "plan.column.product",
		"plan.column.price.now", "plan.column.price.then", "plan.column.stock.now", "plan.column.stock.then",
	}
	rows := []string{
		"K-1", "869", "Bir", "plan.matched", "tier.t1", "flag.f1", "note.n1", "note.n2", "Bizim Bir", "1,00 $", "3,50 ₺", "2", "-4",
		"K-2", "870", "İki", "plan.unmatched", "reason.r1", "plan.becomes.draft", "–", "3,50 ₺", "–", "-4",
		"K-3", "871", "Üç", "plan.skipped", "reason.r3", "Bizim Üç",
		"K-4", "872", "Dört", "plan.failed", "tier.t2", "note.changed-since-plan", "Bizim Dört",
		"K-5", "873", "Beş", "Bizim Beş",
		"K-6", "874", "Altı", "plan.matched", "tier.t1", "Bizim Altı", "1,00 $", "1,00 $", "2", "2",
	}
	want := slices.Concat(
		[]string{"plan.title", "Deneme", "plan.lead[1001 1002 1003 1004]", "plan.not-yet", "1.002", "plan.matched", "1.003", "plan.unmatched", "1.004", "plan.skipped"},
		lists, facts, []string{"plan.first[6]"}, columns, rows, []string{"plan.of[1001 6]", "plan.footer[24.11.2026 14:07]"})
	got := shownPlan(t, everything())
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || got[i] != want[i] {
			t.Fatalf("from %d: got %q, want %q", i, got[min(i, len(got)):], want[min(i, len(want)):])
		}
	}
	text := planPageOf(t, everything(), english)
	for _, part := range []string{
		`<html lang="en">`, "<title>plan.title.of[Deneme]</title>", `class="card matched"><span class="n">1,002<`, `class="card unmatched"><span class="n">1,003<`,
		`class="card skipped"><span class="n">1,004<`, `class="outcome matched">`, `class="outcome unmatched">`, `class="outcome skipped">`, `class="outcome failed">`,
		`<td class="r">$1.00</td><td class="r new">₺3.50</td><td class="r">2</td><td class="r new">-4</td>`,
		`<td class="r">$1.00</td><td class="r same">$1.00</td><td class="r">2</td><td class="r same">2</td>`,
	} {
		if !strings.Contains(text, part) {
			t.Errorf("%q is missing", part)
		}
	}
}

// What was chosen otherwise, or is not there, is said otherwise, or leaves nothing behind.
func TestPlanPage_saysWhatWasChosen(t *testing.T) {
	fact := func(change func(*PlanPage), name string) string {
		p := everything()
		change(&p)
		for _, f := range p.facts(language) {
			if f[0] == name {
				return f[1]
			}
		}
		return ""
	}
	for _, c := range []struct {
		change      func(*PlanPage)
		fact        string
		gone, there string
	}{
		{func(p *PlanPage) { p.Options.IncludePassive = false }, "plan.choices", "wizard.passive.in", "wizard.passive.out"},
		{func(p *PlanPage) { p.Options.OnlyInStock = false }, "plan.choices", "wizard.stock.only", "wizard.stock.any"},
		{func(p *PlanPage) { p.Options.ByBarcode = false }, "plan.choices", "wizard.match.barcode", "wizard.match.code"},
		{func(p *PlanPage) { p.Options.ByCode = false }, "plan.choices", "wizard.match.code", "wizard.match.barcode"},
		{func(p *PlanPage) { p.Options.Limit = 0 }, "plan.choices", "plan.choice.limit", "wizard.price.value"},
		{func(p *PlanPage) { p.Options.Limit = 1 }, "plan.choices", "[20]", "plan.choice.limit[1]"},
		{func(p *PlanPage) { p.Options.TakeName = false }, "wizard.fields", "and.name", "and.brand, wizard.fields.and.vat"},
		{func(p *PlanPage) { p.Options.TakeBrand = false }, "wizard.fields", "and.brand", "and.name, wizard.fields.and.vat"},
		{func(p *PlanPage) { p.Options.TakeVAT = false }, "wizard.fields", "and.vat", "and.name, wizard.fields.and.brand"},
		{func(p *PlanPage) { p.Firm = "" }, "plan.firm", "Firma", ""},
		{func(p *PlanPage) { p.Firm = "" }, "plan.read-at", "Firma", "24.11.2026"},
	} {
		if got := fact(c.change, c.fact); strings.Contains(got, c.gone) || !strings.Contains(got, c.there) {
			t.Errorf("%q has %q, or lacks %q", got, c.gone, c.there)
		}
	}
	// As many rows as were read: none are left to speak of.
	p := everything()
	p.Read = len(p.First)
	if got := strings.Join(shownPlan(t, p), "\n"); strings.Contains(got, "plan.of") || !strings.Contains(got, "plan.lead[6 ") {
		t.Error(got)
	}
	if p.Read++; !strings.Contains(strings.Join(shownPlan(t, p), "\n"), "plan.of[7 6]") {
		t.Error("one row more is not said")
	}
	if p.Read = 1; strings.Contains(strings.Join(shownPlan(t, p), "\n"), "plan.lead.empty") {
		t.Error("one row is nothing")
	}
}

func TestPlanPage_saysWhenItCannotBeWritten(t *testing.T) {
	for n := 0; ; n++ {
		err := everything().WriteHTML(&full{n}, language)
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

func TestPlanPage_ofNothing(t *testing.T) {
	if got := planPageOf(t, PlanPage{}, language); !strings.Contains(got, "plan.lead.empty") || strings.Contains(got, "<th") {
		t.Error(got)
	}
}
