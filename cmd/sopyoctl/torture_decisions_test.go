package main

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

const (
	killedDecision = 10 // every so many is made in a process that is killed
	// decisionSpan is within what time of its sign-in such a process is killed: most strike before or
	// while it writes, some after.
	decisionSpan = 80 * time.Millisecond
)

// TestTorture_decisions decides at random about the rows of a transfer, takes decisions back, kills some of
// them while they are made, and undoes everything in the end: whenever one looks the counters add up and no
// product is in two pairs, and at last the catalogue is the one from before.
func TestTorture_decisions(t *testing.T) {
	want, seed := int(given(t, "DECISIONS", tortureDecisions)), given(t, "SEED", 20261124)
	t.Logf("make torture DECISIONS=%d SEED=%d", want, seed)
	d := decider{torture: newTorture(t, nil), rng: rand.New(rand.NewPCG(seed, 1))}
	d.json(0, "import")
	for n := 1; n <= want; n++ {
		if n%killedDecision == 0 {
			d.killOne()
		} else {
			d.decideOne()
		}
		d.check()
		if t.Failed() {
			t.Fatalf("at decision %d", n)
		}
	}
	t.Logf("%d decisions stand, %d were taken back, %d refused, %d killed", len(d.stand), d.takenBack, d.refused, d.killedInTime)
	d.undoAll()
}

// decider is a person who decides without thinking.
type decider struct {
	*torture
	rng                              *rand.Rand
	stand                            []int64 // decisions that can be taken back
	takenBack, refused, killedInTime int
}

// decideOne decides about a row, or takes a decision back.
func (d *decider) decideOne() {
	d.t.Helper()
	ctx := d.t.Context()
	d.within(func(c *app.Company) {
		if len(d.stand) > 0 && d.rng.IntN(4) == 0 {
			i := d.rng.IntN(len(d.stand))
			done, err := c.TakeBack(ctx, d.stand[i])
			if err != nil {
				d.t.Fatal(err)
			}
			if len(done.Refused) > 0 { // another one stands on it
				d.refused++
				return
			}
			d.stand = append(d.stand[:i], d.stand[i+1:]...)
			d.takenBack++
			return
		}
		run, decision := d.choose(c)
		done, err := c.Decide(ctx, run, []transfer.Decision{decision})
		switch {
		case err != nil:
			d.t.Fatal(err)
		case done.Done+len(done.Refused) != 1:
			d.t.Errorf("%+v: %+v", decision, done)
		case done.Done == 1:
			d.stand = append(d.stand, done.ID)
		default:
			d.refused++
		}
	})
}

// killOne decides in a process that is killed about then.
func (d *decider) killOne() {
	d.t.Helper()
	args := []string{"transfer", "decide"}
	d.within(func(c *app.Company) {
		_, decision := d.choose(c)
		args = append(args, "--remote", string(decision.Remote))
		if decision.Kind != transfer.DecidePair {
			args = append(args, "--"+string(decision.Kind))
			return
		}
		partner, _, err := c.ListProducts(d.t.Context(), domain.ProductQuery{ID: decision.Product, Limit: 1})
		if err != nil || len(partner) != 1 {
			d.t.Fatal(partner, err)
		}
		args = append(args, "--pair", string(partner[0].Code))
	})
	if d.killedWithin(d.rng, decisionSpan, args...) {
		d.killedInTime++
	}
}

// choose picks a row of the newest transfer and what to do about it.
func (d *decider) choose(c *app.Company) (run int64, decision transfer.Decision) {
	d.t.Helper()
	latest, ok, err := c.LatestRun(d.t.Context())
	if err != nil || !ok {
		d.t.Fatal(ok, err)
	}
	kinds := []transfer.DecisionKind{transfer.DecidePair, transfer.DecideCreate, transfer.DecideIgnore, transfer.DecideSeparate}
	decision.Kind = kinds[d.rng.IntN(len(kinds))]
	free := d.freeProduct(c)
	if decision.Kind == transfer.DecidePair && free == 0 {
		decision.Kind = transfer.DecideSeparate // then there is one
	}
	q := transfer.Query{RunID: latest.ID, Outcome: transfer.OutcomeUnmatched, Limit: 1}
	if decision.Kind == transfer.DecideSeparate {
		q.Outcome = transfer.OutcomeMatched
	}
	count := latest.Counters.Unmatched
	if q.Outcome == transfer.OutcomeMatched {
		count = latest.Counters.Matched
	}
	q.Offset = d.rng.IntN(count)
	rows, _, err := c.Rows(d.t.Context(), q)
	if err != nil || len(rows) != 1 {
		d.t.Fatal(rows, err)
	}
	decision.Remote = rows[0].Remote.ID
	if decision.Kind == transfer.DecidePair {
		decision.Product = free
	}
	return latest.ID, decision
}

// freeProduct gives a product without a partner, 0 when there is none.
func (d *decider) freeProduct(c *app.Company) domain.ProductID {
	d.t.Helper()
	products, _, err := c.ListProducts(d.t.Context(), domain.ProductQuery{Sort: domain.ProductsByBinding, Desc: true})
	if err != nil {
		d.t.Fatal(err)
	}
	var free []domain.ProductID
	for _, p := range products {
		if p.Bound == "" && p.Code != "" {
			free = append(free, p.ID)
		}
	}
	if len(free) == 0 {
		return 0
	}
	return free[d.rng.IntN(len(free))]
}
