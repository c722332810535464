package sandbox

import "slices"

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
	return s.count(func(c Call) bool { return c.Route == route })
}

// Spent tells how many calls of a cost were made, the refused and the faulty ones included.
func (s *Server) Spent(cost Cost) int {
	return s.count(func(c Call) bool { return c.Cost == cost })
}

func (s *Server) count(meant func(Call) bool) (n int) {
	for _, c := range s.Log() {
		if meant(c) {
			n++
		}
	}
	return n
}
