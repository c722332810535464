package issuing

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

func TestRun_recordsEachStep(t *testing.T) {
	w := newWorld()
	p := start(w, newFile(), &marks{})
	k := p.order()
	e, err := p.engine.ExamineOrder(t.Context(), k)
	if err != nil {
		t.Fatal(err)
	}
	want := invoicing.Record{
		Attempt: invoicing.Attempt{Key: e.Case.Key, State: invoicing.AttemptIntent, Fingerprint: e.Case.Fingerprint, Lines: []string{"trendyol/L1"}},
		ID:      1, Order: 1, Serial: 1, Token: invoicing.TokenOf(tenant, e.Case.Key), Draft: e.Draft, Amounts: e.Answer.Amounts, Kind: domain.InvoiceEArchive,
		TaxNumber: "11111111111", Buyer: "Deniz Örnek", Formalise: true, IntentAt: w.now,
	}
	var phases []Phase
	w.on = func(call string) {
		at := p.engine.Working().Progress()
		phases = append(phases, at.Phase)
		switch call {
		case "draft Termos":
			nonce, _ := invoicing.NonceIn(p.records[0].Draft.Description)
			want.Draft.Description = invoicing.WithNonce(e.Draft.Description, want.Token, nonce)
			if nonce == "" || nonce == want.Token {
				t.Errorf("the nonce is %q", nonce)
			}
			wantSame(t, "the intent", p.records[0], want)
			if p.marks.n != 1 || p.kept[0].Verdict.Queued != orders.WishNothing {
				t.Errorf("mark %d, %+v", p.marks.n, p.kept[0].Verdict)
			}
		case "list":
			if len(p.records) == 1 && p.records[0].State == invoicing.AttemptDrafted {
				want.State, want.Remote, want.UUID, want.Number = invoicing.AttemptDrafted, "1001", "u1001", "ABC1001"
				wantSame(t, "the draft", p.records[0], want)
			}
		case "send 1001":
			want.State, want.SentAt, want.AskedAt, want.Read = invoicing.AttemptFormalising, w.now, w.now, num("179.70")
			wantSame(t, "about to be sent", p.records[0], want)
			if p.marks.n != 2 {
				t.Errorf("mark %d", p.marks.n)
			}
		}
	}
	p.must(t, orders.WishFormalise)
	if want := []Phase{PhaseChecking, PhaseDrafting, PhaseReading, PhaseFormalising, PhaseConfirming}; !slices.Equal(phases, want) {
		t.Errorf("%v", phases)
	}
	want.State, want.IssuedAt = invoicing.AttemptIssued, w.now
	wantSame(t, "at the end", p.records[0], want)
	at := p.engine.Working().Progress()
	if at.Phase != PhaseDone || !at.StartedAt.Equal(w.now) || at.Outcome.Issued != 1 || at.Cause != "" || !at.PausedUntil.IsZero() {
		t.Errorf("%+v", at)
	}
	if calls := strings.Join(w.told(), ", "); calls != "list, draft Termos, list, send 1001, list" {
		t.Error(calls)
	}
}

func TestProgress_countsThePhase(t *testing.T) {
	w := newWorld()
	p := start(w, newFile(), &marks{})
	p.order()
	p.order(numbered("4540536920"), func(k *orders.Kept) { k.Buyer.Type, k.Buyer.Name = orders.BuyerCompany, "Örnek Ltd" })
	var told []string
	w.on = func(call string) {
		at := p.engine.Working().Progress()
		told = append(told, fmt.Sprintf("%s: %s %d/%d %s", call, at.Phase, at.Done, at.Of, at.Name))
	}
	p.must(t, orders.WishFormalise)
	want := []string{
		"list: checking 0/0 ", "taxpayer 4540536920: asking 0/1 ", "draft Termos: drafting 0/2 ", "draft Termos: drafting 1/2 Deniz Örnek", "list: reading 0/2 ",
		"send 1001: formalising 0/2 ", "send 1002: formalising 1/2 Deniz Örnek", "list: confirming 0/2 ",
	}
	if !slices.Equal(told, want) {
		t.Errorf("%s", strings.Join(told, "\n"))
	}
}

