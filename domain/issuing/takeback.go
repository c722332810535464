package issuing

import (
	"context"
	"slices"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

// TakeBackDrafts deletes drafts at İşbaşı, all of them by one write where that goes; their orders can be invoiced again. It
// gives how many are deleted. KindState: one of them is no draft (any more), and stays; the others are deleted.
func (i *Invoices) TakeBackDrafts(ctx context.Context, ids ...int64) (int, error) {
	if err := i.may(ctx, quota.Cost{Writes: 1}); err != nil {
		return 0, err
	}
	ctx, end, err := i.act(ctx)
	if err != nil {
		return 0, err
	}
	defer end()
	ctx = quota.WithPurpose(ctx, quota.Invoicing)
	records := make([]invoicing.Record, 0, len(ids))
	for _, id := range slices.Compact(slices.Sorted(slices.Values(ids))) {
		r, err := i.co.Store.Record(ctx, id)
		if err != nil {
			return 0, err
		}
		if !r.Deletable() {
			return 0, domain.E(domain.KindState, "delete a draft", nil)
		}
		records = append(records, r)
	}
	for n := range records {
		records[n].State, records[n].Formalise = invoicing.AttemptDeleting, false
		if records[n], err = i.co.Store.SaveRecord(ctx, records[n]); err != nil {
			return 0, err
		}
	}
	n := 0
	for some := range slices.Chunk(records, mostDeleted) {
		deleted, failed := i.deleteAll(context.WithoutCancel(ctx), some)
		n += deleted
		err = first(err, failed)
	}
	return n, err
}

// mostDeleted is how many drafts are deleted by one write: their IDs stand in its address.
const mostDeleted = 100

// deleteAll deletes drafts together, and one by one where İşbaşı refuses that: it says of none which one it is.
func (i *Invoices) deleteAll(ctx context.Context, records []invoicing.Record) (int, error) {
	remote := make([]domain.RemoteID, len(records))
	for n, r := range records {
		remote[n] = r.Remote
	}
	err := i.co.Writer.DeleteDrafts(ctx, remote...)
	kind := domain.KindOf(err)
	refused := kind == domain.KindState || kind == domain.KindNotFound || kind == domain.KindRejected
	if refused && len(records) > 1 {
		n := 0
		var last error
		for _, r := range records {
			deleted, err := i.deleteAll(ctx, []invoicing.Record{r})
			n += deleted
			last = first(last, err)
		}
		return n, last
	}
	var keys []orders.Key
	for _, r := range records {
		switch kind {
		case "", domain.KindNotFound:
			if _, err := i.ended(ctx, r); err != nil {
				return len(keys), err
			}
			keys = append(keys, keyOf(r.Key))
			continue
		case domain.KindState: // it was formalised meanwhile: the next reading tells
			r.State, r.AskedAt = invoicing.AttemptFormalising, time.Time{}
		case domain.KindUnknown: // it stays as it is until it was looked for
		default:
			r.State = invoicing.AttemptDrafted
		}
		if _, err := i.co.Store.SaveRecord(ctx, r); err != nil {
			return 0, err
		}
	}
	if len(keys) == 0 {
		return 0, err
	}
	return len(keys), i.JudgeOrders(ctx, keys...)
}

// resumeDelete goes on with a draft that was to be deleted, and of which nobody knows whether it is.
func (i *Invoices) resumeDelete(ctx context.Context, r invoicing.Record, seen []Seen) error {
	if other := older(seen, &r); other != nil {
		return i.yield(ctx, r, other.ID)
	}
	delete(i.rows, r.Remote) // the list may be of before
	row, err := i.look(ctx, r.Remote)
	switch domain.KindOf(err) {
	case "":
		_, err := i.stand(ctx, r, row) // it is there as it was: a person says again what is to become of it
		return err
	case domain.KindNotFound:
		_, err := i.gone(ctx, r)
		return err
	default:
		return err
	}
}
