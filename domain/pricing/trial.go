package pricing

import (
	"github.com/sopyo/sopyo-desktop/domain"
)

// Finding says what there is to say of a tried price; one can have several.
type Finding uint16

// The findings.
const (
	FoundBlocked  Finding = 1 << iota // it has no price under the tried rules
	FoundApproval                     // a person would have to approve it
	FoundBelow                        // it would be sold below its cost
	FoundChange                       // it changes more than the set percent
	FoundEnding                       // the ending moves it much
	FoundNoBase                       // the product has no price, or one of zero
	FoundMoved                        // it is not what it was, or was none
)

// Suspicious are the findings that a person should look at before saving.
const Suspicious = FoundBelow | FoundChange | FoundEnding | FoundNoBase

// Trial is the price of a product at the marketplaces of a column, in whole kuruş; NoKurus for none.
type Trial struct {
	Product  domain.ProductID
	Old, New int64
	Column   uint16
	Found    Finding
}

// NoKurus stands for a price that there is not.
const NoKurus = -1

// changeSize is the change in hundredths of a percent of the old price, without its direction.
func (t *Trial) changeSize() int64 {
	if t.Old <= 0 || t.New == NoKurus {
		return NoKurus
	}
	change := t.New - t.Old
	if change < 0 {
		change = -change
	}
	const most = int64(1) << 62
	if change > most/10_000 {
		return most
	}
	return change * 10_000 / t.Old
}
