package quota

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Take lets one call of kind k go, for the purpose the context is marked with, or says KindQuota: the
// month's limit is reached (for ordinary work, its part without the reserve), or İşbaşı has refused
// more. Detail is when it goes on. The first call of a block waits until the whole block is booked;
// sign-ins, which have no limit, are booked one by one.
func (l *Ledger) Take(ctx context.Context, k Kind) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if k != Read && k != Write && k != SignIn {
		return fmt.Errorf("quota: no kind %q", k)
	}
	if err := l.turn(ctx); err != nil {
		return err
	}
	if err := l.barred(ctx, k); err != nil {
		return err
	}
	if l.left[k] > 0 && l.reserved[k] && purposeOf(ctx) != Invoicing {
		if err := l.giveBackOf(ctx, k); err != nil {
			return err
		}
	}
	if l.left[k] == 0 {
		if err := l.book(ctx, k); err != nil {
			return err
		}
	}
	if err := l.probe(ctx, k); err != nil {
		return err
	}
	if err := l.note(ctx, k); err != nil {
		return err
	}
	l.left[k]--
	l.unsure[k]++
	return nil
}

// turn notices a new month: what is left of a block belongs to the old one.
func (l *Ledger) turn(ctx context.Context) error {
	month := Month(l.now())
	if month == l.month {
		return nil
	}
	if err := l.giveBack(ctx); err != nil {
		return err
	}
	l.month = month
	clear(l.unsure)
	clear(l.own)
	return nil
}

// book books the next block. Ordinary calls end where the reserve begins; a block never reaches over
// that line, so that what is left of it has one owner.
func (l *Ledger) book(ctx context.Context, k Kind) error {
	if k == SignIn {
		n, err := l.bookUpTo(ctx, k, 1, math.MaxInt)
		l.left[k] = n
		return err
	}
	limits, err := l.store.QuotaLimits(ctx)
	if err != nil {
		return domain.Wrap(err, "read the limits")
	}
	booked, err := l.store.Booked(ctx, l.month)
	if err != nil {
		return domain.Wrap(err, "read the quota of %s", l.month)
	}
	limit := limits.of(k)
	for _, inReserve := range []bool{false, true} {
		ceiling := limit
		if !inReserve {
			ceiling = max(0, limit-Reserve(k))
		} else if purposeOf(ctx) != Invoicing {
			break
		}
		n, err := l.bookUpTo(ctx, k, min(BlockSize, ceiling-booked[k]), ceiling)
		if err != nil {
			return err
		}
		if n > 0 {
			l.left[k], l.reserved[k] = n, inReserve
			return nil
		}
	}
	kept, err := l.kept(ctx, k, booked[k], limit)
	if err != nil {
		return err
	}
	return l.full(k, kept)
}

// kept tells whether the call that is refused would be let go for an invoice.
func (l *Ledger) kept(ctx context.Context, k Kind, spent, limit int) (bool, error) {
	if purposeOf(ctx) == Invoicing {
		return false, nil
	}
	if l.key != nil {
		byKey, err := l.key.Booked(ctx, l.month)
		if err != nil {
			return false, domain.Wrap(err, "read the API key's quota of %s", l.month)
		}
		spent = max(spent, byKey[k])
	}
	return spent < limit, nil
}

// bookUpTo books n calls, or fewer when the API key has no more, and gives how many.
func (l *Ledger) bookUpTo(ctx context.Context, k Kind, n, ceiling int) (int, error) {
	if n <= 0 {
		return 0, nil
	}
	if err := ctx.Err(); err != nil {
		return 0, domain.E(domain.KindCancelled, "book calls", err)
	}
	ctx = context.WithoutCancel(ctx) // cut off in its midst, a write may stand all the same, and a block would be nobody's
	if l.key != nil {
		granted, err := l.key.Book(ctx, l.month, k, n, ceiling)
		if err != nil || granted <= 0 {
			return 0, domain.Wrap(err, "book %d calls of the key (%s)", n, k)
		}
		n = granted
	}
	if err := l.store.Book(ctx, l.month, k, n); err != nil {
		err = domain.Wrap(err, "book %d calls (%s)", n, k)
		if l.key == nil {
			return 0, err
		}
		_, undo := l.key.Book(context.WithoutCancel(ctx), l.month, k, -n, math.MaxInt)
		return 0, errors.Join(err, undo)
	}
	return n, nil
}

