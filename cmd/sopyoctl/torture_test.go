package main

import (
	"io"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// given reads a number from the environment: make torture KILLS=200 SEED=7.
func given(t *testing.T, name string, otherwise uint64) uint64 {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// torture is one import: the company's catalogue and İşbaşı's, and what came of the import undisturbed.
type torture struct {
	*bench
	calm   *ending // nil: this is the undisturbed one
	before string  // the catalogue before anything was imported from İşbaşı
}

// ending is what an import has left, in an order of its own; clocks and numbers of runs are left out.
type ending struct {
	counters, rows, catalogue string
	pairs                     map[domain.RemoteID]domain.ProductID
	worked                    time.Duration
}

func newTorture(t *testing.T, calm *ending, faults ...sandbox.Fault) *torture {
	t.Helper()
	n := int(given(t, "PRODUCTS", tortureProducts))
	x := &torture{bench: newStocked(t, n, sandbox.Options{Faults: faults}), calm: calm}
	x.before = mustJSON(t, x.json(0, "catalogue", "list", "--limit", "0"))
	return x
}

// storm is what İşbaşı does meanwhile. Every fault strikes in an import of six pages too, and never more than
// three in a row: after five the import would pause, as it should.
func storm() []sandbox.Fault {
	return []sandbox.Fault{
		{Kind: sandbox.FaultHTML, Status: 503, Route: sandbox.RouteProducts, Every: 4},
		{Kind: sandbox.FaultCut, Route: sandbox.RouteProducts, Every: 6},
		{Kind: sandbox.FaultRate, Route: sandbox.RouteProducts, Every: 9},
		{Kind: sandbox.FaultToken, Route: sandbox.RouteProducts, Every: 10},
	}
}

// within does work with the company opened, as one command does.
func (x *torture) within(work func(c *app.Company)) {
	x.t.Helper()
	c := &console.Console{
		Streams: console.Streams{In: strings.NewReader(""), Out: io.Discard, Err: io.Discard}, DataDir: x.data,
		IsbasiURL: x.server.URL(), RetryPause: time.Millisecond,
	}
	company, err := c.Open(x.t.Context(), false)
	if err != nil {
		x.t.Fatal(err)
	}
	work(company)
	if err := c.Close(); err != nil {
		x.t.Fatal(err)
	}
}

// pairs gives what is bound to what, and fails when a product of the catalogue is bound twice.
func (x *torture) pairs() map[domain.RemoteID]domain.ProductID {
	x.t.Helper()
	pairs, seen := map[domain.RemoteID]domain.ProductID{}, map[domain.ProductID]bool{}
	x.within(func(c *app.Company) {
		run, _, err := c.LatestRun(x.t.Context())
		if err != nil {
			x.t.Fatal(err)
		}
		sides, err := c.Store.Sides(x.t.Context(), run, sqlitetest.Matched)
		if err != nil {
			x.t.Fatal(err)
		}
		for _, p := range sides.Bound {
			if seen[p.Local] || pairs[p.Remote] != 0 {
				x.t.Errorf("%v is in two pairs", p)
			}
			pairs[p.Remote], seen[p.Local] = p.Local, true
		}
	})
	return pairs
}

// check holds what the last command left against rules.md §2 and §4.
func (x *torture) check() map[string]any {
	x.t.Helper()
	run, _ := x.json(0, "status")["transfer"].(map[string]any)
	if run != nil {
		checkRun(x.t, run, nil)
		if run["state"] == string(transfer.StateDone) && number0(run, "pending") != 0 {
			x.t.Errorf("done, and rows are pending: %v", run)
		}
	}
	x.pairs()
	return run
}

// end looks at what the whole import has left.
func (x *torture) end(run map[string]any) *ending {
	x.t.Helper()
	counters := map[string]any{}
	for _, k := range []string{"state", "read", "transferred", "matched", "unmatched", "skipped", "failed", "pending"} {
		counters[k] = run[k]
	}
	seconds, _ := run["seconds"].(float64)
	return &ending{
		counters: mustJSON(x.t, counters), rows: mustJSON(x.t, x.json(0, "import", "rows")),
		catalogue: mustJSON(x.t, x.json(0, "catalogue", "list", "--limit", "0")), pairs: x.pairs(),
		worked: time.Duration(seconds * float64(time.Second)),
	}
}

// compare ends the torture: everything is as after the undisturbed import, and stays so when it is done
// again.
func (x *torture) compare(run map[string]any) {
	x.t.Helper()
	got := x.end(run)
	if got.counters != x.calm.counters {
		x.t.Errorf("the counters are\n%s, undisturbed\n%s", got.counters, x.calm.counters)
	}
	if got.rows != x.calm.rows {
		x.t.Error("the rows differ from those of an undisturbed import")
	}
	if got.catalogue != x.calm.catalogue {
		x.t.Error("the catalogue differs from that of an undisturbed import")
	}
	if len(got.pairs) != len(x.calm.pairs) {
		x.t.Errorf("%d pairs, undisturbed %d", len(got.pairs), len(x.calm.pairs))
	}
	for remote, local := range x.calm.pairs {
		if got.pairs[remote] != local {
			x.t.Errorf("%s is bound to %d, undisturbed to %d", remote, got.pairs[remote], local)
		}
	}
	x.server.Mend()
	again := x.json(0, "import")
	checkRun(x.t, again, nil)
	if y := mustJSON(x.t, x.json(0, "catalogue", "list", "--limit", "0")); y != got.catalogue {
		x.t.Error("importing again changed the catalogue")
	}
	x.undoAll()
}

// calm is what an undisturbed import leaves, the same for every torture; nil: none was made yet.
var calm *ending

func undisturbed(t *testing.T) *ending {
	t.Helper()
	if calm == nil {
		x := newTorture(t, nil)
		run := x.json(0, "import")
		x.check()
		calm = x.end(run)
	}
	return calm
}

// TestTorture_kills kills imports at random moments, and goes on with them, until so many kills have
// struck as are asked for: as many imports as that takes.
func TestTorture_kills(t *testing.T) {
	want, seed := int(given(t, "KILLS", tortureKills)), given(t, "SEED", uint64(time.Now().UnixNano()))
	t.Logf("make torture KILLS=%d SEED=%d", want, seed)
	rng := rand.New(rand.NewPCG(seed, 0))
	calm := undisturbed(t)
	kills := 0
	for round := 1; kills < want; round++ {
		x := newTorture(t, calm, storm()...)
		struck := 0
		for kills < want && x.killedWithin(rng, calm.worked/4, x.goingOn()...) {
			kills++
			struck++
			x.check()
		}
		// The storm has ended every token, also that of the last sign-in here: a second 401 in the same call is no
		// fault of the storm's, but an account that is refused, and the import would rightly wait for a person.
		x.json(0, signIn(x.path("key"), x.path("password"))...)
		run := x.json(0, x.goingOn()...)
		x.checkLedger(struck)
		x.compare(run)
		t.Logf("import %d: %d kills, %d in all", round, struck, kills)
		if t.Failed() {
			return
		}
	}
}

// goingOn is the command that goes on with the import, or begins it: the kill may have come before it had begun.
func (x *torture) goingOn() []string {
	begun := false
	x.within(func(c *app.Company) {
		var err error
		if _, begun, err = c.LatestRun(x.t.Context()); err != nil {
			x.t.Fatal(err)
		}
	})
	if begun {
		return []string{"import", "--resume"}
	}
	return []string{"import"}
}

// checkLedger compares what is booked with what was sent: never too low, and at most a block a kill too
// high.
func (x *torture) checkLedger(kills int) {
	x.t.Helper()
	booked, sent := number0(x.json(0, "status"), "reads"), x.server.Count(sandbox.RouteProducts)
	if booked < sent || booked > sent+20*kills {
		x.t.Errorf("ledger %d, sent %d, %d kills", booked, sent, kills)
	}
}

// TestTorture_stops presses Durdur whenever something has arrived, and goes on.
func TestTorture_stops(t *testing.T) {
	calm := undisturbed(t)
	x := newTorture(t, calm, storm()...)
	stops := 0
	x.within(func(c *app.Company) {
		job, err := c.New(t.Context(), transfer.DefaultOptions(domain.TRY))
		for err == nil && job != nil {
			if x.stopAtTheNext(job) {
				stops++
			}
			job, err = c.Resume(t.Context())
		}
		if err != nil {
			t.Fatal(err)
		}
	})
	run := x.check()
	if stops < 2 { // behind what was read, and between two batches; more where reading takes its time
		t.Errorf("stopped %d times: that was no torture", stops)
	}
	t.Logf("stopped %d times", stops)
	x.compare(run)
}

// stopAtTheNext works on job until the next page or batch has come, and stops it there. It tells whether
// the job was stopped before its end.
func (x *torture) stopAtTheNext(job *transfer.Job) bool {
	x.t.Helper()
	before := job.Snapshot().Counters
	ended := make(chan error, 1)
	go func() { ended <- job.Run(x.t.Context()) }()
	look := time.NewTicker(100 * time.Microsecond)
	defer look.Stop()
	for {
		select {
		case err := <-ended:
			c := job.Snapshot().Counters
			if err != nil || c.Read != c.Transferred+c.Skipped+c.Failed+c.Pending || c.Transferred != c.Matched+c.Unmatched {
				x.t.Fatalf("%v, %+v", err, c)
			}
			return job.Snapshot().State == transfer.StateStopped
		case <-look.C:
			if job.Snapshot().Counters != before {
				job.Stop()
			}
		}
	}
}

// undoAll undoes every transfer, the newest first, each killed once on the way: then the catalogue is the
// one from before, and nothing is bound.
func (x *torture) undoAll() {
	x.t.Helper()
	rng := rand.New(rand.NewPCG(1, 2))
	for {
		status, _ := x.json(0, "status")["transfer"].(map[string]any)
		if status == nil {
			break // no transfer stands any more
		}
		id := mustJSON(x.t, status["id"])
		x.killedWithin(rng, time.Second, "transfer", "undo", id, "--yes")
		undone := x.json(0, "transfer", "undo", id, "--yes")
		if undone["done"] != true || number0(undone, "blocked_count") != 0 {
			x.t.Fatalf("undo %s: %v", id, undone)
		}
		run, _ := undone["transfer"].(map[string]any)
		checkRun(x.t, run, nil)
	}
	if after := mustJSON(x.t, x.json(0, "catalogue", "list", "--limit", "0")); after != x.before {
		x.t.Error("the catalogue is not the one from before")
	}
	x.within(func(c *app.Company) {
		sides, err := c.Store.Sides(x.t.Context(), transfer.Run{}, sqlitetest.Matched)
		if err != nil || len(sides.Bound)+len(sides.Separated) > 0 {
			x.t.Errorf("bound %v, taken apart %v, %v", sides.Bound, sides.Separated, err)
		}
	})
}

// killedWithin runs a command in a process of its own, and kills it at a moment within span of its sign-in.
// It tells whether the kill came before the end.
func (x *torture) killedWithin(rng *rand.Rand, span time.Duration, command ...string) bool {
	x.t.Helper()
	logins := x.server.Count(sandbox.RouteLogin)
	after := time.Duration(rng.Int64N(int64(span) + 1))
	var began time.Time
	return x.killed(func() bool {
		if began.IsZero() && x.server.Count(sandbox.RouteLogin) > logins {
			began = time.Now()
		}
		return !began.IsZero() && time.Since(began) >= after
	}, command...)
}
