package domain

import "time"

// Istanbul is the zone in which times are shown and months are counted. It is UTC+3 all year since
// 2016; a fixed zone needs no time-zone database on Windows.
var Istanbul = time.FixedZone("Europe/Istanbul", 3*60*60)

// Day is the day of t in Istanbul, as its midnight there; that of the zero time is the zero time.
func Day(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	y, m, d := t.In(Istanbul).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, Istanbul)
}
