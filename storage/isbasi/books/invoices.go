package books

import (
	"context"
	"iter"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Invoices are the invoices at İşbaşı, as they are read and written there. Everything but the list is asked by those who have read
// that, or who say themselves that they need a session.
type Invoices struct{ Account }

// Invoices yields the pages of a list.
func (i Invoices) Invoices(ctx context.Context, q domain.ListQuery) iter.Seq2[domain.Page[domain.Invoice], error] {
	return func(yield func(domain.Page[domain.Invoice], error) bool) {
		if err := i.SignedIn(ctx); err != nil {
			yield(domain.Page[domain.Invoice]{}, err)
			return
		}
		i.Client().Invoices(ctx, q)(yield)
	}
}

// Invoice reads one.
func (i Invoices) Invoice(ctx context.Context, id domain.RemoteID) (domain.Invoice, error) {
	return i.Client().Invoice(ctx, id)
}

// Taxpayer asks who has a tax number.
func (i Invoices) Taxpayer(ctx context.Context, number string) (domain.Taxpayer, error) {
	return i.Client().Taxpayer(ctx, number)
}

// InvoicePDF fetches the picture of one.
func (i Invoices) InvoicePDF(ctx context.Context, uuid string) (domain.Document, error) {
	return i.Client().InvoicePDF(ctx, uuid)
}

// InvoiceUBL fetches its e-document.
func (i Invoices) InvoiceUBL(ctx context.Context, uuid string) (domain.Document, error) {
	return i.Client().InvoiceUBL(ctx, uuid)
}

// CreateDraft stores a draft.
func (i Invoices) CreateDraft(ctx context.Context, d domain.InvoiceDraft) (domain.StoredDraft, error) {
	return i.Client().CreateDraft(ctx, d)
}

// SendInvoice makes a draft an e-document.
func (i Invoices) SendInvoice(ctx context.Context, id domain.RemoteID) error {
	return i.Client().SendInvoice(ctx, id)
}

// DeleteDrafts deletes drafts.
func (i Invoices) DeleteDrafts(ctx context.Context, ids ...domain.RemoteID) error {
	return i.Client().DeleteDrafts(ctx, ids...)
}
