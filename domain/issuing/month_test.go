package issuing

import (
	"fmt"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

// A month of a shop fits into what İşbaşı gives: 100 orders a day, a quarter of them with a tax number, all formalised in
// four runs a day over a program that is opened anew each morning (rules.md §4). Six days of it, the whole with HISTORIES.
func TestInvoices_costOfAMonth(t *testing.T) {
	t.Parallel()
	const month, runs, perRun = 31, 4, 25
	days := min(month, histories(6))
	w := newWorld()
	f, m := newFile(), &marks{}
	spent, asked := map[Phase]quota.Cost{}, map[string]time.Time{}
	numbers, wantAsked := 0, 0
	add := func(p Phase, c quota.Cost) {
		spent[p] = quota.Cost{Reads: spent[p].Reads + c.Reads, Writes: spent[p].Writes + c.Writes}
	}
	for n := range days {
		p := start(w, f, m)
		w.now = time.Date(2026, 5, 1+n, 6, 0, 0, 0, time.UTC)
		for range runs {
			for o := range perRun {
				p.order(func(k *orders.Kept) {
					k.AddedAt, k.OrderedAt, k.ShippedAt = w.now, w.now.Add(-20*time.Hour), w.now.Add(-time.Hour)
					if o%4 != 0 {
						return
					}
					number := domain.CompleteVKN(fmt.Sprintf("45%07d", numbers%500)) // some come again, within a day or later
					if numbers++; o == 4 {
						number = domain.CompleteVKN("450000000")
					}
					if w.now.Sub(asked[number]) >= answerAge {
						asked[number] = w.now
						wantAsked++
					}
					k.Buyer.TaxNumber, k.Buyer.Name, k.Buyer.Type = number, "Örnek Ltd", orders.BuyerCompany
					w.registered[number] = o%8 == 0
				})
			}
			w.on = func(string) {
				cost := quota.Cost{Reads: 1}
				switch phase := p.engine.Working().Progress().Phase; phase {
				case PhaseDrafting, PhaseFormalising:
					add(phase, quota.Cost{Writes: 1})
				default:
					add(phase, cost)
				}
			}
			o := p.must(t, orders.WishFormalise)
			w.on = nil
			if o.Issued != perRun || o.Spent.Writes != 2*perRun {
				t.Fatalf("day %d: %+v", n+1, o)
			}
			w.pass(2 * time.Hour)
		}
		p.engine.Close()
	}
	t.Logf("%-12s %6s %6s", "phase", "reads", "writes")
	var total quota.Cost
	for _, p := range []Phase{PhaseChecking, PhaseAsking, PhaseDrafting, PhaseReading, PhaseFormalising, PhaseConfirming} {
		t.Logf("%-12s %6d %6d", p, spent[p].Reads, spent[p].Writes)
		total = quota.Cost{Reads: total.Reads + spent[p].Reads, Writes: total.Writes + spent[p].Writes}
	}
	t.Logf("%-12s %6d %6d", "all", total.Reads, total.Writes)
	if total.Reads != w.reads || total.Writes != w.writes {
		t.Errorf("İşbaşı has counted %d and %d", w.reads, w.writes)
	}
	if total.Reads > 1200*days/month || total.Writes > 6200*days/month {
		t.Error("that is too much")
	}
	if got := spent[PhaseAsking].Reads; got != wantAsked || got < days*runs*perRun/5 {
		t.Errorf("%d numbers were asked for, want %d", got, wantAsked)
	}
	for id, inv := range w.invoices {
		if inv.sends != 1 {
			t.Errorf("%s was sent %d times", id, inv.sends)
		}
	}
	if len(w.invoices) != days*runs*perRun {
		t.Errorf("%d invoices", len(w.invoices))
	}
	for _, r := range f.records {
		if r.State != invoicing.AttemptIssued {
			t.Fatalf("%+v", r)
		}
	}
}
