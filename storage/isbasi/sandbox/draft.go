package sandbox

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"strconv"
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
	if refusal := s.outOfOrder(kind, date, int64(in.InvoiceID)); refusal != "" {
		return s.invalid(c, []string{refusal})
	}
	if old == nil {
		old = s.newInvoice()
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

// outOfOrder is İşbaşı's refusal of a date before that of the last sales invoice of its kind, which it gives
// to the minute; empty where the date may stand.
func (s *Server) outOfOrder(kind int, date time.Time, but int64) string {
	last := s.latest(kind, but)
	if !date.Before(last.Truncate(time.Minute)) {
		return ""
	}
	return "Girilen tarihten sonra aynı tipte fatura kesilmiş. En son fatura Tarihi :" + last.In(turkey()).Format("02-01-2006 15:04")
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

// newInvoice adds an empty draft with its ETTN.
func (s *Server) newInvoice() *Invoice {
	v := Invoice{ID: s.invoices.next(func(v *Invoice) int64 { return v.ID }), Type: InvoiceSale, CreatedAt: s.now()}
	for i := range s.deleted {
		v.ID = max(v.ID, s.deleted[i].ID+1)
	}
	var random [16]byte
	_, _ = rand.Read(random[:]) // never fails
	v.UUID = ettn(random)
	s.invoices.add(v)
	return &s.invoices.rows[len(s.invoices.rows)-1]
}

// renumber gives the invoice the next number of its series, which it has as a draft already, and that of the
// dispatch note whose place it takes though nobody asked for that (isbasi-api.md §6.1; §12, to §6.1). A number
// that fits its kind and year stays.
func (s *Server) renumber(v *Invoice) {
	prefix := series(v.kind(), v.Date)
	if strings.HasPrefix(v.Number, prefix) {
		return
	}
	last := 0
	for _, rows := range [][]Invoice{s.invoices.rows, s.deleted} {
		for i := range rows {
			if text, ok := strings.CutPrefix(rows[i].Number, prefix); ok {
				n, _ := strconv.Atoi(text) // what is no number is none of ours
				last = max(last, n)
			}
		}
	}
	v.Number = fmt.Sprintf("%s%09d", prefix, last+1)
	v.Dispatch = fmt.Sprintf("IRS%d%09d", v.Date.In(turkey()).Year(), v.ID)
}

// series is what GİB's numbers of a kind and year begin with: e-Fatura and e-Arşiv have series of their own
// (§12, to §6.2).
func series(kind int, date time.Time) string {
	letters := "ISB"
	if kind == KindEInvoice {
		letters = "ISF"
	}
	return fmt.Sprintf("%s%d", letters, date.In(turkey()).Year())
}

// ettn writes an ETTN, the one half in capitals: its letters' case counts (isbasi-api.md §8.6).
func ettn(b [16]byte) string {
	b[0], b[15] = b[0]|0xA0, b[15]|0xA0 // a letter in each half
	b[6], b[8] = b[6]&0x0F|0x40, b[8]&0x3F|0x80
	return fmt.Sprintf("%X-%X-%x-%x-%x", b[0:4], b[4:6], b[6:8], b[8:10], b[10:])
}
