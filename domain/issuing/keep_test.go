package issuing

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

// kept lets a program work on its queue by itself for as long as during tells; the world's clock is that of the bubble.
func kept(t *testing.T, p *program, during func(pass func(time.Duration))) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		ctx, end := context.WithCancel(t.Context())
		p.engine = New(p.engine.co) // its channels are the bubble's
		done := make(chan struct{})
		go func() {
			defer close(done)
			p.engine.KeepInvoicing(ctx)
		}()
		synctest.Wait()
		during(func(d time.Duration) {
			for ; d > 0; d -= lookEvery {
				p.w.pass(lookEvery)
				time.Sleep(lookEvery) //nolint:forbidigo // the bubble's clock
				synctest.Wait()
			}
		})
		end()
		<-done
		p.engine.Close()
	})
}

func TestKeepInvoicing_goesOnWhenTheConnectionIsBack(t *testing.T) {
	w := newWorld()
	p := start(w, newFile(), &marks{})
	p.order()
	p.order()
	p.kept[0].Verdict.Queued, p.kept[1].Verdict.Queued = orders.WishDraft, orders.WishFormalise
	w.off = true
	kept(t, p, func(pass func(time.Duration)) {
		if domain.KindOf(p.engine.Hindrance()) != domain.KindNetwork || !p.engine.GoesOnAt().Equal(w.now.Add(time.Minute)) {
			t.Errorf("%v until %v", p.engine.Hindrance(), p.engine.GoesOnAt())
		}
		w.told()
		for n, rest := range []time.Duration{1, 2, 4, 8, 16, 30, 30} { // minutes
			pass(rest*time.Minute - lookEvery)
			if calls := w.told(); len(calls) > 0 {
				t.Errorf("rest %d: %v", n, calls)
			}
			pass(lookEvery)
			if calls := strings.Join(w.told(), ", "); calls != "list" {
				t.Errorf("behind rest %d: %s", n, calls)
			}
			if got := p.engine.Working().Progress(); got.PausedUntil.IsZero() || !got.PausedUntil.Equal(p.engine.GoesOnAt()) || got.Cause != domain.KindNetwork {
				t.Errorf("%+v", got)
			}
		}
		w.mu.Lock()
		w.off = false
		w.mu.Unlock()
		pass(30*time.Minute + lookEvery)
		if !slices.Equal(p.states(), []invoicing.AttemptState{invoicing.AttemptChecked, invoicing.AttemptIssued}) {
			t.Errorf("%v", p.states())
		}
		if domain.KindOf(p.engine.Hindrance()) != "" || !p.engine.GoesOnAt().IsZero() {
			t.Errorf("%v until %v", p.engine.Hindrance(), p.engine.GoesOnAt())
		}
		w.told()
		pass(time.Hour)
		if calls := w.told(); len(calls) > 0 {
			t.Errorf("nothing is left to do: %v", calls)
		}
	})
}

func TestKeepInvoicing_waitsForTheQuota(t *testing.T) {
	w := newWorld()
	p := start(w, newFile(), &marks{})
	p.order()
	p.kept[0].Verdict.Queued = orders.WishDraft
	w.broken["may"] = &domain.Error{Kind: domain.KindQuota, Detail: "2026-05-05 00:00"}
	kept(t, p, func(pass func(time.Duration)) {
		if at := p.engine.GoesOnAt(); !at.Equal(time.Date(2026, 5, 4, 21, 0, 0, 0, time.UTC)) || domain.KindOf(p.engine.Hindrance()) != domain.KindQuota {
			t.Errorf("%v until %v", p.engine.Hindrance(), at)
		}
		delete(w.broken, "may")
		pass(12*time.Hour - lookEvery)
		if calls := w.told(); len(calls) > 0 {
			t.Errorf("before: %v", calls)
		}
		pass(lookEvery)
		if !slices.Equal(p.states(), []invoicing.AttemptState{invoicing.AttemptChecked}) {
			t.Errorf("%v", p.states())
		}
	})
}

