package issuing

import (
	"context"
	"slices"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
)

// standing gives the invoice with a token that is no attempt's of ours, as İşbaşı has it now; nil: there is none any more.
func (i *Invoices) standing(ctx context.Context, seen []Seen, t invoicing.Token) (*reading, error) {
	for {
		found := withToken(seen, t)
		if found == nil {
			return nil, nil
		}
		row, err := i.look(ctx, found.ID)
		if domain.KindOf(err) != domain.KindNotFound {
			return &row, err
		}
		found.Tokens = nil // deleted since
		if err := i.co.Store.SeeTokens(ctx, found.ID, nil); err != nil {
			return nil, err
		}
	}
}

// withToken gives the oldest invoice that has a token and is no attempt's of ours, one that is cancelled only where all
// are; nil: none.
func withToken(seen []Seen, t invoicing.Token) *Seen {
	var found *Seen
	for n := range seen {
		s := &seen[n]
		if s.Ours != 0 || !slices.Contains(s.Tokens, t) {
			continue
		}
		if found == nil || found.Cancelled && !s.Cancelled || found.Cancelled == s.Cancelled && number(s.ID) < number(found.ID) {
			found = s
		}
	}
	return found
}

// older gives the invoice of another program with the token of one of ours, before which ours yields; nil: none.
func older(seen []Seen, r *invoicing.Record) *Seen {
	other := withToken(seen, r.Token)
	if other == nil || other.Cancelled || number(other.ID) >= number(r.Remote) {
		return nil
	}
	return other
}

// notice stores what the list has just said of invoices that are issued: some were cancelled since, or rejected by their
// buyers. That frees nothing by itself.
func (i *Invoices) notice(ctx context.Context) error {
	var day time.Time
	for _, row := range i.rows {
		if (row.Cancelled || row.RejectNote != "") && (day.IsZero() || row.Date.Before(day)) {
			day = domain.Day(row.Date)
		}
	}
	if day.IsZero() {
		return nil
	}
	seen, err := i.co.Store.SeenInvoices(ctx, day)
	if err != nil {
		return err
	}
	for _, s := range seen {
		row, listed := i.rows[s.ID]
		if s.Ours == 0 || !listed || !row.Cancelled && row.RejectNote == "" {
			continue
		}
		r, err := i.co.Store.Record(ctx, s.Ours)
		if err != nil {
			return err
		}
		if r.Issued() && (r.Cancelled != row.Cancelled || r.Detail != row.RejectNote) {
			if _, err := i.stand(ctx, r, row); err != nil {
				return err
			}
		}
	}
	return nil
}

// settle judges by what was seen what has become of open attempts; complete: all that may be one of theirs was read.
func (i *Invoices) settle(ctx context.Context, day time.Time, open []invoicing.Record, complete bool) error {
	if len(open) == 0 {
		return nil
	}
	seen, err := i.co.Store.SeenInvoices(ctx, day.AddDate(0, 0, -1))
	if err != nil {
		return err
	}
	for _, r := range open {
		if r.State == invoicing.AttemptDeleting {
			if err := i.resumeDelete(ctx, r, seen); err != nil {
				return err
			}
			continue
		}
		if r.Remote == "" {
			if err := i.find(ctx, r, seen, complete); err != nil {
				return err
			}
			continue
		}
		if _, err := i.readOne(ctx, r); err != nil {
			return err
		}
	}
	return nil
}

// find judges an attempt whose answer is lost by what was seen: our own draft is known by the attempt's nonce. Where another
// program has stored an invoice of the order before, that one stands, and as a draft until a person says more; ours is
// deleted, and waited for while it may still arrive or may not have been read.
func (i *Invoices) find(ctx context.Context, r invoicing.Record, seen []Seen, complete bool) error {
	row, err := i.standing(ctx, seen, r.Token)
	if err != nil || row == nil {
		return err
	}
	nonce, _ := invoicing.NonceIn(r.Draft.Description)
	own := withToken(seen, nonce)
	switch {
	case own != nil && own.ID == row.ID:
	case own != nil && number(own.ID) > number(row.ID):
		r.Remote = own.ID
		return i.yield(ctx, r, row.ID)
	case !complete || i.listed.Before(r.IntentAt.Add(i.co.Patience)):
		return nil
	default:
		r.Formalise = false
	}
	_, err = i.stand(ctx, r, *row)
	return err
}
