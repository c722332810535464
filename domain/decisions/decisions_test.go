package decisions

import (
	"slices"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

func reasons() []matching.Reason {
	return []matching.Reason{
		matching.ReasonBoundElsewhere, matching.ReasonRepeatedRemote, matching.ReasonRepeatedLocal, matching.ReasonConflict, matching.ReasonAmbiguous,
		matching.ReasonInvalidBarcode, matching.ReasonNothingToGoBy, matching.ReasonNoCandidate, "unheard-of",
	}
}

func flags() []matching.Flag {
	return []matching.Flag{
		"", matching.FlagNotGTIN, matching.FlagRestored, matching.FlagSpelling, matching.FlagSeparated, matching.FlagVetoed, matching.FlagRepeated, matching.FlagRestricted,
	}
}

// What may be created together is what a transfer would create, and nothing else.
func TestPartOf_newIsWhatMayBeCreated(t *testing.T) {
	seen := map[transfer.Part]bool{}
	for _, reason := range reasons() {
		for _, flag := range flags() {
			part := PartOf(reason, flag)
			seen[part] = true
			if creatable := (transfer.Row{Reason: reason, Flag: flag}).Creatable(); (part == PartNew) != creatable {
				t.Errorf("%s %s is of %s, creatable %t", reason, flag, part, creatable)
			}
		}
	}
	for _, part := range Parts() {
		if !seen[part] {
			t.Errorf("nothing is of %s", part)
		}
		delete(seen, part)
	}
	if len(seen) > 0 {
		t.Errorf("not among the parts: %v", seen)
	}
}

func TestPartOf_saysWhatHasToBeDone(t *testing.T) {
	for _, c := range []struct {
		reason matching.Reason
		flag   matching.Flag
		want   transfer.Part
	}{
		{matching.ReasonNoCandidate, "", PartNew},
		{matching.ReasonNoCandidate, matching.FlagNotGTIN, PartNew},
		{matching.ReasonInvalidBarcode, "", PartNew},
		{matching.ReasonNothingToGoBy, "", PartNew},
		{matching.ReasonNoCandidate, matching.FlagVetoed, PartOtherBarcode},
		{matching.ReasonNoCandidate, matching.FlagRestricted, PartInStore},
		{matching.ReasonNoCandidate, matching.FlagSeparated, PartSeparated},
		{matching.ReasonNoCandidate, matching.FlagRepeated, PartRepeated},
		{matching.ReasonRepeatedRemote, "", PartRepeated},
		{matching.ReasonRepeatedLocal, "", PartDoubled},
		{matching.ReasonAmbiguous, "", PartSeveral},
		{matching.ReasonAmbiguous, matching.FlagVetoed, PartOtherBarcode},
		{matching.ReasonConflict, "", transfer.PartConflict},
		{matching.ReasonConflict, matching.FlagVetoed, transfer.PartConflict},
		{matching.ReasonBoundElsewhere, "", PartElsewhere},
	} {
		if got := PartOf(c.reason, c.flag); got != c.want {
			t.Errorf("%s %s: %s, want %s", c.reason, c.flag, got, c.want)
		}
	}
}

func TestStanding_countsEachRowOnce(t *testing.T) {
	unmatched, matched := transfer.OutcomeUnmatched, transfer.OutcomeMatched
	var s Standing
	for _, r := range []struct {
		transfer.Row
		n int
	}{
		{transfer.Row{Outcome: unmatched, Reason: matching.ReasonAmbiguous}, 3},
		{transfer.Row{Outcome: unmatched, Reason: matching.ReasonNoCandidate}, 5},
		{transfer.Row{Outcome: unmatched, Reason: matching.ReasonNothingToGoBy}, 2},
		{transfer.Row{Outcome: unmatched, ProductID: 7, Reason: matching.ReasonNoCandidate}, 11}, // by the transfer
		{transfer.Row{Outcome: unmatched, ProductID: 8, Decided: transfer.DecideCreate}, 13},
		{transfer.Row{Outcome: unmatched, Decided: transfer.DecideIgnore}, 17},
		{transfer.Row{Outcome: unmatched, Decided: transfer.DecideSeparate}, 19},
		{transfer.Row{Outcome: matched, ProductID: 9, Decided: transfer.DecidePair}, 23},
		{transfer.Row{Outcome: matched, ProductID: 9}, 29},
		{transfer.Row{Outcome: transfer.OutcomeSkipped}, 31},
		{transfer.Row{Outcome: transfer.OutcomeFailed, ProductID: 9}, 37},
		{transfer.Row{Outcome: transfer.OutcomePending}, 41},
	} {
		s.Count(r.Row, r.n)
	}
	if s.Added != 24 || s.Paired != 23 || s.Ignored != 17 || s.Separated != 19 || s.Waiting() != 10 {
		t.Errorf("%+v", s)
	}
	if want := []Group{{PartNew, 7}, {PartSeveral, 3}}; !slices.Equal(s.Groups, want) {
		t.Errorf("groups %+v, want %+v", s.Groups, want)
	}
	if s.Rows(PartNew) != 7 || s.Rows(PartDoubled) != 0 {
		t.Errorf("%d new, %d doubled", s.Rows(PartNew), s.Rows(PartDoubled))
	}
}