func TestKeepInvoicing_spendsNothing(t *testing.T) {
	for name, spoil := range map[string]func(p *program){
		"while nobody is signed in":       func(p *program) { p.w.broken["sign in"] = domain.E(domain.KindNeedsSignIn, "sign in", nil) },
		"while the integration is closed": func(p *program) { p.settings.IntegrationOn = false },
		"where the quota is used up":      func(p *program) { p.w.broken["may"] = domain.E(domain.KindQuota, "may", nil) },
		"where nothing waits":             func(p *program) { p.kept[0].Verdict.Queued = orders.WishNothing },
		"in a file that was restored":     func(p *program) { p.marks.n = 7 },
		"in one that was handed over":     func(p *program) { p.handed = p.w.now },
	} {
		t.Run(name, func(t *testing.T) {
			p := start(newWorld(), newFile(), &marks{})
			p.order()
			p.kept[0].Verdict.Queued = orders.WishFormalise
			spoil(p)
			kept(t, p, func(pass func(time.Duration)) {
				pass(time.Hour)
				if calls := p.w.told(); len(calls) > 0 {
					t.Errorf("%v", calls)
				}
			})
		})
	}
}

// What İşbaşı refuses in words of its own a person mends: the queue does not try it every minute, and says the words.
func TestKeepInvoicing_triesSeldomWhatIsRefusedInWords(t *testing.T) {
	w := newWorld()
	p := start(w, newFile(), &marks{})
	p.order()
	p.kept[0].Verdict.Queued = orders.WishDraft
	w.broken["list"] = &domain.Error{Kind: domain.KindRejected, Op: "list", Detail: "Şube seçin."}
	kept(t, p, func(pass func(time.Duration)) {
		pass(48 * time.Hour)
		if calls := w.told(); len(calls) < 10 || len(calls) > 20 {
			t.Errorf("%d calls in two days", len(calls))
		}
		if e := new(domain.Error); !errors.As(p.engine.Hindrance(), &e) || e.Detail != "Şube seçin." {
			t.Errorf("%v", p.engine.Hindrance())
		}
	})
}

func TestKeepInvoicing_triesOnceADayWithoutARight(t *testing.T) {
	w := newWorld()
	p := start(w, newFile(), &marks{})
	p.order()
	p.kept[0].Verdict.Queued = orders.WishDraft
	w.broken["draft"] = domain.E(domain.KindForbidden, "draft", nil)
	kept(t, p, func(pass func(time.Duration)) {
		pass(24*time.Hour - lookEvery)
		if calls := strings.Join(w.told(), ", "); calls != "list, draft Termos" {
			t.Errorf("%s", calls)
		}
		pass(2 * lookEvery)
		if calls := strings.Join(w.told(), ", "); calls != "list, draft Termos" {
			t.Errorf("the next day: %s", calls)
		}
		if p.kept[0].Verdict.Queued != orders.WishDraft || domain.KindOf(p.engine.Hindrance()) != domain.KindForbidden {
			t.Errorf("%+v", p.kept[0].Verdict)
		}
	})
}

// What İşbaşı refused to one who asked is tried at once when another one asks: nobody mends a right, a session or a name of the user
// and waits a day. Whatever else the queue waits for has nothing to do with that, nor has a person's word.
func TestKeepInvoicing_goesOnAtOnceWhenSomebodySignsInAnew(t *testing.T) {
	for kind, wakes := range map[domain.Kind]bool{
		domain.KindForbidden: true, domain.KindNoUser: true, domain.KindNeedsSignIn: true, domain.KindWrongPassword: true,
		domain.KindUnavailable: false, domain.KindRejected: false,
	} {
		for name, mend := range map[string]func(*domain.Connection, time.Time){
			"signs in":       func(c *domain.Connection, now time.Time) { c.SignedInAt = now },
			"names the user": func(c *domain.Connection, _ time.Time) { c.UserName = "ayse@example.com" },
			"does nothing":   func(*domain.Connection, time.Time) {},
		} {
			t.Run(name+" after "+string(kind), func(t *testing.T) {
				w := newWorld()
				p := start(w, newFile(), &marks{})
				p.order()
				p.kept[0].Verdict.Queued = orders.WishDraft
				w.broken["draft"] = domain.E(kind, "draft", nil)
				kept(t, p, func(pass func(time.Duration)) {
					for range 3 { // so that it rests for longer than a look
						pass(max(p.engine.GoesOnAt().Sub(w.now), 0))
					}
					w.told()
					delete(w.broken, "draft")
					p.mu.Lock()
					mend(&p.connection, w.now)
					p.mu.Unlock()
					pass(2 * lookEvery)
					if calls := w.told(); (len(calls) > 0) != (wakes && name != "does nothing") {
						t.Errorf("%v, rests until %v of %v", calls, p.engine.GoesOnAt(), w.now)
					}
				})
			})
		}
	}
}

