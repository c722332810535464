package issuing

import (
	"context"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
)

// readBack holds every draft that was stored against what İşbaşı has made of it: by the list, a hundred a read; one that
// does not stand in the list by itself. What another program has stored of the same order meanwhile is found here too.
func (i *Invoices) readBack(ctx context.Context, w *Work) error {
	drafted, err := i.co.Store.RecordsIn(ctx, invoicing.AttemptDrafted)
	if err != nil || len(drafted) == 0 {
		return err
	}
	w.enter(PhaseReading, len(drafted))
	day, err := i.seeAll(ctx, drafted)
	if err != nil {
		return err
	}
	if err := i.readTokens(ctx, w, day, worthsOf(drafted)); err != nil {
		return err
	}
	seen, err := i.co.Store.SeenInvoices(ctx, day.AddDate(0, 0, -1))
	if err != nil {
		return err
	}
	w.enter(PhaseReading, len(drafted))
	for _, r := range drafted {
		if ctx.Err() != nil {
			return stopped(nil)
		}
		if other := withToken(seen, r.Token); other != nil && number(other.ID) < number(r.Remote) {
			if err := i.yield(ctx, r, other.ID); err != nil {
				return err
			}
			w.step(r.Buyer, func(o *Outcome) { o.Adopted++; o.Drafted-- })
			continue
		}
		after, err := i.readOne(ctx, r)
		if err != nil {
			return err
		}
		w.step(r.Buyer, func(o *Outcome) {
			if after.State == invoicing.AttemptMismatch {
				o.Mismatch++
			}
		})
	}
	return nil
}

// seeAll reads the list from the newest down to the oldest of the records, and gives the day since which it is known.
func (i *Invoices) seeAll(ctx context.Context, records []invoicing.Record) (day time.Time, err error) {
	oldest := number(records[0].Remote)
	for _, r := range records {
		oldest = min(oldest, number(r.Remote))
		if day.IsZero() || r.Day().Before(day) {
			day = r.Day()
		}
	}
	err = i.see(ctx, listSince(day), func(rows []domain.Invoice) bool {
		for _, row := range rows {
			if number(row.ID) <= oldest {
				return true
			}
		}
		return false
	})
	return day, err
}

// readOne judges an attempt by its row, if it was read just now, else by its invoice itself (one read).
func (i *Invoices) readOne(ctx context.Context, r invoicing.Record) (invoicing.Record, error) {
	if row, ok := i.rows[r.Remote]; ok {
		return i.stand(ctx, r, row)
	}
	whole, err := i.co.Books.Invoice(ctx, r.Remote)
	switch domain.KindOf(err) {
	case "":
		return i.stand(ctx, r, whole)
	case domain.KindNotFound: // somebody has deleted it there
		r.State = invoicing.AttemptDeleted
		return i.co.Store.SaveRecord(ctx, r)
	default:
		return r, err
	}
}

// yield deletes our draft of an order of which there is an older one: another program was faster. That one is ours then.
func (i *Invoices) yield(ctx context.Context, r invoicing.Record, other domain.RemoteID) error {
	r.State = invoicing.AttemptDeleting
	r, err := i.co.Store.SaveRecord(ctx, r)
	if err != nil {
		return err
	}
	err = i.co.Writer.DeleteDrafts(context.WithoutCancel(ctx), r.Remote)
	if kind := domain.KindOf(err); err != nil && kind != domain.KindNotFound {
		return err // it stays "deleting", and is judged by the next run
	}
	r.Remote = other
	_, err = i.readOne(ctx, r)
	return err
}
