package issuing

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

// formalised lets drafts be formalised to the end of the run.
func (p *program) formalised(t *testing.T, ids ...int64) (Outcome, error) {
	t.Helper()
	work, err := p.engine.FormaliseInvoices(t.Context(), ids...)
	if err != nil {
		t.Fatal(err)
	}
	<-work.Done()
	return work.Outcome()
}

func TestFormaliseInvoices_sendsEachOnce(t *testing.T) {
	w, p := drafts(t, 3)
	w.pass(time.Hour)
	before := p.records[0]
	o, err := p.formalised(t, 1, 3)
	if err != nil {
		t.Fatal(err)
	}
	want := Outcome{Issued: 2}
	want.Spent.Reads, want.Spent.Writes = 2, 2
	wantSame(t, "outcome", o, want)
	if calls := strings.Join(w.told(), ", "); calls != "list, send 1001, send 1003, list" {
		t.Error(calls)
	}
	r := before
	r.State, r.Formalise, r.SentAt, r.AskedAt, r.IssuedAt = invoicing.AttemptIssued, true, w.now, w.now, w.now
	wantSame(t, "the record", p.records[0], r)
	if p.records[1].State != invoicing.AttemptChecked || w.invoices["1002"].sends != 0 {
		t.Errorf("%+v", p.records[1])
	}
	if _, err := p.engine.FormaliseInvoices(t.Context(), 1); domain.KindOf(err) != domain.KindState {
		t.Errorf("again: %v", err)
	}
}

func TestFormaliseInvoices_refusesWhatIsNotChecked(t *testing.T) {
	for _, s := range invoicing.AttemptStates() {
		if s == invoicing.AttemptChecked {
			continue
		}
		w, p := drafts(t, 2)
		p.records[1].State = s
		if _, err := p.engine.FormaliseInvoices(t.Context(), 1, 2); domain.KindOf(err) != domain.KindState || p.records[0].Formalise || len(w.told()) > 0 {
			t.Errorf("%s: %v", s, err)
		}
	}
}

func TestFormaliseInvoices_readsOnceMoreBefore(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*remoteInvoice)
		state  invoicing.AttemptState
	}{
		"sent on the screen":    {func(inv *remoteInvoice) { inv.Status = domain.EStatusDone }, invoicing.AttemptIssued},
		"on its way":            {func(inv *remoteInvoice) { inv.Status = domain.EStatusInProgress }, invoicing.AttemptFormalising},
		"deleted on the screen": {func(inv *remoteInvoice) { inv.deleted = true }, invoicing.AttemptDeleted},
		"of another total":      {func(inv *remoteInvoice) { inv.Total = num("179.71") }, invoicing.AttemptMismatch},
	} {
		t.Run(name, func(t *testing.T) {
			w, p := drafts(t, 1)
			w.change("1001", c.change)
			if _, err := p.formalised(t, 1); err != nil {
				t.Fatal(err)
			}
			if p.records[0].State != c.state || w.invoices["1001"].sends != 0 {
				t.Errorf("%v", p.states())
			}
		})
	}
}

func TestFormalise_looksAtTheStateAlone(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(w *world)
		state invoicing.AttemptState
		cause domain.Kind
		sends int
		want  Outcome
	}{
		"lost after":  {func(w *world) { w.fault = func(string) fault { return lostAfter } }, invoicing.AttemptIssued, "", 1, Outcome{Issued: 1}},
		"lost before": {func(w *world) { w.fault = func(string) fault { return lostBefore } }, invoicing.AttemptFormalising, domain.KindUnknown, 0, Outcome{Formalising: 1}},
		"refused":     {func(w *world) { w.fault = func(string) fault { return refusal } }, invoicing.AttemptChecked, domain.KindRejected, 0, Outcome{Rejected: 1}},
		"no draft any more": {func(w *world) {
			w.broken["send"] = domain.E(domain.KindState, "send", nil)
			w.at("send", func() { w.change("1001", func(inv *remoteInvoice) { inv.Status = domain.EStatusDone }) })
		}, invoicing.AttemptIssued, "", 0, Outcome{Issued: 1}},
		"gone": {func(w *world) {
			w.broken["send"] = domain.E(domain.KindNotFound, "send", nil)
			w.at("send", func() { w.change("1001", func(inv *remoteInvoice) { inv.deleted = true }) })
		}, invoicing.AttemptDeleted, domain.KindRejected, 0, Outcome{}},
		"in progress": {func(w *world) { w.finish = false }, invoicing.AttemptFormalising, "", 1, Outcome{Formalising: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			w, p := drafts(t, 1)
			c.spoil(w)
			o, err := p.formalised(t, 1)
			if err != nil {
				t.Fatal(err)
			}
			wantSame(t, "outcome", o, c.want, "Spent")
			r := p.records[0]
			if r.State != c.state || r.Cause != c.cause || w.invoices["1001"].sends != c.sends {
				t.Errorf("%+v, sent %d times", r, w.invoices["1001"].sends)
			}
			if name == "refused" && (r.Detail != "Adres zorunludur." || r.Formalise) {
				t.Errorf("%+v", r)
			}
		})
	}
}

