package issuing

import (
	"errors"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

// everything gives a program in the middle of all there is to do.
func everything(t *testing.T) *program {
	t.Helper()
	w, p, there := two()
	for range 7 {
		p.order()
	}
	p.must(t, orders.WishDraft)
	if _, err := p.SaveTask(t.Context(), invoicing.Task{Record: p.records[1], What: invoicing.TaskCancelled}); err != nil {
		t.Fatal(err)
	}
	p.records[0].State, p.records[0].SentAt = invoicing.AttemptFormalising, w.now // it is done
	p.records[1].State = invoicing.AttemptDeleting                                // and gone
	w.change("1001", func(inv *remoteInvoice) { inv.Status, inv.Cancelled = domain.EStatusDone, true })
	w.change("1002", func(inv *remoteInvoice) { inv.deleted = true })
	p.records[2].State, p.records[2].Remote = invoicing.AttemptUnknown, "" // it is there
	p.records[3].State, p.records[3].Remote = invoicing.AttemptIntent, ""  // it is not
	w.change("1004", func(inv *remoteInvoice) { inv.deleted = true })
	p.records[4].State = invoicing.AttemptIssued
	w.change("1005", func(inv *remoteInvoice) { inv.Status, inv.Cancelled = domain.EStatusDone, true })
	p.records[5].State, p.records[5].Formalise = invoicing.AttemptDrafted, true
	p.records[6].State, p.records[6].SentAt = invoicing.AttemptFormalising, w.now // nobody knows where
	w.change("1007", func(inv *remoteInvoice) { inv.deleted = true })
	delete(p.seen, "1003")
	p.order(numbered("4540536920"), func(k *orders.Kept) { k.Buyer.Type, k.Buyer.Name = orders.BuyerCompany, "Örnek Ltd" })
	p.order(func(k *orders.Kept) { k.Package = "theirs" })
	p.order(func(k *orders.Kept) { k.Said.Held, k.Verdict.Queued = true, orders.WishDraft })
	p.order(func(k *orders.Kept) { k.Said.Never, k.Verdict.Queued = true, orders.WishDraft })
	p.order(func(k *orders.Kept) { k.Lines[0].Name = "Reddedilen" })
	p.order(func(k *orders.Kept) { k.Package = "raced" })
	there.order(func(k *orders.Kept) { k.Package = "theirs" })
	there.must(t, orders.WishDraft)
	raced := there.order(func(k *orders.Kept) { k.Package = "raced" })
	w.on = func(call string) {
		if call == "draft Reddedilen" {
			failAt := w.failAt
			w.on, w.failAt = nil, 0
			there.must(t, orders.WishDraft, raced)
			w.failAt = failAt
			w.at("draft", func() { w.fault = nil })
			w.fault = func(string) fault { return refusal }
		}
	}
	p.marks.n, p.marks.at = p.serial+5, w.now.Add(-time.Hour)
	p.engine = New(p.engine.co)
	p.storeCalls = 0
	return p
}

// Whatever of the file cannot be read or written, and whichever call does not reach İşbaşı, who has asked is told.
func TestInvoices_tellEveryFault(t *testing.T) {
	for name, c := range map[string]struct {
		prepare func(t *testing.T) *program
		call    func(t *testing.T, p *program) error
	}{
		"a run": {everything, func(t *testing.T, p *program) error { _, err := p.issue(t, orders.WishFormalise); return err }},
		"by itself": {everything, func(t *testing.T, p *program) error {
			p.engine.begun = true
			return p.engine.keep(t.Context())
		}},
		"formalise": {func(t *testing.T) *program { _, p := drafts(t, 2); p.storeCalls = 0; return p }, func(t *testing.T, p *program) error {
			w, err := p.engine.FormaliseInvoices(t.Context(), 1, 2)
			if err != nil {
				return err
			}
			<-w.Done()
			_, err = w.Outcome()
			return err
		}},
		"look up":  {everything, func(t *testing.T, p *program) error { _, err := p.engine.LookUpInvoices(t.Context()); return err }},
		"its cost": {everything, func(t *testing.T, p *program) error { _, _, err := p.engine.LookUpCost(t.Context()); return err }},
		"plan": {everything, func(t *testing.T, p *program) error {
			_, err := p.engine.PlanInvoices(t.Context(), Request{})
			return err
		}},
		"standing": {everything, func(t *testing.T, p *program) error { _, err := p.engine.InvoiceStanding(t.Context()); return err }},
		"judge":    {everything, func(t *testing.T, p *program) error { return p.engine.JudgeOrders(t.Context()) }},
		"drop":     {everything, func(t *testing.T, p *program) error { return p.engine.DropQueue(t.Context()) }},
		"examine": {everything, func(t *testing.T, p *program) error {
			_, err := p.engine.ExamineOrder(t.Context(), p.kept[8].Key())
			return err
		}},
		"correct": {everything, func(t *testing.T, p *program) error {
			_, err := p.engine.CorrectOrder(t.Context(), p.kept[8].Key(), orders.Said{})
			return err
		}},
		"bind": {everything, func(t *testing.T, p *program) error {
			_, err := p.engine.BindLine(t.Context(), p.kept[8].Key(), 0, 7, true)
			return err
		}},
		"link": {everything, func(t *testing.T, p *program) error {
			return p.engine.LinkInvoice(t.Context(), p.order(), "A", p.time())
		}},
		"close": {everything, func(t *testing.T, p *program) error {
			_, err := p.engine.CloseTask(t.Context(), 1, "A", p.time(), "")
			return err
		}},
		"take back": {func(t *testing.T) *program { _, p := drafts(t, 2); p.storeCalls = 0; return p }, func(t *testing.T, p *program) error { _, err := p.engine.TakeBackDrafts(t.Context(), 1, 2); return err }},
		"free": {everything, func(t *testing.T, p *program) error {
			p.records[4].State = invoicing.AttemptLost
			return p.engine.FreeLost(t.Context(), 5)
		}},
		"return": {everything, func(t *testing.T, p *program) error {
			_, err := p.engine.ReturnInvoice(t.Context(), 5, "R", []decimal.Decimal{dec("1")})
			return err
		}},
		"document": {everything, func(t *testing.T, p *program) error {
			_, err := p.engine.DocumentOf(t.Context(), 5, DocumentPDF)
			return err
		}},
	} {
		t.Run(name, func(t *testing.T) {
			if err := c.call(t, c.prepare(t)); err != nil {
				t.Fatalf("without a fault: %v", err)
			}
			for n := 1; ; n++ {
				p := c.prepare(t)
				p.failAt = n
				err := c.call(t, p)
				if p.failed == "" {
					if n < 2 {
						t.Error("nothing was asked of the store")
					}
					break
				}
				if !errors.Is(err, errStore) {
					t.Errorf("call %d, %s: %v", n, p.failed, err)
				}
			}
			for n := 1; ; n++ {
				p := c.prepare(t)
				p.w.told()
				p.w.failAt = n
				err := c.call(t, p)
				if !p.w.failed && len(p.w.told()) < n {
					break
				}
				if p.w.failed && !errors.Is(err, errOffline) {
					t.Errorf("call %d of İşbaşı: %v", n, err)
				}
			}
		})
	}
}

// A file whose marks cannot be read may be an old one: nothing begins.
func TestInvoices_beginNothingWhereTheMarksCannotBeRead(t *testing.T) {
	for name, call := range map[string]func(p *program) error{
		"plan":      func(p *program) error { _, err := p.engine.PlanInvoices(t.Context(), Request{}); return err },
		"standing":  func(p *program) error { _, err := p.engine.InvoiceStanding(t.Context()); return err },
		"start":     func(p *program) error { _, err := p.issue(t, orders.WishFormalise); return err },
		"by itself": func(p *program) error { return p.engine.keep(t.Context()) },
		"formalise": func(p *program) error { _, err := p.engine.FormaliseInvoices(t.Context(), 1); return err },
		"link":      func(p *program) error { return p.engine.LinkInvoice(t.Context(), p.kept[1].Key(), "A", p.time()) },
	} {
		w, p := drafts(t, 1)
		p.order(func(k *orders.Kept) { k.Verdict.Queued = orders.WishFormalise })
		p.marks.err = domain.E(domain.KindKeyring, "marks", nil)
		if err := call(p); !errors.Is(err, p.marks.err) || len(w.told()) > 0 || len(p.records) != 1 || p.records[0].Formalise {
			t.Errorf("%s: %v, %v", name, err, p.states())
		}
	}
}
