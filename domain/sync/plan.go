package sync

import (
	"slices"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Plan says when sweeps begin by themselves.
type Plan string

// The plans.
const (
	PlanOff       Plan = "off" // only when a person asks
	PlanHourly    Plan = "hourly"
	PlanSixHourly Plan = "six-hourly" // four times a day
	PlanDaily     Plan = "daily"
	PlanNightly   Plan = "nightly" // at two in the night in Istanbul
)

// Plans lists them in the order they are shown.
func Plans() []Plan { return []Plan{PlanOff, PlanHourly, PlanSixHourly, PlanDaily, PlanNightly} }

// Valid tells whether p is one of the plans.
func (p Plan) Valid() bool { return slices.Contains(Plans(), p) }

// nightHour is when the nightly sweep begins: shops are closed, and the books have the day's invoices.
const nightHour = 2

// Due gives the time, now at the earliest, at which the next sweep of the plan begins; last is when the
// last one began, zero for none. It is the zero time for a plan that begins none. A sweep that was missed,
// because the computer was off, is due now. Intervals count from the last sweep and keep to no hours of the
// day, as nobody knows when a shop is open.
func Due(plan Plan, last, now time.Time) time.Time {
	last = earliest(last, now) // a clock that was wrong keeps nothing waiting for ever
	switch plan {
	case PlanHourly:
		return every(time.Hour, last, now)
	case PlanSixHourly:
		return every(6*time.Hour, last, now)
	case PlanDaily:
		return every(24*time.Hour, last, now)
	case PlanNightly:
		if last.IsZero() {
			last = now // whoever chose the night is not surprised by day
		}
		return latest(now, night(last))
	default:
		return time.Time{}
	}
}

func every(interval time.Duration, last, now time.Time) time.Time {
	if last.IsZero() {
		return now
	}
	return latest(now, last.Add(interval))
}

// night gives the first hour of the nightly sweep behind t.
func night(t time.Time) time.Time {
	year, month, day := t.In(domain.Istanbul).Date()
	at := time.Date(year, month, day, nightHour, 0, 0, 0, domain.Istanbul)
	if !at.After(t) {
		at = at.AddDate(0, 0, 1)
	}
	return at
}
