package isbasi

import (
	"errors"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
)

// The words are İşbaşı's own (isbasi-api.md §12 "To §3.1").
func TestCreateDraft_refusalsNameTheirField(t *testing.T) {
	for words, tc := range map[string]struct {
		status int
		field  string
	}{
		"customer.address alanı boş gönderilemez":                                    {400, "address"},
		"customer.tcknvkn alanı boş gönderilemez":                                    {400, "tax_number"},
		"CUSTOMER.TCKNVKN ALANI BOŞ GÖNDERİLEMEZ":                                    {400, "tax_number"},
		"Customer.TcknVkn alanı boş gönderilemez":                                    {400, "tax_number"},
		"Firma tanımında adres, posta kodu, şehir ve ilçe alanları dolu olmalıdır":   {400, "address"},
		"Firma tanımında posta kodu, şehir ve ilçe alanları dolu olmalıdır":          {400, "postal_code"},
		"Şehir ve ilçe zorunludur":                                                   {400, "city"},
		"İlçe zorunludur":                                                            {400, "district"},
		"Bireysel firma için Ad ve Soyad gereklidir":                                 {400, "name"},
		"Fatura tarihi zorunludur":                                                   {400, "date"},
		"SalesInvoiceDetails boş olamaz":                                             {400, "lines"},
		"salesinvoicedetails may not be empty":                                       {400, "lines"},
		"Fatura satırında ürün girilmesi zorunludur.":                                {400, "product"},
		"Ödeme tarihi e-Arşiv (Online Satış) seçili olan faturalar için zorunludur.": {599, "payment_date"},
		"Fatura tarihi zorunludur\nAdres zorunludur.":                                {400, "date"},
		"Adres zorunludur.\nFatura tarihi zorunludur":                                {400, "address"},
		"Olmaz.": {400, ""},
	} {
		answer := saysStatus(tc.status, refusal(tc.status, words))
		if tc.status == 599 {
			answer = says(refusal(599, words))
		}
		c, d := scripted(t, map[string][]reaction{draftRoute: {answer}})
		_, err := c.CreateDraft(t.Context(), aDraft())
		var e *domain.Error
		if !errors.As(err, &e) || e.Kind != domain.KindRejected || e.Field != tc.field || e.Detail != words || e.Op != "store a draft invoice" {
			t.Errorf("%d %s: %v, want the field %q", tc.status, words, err, tc.field)
		}
		d.was(draftRoute)
	}
}

// Under 500 İşbaşı says that it broke down, and what is missing as well: nobody knows what became of the draft.
func TestCreateDraft_outOfOrderIsNoRefusal(t *testing.T) {
	for name, tc := range map[string]struct {
		answer reaction
		detail string
	}{
		"what is missing":  {saysStatus(500, refusal(500, "IntegrationCustomerModelIsRequired")), "IntegrationCustomerModelIsRequired"},
		"a field":          {saysStatus(500, refusal(500, "Adres zorunludur.")), "Adres zorunludur."},
		"words of no rule": {saysStatus(500, refusal(500, "Adres servisi yanıt vermiyor")), "Adres servisi yanıt vermiyor"},
		"no words":         {saysStatus(500, refusal(500, "")), ""},
		"a page":           {saysStatus(500, "<html>Adres zorunludur</html>"), ""},
		"no error":         {saysStatus(500, `{"code":0,"isError":false,"message":"Adres zorunludur"}`), "Adres zorunludur"},
	} {
		c, _ := scripted(t, map[string][]reaction{draftRoute: {tc.answer}})
		_, err := c.CreateDraft(t.Context(), aDraft())
		var e *domain.Error
		if !errors.As(err, &e) || e.Kind != domain.KindUnknown || e.Field != "" || e.Detail != tc.detail {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// İşbaşı says "no such record" under 400 and 599 alike.
func TestAbsentInvoice_isNotFoundByWhateverStatus(t *testing.T) {
	const words = "Kayıt Numarası Bulunamadı!"
	for _, answer := range []reaction{saysStatus(400, refusal(400, words)), says(refusal(599, words)), saysStatus(599, refusal(599, words)), saysStatus(500, refusal(599, words))} {
		c, _ := scripted(t, map[string][]reaction{"DELETE invoices?Ids=7": {answer}, "GET invoices/7": {answer}})
		err := c.DeleteDrafts(t.Context(), "7")
		wantKind(t, err, domain.KindNotFound)
		if detailOf(err) != words {
			t.Errorf("detail %q", detailOf(err))
		}
		_, err = c.Invoice(t.Context(), "7")
		wantKind(t, err, domain.KindNotFound)
	}
}
