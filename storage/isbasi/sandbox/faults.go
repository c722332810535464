package sandbox

import (
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// Fault puts f in force, besides those that are.
func (s *Server) Fault(f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, &armed{Fault: f})
}

// FaultState is a fault in force with what it has met.
type FaultState struct {
	Fault
	Seen   int // calls that it selects
	Struck int
}

// Faults are those in force, in the order in which they came.
func (s *Server) Faults() []FaultState {
	s.mu.Lock()
	defer s.mu.Unlock()
	states := make([]FaultState, len(s.faults))
	for i, f := range s.faults {
		states[i] = FaultState{f.Fault, f.seen, f.struck}
	}
	return states
}

// Mend takes every fault out of force. What a fault has changed (a list, tokens) stays so.
func (s *Server) Mend() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = nil
}

// EndTokens ends every access token, as the passing of a day does.
func (s *Server) EndTokens() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.keys.endTokens()
}

// strike counts the call with every fault it fits and gives those that strike. The lock is held.
func (s *Server) strike(route string, page int) strikes {
	var fired strikes
	for _, f := range s.faults {
		if f.Route != "" && f.Route != route || f.Page != 0 && f.Page != page {
			continue
		}
		f.seen++
		if f.Nth != 0 && f.seen != f.Nth || f.Every != 0 && f.seen%f.Every != 0 || f.Times != 0 && f.struck >= f.Times {
			continue
		}
		f.struck++
		fired = append(fired, f.Fault)
	}
	return fired
}

// fate is what faults leave of a call.
type fate int

const (
	untouched  fate = iota
	carriedOut      // but answered by the fault
	struckDown      // never carried out
)

// suffer alters the call and the server by the faults, and makes the answer unless they leave it
// untouched. The lock is held.
func (s *Server) suffer(c *call, fired strikes) (a answer, left fate) {
	for _, f := range fired {
		by := max(f.By, 1)
		switch f.Kind {
		case FaultToken:
			s.keys.endTokens()
		case FaultCount:
			if f.By != 0 {
				by = f.By // a count may also be too low
			}
			c.countDelta += by
		case FaultRepeat:
			c.page = 1
		case FaultGrow:
			s.products.set(grow(s.products.copy(), by))
		case FaultShrink:
			rows := s.products.copy()
			s.products.set(rows[min(by, len(rows)):])
		case FaultIgnore:
			c.ignored = append(c.ignored, f.Field)
		case FaultRefuse:
			c.refusal = newRefusal(f)
		case FaultDelay, FaultCut, FaultLost: // struck on the way out
		case FaultLate:
			if left == struckDown { // it was refused, or its connection is gone: it is not carried out at all
				continue
			}
			s.putOff(c, f.Delay)
			if f.Status != 0 {
				a = s.broken(c, Fault{Kind: FaultHTML, Status: f.Status})
			}
			return a, struckDown // what it was answered with stays
		default:
			a = s.broken(c, f)
			if f.After {
				left = max(left, carriedOut)
			} else {
				left = struckDown
			}
		}
	}
	return a, left
}

// broken is the answer of a fault that replaces the real one.
func (s *Server) broken(c *call, f Fault) answer {
	status := func(def int) int {
		if f.Status != 0 {
			return f.Status
		}
		return def
	}
	switch f.Kind {
	case FaultHTML:
		code := status(http.StatusBadGateway)
		name := fmt.Sprintf("%d %s", code, http.StatusText(code))
		return page(code, "<html><head><title>"+name+"</title></head><body><center><h1>"+name+"</h1></center></body></html>")
	case FaultBody:
		return answer{status: status(http.StatusOK), body: []byte(f.Message)}
	case FaultRedirect:
		return answer{status: http.StatusTemporaryRedirect, header: map[string]string{"Location": f.Location}}
	case FaultRate:
		a := s.refuse(c, http.StatusTooManyRequests, http.StatusTooManyRequests, "Kullanım limiti aşıldı.")
		switch {
		case f.RetryAfter > 0 && f.RetryDate:
			a.header = map[string]string{"Retry-After": s.o.Now().Add(f.RetryAfter).UTC().Format(http.TimeFormat)}
		case f.RetryAfter > 0:
			a.header = map[string]string{"Retry-After": strconv.Itoa(int((f.RetryAfter + time.Second - 1) / time.Second))}
		}
		return a
	default:
		code := status(http.StatusInternalServerError)
		message := f.Message
		if message == "" {
			message = "Beklenmeyen bir hata oluştu."
		}
		return s.refuse(c, code, code, message)
	}
}
