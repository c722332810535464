package issuing

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

// lost gives a program with one attempt whose answer is lost and that the list does not show.
func lost(t *testing.T, f fault) (*world, *program) {
	t.Helper()
	w := newWorld()
	p := start(w, newFile(), &marks{})
	p.order()
	w.fault = func(string) fault { return f }
	if o := p.must(t, orders.WishDraft); f != lostAfter && o.Unknown != 1 {
		t.Fatalf("%+v", o)
	}
	w.fault = nil
	w.told()
	return w, p
}

func (p *program) lookUp(t *testing.T) Looked {
	t.Helper()
	l, err := p.engine.LookUpInvoices(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestStartInvoices_findsAtOnceWhatIsThere(t *testing.T) {
	w := newWorld()
	p := start(w, newFile(), &marks{})
	p.order()
	w.fault = func(op string) fault {
		if op == "draft" {
			return lostAfter
		}
		return fine
	}
	o := p.must(t, orders.WishFormalise)
	want := Outcome{Drafted: 1, Issued: 1}
	want.Spent.Reads, want.Spent.Writes = 4, 2
	wantSame(t, "outcome", o, want)
	if calls := strings.Join(w.told(), ", "); calls != "list, draft Termos, list, invoice 1001, send 1001, list" {
		t.Error(calls)
	}
	if r := p.records[0]; r.State != invoicing.AttemptIssued || r.Cause != "" || w.invoices["1001"].sends != 1 {
		t.Errorf("%+v", r)
	}
}

func TestLookUpInvoices_findsByTheToken(t *testing.T) {
	w, p := lost(t, lateAfter)
	w.strange(1, func(i *domain.Invoice) { i.Total = num("179.70") })
	w.pass(4 * time.Minute)
	before := p.records[0]
	n, c, err := p.engine.LookUpCost(t.Context())
	if err != nil || n != 1 || c != (quota.Cost{Reads: 1}) {
		t.Errorf("%d, %+v, %v", n, c, err)
	}
	l := p.lookUp(t)
	wantSame(t, "looked", l, Looked{Found: 1, Spent: quota.Cost{Reads: 3}})
	if calls := strings.Join(w.told(), ", "); calls != "list, invoice 1001, invoice 1002" {
		t.Error(calls)
	}
	want := before
	want.State, want.Cause, want.Remote, want.Number, want.Read, want.AskedAt = invoicing.AttemptChecked, "", "1002", "ABC1002", num("179.70"), w.now
	wantSame(t, "the record", p.records[0], want)
	if l := p.lookUp(t); l != (Looked{}) || len(w.told()) > 0 {
		t.Errorf("again: %+v", l)
	}
}

func TestLookUpInvoices_losesWhatIsAbsentTwice(t *testing.T) {
	w, p := lost(t, lostBefore)
	if r := p.records[0]; r.Missed != 1 || !r.MissedAt.Equal(w.now) {
		t.Fatalf("the run itself: %+v", r)
	}
	if v := p.kept[0].Verdict; v.Stage != orders.StageHeld || !slices.Equal(v.Reasons, []string{"unknown_attempt"}) || v.Queued != orders.WishNothing {
		t.Errorf("its order meanwhile: %+v", v)
	}
	w.pass(15*time.Minute - time.Second)
	wantSame(t, "too soon", p.lookUp(t), Looked{StillUnknown: 1, Spent: quota.Cost{Reads: 1}})
	w.pass(time.Second)
	wantSame(t, "in time", p.lookUp(t), Looked{Lost: 1, Spent: quota.Cost{Reads: 1}})
	r := p.records[0]
	if r.State != invoicing.AttemptLost || r.Missed != 2 {
		t.Errorf("%+v", r)
	}
	if v := p.kept[0].Verdict; v.Stage != orders.StageHeld || !slices.Equal(v.Reasons, []string{ReasonLost}) {
		t.Errorf("its order then: %+v", v)
	}
	if e, err := p.engine.ExamineOrder(t.Context(), p.kept[0].Key()); err != nil || e.Verdict.Stage != orders.StageHeld || !slices.Equal(e.Verdict.Reasons, []string{ReasonLost}) || len(e.Records) != 1 {
		t.Errorf("%+v, %v", e.Verdict, err)
	}
	if o := p.must(t, orders.WishDraft, p.kept[0].Key()); o.Drafted != 0 {
		t.Errorf("issued unasked: %+v", o)
	}
	if err := p.engine.FreeLost(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	if v := p.kept[0].Verdict; v.Stage != orders.StageReady {
		t.Errorf("%+v", v)
	}
	if err := p.engine.FreeLost(t.Context(), 1); domain.KindOf(err) != domain.KindState {
		t.Errorf("twice: %v", err)
	}
	if o := p.must(t, orders.WishDraft); o.Drafted != 1 {
		t.Errorf("%+v", o)
	}
}

func TestLookUpInvoices_readsTwentyAPress(t *testing.T) {
	w, p := lost(t, lostBefore)
	w.strange(45, func(i *domain.Invoice) { i.Total = num("179.71") })
	w.strange(5, func(i *domain.Invoice) { i.Total = num("179.72") }) // another's
	w.pass(16 * time.Minute)
	for n, want := range []Looked{
		{StillUnknown: 1, Spent: quota.Cost{Reads: 21}}, {StillUnknown: 1, Spent: quota.Cost{Reads: 21}}, {Lost: 1, Spent: quota.Cost{Reads: 6}},
	} {
		if n > 0 {
			if _, c, err := p.engine.LookUpCost(t.Context()); err != nil || c.Reads != want.Spent.Reads {
				t.Errorf("press %d costs %+v, %v", n, c, err)
			}
		}
		wantSame(t, "looked", p.lookUp(t), want)
		w.pass(time.Minute)
	}
}

func TestStartInvoices_leavesManyCandidatesToAPerson(t *testing.T) {
	w, p := lost(t, lostBefore)
	w.strange(21, func(i *domain.Invoice) { i.Total = num("179.70") })
	w.pass(16 * time.Minute)
	if err := p.engine.keep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if calls := strings.Join(w.told(), ", "); strings.Contains(calls, "invoice") || p.records[0].State != invoicing.AttemptUnknown || p.records[0].Missed != 1 {
		t.Errorf("%s, %+v", calls, p.records[0])
	}
}

func TestLookUpInvoices_countsNothingThatWasCutOff(t *testing.T) {
	w, p := lost(t, lostBefore)
	w.pass(16 * time.Minute)
	w.broken["list"] = domain.E(domain.KindNetwork, "list", nil)
	if _, err := p.engine.LookUpInvoices(t.Context()); domain.KindOf(err) != domain.KindNetwork || p.records[0].Missed != 1 {
		t.Errorf("%v, %+v", err, p.records[0])
	}
	delete(w.broken, "list")
	w.strange(1, func(i *domain.Invoice) { i.Total = num("179.70") })
	w.broken["invoice"] = domain.E(domain.KindUnavailable, "invoice", nil)
	if _, err := p.engine.LookUpInvoices(t.Context()); domain.KindOf(err) != domain.KindUnavailable || p.records[0].Missed != 1 {
		t.Errorf("%v, %+v", err, p.records[0])
	}
}

func TestLookUpInvoices_endsWhereTheListGoesOnForEver(t *testing.T) {
	w, p := lost(t, lostBefore)
	w.unfiltered = true
	w.strange(250, func(i *domain.Invoice) { i.Date = i.Date.AddDate(-1, 0, 0) })
	w.pass(16 * time.Minute)
	if l := p.lookUp(t); l.Lost != 1 || l.Spent.Reads != 1 {
		t.Errorf("%+v", l)
	}
}

func TestLookUpInvoices_refusesAsARunDoes(t *testing.T) {
	for kind, spoil := range map[domain.Kind]func(*program){
		domain.KindNeedsSignIn: func(p *program) { p.w.broken["sign in"] = domain.E(domain.KindNeedsSignIn, "sign in", nil) },
		domain.KindQuota:       func(p *program) { p.w.broken["may"] = domain.E(domain.KindQuota, "may", nil) },
		domain.KindInvalid:     func(p *program) { p.settings.IntegrationOn = false },
		domain.KindState:       func(p *program) { p.handed = p.w.now }, // another machine makes them
	} {
		w, p := drafts(t, 1)
		p.records[0].UUID = "u1001"
		spoil(p)
		for name, call := range map[string]func() error{
			"look up": func() error { _, err := p.engine.LookUpInvoices(t.Context()); return err },
			"issue": func() error {
				_, err := p.engine.StartInvoices(t.Context(), Request{Wish: orders.WishDraft})
				return err
			},
			"formalise": func() error { _, err := p.engine.FormaliseInvoices(t.Context(), 1); return err },
			"take back": func() error { _, err := p.engine.TakeBackDrafts(t.Context(), 1); return err },
		} {
			if err := call(); domain.KindOf(err) != kind {
				t.Errorf("%s: %v, want %s", name, err, kind)
			}
		}
		p.records[0].State = invoicing.AttemptIssued
		if _, err := p.engine.DocumentOf(t.Context(), 1, DocumentPDF); domain.KindOf(err) != kind {
			t.Errorf("document: %v, want %s", err, kind)
		}
		if calls := w.told(); len(calls) > 0 || p.records[0].Formalise {
			t.Errorf("%v", calls)
		}
	}
}

func TestLinkInvoice_closesTheKey(t *testing.T) {
	w := newWorld()
	p := start(w, newFile(), &marks{})
	k := p.order()
	day := time.Date(2026, 5, 2, 0, 0, 0, 0, domain.Istanbul)
	for field, call := range map[string]func() error{
		"number": func() error { return p.engine.LinkInvoice(t.Context(), k, " ", day) },
		"date":   func() error { return p.engine.LinkInvoice(t.Context(), k, "ABC7", w.now.Add(time.Hour)) },
	} {
		if err := call(); domain.KindOf(err) != domain.KindInvalid || !strings.Contains(err.Error(), field) {
			t.Errorf("%s: %v", field, err)
		}
	}
	if err := p.engine.LinkInvoice(t.Context(), k, "ABC7", time.Time{}); domain.KindOf(err) != domain.KindInvalid {
		t.Errorf("no day: %v", err)
	}
	e, err := p.engine.ExamineOrder(t.Context(), k)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.engine.LinkInvoice(t.Context(), k, " ABC7 ", day); err != nil {
		t.Fatal(err)
	}
	want := p.engine.recordOf(&e, false)
	want.ID, want.Serial, want.State, want.Number, want.Linked, want.Draft.Date, want.IssuedAt = 1, 1, invoicing.AttemptIssued, "ABC7", true, day, w.now
	wantSame(t, "the record", p.records[0], want)
	if err := p.engine.LinkInvoice(t.Context(), k, "ABC8", day); domain.KindOf(err) != domain.KindState {
		t.Errorf("twice: %v", err)
	}
	if o := p.must(t, orders.WishDraft); o != (Outcome{}) || len(w.told()) > 0 {
		t.Errorf("%+v", o)
	}
}

func TestLinkInvoice_survivesTheEndOfTheProgram(t *testing.T) {
	w := newWorld()
	p := start(w, newFile(), &marks{})
	k := p.order()
	p.killAt = 2 // behind the intent
	if err := p.engine.LinkInvoice(t.Context(), k, "ABC7", w.now); err == nil {
		t.Fatal("it lives")
	}
	p = start(w, p.file, p.marks)
	if err := p.engine.keep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if r := p.records[0]; r.State != invoicing.AttemptIssued || r.Number != "ABC7" || r.IssuedAt.IsZero() || r.Cause != "" {
		t.Errorf("%+v", r)
	}
}

func TestFreeLost_leavesWhatStandsAlone(t *testing.T) {
	for _, s := range invoicing.AttemptStates() {
		w, p := drafts(t, 1)
		p.records[0].State, p.records[0].Kind = s, domain.InvoiceEInvoice
		if err := p.engine.FreeLost(t.Context(), 1); (err == nil) != (s == invoicing.AttemptLost) {
			t.Errorf("%s: %v", s, err)
		}
		p.records[0].State, p.records[0].Cancelled = s, true
		void := s == invoicing.AttemptIssued || s == invoicing.AttemptDocumented || s == invoicing.AttemptLost
		if err := p.engine.FreeLost(t.Context(), 1); (err == nil) != void || err != nil && domain.KindOf(err) != domain.KindState {
			t.Errorf("cancelled, %s: %v", s, err)
		}
		_ = w
	}
}

// A clock that was far ahead lets nobody wait until then.
func TestInvoices_waitForNoTimeOfAWrongClock(t *testing.T) {
	w, p := lost(t, lostBefore)
	p.records[0].MissedAt = w.now.AddDate(1, 0, 0)
	if l := p.lookUp(t); l.StillUnknown != 1 || !p.records[0].MissedAt.Equal(w.now) {
		t.Errorf("%+v, %+v", l, p.records[0])
	}
	w.pass(15 * time.Minute)
	if l := p.lookUp(t); l.Lost != 1 {
		t.Errorf("%+v", l)
	}
	w, p = drafts(t, 1)
	p.records[0].State, p.records[0].SentAt = invoicing.AttemptFormalising, w.now.AddDate(1, 0, 0)
	p.must(t, orders.WishNothing)
	if r := p.records[0]; r.State != invoicing.AttemptFormalising || !r.SentAt.Equal(w.now) {
		t.Errorf("%+v", r)
	}
	w.pass(15 * time.Minute)
	if p.must(t, orders.WishNothing); p.records[0].State != invoicing.AttemptChecked {
		t.Errorf("%v", p.states())
	}
}
