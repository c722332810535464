package matching_test

import (
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/matching/matchingtest"
)

func init() {
	matching.HoldAgainst(matchingtest.Reference, matchingtest.SameBarcode, matchingtest.Veto)
}