// What keeps the call here keeps the wish too: it goes on by itself.
func TestFormalise_keepsWhatCouldNotBeSent(t *testing.T) {
	for _, kind := range []domain.Kind{domain.KindNetwork, domain.KindQuota, domain.KindNeedsSignIn, domain.KindForbidden} {
		t.Run(string(kind), func(t *testing.T) {
			w, p := drafts(t, 2)
			w.broken["send"] = domain.E(kind, "send", nil)
			if _, err := p.formalised(t, 1, 2); domain.KindOf(err) != kind {
				t.Errorf("%v", err)
			}
			for _, r := range p.records {
				if r.State != invoicing.AttemptChecked || !r.Formalise || !r.SentAt.IsZero() {
					t.Errorf("%+v", r)
				}
			}
			if p.records[0].Cause != kind || domain.KindOf(p.engine.Hindrance()) != kind {
				t.Errorf("%v, %v", p.records[0].Cause, p.engine.Hindrance())
			}
			delete(w.broken, "send")
			w.pass(25 * time.Hour)
			if err := p.engine.keep(t.Context()); err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(p.states(), []invoicing.AttemptState{invoicing.AttemptIssued, invoicing.AttemptIssued}) || p.records[0].Cause != "" {
				t.Errorf("%+v", p.records[0])
			}
		})
	}
}

func TestFormalise_sendsNothingThatCannotBeMarked(t *testing.T) {
	w, p := drafts(t, 1)
	w.at("list", func() { p.marks.err = domain.E(domain.KindKeyring, "mark", nil) })
	if _, err := p.formalised(t, 1); domain.KindOf(err) != domain.KindKeyring {
		t.Errorf("%v", err)
	}
	if r := p.records[0]; r.State != invoicing.AttemptChecked || !r.Formalise || w.invoices["1001"].sends != 0 {
		t.Errorf("%+v", r)
	}
}

func TestFormalise_marksEachSending(t *testing.T) {
	_, p := drafts(t, 2)
	if _, err := p.formalised(t, 1, 2); err != nil {
		t.Fatal(err)
	}
	if p.marks.n != 4 || p.serial != 4 {
		t.Errorf("mark %d, serial %d", p.marks.n, p.serial)
	}
}

func TestFormalise_leavesWhatIsNotWantedAnyMore(t *testing.T) {
	for name, change := range map[string]func(p *program){
		"cancelled": func(p *program) { p.set(0, func(k *orders.Kept) { k.Status = orders.StatusCancelled }) },
		"returned":  func(p *program) { p.set(0, func(k *orders.Kept) { k.Status = orders.StatusReturned }) },
		"changed":   func(p *program) { p.records[0].Changed = "another" },
		"not here":  func(p *program) { p.set(0, func(k *orders.Kept) { k.Package = "other" }) },
	} {
		t.Run(name, func(t *testing.T) {
			w, p := drafts(t, 2)
			change(p)
			o, err := p.formalised(t, 1, 2)
			if err != nil {
				t.Fatal(err)
			}
			wantSame(t, "outcome", o, Outcome{Issued: 1}, "Spent", "Waiting")
			if r := p.records[0]; r.State != invoicing.AttemptChecked || r.Formalise || w.invoices["1001"].sends != 0 {
				t.Errorf("%+v", r)
			}
		})
	}
}

