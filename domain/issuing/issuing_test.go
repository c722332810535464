package issuing

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

func num(s string) decimal.NullDecimal {
	return decimal.NewNullDecimal(decimal.RequireFromString(s))
}

// order adds one that nothing is wrong with: a person of Ankara who gives no number.
func (f *file) order(change ...func(*orders.Kept)) orders.Key {
	n := len(f.kept) + 1
	k := orders.Kept{
		ID: int64(n), AddedAt: time.Date(2026, 5, 4, 6, 0, 0, 0, time.UTC),
		Order: orders.Order{
			Marketplace: "trendyol", Number: fmt.Sprint(n), Package: fmt.Sprint("P", n), Status: orders.StatusOK, Currency: domain.TRY,
			OrderedAt: time.Date(2026, 5, 3, 6, n%60, 0, 0, time.UTC), ShippedAt: time.Date(2026, 5, 3, 9, 0, 0, 0, time.UTC),
			Buyer: orders.Buyer{Type: orders.BuyerPerson, First: "Deniz", Last: "Örnek", Address: "Deneme Sk. 1", City: "Ankara", District: "Çankaya"},
			Lines: []orders.Line{{ID: fmt.Sprint("L", n), Code: "K1", Name: "Termos", Kind: orders.LineGoods, Quantity: num("3").Decimal, Unit: num("59.90").Decimal, VAT: num("20")}},
		},
		Products: []orders.LineProduct{{ID: 1, Code: "K1", Name: "Termos", VATRate: num("20"), Bound: true, By: orders.FoundByCode}},
	}
	for _, c := range change {
		c(&k)
	}
	f.kept = append(f.kept, k)
	return k.Key()
}

func numbered(n string) func(*orders.Kept) {
	return func(k *orders.Kept) { k.Buyer.TaxNumber = n }
}

// go lets the engine work to the end of a run.
func (p *program) issue(t *testing.T, wish orders.Wish, keys ...orders.Key) (Outcome, error) {
	t.Helper()
	w, err := p.engine.StartInvoices(t.Context(), Request{Keys: keys, Wish: wish})
	if err != nil {
		return Outcome{}, err
	}
	<-w.Done()
	return w.Outcome()
}

func (p *program) states() (s []invoicing.AttemptState) {
	for _, r := range p.records {
		s = append(s, r.State)
	}
	return s
}

func TestStartInvoices_storesDraftsAndReadsThemBack(t *testing.T) {
	w := newWorld()
	p := start(w, newFile(), &marks{})
	k := p.order()
	p.order(numbered("4540536920"), func(k *orders.Kept) { k.Buyer.Type, k.Buyer.Name = orders.BuyerCompany, "Örnek Ltd" })
	w.registered["4540536920"] = true
	o, err := p.issue(t, orders.WishDraft)
	want := Outcome{Drafted: 2}
	want.Spent.Reads, want.Spent.Writes = 3, 2 // the newest, one number, reading back
	if err != nil || o != want {
		t.Fatalf("%+v, %v", o, err)
	}
	for n, kind := range []domain.InvoiceKind{domain.InvoiceEArchive, domain.InvoiceEInvoice} {
		r := p.records[n]
		if r.State != invoicing.AttemptChecked || r.Kind != kind || r.Number == "" || r.UUID == "" || !r.Read.Decimal.Equal(num("179.70").Decimal) {
			t.Errorf("%+v", r)
		}
	}
	if got := w.of(tenant, k); len(got) != 1 || got[0].Status != domain.EStatusDraft || got[0].sends != 0 {
		t.Errorf("%+v", got)
	}
	// Again: nothing is left.
	if o, err := p.issue(t, orders.WishDraft); err != nil || o.Drafted != 0 || len(w.invoices) != 2 {
		t.Errorf("%+v, %v", o, err)
	}
}

func TestStartInvoices_formalisesWhatIsChecked(t *testing.T) {
	w := newWorld()
	p := start(w, newFile(), &marks{})
	k := p.order()
	o, err := p.issue(t, orders.WishFormalise)
	if err != nil || o.Drafted != 1 || o.Issued != 1 || p.records[0].State != invoicing.AttemptIssued {
		t.Fatalf("%+v, %v, %v", o, err, p.states())
	}
	if got := w.of(tenant, k); got[0].sends != 1 {
		t.Errorf("sent %d times", got[0].sends)
	}
}

func TestStartInvoices_keepsWhatTheGateHolds(t *testing.T) {
	w := newWorld()
	p := start(w, newFile(), &marks{})
	p.order(func(k *orders.Kept) { k.Buyer.District = "" })
	p.order(func(k *orders.Kept) { k.Products[0] = orders.LineProduct{} })
	p.order(func(k *orders.Kept) { k.Said.Held = true })
	p.order(numbered("4540536920"), func(k *orders.Kept) { k.Buyer.Name = "Örnek Ltd" })
	w.mute["4540536920"] = true
	o, err := p.issue(t, orders.WishFormalise)
	if err != nil || o.Drafted != 0 || o.Held != 1 || len(w.invoices) != 0 {
		t.Errorf("%+v, %v", o, err)
	}
	for n, want := range []string{"address", "no_product", "held", "registry_unknown"} {
		if v := p.kept[n].Verdict; v.Stage != orders.StageHeld || len(v.Reasons) != 1 || v.Reasons[0] != want {
			t.Errorf("%d: %+v, want %s", n, v, want)
		}
	}
}

