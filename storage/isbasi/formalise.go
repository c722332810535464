package isbasi

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

// Formalise sends a draft to the revenue administration: a legal act that cannot be taken back. The
// invoice is read first and given to allow (may be nil), whose error ends it; only a draft is sent, and
// only once. What became of it is read from the invoice's own state, never from the answer, which often
// is HTTP 400 on success (isbasi-api.md §6.3). An invoice that was sent before is given back as it is.
//
// KindRejected and its like: İşbaşı refused and it still is a draft. KindUnknown: nobody knows, look at
// the invoice before anything else. KindState: it is no draft that can be sent. It costs two reads and
// one write.
func (c *Client) Formalise(ctx context.Context, id domain.RemoteID, allow func(domain.Invoice) error) (domain.Invoice, error) {
	const op = "formalise an invoice"
	ctx = quota.WithPurpose(ctx, quota.Invoicing)
	before, err := c.Invoice(ctx, id)
	if err != nil {
		return before, domain.Wrap(err, op)
	}
	switch {
	case before.Cancelled || before.Status == domain.EStatusUnknown:
		return before, &domain.Error{Kind: domain.KindState, Op: op, Detail: before.StatusText}
	case before.Status != domain.EStatusDraft:
		return before, nil
	}
	if allow != nil {
		if err := allow(before); err != nil {
			return before, domain.Wrap(err, op)
		}
	}
	r := request{op: op, method: http.MethodPost, path: "einvoices/eInvoiceWithJson?invoiceId=" + url.QueryEscape(string(id))}
	sent := c.write(ctx, r, nil)
	switch domain.KindOf(sent) {
	case "", domain.KindRejected, domain.KindState, domain.KindUnknown:
	case domain.KindForbidden:
		return before, errors.Join(sent, c.Remember(ctx, domain.AbilityFormalise, domain.AbilityDenied))
	default:
		return before, sent // it never left, or İşbaşı said no before looking at it
	}
	after, err := c.Invoice(ctx, id)
	if err != nil {
		return before, &domain.Error{Kind: domain.KindUnknown, Op: op, Detail: detailOf(sent), Err: errors.Join(sent, err)}
	}
	switch {
	case after.Status == domain.EStatusInProgress || after.Status == domain.EStatusDone:
		_ = c.Remember(ctx, domain.AbilityFormalise, domain.AbilityAllowed) // it is sent, whatever can be kept of it
		return after, nil
	case after.Status == domain.EStatusDraft && sent != nil && domain.KindOf(sent) != domain.KindUnknown && !saysProcessed(detailOf(sent)):
		return after, sent
	default: // the answer and the invoice contradict each other, or there was no answer
		return after, &domain.Error{Kind: domain.KindUnknown, Op: op, Detail: detailOf(sent), Err: sent}
	}
}

// saysProcessed tells the messages that come with a successful sending.
func saysProcessed(message string) bool {
	said := statusSaid(message)
	return said == domain.EStatusInProgress || said == domain.EStatusDone || mentions(message, "İşlendi", "İmzalandı")
}
