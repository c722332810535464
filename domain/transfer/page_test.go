package transfer

import (
	"errors"
	"fmt"
	"html"
	"regexp"
	"slices"
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

var seen = regexp.MustCompile(`>([^<]+)`)

// shown gives the texts that a reader of the page sees, in their order.
func shown(t *testing.T, p PlanPage, lang string) []string {
	t.Helper()
	_, body, _ := strings.Cut(page(t, p, lang), "<body>")
	var all []string
	for _, m := range seen.FindAllStringSubmatch(body, -1) {
		if s := strings.TrimSpace(html.UnescapeString(m[1])); s != "" {
			all = append(all, s)
		}
	}
	return all
}

// everything is a plan that has everything, each number once.
func everything() PlanPage {
	f := Forecast{
		Read: 1001, Matched: 1002, Unmatched: 1003, Skipped: 1004, Failed: 1005, Prices: 1006, Stocks: 1007,
		Tiers:   map[matching.Tier]int{"t1": 11, "t2": 12},
		Reasons: map[matching.Reason]int{"r1": 13, matching.ReasonAmbiguous: 14},
		Skips:   map[matching.Reason]int{"r3": 15, matching.ReasonAmbiguous: 16},
		Becomes: map[Unmatched]int{UnmatchedListed: 17, UnmatchedDraft: 18, UnmatchedCreated: 19},
		Notes:   map[Note]int{"n1": 20, "n2": 20}, Flags: map[matching.Flag]int{"f1": 22, "f2": 21},
	}
	row := func(code, barcode, name string, r Row) Listed {
		r.Remote.Code, r.Remote.Barcode, r.Remote.Name = domain.Code(code), domain.Barcode(barcode), name
		return Listed{Row: r, ProductName: "Bizim " + name, ProductCode: "X"}
	}
	before, after := Values{money("1"), "USD", money("2")}, Values{money("3.5"), "", money("-4")}
	return PlanPage{
		MadeAt: time.Date(2026, 11, 24, 11, 7, 0, 0, time.UTC),
		Document: Document{Company: "id", Name: "Deneme", TenantID: "kiracı", Firm: "Firma", Plan: Plan{
			RunID: 9, Forecast: f, ReadAt: time.Date(2026, 11, 24, 11, 5, 0, 0, time.UTC), Cost: Cost{Products: 33, Reads: 31, Writes: 32},
			Options: Options{
				IncludePassive: true, OnlyInStock: true, ByBarcode: true, ByCode: true, Unmatched: UnmatchedDraft,
				TakeName: true, TakeBrand: true, TakeVAT: true, Limit: 20, ReportTo: "a@example.com", Currency: domain.EUR,
			},
		}},
		First: []Listed{
			row("K-1", "869", "Bir", Row{Tier: "t1", Flag: "f1", Planned: Planned{Outcome: OutcomeMatched, Notes: []Note{"n1", "n2"}, Before: before, After: after}}),
			row("K-2", "870", "İki", Row{Reason: "r1", Planned: Planned{Outcome: OutcomeUnmatched, Becomes: UnmatchedDraft, After: after}}),
			row("K-3", "871", "Üç", Row{Reason: "r3", Planned: Planned{Outcome: OutcomeSkipped}}),
			row("K-4", "872", "Dört", Row{Tier: "t2", Planned: Planned{Outcome: OutcomeFailed, Notes: []Note{NoteChanged}}}),
			row("K-5", "873", "Beş", Row{Planned: Planned{Outcome: OutcomePending}}),
			row("K-6", "874", "Altı", Row{Tier: "t1", Planned: Planned{Outcome: OutcomeMatched, Before: before, After: before}}),
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
	got := shown(t, everything(), "tr")
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || got[i] != want[i] {
			t.Fatalf("from %d: got %q, want %q", i, got[min(i, len(got)):], want[min(i, len(want)):])
		}
	}
	text := page(t, everything(), "en")
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
		for _, f := range p.facts(echo{}, "tr") {
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
	if got := strings.Join(shown(t, p, "tr"), "\n"); strings.Contains(got, "plan.of") || !strings.Contains(got, "plan.lead[6 ") {
		t.Error(got)
	}
	if p.Read++; !strings.Contains(strings.Join(shown(t, p, "tr"), "\n"), "plan.of[7 6]") {
		t.Error("one row more is not said")
	}
	if p.Read = 1; strings.Contains(strings.Join(shown(t, p, "tr"), "\n"), "plan.lead.empty") {
		t.Error("one row is nothing")
	}
}

// full is a disk that has room for so many writes.
type full struct{ room int }

func (f *full) Write(p []byte) (int, error) {
	if f.room--; f.room < 0 {
		return 0, errPort
	}
	return len(p), nil
}

func TestPlanPage_saysWhenItCannotBeWritten(t *testing.T) {
	for n := 0; ; n++ {
		err := everything().WriteHTML(&full{n}, echo{}, "tr")
		if err == nil {
			if n < 50 {
				t.Errorf("the whole page in %d writes", n)
			}
			return
		}
		if !errors.Is(err, errPort) {
			t.Fatalf("write %d: %v", n, err)
		}
	}
}

func TestRow_why(t *testing.T) {
	for want, r := range map[string]Row{
		"":                    {Candidates: 3},
		"tier.code":           {Tier: matching.TierCode, Reason: matching.ReasonAmbiguous, Candidates: 3},
		"reason.ambiguous[3]": {Reason: matching.ReasonAmbiguous, Candidates: 3},
		"reason.conflict":     {Reason: matching.ReasonConflict, Candidates: 3},
		"flag.vetoed":         {Flag: matching.FlagVetoed},
		"reason.conflict flag.vetoed note.zero-price note.negative-stock": {
			Reason: matching.ReasonConflict, Flag: matching.FlagVetoed, Planned: Planned{Notes: []Note{NoteZeroPrice, NoteNegativeStock}}, Notes: []Note{NoteChanged},
		},
	} {
		if got := strings.Join(r.Why(echo{}), " "); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestValues_inWords(t *testing.T) {
	for _, c := range []struct {
		v            Values
		lang         string
		price, stock string
	}{
		{Values{}, "tr", "", ""},
		{Values{Price: money("0"), Currency: "USD", Stock: money("0")}, "tr", "0,00 $", "0"},
		{Values{Price: money("1234.5"), Stock: money("-1234.5")}, "tr", "1.234,50 ₺", "-1.234,5"},
		{Values{Price: money("1234.5"), Stock: money("-1234.5")}, "en", "₺1,234.50", "-1,234.5"},
		{Values{Price: money("1"), Currency: "EUR"}, "en", "€1.00", ""},
	} {
		if price, stock := c.v.PriceWords(c.lang), c.v.StockWords(c.lang); price != c.price || stock != c.stock {
			t.Errorf("%+v: %q, %q", c.v, price, stock)
		}
	}
}

func TestPlanPage_ofNothing(t *testing.T) {
	if got := page(t, PlanPage{}, "tr"); !strings.Contains(got, "plan.lead.empty") || strings.Contains(got, "<th") {
		t.Error(got)
	}
}

// Each group is there when there is something of it, with its number and its parts, the most first.
func TestForecast_sumsNameEachGroupThatIsThere(t *testing.T) {
	one := map[string]Forecast{
		"failed": {Failed: 1}, "becomes": {Unmatched: 1, Becomes: map[Unmatched]int{UnmatchedListed: 1}},
		"changes": {Prices: 1}, "look": {Notes: map[Note]int{NoteZeroPrice: 1}}, "": {},
	}
	for key, f := range one {
		want := []string{"matched", "unmatched", "skipped"}
		if key != "" {
			want = append(want, key)
		}
		var got []string
		for _, s := range f.Sums(echo{}) {
			if got = append(got, s.Key); s.Name != "plan."+s.Key {
				t.Errorf("%s is called %s", s.Key, s.Name)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
	for _, f := range []Forecast{{Stocks: 1}, {Becomes: map[Unmatched]int{UnmatchedDraft: 1}}, {Becomes: map[Unmatched]int{UnmatchedCreated: 1}}} {
		if s := f.Sums(echo{}); s[len(s)-1].Key != "changes" {
			t.Errorf("%+v changes nothing: %+v", f, s)
		}
	}
	if s := (Forecast{Flags: map[matching.Flag]int{"f": 1}}).Sums(echo{}); s[len(s)-1].Key != "look" {
		t.Errorf("a flag is not looked at: %+v", s)
	}
	numbers := map[string]int{"matched": 1002, "unmatched": 1003, "skipped": 1004, "failed": 1005, "becomes": 1003, "changes": 0, "look": 0}
	sums := everything().Sums(echo{})
	for _, s := range sums {
		if s.N != numbers[s.Key] {
			t.Errorf("%s: %d, want %d", s.Key, s.N, numbers[s.Key])
		}
		delete(numbers, s.Key)
	}
	if len(numbers) != 0 {
		t.Errorf("missing %v", numbers)
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
