package issuing

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

// at does something once, before the first call that begins so.
func (w *world) at(call string, do func()) {
	w.on = func(now string) {
		if strings.HasPrefix(now, call) {
			w.on = nil
			do()
		}
	}
}

func (p *program) set(n int, change func(*orders.Kept)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	change(&p.kept[n])
}

// A run takes a while: an order goes out as it is when its turn comes.
func TestStartInvoices_sendsOrdersAsTheyAreThen(t *testing.T) {
	for name, c := range map[string]struct {
		do   func(t *testing.T, p *program)
		want Outcome
		line string // of the second draft, if it goes
	}{
		"dropped": {func(t *testing.T, p *program) {
			if err := p.engine.DropQueue(t.Context()); err != nil {
				t.Error(err)
			}
		}, Outcome{Drafted: 1}, ""},
		"held": {func(t *testing.T, p *program) {
			if _, err := p.engine.CorrectOrder(t.Context(), p.kept[1].Key(), orders.Said{Held: true}); err != nil {
				t.Error(err)
			}
		}, Outcome{Drafted: 1, Held: 1}, ""},
		"cancelled at its source": {func(_ *testing.T, p *program) {
			p.set(1, func(k *orders.Kept) { k.Status = orders.StatusCancelled })
		}, Outcome{Drafted: 1, Held: 1}, ""},
		"corrected": {func(t *testing.T, p *program) {
			if _, err := p.engine.CorrectOrder(t.Context(), p.kept[1].Key(), orders.Said{Lines: map[int]orders.SaidLine{0: {Name: "Matara"}}}); err != nil {
				t.Error(err)
			}
		}, Outcome{Drafted: 2, Issued: 1}, "Matara"},
		"gone": {func(_ *testing.T, p *program) {
			p.set(1, func(k *orders.Kept) { k.Package = "other" })
		}, Outcome{Drafted: 1, Waiting: 1}, ""},
		"for a draft only": {func(t *testing.T, p *program) {
			if err := p.Enqueue(t.Context(), orders.WishDraft, 2); err != nil {
				t.Error(err)
			}
		}, Outcome{Drafted: 2}, "Termos"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			p := start(w, newFile(), &marks{})
			p.order()
			p.order()
			w.at("draft", func() { c.do(t, p) })
			o := p.must(t, orders.WishFormalise)
			c.want.Issued++ // the first one
			wantSame(t, "outcome", o, c.want, "Spent")
			if c.line == "" && len(p.records) != 1 || c.line != "" && (p.records[1].Draft.Lines[0].Name != c.line || p.records[1].Formalise != (name == "corrected")) {
				t.Errorf("%+v", p.records)
			}
		})
	}
}

func TestCorrectOrder_leavesAnOrderAloneThatIsOnItsWay(t *testing.T) {
	w := newWorld()
	p := start(w, newFile(), &marks{})
	k := p.order()
	w.at("draft", func() {
		if _, err := p.engine.CorrectOrder(t.Context(), k, orders.Said{Held: true}); domain.KindOf(err) != domain.KindState {
			t.Errorf("%v", err)
		}
	})
	if o := p.must(t, orders.WishDraft); o.Drafted != 1 || p.kept[0].Said.Held {
		t.Errorf("%+v", o)
	}
}

func TestStartInvoices_takesTheTimeOfEachDraft(t *testing.T) {
	w := newWorld()
	w.now = time.Date(2026, 5, 4, 20, 59, 50, 0, time.UTC)
	p := start(w, newFile(), &marks{})
	p.order()
	p.order()
	w.at("draft", func() { w.pass(time.Minute) })
	p.must(t, orders.WishDraft)
	first, second := p.records[0].Draft.Date, p.records[1].Draft.Date
	if !first.Equal(time.Date(2026, 5, 4, 20, 59, 50, 0, time.UTC)) || !second.Equal(time.Date(2026, 5, 4, 21, 0, 50, 0, time.UTC)) {
		t.Errorf("%v, %v", first, second)
	}
}

func TestQueue_letsGoWhatIsInvoicedOrNeverToBe(t *testing.T) {
	w := newWorld()
	p := start(w, newFile(), &marks{})
	p.order(func(k *orders.Kept) { k.Said.Never, k.Verdict.Queued = true, orders.WishDraft })
	linked := p.order()
	if err := p.engine.LinkInvoice(t.Context(), linked, "ABC1", w.now); err != nil {
		t.Fatal(err)
	}
	p.kept[1].Verdict.Queued = orders.WishFormalise
	o := p.must(t, orders.WishDraft)
	wantSame(t, "outcome", o, Outcome{})
	if calls := w.told(); len(calls) > 0 {
		t.Errorf("%v", calls)
	}
}

