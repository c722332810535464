package transfer

import (
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/matching"
)

// Case is what stands in the catalogue at the moment of a decision, read in the transaction that will
// write.
type Case struct {
	// Candidate's Product is the one to be paired with, or to be separated from.
	Candidate
	// CodeTaken and BarcodeTaken tell whether a product of the catalogue has the row's code, and its barcode.
	CodeTaken, BarcodeTaken bool
	// Many tells that the row is one of several that are to be created together.
	Many bool
	// Shared tells whether another İşbaşı product of the transfer has the row's code or in-store number, or a product of
	// the catalogue that number.
	Shared bool
	// Separated tells whether a person took the row and Product apart before.
	Separated bool
	// Ignored tells whether a person ignored the row's İşbaşı product, in this transfer or an earlier one.
	Ignored bool
	// Written is the product as it was before this transfer wrote on it; nil when it wrote nothing, or when
	// the product has changed since.
	Written *domain.Product
}

// Verdict is what a decision does.
type Verdict struct {
	Row Row // as it stands afterwards
	// Product is the product to write, nil for none. ID 0 = to be created.
	Product *domain.Product
	// Restored: Product is an earlier state of itself, revision included.
	Restored bool
	Bind     bool // the row's İşbaşı id to the product
	Unbind   bool
	// Separated is 1 when the pair is to be remembered as taken apart, -1 when that is to be forgotten.
	Separated int
	// Ignored is 1 when the İşbaşı product is to be remembered as ignored, -1 when that is to be forgotten.
	Ignored int
}

// Judge says what a decision does, or why it cannot be carried out.
func Judge(o Options, d Decision, c Case) (Verdict, RefusalReason) {
	switch d.Kind {
	case DecidePair:
		return judgePair(o, c)
	case DecideCreate:
		return judgeCreate(o, c)
	case DecideIgnore:
		return judgeIgnore(c)
	case DecideAsk:
		return judgeAsk(c)
	case DecideSeparate:
		return judgeSeparate(c)
	default:
		return Verdict{}, RefusedState
	}
}

// judgePair takes the values just as a transfer does on a match.
func judgePair(o Options, c Case) (Verdict, RefusalReason) {
	switch {
	case c.Row.Outcome != OutcomeUnmatched:
		return Verdict{}, RefusedState
	case c.BoundTo != 0:
		return Verdict{}, RefusedBoundRemote
	case c.Product == nil, c.Product.State == domain.ProductArchived:
		return Verdict{}, RefusedGone
	case c.BoundFrom != "":
		return Verdict{}, RefusedBoundProduct
	}
	c.Row.ProductID, c.Row.Revision = c.Product.ID, c.Product.Revision
	e := decideMatched(o, c.Candidate)
	if e.Outcome != OutcomeMatched {
		return Verdict{}, RefusedState
	}
	v := Verdict{Row: c.Row, Product: e.Product, Bind: e.Bind}
	v.Row.Outcome, v.Row.Notes, v.Row.Decided = e.Outcome, e.Notes, DecidePair
	if c.Separated {
		v.Separated = -1
	}
	if c.Ignored {
		v.Ignored = -1
	}
	return v, ""
}

// judgeCreate makes the product that the wizard's "created" would make, or a draft if that was chosen. It
// never makes a second product of one code or barcode, and of many only those that the wizard would make.
func judgeCreate(o Options, c Case) (Verdict, RefusalReason) {
	switch {
	case c.Row.Outcome != OutcomeUnmatched:
		return Verdict{}, RefusedState
	case c.BoundTo != 0:
		return Verdict{}, RefusedBoundRemote
	case c.CodeTaken:
		return Verdict{}, RefusedCodeTaken
	case c.BarcodeTaken:
		return Verdict{}, RefusedBarcodeTaken
	case c.Many && !c.Row.Creatable() && (!c.Row.InStore() || c.Shared):
		return Verdict{}, RefusedDoubtful
	}
	p, notes := create(o, c.Row.Remote)
	v := Verdict{Row: c.Row, Product: &p, Bind: true}
	v.Row.Notes, v.Row.Decided = notes, DecideCreate
	if c.Ignored {
		v.Ignored = -1
	}
	return v, ""
}

func judgeIgnore(c Case) (Verdict, RefusalReason) {
	switch {
	case c.Row.Outcome != OutcomeUnmatched, c.Row.Decided == DecideIgnore:
		return Verdict{}, RefusedState
	case c.BoundTo != 0:
		return Verdict{}, RefusedBoundRemote
	}
	v := Verdict{Row: c.Row}
	v.Row.Decided = DecideIgnore
	if !c.Ignored {
		v.Ignored = 1
	}
	return v, ""
}

// judgeAsk makes an ignored row wait again, here and in transfers to come.
func judgeAsk(c Case) (Verdict, RefusalReason) {
	switch {
	case c.Row.Outcome != OutcomeUnmatched, c.Row.Decided != DecideIgnore:
		return Verdict{}, RefusedState
	case c.BoundTo != 0:
		return Verdict{}, RefusedBoundRemote
	}
	v := Verdict{Row: c.Row}
	v.Row.Decided = ""
	if c.Ignored {
		v.Ignored = -1
	}
	return v, ""
}

func judgeSeparate(c Case) (Verdict, RefusalReason) {
	switch {
	case c.Row.Outcome != OutcomeMatched:
		return Verdict{}, RefusedState
	case c.Product == nil:
		return Verdict{}, RefusedGone
	case c.BoundTo != c.Product.ID:
		return Verdict{}, RefusedState
	}
	v := Verdict{Row: c.Row, Product: c.Written, Restored: c.Written != nil, Unbind: true}
	if !c.Separated {
		v.Separated = 1
	}
	v.Row.Outcome, v.Row.Decided, v.Row.Notes = OutcomeUnmatched, DecideSeparate, nil
	v.Row.Tier, v.Row.ProductID, v.Row.Revision = matching.TierNone, 0, 0
	v.Row.Reason, v.Row.Candidates, v.Row.Flag = matching.ReasonNoCandidate, 0, matching.FlagSeparated
	return v, ""
}
