package transfer_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
	storedtransfer "github.com/sopyo/sopyo-desktop/storage/sqlite/transfer"
)

// person decides at random, knowing little: many of the decisions are refused.
type person struct {
	t        *testing.T
	r        *rand.Rand
	c        *sqlitetest.Company
	path     string
	runs     []int64
	products int
	remotes  int
	standing []int64 // decisions that can be taken back
	done     map[string]int
}

// small makes books or catalogues in which everything collides with everything.
func (p *person) small() (domain.Code, domain.Barcode) {
	codes := []domain.Code{"", "a", "A", "b", "kı-1", "KI–1", "c", "d", "e"}
	barcodes := []domain.Barcode{"", "8690524165235", "08690524165235", "86919937", "2000000000015", "EVK-1"}
	code := codes[p.r.IntN(len(codes))]
	if p.r.IntN(3) == 0 {
		code = domain.Code(fmt.Sprint("k", p.r.IntN(60)))
	}
	if p.r.IntN(5) == 0 {
		return code, domain.Barcode(domaintest.GTIN13(p.r.IntN(200)))
	}
	return code, barcodes[p.r.IntN(len(barcodes))]
}

func (p *person) fill() {
	var all []domain.Product
	for i := range p.products {
		code, barcode := p.small()
		all = append(all, domain.Product{Code: code, Barcode: barcode, Name: fmt.Sprint("Ürün ", i), Price: p.money(), Stock: p.money()})
	}
	sqlitetest.Fill(p.t, p.c, all)
}

func (p *person) money() decimal.NullDecimal {
	return decimal.NullDecimal{Decimal: decimal.New(int64(p.r.IntN(2000)), -2), Valid: p.r.IntN(5) > 0}
}

func (p *person) transfer() {
	var all []domain.RemoteProduct
	for i := range p.remotes {
		code, barcode := p.small()
		all = append(all, domain.RemoteProduct{
			ID: domain.RemoteID(fmt.Sprint(i + 1)), Type: storedtransfer.TypeProduct, Code: code, Barcode: barcode, Name: fmt.Sprint("ÜRÜN ", i),
			Active: p.r.IntN(10) > 0, Currency: domain.TRY, Price: p.money(), Stock: p.money(),
		})
	}
	o := transfer.DefaultOptions(domain.TRY)
	o.TakeName = p.r.IntN(2) == 0
	o.Unmatched = []transfer.Unmatched{transfer.UnmatchedListed, transfer.UnmatchedListed, transfer.UnmatchedDraft}[p.r.IntN(3)]
	p.runs = append(p.runs, sqlitetest.Transferred(p.t, p.c, o, all...).ID)
}

// decision is one that may make sense: a kind that fits the row, a product that exists, mostly.
func (p *person) decision() transfer.Decision {
	d := transfer.Decision{
		Kind:    []transfer.DecisionKind{transfer.DecidePair, transfer.DecidePair, transfer.DecideCreate, transfer.DecideIgnore, transfer.DecideSeparate, transfer.DecideSeparate}[p.r.IntN(6)],
		Remote:  domain.RemoteID(fmt.Sprint(p.r.IntN(p.remotes+2) + 1)),
		Product: 0,
	}
	if d.Kind == transfer.DecideIgnore && p.r.IntN(2) == 0 {
		if id := sqlitetest.Count(p.t, p.c, `SELECT coalesce(min(CAST(remote_id AS integer)), 0) FROM ignored`); id > 0 {
			d.Kind, d.Remote = transfer.DecideAsk, domain.RemoteID(fmt.Sprint(id))
		}
	}
	if d.Kind == transfer.DecidePair {
		d.Product = domain.ProductID(p.r.IntN(p.products+4) + 1)
	}
	return d
}

// act decides, takes back, changes a product, or ends the program and starts it again. Whatever it did, the
// rules hold, and a refused decision changes nothing.
func (p *person) act() {
	t := p.t
	run := p.runs[len(p.runs)-1]
	if p.r.IntN(8) == 0 {
		run = p.runs[p.r.IntN(len(p.runs))]
	}
	before := image(t, p.c) + rowsImage(t, p.c)
	switch n := p.r.IntN(20); {
	case n < 11:
		ds := []transfer.Decision{p.decision()}
		for p.r.IntN(3) == 0 {
			ds = append(ds, p.decision())
		}
		out := sqlitetest.Decide(t, p.c, run, ds...)
		if out.Done+len(out.Refused) != len(ds) || out.Done == 0 && image(t, p.c)+rowsImage(t, p.c) != before {
			t.Errorf("%+v: %+v", ds, out)
		}
		for _, d := range ds {
			p.done[string(d.Kind)]++
		}
		for _, f := range out.Refused {
			p.done[string(f.Kind)]--
			p.done["refused "+string(f.Why)]++
		}
		if out.ID == 0 {
			return
		}
		if p.r.IntN(4) > 0 {
			p.standing = append(p.standing, out.ID)
			return
		}
		back := takeBack(t, p.c, out.ID) // at once: then it is as if nothing had been
		if back.Done != out.Done || image(t, p.c)+rowsImage(t, p.c) != before {
			t.Errorf("%+v, taken back %+v:\n%s\n%s", ds, back, before, image(t, p.c)+rowsImage(t, p.c))
		}
		p.done["taken back at once"]++
	case n < 15 && len(p.standing) > 0:
		at := p.r.IntN(len(p.standing))
		back, err := p.c.TakeBack(t.Context(), p.standing[at])
		if err != nil {
			t.Error(err)
		}
		sqlitetest.WantSound(t, p.c)
		p.done["taken back"] += back.Done
		for _, f := range back.Refused {
			p.done["not taken back "+string(f.Why)]++
		}
		if len(back.Refused) == 0 {
			p.standing = append(p.standing[:at], p.standing[at+1:]...)
		}
	case n < 16:
		p.edit()
	case n < 18: // the program ends in the middle of a decision
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := p.c.Decide(ctx, run, []transfer.Decision{p.decision()}); err == nil {
			t.Error("a cancelled decision went through")
		}
		if image(t, p.c)+rowsImage(t, p.c) != before {
			t.Error("a cancelled decision left something")
		}
	default:
		if err := p.c.Close(); err != nil {
			t.Fatal(err)
		}
		p.c = sqlitetest.Reopen(t, p.path)
		if image(t, p.c)+rowsImage(t, p.c) != before {
			t.Error("another start shows something else")
		}
	}
}

