package sandbox

import (
	"net/http"
	"strconv"
	"strings"
	"time"
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

// deliver sends the answer, dated at, as the faults let it.
func (a answer) deliver(w http.ResponseWriter, fired strikes, at time.Time) {
	if fired.has(FaultDrop) || fired.has(FaultLost) || a.status == 0 { // put off, without a page of a gateway
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
	w.Header().Set("Date", at.UTC().Format(http.TimeFormat))
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
