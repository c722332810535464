package sync

import (
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// NextSweep gives the time, now at the earliest, at which a sweep of so many reads may begin, so that the
// month's reads last until its end. left are the month's reads that are left after the reserve, last is
// when the last sweep began, zero for none. A day's share is what is left by the days that the month of
// Istanbul had left at the last sweep, that day among them; shares are saved up since then, and have to
// cover the cost. A sweep that cannot be paid this month may begin with the next, when it has to be asked
// for anew: the answer holds for the figures given.
func NextSweep(last time.Time, cost, left int, now time.Time) time.Time {
	switch {
	case cost <= 0:
		return now
	case left < cost:
		return nextMonth(now)
	case last.IsZero():
		return now
	}
	last = earliest(last, now)          // a clock that was wrong keeps nothing waiting for ever
	since := latest(last, firstOf(now)) // reads of an earlier month are gone
	saved := last.Add(saving(cost, left, daysLeft(since)))
	return earliest(latest(now, saved), nextMonth(now))
}

// saving gives how long it takes to save the cost up, at a day's share of what is left. In whole seconds,
// as nanoseconds of so many reads and days would not fit.
func saving(cost, left, days int) time.Duration {
	const daySeconds = 24 * 60 * 60
	seconds := (int64(cost)*int64(days)*daySeconds + int64(left) - 1) / int64(left)
	return time.Duration(seconds) * time.Second
}

// daysLeft counts the days of t's month from t's own on.
func daysLeft(t time.Time) int {
	lastDay := nextMonth(t).AddDate(0, 0, -1)
	return lastDay.Day() - t.In(domain.Istanbul).Day() + 1
}

// firstOf gives the midnight with which the month of t begins in Istanbul, nextMonth that of the one behind it.
func firstOf(t time.Time) time.Time {
	year, month, _ := t.In(domain.Istanbul).Date()
	return time.Date(year, month, 1, 0, 0, 0, 0, domain.Istanbul)
}

func nextMonth(t time.Time) time.Time { return firstOf(t).AddDate(0, 1, 0) }

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

func earliest(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}
