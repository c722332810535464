package transfer

import (
	"testing"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

func TestWords_everyConstantHasThem(t *testing.T) {
	var keys []string
	for _, k := range []matching.Reason{
		matching.ReasonService, matching.ReasonPassive, matching.ReasonNoStock, matching.ReasonOtherCurrency, matching.ReasonBoundElsewhere,
		matching.ReasonRepeatedRemote, matching.ReasonRepeatedLocal, matching.ReasonConflict, matching.ReasonAmbiguous,
		matching.ReasonInvalidBarcode, matching.ReasonNothingToGoBy, matching.ReasonNoCandidate,
	} {
		keys = append(keys, "reason."+string(k))
	}
	for _, k := range []matching.Tier{matching.TierKnown, matching.TierBarcode, matching.TierCode, matching.TierSpelling} {
		keys = append(keys, "tier."+string(k))
	}
	for _, k := range []matching.Flag{
		matching.FlagNotGTIN, matching.FlagRestored, matching.FlagSpelling, matching.FlagSeparated, matching.FlagVetoed,
		matching.FlagRestricted,
	} {
		keys = append(keys, "flag."+string(k))
	}
	for _, k := range []transfer.Note{transfer.NoteZeroPrice, transfer.NoteCurrency, transfer.NoteNegativeStock, transfer.NoteChanged} {
		keys = append(keys, "note."+string(k))
	}
	for _, k := range []transfer.Outcome{
		transfer.OutcomePending, transfer.OutcomeMatched, transfer.OutcomeUnmatched, transfer.OutcomeSkipped, transfer.OutcomeFailed,
	} {
		keys = append(keys, "outcome."+string(k))
	}
	for _, k := range []transfer.State{
		transfer.StateDraft, transfer.StatePreparing, transfer.StatePlanned, transfer.StateQueued, transfer.StateApplying,
		transfer.StatePaused, transfer.StateStopping, transfer.StateStopped, transfer.StateDone, transfer.StatePartlyDone,
		transfer.StateFailed,
	} {
		keys = append(keys, "state."+string(k))
	}
	for _, k := range []transfer.Unmatched{transfer.UnmatchedListed, transfer.UnmatchedDraft, transfer.UnmatchedCreated} {
		keys = append(keys, "wizard.unmatched."+string(k))
	}
	for _, chapter := range ruleChapters() {
		keys = append(keys, chapter...)
	}
	for _, lang := range assets.Languages() {
		text, err := assets.NewText(lang)
		if err != nil {
			t.Fatal(err)
		}
		for _, k := range keys {
			if !text.Has(k) {
				t.Errorf("%s: no words for %s", lang, k)
			}
		}
	}
}
