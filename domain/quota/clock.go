package quota

import (
	"context"
	"errors"
	"math"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// clockTolerance is how far the clocks may lie apart without ours being wrong: answers take their time.
const clockTolerance = time.Minute

// now is the time by İşbaşı's clock, as far as it is known: its month is the one that counts.
func (l *Ledger) now() time.Time { return l.local().Add(l.skew) }

// Heard is told what time it was at İşbaşı when it answered. Where this machine's clock is wrong, İşbaşı's counts
// from then on, and the calls that were booked in a wrong month since it was heard last go over to the right one.
func (l *Ledger) Heard(ctx context.Context, at time.Time) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.skew = at.Sub(l.local())
	if l.skew.Abs() <= clockTolerance {
		l.skew = 0
	}
	month := Month(l.now())
	if month == l.month || l.month == "" || l.skew == 0 {
		clear(l.unsure)
		return nil
	}
	if err := l.giveBack(ctx); err != nil {
		return err
	}
	wrong := l.month
	l.month = month
	for k, n := range l.unsure {
		delete(l.unsure, k) // tried once: in doubt it is counted in both
		if err := l.move(ctx, wrong, k, n); err != nil {
			return domain.Wrap(err, "book %d calls (%s) in %s instead of %s", n, k, month, wrong)
		}
	}
	return nil
}

// move books n calls in the month that is and takes them out of the one that is not, in this order: never too low.
func (l *Ledger) move(ctx context.Context, from string, k Kind, n int) error {
	if n == 0 {
		return nil
	}
	var key error
	if l.key != nil {
		_, key = l.key.Book(ctx, l.month, k, n, math.MaxInt)
	}
	if err := errors.Join(key, l.store.Book(ctx, l.month, k, n)); err != nil {
		return err
	}
	if l.key != nil {
		_, key = l.key.Book(ctx, from, k, -n, math.MaxInt)
	}
	return errors.Join(l.store.Book(ctx, from, k, -n), key)
}
