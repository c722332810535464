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
	s.routes = s.paths()
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
