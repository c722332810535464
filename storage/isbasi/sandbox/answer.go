package sandbox

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
)

// answer is a response that has not left yet.
type answer struct {
	status int
	kind   string // Content-Type; JSON when empty and there is a body
	header map[string]string
	body   []byte

	refusal string // the envelope's message, when it is an error
}

// page404 is what a web server says that is no İşbaşı API.
const page404 = `<!DOCTYPE html><html lang="tr"><head><title>404</title></head><body><h1>404 - Sayfa bulunamadı</h1></body></html>`

// notFound answers a path without a route: nothing below /api, a page elsewhere (isbasi-api.md §1).
func notFound(path string) answer {
	if strings.HasPrefix(path, "/api/") {
		return answer{status: http.StatusNotFound}
	}
	return page(http.StatusNotFound, page404)
}

// page is an HTML answer.
func page(status int, html string) answer {
	return answer{status: status, kind: "text/html; charset=utf-8", body: []byte(html)}
}

// envelope is isbasi-api.md §3.1.
type envelope struct {
	Code    int     `json:"code"`
	Message *string `json:"message"`
	IsError bool    `json:"isError"`
	Data    any     `json:"data"`
	// Extra is a field that nobody documents.
	Extra *string `json:"traceId,omitempty"`
}

// ok answers data. Success is code 0 or 200 (isbasi-api.md §3.1), an empty message "" or null.
func (s *Server) ok(c *call, data any) answer {
	e := envelope{Message: new(string), Data: data}
	if !s.o.Plain {
		trace := "00-" + strconv.Itoa(c.serial)
		e.Extra = &trace
		if c.serial%2 == 0 {
			e.Code = http.StatusOK
			e.Message = nil
		}
	}
	return encode(http.StatusOK, e)
}

// refuse answers an error in the envelope.
func (s *Server) refuse(_ *call, status, code int, message string) answer {
	a := encode(status, envelope{Code: code, Message: &message, IsError: true})
	a.refusal = message
	return a
}

// business answers a generic business error: code 599, under HTTP 200 or 400 (rules.md §7).
func (s *Server) business(c *call, message string) answer {
	status := http.StatusOK
	if c.serial%2 == 0 && !s.o.Plain {
		status = http.StatusBadRequest
	}
	return s.refuse(c, status, 599, message)
}

func encode(status int, e envelope) answer {
	body, err := json.Marshal(e)
	if err != nil {
		panic(err) // our own types: a defect of the stand-in
	}
	return answer{status: status, body: body}
}

// deliver sends the answer as the faults let it.
func (a answer) deliver(w http.ResponseWriter, fired strikes) {
	if fired.has(FaultDrop) || fired.has(FaultLost) {
		panic(http.ErrAbortHandler)
	}
	if a.kind == "" && len(a.body) > 0 {
		a.kind = "application/json; charset=utf-8"
	}
	if a.kind != "" {
		w.Header().Set("Content-Type", a.kind)
	}
	for k, v := range a.header {
		w.Header().Set(k, v)
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(a.body)))
	w.WriteHeader(a.status)
	if fired.has(FaultCut) {
		_, _ = w.Write(a.body[:len(a.body)/2]) // the caller may be gone; nothing is left to tell it
		if f, ok := w.(http.Flusher); ok {
			f.Flush()
		}
		panic(http.ErrAbortHandler)
	}
	_, _ = w.Write(a.body)
}

// id writes a record's id: text in one answer, a number in the next (isbasi-api.md §3.4).
func (s *Server) id(c *call, n int64) any {
	if s.o.Plain || (int64(c.serial)+n)%2 == 0 {
		return strconv.FormatInt(n, 10)
	}
	return n
}
