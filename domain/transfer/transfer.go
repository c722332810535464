// Package transfer is the import: one run that reads İşbaşı's products page by page, matches them
// against the catalogue as a whole, and applies the plan batch by batch (rules.md §4). Each phase has
// a cursor in the store and goes on where it was after a stop, a kill or a lost connection.
package transfer

import (
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// PageSize is the number of products asked for at once: the largest that is known to work
// (isbasi-api.md §3.2). One page is one read of the quota.
const PageSize = 100

// BatchSize is the number of plan rows written in one transaction.
const BatchSize = 1000

// PlanLifetime is how long a plan may wait before a person is asked whether it still holds.
const PlanLifetime = 24 * time.Hour

// Outdated tells whether something from that time is older than so long, or from a time to come: then the clock was
// wrong, and nobody knows how old it is.
func Outdated(at, now time.Time, lifetime time.Duration) bool {
	const tolerance = time.Hour
	age := now.Sub(at)
	return age > lifetime || age < -tolerance
}

// State is where a run stands.
type State string

// The states of rules.md §4. Planned is the preview: read and matched, nobody has confirmed yet.
const (
	StateDraft      State = "draft"
	StatePreparing  State = "preparing"
	StatePlanned    State = "planned"
	StateQueued     State = "queued"
	StateApplying   State = "applying"
	StatePaused     State = "paused"
	StateStopping   State = "stopping"
	StateStopped    State = "stopped"
	StateDone       State = "done"
	StatePartlyDone State = "partly_done"
	StateFailed     State = "failed"
)

// Active tells whether somebody works on a run in this state; a run found active at start-up was
// interrupted.
func (s State) Active() bool {
	switch s {
	case StatePreparing, StateQueued, StateApplying, StateStopping:
		return true
	default:
		return false
	}
}

// Finished tells whether nothing is left to do.
func (s State) Finished() bool { return s == StateDone || s == StatePartlyDone || s == StateFailed }

// Phase is how far a run has come; within a phase the cursor tells the place.
type Phase string

// The phases, in order.
const (
	PhaseRead  Phase = "read"
	PhaseMatch Phase = "match"
	PhaseApply Phase = "apply"
	PhaseEnd   Phase = "end"
)

// Unmatched is what becomes of an İşbaşı product without a partner.
type Unmatched string

// The choices of rules.md §2; Listed is the default.
const (
	UnmatchedListed  Unmatched = "listed"
	UnmatchedDraft   Unmatched = "draft"
	UnmatchedCreated Unmatched = "created"
)

// Options are the wizard's choices.
type Options struct {
	IncludePassive bool      `json:"include_passive"`
	OnlyInStock    bool      `json:"only_in_stock"`
	ByBarcode      bool      `json:"by_barcode"`
	ByCode         bool      `json:"by_code"`
	Unmatched      Unmatched `json:"unmatched"`
	TakeName       bool      `json:"take_name"`
	TakeBrand      bool      `json:"take_brand"`
	TakeVAT        bool      `json:"take_vat"`
	// Limit > 0: that many rows are applied, then the run is stopped with the rest pending.
	Limit    int    `json:"limit"`
	ReportTo string `json:"report_to"`
	// TakeRead: where İşbaşı's count has disagreed with what was read twice, the run goes on with that.
	TakeRead bool `json:"take_read,omitempty"`
	// Disagreed counts those reads: it is kept with the choice that it leads to.
	Disagreed int `json:"disagreed,omitempty"`
	// Unsure: the last product was changed while the list was read, and where it was looked nothing had moved. Whether
	// one was added and another has gone elsewhere nobody knows.
	Unsure bool `json:"unsure,omitempty"`
	// Currency is the company's at the time the run was made.
	Currency domain.Currency `json:"currency"`
}

// DefaultOptions are what the wizard opens with (rules.md §4).
func DefaultOptions(currency domain.Currency) Options {
	return Options{ByBarcode: true, ByCode: true, Unmatched: UnmatchedListed, Currency: currency}
}

// takes tells whether what was read is taken as it is.
func (o Options) takes() bool { return o.TakeRead && o.Disagreed >= disagreements }

// Validate refuses options that cannot match anything.
func (o Options) Validate() error {
	if !o.ByBarcode && !o.ByCode {
		return domain.Invalid("match", "choose")
	}
	if o.Limit < 0 {
		return domain.Invalid("limit", "negative")
	}
	return nil
}

// Counters count rows. Always: Read = Transferred + Skipped + Failed + Pending, and
// Transferred = Matched + Unmatched (rules.md §2).
type Counters struct {
	Read        int
	Transferred int
	Matched     int
	Unmatched   int
	Skipped     int
	Failed      int
	Pending     int
}

// Outcome is what happened to one row.
type Outcome string

// The outcomes; Pending is a row that was not applied yet.
const (
	OutcomePending   Outcome = "pending"
	OutcomeMatched   Outcome = "matched"
	OutcomeUnmatched Outcome = "unmatched"
	OutcomeSkipped   Outcome = "skipped"
	OutcomeFailed    Outcome = "failed"
)

// Count moves one row from pending to its outcome.
func (c *Counters) Count(o Outcome) { c.Move(OutcomePending, o) }

// Move moves one row from an outcome to another.
func (c *Counters) Move(from, to Outcome) {
	c.add(from, -1)
	c.add(to, 1)
}

func (c *Counters) add(o Outcome, n int) {
	switch o {
	case OutcomeMatched:
		c.Matched += n
		c.Transferred += n
	case OutcomeUnmatched:
		c.Unmatched += n
		c.Transferred += n
	case OutcomeSkipped:
		c.Skipped += n
	case OutcomeFailed:
		c.Failed += n
	case OutcomePending:
		c.Pending += n
	}
}

// Run is one transfer: what was asked, and how far it has come.
type Run struct {
	ID      int64
	State   State
	Phase   Phase
	Options Options

	// NextPage is the page the read goes on with (1-based; 0: what was read does not add up and is to
	// be read anew), Total the count İşbaşı gave last.
	NextPage int
	Total    int
	Counters Counters

	APIReads  int // list and detail calls this run has cost, sign-ins apart
	APIWrites int

	// Cause and Detail say why a run is paused or failed; Detail is İşbaşı's own message, if any.
	Cause  domain.Kind
	Detail string

	CreatedAt   time.Time
	ReadAt      time.Time // end of the read
	ConfirmedAt time.Time
	FinishedAt  time.Time
	UndoBegunAt time.Time     // a person wanted it undone: it goes on no more
	UndoneAt    time.Time     // the undo came to its end; zero: the run stands
	Worked      time.Duration // time spent working, over all sittings
}

// Short tells how many products fewer (or, negative, more) were read than İşbaşı has counted, of a run that went on
// nevertheless.
func (r Run) Short() int {
	if r.Phase == PhaseRead {
		return 0
	}
	return r.Total - r.Counters.Read
}

// MayTakeRead tells whether a person may be offered to go on with what was read.
func (r Run) MayTakeRead() bool {
	return r.State == StatePaused && r.Cause == domain.KindCount && r.Options.Disagreed >= disagreements
}

// disagreements is how often a count may disagree before it is no accident.
const disagreements = 2

// Undoing tells whether the run is undone, in part or whole.
func (r Run) Undoing() bool { return !r.UndoBegunAt.IsZero() }

// Note is a remark on an applied row that a person should see.
type Note string

// The notes, and the reasons of failed rows.
const (
	NoteZeroPrice     Note = "zero-price"     // a price of 0 is not taken
	NoteCurrency      Note = "price-currency" // the row names no currency and the company's is not TRY
	NoteNegativeStock Note = "negative-stock" // kept as read, leaves the program as 0
	NoteChanged       Note = "changed-since-plan"
)

// Range is the part of İşbaşı's product list that is asked for.
type Range struct {
	After, Before domain.RemoteID // products whose id lies between, "": no bound
	From          int             // page (1-based)
	To            int             // is known to be there: up to it pages are asked for ahead at once, 0: the first is read alone
}

// Page is one answer of İşbaşı's product list.
type Page struct {
	Number   int // 1-based
	Total    int // the count the answer gives
	Products []domain.RemoteProduct
	Last     bool // by the stop rule of isbasi-api.md §3.2
}
