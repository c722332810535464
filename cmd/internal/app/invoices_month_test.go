package app_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// spending is what phases of runs have cost.
type spending map[issuing.Phase]quota.Cost

func (s spending) add(p issuing.Phase, c quota.Cost) {
	s[p] = quota.Cost{Reads: s[p].Reads + c.Reads, Writes: s[p].Writes + c.Writes}
}

// count adds a run's calls: what a list was read for, those around it tell.
func (s spending) count(calls sandbox.Calls) {
	lists := issuing.PhaseChecking
	for _, c := range calls {
		read, write := quota.Cost{Reads: 1}, quota.Cost{Writes: 1}
		switch c.Route {
		case sandbox.RouteTaxpayer:
			s.add(issuing.PhaseAsking, read)
		case sandbox.RouteDraft:
			s.add(issuing.PhaseDrafting, write)
			lists = issuing.PhaseReading
		case sandbox.RouteFormalise:
			s.add(issuing.PhaseFormalising, write)
			lists = issuing.PhaseConfirming
		case sandbox.RouteInvoices:
			s.add(lists, read)
		default: // a sign-in costs nothing
		}
	}
}

func (s spending) total() (c quota.Cost) {
	for _, one := range s {
		c = quota.Cost{Reads: c.Reads + one.Reads, Writes: c.Writes + one.Writes}
	}
	return c
}

// A month of a shop of 100 orders a day, a quarter of them with a tax number that nobody has asked for yet, all of them
// drafted, read back and formalised: it fits into what İşbaşı gives, in one run a day and in two. The month is known from a
// few of its days; the ledger counts what the stand-in does.
func TestInvoices_ofAMonthFitIntoTheQuota(t *testing.T) {
	const month, perDay = 31, 100
	for _, runs := range []int{1, 2} {
		t.Run(fmt.Sprint(runs, " a day"), func(t *testing.T) {
			const days = 3
			s := openSeller(t)
			spent := spending{}
			before, err := s.c.Usage(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			mark, n := s.server.Mark(), 0
			for range days {
				for range runs {
					s.day(&n, perDay/runs, spent)
					s.pass(3 * time.Hour)
				}
				s.pass(24*time.Hour - time.Duration(runs)*3*time.Hour)
			}
			calls := s.server.Since(mark)
			after, err := s.c.Usage(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			total := spent.total()
			if sent := (quota.Cost{Reads: calls.Spent(sandbox.CostRead), Writes: calls.Spent(sandbox.CostWrite)}); total != sent {
				t.Errorf("the runs have counted %+v, the stand-in %+v", total, sent)
			}
			if counted := (quota.Cost{Reads: after.Reads - before.Reads, Writes: after.Writes - before.Writes}); counted != total && after.Month == before.Month {
				t.Errorf("the ledger has counted %+v, the runs %+v", counted, total)
			}
			if asked := calls.Count(sandbox.RouteTaxpayer); asked != days*perDay/4 {
				t.Errorf("%d numbers were asked for, want %d", asked, days*perDay/4)
			}
			if total.Writes != 2*days*perDay || calls.Count(sandbox.RouteDraft) != days*perDay || calls.Count(sandbox.RouteFormalise) != days*perDay {
				t.Errorf("%d writes of %d orders", total.Writes, days*perDay)
			}
			if details := calls.Count(sandbox.RouteInvoice); details > 0 {
				t.Errorf("%d invoices were read by themselves", details)
			}
			for _, v := range s.server.Invoices() {
				if v.Formalised != 1 || v.Status != sandbox.StatusDone {
					t.Errorf("%s was sent %d times and is %d", v.Number, v.Formalised, v.Status)
				}
			}
			s.tellMonth(spent, days, month)
		})
	}
}

// day makes invoices of so many new orders, and says what each phase has cost.
func (s *seller) day(sold *int, n int, spent spending) {
	t, ctx := s.t, s.t.Context()
	t.Helper()
	var sales []sale
	for range n {
		*sold++
		o := sale{
			pack: fmt.Sprintf("32%08d", *sold), status: "Teslim Edildi", first: "Işıl", last: fmt.Sprintf("Çağrı%d", *sold), address: "İnce Sk. 1",
			city: "İzmir", district: "Konak", items: []item{{int64(*sold) % articles, 1, 10_000 + int64(*sold), 0}},
		}
		if *sold%4 == 0 {
			o.company, o.taxNumber = fmt.Sprintf("YEREL %d LTD. ŞTİ.", *sold), domain.CompleteVKN(fmt.Sprintf("33%07d", *sold))
		}
		sales = append(sales, o)
	}
	if done := s.imports(s.c, sales); done.Stages[orders.StageReady] != n {
		t.Fatalf("%+v", done)
	}
	mark := s.server.Mark()
	w, err := s.c.StartInvoices(ctx, issuing.Request{Wish: orders.WishFormalise})
	if err != nil {
		t.Fatal(err)
	}
	<-w.Done()
	spent.count(s.server.Since(mark))
	if done, err := w.Outcome(); err != nil || done.Issued != n || done.Waiting+done.Unknown+done.Formalising > 0 {
		t.Fatalf("%+v, %v", done, err)
	}
}

// tellMonth prints what a month costs, and holds it against what there is.
func (s *seller) tellMonth(spent spending, days, month int) {
	s.t.Helper()
	of := func(n int) int { return (n*month + days - 1) / days }
	s.t.Logf("%-12s %6s %6s a month", "phase", "reads", "writes")
	for _, p := range []issuing.Phase{
		issuing.PhaseChecking, issuing.PhaseAsking, issuing.PhaseDrafting, issuing.PhaseReading, issuing.PhaseFormalising, issuing.PhaseConfirming,
	} {
		s.t.Logf("%-12s %6d %6d", p, of(spent[p].Reads), of(spent[p].Writes))
	}
	total := spent.total()
	s.t.Logf("%-12s %6d %6d", "all", of(total.Reads), of(total.Writes))
	if of(total.Reads) > 1200 || of(total.Writes) > 6200 {
		s.t.Errorf("that is too much: %d reads, %d writes", of(total.Reads), of(total.Writes))
	}
}
