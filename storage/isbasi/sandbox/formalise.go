package sandbox

import (
	"net/http"
	"strconv"
)

// formalise sends a draft to GİB, for good. A success is answered with HTTP 400 and isError, unless
// FormaliseOK says otherwise (isbasi-api.md §6.3); the stock leaves with it.
func (s *Server) formalise(c *call) answer {
	id, err := strconv.ParseInt(c.query("invoiceId"), 10, 64)
	if err != nil {
		return s.gone(c)
	}
	v := s.invoice(id)
	if v != nil {
		v.Formalised++
	}
	switch {
	case v == nil || v.form() != InvoiceSale:
		return s.gone(c)
	case v.Cancelled:
		return s.business(c, "Fatura iptal edilmiş.")
	case v.Status != StatusDraft:
		return s.business(c, "Fatura daha önce gönderilmiş.")
	case v.kind() == KindInternet && !s.o.AllowInternet:
		return s.business(c, "Ödeme tarihi e-Arşiv (Online Satış) seçili olan faturalar için zorunludur.")
	}
	word := "İşlendi"
	if v.ID%2 == 0 {
		word = "İmzalandı"
	}
	v.FormalisedAt = s.now()
	v.Sent++
	s.send(v, c.refusal)
	receipt := s.nextReceipt()
	for _, l := range v.Lines {
		s.move(Receipt{
			ID: receipt, Kind: StockOut, ProductID: l.ProductID, Amount: l.Quantity.Neg(), Date: v.Date,
			Firm: v.FirmName, Invoice: v.Number,
		})
	}
	s.invoices.changed()
	if s.o.FormaliseOK {
		return s.ok(c, word)
	}
	return s.refuse(c, http.StatusBadRequest, http.StatusBadRequest, word)
}
