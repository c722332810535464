package sandbox

import "slices"

func newCall(c *call, rt route, fired strikes) Call {
	entry := Call{
		Route: rt.name, Method: c.r.Method, Cost: rt.cost, Page: c.page, Size: c.list.Paging.PageSize,
		HasKey:    c.r.Header.Get("apiKey") != "",
		HasToken:  c.r.Header.Get("Authorization") != "",
		HasTenant: c.r.Header.Get("tenantId") != "",
		HasUser:   c.r.Header.Get("UserId") != "" && c.r.Header.Get("UserEmail") != "" && c.r.Header.Get("UserName") != "",
		Device:    c.r.Header.Get("DeviceType"),
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

// Calls are calls in the order in which they were answered.
type Calls []Call

// Mark is a place in the log: all calls after it were answered later.
type Mark int

// Log gives every call so far.
func (s *Server) Log() Calls { return s.Since(0) }

// Mark is the place in the log that is reached now.
func (s *Server) Mark() Mark {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.forgotten + Mark(len(s.log))
}

// Since gives the calls after a mark.
func (s *Server) Since(m Mark) Calls {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.log[max(0, m-s.forgotten):])
}

// ForgetLog empties the log; marks stay good.
func (s *Server) ForgetLog() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.forgotten += Mark(len(s.log))
	s.log = nil
}

// Count tells how many calls of a route there were, faulty ones included.
func (s *Server) Count(route string) int { return s.Log().Count(route) }

// Spent tells how many calls of a cost were made, the refused and the faulty ones included.
func (s *Server) Spent(cost Cost) int { return s.Log().Spent(cost) }

// Count tells how many calls of a route there are, faulty ones included.
func (c Calls) Count(route string) int {
	return c.count(func(c Call) bool { return c.Route == route })
}

// Spent tells how many calls of a cost there are, the refused and the faulty ones included.
func (c Calls) Spent(cost Cost) int {
	return c.count(func(c Call) bool { return c.Cost == cost })
}

func (c Calls) count(meant func(Call) bool) (n int) {
	for _, call := range c {
		if meant(call) {
			n++
		}
	}
	return n
}
