package sandbox

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// FaultKind is a way to misbehave.
type FaultKind string

// The kinds. Several may strike one call.
const (
	FaultStatus   FaultKind = "status"   // an error envelope with Status (500) and Message
	FaultHTML     FaultKind = "html"     // a gateway's page with Status (502)
	FaultBody     FaultKind = "body"     // Message as the body, with Status (200): foreign JSON, an empty answer
	FaultRate     FaultKind = "rate"     // 429, with Retry-After when RetryAfter is set
	FaultRedirect FaultKind = "redirect" // 307 to Location
	FaultDelay    FaultKind = "delay"    // answers after Delay, or never when the server closes before
	FaultCut      FaultKind = "cut"      // half of the body, then the connection ends
	FaultDrop     FaultKind = "drop"     // the connection ends; the call was not carried out
	FaultLost     FaultKind = "lost"     // the call was carried out; its answer never arrives
	FaultToken    FaultKind = "token"    // every access token has ended
	FaultCount    FaultKind = "count"    // a list's count is off by By (1)
	FaultRepeat   FaultKind = "repeat"   // the list answers its first page, whatever was asked for
	FaultGrow     FaultKind = "grow"     // By (1) products appear at the end of their list, before the answer
	FaultShrink   FaultKind = "shrink"   // the first By (1) products are gone, before the answer: later ones move up
)

// Fault is one scripted misbehaviour. Of the calls that Route and Page select, it strikes all; with
// Nth only that one, with Every each such one; with Times, so often at most.
type Fault struct {
	Kind  FaultKind
	Route string // one of the Route constants; empty = every call
	Page  int    // of a list; 0 = any
	Nth   int    // 1 = the first
	Every int
	Times int

	// After: a fault that replaces the answer strikes after the call was carried out, as a gateway does
	// that lost patience.
	After bool

	Status     int
	Message    string
	Delay      time.Duration
	RetryAfter time.Duration
	RetryDate  bool // Retry-After is written as a date instead of seconds
	Location   string
	By         int
}

// armed is a fault in force.
type armed struct {
	Fault
	seen, struck int
}

// strikes are the faults that one call suffers.
type strikes []Fault

func (f strikes) has(k FaultKind) bool {
	return slices.ContainsFunc(f, func(x Fault) bool { return x.Kind == k })
}

// wait spends the delays; false when the caller or the server went away meanwhile.
func (f strikes) wait(ctx context.Context, done <-chan struct{}) bool {
	for _, x := range f {
		if x.Kind != FaultDelay {
			continue
		}
		t := time.NewTimer(x.Delay)
		defer t.Stop()
		select {
		case <-t.C:
		case <-ctx.Done():
			return false
		case <-done:
			return false
		}
	}
	return true
}

// Fault puts f in force, besides those that are.
func (s *Server) Fault(f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, &armed{Fault: f})
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
		case FaultDelay, FaultCut, FaultLost: // struck on the way out
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
		return page(status(http.StatusBadGateway), `<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>`)
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
