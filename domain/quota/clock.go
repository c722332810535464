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
	before, anew := l.skew, l.heardAt.IsZero()
	l.skew = at.Sub(l.local())
	if l.skew.Abs() <= clockTolerance {
		l.skew = 0
	}
	l.heardAt = l.local()
	wrong, month := l.month, Month(l.now())
	move := l.move
	switch {
	case (l.skew - before).Abs() <= clockTolerance:
		clear(l.unsure) // they were booked by the same clock: the month has turned since
	case !anew: // the clock was set since İşbaşı was heard, before these calls or behind them: in doubt they are counted in both
		move = func(ctx context.Context, _ string, k Kind, n int) error { return l.bookIn(ctx, l.month, k, n) }
	}
	if err := l.moveUnsure(ctx, month, move); err != nil {
		return err
	}
	return l.settle(ctx, wrong, month)
}

// moveUnsure takes what this ledger has let go since İşbaşı was heard last over to the month that it is.
func (l *Ledger) moveUnsure(ctx context.Context, month string, move func(ctx context.Context, from string, k Kind, n int) error) error {
	if month == l.month || l.month == "" || len(l.unsure) == 0 {
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
		if n == 0 {
			continue
		}
		if err := move(ctx, wrong, k, n); err != nil {
			return domain.Wrap(err, "book %d calls (%s) in %s instead of %s", n, k, month, wrong)
		}
	}
	return nil
}

// sureFor is how long after İşbaşı was heard the local clock is believed.
const sureFor = time.Hour

// note keeps of a call that is let go in which month it is booked, while nobody knows whether that is İşbaşı's: the program may be
// killed before the answer is heard, and the next one that hears İşbaşı books it where it belongs.
func (l *Ledger) note(ctx context.Context, k Kind) error {
	if since := l.local().Sub(l.heardAt); !l.heardAt.IsZero() && 0 <= since && since <= sureFor {
		return nil
	}
	if err := l.loadUnheard(ctx); err != nil {
		return err
	}
	if l.unheard[l.month] == nil {
		l.unheard[l.month] = map[Kind]int{}
	}
	n := l.unheard[l.month][k] + 1
	if err := l.store.SaveUnheard(ctx, l.month, k, n); err != nil {
		return domain.Wrap(err, "note a call (%s)", k)
	}
	l.unheard[l.month][k] = n
	l.own[k]++
	return nil
}

func (l *Ledger) loadUnheard(ctx context.Context) (err error) {
	if l.unheard != nil {
		return nil
	}
	unheard, err := l.store.Unheard(ctx)
	if err != nil {
		return domain.Wrap(err, "read the calls that were not heard of")
	}
	if l.unheard = unheard; l.unheard == nil {
		l.unheard = map[string]map[Kind]int{}
	}
	return nil
}

// settle books in the month that it is what another program let go in another one and never heard of: in doubt it is counted in both.
// What this one has let go was booked in the month own, and is moved already.
func (l *Ledger) settle(ctx context.Context, own, month string) error {
	if err := l.loadUnheard(ctx); err != nil {
		return err
	}
	for booked, kinds := range l.unheard {
		for k, n := range kinds {
			if booked == own {
				n -= l.own[k]
			}
			if booked != month && n > 0 {
				if err := l.bookIn(ctx, month, k, n); err != nil {
					return domain.Wrap(err, "book %d calls (%s) in %s too", n, k, month)
				}
			}
			if err := l.store.SaveUnheard(ctx, booked, k, 0); err != nil {
				return domain.Wrap(err, "note that İşbaşı was heard")
			}
			delete(kinds, k)
		}
		delete(l.unheard, booked)
	}
	clear(l.own)
	return nil
}

// bookIn books n calls that were made, whatever the limits are.
func (l *Ledger) bookIn(ctx context.Context, month string, k Kind, n int) error {
	var key error
	if l.key != nil {
		_, key = l.key.Book(ctx, month, k, n, math.MaxInt)
	}
	return errors.Join(key, l.store.Book(ctx, month, k, n))
}

// move books n calls in the month that is and takes them out of the one that is not, in this order: never too low.
func (l *Ledger) move(ctx context.Context, from string, k Kind, n int) error {
	if err := l.bookIn(ctx, l.month, k, n); err != nil {
		return err
	}
	var key error
	if l.key != nil {
		_, key = l.key.Book(ctx, from, k, -n, math.MaxInt)
	}
	return errors.Join(l.store.Book(ctx, from, k, -n), key)
}