// Whoever waits for a run can stop waiting, and nothing begins behind the end of a company.
func TestInvoices_letNobodyWaitForEver(t *testing.T) {
	for name, call := range map[string]func(context.Context, *Invoices) error{
		"look up": func(ctx context.Context, i *Invoices) error { _, err := i.LookUpInvoices(ctx); return err },
		"link": func(ctx context.Context, i *Invoices) error {
			return i.LinkInvoice(ctx, orders.Key{Marketplace: "trendyol", Package: "P1"}, "A", time.Date(2026, 5, 1, 0, 0, 0, 0, domain.Istanbul))
		},
		"free":      func(ctx context.Context, i *Invoices) error { return i.FreeLost(ctx, 1) },
		"take back": func(ctx context.Context, i *Invoices) error { _, err := i.TakeBackDrafts(ctx, 1); return err },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			p := start(w, newFile(), &marks{})
			p.order()
			p.must(t, orders.WishDraft)
			_, end, err := p.engine.act(t.Context()) // somebody is at work
			if err != nil {
				t.Fatal(err)
			}
			ctx, stop := context.WithCancel(t.Context())
			stop()
			if err := call(ctx, p.engine); domain.KindOf(err) != domain.KindCancelled {
				t.Errorf("stopped waiting: %v", err)
			}
			end()
			p.engine.Close()
			if err := call(t.Context(), p.engine); domain.KindOf(err) != domain.KindCancelled {
				t.Errorf("closed: %v", err)
			}
			p.engine.Close() // twice does no harm
		})
	}
}

func TestFormaliseInvoices_isBusyDuringARun(t *testing.T) {
	w := newWorld()
	p := start(w, newFile(), &marks{})
	p.order()
	p.order()
	p.must(t, orders.WishDraft, p.kept[0].Key())
	w.at("draft", func() {
		if _, err := p.engine.FormaliseInvoices(t.Context(), 1); domain.KindOf(err) != domain.KindBusy {
			t.Errorf("%v", err)
		}
		if _, err := p.engine.StartInvoices(t.Context(), Request{Wish: orders.WishDraft}); domain.KindOf(err) != domain.KindBusy {
			t.Errorf("%v", err)
		}
	})
	p.must(t, orders.WishDraft)
	if p.records[0].Formalise || slices.Contains(p.states(), invoicing.AttemptIssued) {
		t.Errorf("%+v", p.records)
	}
}

func TestStartInvoices_outlivesWhoHasAskedForIt(t *testing.T) {
	w := newWorld()
	p := start(w, newFile(), &marks{})
	p.order()
	ctx, gone := context.WithCancel(t.Context())
	w.at("list", gone)
	work, err := p.engine.StartInvoices(ctx, Request{Wish: orders.WishFormalise})
	if err != nil {
		t.Fatal(err)
	}
	<-work.Done()
	if o, err := work.Outcome(); err != nil || o.Issued != 1 {
		t.Errorf("%+v, %v", o, err)
	}
}

func TestStartInvoices_triesANamedRefusalBehindARunToo(t *testing.T) {
	w := newWorld()
	p := start(w, newFile(), &marks{})
	k := p.order()
	w.fault = func(string) fault { return refusal }
	if o := p.must(t, orders.WishDraft); o.Rejected != 1 {
		t.Fatalf("%+v", o)
	}
	w.fault = nil
	if o := p.must(t, orders.WishDraft); o.Drafted != 0 {
		t.Errorf("not named: %+v", o)
	}
	p.order()
	w.at("draft", func() {
		if _, err := p.engine.StartInvoices(t.Context(), Request{Keys: []orders.Key{k}, Wish: orders.WishDraft}); domain.KindOf(err) != domain.KindBusy {
			t.Errorf("%v", err)
		}
	})
	if o := p.must(t, orders.WishDraft); o.Waiting != 1 {
		t.Fatalf("%+v", o)
	}
	if err := p.engine.keep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(w.of(tenant, k)) != 1 {
		t.Errorf("%v", p.states())
	}
}
