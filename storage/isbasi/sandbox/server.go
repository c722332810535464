// Package sandbox is a stand-in for İşbaşı: an HTTP server on loopback that answers as the engineering
// reference (isbasi-api.md) says the real one does, quirks included. Tests, the demo company and
// cmd/isbasi-sandbox sign in to it, read from it and make it misbehave by script.
package sandbox

import (
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
)

// Server is a running stand-in. All its methods may be called from any goroutine.
type Server struct {
	listener net.Listener // nil: it is Offline
	http     *http.Server
	done     chan struct{} // closed by Close
	close    func() error
	routes   []route

	home atomic.Pointer[http.Handler]

	mu        sync.Mutex // guards everything below; held while a handler makes its answer
	o         Options
	products  table[Product]
	firms     table[Firm]
	invoices  table[Invoice]
	deleted   []Invoice
	orders    table[Order]
	receipts  []Receipt
	spent     spending
	keys      keyring
	faults    []*armed
	late      []*call // put off by FaultLate
	log       []Call
	forgotten Mark // calls that the log has held and ForgetLog has emptied
	serial    int  // calls so far; the quirks alternate by it
}

// URL is the server's base address, without a slash at the end; "" when it is Offline.
func (s *Server) URL() string {
	if s.listener == nil {
		return ""
	}
	return "http://" + s.listener.Addr().String()
}

// Home answers by h what a browser asks for at / and below HomePath, which is a page that is not there
// otherwise. No fault strikes it and no log tells of it; who may ask is h's business.
func (s *Server) Home(h http.Handler) { s.home.Store(&h) }

// HomePath is where the addresses of Home's forms begin.
const HomePath = "/panel/"

// Close ends the server and the calls under way. A second Close does nothing.
func (s *Server) Close() error { return s.close() }

// atHome answers what is Home's, if it has one.
func (s *Server) atHome(w http.ResponseWriter, r *http.Request) bool {
	h := s.home.Load()
	if h == nil || r.URL.Path != "/" && !strings.HasPrefix(r.URL.Path, HomePath) {
		return false
	}
	(*h).ServeHTTP(w, r)
	return true
}