func TestRun_asksOnceANumber(t *testing.T) {
	w := newWorld()
	p := start(w, newFile(), &marks{})
	company := func(n string) func(*orders.Kept) {
		return func(k *orders.Kept) {
			k.Buyer.TaxNumber, k.Buyer.Type, k.Buyer.Name = n, orders.BuyerCompany, "Örnek Ltd"
		}
	}
	p.order(company("4540536920"))
	p.order(company("4540536920"))
	p.order(company("7740606115"))
	p.order(company("7740606115"), func(k *orders.Kept) { k.Buyer.Address = "" }) // held for more
	p.order(company("4388571876"))
	p.order()
	w.registered["4540536920"], w.mute["4388571876"] = true, true
	o := p.must(t, orders.WishDraft)
	wantSame(t, "outcome", o, Outcome{Drafted: 4, Held: 1}, "Spent")
	if calls := strings.Join(w.told(), ", "); !strings.HasPrefix(calls, "list, taxpayer 4540536920, taxpayer 7740606115, taxpayer 4388571876, draft") {
		t.Error(calls)
	}
	if k := p.records[0].Kind; k != domain.InvoiceEInvoice || p.records[2].Kind != domain.InvoiceEArchive {
		t.Errorf("%v, %v", k, p.records[2].Kind)
	}
	v := p.kept[4].Verdict
	if v.Stage != orders.StageHeld || !slices.Equal(v.Reasons, []string{"registry_unknown"}) || v.Queued != orders.WishNothing {
		t.Errorf("%+v", v)
	}
	wantSame(t, "answer", p.taxed["7740606115"].at, w.now)
	w.pass(23 * time.Hour)
	p.order(company("4540536920"))
	w.told()
	w.mute = map[string]bool{}
	if o := p.must(t, orders.WishDraft); o.Drafted != 2 {
		t.Errorf("%+v", o)
	}
	if calls := strings.Join(w.told(), ", "); !strings.HasPrefix(calls, "list, taxpayer 4388571876, draft") {
		t.Error(calls)
	}
}

// A key that may not ask about taxpayers keeps those orders here, and no others.
func TestRun_issuesTheRestWithoutTheRightToAsk(t *testing.T) {
	w := newWorld()
	p := start(w, newFile(), &marks{})
	p.order(numbered("4540536920"), func(k *orders.Kept) { k.Buyer.Type, k.Buyer.Name = orders.BuyerCompany, "Örnek Ltd" })
	p.order(numbered("7740606115"), func(k *orders.Kept) { k.Buyer.Type, k.Buyer.Name = orders.BuyerCompany, "Örnek Ltd" })
	p.order()
	w.broken["taxpayer"] = domain.E(domain.KindForbidden, "taxpayer", nil)
	o, err := p.issue(t, orders.WishFormalise)
	wantSame(t, "outcome", o, Outcome{Drafted: 1, Issued: 1, Held: 2}, "Spent")
	if calls := strings.Join(w.told(), ", "); domain.KindOf(err) != domain.KindForbidden || calls != "list, taxpayer 4540536920, draft Termos, list, send 1001, list" {
		t.Errorf("%v, %s", err, calls)
	}
}

// Whatever ends a phase is told, what was not sent waits on, and what İşbaşı has is looked after.
func TestRun_isInterruptedCleanly(t *testing.T) {
	for _, kind := range []domain.Kind{domain.KindNetwork, domain.KindQuota, domain.KindNeedsSignIn, domain.KindForbidden, domain.KindUnavailable} {
		for op, want := range map[string]struct {
			calls  string
			states []invoicing.AttemptState
		}{
			"list":     {"list", nil},
			"taxpayer": {"list, taxpayer 4540536920", nil},
			"draft":    {"list, taxpayer 4540536920, draft Termos", []invoicing.AttemptState{invoicing.AttemptDeleted}},
		} {
			if op == "taxpayer" && (kind == domain.KindForbidden || kind == domain.KindUnavailable) {
				continue // the others go
			}
			t.Run(op+" "+string(kind), func(t *testing.T) {
				w := newWorld()
				p := start(w, newFile(), &marks{})
				p.order(numbered("4540536920"), func(k *orders.Kept) { k.Buyer.Type, k.Buyer.Name = orders.BuyerCompany, "Örnek Ltd" })
				p.order()
				w.broken[op] = &domain.Error{Kind: kind, Detail: "2026-05-05 00:00"}
				o, err := p.issue(t, orders.WishFormalise)
				if calls := strings.Join(w.told(), ", "); domain.KindOf(err) != kind || calls != want.calls || !slices.Equal(p.states(), want.states) {
					t.Errorf("%v, %s, %v", err, calls, p.states())
				}
				wantSame(t, "outcome", o, Outcome{Waiting: 2}, "Spent")
				if at := p.engine.Working().Progress(); at.Cause != kind || at.PausedUntil.IsZero() || !at.PausedUntil.Equal(p.engine.GoesOnAt()) {
					t.Errorf("%+v", at)
				}
				delete(w.broken, op)
				if o := p.must(t, orders.WishNothing, orders.Key{Marketplace: "none"}); o.Issued != 2 {
					t.Errorf("then: %+v", o)
				}
			})
		}
	}
}

