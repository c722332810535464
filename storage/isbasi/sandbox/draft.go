package sandbox

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// saveDraft makes a draft of a sales invoice (invoiceId 0), or writes one anew. A customer or product
// that matches no card gets one.
func (s *Server) saveDraft(c *call) answer {
	var in simpleInvoice
	if c.read(&in) != nil {
		return s.unreadable(c)
	}
	if in.Customer == nil { // the real one answers so (isbasi-api.md §12, to §3.1)
		return s.refuse(c, http.StatusInternalServerError, http.StatusInternalServerError, "IntegrationCustomerModelIsRequired")
	}
	if wrong := in.check(s.o.PostalCodeOptional); len(wrong) > 0 {
		return s.invalid(c, wrong)
	}
	date, err := parseDate(in.Date)
	if err != nil {
		return s.invalid(c, []string{"Fatura tarihi geçersiz."})
	}
	var old *Invoice
	if in.InvoiceID != 0 {
		old = s.invoice(int64(in.InvoiceID))
		switch {
		case old == nil:
			return s.gone(c)
		case old.Status != StatusDraft || old.Cancelled:
			return s.refuse(c, http.StatusConflict, http.StatusConflict, "Fatura taslak durumunda değil.")
		}
	}
	kind := s.documentKind(&in)
	if last := s.latest(kind, int64(in.InvoiceID)); date.Before(last.Truncate(time.Minute)) {
		return s.invalid(c, []string{
			"Girilen tarihten sonra aynı tipte fatura kesilmiş. En son fatura Tarihi :" + last.In(turkey()).Format("02-01-2006 15:04"),
		})
	}
	if old == nil {
		old = s.newInvoice(kind, date)
	}
	s.fill(old, &in, kind, date)
	return s.ok(c, map[string]any{"invoiceId": old.ID, "uuid": old.UUID, "no": old.Number})
}

// check gives a message for each rule that is broken, in the server's own words where they are known
// (isbasi-api.md §12, to §3.1).
func (in *simpleInvoice) check(postalCodeOptional bool) []string {
	var wrong []string
	demand := func(value, message string) {
		if blank(value) {
			wrong = append(wrong, message)
		}
	}
	c := in.Customer
	demand(c.Address, "customer.address alanı boş gönderilemez")
	demand(c.TaxNumber, "customer.tcknvkn alanı boş gönderilemez")
	if blank(c.City) || blank(c.District) || blank(c.PostalCode) && !postalCodeOptional {
		wrong = append(wrong, "Firma tanımında adres, posta kodu, şehir ve ilçe alanları dolu olmalıdır")
	}
	demand(c.Country, "customer.country alanı boş gönderilemez")
	switch {
	case c.Person && (blank(c.FirstName) || blank(c.LastName)):
		wrong = append(wrong, "Bireysel firma için Ad ve Soyad gereklidir")
	case !c.Person:
		demand(c.Name, "customer.name alanı boş gönderilemez")
	}
	demand(in.Date, "Fatura tarihi zorunludur")
	demand(in.Currency, "Döviz türü zorunludur.")
	if local(in.Currency) != "TL" && !in.ExchangeRate.Decimal.IsPositive() {
		wrong = append(wrong, "Döviz kuru zorunludur.")
	}
	if len(in.Lines) == 0 {
		wrong = append(wrong, "salesinvoicedetails alanı boş gönderilemez")
	}
	for _, l := range in.Lines {
		demand(l.Name, "Satır adı zorunludur.")
		if l.Product == nil || blank(l.Product.Code) {
			wrong = append(wrong, "Fatura satırında ürün girilmesi zorunludur.")
		}
		if !l.Quantity.Decimal.IsPositive() || !l.Price.Valid || !l.TaxRate.Valid {
			wrong = append(wrong, "Miktar, fiyat ve KDV oranı zorunludur.")
		}
	}
	return wrong
}

func blank(text string) bool { return strings.TrimSpace(text) == "" }

// documentKind is what becomes of the invoice by itself: e-Fatura for its users, else e-Arşiv
// (isbasi-api.md §6.2).
func (s *Server) documentKind(in *simpleInvoice) int {
	switch {
	case s.registered(in.Customer.TaxNumber):
		return KindEInvoice
	case in.Government.Kind == KindInternet:
		return KindInternet
	default:
		return KindEArchive
	}
}

// latest is the date of the last sales invoice of a kind but one, drafts included; zero without any.
func (s *Server) latest(kind int, but int64) time.Time {
	var last time.Time
	for i := range s.invoices.rows {
		v := &s.invoices.rows[i]
		if v.kind() == kind && v.form() == InvoiceSale && !v.Cancelled && v.ID != but && v.Date.After(last) {
			last = v.Date
		}
	}
	return last
}

// newInvoice adds an empty draft with its numbers, also that of the dispatch note whose place it takes
// though nobody asked for that (isbasi-api.md §12, to §6.1).
func (s *Server) newInvoice(kind int, date time.Time) *Invoice {
	v := Invoice{ID: s.invoices.next(func(v *Invoice) int64 { return v.ID }), Type: InvoiceSale}
	var random [16]byte
	_, _ = rand.Read(random[:]) // never fails
	v.UUID = ettn(random)
	v.Number = invoiceNumber(kind, date, v.ID)
	v.Dispatch = fmt.Sprintf("IRS%d%09d", date.In(turkey()).Year(), v.ID)
	s.invoices.add(v)
	return &s.invoices.rows[len(s.invoices.rows)-1]
}

// invoiceNumber is GİB's number: e-Fatura and e-Arşiv have series of their own (§12, to §6.2).
func invoiceNumber(kind int, date time.Time, id int64) string {
	if kind == KindEInvoice {
		return fmt.Sprintf("ISF%d%09d", date.In(turkey()).Year(), id)
	}
	return fmt.Sprintf("ISB%d%09d", date.In(turkey()).Year(), id)
}

// ettn writes an ETTN, the one half in capitals: its letters' case counts (isbasi-api.md §8.6).
func ettn(b [16]byte) string {
	b[0], b[15] = b[0]|0xA0, b[15]|0xA0 // a letter in each half
	b[6], b[8] = b[6]&0x0F|0x40, b[8]&0x3F|0x80
	return fmt.Sprintf("%X-%X-%x-%x-%x", b[0:4], b[4:6], b[6:8], b[8:10], b[10:])
}
