package issuing

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

// Two machines, the clock of one of which is ahead, store drafts of the same orders, and the answers to one of them are
// lost: each takes back what is its own and later than the other's, however late it arrives, and nothing is sent twice.
func TestStartInvoices_takesBackItsOwnWhoseAnswerWasLost(t *testing.T) {
	for name, f := range map[string]fault{"lost": lostAfter, "late": lateAfter, "never sent": lostBefore} {
		for _, wish := range []orders.Wish{orders.WishDraft, orders.WishFormalise} {
			for meet := 1; meet < 40; meet++ {
				w := newWorld()
				here, there := start(w, newFile(), &marks{}), start(w, newFile(), &marks{})
				there.skew = 7 * time.Second
				var keys []orders.Key
				for range 2 {
					keys = append(keys, here.order())
					there.order()
				}
				lose := func(op string) fault {
					if op == "draft" {
						return f
					}
					return fine
				}
				w.fault = lose
				here.meet, here.between = meet, func() {
					w.fault = nil
					_, _ = there.issue(t, wish)
					w.fault = lose
				}
				_, _ = here.issue(t, wish)
				w.fault = nil
				for range 4 {
					w.pass(16 * time.Minute)
					for _, p := range []*program{there, here} {
						if _, err := p.issue(t, wish); err != nil {
							t.Fatal(err)
						}
						p.lookUp(t)
					}
				}
				for _, k := range keys {
					got := w.of(tenant, k)
					if len(got) != 1 || got[0].sends > 1 || wish == orders.WishDraft && got[0].sends > 0 {
						t.Errorf("%s, %s, meeting at %d: %d invoices of %v: %+v", name, wish, meet, len(got), k, got)
						continue
					}
					for _, p := range []*program{here, there} {
						records, err := p.RecordsOf(t.Context(), k)
						if err != nil {
							t.Fatal(err)
						}
						stand := 0
						for _, r := range records {
							if r.Open() || r.Stands() && r.Remote != got[0].ID {
								t.Errorf("%s, %s, meeting at %d: %s is %s, want %s", name, wish, meet, r.State, r.Remote, got[0].ID)
							}
							if r.Stands() {
								stand++
							}
						}
						if stand != 1 {
							t.Errorf("%s, %s, meeting at %d: %d attempts at %v stand", name, wish, meet, stand, k)
						}
					}
				}
			}
		}
	}
}

// Two machines whose clocks are the same draft an order in one moment, and the answer of the later is lost: it knows its own
// draft by the nonce, takes that one back, and sends nothing of the other's.
func TestStartInvoices_knowsItsOwnDraftOfTheSameMoment(t *testing.T) {
	for _, wish := range []orders.Wish{orders.WishDraft, orders.WishFormalise} {
		for name, f := range map[string]fault{"its answer lost": lostAfter, "and late": lateAfter} {
			w := newWorld()
			here, there := start(w, newFile(), &marks{}), start(w, newFile(), &marks{})
			k := here.order()
			there.order()
			w.at("draft", func() {
				there.must(t, wish)
				w.fault = func(string) fault {
					w.fault = nil
					return f
				}
			})
			if _, err := here.issue(t, wish); err != nil {
				t.Fatal(err)
			}
			for range 3 {
				w.pass(16 * time.Minute)
				here.must(t, wish)
				there.must(t, wish)
			}
			got := w.of(tenant, k)
			if len(got) != 1 || got[0].ID != there.records[0].Remote || wish == orders.WishFormalise && got[0].sends != 1 {
				t.Errorf("%s, %s: %d invoices, %+v", wish, name, len(got), got)
			}
			for _, r := range here.records {
				if r.Open() || r.Stands() && r.Remote != there.records[0].Remote {
					t.Errorf("%s, %s: %s is %s", wish, name, r.State, r.Remote)
				}
			}
		}
	}
}

// A file is restored that forgets a draft of its own whose answer was lost, beside another machine's: it takes that one back,
// and in a file that was not restored leaves it to whoever has stored it.
func TestCheck_takesBackWhatARestoredFileForgot(t *testing.T) {
	for _, restored := range []bool{true, false} {
		w := newWorld()
		m := &marks{}
		here, there := start(w, newFile(), m), start(w, newFile(), &marks{})
		k := here.order()
		there.order()
		yesterday := here.copy()
		w.at("draft", func() {
			there.must(t, orders.WishDraft)
			w.fault = func(string) fault {
				here.killAt = here.calls + 1
				return lostAfter
			}
		})
		if _, err := here.issue(t, orders.WishDraft); err == nil {
			t.Fatal("it was not killed")
		}
		w.fault = nil
		if n := len(w.of(tenant, k)); n != 2 {
			t.Fatalf("%d invoices", n)
		}
		w.pass(16 * time.Minute)
		if !restored {
			m = &marks{}
		}
		here = start(w, yesterday, m)
		other := here.order() // what is asked for is another one
		if o := here.must(t, orders.WishDraft, other); restored != (o.Adopted == 1) || o.Drafted != 1 {
			t.Errorf("%+v", o)
		}
		if o := here.must(t, orders.WishDraft); restored == (o.Adopted == 1) || o.Drafted != 0 {
			t.Errorf("%+v", o)
		}
		got := w.of(tenant, k)
		if restored && (len(got) != 1 || got[0].ID != there.records[0].Remote) || !restored && len(got) != 2 {
			t.Errorf("restored %v: %d invoices", restored, len(got))
		}
	}
}

