// Package quota counts the calls to İşbaşı that users pay for: reads and writes of a calendar month in
// Europe/Istanbul (rules.md §4). Calls are booked before they are sent, in blocks, and what was not
// used is given back, so that a kill leaves the ledger at most one block too high and never too low.
package quota

import (
	"context"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// BlockSize is the largest number of calls booked at once.
const BlockSize = 20

// Kind is what a call counts as. Lists are POST and still reads (isbasi-api.md §3.3). Sign-ins are
// logged apart.
type Kind string

// The kinds.
const (
	Read   Kind = "read"
	Write  Kind = "write"
	SignIn Kind = "sign_in"
)

// The monthly limits İşbaşı names, and what of them is kept for invoices.
const (
	ReadLimit    = 3000
	WriteLimit   = 7000
	ReadReserve  = 200
	WriteReserve = 500
)

// highestLimit is far above what Logo sells: a larger one is a slip of the finger.
const highestLimit = 1_000_000

// Limits are the monthly limits of a company: Logo sells larger ones (6,000 reads, isbasi-api.md §3.3).
type Limits struct{ Reads, Writes int }

// DefaultLimits are those of a subscription without extras.
func DefaultLimits() Limits { return Limits{Reads: ReadLimit, Writes: WriteLimit} }

// Validate refuses a limit that cannot be meant; the error's Field is "reads" or "writes", the first that is
// wrong.
func (l Limits) Validate() error {
	for _, f := range []struct {
		name  string
		limit int
	}{{"reads", l.Reads}, {"writes", l.Writes}} {
		if f.limit < 1 || f.limit > highestLimit {
			return domain.Invalid(f.name, "quota-limit")
		}
	}
	return nil
}

func (l Limits) of(k Kind) int {
	if k == Write {
		return l.Writes
	}
	return l.Reads
}

// Reserve is what of a month's calls ordinary work leaves for invoices.
func Reserve(k Kind) int {
	switch k {
	case Read:
		return ReadReserve
	case Write:
		return WriteReserve
	default:
		return 0
	}
}

// Purpose is what a call is made for.
type Purpose int

// The purposes. Only invoices may use the reserve.
const (
	Ordinary Purpose = iota
	Invoicing
)

type purposeKey struct{}

// WithPurpose marks the calls made with the context; without a mark they are Ordinary.
func WithPurpose(ctx context.Context, p Purpose) context.Context {
	return context.WithValue(ctx, purposeKey{}, p)
}

func purposeOf(ctx context.Context) Purpose {
	p, _ := ctx.Value(purposeKey{}).(Purpose)
	return p
}

// Cost is what a piece of work will spend.
type Cost struct{ Reads, Writes int }

func (c Cost) of(k Kind) int {
	if k == Write {
		return c.Writes
	}
	return c.Reads
}

// Month names the calendar month of t in Europe/Istanbul.
func Month(t time.Time) string { return t.In(domain.Istanbul).Format("2006-01") }
