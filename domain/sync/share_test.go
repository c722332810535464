package sync

import (
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

func TestNextSweep(t *testing.T) {
	for _, tt := range []struct {
		name       string
		last       string
		cost, left int
		now, want  string
	}{
		// 2,800 reads in 30 days are 93 1/3 a day: 388 take 359,177.1 seconds
		{"a large shop", "2026-06-01 00:00:00", 388, 2800, "2026-06-01 00:00:00", "2026-06-05 03:46:18"},
		{"a large shop, days later", "2026-06-01 00:00:00", 388, 2800, "2026-06-04 12:00:00", "2026-06-05 03:46:18"},
		{"a large shop, the year's last month", "2026-12-01 00:00:00", 388, 2800, "2026-12-01 00:00:00", "2026-12-05 07:05:50"},
		{"a little more than whole seconds", "2026-06-04 00:00:00", 1, 7, "2026-06-04 00:00:00", "2026-06-07 20:34:18"}, // 333257 and 1/7
		{"a short month", "2026-02-01 00:00:00", 1, 28, "2026-02-01 00:00:00", "2026-02-02 00:00:00"},
		{"never swept", "", 388, 2800, "2026-06-01 09:00:00", "2026-06-01 09:00:00"},
		{"never swept, just enough", "", 388, 388, "2026-06-01 09:00:00", "2026-06-01 09:00:00"},
		{"never swept, not enough", "", 388, 387, "2026-06-01 09:00:00", "2026-07-01 00:00:00"},
		{"not enough", "2026-06-01 09:00:00", 388, 387, "2026-12-04 09:00:00", "2027-01-01 00:00:00"},
		{"saved up long ago", "2026-05-01 09:00:00", 388, 2800, "2026-06-04 09:00:00", "2026-06-04 09:00:00"},
		{"costs nothing", "2026-06-04 08:00:00", 0, -5, "2026-06-04 09:00:00", "2026-06-04 09:00:00"},
		// 30 days left, 240 reads: 8 a day, one in three hours
		{"within the day", "2026-06-01 00:00:00", 1, 240, "2026-06-01 01:00:00", "2026-06-01 03:00:00"},
		{"within the day, saved", "2026-06-01 00:00:00", 1, 240, "2026-06-01 03:30:00", "2026-06-01 03:30:00"},
		{"to the second", "2026-06-01 00:00:00", 1, 239, "2026-06-01 00:00:00", "2026-06-01 03:00:46"}, // 10,845.2 s
		{"on the last day", "2026-06-30 01:00:00", 6, 12, "2026-06-30 02:00:00", "2026-06-30 13:00:00"},
		{"not on the last day any more", "2026-06-30 13:00:00", 6, 12, "2026-06-30 14:00:00", "2026-07-01 00:00:00"},
		{"swept last month", "2026-06-30 12:00:00", 2, 62, "2026-07-01 06:00:00", "2026-07-01 12:00:00"},    // 2 a day
		{"days are Istanbul's", "2026-07-01 00:30:00", 2, 62, "2026-07-01 00:40:00", "2026-07-02 00:30:00"}, // 30 June in UTC
		{"one read a day", "2026-06-11 00:00:00", 1, 20, "2026-06-11 00:00:00", "2026-06-12 00:00:00"},
		{"the month is Istanbul's", "", 9, 8, "2026-07-01 00:00:00", "2026-08-01 00:00:00"}, // 30 June, 21:00 UTC
		{"a clock that was wrong", "2026-09-01 00:00:00", 1, 240, "2026-06-01 00:00:00", "2026-06-01 03:00:00"},
	} {
		if got := NextSweep(clock(tt.last), tt.cost, tt.left, clock(tt.now)); !got.Equal(clock(tt.want)) {
			t.Errorf("%s: %s, want %s", tt.name, got.In(domain.Istanbul), tt.want)
		}
	}
}

// A month of a shop of 38,760 products: a sweep reads 388 pages and leaves the next one to be saved up.
func TestNextSweep_aMonthOfALargeShop(t *testing.T) {
	const cost = 388
	now, left, sweeps := clock("2026-06-01 00:00:00"), 2800, 0
	for last := (time.Time{}); ; sweeps++ {
		at := NextSweep(last, cost, left, now)
		if at.Before(now) {
			t.Fatalf("sweep %d at %s, before %s", sweeps+1, at, now)
		}
		if at.In(domain.Istanbul).Month() != time.June {
			if !at.Equal(clock("2026-07-01 00:00:00")) || left >= cost {
				t.Errorf("goes on at %s with %d reads left", at.In(domain.Istanbul), left)
			}
			break
		}
		if gap := at.Sub(last); !last.IsZero() && (gap < 4*24*time.Hour || gap > 5*24*time.Hour) {
			t.Errorf("sweep %d at %s, %s after the one before", sweeps+1, at.In(domain.Istanbul), gap)
		}
		last, left, now = at, left-cost, at.Add(20*time.Minute)
	}
	if sweeps != 7 {
		t.Errorf("%d sweeps in the month, want 7", sweeps)
	}
}

// Whoever sweeps as soon as it may, and again as soon as it may, never runs out before the month ends.
func TestNextSweep_lastsUntilTheMonthEnds(t *testing.T) {
	for _, cost := range []int{1, 3, 20, 100, 388, 900, 2000, 2800} {
		now, left := clock("2026-02-01 10:00:00"), 2800
		end, last := clock("2026-03-01 00:00:00"), time.Time{}
		for now.Before(end) {
			at := NextSweep(last, cost, left, now)
			if at.Before(end) {
				left -= cost
				last = at
			}
			now = at
		}
		if left < 0 {
			t.Errorf("sweeps of %d reads overdraw the month by %d", cost, -left)
		}
		if gap := end.Sub(last); cost <= 100 && gap > 2*24*time.Hour {
			t.Errorf("the last sweep of %d reads is %s before the month ends", cost, gap)
		}
	}
}