func TestKeepInvoicing_leavesAQueueAloneThatAPersonHasStopped(t *testing.T) {
	w := newWorld()
	p := start(w, newFile(), &marks{})
	p.order()
	p.order()
	kept(t, p, func(pass func(time.Duration)) {
		w.at("draft", func() { p.engine.Working().Stop() })
		o, err := p.issue(t, orders.WishFormalise)
		if domain.KindOf(err) != domain.KindCancelled || o.Drafted != 1 || o.Waiting != 1 {
			t.Errorf("%+v, %v", o, err)
		}
		w.told()
		pass(time.Hour)
		if calls := w.told(); len(calls) > 0 || domain.KindOf(p.engine.Hindrance()) != domain.KindCancelled {
			t.Errorf("%v, %v", calls, p.engine.Hindrance())
		}
		if o, err := p.issue(t, orders.WishFormalise); err != nil || o.Issued != 2 || domain.KindOf(p.engine.Hindrance()) != "" {
			t.Errorf("%+v, %v", o, err)
		}
	})
}

func TestKeepInvoicing_looksForWhatWasLost(t *testing.T) {
	w := newWorld()
	p := start(w, newFile(), &marks{})
	p.order()
	p.kept[0].Verdict.Queued = orders.WishDraft
	w.fault = func(string) fault { return lateAfter }
	kept(t, p, func(pass func(time.Duration)) {
		if r := p.records[0]; r.State != invoicing.AttemptUnknown || r.Missed != 1 {
			t.Errorf("%+v", r)
		}
		pass(16 * time.Minute)
		if r := p.records[0]; r.State != invoicing.AttemptChecked || r.Remote != "1001" {
			t.Errorf("%+v", r)
		}
	})
}

// What İşbaşı does not get done with is asked for ever less often.
func TestKeepInvoicing_asksLessAndLessOften(t *testing.T) {
	for name, prepare := range map[string]func(*world){
		"for what is on its way":         func(w *world) { w.finish = false },
		"for what has an unknown state":  func(w *world) { w.change("1001", func(inv *remoteInvoice) { inv.Status = domain.EStatusUnknown }) },
		"for a draft without a total":    func(w *world) { w.change("1001", func(inv *remoteInvoice) { inv.Total.Valid = false }) },
		"for one of too many candidates": nil,
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			p := start(w, newFile(), &marks{})
			p.order()
			if prepare == nil {
				w.strange(40, func(i *domain.Invoice) { i.Total = num("179.70") })
				w.fault = func(string) fault { return lostBefore }
				for id := range w.invoices {
					p.seen[id] = &Seen{Invoice: w.invoices[id].Invoice, Read: false}
				}
				p.records = []invoicing.Record{{ID: 1, Order: 1, Serial: 1, Attempt: invoicing.Attempt{State: invoicing.AttemptUnknown, Key: invoicing.Key{Marketplace: "trendyol", Package: "P1"}}, IntentAt: w.now, Draft: domain.InvoiceDraft{Date: w.now}}}
				p.records[0].Amounts.Total, p.serial = num("179.70").Decimal, 1
			} else {
				p.kept[0].Verdict.Queued = orders.WishFormalise
				w.on = func(call string) {
					if call == "list" && len(w.invoices) == 1 {
						prepare(w)
					}
				}
				if name == "for what is on its way" {
					prepare(w)
				}
			}
			kept(t, p, func(pass func(time.Duration)) {
				pass(24 * time.Hour)
				w.told()
				pass(24 * time.Hour)
				if calls := w.told(); len(calls) == 0 || len(calls) > 10 {
					t.Errorf("%d calls on the second day: %v, %+v", len(calls), calls, p.records)
				}
			})
		})
	}
}

func TestRest_followsTheQuota(t *testing.T) {
	w := newWorld()
	i := start(w, newFile(), &marks{}).engine
	for range 9 {
		i.rest(domain.E(domain.KindUnavailable, "x", nil), false)
	}
	if got := i.GoesOnAt().Sub(w.now); got != longestRest {
		t.Errorf("%v", got)
	}
	err := &domain.Error{Kind: domain.KindQuota, Detail: "2026-06-01 00:00"}
	i.rest(err, false)
	if at, _ := quota.GoesOnAt(err); !i.GoesOnAt().Equal(at) {
		t.Errorf("%v", i.GoesOnAt())
	}
	i.rest(nil, false)
	i.rest(domain.E(domain.KindUnavailable, "x", nil), false)
	if got := i.GoesOnAt().Sub(w.now); got != time.Minute {
		t.Errorf("a success begins anew: %v", got)
	}
}

