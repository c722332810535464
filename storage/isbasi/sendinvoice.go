package isbasi

import (
	"context"
	"errors"
	"net/http"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

// SendInvoice sends a draft to the revenue administration: a legal act that cannot be taken back. It looks at
// nothing first and reads nothing back, and is never sent twice by itself. The answer does not say whether it
// worked, often it is HTTP 400 on success (isbasi-api.md §6.3): only the invoice's own EStatus does, whatever
// came back here.
//
// nil: İşbaşı answered as it does to a success. KindRejected: it refused in plain words, with the field that they
// name. KindUnknown: there was no answer of İşbaşı's own. KindState, KindNotFound, KindForbidden, KindQuota,
// KindNeedsSignIn and what never left were not carried out. It costs one write.
func (c *Client) SendInvoice(ctx context.Context, id domain.RemoteID) error {
	const op = "send an invoice"
	ctx = quota.WithPurpose(ctx, quota.Invoicing)
	value, err := invoiceQuery(id)
	if err != nil {
		return domain.Wrap(err, op)
	}
	r := request{op: op, method: http.MethodPost, path: "einvoices/eInvoiceWithJson?invoiceId=" + value}
	err = c.signed(ctx, call{kind: quota.Write}, r, func(a answer) error { return a.sent(op) })
	switch domain.KindOf(err) {
	case "":
		_ = c.Remember(ctx, domain.AbilityFormalise, domain.AbilityAllowed) // it is sent, whatever can be kept of it
	case domain.KindForbidden:
		return errors.Join(err, c.Remember(ctx, domain.AbilityFormalise, domain.AbilityDenied))
	default:
	}
	return err
}

// sent judges the answer to a sending: a refusal whose words are those of a success is none.
func (a answer) sent(op string) error {
	err := refusedDraft(dateOrder(a.decode(op, nil)))
	if domain.KindOf(err) == domain.KindRejected && saysProcessed(detailOf(err)) {
		return nil
	}
	return err
}

// saysProcessed tells the messages that come with a successful sending.
func saysProcessed(message string) bool {
	said := statusSaid(message)
	return said == domain.EStatusInProgress || said == domain.EStatusDone || mentions(message, "İşlendi", "İmzalandı")
}
