package sandbox

import (
	"errors"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// What a person at İşbaşı's own screen does, or a buyer at his; no call does it (isbasi-api.md §6.7).

// CancelInvoice cancels an e-Arşiv invoice that is done. The panel refuses one in progress, though it already
// is called cancellable, and an e-Fatura (isbasi-api.md §12, to §6.4).
func (s *Server) CancelInvoice(id int64) error {
	return s.press(id, func(v *Invoice) error {
		if !v.MayCancel() {
			return errors.New("only an e-Arşiv invoice that is done and not cancelled yet can be cancelled")
		}
		v.Cancelled = true
		return nil
	})
}

// RejectInvoice is a buyer who rejects a Ticari e-Fatura that is done.
func (s *Server) RejectInvoice(id int64, note string) error {
	return s.press(id, func(v *Invoice) error {
		if !v.MayReject() {
			return errors.New("only a Ticari e-Fatura that is done can be rejected, once")
		}
		v.DeniedAt, v.RejectNote = s.now(), note
		return nil
	})
}

// MayCancel tells whether CancelInvoice takes it.
func (v *Invoice) MayCancel() bool {
	return v.cancellable() && v.Status == StatusDone && v.form() == InvoiceSale && v.DeletedAt.IsZero()
}

// MayReject tells whether RejectInvoice takes it.
func (v *Invoice) MayReject() bool {
	return v.kind() == KindEInvoice && v.Profile == 2 && v.Status == StatusDone && v.form() == InvoiceSale &&
		v.DeniedAt.IsZero() && v.DeletedAt.IsZero()
}

// press changes an invoice that is there.
func (s *Server) press(id int64, change func(*Invoice) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.passTime()
	v := s.invoice(id)
	if v == nil {
		return errors.New("no such invoice")
	}
	if err := change(v); err != nil {
		return err
	}
	v.ModifiedAt = s.now()
	s.invoices.changed()
	return nil
}

// ByHand is a sale that a person enters at İşbaşı's screen: one line, of no product.
type ByHand struct {
	Kind        int // KindEInvoice …; 0 counts as KindEArchive
	Profile     int // of an e-Fatura: 1 Temel, 2 Ticari; 0 counts as 2
	Date        time.Time
	Buyer       string // empty: Nihai Tüketici
	TaxNumber   string // empty: 11111111111
	Description string
	Total       decimal.Decimal     // in TL, with VAT
	VATRate     decimal.NullDecimal // percent; 20 when absent
	Draft       bool                // it is not sent
}

// IssueByHand stores it, sent and done. Its date has to be in order, as that of a call's.
func (s *Server) IssueByHand(h ByHand) (Invoice, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	kind := (&Invoice{Kind: h.Kind}).kind()
	if refusal := s.outOfOrder(kind, h.Date, 0); refusal != "" {
		return Invoice{}, errors.New(refusal)
	}
	if !h.Total.IsPositive() || h.Date.IsZero() {
		return Invoice{}, errors.New("a total above zero and a date are needed")
	}
	if strings.TrimSpace(h.Buyer) == "" {
		h.Buyer = "Nihai Tüketici"
	}
	if h.TaxNumber == "" {
		h.TaxNumber = "11111111111"
	}
	if !h.VATRate.Valid {
		h.VATRate = valid(decimal.NewFromInt(20))
	}
	buyer := simpleCustomer{Name: h.Buyer, TaxNumber: h.TaxNumber, Person: len(h.TaxNumber) == 11}
	if words := strings.Fields(h.Buyer); buyer.Person {
		last := len(words) - 1
		buyer.FirstName, buyer.LastName = strings.Join(words[:last], " "), words[last]
	}
	in := simpleInvoice{Customer: &buyer, Currency: "TL", VATIncluded: true, Description: h.Description}
	in.Government.Profile = h.Profile
	v := s.newInvoice()
	v.ByHand = true
	s.fill(v, &in, kind, h.Date.UTC())
	v.Lines = []InvoiceLine{{ProductType: TypeService, Name: "Elle", Unit: "Adet", Quantity: decimal.NewFromInt(1), Price: h.Total, VATRate: h.VATRate.Decimal}}
	v.total(s.o.NetFirst, decimal.Zero)
	if !h.Draft {
		v.Status, v.FormalisedAt = StatusDone, s.now()
	}
	return *v, nil
}
