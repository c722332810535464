package invoicing

import "github.com/sopyo/sopyo-desktop/domain"

// Kind gives the sort of document that the invoice becomes (rules.md §6), none where only the revenue
// administration could tell and has not: it is never guessed.
func (b *Buyer) Kind() domain.InvoiceKind {
	_, number := b.number()
	switch {
	case number == numberNone, b.Registration == RegistrationNo:
		return domain.InvoiceEArchive
	case b.Registration == RegistrationYes:
		return domain.InvoiceEInvoice
	default:
		return domain.InvoiceKindNone
	}
}
