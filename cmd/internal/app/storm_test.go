package app_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
	"github.com/sopyo/sopyo-desktop/storage/keyring"
)

// imported runs one whole import against server and gives its run, and what the ledger says at the end.
func imported(t *testing.T, server *sandbox.Server) (run transfer.Run, reads, signIns int, paused bool) {
	t.Helper()
	ctx := t.Context()
	a, err := app.Open(ctx, app.Options{
		DataDir: filepath.Join(t.TempDir(), "data"), IsbasiURL: server.URL(), RetryPause: time.Millisecond,
	})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = a.Close() }()
	info, err := a.NewCompany(ctx, "Deneme", false)
	if err != nil {
		t.Fatal(err)
	}
	c, err := a.OpenCompany(ctx, info)
	if err != nil {
		t.Fatal(err)
	}
	in, err := c.Authorise(ctx, domain.Credentials{
		Environment: domain.EnvironmentLive, APIKey: domain.NewSecret(sandbox.DemoKey),
		UserName: sandbox.DemoUser, Password: domain.NewSecret(sandbox.DemoPassword),
	}, domain.Browser{})
	if err == nil {
		err = c.Confirm(ctx, in, true)
	}
	if err != nil {
		t.Fatal(err)
	}
	job, err := c.New(ctx, transfer.DefaultOptions(domain.TRY))
	if err != nil {
		t.Fatal(err)
	}
	// Pages on their way side by side may let every fourth call be that of one page, until it is paused: a person goes on then.
	for err = job.Run(ctx); domain.KindOf(err) == domain.KindUnavailable; err = job.Run(ctx) {
		paused = true
		if job, err = c.Resume(ctx); err != nil {
			break
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	// What the file itself says, opened anew.
	if c, err = a.OpenCompany(ctx, info); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	u, err := c.Usage(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if u.KeyReads != u.Reads {
		t.Errorf("the key's ledger says %d reads, the company's %d", u.KeyReads, u.Reads)
	}
	if u.Writes != 0 {
		t.Errorf("%d writes", u.Writes)
	}
	return job.Snapshot().Run, u.Reads, u.SignIns, paused
}

func TestImport_throughAFaultStormEndsAsWithoutIt(t *testing.T) {
	keyring.InMemory(nil)
	products := sandbox.Products(1_600, 9)
	var runs []transfer.Run
	for name, faults := range map[string][]sandbox.Fault{
		"calm": nil,
		"storm": {
			{Kind: sandbox.FaultHTML, Status: 503, Route: sandbox.RouteProducts, Every: 4},
			{Kind: sandbox.FaultCut, Route: sandbox.RouteProducts, Every: 6},
			{Kind: sandbox.FaultToken, Route: sandbox.RouteProducts, Every: 10},
		},
	} {
		server, err := sandbox.New(sandbox.Options{Products: products, Faults: faults})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = server.Close() }()
		run, reads, signIns, paused := imported(t, server)
		runs = append(runs, run)
		seen := map[sandbox.FaultKind]int{}
		logins := 0
		for _, call := range server.Log() {
			for _, f := range call.Faults {
				seen[f]++
			}
			if call.Route != sandbox.RouteProducts {
				logins++
			}
		}
		sent := server.Count(sandbox.RouteProducts)
		cut := 0 // what was on its way when it was paused is booked, whether it has arrived or not
		if paused {
			cut = 8
		}
		if reads < sent || reads > sent+cut || signIns != logins || run.APIReads < sent-cut || run.APIReads > sent+cut {
			t.Errorf("%s: the ledger says %d reads and %d sign-ins, the run %d reads; sent were %d and %d", name, reads, signIns, run.APIReads, sent, logins)
		}
		if name == "storm" && (sent < 24 || seen[sandbox.FaultHTML] < 6 || seen[sandbox.FaultCut] < 3 || seen[sandbox.FaultToken] < 1) {
			t.Errorf("that was no storm: %d calls, %v", sent, seen)
		}
		if name == "calm" && sent != 16 {
			t.Errorf("%d reads for 16 pages", sent)
		}
	}
	if runs[0].Counters != runs[1].Counters || runs[0].Total != runs[1].Total || runs[0].State != transfer.StateDone || runs[1].State != transfer.StateDone {
		t.Errorf("they differ:\n%+v\n%+v", runs[0], runs[1])
	}
}
