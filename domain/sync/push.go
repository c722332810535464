package sync

import (
	"context"
	"errors"

	"github.com/sopyo/sopyo-desktop/domain"
)

// push writes the values of the next product to İşbaşı: its price by one read and one write, its stock by one
// write. What became of it is stored also while the run is stopped.
func (w *work) push(ctx context.Context, run Run) (after Run, rows int, lastName string, err error) {
	before := run.Counters.Failed
	run, items, err := w.co.Store.BeginPush(ctx, run)
	if err != nil || len(items) == 0 {
		return run, run.Counters.Failed - before, "", err // of what was left, all may have failed
	}
	var hindrance error
	for i := range items {
		if hindrance == nil {
			hindrance = w.send(ctx, &items[i])
		} else {
			items[i].State = ItemPlanned
		}
	}
	after, err = w.co.Store.EndPush(context.WithoutCancel(ctx), run, items)
	return after, len(items), items[0].Name, errors.Join(hindrance, err)
}

// send writes one value and notes in i what became of it. An error is one of the whole run: nothing was written,
// and the change is planned again.
func (w *work) send(ctx context.Context, i *Item) error {
	var err error
	if i.Field == domain.SharedPrice {
		_, err = w.co.Writer.SaveProduct(ctx, i.Ref, domain.ProductChange{Price: i.Value, PriceIn: i.Currency, PriceWas: i.Theirs})
	} else {
		err = w.moveStock(ctx, i)
	}
	i.EndedAt = w.co.Now()
	switch domain.KindOf(err) {
	case "":
		i.State = ItemAnswered
	case domain.KindUnknown:
		i.State = ItemUnknown
	case domain.KindState:
		i.State, i.Detail = ItemFailed, FailedChangedThere
	case domain.KindNotFound:
		i.State, i.Detail = ItemFailed, FailedGone
	case domain.KindRejected, domain.KindInvalid, domain.KindBadAnswer:
		i.State, i.Detail = ItemFailed, wordsOf(err)
	default:
		i.State = ItemPlanned
		return domain.Wrap(err, "push product %s", i.Ref.ID)
	}
	return nil
}

// wordsOf are İşbaşı's own words, or the field that was refused before it was asked: one of the Failures.
func wordsOf(err error) string {
	var e *domain.Error
	if !errors.As(err, &e) {
		return ""
	}
	if e.Kind == domain.KindInvalid {
		return e.Field
	}
	return e.Detail
}

// The kinds of a stock receipt. Nobody has published their codes: these are the places of the names in
// isbasi-api.md §4.5, which the probe has to prove before they are used.
const (
	receiptIn  = 1
	receiptOut = 2
)

// wrongWay tells whether receipts of ours have moved stocks by just what they were meant to, but to the other side, and
// none to ours: the codes mean something else at İşbaşı, and nothing more may be written by them. One among others that
// arrived is a sale of twice as much.
func wrongWay(pairs []Pair) bool {
	right, wrong := 0, 0
	for _, p := range pairs {
		push := p.Stock.Push
		if push == nil || push.State != ItemAnswered || !p.Seen || !p.Stock.Theirs.Valid || p.ReadAt.Before(push.EndedAt) {
			continue
		}
		switch meant, moved := push.Value.Decimal.Sub(push.Theirs.Decimal), p.Stock.Theirs.Decimal.Sub(push.Theirs.Decimal); {
		case meant.IsZero():
		case moved.Equal(meant):
			right++
		case moved.Equal(meant.Neg()):
			wrong++
		}
	}
	return wrong > 0 && right == 0
}

// moveStock brings İşbaşı's stock from what was seen there to ours. A receipt moves a quantity, so what İşbaşı has
// sold since the sweep stays sold. One that may be on its way already is looked for first.
func (w *work) moveStock(ctx context.Context, i *Item) error {
	if i.Again {
		there, err := w.co.Writer.StockSaved(ctx, i.Ref, i.Receipt)
		switch domain.KindOf(err) {
		case domain.KindForbidden, domain.KindNotFound, domain.KindRejected, domain.KindInvalid:
			return &domain.Error{Kind: domain.KindRejected, Op: "look for a receipt", Detail: FailedUncertain, Err: err}
		default:
			if err != nil || there {
				return err
			}
		}
	}
	m := domain.StockMovement{
		Type: receiptIn, Date: w.co.Now(), Number: i.Receipt, Description: "Sopyo " + i.Receipt,
		Lines: []domain.StockLine{{Product: i.Ref.ID, Amount: i.Value.Decimal.Sub(i.Theirs.Decimal)}},
	}
	if line := &m.Lines[0]; line.Amount.IsNegative() {
		m.Type, line.Amount = receiptOut, line.Amount.Neg()
	}
	return w.co.Writer.SaveStock(ctx, m)
}
