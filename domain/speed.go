package domain

import "time"

const (
	// speedSpan is how far back the rate looks: long enough to be steady, short enough to tell a change.
	speedSpan = 30 * time.Second
	// leftAfter and leftMarks are what has to be known of a phase before its end can be foretold.
	leftAfter = 3 * time.Second
	leftMarks = 4 // its beginning and three pages or batches
	// leftLimit is the longest time that is told; what would take longer is standing still.
	leftLimit = 24 * time.Hour
)

// Speed measures how fast a phase goes by what arrived lately: a mean over the whole phase would speak
// of a pause long after it is over.
type Speed struct {
	marks []mark // the first one is the phase's beginning, or has just left the span
	total int    // marks since the phase began
}

type mark struct {
	done int
	at   time.Time
}

// Mark notes how much is done.
func (s *Speed) Mark(done int, at time.Time) {
	s.total++
	s.marks = append(s.marks, mark{done, at})
	s.forget(at)
}

// forget drops what lies before the span, but for the last mark before it.
func (s *Speed) forget(now time.Time) {
	for len(s.marks) > 1 && now.Sub(s.marks[1].at) > speedSpan {
		s.marks = s.marks[1:]
	}
}

// Of gives the rate per second, and how long the rest takes; 0 for what is not known.
func (s Speed) Of(done, all int, now time.Time) (rate float64, left time.Duration) {
	s.forget(now)
	if len(s.marks) == 0 {
		return 0, 0
	}
	first := s.marks[0]
	elapsed := now.Sub(first.at)
	if elapsed <= 0 || done <= first.done { // also when nothing arrived within the span
		return 0, 0
	}
	rate = float64(done-first.done) / elapsed.Seconds()
	rest := time.Duration(float64(all-done) / rate * float64(time.Second))
	if elapsed < leftAfter || s.total < leftMarks || rest <= 0 || rest > leftLimit {
		return rate, 0
	}
	return rate, rest
}
