package sandbox

import (
	"bytes"
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"slices"
	"strings"
)

// serve answers one request: page, or route, faults, guard, handler, log.
func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	if s.atHome(w, r) {
		return
	}
	rt, values := s.find(r.Method, r.URL.Path)
	c := &call{r: r, path: values, route: rt}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		panic(http.ErrAbortHandler) // the caller went away in the middle, or sent far too much
	}
	c.body = body
	if rt.list && r.Method == http.MethodPost {
		// A body that cannot be read is refused by the handler; here only its page is of interest.
		if json.Unmarshal(body, &c.list) == nil {
			c.page = c.list.page()
		}
	}

	s.mu.Lock()
	s.serial++
	c.serial = s.serial
	fired := s.strike(rt.name, c.page)
	s.mu.Unlock()

	entry := newCall(c, rt, fired)
	if !fired.wait(r.Context(), s.done, false) {
		s.record(entry)
		panic(http.ErrAbortHandler)
	}
	a := s.answerTo(rt, c, fired)
	if !fired.wait(r.Context(), s.done, true) {
		s.record(entry)
		panic(http.ErrAbortHandler)
	}
	entry.Status, entry.Refusal = a.status, a.refusal
	s.record(entry)
	s.mu.Lock()
	now := s.o.Now()
	s.mu.Unlock()
	a.deliver(w, fired, now)
}

// answerTo lets the faults alter the world, and answers.
func (s *Server) answerTo(rt route, c *call, fired strikes) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	a, fate := s.suffer(c, fired)
	if fate == untouched {
		return s.handle(rt, c)
	}
	if fate == carriedOut {
		_ = s.handle(rt, c) // what it says never gets through
	}
	return a
}

// handle answers a call that no fault has struck down. The lock is held.
func (s *Server) handle(rt route, c *call) answer {
	s.passTime()
	if a, refused := s.outOfReads(rt, c); refused {
		return a
	}
	if rt.handle == nil {
		return notFound(c.r.URL.Path)
	}
	if !slices.Contains(rt.methods, c.r.Method) {
		if rt.list || strings.HasPrefix(rt.path, "/api/v1.0/einvoices/") { // isbasi-api.md §12, to §3.1
			return answer{status: http.StatusNotFound}
		}
		return answer{status: http.StatusMethodNotAllowed}
	}
	if a, refused := s.check(rt.guard, c); refused {
		return a
	}
	if a, refused := s.demand(c, rt.person...); refused {
		return a
	}
	if rt.list && c.r.Method == http.MethodPost {
		if a, refused := s.checkList(c); refused {
			return a
		}
	}
	if a, refused := s.spend(rt.cost, c); refused {
		return a
	}
	return rt.handle(c)
}

// find gives the route of a path: the first that takes the verb, else the first; an unknown one has no
// handler.
func (s *Server) find(method, path string) (first route, firstValues map[string]string) {
	segments := strings.Split(path, "/")
	for _, rt := range s.routes {
		pattern := strings.Split(rt.path, "/")
		if len(pattern) != len(segments) {
			continue
		}
		values := map[string]string{}
		fits := true
		for i, p := range pattern {
			if name, ok := strings.CutPrefix(p, "{"); ok {
				values[strings.TrimSuffix(name, "}")] = segments[i]
			} else if p != segments[i] {
				fits = false
				break
			}
		}
		if !fits {
			continue
		}
		if slices.Contains(rt.methods, method) {
			return rt, values
		}
		if first.handle == nil {
			first, firstValues = rt, values
		}
	}
	return first, firstValues
}

// check asks for the headers of isbasi-api.md §2.4.
func (s *Server) check(g guard, c *call) (answer, bool) {
	if g == open {
		return answer{}, false
	}
	c.key = c.r.Header.Get("apiKey")
	if c.key == "" || !slices.Contains(s.o.APIKeys, c.key) {
		return s.refuse(c, http.StatusUnauthorized, http.StatusUnauthorized, "API anahtarı geçersiz."), true
	}
	if len(c.body) > 0 && c.r.Method != http.MethodGet {
		kind, _, err := mime.ParseMediaType(c.r.Header.Get("Content-Type"))
		if err != nil || kind != "application/json" && kind != "application/json-patch+json" {
			return answer{status: http.StatusUnsupportedMediaType}, true
		}
	}
	if g == keyed {
		return answer{}, false
	}
	text, ok := strings.CutPrefix(c.r.Header.Get("Authorization"), "Bearer ")
	session, alive := s.keys.alive(text, c.key, s.o.Now())
	if !ok || !alive {
		return s.refuse(c, http.StatusUnauthorized, http.StatusUnauthorized, "Oturum süresi doldu."), true
	}
	_, known := s.o.opens(c.key, session.tenant)
	if !known || c.r.Header.Get("tenantId") != session.tenant {
		return s.refuse(c, http.StatusBadRequest, http.StatusBadRequest, "tenantId zorunludur."), true
	}
	return answer{}, false
}

// demand refuses a call without the headers of the person that its route marks as required
// (isbasi-api.md §2.4; §12, to §2.4). DeviceType, DeviceName and others are taken and not read.
func (s *Server) demand(c *call, headers ...string) (answer, bool) {
	var wrong []string
	for _, name := range headers {
		if c.r.Header.Get(name) == "" {
			wrong = append(wrong, name+" zorunludur.")
		}
	}
	if len(wrong) == 0 {
		return answer{}, false
	}
	return s.invalid(c, wrong), true
}

// maxBody is the largest request that is read.
const maxBody = 1 << 20

// checkList refuses a list body that cannot be read, or a page below the first.
func (s *Server) checkList(c *call) (answer, bool) {
	d := json.NewDecoder(bytes.NewReader(c.body))
	d.UseNumber()
	var q listRequest
	if err := d.Decode(&q); err != nil || q.page() < 1 {
		return s.refuse(c, http.StatusBadRequest, http.StatusBadRequest, "İstek okunamadı."), true
	}
	c.list = q
	return answer{}, false
}
