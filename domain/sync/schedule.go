package sync

import (
	"slices"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Schedule says when sweeps begin by themselves.
type Schedule string

// The schedules.
const (
	ScheduleOff       Schedule = "off" // only when a person asks
	ScheduleHourly    Schedule = "hourly"
	ScheduleSixHourly Schedule = "six-hourly" // four times a day
	ScheduleDaily     Schedule = "daily"
	ScheduleNightly   Schedule = "nightly" // at two in the night in Istanbul
)

// Schedules lists them in the order they are shown.
func Schedules() []Schedule {
	return []Schedule{ScheduleOff, ScheduleHourly, ScheduleSixHourly, ScheduleDaily, ScheduleNightly}
}

// Valid tells whether s is one of the schedules.
func (s Schedule) Valid() bool { return slices.Contains(Schedules(), s) }

// nightHour is when the nightly sweep begins: shops are closed, and the books have the day's invoices.
const nightHour = 2

// Due gives the time, now at the earliest, at which the next sweep of the schedule begins; last is when the
// last one began, zero for none. It is the zero time for a schedule that begins none. A sweep that was missed,
// because the computer was off, is due now. Intervals count from the last sweep and keep to no hours of the
// day, as nobody knows when a shop is open.
func Due(schedule Schedule, last, now time.Time) time.Time {
	last = earliest(last, now) // a clock that was wrong keeps nothing waiting for ever
	switch schedule {
	case ScheduleHourly:
		return every(time.Hour, last, now)
	case ScheduleSixHourly:
		return every(6*time.Hour, last, now)
	case ScheduleDaily:
		return every(24*time.Hour, last, now)
	case ScheduleNightly:
		if last.IsZero() {
			last = now.Add(-time.Hour) // whoever chose the night is not surprised by day, and the first night comes
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
