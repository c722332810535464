package sandbox

import (
	"slices"
	"time"
)

// Change changes the options of the running server: the callback, the keys and users it knows, the
// tenant, how it signs in, what it allows. Addr, Faults and the records have no effect here (see Fault
// and the Edit methods).
func (s *Server) Change(change func(o *Options)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.o)
}

// Products are the products and services as they are now.
func (s *Server) Products() []Product { return held(s, &s.products) }

// Firms are the customers and suppliers as they are now.
func (s *Server) Firms() []Firm { return held(s, &s.firms) }

// Invoices are the invoices as they are now, drafts included.
func (s *Server) Invoices() []Invoice { return held(s, &s.invoices) }

// Orders are the orders as they are now.
func (s *Server) Orders() []Order { return held(s, &s.orders) }

// Receipts are the movements of stock since the start, in the order in which they were taken.
func (s *Server) Receipts() []Receipt {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.receipts)
}

// Edit replaces the products by what edit makes of them.
func (s *Server) Edit(edit func([]Product) []Product) { replace(s, &s.products, edit) }

// EditFirms replaces the firms by what edit makes of them.
func (s *Server) EditFirms(edit func([]Firm) []Firm) { replace(s, &s.firms, edit) }

// EditInvoices replaces the invoices by what edit makes of them: a person at İşbaşı's own screen who
// cancels one, GİB that refuses another.
func (s *Server) EditInvoices(edit func([]Invoice) []Invoice) { replace(s, &s.invoices, edit) }

// EditOrders replaces the orders by what edit makes of them.
func (s *Server) EditOrders(edit func([]Order) []Order) { replace(s, &s.orders, edit) }

func held[T any](s *Server, t *table[T]) []T {
	s.mu.Lock()
	defer s.mu.Unlock()
	return t.copy()
}

func replace[T any](s *Server, t *table[T], edit func([]T) []T) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t.set(edit(t.copy()))
}

// now is the time of a change, as it is kept.
func (s *Server) now() time.Time { return s.o.Now().UTC().Round(0) }
