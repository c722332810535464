package sandbox

import "slices"

// Call is what the server remembers of a request: no path, query, header value or body, so that no
// secret can be in it.
type Call struct {
	Route     string // one of the Route constants; empty for a path the server does not know
	Method    string
	Cost      Cost
	Status    int    // 0: no answer was sent
	Refusal   string // what the server's error envelope said
	Page      int    // of a list call, 1-based; else 0
	Size      int    // pageSize of a list call
	HasKey    bool
	HasToken  bool
	HasTenant bool
	Lang      string
	Faults    []FaultKind
}

func newCall(c *call, rt route, fired strikes) Call {
	entry := Call{
		Route: rt.name, Method: c.r.Method, Cost: rt.cost, Page: c.page, Size: c.list.Paging.PageSize,
		HasKey:    c.r.Header.Get("apiKey") != "",
		HasToken:  c.r.Header.Get("Authorization") != "",
		HasTenant: c.r.Header.Get("tenantId") != "",
		Lang:      c.r.Header.Get("Lang"),
	}
	for _, f := range fired {
		entry.Faults = append(entry.Faults, f.Kind)
	}
	return entry
}

// record keeps the entry; dropped answers keep no status.
func (s *Server) record(entry Call) {
	if slices.Contains(entry.Faults, FaultDrop) || slices.Contains(entry.Faults, FaultLost) {
		entry.Status = 0
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.log = append(s.log, entry)
}

// Log gives every call so far, in the order in which they were answered.
func (s *Server) Log() []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.log)
}

// ForgetLog empties the log.
func (s *Server) ForgetLog() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.log = nil
}

// Count tells how many calls of a route there were, faulty ones included.
func (s *Server) Count(route string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, c := range s.log {
		if c.Route == route {
			n++
		}
	}
	return n
}
