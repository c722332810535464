package review

import (
	"cmp"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
)

func TestDecideWords_everythingHasWords(t *testing.T) {
	var keys []string
	for _, k := range transfer.DecisionKinds() {
		if k != transfer.DecideAsk { // then nothing is decided
			keys = append(keys, "decided."+string(k))
		}
		keys = append(keys, "decide.done."+string(k), "rows.command."+string(k))
		if k != transfer.DecideSeparate {
			keys = append(keys, "decide.did."+string(k))
		}
		if k != transfer.DecidePair {
			keys = append(keys, "decide.ask."+string(k), "decide.ask."+string(k)+".text")
		}
	}
	for _, why := range []transfer.RefusalReason{
		transfer.RefusedGone, transfer.RefusedState, transfer.RefusedBoundProduct, transfer.RefusedBoundRemote, transfer.RefusedCodeTaken,
		transfer.RefusedUndone, transfer.RefusedChanged, transfer.RefusedNotUndone,
	} {
		keys = append(keys, "decide.refused."+string(why))
	}
	for _, by := range []matching.Evidence{
		matching.ByBarcode, matching.ByOtherUnit, matching.ByRestricted, matching.ByCode, matching.BySpelling, matching.ByLooseCode,
		matching.ByModelCode, matching.ByName, matching.ByNameWords, matching.AgainstBarcode, matching.AgainstPerson,
	} {
		keys = append(keys, "suggested."+string(by))
	}
	for _, p := range rowParts() {
		keys = append(keys, "rows.part."+cmp.Or(string(p), "all"))
		if p != transfer.PartAll {
			keys = append(keys, "rows.none.part."+string(p))
		}
	}
	kittest.HaveWords(t, keys...)
}
