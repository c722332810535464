package sandbox

import (
	"cmp"
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

// Invoices are all that were ever stored, by rising ID: drafts, deleted ones, those made by hand. A draft that
// was written anew is one invoice, as it is now.
func (s *Server) Invoices() []Invoice {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.passTime()
	all := append(s.invoices.copy(), s.deleted...)
	for i := range all {
		all[i].Rates = all[i].rates()
	}
	slices.SortStableFunc(all, func(a, b Invoice) int { return cmp.Compare(a.ID, b.ID) })
	return all
}

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

// EditInvoices replaces the invoices that are there by what edit makes of them. One that it leaves out is
// deleted.
func (s *Server) EditInvoices(edit func([]Invoice) []Invoice) {
	s.mu.Lock()
	defer s.mu.Unlock()
	edited := edit(s.invoices.copy())
	s.forget(func(v *Invoice) bool {
		return !slices.ContainsFunc(edited, func(e Invoice) bool { return e.ID == v.ID })
	})
	s.invoices.set(edited)
}

// forget deletes the invoices that are meant.
func (s *Server) forget(meant func(*Invoice) bool) {
	s.invoices.remove(func(v *Invoice) bool {
		if !meant(v) {
			return false
		}
		gone := *v
		gone.DeletedAt = s.now()
		s.deleted = append(s.deleted, gone)
		return true
	})
}

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
