package sandbox

import (
	"net/http"
	"strings"
)

// spending is what was answered in the current month.
type spending struct {
	month         string
	reads, writes int
}

// turnMonth begins the quota anew with a month of Türkiye.
func (s *Server) turnMonth() {
	if month := s.o.Now().In(turkey()).Format("2006-01"); month != s.spent.month {
		s.spent = spending{month: month}
	}
}

// outOfReads refuses every GET of a session once the reads are used up, also that of a path that is not
// there or not allowed: a 429 proves nothing about a route or a right (isbasi-api.md §12, to §3.3).
func (s *Server) outOfReads(rt route, c *call) (answer, bool) {
	if c.r.Method != http.MethodGet || !strings.HasPrefix(c.r.URL.Path, "/api/") || rt.handle != nil && rt.guard != signed {
		return answer{}, false
	}
	if _, refused := s.check(signed, c); refused {
		return answer{}, false
	}
	if s.turnMonth(); s.o.ReadLimit == 0 || s.spent.reads < s.o.ReadLimit {
		return answer{}, false
	}
	return s.overLimit(c), true
}

func (s *Server) overLimit(c *call) answer {
	return s.refuse(c, http.StatusTooManyRequests, http.StatusTooManyRequests, "Aylık kullanım limiti aşıldı.")
}

// spend counts the call, or refuses it when its kind is used up.
func (s *Server) spend(cost Cost, c *call) (answer, bool) {
	s.turnMonth()
	used, limit := &s.spent.reads, s.o.ReadLimit
	switch cost {
	case CostNone:
		return answer{}, false
	case CostWrite:
		used, limit = &s.spent.writes, s.o.WriteLimit
	}
	if limit > 0 && *used >= limit {
		return s.overLimit(c), true
	}
	*used++
	return answer{}, false
}
