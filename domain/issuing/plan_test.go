package issuing

import (
	"slices"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

func (p *program) plan(t *testing.T, wish orders.Wish, keys ...orders.Key) Plan {
	t.Helper()
	plan, err := p.engine.PlanInvoices(t.Context(), Request{Keys: keys, Wish: wish})
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

func ids(list []Examined) (of []int64) {
	for _, e := range list {
		of = append(of, e.Kept.ID)
	}
	return of
}

func TestPlanInvoices_ordersByAge(t *testing.T) {
	p := lone()
	ordered := func(s string) func(*orders.Kept) { return func(k *orders.Kept) { k.OrderedAt = day(s) } }
	p.order(ordered("2026-05-02"))
	p.order(ordered("2026-05-01"))
	p.order(ordered("2026-05-01"))
	p.order(func(k *orders.Kept) { k.Buyer.Address = "" })
	p.order(func(k *orders.Kept) { k.Said.Never = true })
	plan := p.plan(t, orders.WishDraft)
	if !slices.Equal(ids(plan.Ready), []int64{2, 3, 1}) || !slices.Equal(ids(plan.Held), []int64{4}) || plan.Formalise || plan.Restored || !plan.First {
		t.Errorf("%v, %v, %+v", ids(plan.Ready), ids(plan.Held), plan)
	}
	if calls := p.w.told(); len(calls) > 0 {
		t.Errorf("%v", calls)
	}
}

func TestPlanInvoices_takesTheNamedOnly(t *testing.T) {
	p := lone()
	p.order()
	k := p.order()
	if plan := p.plan(t, orders.WishFormalise, k); !slices.Equal(ids(plan.Ready), []int64{2}) || !plan.Formalise {
		t.Errorf("%+v", plan)
	}
}

func TestPlanInvoices_costs(t *testing.T) {
	p := lone()
	company := func(n string) func(*orders.Kept) {
		return func(k *orders.Kept) {
			k.Buyer.TaxNumber, k.Buyer.Name, k.Buyer.First, k.Buyer.Last = n, "Örnek Ltd", "Ada", "Su"
		}
	}
	if c := p.plan(t, orders.WishFormalise).Cost; c != (quota.Cost{}) {
		t.Errorf("nothing costs %+v", c)
	}
	p.order(company("4540536920"))
	p.order(company("4540536920"))
	p.order(company("10000000146"))
	p.taxed["10000000146"] = taxed{true, p.w.now}
	plan := p.plan(t, orders.WishDraft)
	if !slices.Equal(plan.Ask, []string{"4540536920"}) || plan.Cost != (quota.Cost{Reads: 3, Writes: 3}) {
		t.Errorf("%v, %+v", plan.Ask, plan.Cost)
	}
	if c := p.plan(t, orders.WishFormalise).Cost; c != (quota.Cost{Reads: 4, Writes: 6}) {
		t.Errorf("formalised: %+v", c)
	}
	for range 97 {
		p.order()
	}
	if c := p.plan(t, orders.WishFormalise).Cost; c != (quota.Cost{Reads: 4, Writes: 200}) {
		t.Errorf("of 100: %+v", c)
	}
	p.order()
	if c := p.plan(t, orders.WishFormalise).Cost; c != (quota.Cost{Reads: 6, Writes: 202}) {
		t.Errorf("of 101: %+v", c)
	}
	// Three candidates among a hundred that are known: one is ours, one was read, one is too old, one of another total.
	add := func(id string, change func(*Seen)) {
		s := &Seen{Invoice: domain.Invoice{ID: domain.RemoteID(id), Date: p.w.now, Total: num("179.70")}}
		change(s)
		p.seen[s.ID] = s
	}
	add("1", func(*Seen) {})
	add("2", func(s *Seen) { s.Total = num("179.71") })
	add("3", func(s *Seen) { s.Total, s.Firm.Name = num("1"), "DENIZ ÖRNEK" })
	add("4", func(s *Seen) { s.Read = true })
	add("5", func(s *Seen) { s.Total = num("179.72") })
	add("6", func(s *Seen) { s.Date = day("2026-05-01") })
	add("7", func(*Seen) {})
	p.records = []invoicing.Record{{ID: 1, Remote: "7", Attempt: invoicing.Attempt{State: invoicing.AttemptDeleted}}}
	want := 8
	if domain.Fold("DENIZ ÖRNEK") == domain.Fold("Deniz Örnek") {
		want++
	}
	if c := p.plan(t, orders.WishFormalise).Cost; c.Reads != want {
		t.Errorf("with candidates: %+v, want %d", c, want)
	}
	for n := range 95 {
		add(string(rune('A'+n%26))+string(rune('a'+n/26)), func(s *Seen) { s.Total = num("5") })
	}
	if c := p.plan(t, orders.WishFormalise).Cost; c.Reads != want+1 {
		t.Errorf("with a page that is known: %+v", c)
	}
}

func TestPlanInvoices_tellsWhatARunCosts(t *testing.T) {
	for _, wish := range []orders.Wish{orders.WishDraft, orders.WishFormalise} {
		p := lone()
		for n := range 30 {
			p.order(func(k *orders.Kept) {
				if n%3 == 0 {
					k.Buyer.TaxNumber, k.Buyer.Name, k.Buyer.Type = "4540536920", "Örnek Ltd", orders.BuyerCompany
				}
			})
		}
		p.w.strange(5, func(i *domain.Invoice) { i.Date = day("2026-04-01") })
		plan := p.plan(t, wish)
		if o := p.must(t, wish); o.Spent != plan.Cost {
			t.Errorf("%s: planned %+v, spent %+v", wish, plan.Cost, o.Spent)
		}
	}
}

func TestPlanInvoices_knowsTheFirstOfADay(t *testing.T) {
	w, p := drafts(t, 2)
	if !p.plan(t, orders.WishFormalise).First {
		t.Error("only drafts")
	}
	if _, err := p.formalised(t, 1); err != nil {
		t.Fatal(err)
	}
	if p.plan(t, orders.WishFormalise).First {
		t.Error("one was sent")
	}
	w.now = time.Date(2026, 5, 4, 20, 59, 59, 0, time.UTC)
	if p.plan(t, orders.WishFormalise).First {
		t.Error("the same day")
	}
	w.now = time.Date(2026, 5, 4, 21, 0, 0, 0, time.UTC)
	if !p.plan(t, orders.WishFormalise).First {
		t.Error("the next day, in Istanbul")
	}
}

func TestPlanInvoices_noticesARestoredFile(t *testing.T) {
	p := lone()
	p.order()
	p.serial, p.marks.n = 7, 7
	if p.plan(t, orders.WishDraft).Restored {
		t.Error("up to date")
	}
	p.marks.n = 8
	if !p.plan(t, orders.WishDraft).Restored {
		t.Error("behind its mark")
	}
}

func TestSince_isTheFirstDayThatAnInvoiceMayHave(t *testing.T) {
	kept := func(ordered, added, said time.Time) Examined {
		k := orders.Kept{AddedAt: added}
		k.OrderedAt, k.Said.InvoiceDate = ordered, said
		return Examined{Kept: k}
	}
	none := time.Time{}
	for name, c := range map[string]struct {
		list []Examined
		want time.Time
	}{
		"of no order":          {nil, none},
		"the order's":          {[]Examined{kept(day("2026-05-03").Add(time.Hour), day("2026-05-09"), none)}, day("2026-05-03")},
		"the older one's":      {[]Examined{kept(day("2026-05-03"), day("2026-05-09"), none), kept(day("2026-05-02"), day("2026-05-09"), none)}, day("2026-05-02")},
		"chosen before it":     {[]Examined{kept(day("2026-05-03"), day("2026-05-09"), day("2026-05-01"))}, day("2026-05-01")},
		"chosen behind it":     {[]Examined{kept(day("2026-05-03"), day("2026-05-09"), day("2026-05-04"))}, day("2026-05-03")},
		"of an unknown day":    {[]Examined{kept(none, day("2026-05-09"), none)}, day("2026-03-10")},
		"of an impossible day": {[]Examined{kept(day("2026-09-05"), day("2026-05-09"), none)}, day("2026-03-10")},
	} {
		if got := since(c.list); !got.Equal(c.want) {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestInvoiceStanding_carriesEachField(t *testing.T) {
	w, p := drafts(t, 4)
	p.records[0].State, p.records[1].State = invoicing.AttemptUnknown, invoicing.AttemptMismatch
	p.order()
	p.kept[4].Verdict.Queued = orders.WishDraft
	p.tasks[0].ClosedAt = w.now
	p.marks.n = 99
	got, err := p.engine.InvoiceStanding(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	wantSame(t, "standing", got, Standing{
		Settings: p.choices, Choices: p.settings, Queued: 1, Unknown: 1, Drafts: 3, Tasks: 3, Restored: true,
		Usage: quota.Usage{Reads: w.reads, Writes: w.writes}, FirstToday: true,
	})
	if calls := w.told(); len(calls) > 0 {
		t.Errorf("%v", calls)
	}
}
