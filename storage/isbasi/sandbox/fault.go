package sandbox

import (
	"context"
	"slices"
	"time"
)

// FaultKind is a way to misbehave.
type FaultKind string

// The kinds. Several may strike one call.
const (
	FaultStatus   FaultKind = "status"   // an error envelope with Status (500) and Message
	FaultHTML     FaultKind = "html"     // a gateway's page with Status (502)
	FaultBody     FaultKind = "body"     // Message as the body, with Status (200): foreign JSON, an empty answer
	FaultRate     FaultKind = "rate"     // 429, with Retry-After when RetryAfter is set
	FaultRedirect FaultKind = "redirect" // 307 to Location
	FaultDelay    FaultKind = "delay"    // answers after Delay, or never when the server closes before; the call is carried out then, with After at once
	FaultCut      FaultKind = "cut"      // half of the body, then the connection ends
	FaultDrop     FaultKind = "drop"     // the connection ends; the call was not carried out
	FaultLost     FaultKind = "lost"     // the call was carried out; its answer never arrives
	FaultLate     FaultKind = "late"     // the connection ends (with Status: a gateway's page); the call is carried out Delay later, without Delay at Settle
	FaultIgnore   FaultKind = "ignore"   // a save answers its success, but Field of what it sends is not stored (of a product any, of a stock receipt stockTransactionLines)
	FaultRefuse   FaultKind = "refuse"   // GİB refuses the document that the call sends, with the code Status (1150) and the note Message
	FaultToken    FaultKind = "token"    // every access token has ended
	FaultCount    FaultKind = "count"    // a list's count is off by By (1)
	FaultRepeat   FaultKind = "repeat"   // the list answers its first page, whatever was asked for
	FaultGrow     FaultKind = "grow"     // By (1) products appear at the end of their list, before the answer
	FaultShrink   FaultKind = "shrink"   // the first By (1) products are gone, before the answer: later ones move up
)

// Fault is one scripted misbehaviour. Of the calls that Route and Page select, it strikes all; with
// Nth only that one, with Every each such one; with Times, so often at most.
type Fault struct {
	Kind  FaultKind
	Route string // one of the Route constants; empty = every call
	Page  int    // of a list; 0 = any
	Nth   int    // 1 = the first
	Every int
	Times int

	// After: a fault that replaces or delays the answer strikes after the call was carried out, as a
	// gateway does that lost patience.
	After bool

	Status     int
	Message    string
	Delay      time.Duration
	RetryAfter time.Duration
	RetryDate  bool // Retry-After is written as a date instead of seconds
	Location   string
	By         int
	Field      string // of the body
}

// armed is a fault in force.
type armed struct {
	Fault
	seen, struck int
}

// strikes are the faults that one call suffers.
type strikes []Fault

func (f strikes) has(k FaultKind) bool {
	return slices.ContainsFunc(f, func(x Fault) bool { return x.Kind == k })
}

// wait spends the delays before the call is carried out, or those after it; false when the caller or the
// server went away meanwhile.
func (f strikes) wait(ctx context.Context, done <-chan struct{}, after bool) bool {
	for _, x := range f {
		if x.Kind != FaultDelay || x.After != after {
			continue
		}
		t := time.NewTimer(x.Delay)
		defer t.Stop()
		select {
		case <-t.C:
		case <-ctx.Done():
			return false
		case <-done:
			return false
		}
	}
	return true
}