func (p *person) edit() {
	all, _, err := p.c.Products(p.t.Context(), domain.ProductQuery{})
	if err != nil || len(all) == 0 {
		p.t.Fatal(err)
	}
	one := all[p.r.IntN(len(all))]
	one.Name, one.Brand = "Ürün", fmt.Sprint("Marka ", p.r.IntN(5))
	if _, err := p.c.SaveProducts(p.t.Context(), one); err != nil {
		p.t.Error(err)
	}
	p.done["edited"]++
}

func newPerson(t *testing.T, seed uint64) *person {
	t.Helper()
	path := sqlitetest.EmptyFile(t)
	p := &person{t: t, r: rand.New(rand.NewPCG(seed, 7)), path: path, products: 25, remotes: 25, done: map[string]int{}}
	p.c = sqlitetest.Reopen(t, path)
	p.fill()
	return p
}

func TestDecide_randomDecisionsKeepTheRules(t *testing.T) {
	done := map[string]int{}
	for seed := range uint64(5 / sqlitetest.Thinned) {
		p := newPerson(t, seed)
		p.done = done
		p.transfer()
		for n := range 100 {
			if n == 60 {
				p.transfer()
				sqlitetest.WantSound(t, p.c)
			}
			if p.act(); t.Failed() {
				t.Fatalf("seed %d, step %d", seed, n)
			}
		}
	}
	for _, what := range []string{"pair", "create", "ignore", "ask", "separate", "taken back", "taken back at once", "edited", "refused bound-product", "refused code-taken", "refused barcode-taken", "refused state", "not taken back not-the-newest"} {
		if sqlitetest.Thinned == 1 && done[what] < 5 {
			t.Errorf("%q came up %d times: the decisions do not try it (%v)", what, done[what], done)
		}
	}
}

func TestUndo_afterRandomDecisionsEverythingIsAsBeforeTheTransfer(t *testing.T) {
	for seed := range uint64(8 / sqlitetest.Thinned) {
		p := newPerson(t, 100+seed)
		start := image(t, p.c)
		p.transfer()
		for range 25 {
			out := sqlitetest.Decide(t, p.c, p.runs[0], p.decision(), p.decision())
			if out.ID != 0 {
				p.standing = append(p.standing, out.ID)
			}
			if len(p.standing) > 0 && p.r.IntN(3) == 0 {
				takeBack(t, p.c, p.standing[p.r.IntN(len(p.standing))])
				p.standing = nil
			}
		}
		counters, planned := storedRun(t, p.c, p.runs[0]).Counters, planUndo(t, p.c, p.runs[0])
		done := undo(t, p.c, p.runs[0], 1+p.r.IntN(9))
		if image(t, p.c) != start || planned.BlockedCount != 0 || done.BlockedCount != 0 || done.Run.Counters != counters {
			t.Fatalf("seed %d: %+v\n%s\n%s", seed, done, start, image(t, p.c))
		}
		if planned.Restored != done.Restored || planned.Removed != done.Removed || planned.Unbound != done.Unbound {
			t.Fatalf("seed %d: planned %+v\ndone %+v", seed, planned, done)
		}
	}
}

func TestUndo_withChangesBetweenDoesWhatItsPlanSaid(t *testing.T) {
	blocked := 0
	for seed := range uint64(8 / sqlitetest.Thinned) {
		p := newPerson(t, 200+seed)
		p.transfer()
		for n := range 40 {
			if n == 20 {
				p.transfer()
			}
			p.act()
		}
		for _, run := range []int64{p.runs[0], p.runs[1], p.runs[0]} {
			planned := planUndo(t, p.c, run)
			done := undo(t, p.c, run, 1+p.r.IntN(9))
			if planned.Restored != done.Restored || planned.Removed != done.Removed || planned.Unbound != done.Unbound || planned.BlockedCount != done.BlockedCount {
				t.Fatalf("seed %d: planned %+v\ndone %+v", seed, planned, done)
			}
			for i := range done.Blocked {
				if planned.Blocked[i].Why != done.Blocked[i].Why || planned.Blocked[i].Remote.ID != done.Blocked[i].Remote.ID {
					t.Fatalf("seed %d: planned %+v\ndone %+v", seed, planned.Blocked[i], done.Blocked[i])
				}
			}
			blocked += done.BlockedCount
			sqlitetest.WantSound(t, p.c)
		}
	}
	if sqlitetest.Thinned == 1 && blocked < 20 {
		t.Errorf("only %d rows were blocked: the changes do not try it", blocked)
	}
}
