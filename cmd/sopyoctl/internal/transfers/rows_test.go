package transfers

import (
	"bytes"
	"html"
	"io"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/exports"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/report"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/domain/words"
)

// everyKind are rows of every kind, by what is to be said of them: translation keys, "[3]" for candidates.
func everyKind() map[string]transfer.Row {
	zero, changed := []transfer.Note{transfer.NoteZeroPrice}, []transfer.Note{transfer.NoteChanged}
	kinds := map[string]transfer.Row{
		"reason.no-candidate note.zero-price":   {Outcome: transfer.OutcomePending, Reason: matching.ReasonNoCandidate, Planned: transfer.Planned{Notes: zero}},
		"tier.code flag.vetoed note.zero-price": {Outcome: transfer.OutcomeMatched, Tier: matching.TierCode, Flag: matching.FlagVetoed, Notes: zero},
		"note.changed-since-plan":               {Outcome: transfer.OutcomeFailed, Tier: matching.TierBarcode, Notes: changed},
		"decided.ignore reason.no-candidate":    {Outcome: transfer.OutcomeUnmatched, Reason: matching.ReasonNoCandidate, Decided: transfer.DecideIgnore},
		"decided.pair":                          {Outcome: transfer.OutcomeMatched, Reason: matching.ReasonConflict, Flag: matching.FlagSpelling, Decided: transfer.DecidePair},
		"decided.create reason.invalid-barcode": {Outcome: transfer.OutcomeUnmatched, Reason: matching.ReasonInvalidBarcode, Decided: transfer.DecideCreate, ProductID: 7},
		"decided.separate reason.no-candidate flag.separated": {
			Outcome: transfer.OutcomeUnmatched, Reason: matching.ReasonNoCandidate, Flag: matching.FlagSeparated, Decided: transfer.DecideSeparate,
		},
		"plan.ambiguous": {Outcome: transfer.OutcomeUnmatched, Reason: matching.ReasonAmbiguous},
	}
	for _, tier := range []matching.Tier{matching.TierKnown, matching.TierBarcode, matching.TierCode, matching.TierSpelling} {
		kinds["tier."+string(tier)] = transfer.Row{Outcome: transfer.OutcomeMatched, Tier: tier}
	}
	for _, reason := range []matching.Reason{
		matching.ReasonService, matching.ReasonPassive, matching.ReasonNoStock, matching.ReasonOtherCurrency, matching.ReasonBoundElsewhere, matching.ReasonRepeatedRemote,
		matching.ReasonRepeatedLocal, matching.ReasonConflict, matching.ReasonInvalidBarcode, matching.ReasonNothingToGoBy, matching.ReasonNoCandidate,
	} {
		kinds["reason."+string(reason)] = transfer.Row{Outcome: transfer.OutcomeUnmatched, Reason: reason}
		kinds["reason."+string(reason)+"[3]"] = transfer.Row{Outcome: transfer.OutcomeUnmatched, Reason: reason, Candidates: 3}
	}
	kinds["reason.ambiguous[3]"] = transfer.Row{Outcome: transfer.OutcomeUnmatched, Reason: matching.ReasonAmbiguous, Candidates: 3}
	return kinds
}

// Whichever way a row leaves, the same is said of it: report, letter, plan page, sheet, screen, command line.
func TestRows_areWordedAlikeEverywhere(t *testing.T) {
	for _, lang := range assets.Languages() {
		text, err := assets.NewText(lang)
		if err != nil {
			t.Fatal(err)
		}
		w := words.New(lang, text.T)
		for kind, row := range everyKind() {
			row.Remote = domain.RemoteProduct{ID: "1", Code: "K-1", Name: "Ürün"}
			var parts []string
			for _, key := range strings.Fields(kind) {
				bare, counted := strings.CutSuffix(key, "[3]")
				if counted {
					parts = append(parts, text.T(bare, 3))
				} else {
					parts = append(parts, text.T(bare))
				}
			}
			want := strings.Join(parts, " · ")
			if got := w.Why(row); got != want || strings.Contains(got, "%") {
				t.Errorf("%s: %q, want %q", kind, got, want)
			}
			l := transfer.Listed{Row: row}
			for outlet, said := range saidEverywhere(t, text, w, l) {
				if !strings.Contains(said, want) {
					t.Errorf("%s, %s: %q is not said in %q", kind, outlet, want, said)
				}
				for _, never := range []string{"tier." + string(row.Tier), "reason." + string(row.Reason)} {
					if text.Has(never) && !strings.Contains(want, text.T(never)) && strings.Contains(said, text.T(never)) {
						t.Errorf("%s, %s: says %q of it", kind, outlet, text.T(never))
					}
				}
			}
		}
	}
}

// saidEverywhere gives what each outlet says of a row; of a letter, text and page are the report's, and the
// sheet is the one that can be mended.
func saidEverywhere(t *testing.T, text *assets.Text, w words.Words, l transfer.Listed) map[string]string {
	t.Helper()
	said := map[string]string{}
	r := report.Report{Problems: []transfer.Listed{l}, ProblemCount: 1}.Masked()
	r.Run.State = transfer.StateDone
	said["report"] = r.Text(w)
	var page bytes.Buffer
	if err := r.WriteHTML(&page, w); err != nil {
		t.Fatal(err)
	}
	said["report page"] = html.UnescapeString(page.String())
	one := func(yield func(transfer.Listed, error) bool) { yield(l, nil) }
	for name, table := range map[string]exports.Table{"sheet": exports.Rows(w, 1, one), "sheet to mend": exports.Mendable(w, one)} {
		for cells, err := range table.Rows {
			if err != nil {
				t.Fatal(err)
			}
			for _, cell := range cells {
				said[name] += cell.Words(w) + "\t"
			}
		}
	}
	var out bytes.Buffer
	c := commands{&console.Console{Streams: console.Streams{Out: &out, Err: io.Discard}, Text: text, T: text.T, Words: w}}
	if err := c.showRows([]transfer.Listed{l}, 1); err != nil {
		t.Fatal(err)
	}
	said["command line"] = out.String()
	if l.Outcome == transfer.OutcomePending {
		page.Reset()
		if err := (report.PlanPage{First: []transfer.Listed{l}}).WriteHTML(&page, w); err != nil {
			t.Fatal(err)
		}
		said["plan page"] = strings.ReplaceAll(html.UnescapeString(page.String()), "<br>", " · ")
	}
	return said
}
