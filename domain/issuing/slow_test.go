package issuing

import (
	"errors"
	"strconv"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

// slow makes the reading of a description take two minutes: there is one to read.
func (w *world) slow() {
	w.strange(1, func(i *domain.Invoice) { i.Total = num("179.70") })
	w.at("invoice", func() { w.pass(2 * time.Minute) })
}

// What arrives while İşbaşı answers slowly is not in what it has said before: that judges for the time at which it was asked.
func TestLookUpInvoices_missesNothingBeforeItsTime(t *testing.T) {
	w, p := lost(t, lostBefore)
	w.pass(14 * time.Minute)
	w.slow()
	if l := p.lookUp(t); l.StillUnknown != 1 || l.Lost != 0 || p.records[0].Missed != 1 {
		t.Errorf("%+v, %+v", l, p.records[0])
	}
	w.pass(time.Minute)
	if l := p.lookUp(t); l.Lost != 1 {
		t.Errorf("in time: %+v", l)
	}
}

func TestLookUpInvoices_takesNoOtherForItsOwnBeforeItsTime(t *testing.T) {
	w, p := lost(t, lostBefore)
	w.add(p.records[0].Draft)
	w.change("1001", func(i *remoteInvoice) {
		i.Description = string(p.records[0].Token) + " " + string(invoicing.NewNonce())
	})
	w.pass(14 * time.Minute)
	w.slow()
	if l := p.lookUp(t); l.StillUnknown != 1 || p.records[0].State != invoicing.AttemptUnknown {
		t.Errorf("%+v, %+v", l, p.records[0])
	}
	w.pass(time.Second)
	if l := p.lookUp(t); l.Found != 1 || p.records[0].Remote != "1001" {
		t.Errorf("in time: %+v, %+v", l, p.records[0])
	}
}

func TestStartInvoices_waitsForWhatWasSentBeforeItsTime(t *testing.T) {
	w, p := drafts(t, 1)
	w.fault = func(string) fault { return lostBefore }
	if _, err := p.formalised(t, 1); err != nil {
		t.Fatal(err)
	}
	w.fault = nil
	w.pass(14 * time.Minute)
	p.order()
	w.slow()
	p.must(t, orders.WishDraft)
	if r := p.records[0]; r.State != invoicing.AttemptFormalising || !r.Formalise {
		t.Errorf("%+v", r)
	}
	w.pass(time.Second)
	p.must(t, orders.WishDraft, p.order())
	if r := p.records[0]; r.State != invoicing.AttemptChecked || r.Formalise {
		t.Errorf("in time: %+v", r)
	}
}

func TestStartInvoices_waitsBehindARestoreForWhatIsListed(t *testing.T) {
	w := newWorld()
	f, m := newFile(), &marks{}
	k := f.order()
	backup := f.copy()
	p := start(w, f, m)
	w.fault = func(string) fault { return lostBefore }
	p.must(t, orders.WishDraft)
	w.fault = nil
	p = start(w, backup, m)
	w.pass(14 * time.Minute)
	w.slow()
	if o, err := p.issue(t, orders.WishDraft); domain.KindOf(err) != domain.KindUnavailable || len(p.records) > 0 {
		t.Errorf("%+v, %v, %v", o, err, p.states())
	}
	w.pass(time.Minute)
	if o := p.must(t, orders.WishDraft); o.Drafted != 1 || len(w.of(tenant, k)) != 1 {
		t.Errorf("in time: %+v", o)
	}
}

// A machine sleeps while its call is under way: what was lost may arrive from then on.
func TestStartInvoices_waitsFromTheEndOfTheCall(t *testing.T) {
	w := newWorld()
	here, there := start(w, newFile(), &marks{}), start(w, newFile(), &marks{})
	k := here.order()
	there.order()
	w.at("draft", func() {
		there.must(t, orders.WishDraft)
		w.pass(time.Hour)
		w.fault = func(string) fault {
			w.fault = nil
			return lateAfter
		}
	})
	here.must(t, orders.WishDraft)
	if !here.marks.at.Equal(w.now) {
		t.Errorf("a restored file waits from %s", here.marks.at)
	}
	for range 2 {
		w.pass(16 * time.Minute)
		here.must(t, orders.WishDraft)
		here.lookUp(t)
	}
	if got := w.of(tenant, k); len(got) != 1 || here.records[0].Remote != "1001" {
		t.Errorf("%d invoices, %+v", len(got), here.records)
	}
}

// Invoices are deleted between two pages of the list, and the one that matters moves from the second to the first.
func TestStartInvoices_readsAListAgainThatBecameShorter(t *testing.T) {
	for times, unrest := range []bool{1: false, 2: false, 3: true} {
		w := newWorld()
		here, there := start(w, newFile(), &marks{}), start(w, newFile(), &marks{})
		k := here.order()
		there.order()
		there.must(t, orders.WishDraft)
		w.strange(pageRows + times - 1)
		newest, calls := w.next, 0
		w.on = func(call string) {
			if calls++; call == "list" && calls%2 == 0 && calls <= 2*times {
				w.change(domain.RemoteID(strconv.FormatInt(newest, 10)), func(i *remoteInvoice) { i.deleted = true })
				newest--
			}
		}
		o, err := here.issue(t, orders.WishDraft)
		w.on = nil
		if unrest {
			if domain.KindOf(err) != domain.KindUnavailable || len(here.records) > 0 {
				t.Errorf("%d times: %+v, %v, %v", times, o, err, here.states())
			}
			o, err = here.issue(t, orders.WishDraft)
		}
		if err != nil || times > 0 && o.Adopted != 1 || len(w.of(tenant, k)) != 1 || here.records[0].Remote != "1001" {
			t.Errorf("%d times: %+v, %v, %v", times, o, err, here.states())
		}
	}
}

// What nobody can say now is judged by nobody: the invoice that may be the order's left the list, and cannot be asked for.
func TestLookUpInvoices_tellsWhyItCannotJudge(t *testing.T) {
	w, p := lost(t, lostBefore)
	w.add(p.records[0].Draft)
	w.change("1001", func(i *remoteInvoice) {
		i.Description = string(p.records[0].Token) + " " + string(invoicing.NewNonce())
	})
	if l := p.lookUp(t); l.StillUnknown != 1 {
		t.Fatalf("%+v", l)
	}
	w.change("1001", func(i *remoteInvoice) { i.deleted = true })
	w.broken["invoice"] = errOffline
	w.pass(16 * time.Minute)
	if _, err := p.engine.LookUpInvoices(t.Context()); !errors.Is(err, errOffline) || p.records[0].State != invoicing.AttemptUnknown || p.records[0].Missed != 1 {
		t.Errorf("%v, %+v", err, p.records[0])
	}
}