func TestRun_looksAfterWhatWasStoredWhenTheRestCannotBe(t *testing.T) {
	w := newWorld()
	p := start(w, newFile(), &marks{})
	p.order()
	p.order()
	w.at("draft", func() {
		w.on = func(call string) {
			if strings.HasPrefix(call, "draft") {
				w.broken["draft"] = domain.E(domain.KindQuota, "draft", nil)
			}
		}
	})
	o, err := p.issue(t, orders.WishFormalise)
	wantSame(t, "outcome", o, Outcome{Drafted: 1, Issued: 1, Waiting: 1}, "Spent")
	if domain.KindOf(err) != domain.KindQuota {
		t.Errorf("%v", err)
	}
}

func TestRun_restsAfterThreeLostAnswers(t *testing.T) {
	w := newWorld()
	p := start(w, newFile(), &marks{})
	for range 5 {
		p.order()
	}
	w.fault = func(string) fault { return lostBefore }
	o, err := p.issue(t, orders.WishDraft)
	wantSame(t, "outcome", o, Outcome{Unknown: 3, Waiting: 2}, "Spent")
	if domain.KindOf(err) != domain.KindUnavailable {
		t.Errorf("%v", err)
	}
	p = start(newWorld(), newFile(), &marks{})
	for range 5 {
		p.order()
	}
	n := 0
	p.w.fault = func(string) fault {
		if n++; n == 3 {
			return fine
		}
		return lostBefore
	}
	if o, err := p.issue(t, orders.WishDraft); err != nil || o.Unknown != 4 || o.Drafted != 1 {
		t.Errorf("two, and two: %+v, %v", o, err)
	}
}

func TestRun_countsAnEarlierLossApart(t *testing.T) {
	w, p := lost(t, lateAfter)
	w.pass(4 * time.Minute)
	p.order()
	w.fault = func(string) fault { return lostBefore }
	o := p.must(t, orders.WishDraft)
	wantSame(t, "outcome", o, Outcome{Unknown: 1}, "Spent")
	if !slices.Equal(p.states(), []invoicing.AttemptState{invoicing.AttemptChecked, invoicing.AttemptUnknown}) {
		t.Errorf("%v", p.states())
	}
}

func TestRun_keepsARefusalUntilItIsCorrectedOrNamed(t *testing.T) {
	w := newWorld()
	p := start(w, newFile(), &marks{})
	k := p.order()
	p.order()
	w.fault = func(string) fault { return refusal }
	o := p.must(t, orders.WishDraft, k)
	wantSame(t, "outcome", o, Outcome{Rejected: 1}, "Spent")
	r := p.records[0]
	if r.State != invoicing.AttemptRejected || r.Cause != domain.KindRejected || r.Detail != "Adres zorunludur." {
		t.Errorf("%+v", r)
	}
	if v := p.kept[0].Verdict; v.Stage != orders.StageHeld || !slices.Equal(v.Reasons, []string{ReasonRefused}) || v.Queued != orders.WishNothing {
		t.Errorf("%+v", v)
	}
	w.fault = nil
	if o := p.must(t, orders.WishDraft); o.Drafted != 1 || len(w.of(tenant, k)) != 0 {
		t.Errorf("by itself: %+v", o)
	}
	e, err := p.engine.CorrectOrder(t.Context(), k, orders.Said{Buyer: orders.Buyer{Address: "Başka Sk. 2"}})
	if err != nil || e.Verdict.Stage != orders.StageReady {
		t.Errorf("corrected: %+v, %v", e.Verdict, err)
	}
	if e, err = p.engine.CorrectOrder(t.Context(), k, orders.Said{}); err != nil || e.Verdict.Stage != orders.StageHeld {
		t.Errorf("corrected back: %+v, %v", e.Verdict, err)
	}
	if o := p.must(t, orders.WishDraft, k); o.Drafted != 1 {
		t.Errorf("named: %+v", o)
	}
}

