package sync

import (
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// clock reads a time of Istanbul; "" is the zero time.
func clock(s string) time.Time {
	if s == "" {
		return time.Time{}
	}
	t, err := time.ParseInLocation("2006-01-02 15:04:05", s, domain.Istanbul)
	if err != nil {
		panic(err)
	}
	return t.UTC()
}

func TestDue(t *testing.T) {
	for _, tt := range []struct {
		plan            Schedule
		last, now, want string
	}{
		{ScheduleOff, "2026-05-04 09:00:00", "2026-05-04 09:10:00", ""},
		{ScheduleOff, "", "2026-05-04 09:10:00", ""},
		{"yearly", "2026-05-04 09:00:00", "2026-05-04 09:10:00", ""},
		{ScheduleHourly, "2026-05-04 09:00:00", "2026-05-04 09:10:00", "2026-05-04 10:00:00"},
		{ScheduleHourly, "2026-05-04 09:00:00", "2026-05-04 10:00:00", "2026-05-04 10:00:00"},
		{ScheduleHourly, "2026-05-04 09:00:00", "2026-05-04 17:30:00", "2026-05-04 17:30:00"},
		{ScheduleHourly, "", "2026-05-04 09:10:00", "2026-05-04 09:10:00"},
		{ScheduleHourly, "2026-05-04 23:00:00", "2026-05-04 09:10:00", "2026-05-04 10:10:00"}, // the clock was wrong
		{ScheduleSixHourly, "2026-05-04 21:05:00", "2026-05-04 21:10:00", "2026-05-05 03:05:00"},
		{ScheduleSixHourly, "", "2026-05-04 09:10:00", "2026-05-04 09:10:00"},
		{ScheduleDaily, "2026-05-31 21:05:00", "2026-05-31 21:10:00", "2026-06-01 21:05:00"},
		{ScheduleDaily, "", "2026-05-04 09:10:00", "2026-05-04 09:10:00"},
		{ScheduleNightly, "2026-05-04 02:00:00", "2026-05-04 09:00:00", "2026-05-05 02:00:00"},
		{ScheduleNightly, "2026-05-04 01:59:59", "2026-05-04 01:59:59", "2026-05-04 02:00:00"},
		{ScheduleNightly, "2026-05-31 23:59:00", "2026-05-31 23:59:30", "2026-06-01 02:00:00"},
		{ScheduleNightly, "2026-05-04 02:00:00", "2026-05-06 09:00:00", "2026-05-06 09:00:00"}, // the computer was off
		{ScheduleNightly, "", "2026-05-04 09:00:00", "2026-05-05 02:00:00"},
		{ScheduleNightly, "", "2026-05-04 01:00:00", "2026-05-04 02:00:00"},
		{ScheduleNightly, "2026-05-09 02:00:00", "2026-05-04 09:00:00", "2026-05-05 02:00:00"}, // the clock was wrong
	} {
		if got := Due(tt.plan, clock(tt.last), clock(tt.now)); !got.Equal(clock(tt.want)) {
			t.Errorf("%s, last %q, now %s: due %s, want %q", tt.plan, tt.last, tt.now, got.In(domain.Istanbul), tt.want)
		}
	}
}

func TestPlan_Valid(t *testing.T) {
	if len(Schedules()) != 5 {
		t.Errorf("%v", Schedules())
	}
	for _, p := range Schedules() {
		if !p.Valid() {
			t.Errorf("%s is refused", p)
		}
	}
	for _, p := range []Schedule{"", "yearly"} {
		if p.Valid() {
			t.Errorf("%q is accepted", p)
		}
	}
}
