// Package decisions is what a transfer leaves to a person: the rows that wait, in groups by what has to be done about
// them, and what became of the others (rules.md §2). What a decision does to a row says transfer.Judge.
package decisions

import (
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// The parts that the waiting rows of a transfer fall into, besides transfer.PartConflict. Each row is in one of them.
const (
	PartNew          transfer.Part = "new"           // surely new: all of them may be created together
	PartOtherBarcode transfer.Part = "other-barcode" // the code is the same, and the barcodes are not
	PartSeveral      transfer.Part = "several"       // more than one product fits
	PartRepeated     transfer.Part = "repeated"      // İşbaşı itself has its code or barcode more than once
	PartDoubled      transfer.Part = "doubled"       // the catalogue has
	PartElsewhere    transfer.Part = "elsewhere"     // what fits is another İşbaşı product's
	PartSeparated    transfer.Part = "separated"     // a person took it and what fits apart
	PartInStore      transfer.Part = "in-store"      // its barcode is an in-store number, which means nothing elsewhere: they may be created together
	PartOther        transfer.Part = "other"
)

// Parts are those that waiting rows fall into, in the order in which a person gets on fastest.
func Parts() []transfer.Part {
	return []transfer.Part{
		PartNew, PartOtherBarcode, PartSeveral, transfer.PartConflict, PartRepeated, PartDoubled, PartElsewhere, PartSeparated, PartInStore, PartOther,
	}
}

// PartOf gives the part of a waiting row. PartNew is exactly what is transfer.Row.Creatable.
func PartOf(reason matching.Reason, flag matching.Flag) transfer.Part {
	if reason == matching.ReasonConflict {
		return transfer.PartConflict
	}
	switch flag {
	case matching.FlagVetoed:
		return PartOtherBarcode
	case matching.FlagRestricted:
		return PartInStore
	case matching.FlagSeparated:
		return PartSeparated
	case matching.FlagRepeated:
		return PartRepeated
	default:
	}
	switch reason {
	case matching.ReasonNoCandidate, matching.ReasonInvalidBarcode, matching.ReasonNothingToGoBy:
		return PartNew
	case matching.ReasonAmbiguous:
		return PartSeveral
	case matching.ReasonRepeatedRemote:
		return PartRepeated
	case matching.ReasonRepeatedLocal:
		return PartDoubled
	case matching.ReasonBoundElsewhere:
		return PartElsewhere
	default:
		return PartOther
	}
}

// Waits tells whether a row waits for a person: neither they nor the transfer made anything of it.
func Waits(r transfer.Row) bool {
	return r.Outcome == transfer.OutcomeUnmatched && r.Decided == "" && r.ProductID == 0
}
