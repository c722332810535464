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

// drafts gives a program with so many checked drafts, each with an open task.
func drafts(t *testing.T, n int) (*world, *program) {
	t.Helper()
	w := newWorld()
	p := start(w, newFile(), &marks{})
	for range n {
		p.order()
	}
	p.must(t, orders.WishDraft)
	for _, r := range p.records {
		if _, err := p.SaveTask(t.Context(), invoicing.Task{Record: r, What: invoicing.TaskCancelled, OpenedAt: w.now}); err != nil {
			t.Fatal(err)
		}
	}
	w.told()
	return w, p
}

func (p *program) openTasks() (of []int64) {
	for _, task := range p.tasks {
		if task.ClosedAt.IsZero() {
			of = append(of, task.Record.ID)
		}
	}
	return of
}

func TestTakeBackDrafts_deletesAllByOneWrite(t *testing.T) {
	w, p := drafts(t, 3)
	p.tasks = append(p.tasks, invoicing.Task{ID: 4, Record: p.records[0], Return: "R", ClosedAt: w.now.Add(-time.Hour)})
	n, err := p.engine.TakeBackDrafts(t.Context(), 1, 3, 1)
	if err != nil || n != 2 || strings.Join(w.told(), ", ") != "delete [1001 1003]" {
		t.Errorf("%d, %v", n, err)
	}
	if want := []invoicing.AttemptState{invoicing.AttemptDeleted, invoicing.AttemptChecked, invoicing.AttemptDeleted}; !slices.Equal(p.states(), want) {
		t.Errorf("%v", p.states())
	}
	if got := p.openTasks(); !slices.Equal(got, []int64{2}) {
		t.Errorf("open tasks of %v", got)
	}
	if !p.tasks[3].ClosedAt.Equal(w.now.Add(-time.Hour)) || !p.tasks[0].ClosedAt.Equal(w.now) {
		t.Errorf("%+v", p.tasks)
	}
	if v := p.kept[0].Verdict; v.Stage != orders.StageReady || v.Queued != orders.WishNothing {
		t.Errorf("%+v", v)
	}
	if o := p.must(t, orders.WishDraft); o.Drafted != 2 {
		t.Errorf("again: %+v", o)
	}
}

func TestTakeBackDrafts_writesManyInSeveralCalls(t *testing.T) {
	w, p := drafts(t, 101)
	ids := make([]int64, 101)
	for n := range ids {
		ids[n] = int64(n + 1)
	}
	n, err := p.engine.TakeBackDrafts(t.Context(), ids...)
	if calls := w.told(); err != nil || n != 101 || len(calls) != 2 || calls[1] != "delete [1101]" {
		t.Errorf("%d, %v, %d calls", n, err, len(calls))
	}
}

func TestTakeBackDrafts_leavesWhatWasFormalisedMeanwhile(t *testing.T) {
	w, p := drafts(t, 3)
	w.change("1002", func(inv *remoteInvoice) { inv.Status = domain.EStatusDone })
	n, err := p.engine.TakeBackDrafts(t.Context(), 1, 2, 3)
	if calls := strings.Join(w.told(), ", "); n != 2 || domain.KindOf(err) != domain.KindState || calls != "delete [1001 1002 1003], delete [1001], delete [1002], delete [1003]" {
		t.Errorf("%d, %v, %s", n, err, calls)
	}
	if err := p.engine.keep(t.Context()); err != nil { // by itself, at once
		t.Fatal(err)
	}
	if want := []invoicing.AttemptState{invoicing.AttemptDeleted, invoicing.AttemptIssued, invoicing.AttemptDeleted}; !slices.Equal(p.states(), want) {
		t.Errorf("%v", p.states())
	}
	if got := p.openTasks(); !slices.Equal(got, []int64{2}) {
		t.Errorf("open tasks of %v", got)
	}
}

func TestTakeBackDrafts_countsWhatIsGoneAlready(t *testing.T) {
	w, p := drafts(t, 2)
	w.change("1001", func(inv *remoteInvoice) { inv.deleted = true })
	n, err := p.engine.TakeBackDrafts(t.Context(), 1, 2)
	if err != nil || n != 2 || len(p.openTasks()) != 0 {
		t.Errorf("%d, %v, %v", n, err, p.states())
	}
}

func TestTakeBackDrafts_refusesWhatIsNoDraft(t *testing.T) {
	w, p := drafts(t, 2)
	p.records[1].State = invoicing.AttemptIssued
	n, err := p.engine.TakeBackDrafts(t.Context(), 1, 2)
	if n != 0 || domain.KindOf(err) != domain.KindState || len(w.told()) != 0 || p.records[0].State != invoicing.AttemptChecked {
		t.Errorf("%d, %v, %v", n, err, p.states())
	}
}