// Two machines work for one firm, in a storm; they meet anywhere, are killed, their files are put back, answers are slow:
// in the end every order has one invoice, that both know.
func TestInvoices_neverTwoOfAnOrderByTwoMachines(t *testing.T) {
	t.Parallel()
	for seed := range histories(300) {
		twoMachines(t, uint64(seed))
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

func twoMachines(t *testing.T, seed uint64) {
	r := rand.New(rand.NewPCG(seed, 11))
	w := newWorld()
	wish := []orders.Wish{orders.WishDraft, orders.WishFormalise}[r.IntN(2)]
	files, backups, of := [2]*file{newFile(), newFile()}, [2]*file{}, [2]*marks{{}, {}}
	var keys []orders.Key
	for range 1 + r.IntN(3) {
		keys = append(keys, files[0].order())
		files[1].order()
	}
	for n, f := range files {
		backups[n] = f.copy()
	}
	begin := func(n int) *program {
		p := start(w, files[n], of[n])
		p.skew = time.Duration(7*n) * time.Second
		if r.IntN(2) == 0 {
			p.killAt = 1 + r.IntN(60)
		}
		return p
	}
	weather := storm(r)
	said := false // by a person, of a draft that another machine may send too: İşbaşı refuses what is none any more
	w.fault = func(op string) fault {
		if f := weather(op); f != refusal { // that is for people to correct
			return f
		}
		return fine
	}
	for range 8 {
		n := r.IntN(2)
		p := begin(n)
		if r.IntN(2) == 0 {
			other := begin(1 - n)
			p.meet, p.between = 1+r.IntN(40), func() { _, _ = other.issue(t, wish) }
		}
		if r.IntN(4) == 0 {
			w.at([]string{"list", "draft", "send", "invoice", "delete"}[r.IntN(5)], func() { w.pass(time.Duration(r.IntN(40)) * time.Minute) })
		}
		if wish == orders.WishFormalise && r.IntN(4) == 0 {
			p.formaliseAll(t)
			said = true
		}
		_, _ = p.issue(t, wish)
		w.on = nil
		switch r.IntN(6) {
		case 0:
			files[n] = backups[n].copy()
		case 1:
			backups[n] = files[n].copy()
		}
		w.pass(time.Duration(r.IntN(20)) * time.Minute)
	}
	w.fault = nil
	var programs [2]*program
	for n := range programs {
		programs[n] = start(w, files[n], of[n])
		programs[n].skew = time.Duration(7*n) * time.Second
	}
	for range 6 { // it calms down
		w.pass(16 * time.Minute)
		for _, p := range programs {
			if _, err := p.issue(t, wish); err != nil && domain.KindOf(err) != domain.KindUnavailable {
				t.Error(err)
			}
			p.lookUp(t)
			for _, rec := range p.records {
				if rec.State == invoicing.AttemptLost {
					if err := p.engine.FreeLost(t.Context(), rec.ID); err != nil {
						t.Error(err)
					}
				}
			}
		}
	}
	for _, k := range keys {
		got := w.of(tenant, k)
		if len(got) != 1 || got[0].sends > 1 && !said || wish == orders.WishDraft && got[0].sends > 0 {
			t.Errorf("%s: %d invoices of %v: %+v", wish, len(got), k, got)
			continue
		}
		for n, p := range programs {
			p.knows(t, n, k, got[0])
		}
	}
}

// formaliseAll has a person send every draft that was checked.
func (p *program) formaliseAll(t *testing.T) {
	t.Helper()
	var ids []int64
	for _, rec := range p.records {
		if rec.State == invoicing.AttemptChecked && rec.SentAt.IsZero() { // what was sent may still arrive
			ids = append(ids, rec.ID)
		}
	}
	if work, err := p.engine.FormaliseInvoices(t.Context(), ids...); err == nil {
		<-work.Done()
	}
}

// knows fails where a machine has another attempt of an order that stands than that of the invoice.
func (p *program) knows(t *testing.T, machine int, k orders.Key, inv *remoteInvoice) {
	t.Helper()
	records, err := p.RecordsOf(t.Context(), k)
	if err != nil {
		t.Fatal(err)
	}
	stand := 0
	for _, rec := range records {
		if rec.Open() || rec.Stands() && rec.Remote != inv.ID {
			t.Errorf("machine %d: %s is %s, want %s", machine, rec.State, rec.Remote, inv.ID)
		}
		if rec.Stands() {
			stand++
		}
	}
	if stand != 1 {
		t.Errorf("machine %d: %d attempts at %v stand", machine, stand, k)
		for _, rec := range records {
			t.Logf("%d: %s %s %s %s, begun %s", rec.ID, rec.State, rec.Remote, rec.Cause, rec.Detail, rec.IntentAt)
		}
	}
}
