package app_test

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// traveller are sales of every sort: by their packages what keeps them here, "" for nothing.
func traveller() (sales []sale, held map[string]string) {
	person := sale{
		status: "Teslim Edildi", first: "Işıl Deniz", last: "Çağrı", address: "Örnek Mah. İnce Sk. No:1 D:2", city: "İstanbul", district: "Kadıköy",
	}
	company := person
	company.first, company.last = "", ""
	company.company, company.taxOffice, company.city, company.district = "ÖRNEK TİCARET LTD. ŞTİ.", "Çankaya", "Ankara", "Çankaya"
	held = map[string]string{}
	add := func(s sale, why string, items ...item) {
		s.pack = fmt.Sprintf("30000000%02d", len(sales)+1)
		s.items, held[s.pack] = items, why
		sales = append(sales, s)
	}
	add(person, "", item{0, 3, 5990, 0})
	add(person, "", item{0, 1, 9999, 0}, item{1, 2, 12_345, 1}, item{3, 7, 3333, 100}, item{2, 1, 20_000, 0})
	named := person
	named.taxNumber = "12345678950"
	add(named, "", item{4, 2, 217, 0})
	named = company
	named.taxNumber = "0012345672"
	add(named, "", item{5, 1, 34_900, 0})
	named.taxNumber = domain.CompleteVKN("454053693")
	add(named, "", item{6, 1, 45_000, 0})
	add(named, "", item{7, 1, 45_001, 0}) // asked for once
	named.taxNumber = domain.CompleteVKN("777777777")
	add(named, "registry_unknown", item{8, 1, 100, 0})
	add(company, "company_no_number", item{9, 1, 100, 0})
	masked := person
	masked.first = "I***"
	add(masked, "masked", item{10, 1, 100, 0})
	cancelled := person
	cancelled.status = "İptal Edildi"
	add(cancelled, "status", item{11, 1, 100, 0})
	homeless := person
	homeless.district = ""
	add(homeless, "address", item{12, 1, 100, 0})
	add(person, "vat_missing no_product", item{articles + 1, 1, 100, 0})
	return sales, held
}

