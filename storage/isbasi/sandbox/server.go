// Package sandbox is a stand-in for İşbaşı: an HTTP server on loopback that answers as the engineering
// reference (isbasi-api.md) says the real one does, quirks included. Tests, the demo company and
// cmd/isbasi-sandbox sign in to it, read from it and make it misbehave by script.
package sandbox

import (
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"
)

// Server is a running stand-in. All its methods may be called from any goroutine.
type Server struct {
	listener net.Listener
	http     *http.Server
	done     chan struct{} // closed by Close
	served   chan struct{} // closed when the accept loop has ended
	close    func() error
	routes   []route

	mu       sync.Mutex // guards everything below; held while a handler makes its answer
	o        Options
	products table[Product]
	firms    table[Firm]
	invoices table[Invoice]
	orders   table[Order]
	receipts []receipt
	spent    spending
	keys     keyring
	faults   []*armed
	log      []Call
	serial   int // calls so far; the quirks alternate by it
}

// New starts a server on o.Addr. The caller closes it.
func New(o Options) (*Server, error) {
	o = o.withDefaults()
	ln, err := net.Listen("tcp", o.Addr)
	if err != nil {
		return nil, fmt.Errorf("stand-in İşbaşı: %w", err)
	}
	s := &Server{
		listener: ln,
		done:     make(chan struct{}),
		served:   make(chan struct{}),
		o:        o,
		products: table[Product]{columns: productColumns()},
		firms:    table[Firm]{columns: firmColumns()},
		invoices: table[Invoice]{columns: invoiceColumns()},
		orders:   table[Order]{columns: orderColumns()},
		keys:     newKeyring(),
	}
	s.products.set(o.Products)
	s.firms.set(o.Firms)
	s.invoices.set(o.Invoices)
	s.orders.set(o.Orders)
	for _, f := range o.Faults {
		s.faults = append(s.faults, &armed{Fault: f})
	}
	s.routes = slices.Concat(
		s.authRoutes(), s.forbiddenRoutes(), s.productRoutes(), s.stockRoutes(), s.firmRoutes(),
		s.invoiceRoutes(), s.documentRoutes(), s.orderRoutes(), s.masterRoutes(),
	)
	s.http = &http.Server{
		Handler:           http.HandlerFunc(s.serve),
		ReadHeaderTimeout: 10 * time.Second,
		ErrorLog:          log.New(io.Discard, "", 0),
	}
	s.close = sync.OnceValue(func() error {
		close(s.done)
		err := s.http.Close()
		<-s.served
		return err
	})
	go func() {
		defer close(s.served)
		if err := s.http.Serve(ln); !errors.Is(err, http.ErrServerClosed) {
			_ = s.http.Close() // the listener is gone: nothing can be answered any more
		}
	}()
	return s, nil
}

// URL is the server's base address, without a slash at the end.
func (s *Server) URL() string { return "http://" + s.listener.Addr().String() }

// Close ends the server and the calls under way. A second Close does nothing.
func (s *Server) Close() error { return s.close() }
