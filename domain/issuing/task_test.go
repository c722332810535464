package issuing

import (
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

func issued(t *testing.T) (*world, *program) {
	t.Helper()
	w := newWorld()
	p := start(w, newFile(), &marks{})
	p.order()
	p.must(t, orders.WishFormalise)
	w.told()
	return w, p
}

// wantInvalid fails where an input is not refused by its field.
func wantInvalid(t *testing.T, err error, field, detail string) {
	t.Helper()
	if domain.KindOf(err) != domain.KindInvalid || !strings.Contains(err.Error(), "("+field+"): "+detail) {
		t.Errorf("%v, want %s: %s", err, field, detail)
	}
}

func TestReturnInvoice_addsUp(t *testing.T) {
	w, p := issued(t)
	of := func(q string) []decimal.Decimal { return []decimal.Decimal{dec(q)} }
	given := of("1")
	got, err := p.engine.ReturnInvoice(t.Context(), 1, " R1 ", given)
	if err != nil {
		t.Fatal(err)
	}
	given[0] = dec("9")
	want := invoicing.Task{ID: 1, Record: p.records[0], Return: "R1", What: invoicing.TaskReturned, Lines: of("1"), OpenedAt: w.now}
	sums := func(total, base, vat string) invoicing.Sums {
		return invoicing.Sums{
			Rates: []invoicing.RateAmounts{{Rate: dec("20"), Gross: dec(total), Base: dec(base), VAT: dec(vat)}}, Total: dec(total), Base: dec(base), VAT: dec(vat),
		}
	}
	want.Amounts = invoicing.Returned{Nets: of("59.90"), Sums: sums("59.90", "49.92", "9.98")}
	wantSame(t, "the task", got, want)
	wantSame(t, "as it is kept", p.tasks[0], want)
	other, err := p.engine.ReturnInvoice(t.Context(), 1, "R1", of("1"))
	wantInvalid(t, err, "number", "taken")
	wantSame(t, "that has the number", other, want)
	p.tasks[0].ClosedAt = w.now // what is done with counts too
	_, err = p.engine.ReturnInvoice(t.Context(), 1, "R2", of("2.001"))
	wantInvalid(t, err, "quantity", "more-than-sold")
	got, err = p.engine.ReturnInvoice(t.Context(), 1, "R2", of("2"))
	if err != nil {
		t.Fatal(err)
	}
	wantSame(t, "the rest", got.Amounts, invoicing.Returned{Nets: of("119.80"), Sums: sums("119.80", "99.83", "19.97")})
	if len(w.told()) > 0 {
		t.Error("it asks İşbaşı")
	}
}

func TestReturnInvoice_refuses(t *testing.T) {
	_, p := issued(t)
	call := func(id int64, number string, q ...string) error {
		quantities := make([]decimal.Decimal, len(q))
		for n := range q {
			quantities[n] = dec(q[n])
		}
		_, err := p.engine.ReturnInvoice(t.Context(), id, number, quantities)
		return err
	}
	wantInvalid(t, call(1, " ", "1"), "number", "required")
	wantInvalid(t, call(1, "R", "1", "1"), "quantity", "lines")
	wantInvalid(t, call(1, "R", "0"), "quantity", "required")
	wantInvalid(t, call(1, "R", "-1"), "quantity", "required")
	p.tasks = []invoicing.Task{{ID: 1, Record: p.records[0], What: invoicing.TaskCancelled}, {ID: 2, Record: invoicing.Record{ID: 7}, Return: "R"}}
	wantInvalid(t, call(1, "R", "1"), "quantity", "more-than-sold") // all of it is to be cancelled
	p.tasks = nil
	p.records[0].State = invoicing.AttemptChecked
	if err := call(1, "R", "1"); domain.KindOf(err) != domain.KindState {
		t.Errorf("a draft: %v", err)
	}
}

func TestCloseTask_needsADocument(t *testing.T) {
	w, p := issued(t)
	p.tasks = []invoicing.Task{{ID: 1, Record: p.records[0], What: invoicing.TaskCancelled, OpenedAt: w.now}}
	on := day("2026-05-04")
	for _, c := range []struct {
		document string
		on       time.Time
		field    string
	}{{" ", on, "document"}, {"GP1", time.Time{}, "date"}, {"GP1", w.now.Add(time.Second), "date"}} {
		_, err := p.engine.CloseTask(t.Context(), 1, c.document, c.on, "")
		wantInvalid(t, err, c.field, "")
	}
	w.pass(time.Hour)
	got, err := p.engine.CloseTask(t.Context(), 1, " GP1 ", on, "elden")
	if err != nil {
		t.Fatal(err)
	}
	want := invoicing.Task{
		ID: 1, Record: p.records[0], What: invoicing.TaskCancelled, Document: "GP1", DocumentOn: on, Note: "elden", OpenedAt: w.now.Add(-time.Hour), ClosedAt: w.now,
	}
	wantSame(t, "the task", got, want)
	wantSame(t, "as it is kept", p.tasks[0], want)
}

func TestDocumentOf_fetchesOnce(t *testing.T) {
	w, p := issued(t)
	for _, c := range []struct {
		kind    DocumentKind
		content string
		state   invoicing.AttemptState
	}{{DocumentUBL, "<Invoice/>", invoicing.AttemptIssued}, {DocumentPDF, "%PDF-1.4", invoicing.AttemptDocumented}} {
		if has, err := p.engine.HasDocument(t.Context(), p.records[0], c.kind); has || err != nil {
			t.Errorf("before: %v, %v", has, err)
		}
		want := domain.Document{Name: "ABC1001", Content: []byte(c.content)}
		for n := range 2 {
			d, err := p.engine.DocumentOf(t.Context(), 1, c.kind)
			if err != nil {
				t.Fatal(err)
			}
			wantSame(t, "the document", d, want)
			if calls := strings.Join(w.told(), ", "); n == 0 && calls != "document u1001 "+c.content || n == 1 && calls != "" {
				t.Errorf("%d: %s", n, calls)
			}
		}
		if p.records[0].State != c.state {
			t.Errorf("%s: %v", c.kind, p.states())
		}
		if has, err := p.engine.HasDocument(t.Context(), p.records[0], c.kind); !has || err != nil {
			t.Errorf("behind: %v, %v", has, err)
		}
	}
}

func TestDocumentOf_refusesWhatIsNotReady(t *testing.T) {
	w, p := issued(t)
	w.broken["document"] = domain.E(domain.KindState, "document", nil) // HTML in its place
	if _, err := p.engine.DocumentOf(t.Context(), 1, DocumentPDF); domain.KindOf(err) != domain.KindState || p.records[0].State != invoicing.AttemptIssued {
		t.Errorf("%v", err)
	}
	if has, _ := p.engine.HasDocument(t.Context(), p.records[0], DocumentPDF); has {
		t.Error("it was kept")
	}
	w.told()
	p.records[0].UUID = ""
	if _, err := p.engine.DocumentOf(t.Context(), 1, DocumentPDF); domain.KindOf(err) != domain.KindState || len(w.told()) > 0 {
		t.Errorf("of the screen: %v", err)
	}
	p.records[0].UUID, p.records[0].State = "u1001", invoicing.AttemptChecked
	if _, err := p.engine.DocumentOf(t.Context(), 1, DocumentPDF); domain.KindOf(err) != domain.KindState || len(w.told()) > 0 {
		t.Errorf("a draft: %v", err)
	}
}

func TestDocumentOf_overwritesNothingThatHasHappenedMeanwhile(t *testing.T) {
	w, p := issued(t)
	p.records[0].Cancelled = true
	w.at("document", func() {
		if err := p.engine.FreeLost(t.Context(), 1); err != nil {
			t.Error(err)
		}
	})
	if d, err := p.engine.DocumentOf(t.Context(), 1, DocumentPDF); err != nil || len(d.Content) == 0 || p.records[0].State != invoicing.AttemptDeleted {
		t.Errorf("%v, %v", err, p.states())
	}
}

func TestCorrectOrder_storesWhatPeopleSay(t *testing.T) {
	p := lone()
	k := p.order(func(k *orders.Kept) { k.Buyer.Address = "" })
	said := orders.Said{Buyer: orders.Buyer{Address: "Deneme Sk. 9"}, Discount: num("9.70")}
	e, err := p.engine.CorrectOrder(t.Context(), k, said)
	if err != nil {
		t.Fatal(err)
	}
	wantSame(t, "said", p.kept[0].Said, said)
	wantSame(t, "the verdict as it is kept", p.kept[0].Verdict, e.Verdict)
	if e.Verdict.Stage != orders.StageReady || !e.Verdict.Total.Equal(dec("170")) || e.Case.Buyer.Address != "Deneme Sk. 9" {
		t.Errorf("%+v", e)
	}
	for _, s := range invoicing.AttemptStates() {
		p.records = []invoicing.Record{{ID: 1, Attempt: invoicing.Attempt{Key: e.Case.Key, State: s}}}
		_, err := p.engine.CorrectOrder(t.Context(), k, orders.Said{})
		if free := s == invoicing.AttemptRejected || s == invoicing.AttemptLost || s == invoicing.AttemptDeleted; free != (err == nil) || err != nil && domain.KindOf(err) != domain.KindState {
			t.Errorf("%s: %v", s, err)
		}
	}
	if _, err := p.engine.CorrectOrder(t.Context(), orders.Key{}, said); domain.KindOf(err) != domain.KindNotFound {
		t.Errorf("none: %v", err)
	}
}

func TestBindLine_saysWhatALineIsOf(t *testing.T) {
	p := lone()
	unknown := func(k *orders.Kept) { k.Products[0] = orders.LineProduct{} }
	k := p.order(unknown, func(k *orders.Kept) {
		k.Said = orders.Said{Held: true, Lines: map[int]orders.SaidLine{0: {Name: "Matara", Without: true}, 3: {Name: "x"}}}
	})
	p.order(unknown)
	before := p.kept[0].Said.Lines
	if _, err := p.engine.BindLine(t.Context(), k, 0, 7, true); err != nil {
		t.Fatal(err)
	}
	wantSame(t, "said", p.kept[0].Said, orders.Said{Held: true, Lines: map[int]orders.SaidLine{0: {Name: "Matara", Product: 7}, 3: {Name: "x"}}})
	wantSame(t, "remembered", p.pairs, []orders.Pair{{Marketplace: "trendyol", Key: "code:K1", Product: 7}})
	if before[0].Product != 0 {
		t.Error("what was said before is changed in its place")
	}
	if v := p.kept[1].Verdict; v.At.IsZero() {
		t.Error("the other order is not judged anew")
	}
	if _, err := p.engine.BindLine(t.Context(), k, 0, 8, false); err != nil || len(p.pairs) != 1 || p.kept[0].Said.Lines[0].Product != 8 {
		t.Errorf("%v, %+v", err, p.pairs)
	}
	for _, line := range []int{-1, 1} {
		_, err := p.engine.BindLine(t.Context(), k, line, 7, true)
		wantInvalid(t, err, "line", "no-such-line")
	}
	p.records = []invoicing.Record{{ID: 1, Attempt: invoicing.Attempt{Key: keyed(&p.kept[0]), State: invoicing.AttemptUnknown}}}
	if _, err := p.engine.BindLine(t.Context(), k, 0, 9, true); domain.KindOf(err) != domain.KindState || len(p.pairs) != 1 {
		t.Errorf("%v", err)
	}
}

func TestBindLine_remembersNothingOfANamelessLine(t *testing.T) {
	p := lone()
	k := p.order(func(k *orders.Kept) { k.Lines[0].Code, k.Lines[0].Name = "", "" })
	if _, err := p.engine.BindLine(t.Context(), k, 0, 7, true); err != nil || len(p.pairs) != 0 {
		t.Errorf("%v, %+v", err, p.pairs)
	}
}
