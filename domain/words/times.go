package words

import (
	"fmt"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Date words a day in Istanbul: 01.01.2027.
func (w Words) Date(t time.Time) string {
	if t.IsZero() {
		return w.T("none")
	}
	t = t.In(domain.Istanbul)
	if w.Lang == "en" {
		return t.Format("2 Jan 2006")
	}
	return t.Format("02.01.2006")
}

// DayMonth words a day of which the year is known: 01.01.
func (w Words) DayMonth(t time.Time) string {
	if w.Lang == "en" {
		return t.In(domain.Istanbul).Format("2 Jan")
	}
	return t.In(domain.Istanbul).Format("02.01")
}

// Moment words a day and time: 23.11.2026 14:05.
func (w Words) Moment(t time.Time) string {
	if t.IsZero() {
		return w.T("none")
	}
	return domain.FormatTime(t, w.Lang)
}

// Clock words a time of the day that now is in: 12:41; of another day, with the day.
func (w Words) Clock(t, now time.Time) string {
	if SameDay(t, now) {
		return t.In(domain.Istanbul).Format("15:04")
	}
	return w.Moment(t)
}

// GoesOn words when what rests goes on by itself, "" where nobody knows.
func (w Words) GoesOn(at, now time.Time) string {
	switch {
	case at.IsZero():
		return ""
	case SameDay(at, now):
		return w.T("goes-on.at", w.Clock(at, now))
	default:
		return w.T("goes-on.on", w.Moment(at))
	}
}

// SameDay tells whether two times are of one day in Istanbul.
func SameDay(a, b time.Time) bool {
	a, b = a.In(domain.Istanbul), b.In(domain.Istanbul)
	return a.YearDay() == b.YearDay() && a.Year() == b.Year()
}

// Duration words how long something takes: 43 sn, 2 dk 5 sn, 1 sa 20 dk; less than a second is one.
func (w Words) Duration(d time.Duration) string {
	s := max(1, int((d + time.Second/2).Seconds()))
	switch {
	case s < 60:
		return w.T("duration.seconds", s)
	case s < 3600 && s%60 == 0:
		return w.T("duration.minutes", s/60)
	case s < 3600:
		return w.T("duration.minutes-seconds", s/60, s%60)
	default:
		return w.T("duration.hours-minutes", s/3600, s%3600/60)
	}
}

// Countdown words what is left of a wait: 04:32.
func Countdown(left time.Duration) string {
	left = max(left, 0).Round(time.Second)
	return fmt.Sprintf("%02d:%02d", int(left.Minutes()), int(left.Seconds())%60)
}
