package issuing

import (
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

// two gives two machines of one firm.
func two() (w *world, here, there *program) {
	w = newWorld()
	return w, start(w, newFile(), &marks{}), start(w, newFile(), &marks{})
}

// must lets the engine work and fails where it does not.
func (p *program) must(t *testing.T, wish orders.Wish, keys ...orders.Key) Outcome {
	t.Helper()
	o, err := p.issue(t, wish, keys...)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// adopted fails where an order was not found at İşbaşı, as a draft that nobody sends by itself.
func adopted(t *testing.T, p *program, o Outcome, k orders.Key) {
	t.Helper()
	r, _ := p.RecordsOf(t.Context(), k)
	if got := p.w.of(tenant, k); o.Adopted != 1 || o.Drafted != 0 || len(got) != 1 || len(r) != 1 || r[0].Remote != got[0].ID || r[0].Formalise {
		t.Errorf("%+v, %d invoices, %+v", o, len(got), r)
	}
}

func TestCheck_findsWhatAnotherMachineHasIssued(t *testing.T) {
	w, here, there := two()
	k := here.order()
	there.order()
	there.must(t, orders.WishFormalise)
	w.pass(time.Hour)
	o := here.must(t, orders.WishFormalise)
	adopted(t, here, o, k)
	r, theirs := here.records[0], there.records[0]
	if r.State != invoicing.AttemptIssued || r.Number != theirs.Number || !r.Draft.Date.Equal(theirs.Draft.Date) || w.of(tenant, k)[0].sends != 1 {
		t.Errorf("%+v", r)
	}
}

func TestCheck_readsOnWhereAReadingWasCutOff(t *testing.T) {
	w, here, there := two()
	k := here.order()
	there.order()
	there.must(t, orders.WishDraft)
	w.strange(250)
	lists := 0
	w.on = func(call string) {
		if call == "list" {
			if lists++; lists == 2 {
				w.broken["list"] = domain.E(domain.KindNetwork, "list", nil)
			}
		}
	}
	if _, err := here.issue(t, orders.WishDraft); domain.KindOf(err) != domain.KindNetwork {
		t.Fatalf("%v", err)
	}
	w.on = nil
	delete(w.broken, "list")
	adopted(t, here, here.must(t, orders.WishDraft), k)
}

func TestCheck_readsFromAnOlderDayOnWhereAnOlderOrderComes(t *testing.T) {
	w, here, there := two()
	w.now = w.now.AddDate(0, 0, -10)
	older := func(k *orders.Kept) { k.OrderedAt = k.OrderedAt.AddDate(0, 0, -11) }
	k := there.order(older)
	there.must(t, orders.WishDraft)
	w.now = w.now.AddDate(0, 0, 10)
	here.file.kept = append(here.file.kept, orders.Kept{})
	here.kept[0].Verdict.Stage, here.kept[0].Said.Never = orders.StageNever, true
	here.order()
	here.must(t, orders.WishDraft)
	here.kept[0] = there.kept[0]
	here.kept[0].Verdict = orders.Verdict{}
	adopted(t, here, here.must(t, orders.WishDraft), k)
}

func TestCheck_missesNothingBehindARefusedDate(t *testing.T) {
	w, here, there := two()
	here.order()
	here.must(t, orders.WishDraft)
	w.pass(time.Hour)
	k := there.order(func(k *orders.Kept) { k.Package = "X" })
	there.must(t, orders.WishDraft)
	here.order(func(k *orders.Kept) { k.Package = "Y" })
	w.on = func(call string) {
		if strings.HasPrefix(call, "draft") {
			w.on = nil
			w.pass(time.Minute)
			w.strange(150)
		}
	}
	if o := here.must(t, orders.WishDraft); o.Rejected != 1 {
		t.Fatalf("%+v", o)
	}
	here.order(func(k *orders.Kept) { k.Package = "X" })
	adopted(t, here, here.must(t, orders.WishDraft, k), k)
}

func TestCheck_readsEverythingWhereTheListIsInAnotherOrder(t *testing.T) {
	w, here, there := two()
	here.order()
	here.must(t, orders.WishDraft)
	w.unordered = true
	w.strange(150)
	k := there.order(func(k *orders.Kept) { k.Package = "X" })
	there.must(t, orders.WishDraft)
	here.order(func(k *orders.Kept) { k.Package = "X" })
	adopted(t, here, here.must(t, orders.WishDraft), k)
}

func TestCheck_readsNoPageTwice(t *testing.T) {
	w, here, _ := two()
	w.strange(350)
	here.order()
	here.must(t, orders.WishDraft)
	if got := strings.Join(w.told(), ", "); got != "list, list, list, list, draft Termos, list" {
		t.Errorf("the first time: %s", got)
	}
	here.order()
	here.must(t, orders.WishDraft)
	if got := strings.Join(w.told(), ", "); got != "list, draft Termos, list" {
		t.Errorf("then: %s", got)
	}
}

func TestCheck_findsWhatWasCorrectedElsewhere(t *testing.T) {
	w, here, there := two()
	k := here.order()
	there.order(func(k *orders.Kept) { k.Said.Discount = num("10") })
	there.must(t, orders.WishDraft)
	w.change("1001", func(inv *remoteInvoice) { inv.Firm.Name = "DENİZ ÖRNEK" })
	adopted(t, here, here.must(t, orders.WishDraft), k)
}

func TestCheck_readsWhatHasNoTotal(t *testing.T) {
	w, here, there := two()
	k := here.order()
	there.order()
	there.must(t, orders.WishDraft)
	w.change("1001", func(inv *remoteInvoice) { inv.Total.Valid, inv.Firm.Name = false, "" })
	adopted(t, here, here.must(t, orders.WishDraft), k)
}

func TestCheck_looksBackToTheDayAPersonHasChosen(t *testing.T) {
	w, here, there := two()
	early := func(k *orders.Kept) { k.Said.InvoiceDate = time.Date(2026, 4, 20, 0, 0, 0, 0, domain.Istanbul) }
	k := here.order(early)
	there.order(early)
	there.must(t, orders.WishDraft)
	if got := w.invoices["1001"].Date; domain.Day(got).Day() != 20 {
		t.Fatal(got)
	}
	adopted(t, here, here.must(t, orders.WishDraft), k)
}

func TestCheck_trustsNoOrderOfTomorrow(t *testing.T) {
	_, here, there := two()
	wrong := func(k *orders.Kept) { k.OrderedAt = k.AddedAt.AddDate(0, 6, 0) }
	k := here.order(wrong)
	there.order(wrong)
	there.must(t, orders.WishDraft)
	adopted(t, here, here.must(t, orders.WishDraft), k)
}

func TestCheck_issuesNothingAgainThatWasCancelledThere(t *testing.T) {
	w, here, there := two()
	k := here.order()
	there.order()
	there.must(t, orders.WishFormalise)
	w.change("1001", func(inv *remoteInvoice) { inv.Cancelled = true })
	adopted(t, here, here.must(t, orders.WishFormalise), k)
	if r := here.records[0]; r.State != invoicing.AttemptIssued || !r.Cancelled {
		t.Fatalf("%+v", r)
	}
	if o := here.must(t, orders.WishFormalise); o != (Outcome{}) || len(w.invoices) != 1 {
		t.Errorf("again: %+v", o)
	}
	// A person says that it is void.
	if err := here.engine.FreeLost(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	if o := here.must(t, orders.WishDraft); o.Drafted != 1 || len(w.of(tenant, k)) != 2 {
		t.Errorf("freed: %+v", o)
	}
}

func TestCheck_seesWhatWasCancelledSince(t *testing.T) {
	w, here, _ := two()
	here.order()
	here.must(t, orders.WishFormalise)
	before := here.records[0]
	w.change("1001", func(inv *remoteInvoice) { inv.Cancelled, inv.StatusText = true, "İptal" })
	here.order()
	w.pass(time.Minute)
	here.must(t, orders.WishDraft)
	want := before
	want.Cancelled, want.StatusText, want.AskedAt = true, "İptal", w.now
	wantSame(t, "the record", here.records[0], want)
	if k := here.kept[0].Key(); len(w.of(tenant, k)) != 1 {
		t.Error("it was issued again")
	}
}

func TestCheck_saysThatABuyerHasRejected(t *testing.T) {
	w, here, _ := two()
	here.settings.Scenario = domain.ScenarioCommercial
	here.order(numbered("4540536920"), func(k *orders.Kept) { k.Buyer.Type, k.Buyer.Name = orders.BuyerCompany, "Örnek Ltd" })
	w.registered["4540536920"] = true
	here.must(t, orders.WishFormalise)
	w.change("1001", func(inv *remoteInvoice) { inv.RejectNote = "Fiyat yanlış" })
	if err := here.engine.FreeLost(t.Context(), 1); domain.KindOf(err) != domain.KindState {
		t.Errorf("free before anybody knows: %v", err)
	}
	here.order()
	here.must(t, orders.WishDraft)
	r := here.records[0]
	if r.State != invoicing.AttemptIssued || r.Cause != domain.KindRejected || r.Detail != "Fiyat yanlış" {
		t.Fatalf("%+v", r)
	}
	if err := here.engine.FreeLost(t.Context(), 1); err != nil {
		t.Error(err)
	}
}

func TestCheck_issuesWhatWasDeletedThereSince(t *testing.T) {
	w, here, there := two()
	first, second := here.order(), here.order()
	there.order()
	there.order()
	there.must(t, orders.WishDraft, second)
	here.must(t, orders.WishDraft, first) // and reads the token of the second one's
	if n, err := there.engine.TakeBackDrafts(t.Context(), 1); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	if o := here.must(t, orders.WishDraft, second); o.Drafted != 1 || o.Adopted != 0 || len(w.of(tenant, second)) != 1 {
		t.Errorf("%+v", o)
	}
}

func TestCheck_waitsAfterAFileWasRestored(t *testing.T) {
	w := newWorld()
	f, m := newFile(), &marks{}
	k := f.order()
	backup := f.copy()
	start(w, f, m).must(t, orders.WishFormalise)
	w.pass(time.Minute)
	p := start(w, backup, m)
	if _, err := p.issue(t, orders.WishFormalise); domain.KindOf(err) != domain.KindUnavailable {
		t.Fatalf("%v", err)
	}
	w.pass(15 * time.Minute)
	o := p.must(t, orders.WishFormalise)
	if got := w.of(tenant, k); len(got) != 1 || got[0].sends != 1 || len(p.records) != 1 || p.records[0].State != invoicing.AttemptIssued {
		t.Errorf("%+v, %+v", o, p.records)
	}
	if behind, err := p.engine.restored(t.Context()); behind || err != nil {
		t.Errorf("still restored: %v", err)
	}
}

func TestCheck_waitsForNoMarkOfAWrongClock(t *testing.T) {
	w := newWorld()
	m := &marks{n: 9, at: w.now.AddDate(4, 0, 0)}
	p := start(w, newFile(), m)
	p.order()
	if _, err := p.issue(t, orders.WishDraft); domain.KindOf(err) != domain.KindUnavailable {
		t.Fatalf("%v", err)
	}
	w.pass(15 * time.Minute)
	if o := p.must(t, orders.WishDraft); o.Drafted != 1 || p.records[0].Serial != 10 {
		t.Errorf("%+v", o)
	}
}

func TestCheck_endsBehindThePageThatIsStopped(t *testing.T) {
	w, here, _ := two()
	w.strange(250)
	here.order()
	w.at("list", func() { here.engine.Working().Stop() })
	if _, err := here.issue(t, orders.WishDraft); domain.KindOf(err) != domain.KindCancelled {
		t.Errorf("%v", err)
	}
	if calls := w.told(); len(calls) != 1 || len(here.seen) != 100 || here.engine.swept.is {
		t.Errorf("%v, %d seen", calls, len(here.seen))
	}
}

func TestCheck_readsDownToWhatIsOnItsWay(t *testing.T) {
	w, here, _ := two()
	w.finish = false
	here.order()
	here.must(t, orders.WishFormalise)
	w.strange(250)
	here.order()
	here.must(t, orders.WishNothing)
	w.told()
	w.change("1001", func(inv *remoteInvoice) { inv.Status = domain.EStatusDone })
	here.must(t, orders.WishNothing)
	if calls := strings.Join(w.told(), ", "); calls != "list, list, list" || here.records[0].State != invoicing.AttemptIssued {
		t.Errorf("%s, %v", calls, here.states())
	}
}

func TestLookFrom_isTheDayBeforeTheFirst(t *testing.T) {
	at := func(intent, date string) invoicing.Record {
		return invoicing.Record{IntentAt: day(intent).Add(time.Hour), Draft: domain.InvoiceDraft{Date: day(date).Add(time.Hour)}}
	}
	for want, list := range map[string][]invoicing.Record{
		"2026-05-01": {at("2026-05-02", "2026-05-03"), at("2026-05-04", "2026-05-04")},
		"2026-05-02": {at("2026-05-04", "2026-05-04"), at("2026-05-05", "2026-05-03")},
	} {
		if got := lookFrom(list); !got.Equal(day(want)) {
			t.Errorf("%v, want %s", got, want)
		}
	}
	if got := firstDay([]invoicing.Record{at("2026-05-04", "2026-05-04"), at("2026-05-01", "2026-05-03"), at("2026-05-01", "2026-05-05")}); !got.Equal(day("2026-05-03")) {
		t.Error(got)
	}
	if got := oldest([]invoicing.Record{{Remote: "12"}, {}, {Remote: "7"}, {Remote: "9"}}); got != 7 {
		t.Error(got)
	}
	if number("0x12") != 0 || number("12") != 12 {
		t.Error("an id is a decimal number or none")
	}
}

// The serial of an attempt must not hide that the file was restored.
func TestInvoices_beginNothingInAFileThatWasRestoredJustNow(t *testing.T) {
	for name, call := range map[string]func(p *program) error{
		"link": func(p *program) error {
			return p.engine.LinkInvoice(t.Context(), p.kept[1].Key(), "A", p.time())
		},
		"formalise": func(p *program) error { _, err := p.engine.FormaliseInvoices(t.Context(), 1); return err },
	} {
		w, p := drafts(t, 1)
		p.order()
		p.records[0].Formalise = true
		p.marks.n, p.marks.at = p.serial+1, w.now
		if err := call(p); domain.KindOf(err) != domain.KindUnavailable || len(p.records) != 1 {
			t.Errorf("%s: %v", name, err)
		}
		w.pass(15 * time.Minute)
		if err := call(p); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if p.engine.Close(); name == "link" && (p.records[0].Formalise || p.records[1].Serial != 3) {
			t.Errorf("%+v", p.records)
		}
	}
}
