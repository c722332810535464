package transfer

import (
	"github.com/sopyo/sopyo-desktop/domain"
)

// DecisionKind is what a person decides about one İşbaşı product of a transfer (rules.md §2).
type DecisionKind string

// The decisions.
const (
	// DecidePair makes an unmatched row and a free catalogue product one: orange becomes green, and the
	// values are taken as on a match.
	DecidePair DecisionKind = "pair"
	// DecideCreate makes a catalogue product of an unmatched row; it did not match and stays orange.
	DecideCreate DecisionKind = "create"
	// DecideIgnore says that an unmatched row is to be left alone; it stays orange, and is left alone in later transfers
	// too, until it is asked about again, or has a partner.
	DecideIgnore DecisionKind = "ignore"
	// DecideAsk makes an ignored row wait for a decision again.
	DecideAsk DecisionKind = "ask"
	// DecideSeparate takes a pair apart for good: never paired again by itself (T2), green becomes orange.
	// What the transfer wrote on the product is taken back, unless it has changed since.
	DecideSeparate DecisionKind = "separate"
)

// DecisionKinds are all of them.
func DecisionKinds() []DecisionKind {
	return []DecisionKind{DecidePair, DecideCreate, DecideIgnore, DecideAsk, DecideSeparate}
}

// Decision is one of them. Product is set for DecidePair only.
type Decision struct {
	Kind    DecisionKind
	Remote  domain.RemoteID
	Product domain.ProductID
}

// Decided is what came of decisions that were carried out together, in one transaction. Those that the
// present does not allow are refused one by one; the others stand.
type Decided struct {
	ID      int64 // takes them back; 0 = there is nothing to take back
	Run     Run   // with its new counters
	Done    int
	Refused []Refusal
}

// Refusal is a decision that could not be carried out.
type Refusal struct {
	Decision
	Why RefusalReason
}

// RefusalReason says why not, as the last part of the translation key "decide.refused.…".
type RefusalReason string

// The reasons.
const (
	RefusedGone         RefusalReason = "gone"           // the row or the product is not there (any more)
	RefusedState        RefusalReason = "state"          // the row is not what the decision needs: already matched, not applied yet
	RefusedBoundProduct RefusalReason = "bound-product"  // the product is another İşbaşı product's already
	RefusedBoundRemote  RefusalReason = "bound-remote"   // the İşbaşı product has a partner already
	RefusedCodeTaken    RefusalReason = "code-taken"     // another product has the code of the one to be created
	RefusedBarcodeTaken RefusalReason = "barcode-taken"  // another product has its barcode
	RefusedDoubtful     RefusalReason = "doubtful"       // one of several to be created may double something: it is decided alone
	RefusedUndone       RefusalReason = "undone"         // the transfer was undone
	RefusedChanged      RefusalReason = "changed-since"  // the product has changed since: what was written cannot be taken back
	RefusedNotUndone    RefusalReason = "not-the-newest" // a later decision stands on this one; take that back first
)