// storm strikes writes at random.
func storm(r *rand.Rand) func(string) fault {
	return func(string) fault {
		if r.IntN(3) > 0 {
			return fine
		}
		return []fault{lostBefore, lostAfter, lateAfter, unsent, refusal}[r.IntN(5)]
	}
}

// histories is how many random cases are tried: so many, or what the environment asks for.
func histories(n int) int {
	if asked, err := strconv.Atoi(os.Getenv("HISTORIES")); err == nil {
		return asked
	}
	return n
}

// Whatever is lost, whenever programs are killed, whichever copy of the file comes back: an order has one invoice at most,
// and in the end one, or a person knows.
func TestInvoices_neverTwoOfAnOrder(t *testing.T) {
	t.Parallel()
	for seed := range histories(600) {
		history(t, uint64(seed))
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

func history(t *testing.T, seed uint64) {
	r := rand.New(rand.NewPCG(seed, 7))
	w := newWorld()
	w.noDrafts = r.IntN(8) == 0
	f, m := newFile(), &marks{}
	var keys []orders.Key
	for range 1 + r.IntN(4) {
		keys = append(keys, f.order(func(k *orders.Kept) {
			if r.IntN(3) == 0 {
				k.Buyer.TaxNumber, k.Buyer.Name, k.Buyer.Type = "4540536920", "Örnek Ltd", orders.BuyerCompany
			}
		}))
	}
	wish := orders.WishDraft
	if r.IntN(2) == 0 {
		wish = orders.WishFormalise
	}
	backup := f.copy()
	p := start(w, f, m)
	w.fault = storm(r)
	for range 6 {
		p.killAt = 0
		if r.IntN(2) == 0 {
			p.killAt = p.calls + 1 + r.IntN(40)
		}
		call := []string{"list", "draft", "send", "invoice"}[r.IntN(4)]
		switch r.IntN(6) {
		case 0:
			w.at(call, func() { p.engine.Working().Stop() })
		case 1: // İşbaşı is slow
			w.at(call, func() { w.pass(time.Duration(r.IntN(40)) * time.Minute) })
		}
		_, _ = p.issue(t, wish)
		w.on = nil
		if r.IntN(4) == 0 {
			w.strange(r.IntN(130), func(i *domain.Invoice) {
				if r.IntN(12) == 0 {
					i.Total = num("179.70")
				}
			})
		}
		if n := len(f.records); n > 0 && r.IntN(4) == 0 {
			_, _ = p.engine.TakeBackDrafts(t.Context(), int64(1+r.IntN(n)))
		}
		if r.IntN(4) == 0 {
			w.pass(time.Duration(r.IntN(40)) * time.Minute)
			_ = p.engine.keep(t.Context())
		}
		switch r.IntN(6) {
		case 0:
			// What cannot be seen in the list cannot be known after a restore, and a mark's time is that of the clock.
			if !w.noDrafts && p.skew == 0 {
				f = backup.copy()
			}
		case 1:
			backup = f.copy()
		case 2:
			w.pass(4 * time.Minute)
		}
		w.pass(time.Duration(r.IntN(20)) * time.Minute)
		p = start(w, f, m)
		if r.IntN(5) == 0 {
			p.skew = -time.Hour
		}
	}
	w.fault, p.killAt, p.skew = nil, 0, 0
	for range 4 { // it calms down
		w.pass(16 * time.Minute)
		if _, err := p.issue(t, wish); err != nil && domain.KindOf(err) != domain.KindUnavailable {
			t.Errorf("%v", err)
		}
		if _, err := p.engine.LookUpInvoices(context.Background()); err != nil {
			t.Errorf("look up: %v", err)
		}
	}
	for _, k := range keys {
		got := w.of(tenant, k)
		records, _ := p.RecordsOf(t.Context(), k)
		if len(got) > 1 && !w.noDrafts {
			t.Errorf("%d invoices of %v", len(got), k)
		}
		for _, inv := range got {
			if inv.sends > 1 || wish == orders.WishDraft && inv.sends > 0 {
				t.Errorf("%v sent %d times", k, inv.sends)
			}
		}
		known := false
		for _, rec := range records {
			known = known || rec.Stands() || rec.State == invoicing.AttemptLost || rec.State == invoicing.AttemptRejected
			if rec.Open() {
				t.Errorf("%v is still open: %+v", k, rec.State)
			}
		}
		if !known {
			t.Errorf("%v is forgotten: %d attempts, %d invoices, %+v", k, len(records), len(got), p.kept[0].Verdict)
		}
	}
}

// Two machines work for one firm, and meet at every point of a run: what both have stored, one takes back.
func TestStartInvoices_yieldsToAnotherMachine(t *testing.T) {
	for meet := 1; meet < 60; meet++ {
		for _, wish := range []orders.Wish{orders.WishDraft, orders.WishFormalise} {
			w := newWorld()
			here, there := start(w, newFile(), &marks{}), start(w, newFile(), &marks{})
			var keys []orders.Key
			for range 3 {
				keys = append(keys, here.order())
				there.order()
			}
			here.meet, here.between = meet, func() { _, _ = there.issue(t, wish) }
			for range 2 {
				if _, err := here.issue(t, wish); err != nil {
					t.Fatal(err)
				}
				if _, err := there.issue(t, wish); err != nil {
					t.Fatal(err)
				}
			}
			for _, k := range keys {
				if got := w.of(tenant, k); len(got) != 1 || got[0].sends > 1 {
					t.Errorf("meeting at %d, %s: %d invoices of %v", meet, wish, len(got), k)
				}
			}
		}
	}
}
