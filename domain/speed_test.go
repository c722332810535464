package domain

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
		"just early enough":         {[]m{{0, 0}, {100, 1}, {200, 2}, {300, 3}}, 3, 1000, 100, 7 * time.Second},
		"just too early":            {[]m{{0, 0}, {100, 1}, {200, 2}, {290, 2.9}}, 2.9, 1000, 100, 0},
		"one page too few":          {[]m{{0, 0}, {100, 1}, {400, 4}}, 4, 1000, 100, 0},
		"at its edge a mark counts": {[]m{{0, 0}, {100, 1}, {200, 2}, {300, 3}}, 33, 1000, 100.0 / 31, 217 * time.Second},
		"behind it no mark counts":  {[]m{{0, 0}, {100, 1}, {200, 2}, {300, 3}}, 33.001, 1000, 0, 0},
		"the last one before it":    {[]m{{0, 0}, {100, 5}, {200, 10}, {230, 36}}, 36, 1000, 130.0 / 31, 184 * time.Second},
		"a mark on its edge":        {[]m{{0, 0}, {100, 5}, {200, 10}, {250, 35}}, 35, 1000, 250.0 / 35, 105 * time.Second},
		"nothing came of it":        {[]m{{100, 0}, {100, 1}, {100, 2}, {100, 3}}, 4, 1000, 0, 0},
		"no time has passed":        {[]m{{0, 0}, {100, 0}, {200, 0}, {300, 0}}, 0, 1000, 0, 0},
		"the clock went back":       {[]m{{0, 5}, {100, 5}, {200, 5}, {300, 5}}, 4, 1000, 0, 0},
		"exactly a day":             {[]m{{0, 0}, {1, 10}, {2, 20}, {3, 30}}, 30, 8643, 0.1, 24 * time.Hour},
		"a bit more than a day":     {[]m{{0, 0}, {1, 10}, {2, 20}, {3, 30}}, 30, 8644, 0.1, 0},
		"more than there was":       {[]m{{0, 0}, {100, 1}, {200, 2}, {300, 3}, {400, 4}}, 4, 300, 100, 0},
		"one left":                  {[]m{{0, 0}, {100, 1}, {200, 2}, {300, 3}, {400, 4}}, 4, 500, 100, time.Second},
		"the whole of it":           {[]m{{0, 0}, {100, 1}, {200, 2}, {300, 3}, {400, 4}}, 4, 400, 100, 0},
		"counted down (read again)": {[]m{{300, 0}, {0, 1}, {0, 2}, {0, 4}}, 4, 1000, 0, 0},
	} {
		var s Speed
		done := 0
		for _, m := range c.marks {
			s.Mark(m.done, at(m.sec))
			done = m.done
		}
		rate, left := s.Of(done, c.all, at(c.now))
		if diff := rate - c.rate; diff > 0.001 || diff < -0.001 || left.Round(time.Second) != c.left {
			t.Errorf("%s: %v a second, %v left; want %v, %v", name, rate, left, c.rate, c.left)
		}
	}
}