func TestFormalise_tellsThatGIBHasRefusedLater(t *testing.T) {
	w, p := drafts(t, 1)
	w.finish = false
	if _, err := p.formalised(t, 1); err != nil {
		t.Fatal(err)
	}
	w.change("1001", func(inv *remoteInvoice) {
		inv.Status, inv.RejectNote, inv.StatusText = domain.EStatusDraft, "VKN hatalı", "Reddedildi"
	})
	w.pass(2 * time.Minute)
	if err := p.engine.keep(t.Context()); err != nil {
		t.Fatal(err)
	}
	r := p.records[0]
	if r.State != invoicing.AttemptChecked || r.Formalise || r.Cause != domain.KindRejected || r.Detail != "VKN hatalı" || r.StatusText != "Reddedildi" {
		t.Errorf("%+v", r)
	}
	if w.invoices["1001"].sends != 1 {
		t.Error("sent again")
	}
}

func TestFormalise_waitsForWhatMayStillArrive(t *testing.T) {
	w, p := drafts(t, 1)
	w.fault = func(string) fault { return lateAfter }
	if _, err := p.formalised(t, 1); err != nil {
		t.Fatal(err)
	}
	w.pass(2 * time.Minute) // it is a draft still
	p.must(t, orders.WishFormalise)
	if p.records[0].State != invoicing.AttemptFormalising || p.records[0].Kind != domain.InvoiceEArchive {
		t.Errorf("%v", p.states())
	}
	w.fault = nil
	w.pass(2 * time.Minute)
	p.must(t, orders.WishFormalise)
	if p.records[0].State != invoicing.AttemptIssued || w.invoices["1001"].sends != 1 {
		t.Errorf("%v", p.states())
	}
}

func TestFormalise_leavesToAPersonWhatNeverArrived(t *testing.T) {
	w, p := drafts(t, 1)
	w.fault = func(string) fault { return lostBefore }
	if _, err := p.formalised(t, 1); err != nil {
		t.Fatal(err)
	}
	w.fault = nil
	w.pass(15*time.Minute - time.Second)
	if p.must(t, orders.WishFormalise); p.records[0].State != invoicing.AttemptFormalising {
		t.Errorf("too soon: %v", p.states())
	}
	w.pass(time.Second)
	p.must(t, orders.WishFormalise)
	if r := p.records[0]; r.State != invoicing.AttemptChecked || r.Formalise || r.Cause != domain.KindUnknown || w.invoices["1001"].sends != 0 {
		t.Errorf("%+v", r)
	}
}

func TestFormalise_asksAFewTimes(t *testing.T) {
	w, p := drafts(t, 1)
	w.finish = false
	lists := 0
	w.on = func(call string) {
		if call != "list" {
			return
		}
		if lists++; lists == 4 { // one before it is sent
			w.change("1001", func(inv *remoteInvoice) { inv.Status = domain.EStatusDone })
		}
	}
	o, err := p.formalised(t, 1)
	if calls := strings.Join(w.told(), ", "); err != nil || o.Issued != 1 || calls != "list, send 1001, list, list, list" {
		t.Errorf("%+v, %v, %s", o, err, calls)
	}
}

func TestFormalise_isStoppedBehindWhatIsInFlight(t *testing.T) {
	w, p := drafts(t, 3)
	w.finish = false
	w.on = func(call string) {
		if call == "send 1001" {
			p.engine.Working().Stop()
		}
	}
	o, err := p.formalised(t, 1, 2, 3)
	if calls := strings.Join(w.told(), ", "); domain.KindOf(err) != domain.KindCancelled || calls != "list, send 1001, list" {
		t.Errorf("%+v, %v, %s", o, err, calls)
	}
	wantSame(t, "outcome", o, Outcome{Formalising: 1}, "Spent")
	if !p.records[1].Formalise || p.records[1].State != invoicing.AttemptChecked {
		t.Errorf("%+v", p.records[1])
	}
}

func TestStand_neverTakesBackWhatIsIssued(t *testing.T) {
	w, p := drafts(t, 1)
	if _, err := p.formalised(t, 1); err != nil {
		t.Fatal(err)
	}
	for _, s := range []domain.EStatus{domain.EStatusDraft, domain.EStatusInProgress, domain.EStatusUnknown} {
		r, err := p.engine.stand(t.Context(), p.records[0], reading{domain.Invoice{ID: "1001", Status: s, Cancelled: true, Kind: domain.InvoiceEArchive}, w.now})
		if err != nil || r.State != invoicing.AttemptIssued || !r.Cancelled {
			t.Errorf("%s: %+v, %v", s, r, err)
		}
	}
}
