package invoices

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// busyKey is that of the words for work at İşbaşı which a close would cut off.
const busyKey = "invoicing"

// act does something at İşbaşı or in the store, and then fetches anew.
func act[T any](p *Page, do func(ctx context.Context) (T, error), show func(T)) {
	kit.Act(p.e.Env, busyKey, do, func(v T, err error) {
		if p.Top() != nil { // what it showed is not so any more
			p.Close()
			p.e.Win.Canvas().Focus(p.list.Table.Focusable())
		}
		if err != nil {
			p.refused(err)
		} else {
			show(v)
		}
		p.changed()
	})
}

// refused says why nothing was done.
func (p *Page) refused(err error) {
	e := p.e
	switch kind := domain.KindOf(err); {
	case kind == domain.KindBusy:
		p.tell(widgets.BannerWarning, e.T("invoices.busy"))
	case kind.AtSignIn():
		p.tell(widgets.BannerWarning, e.Error(err), widgets.NewButton(e.T("sync.to-api"), func() { e.Frame.Open(kit.PlaceAPI) }))
	default:
		p.tell(widgets.BannerError, e.Error(err))
	}
}

// lookUp looks for what has become of the attempts of which nobody knows.
func (p *Page) lookUp() {
	p.tell(widgets.BannerInfo, p.e.T("invoices.looking"))
	act(p, p.e.co.LookUpInvoices, func(l issuing.Looked) {
		kind := widgets.BannerGood
		if l.Absent+l.Lost+l.StillUnknown > 0 {
			kind = widgets.BannerWarning
		}
		said := p.e.T("invoices.sentence", p.e.LookedUp(l))
		if cost := p.e.Calls(l.Spent); cost != "" {
			said += " " + p.e.T("invoices.spent", cost)
		}
		p.tell(kind, said)
	})
}

// drop empties the queue when the person says so.
func (p *Page) drop() {
	e := p.e
	e.Ask(e.T("invoices.queue.drop.title", p.found.standing.Queued), e.T("invoices.queue.drop.text"),
		kit.Answer{Label: e.T("cancel")},
		kit.Answer{Label: e.T("invoices.queue.drop"), Importance: widget.HighImportance, Act: func() {
			act(p, func(ctx context.Context) (struct{}, error) { return struct{}{}, e.co.DropQueue(ctx) },
				func(struct{}) { p.tell(widgets.BannerGood, e.T("invoices.queue.dropped")) })
		}})
}

// goOn works on the queue again that a person has stopped.
func (p *Page) goOn() {
	act(p, func(ctx context.Context) (*issuing.Work, error) {
		queued, err := p.e.co.Queued(ctx)
		if err != nil || len(queued) == 0 {
			return nil, err
		}
		r := issuing.Request{Wish: queued[0].Wish} // a run works on all that waits, whatever for
		for _, q := range queued {
			if q.Wish == r.Wish {
				r.Keys = append(r.Keys, q.Key)
			}
		}
		return p.e.co.StartInvoices(ctx, r)
	}, func(w *issuing.Work) {
		if w != nil && !ended(w) {
			p.status.set(w, w.Progress())
			p.offer()
		}
	})
}

// again lets all orders be issued again whose attempts are lost.
func (p *Page) again() { p.free(p.found.lost) }

// free lets orders be issued again when the person says so: nobody can know whether İşbaşı shows an invoice late.
func (p *Page) free(these []invoicing.Record) {
	e := p.e
	if len(these) == 0 {
		return
	}
	var names []string
	for _, r := range these[:min(len(these), namedAtOnce)] {
		names = append(names, e.T("invoices.again.one", r.Buyer, r.Key.Package, e.Money(r.Amounts.Total, r.Draft.Currency)))
	}
	if more := len(these) - namedAtOnce; more > 0 {
		names = append(names, e.T("invoices.more", more))
	}
	e.Ask(e.T("invoices.again.title", len(these)), e.T("invoices.again.text")+"\n"+strings.Join(names, "\n")+"\n\n"+e.T("invoices.again.look"),
		kit.Answer{Label: e.T("cancel")},
		kit.Answer{Label: e.T("invoices.again"), Importance: widget.DangerImportance, Act: func() {
			act(p, func(ctx context.Context) (int, error) {
				for i, r := range these {
					if err := e.co.FreeLost(ctx, r.ID); err != nil {
						return i, err
					}
				}
				return len(these), nil
			}, func(n int) {
				p.tell(widgets.BannerGood, e.T("invoices.freed", n), widgets.NewButton(e.T("invoices.to-orders"), func() { e.Frame.Open(kit.PlaceOrders) }))
			})
		}})
}

// namedAtOnce is how many invoices a question names.
const namedAtOnce = 5

// takeBack deletes drafts at İşbaşı when the person says so.
func (p *Page) takeBack(drafts []invoicing.Record) {
	e := p.e
	if len(drafts) == 0 || e.Modal != nil {
		return
	}
	e.Ask(e.T("invoices.delete.title", len(drafts)), e.T("invoices.delete.text", e.Calls(quota.Cost{Writes: 1})),
		kit.Answer{Label: e.T("cancel")},
		kit.Answer{Label: e.T("invoices.delete", len(drafts)), Importance: widget.DangerImportance, Act: func() {
			act(p, func(ctx context.Context) (int, error) {
				n, err := e.co.TakeBackDrafts(ctx, idsOf(drafts)...)
				if domain.KindOf(err) == domain.KindState { // some are none any more: what became of the others counts
					err = nil
				}
				return n, err
			}, func(n int) {
				if n < len(drafts) {
					p.tell(widgets.BannerWarning, e.T("invoices.deleted.some", n, len(drafts)-n))
					return
				}
				p.tell(widgets.BannerGood, e.T("invoices.deleted", n))
			})
		}})
}

// commands are those of a row; what they act on are the marked rows, if this is one of them.
func (p *Page) commands(r invoicing.Record, these []invoicing.Record) []*fyne.MenuItem {
	e := p.e
	open := fyne.NewMenuItem(e.T("invoices.open"), func() { p.open(r) })
	open.Disabled = len(these) > 1
	send, drop := p.found.sendable(these), deletable(these)
	formalise := fyne.NewMenuItem(e.T("invoices.formalise", len(send)), func() { p.formaliseThese(send) })
	formalise.Disabled = len(send) == 0 || p.status.work != nil
	remove := fyne.NewMenuItem(e.T("invoices.delete", len(drop)), func() { p.takeBack(drop) })
	remove.Disabled = len(drop) == 0 || p.status.work != nil
	again := fyne.NewMenuItem(e.T("invoices.again"), func() { p.free([]invoicing.Record{r}) })
	again.Disabled = !freeable(r) || len(these) > 1
	items := []*fyne.MenuItem{open, formalise, remove, again, fyne.NewMenuItemSeparator()}
	for _, c := range []struct{ key, text string }{{"invoices.copy.number", r.Number}, {"invoices.copy.ettn", r.UUID}, {"invoices.copy.order", r.Key.Package}} {
		i := fyne.NewMenuItem(e.T(c.key), func() { e.App.Clipboard().SetContent(c.text) })
		i.Disabled = c.text == ""
		items = append(items, i)
	}
	return items
}

// freeable tells whether a person may let its order be issued again: it is lost, or its buyer has refused it.
func freeable(r invoicing.Record) bool {
	return r.State == invoicing.AttemptLost || r.Issued() && r.Kind == domain.InvoiceEInvoice && r.Cancelled
}
