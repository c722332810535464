package sync

import (
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// Scope is how much of İşbaşı a run looks at.
type Scope string

// The scopes.
const (
	ScopeFull    Scope = "full"    // its whole list
	ScopeChanged Scope = "changed" // what changed there since a time
	ScopeEdits   Scope = "edits"   // nothing: what was changed in the catalogue goes out
	ScopeChoice  Scope = "choice"  // nothing: what a person decided about fields that waited
)

// Occasion is what a run was begun by.
type Occasion string

// The occasions.
const (
	OccasionPerson   Occasion = "person"
	OccasionOpening  Occasion = "opening"  // the program was opened
	OccasionSchedule Occasion = "schedule" // its time had come
	OccasionEdits    Occasion = "edits"    // the catalogue was changed
	OccasionUndo     Occasion = "undo"     // the way back of a push
)

// Way is the direction of a write.
type Way string

// The ways; "" is both.
const (
	WayBoth Way = ""
	WayPull Way = "pull"
	WayPush Way = "push"
)

// Request is what a run is asked to do.
type Request struct {
	Scope    Scope
	Since    time.Time // of ScopeChanged
	Occasion Occasion
	Only     Way // of all changes, only those
	// Accepted are the brakes that a person has let go, by their ID; AllBrakes = whatever is on.
	Accepted []string
}

// AllBrakes accepts every brake of the plan that was shown.
const AllBrakes = "all"

// Run is one run. Of the counters of the transfer's machinery it uses: Read, the rows read; Matched, the changes
// planned; Pending, those not carried out yet; Failed, those that could not be.
type Run struct {
	transfer.Run
	Request Request
	Compared,
	Unchanged, // fields of bound products, of those compared
	Conflicts, // fields that both sides changed, with and without a winner
	Held int // changes that may not be written
	Brakes []Brake // that are on
	// Dated and Undated count the rows whose price or stock had changed since they were read before, with and
	// without a later time of change: İşbaşı's filter by time sees the former only.
	Dated, Undated int
	Moved          Moved // carried out so far
}

// Moved counts what was written, by way and field.
type Moved struct{ PulledStock, PulledPrice, PushedStock, PushedPrice int }

// Any tells whether anything was written.
func (m Moved) Any() bool { return m != Moved{} }

// Braked tells whether the run waits for a person to let its brakes go.
func (r Run) Braked() bool { return r.State == transfer.StatePaused && r.Cause == domain.KindBrake }

// accepted tells whether every brake that is on has been let go.
func (r Run) accepted() bool {
	for _, b := range r.Brakes {
		if !r.accepts(b.ID) {
			return false
		}
	}
	return true
}

func (r Run) accepts(id string) bool {
	for _, a := range r.Request.Accepted {
		if a == AllBrakes || a == id {
			return true
		}
	}
	return false
}

// ItemState is how far a change has come.
type ItemState string

// The states of a change. Of a push: what nobody confirmed is judged by the next sweep.
const (
	ItemPlanned   ItemState = "planned"
	ItemApplied   ItemState = "applied"   // pulled into the catalogue
	ItemSent      ItemState = "sent"      // on its way to İşbaşı
	ItemUnknown   ItemState = "unknown"   // its answer is lost
	ItemAnswered  ItemState = "answered"  // İşbaşı said that it has it
	ItemConfirmed ItemState = "confirmed" // a later sweep has seen it
	ItemRefuted   ItemState = "refuted"   // a later sweep has seen something else
	ItemFailed    ItemState = "failed"    // Detail says why
)

// Item is a change of one field of one bound product.
type Item struct {
	ID       int64
	Run      int64
	Product  domain.ProductID
	Ref      domain.ProductRef
	Code     domain.Code
	Name     string
	Field    domain.Shared
	Way      Way
	Why      Why
	Conflict bool // both had changed; the value of the other side, Loser, gave way
	Base, Ours, Theirs,
	Value decimal.NullDecimal
	Currency domain.Currency // of a price
	Attempt  int             // of the same push, from 1: İşbaşı said yes to those before and kept its value
	Receipt  string          // of a stock that goes out: the number of its receipt
	Again    bool            // a receipt of that number may be at İşbaşı already
	State    ItemState
	Detail   string // of one that failed: a Failure, or İşbaşı's own words
	EndedAt  time.Time
	Undone   bool // the catalogue has its former value again
}

// Loser is the value that gave way in a conflict.
func (i Item) Loser() decimal.NullDecimal {
	switch {
	case !i.Conflict:
		return decimal.NullDecimal{}
	case i.Way == WayPull:
		return i.Ours
	default:
		return i.Theirs
	}
}

// Before is the value that is written over.
func (i Item) Before() decimal.NullDecimal {
	if i.Way == WayPush {
		return i.Theirs
	}
	return i.Ours
}

// Why a change could not be carried out, in Item.Detail.
const (
	FailedChangedHere  = "changed-here"  // the product or its binding changed since the plan
	FailedChangedThere = "changed-there" // İşbaşı's value changed since it was read
	FailedUnchosen     = "unchosen"      // the settings let it go no more
	FailedGone         = "gone"
	FailedUncertain    = "uncertain" // a receipt may be at İşbaşı already, and cannot be looked for
	// What İşbaşı's product lacks for its price to be written.
	FailedUnit     = "unit"
	FailedVATRate  = "vat_rate"
	FailedCurrency = "currency" // its price is in another one
	FailedPrice    = "price"    // it is none that can be sent
)

// Open is a field that waits for a person.
type Open struct {
	Product            domain.ProductID
	Ref                domain.ProductRef
	Code               domain.Code
	Name               string
	Field              domain.Shared
	Action             Action // ActionConflict or ActionHeld
	Why                Why
	Way                Way // of the write that is held, "" where nobody knows
	Base, Ours, Theirs decimal.NullDecimal
	Currency           domain.Currency // of a price
	OursAt, TheirsAt   time.Time       // zero: unknown
	OursBy             string          // who changed the catalogue's
	Since              time.Time
}
