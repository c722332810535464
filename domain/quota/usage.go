package quota

import (
	"context"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Usage is what a month has cost so far, without what is booked but not used.
type Usage struct {
	Month                 string // "2026-11"
	Reads, Writes         int    // of this company
	SignIns               int
	ReadLimit, WriteLimit int
	// KeyReads and KeyWrites are those of every company on this machine that has the same API key, this
	// one included; 0 while the key is not known.
	KeyReads, KeyWrites       int
	ReadReserve, WriteReserve int // of the limits, kept for invoices
	// ReadExhausted and WriteExhausted: İşbaşı gives no more calls; the zero value: it does.
	ReadExhausted, WriteExhausted Exhaustion
}

// Spent is what counts against the limit of k: the company's own calls or those with its API key,
// whichever are more, because nobody says which of them İşbaşı counts (isbasi-api.md §3.3).
func (u Usage) Spent(k Kind) int {
	if k == Write {
		return max(u.Writes, u.KeyWrites)
	}
	return max(u.Reads, u.KeyReads)
}

// Limit is the month's limit of k.
func (u Usage) Limit(k Kind) int {
	if k == Write {
		return u.WriteLimit
	}
	return u.ReadLimit
}

// Reserve is what of the limit is kept for invoices.
func (u Usage) Reserve(k Kind) int {
	if k == Write {
		return u.WriteReserve
	}
	return u.ReadReserve
}

// Left is how many calls of k may still be made for p, by what was counted.
func (u Usage) Left(k Kind, p Purpose) int {
	left := u.Limit(k) - u.Spent(k)
	if p != Invoicing {
		left -= u.Reserve(k)
	}
	return max(0, left)
}

// Kept gives what is left of the reserve: only invoicing may spend it, beside what is left for everything.
func (u Usage) Kept(k Kind) int { return u.Left(k, Invoicing) - u.Left(k, Ordinary) }

// Exhausted tells since when İşbaşı gives no more calls of k; the zero value: it does.
func (u Usage) Exhausted(k Kind) Exhaustion {
	switch k {
	case Read:
		return u.ReadExhausted
	case Write:
		return u.WriteExhausted
	default:
		return Exhaustion{}
	}
}

// Usage tells what the current month has cost.
func (l *Ledger) Usage(ctx context.Context) (Usage, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.usage(ctx)
}

func (l *Ledger) usage(ctx context.Context) (Usage, error) {
	month := Month(l.now())
	booked, err := l.store.Booked(ctx, month)
	if err != nil {
		return Usage{}, domain.Wrap(err, "read the quota of %s", month)
	}
	limits, err := l.store.QuotaLimits(ctx)
	if err != nil {
		return Usage{}, domain.Wrap(err, "read the limits")
	}
	var byKey map[Kind]int
	if l.key != nil {
		if byKey, err = l.key.Booked(ctx, month); err != nil {
			return Usage{}, domain.Wrap(err, "read the API key's quota of %s", month)
		}
	}
	if err := l.load(ctx); err != nil {
		return Usage{}, err
	}
	used := func(booked map[Kind]int, k Kind) int {
		if month != l.month {
			return booked[k]
		}
		return max(0, booked[k]-l.left[k])
	}
	return Usage{
		Month: month, Reads: used(booked, Read), Writes: used(booked, Write), SignIns: used(booked, SignIn),
		ReadLimit: limits.Reads, WriteLimit: limits.Writes,
		KeyReads: used(byKey, Read), KeyWrites: used(byKey, Write),
		ReadReserve: min(ReadReserve, limits.Reads), WriteReserve: min(WriteReserve, limits.Writes),
		ReadExhausted: l.exhaustedNow(Read), WriteExhausted: l.exhaustedNow(Write),
	}, nil
}
