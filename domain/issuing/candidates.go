package issuing

import (
	"context"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
)

// worth is what an invoice must be of to be one of ours: a total or a buyer, for what another program knows of an order
// may lead to another total; and no day before.
type worth struct {
	total decimal.Decimal
	buyer string // folded
	day   time.Time
}

func worths(list []Examined) []worth {
	out := make([]worth, len(list))
	for n := range list {
		out[n] = worth{list[n].Answer.Total, domain.Fold(buyerName(&list[n])), since(list[n : n+1])}
	}
	return out
}

func worthsOf(records []invoicing.Record) []worth {
	out := make([]worth, len(records))
	for n, r := range records {
		out[n] = worth{r.Amounts.Total, domain.Fold(r.Buyer), r.Day()}
	}
	return out
}

// fits tells whether an invoice may be it. One whose total İşbaşı does not say may be any.
func (w worth) fits(s *Seen) bool {
	if domain.Day(s.Date).Before(w.day.AddDate(0, 0, -1)) {
		return false
	}
	return !s.Total.Valid || s.Total.Decimal.Sub(w.total).Abs().LessThanOrEqual(tolerance) || domain.Fold(s.Firm.Name) == w.buyer
}

// tolerance is by how much İşbaşı's total may differ from ours: its own rounding.
var tolerance = decimal.New(1, -2)

// candidates are the seen invoices that may be ours and whose description nobody has read.
func candidates(seen []Seen, of []worth) []Seen {
	var out []Seen
	for _, s := range seen {
		if s.Ours == 0 && !s.Read && slices.ContainsFunc(of, func(w worth) bool { return w.fits(&s) }) {
			out = append(out, s)
		}
	}
	return out
}

// readTokens reads the descriptions of the seen invoices that may be ours, once each.
func (i *Invoices) readTokens(ctx context.Context, w *Work, day time.Time, of []worth) error {
	seen, err := i.co.Store.SeenInvoices(ctx, day.AddDate(0, 0, -1))
	if err != nil {
		return err
	}
	unread := candidates(seen, of)
	w.update(func(p *Progress) { p.Of = len(unread) })
	for _, s := range unread {
		if ctx.Err() != nil {
			return stopped(nil)
		}
		if err := i.readToken(ctx, s.ID); err != nil {
			return err
		}
		w.step(s.Firm.Name, func(*Outcome) {})
	}
	return nil
}

func (i *Invoices) readToken(ctx context.Context, id domain.RemoteID) error {
	whole, err := i.co.Books.Invoice(ctx, id)
	if domain.KindOf(err) == domain.KindNotFound { // deleted since
		return i.co.Store.SeeTokens(ctx, id, nil)
	}
	if err != nil {
		return err
	}
	return i.co.Store.SeeTokens(ctx, id, invoicing.FindTokens(whole.Description))
}
