package gui

import (
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

func TestWords_everyConstantHasThem(t *testing.T) {
	var keys []string
	for _, k := range []matching.Reason{
		matching.ReasonPassive, matching.ReasonNoStock, matching.ReasonOtherCurrency, matching.ReasonBoundElsewhere,
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

func TestWords_neverShowAKeyOrABrokenVerb(t *testing.T) {
	for _, lang := range assets.Languages() {
		text, err := assets.NewText(lang)
		if err != nil {
			t.Fatal(err)
		}
		e := &env{text: text, now: time.Now}
		for _, row := range []transfer.Row{
			{Outcome: transfer.OutcomeMatched, Tier: matching.TierBarcode, Flag: matching.FlagNotGTIN, Notes: []transfer.Note{transfer.NoteZeroPrice}},
			{Outcome: transfer.OutcomeUnmatched, Reason: matching.ReasonAmbiguous, Candidates: 3},
			{Outcome: transfer.OutcomeUnmatched, Reason: matching.ReasonConflict, Candidates: 3},
			{Outcome: transfer.OutcomeUnmatched, Reason: matching.ReasonNoCandidate, Flag: matching.FlagVetoed},
			{Outcome: transfer.OutcomeFailed, Tier: matching.TierCode, Notes: []transfer.Note{transfer.NoteChanged}},
			{Outcome: transfer.OutcomeSkipped, Reason: matching.ReasonPassive, Skipped: true},
		} {
			why := whyOf(e, row)
			if why == "" || strings.Contains(why, "%") || strings.Contains(why, "reason.") || strings.Contains(why, "tier.") {
				t.Errorf("%s: %+v: %q", lang, row, why)
			}
		}
	}
}

func TestDuration(t *testing.T) {
	text, err := assets.NewText("tr")
	if err != nil {
		t.Fatal(err)
	}
	e := &env{text: text}
	for d, want := range map[time.Duration]string{
		0:                             "1 sn",
		1400 * time.Millisecond:       "1 sn",
		43 * time.Second:              "43 sn",
		59600 * time.Millisecond:      "1 dk",
		125 * time.Second:             "2 dk 5 sn",
		80*time.Minute + time.Second:  "1 sa 20 dk",
		26*time.Hour + 59*time.Second: "26 sa 0 dk",
	} {
		if got := duration(e, d); got != want {
			t.Errorf("%v: %q, want %q", d, got, want)
		}
	}
}

func TestPriceOf_namesTheCurrency(t *testing.T) {
	text, err := assets.NewText("tr")
	if err != nil {
		t.Fatal(err)
	}
	e := &env{text: text}
	price := decimal.NewNullDecimal(decimal.RequireFromString("1234.5"))
	for want, p := range map[string]domain.RemoteProduct{
		"1.234,50 ₺": {Price: price},
		"1.234,50 $": {Price: price, Currency: domain.USD},
		"":           {},
	} {
		if got := priceOf(e, p); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
