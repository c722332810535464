package sandbox

import (
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"time"
)

// New starts a server on o.Addr. The caller closes it.
func New(o Options) (*Server, error) {
	s := Offline(o)
	ln, err := net.Listen("tcp", s.o.Addr)
	if err != nil {
		return nil, fmt.Errorf("stand-in İşbaşı: %w", err)
	}
	served := make(chan struct{})
	s.listener = ln
	s.http = &http.Server{
		Handler:           http.HandlerFunc(s.serve),
		ReadHeaderTimeout: 10 * time.Second,
		ErrorLog:          log.New(io.Discard, "", 0),
	}
	s.close = sync.OnceValue(func() error {
		close(s.done)
		err := s.http.Close()
		<-served
		return err
	})
	go func() {
		defer close(served)
		if err := s.http.Serve(ln); !errors.Is(err, http.ErrServerClosed) {
			_ = s.http.Close() // the listener is gone: nothing can be answered any more
		}
	}()
	return s, nil
}

// Offline makes a server that listens nowhere: it answers as an http.RoundTripper, and has no URL.
func Offline(o Options) *Server {
	o = o.withDefaults()
	s := &Server{
		done:     make(chan struct{}),
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
	s.routes = s.paths()
	s.close = sync.OnceValue(func() error {
		close(s.done)
		return nil
	})
	return s
}
