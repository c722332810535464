package simulation

import (
	"context"
	"math/rand/v2"
	"slices"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// sold sells some packages, and every machine of the firm takes the file, with some of before in it.
func (w *world) sold(r *rand.Rand) {
	n := 1 + r.IntN(5)
	for range n {
		w.sells(r)
	}
	f, err := w.exports(n + r.IntN(5))
	if err != nil {
		w.violates("%v", err)
		return
	}
	for _, m := range []*machine{w.shop, w.other} {
		if m != nil {
			m.files = append(m.files, f)
			if m.copy != nil {
				m.copy.later = append(m.copy.later, f)
			}
			m.takes()
		}
	}
}

// takes takes the files that are still to be taken, until one cannot be.
func (m *machine) takes() {
	for len(m.files) > 0 {
		f := m.files[0]
		if !m.does("take orders", func(ctx context.Context, c *app.Company) error {
			found, err := c.FindOrders(ctx, f.path, orders.Choice{})
			if err == nil {
				_, err = c.ImportOrders(ctx, found)
			}
			return err
		}) {
			return
		}
		m.files = m.files[1:]
		for _, s := range f.sales {
			m.taken[s.pack] = s
		}
	}
}

// issues issues the invoices of some orders, or of all: as drafts, or to the end.
func (m *machine) issues(ctx context.Context, c *app.Company, r *rand.Rand) error {
	q := issuing.Request{Wish: orders.WishDraft}
	if r.IntN(2) == 0 {
		q.Wish = orders.WishFormalise
	}
	all := r.IntN(2) == 0
	for _, s := range m.world.sales {
		if !all { // else all that are there, those of a file that was taken when the program was killed too
			if m.taken[s.pack] == nil || r.IntN(2) == 0 {
				continue
			}
			q.Keys = append(q.Keys, s.key())
		}
		s.asked = true
		s.sent = s.sent || q.Wish == orders.WishFormalise
	}
	if !all && len(q.Keys) == 0 {
		return nil
	}
	return issued(ctx, c, q)
}

func issued(ctx context.Context, c *app.Company, q issuing.Request) error {
	work, err := c.StartInvoices(ctx, q)
	if err != nil {
		return err
	}
	<-work.Done()
	_, err = work.Outcome()
	return err
}

// formalises sends some of the drafts that were checked.
func (m *machine) formalises(ctx context.Context, c *app.Company, r *rand.Rand) error {
	checked, err := c.RecordsIn(ctx, invoicing.AttemptChecked)
	if err != nil {
		return err
	}
	var ids []int64
	for _, v := range checked {
		if r.IntN(3) == 0 || v.Cause == domain.KindRejected {
			continue
		}
		ids = append(ids, v.ID)
		for _, s := range m.world.sales {
			if s.pack == v.Key.Package {
				s.sent = true
			}
		}
	}
	if len(ids) == 0 {
		return nil
	}
	work, err := c.FormaliseInvoices(ctx, ids...)
	if err != nil {
		return err
	}
	<-work.Done()
	_, err = work.Outcome()
	return err
}

// looks looks up what was lost, and lets be issued again what is nowhere.
func (m *machine) looks(ctx context.Context, c *app.Company) error {
	if _, err := c.LookUpInvoices(ctx); err != nil {
		return err
	}
	lost, err := c.RecordsIn(ctx, invoicing.AttemptLost)
	if err != nil {
		return err
	}
	for _, v := range lost {
		if err := c.FreeLost(ctx, v.ID); err != nil {
			return err
		}
	}
	return nil
}

// standing are the invoices that are at İşbaşı, by their package.
func (w *world) standing() map[string][]sandbox.Invoice {
	by := map[string][]sandbox.Invoice{}
	for _, v := range w.server.Invoices() {
		if !v.DeletedAt.IsZero() {
			if v.Sent > 0 {
				w.violates("invoice %d was sent, and is deleted", v.ID)
			}
			continue
		}
		i := slices.IndexFunc(w.sales, func(s *sale) bool { return containsPackage(v.Description, s.pack) })
		if i < 0 {
			w.violates("an invoice of nobody knows what: %q", v.Description)
			continue
		}
		by[w.sales[i].pack] = append(by[w.sales[i].pack], v)
	}
	return by
}