// spends expects so many reads and writes of what do does, by the ledger and at the stand-in.
func (s *seller) spends(what string, want quota.Cost, do func()) {
	s.t.Helper()
	before, err := s.c.Usage(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	mark := s.server.Mark()
	do()
	after, err := s.c.Usage(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	calls := s.server.Since(mark)
	sent := quota.Cost{Reads: calls.Spent(sandbox.CostRead), Writes: calls.Spent(sandbox.CostWrite)}
	if counted := (quota.Cost{Reads: after.Reads - before.Reads, Writes: after.Writes - before.Writes}); sent != want || counted != want {
		s.t.Errorf("%s costs %+v, %+v are counted, want %+v", what, sent, counted, want)
	}
}

// record gives the one attempt of a package.
func (s *seller) record(pack string) invoicing.Record {
	s.t.Helper()
	records, err := s.c.RecordsOf(s.t.Context(), s.sales[pack].key())
	if err != nil || len(records) != 1 {
		s.t.Fatalf("%s: %d attempts, %v", pack, len(records), err)
	}
	return records[0]
}

// order gives the order of a package.
func (s *seller) order(pack string) orders.Kept {
	s.t.Helper()
	k, err := s.c.Order(s.t.Context(), s.sales[pack].key())
	if err != nil {
		s.t.Fatal(err)
	}
	return k
}

// Everything that an order goes through: read, judged, drafted, read back, formalised, its document fetched, and at last
// cancelled at its source, each step at its exact cost.
func TestInvoices_ofOrdersFromAFileToTheirTasks(t *testing.T) {
	ctx := t.Context()
	s := openSeller(t, func(o *sandbox.Options) {
		o.Registered, o.Unanswered = []string{"0012345672"}, []string{domain.CompleteVKN("777777777")}
	})
	sales, held := traveller()
	var ready []string
	s.spends("importing", quota.Cost{}, func() {
		done := s.imports(s.c, sales)
		want := map[orders.Stage]int{}
		for _, o := range sales {
			stage := orders.StageHeld
			if why := held[o.pack]; why == "" || why == "registry_unknown" {
				stage = orders.StageReady
			} else if why == "status" { // cancelled at its source
				stage = orders.StageNever
			}
			if want[stage]++; held[o.pack] == "" {
				ready = append(ready, o.pack)
			}
		}
		if done.New != len(sales) || done.Same+done.Changed+done.Frozen > 0 || !maps.Equal(done.Stages, want) {
			t.Errorf("%+v, want the stages %v", done, want)
		}
		if again := s.imports(s.c, sales); again.Same != len(sales) || again.New+again.Changed+again.Frozen > 0 {
			t.Errorf("the second time: %+v", again)
		}
	})
	s.drafts(ready, held)
	a, b := ready[1], ready[3] // an e-Arşiv that stays a draft, an e-Fatura that goes out
	s.formalises(b)
	s.fetches(b)
	s.ends(sales, a, b)

	// Nothing of all that is done a second time.
	mark := s.server.Mark()
	if done, err := issued(ctx, s.c, issuing.Request{Wish: orders.WishDraft}); err != nil || done.Drafted+done.Unknown+done.Adopted > 0 {
		t.Errorf("%+v, %v", done, err)
	}
	if calls := s.server.Since(mark); calls.Spent(sandbox.CostWrite) > 0 {
		t.Errorf("%d writes", calls.Spent(sandbox.CostWrite))
	}
}

// drafts makes drafts of all that is ready, at the cost that the plan says.
func (s *seller) drafts(ready []string, held map[string]string) {
	t, ctx := s.t, s.t.Context()
	t.Helper()
	plan, err := s.c.PlanInvoices(ctx, issuing.Request{Wish: orders.WishDraft})
	if err != nil {
		t.Fatal(err)
	}
	// The newest invoices, four numbers, one page of drafts; the number that is not answered makes no draft.
	if want := (quota.Cost{Reads: 1 + 4 + 1, Writes: len(ready) + 1}); plan.Cost != want || len(plan.Ask) != 4 || plan.Restored || !plan.First {
		t.Errorf("the plan is %+v, asks %v, costs %+v", plan.Restored, plan.Ask, plan.Cost)
	}
	// The unanswered one is asked for again as often as a busy server is.
	tries := 0
	s.spends("examining", quota.Cost{}, func() {
		for pack, why := range held {
			e, err := s.c.ExamineOrder(ctx, s.sales[pack].key())
			if err != nil {
				t.Fatal(err)
			}
			if registry := "registry_unknown"; why == "" && s.sales[pack].taxNumber != "" {
				why = registry
			}
			var want []string
			if why != "" {
				want = strings.Fields(why)
			}
			if !slices.Equal(e.Verdict.Reasons, want) {
				t.Errorf("%s is held by %v, want %v", pack, e.Verdict.Reasons, want)
			}
		}
	})
	mark := s.server.Mark()
	done, err := issued(ctx, s.c, issuing.Request{Wish: orders.WishDraft})
	if err != nil {
		t.Fatal(err)
	}
	calls := s.server.Since(mark)
	tries = calls.Count(sandbox.RouteTaxpayer) - 3
	want := issuing.Outcome{Drafted: len(ready), Held: 1, Spent: quota.Cost{Reads: 2 + 3 + tries, Writes: len(ready)}}
	if done != want || calls.Spent(sandbox.CostRead) != want.Spent.Reads || calls.Spent(sandbox.CostWrite) != want.Spent.Writes || tries < 1 {
		t.Errorf("%+v, want %+v, %d tries", done, want, tries)
	}
	standing := s.standing()
	if len(standing) != len(ready) {
		t.Errorf("%d invoices, want %d", len(standing), len(ready))
	}
	for _, pack := range ready {
		if len(standing[pack]) != 1 {
			t.Fatalf("%s has %d invoices", pack, len(standing[pack]))
		}
		v, r := standing[pack][0], s.record(pack)
		kind := sandbox.KindEArchive
		if s.sales[pack].taxNumber == "0012345672" {
			kind = sandbox.KindEInvoice
		}
		s.compareInvoice(&v, kind)
		if v.Status != sandbox.StatusDraft || v.Formalised != 0 {
			t.Errorf("%s: status %d, formalised %d times", pack, v.Status, v.Formalised)
		}
		if r.State != invoicing.AttemptChecked || string(r.Remote) != fmt.Sprint(v.ID) || r.UUID != v.UUID || r.Number != v.Number ||
			!r.Read.Decimal.Equal(v.Total) || string(r.Token) != s.sales[pack].token() || r.Formalise {
			t.Errorf("%s: kept as %+v", pack, r)
		}
		if k := s.order(pack); k.Verdict.Stage != orders.StageInvoiced || k.Verdict.Invoice != v.Number || k.Verdict.Queued != orders.WishNothing {
			t.Errorf("%s: %+v", pack, k.Verdict)
		}
	}
}

// formalises sends one draft, and nothing else.
func (s *seller) formalises(pack string) {
	t, ctx := s.t, s.t.Context()
	t.Helper()
	id := s.standing()[pack][0].ID
	// The draft as it stands now; the sending; then its state, which an even document has at the second question.
	want := quota.Cost{Reads: 2 + int(1-id%2), Writes: 1}
	s.spends("formalising", want, func() {
		w, err := s.c.FormaliseInvoices(ctx, s.record(pack).ID)
		if err != nil {
			t.Fatal(err)
		}
		<-w.Done()
		if done, err := w.Outcome(); err != nil || done != (issuing.Outcome{Issued: 1, Spent: want}) {
			t.Errorf("%+v, %v", done, err)
		}
	})
	for _, v := range s.server.Invoices() {
		sent := 0
		if v.ID == id {
			sent = 1
		}
		if v.Formalised != sent || (v.Status == sandbox.StatusDone) != (sent == 1) {
			t.Errorf("%d was formalised %d times and is %d", v.ID, v.Formalised, v.Status)
		}
	}
	if r := s.record(pack); r.State != invoicing.AttemptIssued || r.IssuedAt.IsZero() || r.SentAt.IsZero() {
		t.Errorf("%+v", r)
	}
}

// fetches opens a document twice: İşbaşı is asked for it once.
func (s *seller) fetches(pack string) {
	t, ctx := s.t, s.t.Context()
	t.Helper()
	var first domain.Document
	for n, cost := range []quota.Cost{{Reads: 1}, {}} {
		s.spends("a document", cost, func() {
			d, err := s.c.DocumentOf(ctx, s.record(pack).ID, issuing.DocumentPDF)
			if err != nil || !bytes.HasPrefix(d.Content, []byte("%PDF-")) || d.Type != "application/pdf" && n == 1 {
				t.Fatalf("%s, %q: %v", d.Name, d.Type, err)
			}
			if n == 1 && !bytes.Equal(d.Content, first.Content) {
				t.Error("the one that is kept is another one")
			}
			first = d
		})
	}
	r := s.record(pack)
	if kept, err := s.c.HasDocument(ctx, r, issuing.DocumentPDF); err != nil || !kept || r.State != invoicing.AttemptDocumented {
		t.Errorf("kept: %v, %s, %v", kept, r.State, err)
	}
	if kept, err := s.c.HasDocument(ctx, r, issuing.DocumentUBL); err != nil || kept {
		t.Errorf("a UBL that nobody asked for: %v, %v", kept, err)
	}
}

// ends imports a newer file in which the order of a draft is cancelled and that of an issued invoice returned: each is a
// task, and that of the draft ends with the draft.
func (s *seller) ends(sales []sale, draft, issued string) {
	t, ctx := s.t, s.t.Context()
	t.Helper()
	newer := slices.Clone(sales)
	for n := range newer {
		switch newer[n].pack {
		case draft:
			newer[n].status = "İptal Edildi"
		case issued:
			newer[n].status = "İade Edildi"
		}
	}
	s.spends("a newer file", quota.Cost{}, func() {
		if done := s.imports(s.c, newer); done.Changed != 2 || done.Same != len(sales)-2 || done.Stages[orders.StageTask] != 2 {
			t.Errorf("%+v", done)
		}
	})
	tasks, err := s.c.Tasks(ctx, false)
	if err != nil || len(tasks) != 2 {
		t.Fatal(len(tasks), err)
	}
	cures := map[string]string{}
	for _, task := range tasks {
		cures[task.Record.Key.Package] = fmt.Sprint(task.What, " ", task.CureOf(true, domain.Day(time.Now())))
	}
	if want := map[string]string{draft: "cancelled delete-draft", issued: "returned buyers-return"}; !maps.Equal(cures, want) {
		t.Errorf("%v, want %v", cures, want)
	}
	s.spends("deleting a draft", quota.Cost{Writes: 1}, func() {
		if n, err := s.c.TakeBackDrafts(ctx, s.record(draft).ID); n != 1 || err != nil {
			t.Error(n, err)
		}
	})
	if n := len(s.standing()[draft]); n != 0 {
		t.Errorf("%d invoices of a cancelled order", n)
	}
	if tasks, err = s.c.Tasks(ctx, false); err != nil || len(tasks) != 1 || tasks[0].Record.Key.Package != issued {
		t.Errorf("%+v, %v", tasks, err)
	}
	if k := s.order(draft); k.Verdict.Stage != orders.StageNever || !slices.Equal(k.Holding(), []string{"status"}) || k.Verdict.Invoice != "" {
		t.Errorf("%+v", k.Verdict)
	}
	if r := s.record(draft); r.State != invoicing.AttemptDeleted {
		t.Errorf("the draft is %s", r.State)
	}
	if k := s.order(issued); k.Verdict.Stage != orders.StageTask {
		t.Errorf("%+v", k.Verdict)
	}
	if _, err := s.c.TakeBackDrafts(ctx, s.record(issued).ID); domain.KindOf(err) != domain.KindState {
		t.Errorf("an issued invoice was taken back: %v", err)
	}
	if _, err := s.c.CloseTask(ctx, tasks[0].ID, "İADE-1", time.Now(), "alıcının faturası"); err != nil {
		t.Error(err)
	}
	if k := s.order(issued); k.Verdict.Stage != orders.StageInvoiced {
		t.Errorf("%+v", k.Verdict)
	}
}
