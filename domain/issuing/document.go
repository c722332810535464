package issuing

import (
	"context"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

// DocumentOf gives a document of an invoice: the one that is kept, else İşbaşı's (one read). KindState: not ready yet, or
// the invoice was not issued through this program.
func (i *Invoices) DocumentOf(ctx context.Context, id int64, k DocumentKind) (domain.Document, error) {
	r, err := i.co.Store.Record(ctx, id)
	if err != nil {
		return domain.Document{}, err
	}
	d, kept, err := i.co.Documents.Document(ctx, r, k)
	if err != nil || kept {
		return d, err
	}
	if !r.Issued() || r.UUID == "" {
		return d, domain.E(domain.KindState, "fetch a document", nil)
	}
	if err := i.may(ctx, quota.Cost{Reads: 1}); err != nil {
		return d, err
	}
	ctx = quota.WithPurpose(ctx, quota.Invoicing)
	if k == DocumentUBL {
		d, err = i.co.Books.InvoiceUBL(ctx, r.UUID)
	} else {
		d, err = i.co.Books.InvoicePDF(ctx, r.UUID)
	}
	if err != nil {
		return d, err
	}
	if err := i.co.Documents.Keep(ctx, r, k, d); err != nil {
		return d, err
	}
	if k != DocumentPDF {
		return d, nil
	}
	// It may have been freed or cancelled while its document was fetched.
	if r, err = i.co.Store.Record(ctx, id); err != nil || r.State != invoicing.AttemptIssued {
		return d, err
	}
	r.State = invoicing.AttemptDocumented
	_, err = i.co.Store.SaveRecord(ctx, r)
	return d, err
}

// HasDocument tells whether a document of an invoice is kept here: opening it costs nothing.
func (i *Invoices) HasDocument(ctx context.Context, r invoicing.Record, k DocumentKind) (bool, error) {
	_, ok, err := i.co.Documents.Document(ctx, r, k)
	return ok, err
}
