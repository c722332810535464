package sandbox

import (
	"slices"
	"time"
)

// putOff keeps a call to carry it out after the delay, or at Settle: once, whatever puts it off. The lock is held.
func (s *Server) putOff(c *call, delay time.Duration) {
	if slices.Contains(s.late, c) {
		return
	}
	s.late = append(s.late, c)
	if delay > 0 {
		time.AfterFunc(delay, func() { s.settle(func(late *call) bool { return late == c }) })
	}
}

// Settle carries out, in their order, the calls that FaultLate has put off and that are still waiting,
// and tells how many there were.
func (s *Server) Settle() int { return s.settle(func(*call) bool { return true }) }

func (s *Server) settle(meant func(*call) bool) (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	waiting := s.late
	s.late = nil
	for _, c := range waiting {
		if !meant(c) {
			s.late = append(s.late, c)
			continue
		}
		_ = s.handle(c.route, c) // nobody hears what it says
		n++
	}
	return n
}

// keeps tells whether a fault keeps a field of the body from being stored.
func (c *call) keeps(field string) bool { return slices.Contains(c.ignored, field) }
