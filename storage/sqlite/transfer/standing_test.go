package transfer_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/decisions"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
	storedtransfer "github.com/sopyo/sopyo-desktop/storage/sqlite/transfer"
)

// everyKind are rows of every reason and flag that wait, and rows of every outcome and decision, with a product and without.
func everyKind(run int64) []transfer.Row {
	var all []transfer.Row
	add := func(outcome transfer.Outcome, reason matching.Reason, flag matching.Flag, decided transfer.DecisionKind, product domain.ProductID) {
		row := domaintest.Fill[transfer.Row](len(all))
		row.RunID, row.Outcome, row.Reason, row.Flag, row.Decided, row.ProductID = run, outcome, reason, flag, decided, product
		row.Remote.ID, row.Remote.Type = domain.RemoteID(fmt.Sprint(len(all)+1)), storedtransfer.TypeProduct
		row.Tier, row.Notes = "", nil
		row.Planned.Becomes, row.Planned.Notes = transfer.UnmatchedListed, nil
		all = append(all, row)
	}
	for _, reason := range []matching.Reason{
		"", matching.ReasonBoundElsewhere, matching.ReasonRepeatedRemote, matching.ReasonRepeatedLocal, matching.ReasonConflict, matching.ReasonAmbiguous,
		matching.ReasonInvalidBarcode, matching.ReasonNothingToGoBy, matching.ReasonNoCandidate,
	} {
		for _, flag := range []matching.Flag{"", matching.FlagNotGTIN, matching.FlagSeparated, matching.FlagVetoed, matching.FlagRestricted, matching.FlagRepeated} {
			add(transfer.OutcomeUnmatched, reason, flag, "", 0)
		}
	}
	for _, outcome := range []transfer.Outcome{transfer.OutcomePending, transfer.OutcomeMatched, transfer.OutcomeUnmatched, transfer.OutcomeSkipped, transfer.OutcomeFailed} {
		for _, decided := range []transfer.DecisionKind{"", transfer.DecidePair, transfer.DecideCreate, transfer.DecideIgnore, transfer.DecideSeparate} {
			for product := range domain.ProductID(2) {
				add(outcome, matching.ReasonNoCandidate, "", decided, product)
			}
		}
	}
	return all
}

// What SQL counts and lists by group is what the domain says of each row.
func TestDecisionStanding_isWhatTheDomainSaysOfEachRow(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	another := sqlitetest.Staged(t, c, sqlitetest.Remotes(2))
	confirm(t, c, another)
	run := sqlitetest.Staged(t, c, nil)
	confirm(t, c, run)
	var want decisions.Standing
	of := map[transfer.Part][]domain.RemoteID{}
	for _, row := range everyKind(run.ID) {
		putRow(t, c, row)
		want.Count(row, 1)
		if decisions.Waits(row) {
			part := decisions.PartOf(row.Reason, row.Flag)
			of[part] = append(of[part], row.Remote.ID)
		}
	}
	sqlitetest.WantSame(t, "standing", sqlitetest.Ok1[decisions.Standing](t)(c.DecisionStanding(t.Context(), run.ID)), want)
	for _, part := range decisions.Parts() {
		rows, total, err := c.Rows(t.Context(), transfer.Query{RunID: run.ID, Part: part})
		if err != nil {
			t.Fatal(err)
		}
		var got []domain.RemoteID
		for _, r := range rows {
			got = append(got, r.Remote.ID)
		}
		if len(got) == 0 || total != len(got) || !slices.Equal(got, of[part]) {
			t.Errorf("%s: %d rows %v, want %v", part, total, got, of[part])
		}
	}
	sqlitetest.WantSame(t, "of no run", sqlitetest.Ok1[decisions.Standing](t)(c.DecisionStanding(t.Context(), 77)), decisions.Standing{})
}
