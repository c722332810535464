package isbasi

import (
	"errors"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
)

// draftFields are İşbaşı's words for what it misses in a draft, and our names of the fields (isbasi-api.md §12
// "To §3.1"). İşbaşı reads and writes names of fields without regard to case.
func draftFields() map[string]string {
	return map[string]string{
		"tcknVkn": "tax_number", "ad ve soyad": "name", "customer.name": "name", "firstName": "name", "lastName": "name",
		"adres": "address", "address": "address", "posta kodu": "postal_code", "postalCode": "postal_code", "şehir": "city", "city": "city",
		"ilçe": "district", "district": "district", "e-posta": "email", "email": "email", "fatura tarihi": "date", "invoiceDate": "date",
		"SalesInvoiceDetails": "lines", "ürün girilmesi": "product", "ödeme tarihi": "payment_date",
	}
}

// refusedDraft puts the field that a refused draft's message names first into its error; other errors stay as
// they are.
func refusedDraft(err error) error {
	var e *domain.Error
	if !errors.As(err, &e) || e.Kind != domain.KindRejected || e.Field != "" {
		return err
	}
	named := *e
	message, first := domain.Fold(e.Detail), len(e.Detail)
	for words, field := range draftFields() {
		if at := strings.Index(message, domain.Fold(words)); at >= 0 && at < first {
			named.Field, first = field, at
		}
	}
	return &named
}
