package sandbox

import (
	"net/http"
	"time"
)

// Cost is what a call counts as in the monthly quota (isbasi-api.md §3.3).
type Cost string

// The costs.
const (
	CostNone  Cost = ""     // signing in, and what the server does not know
	CostRead  Cost = "read" // lists too, though they are POST
	CostWrite Cost = "write"
)

// spending is what was answered in the current month.
type spending struct {
	month         string
	reads, writes int
}

// spend counts the call, or refuses it when its kind is used up.
func (s *Server) spend(cost Cost, c *call) (answer, bool) {
	if month := s.o.Now().In(turkey()).Format("2006-01"); month != s.spent.month {
		s.spent = spending{month: month}
	}
	used, limit := &s.spent.reads, s.o.ReadLimit
	switch cost {
	case CostNone:
		return answer{}, false
	case CostWrite:
		used, limit = &s.spent.writes, s.o.WriteLimit
	}
	if limit > 0 && *used >= limit {
		return s.refuse(c, http.StatusTooManyRequests, http.StatusTooManyRequests, "Aylık kullanım limiti aşıldı."), true
	}
	*used++
	return answer{}, false
}

// Spent tells how many calls of a cost were made, by the log: the refused and the faulty ones included.
func (s *Server) Spent(cost Cost) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, c := range s.log {
		if c.Cost == cost {
			n++
		}
	}
	return n
}

// turkey is the zone of every time without an offset (isbasi-api.md §3.4).
func turkey() *time.Location { return time.FixedZone("TRT", 3*60*60) }
