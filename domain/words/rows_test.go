package words_test

import (
	"testing"

	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

func TestWhy_namesDecisionThenTierOrReasonThenFlagThenNotes(t *testing.T) {
	for want, r := range map[string]transfer.Row{
		"":                                      {Candidates: 3},
		"tier.code":                             {Tier: matching.TierCode, Reason: matching.ReasonAmbiguous, Candidates: 2, Outcome: transfer.OutcomeMatched},
		"reason.conflict":                       {Reason: matching.ReasonConflict},
		"reason.conflict[3]":                    {Reason: matching.ReasonConflict, Candidates: 3},
		"reason.ambiguous[1]":                   {Reason: matching.ReasonAmbiguous, Candidates: 1},
		"reason.ambiguous[3]":                   {Reason: matching.ReasonAmbiguous, Candidates: 3},
		"plan.ambiguous":                        {Reason: matching.ReasonAmbiguous},
		"flag.vetoed":                           {Flag: matching.FlagVetoed, Candidates: 3},
		"note.zero-price · note.negative-stock": {Notes: []transfer.Note{transfer.NoteZeroPrice, transfer.NoteNegativeStock}},
		"note.changed-since-plan": {
			Tier: matching.TierCode, Reason: matching.ReasonConflict, Outcome: transfer.OutcomeFailed, Notes: []transfer.Note{transfer.NoteChanged},
		},
		"tier.spelling · flag.spelling · note.zero-price": {Tier: matching.TierSpelling, Flag: matching.FlagSpelling, Notes: []transfer.Note{transfer.NoteZeroPrice}},
		"reason.no-candidate · flag.vetoed · note.zero-price · note.negative-stock": {
			Outcome: transfer.OutcomePending, Reason: matching.ReasonNoCandidate, Flag: matching.FlagVetoed,
			Planned: transfer.Planned{Notes: []transfer.Note{transfer.NoteZeroPrice, transfer.NoteNegativeStock}}, Notes: []transfer.Note{transfer.NoteChanged},
		},
		"decided.pair · note.zero-price": {
			Decided: transfer.DecidePair, Reason: matching.ReasonConflict, Flag: matching.FlagSpelling, Outcome: transfer.OutcomeMatched, Notes: []transfer.Note{transfer.NoteZeroPrice},
		},
		"decided.create · reason.no-candidate": {Decided: transfer.DecideCreate, Reason: matching.ReasonNoCandidate, Outcome: transfer.OutcomeUnmatched, ProductID: 7},
		"decided.separate · reason.no-candidate · flag.separated": {
			Decided: transfer.DecideSeparate, Reason: matching.ReasonNoCandidate, Flag: matching.FlagSeparated,
		},
		"decided.ignore · reason.no-candidate": {Decided: transfer.DecideIgnore, Reason: matching.ReasonNoCandidate, Outcome: transfer.OutcomeUnmatched},
	} {
		if got := said.Why(r); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