func TestRun_leavesARefusedDateToAnotherDay(t *testing.T) {
	w := newWorld()
	p := start(w, newFile(), &marks{})
	k := p.order()
	w.at("draft", func() { w.strange(1, func(i *domain.Invoice) { i.Date = i.Date.AddDate(0, 0, 1) }) })
	o := p.must(t, orders.WishDraft)
	wantSame(t, "outcome", o, Outcome{Rejected: 1}, "Spent")
	r := p.records[0]
	if r.State != invoicing.AttemptRejected || r.Cause != domain.KindState || r.Detail != "tarih" {
		t.Errorf("%+v", r)
	}
	if v := p.kept[0].Verdict; v.Stage != orders.StageHeld || !slices.Equal(v.Reasons, []string{"date_order"}) {
		t.Errorf("%+v", v)
	}
	if calls := strings.Join(w.told(), ", "); calls != "list, draft Termos, list" {
		t.Error(calls)
	}
	if o := p.must(t, orders.WishDraft, k); o.Drafted != 0 || len(w.told()) > 0 {
		t.Errorf("the same day: %+v", o)
	}
	w.pass(24 * time.Hour)
	if o := p.must(t, orders.WishDraft); o.Drafted != 1 {
		t.Errorf("the next day: %+v", o)
	}
}

func TestRun_datesAsTheNewestWhereTheClockIsBehind(t *testing.T) {
	w := newWorld()
	p := start(w, newFile(), &marks{})
	p.skew = -time.Hour
	p.order()
	w.strange(1)
	if o := p.must(t, orders.WishDraft); o.Drafted != 1 || !p.records[0].Draft.Date.Equal(w.now.Add(time.Second)) {
		t.Errorf("%+v, %v", o, p.records[0].Draft.Date)
	}
}

func TestReadBack_readsEachByItselfWhereDraftsAreNotListed(t *testing.T) {
	w := newWorld()
	w.noDrafts = true
	p := start(w, newFile(), &marks{})
	p.order()
	p.order()
	o := p.must(t, orders.WishFormalise)
	wantSame(t, "outcome", o, Outcome{Drafted: 2, Issued: 2}, "Spent")
	if calls := strings.Join(w.told(), ", "); calls != "list, draft Termos, draft Termos, list, invoice 1001, invoice 1002, send 1001, send 1002, list" {
		t.Error(calls)
	}
}

func TestReadBack_stopsAtAKurus(t *testing.T) {
	for _, cents := range []string{"0.01", "-0.01"} {
		w := newWorld()
		w.cents = dec(cents)
		p := start(w, newFile(), &marks{})
		k := p.order()
		o := p.must(t, orders.WishFormalise)
		wantSame(t, "outcome", o, Outcome{Drafted: 1, Mismatch: 1}, "Spent")
		if r := p.records[0]; r.State != invoicing.AttemptMismatch || !r.Read.Decimal.Equal(dec("179.70").Add(w.cents)) || w.of(tenant, k)[0].sends != 0 {
			t.Errorf("%+v", r)
		}
		if n, err := p.engine.TakeBackDrafts(t.Context(), 1); n != 1 || err != nil {
			t.Errorf("%d, %v", n, err)
		}
	}
}

func TestStop_leavesTheRestInTheQueue(t *testing.T) {
	for call, want := range map[string]struct {
		outcome Outcome
		calls   string
	}{
		"list":     {Outcome{Waiting: 2}, "list"},
		"taxpayer": {Outcome{Waiting: 2}, "list, taxpayer 4540536920"},
		"draft":    {Outcome{Drafted: 1, Waiting: 1}, "list, taxpayer 4540536920, draft Termos"},
	} {
		t.Run(call, func(t *testing.T) {
			w := newWorld()
			p := start(w, newFile(), &marks{})
			p.order(numbered("4540536920"), func(k *orders.Kept) { k.Buyer.Type, k.Buyer.Name = orders.BuyerCompany, "Örnek Ltd" })
			p.order()
			w.at(call, func() { p.engine.Working().Stop() })
			o, err := p.issue(t, orders.WishFormalise)
			wantSame(t, "outcome", o, want.outcome, "Spent")
			if calls := strings.Join(w.told(), ", "); domain.KindOf(err) != domain.KindCancelled || calls != want.calls {
				t.Errorf("%v, %s", err, calls)
			}
			if o := p.must(t, orders.WishFormalise); o.Issued != 2 {
				t.Errorf("again: %+v", o)
			}
		})
	}
}

