package issuing

import (
	"context"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
)

// reading is what İşbaşı has said of an invoice, and when it was asked: what arrives there behind that is not in it.
type reading struct {
	domain.Invoice
	at time.Time
}

// look gives an invoice by the list, if that was read just now, else by itself (one read). KindNotFound: there is none.
func (i *Invoices) look(ctx context.Context, id domain.RemoteID) (reading, error) {
	if row, ok := i.rows[id]; ok {
		return row, nil
	}
	at := i.co.Now()
	whole, err := i.co.Books.Invoice(ctx, id)
	return reading{whole, at}, err
}

// asOf is the time that a judgement holds for: what was listed last, else now.
func (i *Invoices) asOf() time.Time {
	if i.listed.IsZero() {
		return i.co.Now()
	}
	return i.listed
}

// stand stores of an attempt what İşbaşı says of its invoice: the only judge of where it stands (orders-invoices.md §4).
func (i *Invoices) stand(ctx context.Context, r invoicing.Record, row reading) (invoicing.Record, error) {
	r.Remote = row.ID
	for _, f := range []struct {
		to   *string
		from string
	}{{&r.UUID, row.UUID}, {&r.Number, row.Number}, {&r.StatusText, row.StatusText}} {
		if f.from != "" {
			*f.to = f.from
		}
	}
	if row.Kind != domain.InvoiceKindNone {
		r.Kind = row.Kind
	}
	if row.Scenario != "" {
		r.Scenario = row.Scenario
	}
	r.Cancelled = row.Cancelled
	if row.Total.Valid {
		r.Read = row.Total
	}
	r.AskedAt = row.at
	i.read[r.ID] = true
	switch {
	case row.Status == domain.EStatusDone:
		if !r.Issued() {
			r.State, r.IssuedAt, r.Cause, r.Detail = invoicing.AttemptIssued, i.co.Now(), "", ""
		}
		if row.RejectNote != "" { // by its buyer, who has eight days
			r.Cause, r.Detail = domain.KindRejected, row.RejectNote
		}
	case r.Issued(): // it stays that
	case row.Status == domain.EStatusInProgress:
		r.State = invoicing.AttemptFormalising
	case row.Status == domain.EStatusDraft:
		i.standDraft(&r, row)
	default: // a state that nobody has documented is judged by nobody
	}
	return i.co.Store.SaveRecord(ctx, r)
}

// standDraft says where an attempt stands whose invoice is a draft.
func (i *Invoices) standDraft(r *invoicing.Record, row reading) {
	if r.SentAt.After(i.co.Now()) { // the clock was wrong
		r.SentAt = i.co.Now()
	}
	switch {
	case r.State == invoicing.AttemptFormalising && row.at.Sub(r.SentAt) < i.co.Patience && r.Cause != domain.KindRejected && row.RejectNote == "":
		return // what was sent may still arrive
	case r.State == invoicing.AttemptFormalising:
		r.Formalise = false // a person says whether it is sent again
		if row.RejectNote != "" {
			r.Cause, r.Detail = domain.KindRejected, row.RejectNote
		}
	case r.State == invoicing.AttemptIntent, r.State == invoicing.AttemptUnknown:
		r.Cause, r.Detail = "", ""
	}
	switch {
	case !r.Read.Valid:
		r.State = invoicing.AttemptDrafted
	case r.Read.Decimal.Equal(r.Amounts.Total):
		r.State = invoicing.AttemptChecked
	default:
		r.State = invoicing.AttemptMismatch
	}
}
