// Package issuing turns a company's orders into invoices at İşbaşı, exactly once: it judges them, keeps a journal of
// attempts, stores drafts, reads them back, formalises them where that is wished, and looks for what was lost
// (orders-invoices.md §4, §5).
package issuing

import (
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

// Examined is an order with everything that is known and judged of it now.
type Examined struct {
	Kept    orders.Kept
	Case    invoicing.Case
	Answer  invoicing.Answer
	Verdict orders.Verdict // Answer with what people say
	// Draft is what would be sent, whatever the gate says.
	Draft domain.InvoiceDraft
	// Records are the attempts of its key, the oldest first.
	Records []invoicing.Record
	// Earliest is the day before which İşbaşı takes none of its kind, zero: any day.
	Earliest time.Time
}

// Plan is what a run would do.
type Plan struct {
	Ready []Examined // in the order of going out: by the day they were ordered
	Held  []Examined
	// Ask are the numbers of taxpayers that are asked for first; what is held for nothing else is in Ready if they answer.
	Ask []string
	// Cost is that of the whole run as far as it is known: the newest invoices, Ask, each draft, reading them back, and
	// with Formalise sending them and reading their states.
	Cost      quota.Cost
	Formalise bool
	// First: nothing was formalised today yet.
	First bool
	// Restored: the company's file is older than what is known elsewhere of it; the run begins with reading the invoices
	// since (rules.md §6, orders-invoices.md §5).
	Restored bool
}

// Request says what a run is to do.
type Request struct {
	// Keys are the orders; none: all that are ready.
	Keys []orders.Key
	Wish orders.Wish
}

// Outcome counts what a run has done.
type Outcome struct {
	Drafted, Issued, Unknown, Rejected, Held, Mismatch int
	Formalising                                        int // sent, and not done yet at İşbaşı
	Adopted                                            int // found at İşbaşı: another program had issued them
	Waiting                                            int // still in the queue
	Spent                                              quota.Cost
}

// Looked counts what a look-up has found.
type Looked struct {
	Found, Absent, Lost, StillUnknown int
	Spent                             quota.Cost
}

// Progress is where a run stands.
type Progress struct {
	Phase       Phase
	Done, Of    int
	Name        string // the buyer of the last one
	StartedAt   time.Time
	Outcome     Outcome
	PausedUntil time.Time // it goes on by itself then; zero: it is not paused
	Cause       domain.Kind
}

// Phase is what a run does at the moment.
type Phase string

// The phases, in their order.
const (
	PhaseChecking    Phase = "checking" // the newest invoices at İşbaşı
	PhaseAsking      Phase = "asking"   // taxpayers
	PhaseDrafting    Phase = "drafting"
	PhaseReading     Phase = "reading" // drafts back
	PhaseFormalising Phase = "formalising"
	PhaseConfirming  Phase = "confirming" // states
	PhaseDone        Phase = "done"
)