// ErrReserve is in the error of ordinary work that stops because the rest is kept for invoices.
var ErrReserve = errors.New("the rest is kept for invoices")

// full is the error of a month whose limit is reached.
func (l *Ledger) full(k Kind, reserve bool) error {
	now := l.now().In(domain.Istanbul)
	next := time.Date(now.Year(), now.Month()+1, 1, 0, 0, 0, 0, domain.Istanbul)
	e := &domain.Error{Kind: domain.KindQuota, Op: "book calls", Field: string(k), Detail: next.Format(timeLayout)}
	if reserve {
		e.Err = ErrReserve
	}
	return e
}

// May tells whether work that costs c may begin: nil, or KindQuota with the kind in Field and in Detail
// when it goes on. It books nothing.
func (l *Ledger) May(ctx context.Context, c Cost, p Purpose) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	u, err := l.usage(ctx)
	if err != nil {
		return err
	}
	for _, k := range []Kind{Read, Write} {
		n := c.of(k)
		if n == 0 {
			continue
		}
		if x := u.Exhausted(k); x.Is() && l.now().Before(x.NextProbe()) {
			return exhausted(k, x)
		}
		if left := u.Left(k, p); n > left {
			e := l.full(k, p == Ordinary && n <= u.Left(k, Invoicing))
			return fmt.Errorf("%d needed, %d left: %w", n, left, e)
		}
	}
	return nil
}

const (
	// ShortWait is the longest Retry-After that asks to slow down and says nothing of the month.
	ShortWait = time.Minute
	// longWait is the shortest Retry-After that says of the month that it is used up, however little was counted.
	longWait = 24 * time.Hour
)

// Refused is told of every 429. A short Retry-After, or less than 80 % of the limit spent, means slow
// down: nil, or KindSlowDown with the time that was named in Detail, if it is not short. Otherwise, after a probe, and
// where a wait of days was named, the kind is exhausted: KindQuota, Detail = the next probe, which is not before that
// wait is over. A negative retryAfter: İşbaşı told none.
func (l *Ledger) Refused(ctx context.Context, k Kind, retryAfter time.Duration) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if k == SignIn || 0 <= retryAfter && retryAfter <= ShortWait {
		return nil
	}
	u, err := l.usage(ctx)
	if err != nil {
		return err
	}
	x := l.exhaustedNow(k)
	if !x.Is() {
		if retryAfter < longWait && u.Spent(k)*5 < u.Limit(k)*4 {
			return l.slowDown(k, retryAfter)
		}
		x.Since = l.now()
	}
	x.AskedAt = l.now()
	if retryAfter >= longWait {
		x.AskedAt = x.AskedAt.Add(retryAfter - time.Nanosecond)
	}
	delete(l.probes, k)
	l.refuse[k] = x // İşbaşı's word holds even where it cannot be stored
	if err := l.mark(ctx, k, x); err != nil {
		return err
	}
	return exhausted(k, x)
}

// slowDown is the error of a call that İşbaşı wants to be made later; nil: after a pause of our own.
func (l *Ledger) slowDown(k Kind, wait time.Duration) error {
	if wait < 0 {
		return nil
	}
	at := l.now().Add(wait + time.Minute - time.Nanosecond).In(domain.Istanbul) // Detail knows minutes
	return &domain.Error{Kind: domain.KindSlowDown, Op: "ask İşbaşı", Field: string(k), Detail: at.Format(timeLayout)}
}