// A draft that a person takes back is never formalised, whatever becomes of the call.
func TestTakeBackDrafts_endsTheWishToFormalise(t *testing.T) {
	for name, spoil := range map[string]func(w *world){
		"lost before":   func(w *world) { w.fault = func(string) fault { return lostBefore } },
		"lost after":    func(w *world) { w.fault = func(string) fault { return lostAfter } },
		"no connection": func(w *world) { w.fault = func(string) fault { return unsent } },
		"no right":      func(w *world) { w.broken["delete"] = domain.E(domain.KindForbidden, "delete", nil) },
		"refused":       func(w *world) { w.fault = func(string) fault { return refusal } },
	} {
		t.Run(name, func(t *testing.T) {
			w, p := drafts(t, 1)
			p.records[0].Formalise = true
			spoil(w)
			n, err := p.engine.TakeBackDrafts(t.Context(), 1)
			if n != 0 || err == nil {
				t.Errorf("%d, %v", n, err)
			}
			w.fault, w.broken = nil, map[string]error{}
			for range 3 {
				w.pass(time.Hour)
				p.must(t, orders.WishFormalise, p.kept[0].Key())
				if _, err := p.engine.LookUpInvoices(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			sent := w.invoices["1001"].sends
			if want := invoicing.AttemptChecked; name != "lost after" && (p.records[0].State != want || sent != 0) {
				t.Errorf("%v, sent %d times", p.states(), sent)
			}
			if name == "lost after" && (p.records[0].State != invoicing.AttemptDeleted || len(p.openTasks()) != 0) {
				t.Errorf("%v", p.states())
			}
		})
	}
}

func TestYield_endsWhereOursCannotBeDeleted(t *testing.T) {
	for _, kind := range []domain.Kind{domain.KindState, domain.KindForbidden, domain.KindRejected} {
		t.Run(string(kind), func(t *testing.T) {
			w, here, there := two()
			k := here.order()
			here.order()
			there.order()
			w.at("draft", func() { there.must(t, orders.WishDraft) })
			w.broken["delete"] = &domain.Error{Kind: kind, Detail: "Silinemez."}
			here.must(t, orders.WishFormalise)
			r := here.records[0]
			if r.State != invoicing.AttemptChecked || r.Formalise || r.Cause != kind || r.Detail != "Silinemez." || r.Remote != "1002" {
				t.Errorf("%+v", r)
			}
			if got := w.of(tenant, k); len(got) != 2 || got[0].sends+got[1].sends != 0 {
				t.Errorf("%+v", got)
			}
			if here.records[1].State != invoicing.AttemptIssued {
				t.Errorf("the other order: %v", here.states())
			}
		})
	}
}

func TestYield_leavesTheOtherOneADraft(t *testing.T) {
	w, here, there := two()
	k := here.order()
	there.order()
	w.at("draft", func() { there.must(t, orders.WishDraft) })
	o := here.must(t, orders.WishFormalise)
	adopted(t, here, o, k)
	if r := here.records[0]; r.State != invoicing.AttemptChecked || r.Remote != "1001" || w.of(tenant, k)[0].sends != 0 {
		t.Errorf("%+v", r)
	}
}

func TestYield_goesOnWhenTheAnswerWasLost(t *testing.T) {
	for _, f := range []fault{lostBefore, lostAfter} {
		w, here, there := two()
		k := here.order()
		there.order()
		w.at("draft", func() { there.must(t, orders.WishDraft) })
		w.fault = func(op string) fault {
			if op == "delete" {
				return f
			}
			return fine
		}
		here.must(t, orders.WishDraft)
		if s := here.records[0].State; s != invoicing.AttemptDeleting {
			t.Errorf("%v", s)
		}
		w.fault = nil
		here.must(t, orders.WishDraft)
		if r, got := here.records[0], w.of(tenant, k); r.State != invoicing.AttemptChecked || r.Remote != "1001" || len(got) != 1 {
			t.Errorf("%d: %+v, %d", f, r, len(got))
		}
	}
}

// An invoice that İşbaşı does not have any more was deleted there if it was a draft; else nobody knows.
func TestReadOne_judgesWhatIsNotThere(t *testing.T) {
	for state, want := range map[invoicing.AttemptState]invoicing.AttemptState{
		invoicing.AttemptDrafted: invoicing.AttemptDeleted, invoicing.AttemptChecked: invoicing.AttemptDeleted,
		invoicing.AttemptDeleting: invoicing.AttemptDeleted, invoicing.AttemptFormalising: invoicing.AttemptLost,
	} {
		t.Run(string(state), func(t *testing.T) {
			w, p := drafts(t, 1)
			p.records[0].State, p.records[0].Formalise, p.records[0].SentAt = state, true, w.now
			w.change("1001", func(inv *remoteInvoice) { inv.deleted = true })
			p.must(t, orders.WishNothing)
			r := p.records[0]
			if want == invoicing.AttemptLost {
				if r.State != invoicing.AttemptUnknown || r.Cause != domain.KindNotFound || r.Formalise || r.Remote != "" || r.Missed != 1 {
					t.Errorf("%+v", r)
				}
				w.pass(time.Hour)
				p.must(t, orders.WishNothing)
				r = p.records[0]
			} else if len(p.openTasks()) > 0 {
				t.Error("its task is open")
			}
			if r.State != want {
				t.Errorf("%+v", r)
			}
		})
	}
}
