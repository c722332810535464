// Package sync decides how stock and prices of bound products are kept equal between the catalogue
// ("ours") and İşbaşı ("theirs"): what is written where, what waits for a person, when a run has to stop
// and ask, and when it may begin. It reads and writes nothing itself.
package sync

import (
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Case is one field of one bound product, as it stands on both sides (orders-invoices.md §8). Prices are
// VAT included.
type Case struct {
	Field domain.Shared
	// Base is what both sides last agreed on; absent: they never did. Ours and Theirs are absent where the
	// side has no value.
	Base, Ours, Theirs decimal.NullDecimal
	Owner              domain.Owner
	// OursAt and TheirsAt are the times of the last changes, ReadAt when their row was read, WrittenAt when
	// our last confirmed write ended; zero: unknown.
	OursAt, TheirsAt, ReadAt, WrittenAt time.Time
	Pull                                bool
	Push                                Choice // of this field
	StockWritable                       domain.AbilityAnswer
	Currency, CompanyCurrency           domain.Currency     // of their row, and of the catalogue; "" = TRY
	Untracked                           bool                // the product's stock is kept on neither side
	Unbound                             bool                // the binding has gone meanwhile
	Gone                                bool                // there is no such product at İşbaşı any more
	Pending                             *Pending            // nil: every write of ours has been confirmed or refused
	Jump                                decimal.NullDecimal // percent; a price that moves further waits. Absent: any may
}

// Choice is a setting that a person has made, or has not made yet.
type Choice string

// The choices.
const (
	ChoiceUnset Choice = ""
	ChoiceOn    Choice = "on"
	ChoiceOff   Choice = "off"
)

// Pending is a write of ours to İşbaşı that nobody has confirmed.
type Pending struct {
	Value decimal.Decimal
	State PendingState
}

// PendingState says how a write stands.
type PendingState string

// The states of a write.
const (
	PendingSent     PendingState = "sent"     // on its way: it may still take effect
	PendingUnknown  PendingState = "unknown"  // its answer is lost: it took effect or it did not
	PendingAnswered PendingState = "answered" // İşbaşı said that it has it: what it has now, if not what it had before, came later
)

// Answer is what is done about a Case.
type Answer struct {
	Action Action
	Value  decimal.NullDecimal // what is written, as the other side has it; absent: nothing is
	Base   decimal.NullDecimal // what is agreed on afterwards. A push moves it only when it is confirmed, so here it stays
	Why    Why
	// Of a conflict: whose value holds, what is done about it (push, pull or none), and the value that loses.
	// Without a winner there is no loser.
	Winner Side
	Apply  Action
	Loser  decimal.NullDecimal
}

// Write gives the write that the answer asks for, outright or for the winner of a conflict: push, pull or
// none.
func (a Answer) Write() Action {
	switch a.Action {
	case ActionConflict:
		return a.Apply
	case ActionPush, ActionPull:
		return a.Action
	default:
		return ActionNone
	}
}

// Action is what is done.
type Action string

// The actions.
const (
	ActionNone     Action = "none"
	ActionPush     Action = "push"     // ours is written to İşbaşı
	ActionPull     Action = "pull"     // theirs is written to the catalogue
	ActionConflict Action = "conflict" // both changed: listed, and the owner's value is written where it may be
	ActionHeld     Action = "held"     // a change that may not be written: listed
)

// Side is one of the two sides of a conflict; "" is neither.
type Side string

// The sides.
const (
	SideOurs   Side = "ours"
	SideTheirs Side = "theirs"
)

// Why is the reason for an action.
type Why string

// The reasons why there is nothing to do.
const (
	WhyEqual     Why = "equal"
	WhyConverged Why = "converged"  // both changed to the same value
	WhyEcho      Why = "echo"       // a write of ours has come back
	WhyInFlight  Why = "in_flight"  // a write of ours may still take effect
	WhyStaleRead Why = "stale_read" // their row was read before our last write ended
	WhyAbsent    Why = "absent"     // İşbaşı has no value
	WhyPriceZero Why = "price_zero" // a price at İşbaşı that cannot be meant
	WhyCurrency  Why = "currency"
	WhyUntracked Why = "untracked"
	WhyNotBound  Why = "not_bound"
	WhyGone      Why = "gone" // held: a person decides what becomes of the binding
)

// The reasons for a write or a conflict.
const (
	WhyOursChanged   Why = "ours_changed"
	WhyTheirsChanged Why = "theirs_changed"
	WhyBothChanged   Why = "both_changed"
	WhyNeverAgreed   Why = "never_agreed"
	WhyNoWinner      Why = "no_winner"
)

// The reasons against a write.
const (
	WhyStockNotWritable Why = "stock_not_writable"
	WhyPushUnset        Why = "push_unset"
	WhyPushOff          Why = "push_off"
	WhyOursEmpty        Why = "ours_empty" // no value, or a price of 0 or less
	WhyOursNegative     Why = "ours_negative"
	WhyPullOff          Why = "pull_off"
	WhyJump             Why = "jump"
)