func TestClose_interruptsALookUp(t *testing.T) {
	w, p := lost(t, lostBefore)
	closed := make(chan struct{})
	w.at("list", func() {
		go func() {
			p.engine.Close()
			close(closed)
		}()
		<-p.listing.Done()
	})
	if _, err := p.engine.LookUpInvoices(t.Context()); domain.KindOf(err) != domain.KindCancelled || p.records[0].Missed != 1 {
		t.Errorf("%v", err)
	}
	<-closed
	if _, err := p.engine.StartInvoices(t.Context(), Request{Wish: orders.WishDraft}); domain.KindOf(err) != domain.KindCancelled {
		t.Errorf("%v", err)
	}
}

func TestStop_hidesNoOtherError(t *testing.T) {
	w := newWorld()
	p := start(w, newFile(), &marks{})
	p.order()
	w.at("draft", func() {
		p.engine.Working().Stop()
		w.broken["draft"] = domain.E(domain.KindQuota, "draft", nil)
	})
	if _, err := p.issue(t, orders.WishDraft); domain.KindOf(err) != domain.KindQuota {
		t.Errorf("%v", err)
	}
	// What was cut off is a stop, whatever it calls itself.
	w.at("list", func() {
		p.engine.Working().Stop()
		w.broken["list"] = domain.E(domain.KindNetwork, "list", context.Canceled)
	})
	if _, err := p.issue(t, orders.WishDraft); domain.KindOf(err) != domain.KindCancelled {
		t.Errorf("%v", err)
	}
	delete(w.broken, "draft")
	w.broken["list"] = domain.E(domain.KindNetwork, "list", context.Canceled)
	if _, err := p.issue(t, orders.WishDraft); domain.KindOf(err) != domain.KindNetwork {
		t.Errorf("nobody has stopped it: %v", err)
	}
}

func TestOutcome_saysNothingOfAnUnknownCost(t *testing.T) {
	for _, call := range []string{"list", "draft"} {
		w := newWorld()
		w.reads = 7
		p := start(w, newFile(), &marks{})
		p.order()
		w.at(call, func() { w.broken["usage"] = domain.E(domain.KindDisk, "usage", nil) })
		if o := p.must(t, orders.WishDraft); o.Spent != (quota.Cost{}) || o.Drafted != 1 {
			t.Errorf("not at the end: %+v", o)
		}
		p.order()
		w.at(call, func() { delete(w.broken, "usage") })
		if o := p.must(t, orders.WishDraft); o.Spent != (quota.Cost{}) || o.Drafted != 1 {
			t.Errorf("not at the beginning: %+v", o)
		}
	}
	if got := spent(quota.Usage{Reads: 900, Writes: 9}, quota.Usage{Reads: 2, Writes: 1}); got != (quota.Cost{}) {
		t.Errorf("over the end of a month: %+v", got)
	}
}

func TestYield_isCountedAsAdopted(t *testing.T) {
	// Of this run, and of one that ended before it was read back.
	for _, earlier := range []bool{false, true} {
		w, here, there := two()
		here.order()
		there.order()
		w.at("draft", func() { there.must(t, orders.WishDraft) })
		if earlier {
			w.at("draft", func() {
				there.must(t, orders.WishDraft)
				w.broken["list"] = domain.E(domain.KindNetwork, "list", nil)
			})
		}
		o, err := here.issue(t, orders.WishDraft)
		if earlier {
			delete(w.broken, "list")
			if domain.KindOf(err) != domain.KindNetwork || o.Drafted != 1 {
				t.Fatalf("%+v, %v", o, err)
			}
			o, err = here.issue(t, orders.WishDraft)
		}
		if err != nil || o.Adopted != 1 || o.Drafted != 0 {
			t.Errorf("%v: %+v, %v", earlier, o, err)
		}
	}
}