func TestKeepInvoicing_goesOnInARestoredFileWhenAPersonHasBegun(t *testing.T) {
	w := newWorld()
	f, m := newFile(), &marks{}
	k := f.order()
	backup := f.copy()
	start(w, f, m).must(t, orders.WishDraft)
	backup.order()
	p := start(w, backup, m)
	kept(t, p, func(pass func(time.Duration)) {
		if _, err := p.issue(t, orders.WishDraft); domain.KindOf(err) != domain.KindUnavailable {
			t.Errorf("%v", err)
		}
		pass(30 * time.Minute)
		if len(w.invoices) != 2 || len(w.of(tenant, k)) != 1 || len(p.records) != 2 || p.records[1].State != invoicing.AttemptChecked {
			t.Errorf("%d invoices, %v", len(w.invoices), p.states())
		}
		if behind, err := p.engine.restored(t.Context()); behind || err != nil {
			t.Errorf("still restored: %v", err)
		}
	})
}

func TestDueAt_waitsFromBothSides(t *testing.T) {
	w := newWorld()
	i := start(w, newFile(), &marks{}).engine
	now := w.now
	ago := func(d time.Duration) time.Time { return now.Add(-d) }
	record := func(s invoicing.AttemptState, change func(*invoicing.Record)) *invoicing.Record {
		r := &invoicing.Record{IntentAt: ago(time.Hour), SentAt: ago(time.Hour), Attempt: invoicing.Attempt{State: s}}
		change(r)
		return r
	}
	asked := func(d time.Duration) func(*invoicing.Record) {
		return func(r *invoicing.Record) { r.AskedAt = ago(d) }
	}
	for name, c := range map[string]struct {
		r    *invoicing.Record
		want bool
	}{
		"an intent":                      {record(invoicing.AttemptIntent, asked(0)), true},
		"a checked draft":                {record(invoicing.AttemptChecked, asked(time.Hour)), false},
		"one that is to be formalised":   {record(invoicing.AttemptChecked, func(r *invoicing.Record) { r.Formalise = true }), true},
		"sent an hour ago, just asked":   {record(invoicing.AttemptFormalising, asked(30*time.Minute)), false},
		"sent an hour ago":               {record(invoicing.AttemptFormalising, asked(30*time.Minute+1)), true},
		"stored an hour ago, just asked": {record(invoicing.AttemptDrafted, asked(30*time.Minute)), false},
		"stored an hour ago":             {record(invoicing.AttemptDrafted, asked(30*time.Minute+1)), true},
		"to be deleted, never asked":     {record(invoicing.AttemptDeleting, func(*invoicing.Record) {}), true},
		"lost, just asked":               {record(invoicing.AttemptUnknown, asked(30*time.Minute)), false},
		"lost":                           {record(invoicing.AttemptUnknown, asked(30*time.Minute+1)), true},
		"asked tomorrow":                 {record(invoicing.AttemptDrafted, asked(-24*time.Hour)), true},
		"sent, just asked":               {record(invoicing.AttemptFormalising, asked(0)), false},
		"lost, just missed": {record(invoicing.AttemptUnknown, func(r *invoicing.Record) {
			r.MissedAt = ago(15 * time.Minute)
		}), false},
		"lost, missed": {record(invoicing.AttemptUnknown, func(r *invoicing.Record) {
			r.MissedAt = ago(15*time.Minute + 1)
		}), true},
		"lost just now": {record(invoicing.AttemptUnknown, func(r *invoicing.Record) {
			r.IntentAt, r.AskedAt = ago(2*time.Minute), ago(15*time.Minute)
		}), false},
	} {
		if got := i.dueAt(c.r, now); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	for age, want := range map[time.Duration]time.Duration{0: time.Minute, 2 * time.Minute: time.Minute, 4 * time.Minute: 2 * time.Minute, 24 * time.Hour: 6 * time.Hour} {
		if got := waitFor(age); got != want {
			t.Errorf("%v: %v", age, got)
		}
	}
}
