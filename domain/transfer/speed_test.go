package transfer

import (
	"testing"
	"time"
)

func TestSpeed(t *testing.T) {
	at := func(seconds float64) time.Time {
		return time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC).Add(time.Duration(seconds * float64(time.Second)))
	}
	type m struct {
		done int
		sec  float64
	}
	for name, c := range map[string]struct {
		marks []m
		now   float64
		all   int
		rate  float64
		left  time.Duration
	}{
		"nothing yet":               {nil, 1, 1000, 0, 0},
		"the beginning alone":       {[]m{{0, 0}}, 1, 1000, 0, 0},
		"too early to foretell":     {[]m{{0, 0}, {100, 0.1}, {200, 0.2}, {300, 0.3}}, 0.3, 40_000, 1000, 0},
		"too little to foretell":    {[]m{{0, 0}, {100, 5}}, 5, 1000, 20, 0},
		"steady":                    {[]m{{0, 0}, {100, 1}, {200, 2}, {300, 3}, {400, 4}}, 4, 1000, 100, 6 * time.Second},
		"begun in the middle":       {[]m{{500, 0}, {600, 1}, {700, 2}, {800, 3}, {900, 4}}, 4, 1000, 100, time.Second},
		"slower of late":            {[]m{{0, 0}, {100, 1}, {200, 2}, {300, 3}, {310, 40}, {320, 50}, {330, 60}, {340, 70}, {350, 80}}, 80, 1000, 1, 650 * time.Second},
		"standing still":            {[]m{{0, 0}, {100, 1}, {200, 2}, {300, 3}, {400, 4}}, 60, 1000, 0, 0},
		"longer than a day":         {[]m{{0, 0}, {1, 10}, {2, 20}, {3, 30}}, 30, 1_000_000, 0.1, 0},
		"the whole of it":           {[]m{{0, 0}, {100, 1}, {200, 2}, {300, 3}, {400, 4}}, 4, 400, 100, 0},
		"counted down (read again)": {[]m{{300, 0}, {0, 1}, {0, 2}, {0, 4}}, 4, 1000, 0, 0},
	} {
		var s speed
		done := 0
		for _, m := range c.marks {
			s.mark(m.done, at(m.sec))
			done = m.done
		}
		rate, left := s.of(done, c.all, at(c.now))
		if diff := rate - c.rate; diff > 0.001 || diff < -0.001 || left.Round(time.Second) != c.left {
			t.Errorf("%s: %v a second, %v left; want %v, %v", name, rate, left, c.rate, c.left)
		}
	}
}
