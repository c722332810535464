package app_test

import (
	"context"
	"fmt"
	"io"
	"log"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
	"github.com/sopyo/sopyo-desktop/storage/keyring"
)

// onTheWay calls before ahead of each page of products that is asked for, one at a time.
func onTheWay(t *testing.T, server *sandbox.Server, before func(n int)) (address string) {
	t.Helper()
	target, err := url.Parse(server.URL())
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	n, proxy := 0, httputil.NewSingleHostReverseProxy(target)
	proxy.ErrorLog = log.New(io.Discard, "", 0) // a call that is cut off is no news here
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, sandbox.RouteProducts) {
			mu.Lock()
			n++
			before(n)
			mu.Unlock()
		}
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	return s.URL
}

// Read by key, pages side by side, no product is left out that was there all the time, none is there twice and none that
// İşbaşı never had, whatever comes and goes between the pages, fails among them, or ends the work. Each costs the pages that
// were on their way then, and these are booked.
func TestImport_byKeyWhateverMoves(t *testing.T) {
	const pages, abreast = 25, 4
	for seed := range uint64(max(2, tortureProducts/60)) {
		for name, shape := range map[string]struct{ moves, faults, ends bool }{
			"moves": {moves: true}, "fails": {faults: true}, "ends": {ends: true}, "all": {true, true, true},
		} {
			t.Run(fmt.Sprint(name, seed), func(t *testing.T) {
				rng := rand.New(rand.NewPCG(seed, 14))
				server, err := sandbox.New(sandbox.Options{Products: sandbox.Products(pages*transfer.PageSize, seed), Plain: true})
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { _ = server.Close() })
				stays, ever := map[domain.RemoteID]bool{}, map[domain.RemoteID]bool{}
				for _, p := range server.Products() {
					id := domain.RemoteID(fmt.Sprint(p.ID))
					stays[id], ever[id] = true, true
				}
				disturbed := 0
				if shape.faults { // in the middle of what is on its way; never so many in a row that it pauses
					disturbed = 3
					server.Fault(sandbox.Fault{Kind: sandbox.FaultHTML, Route: sandbox.RouteProducts, Nth: 3 + rng.IntN(20)})
					server.Fault(sandbox.Fault{Kind: sandbox.FaultCut, Route: sandbox.RouteProducts, Nth: 3 + rng.IntN(20)})
					server.Fault(sandbox.Fault{Kind: sandbox.FaultCount, Route: sandbox.RouteProducts, Nth: 3 + rng.IntN(20), By: rng.IntN(7) - 3})
				}
				if shape.ends {
					disturbed++
				}
				ctx, end := context.WithCancel(t.Context())
				defer end()
				cut := 1 + rng.IntN(26)
				address := onTheWay(t, server, func(n int) {
					if shape.ends && n == cut {
						end()
					}
					if !shape.moves || n < 3 || n > 24 || rng.IntN(5) > 0 {
						return
					}
					disturbed++
					server.Edit(func(all []sandbox.Product) []sandbox.Product {
						gone, added := rng.IntN(len(all)), all[len(all)-1]
						delete(stays, domain.RemoteID(fmt.Sprint(all[gone].ID)))
						all = append(all[:gone], all[gone+1:]...)
						if rng.IntN(2) == 0 { // and the count is as before
							added.ID, added.Code, added.Barcode = added.ID+1, fmt.Sprint("YENI-", n), ""
							ever[domain.RemoteID(fmt.Sprint(added.ID))] = true
							all = append(all, added)
						}
						return all
					})
				})

				keyring.InMemory(nil)
				a, err := app.Open(t.Context(), app.Options{DataDir: filepath.Join(t.TempDir(), "data"), IsbasiURL: address, RetryPause: time.Millisecond})
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { _ = a.Close() })
				info, err := a.NewCompany(t.Context(), "Deneme", false)
				if err != nil {
					t.Fatal(err)
				}
				var run transfer.Run
				for tries := 0; run.State != transfer.StateDone; tries++ { // each is a program of its own
					if tries == 6 {
						t.Fatalf("it comes to no end: %+v", run)
					}
					c, err := a.OpenCompany(t.Context(), info)
					if err == nil {
						err = authorised(t.Context(), c)
					}
					var job *transfer.Job
					if err == nil && tries == 0 {
						job, err = c.New(t.Context(), transfer.DefaultOptions(domain.TRY))
					} else if err == nil {
						job, err = c.Resume(t.Context())
					}
					if err != nil || job == nil {
						t.Fatal(job, err)
					}
					_ = job.Run(ctx)
					run, ctx = job.Snapshot().Run, t.Context()
					if run.State == transfer.StateDone {
						seen := map[domain.RemoteID]bool{}
						for row, err := range c.Store.EachRow(t.Context(), transfer.Query{RunID: run.ID}) {
							if err != nil {
								t.Fatal(err)
							}
							if id := row.Remote.ID; seen[id] || !ever[id] {
								t.Errorf("%s is there twice, or never was at İşbaşı", id)
							} else {
								seen[id] = true
							}
						}
						for id := range stays {
							if !seen[id] {
								t.Errorf("%s was there all the time, and is left out", id)
							}
						}
						if run.Counters.Read != len(seen) || run.Total != len(seen) || run.Counters.Pending != 0 {
							t.Errorf("%d rows, %+v of %d", len(seen), run.Counters, run.Total)
						}
						if answer, err := c.Authorisation.Ability(t.Context(), domain.AbilityKeysetFilter); err != nil || answer != domain.AbilityAllowed {
							t.Errorf("the filter by key is %q, %v", answer, err)
						}
					}
					if err := c.Close(); err != nil {
						t.Fatal(err)
					}
				}
				c, err := a.OpenCompany(t.Context(), info)
				if err != nil {
					t.Fatal(err)
				}
				defer func() { _ = c.Close() }()
				usage, err := c.Usage(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				// What was cut off on its way is booked, whether it has arrived or not, and may have begun a block (rules.md §4).
				if booked, sent := usage.Spent(quota.Read), server.Count(sandbox.RouteProducts); booked < sent || booked > pages+1+disturbed*(abreast+1)+quota.BlockSize {
					t.Errorf("%d booked, %d sent, disturbed %d times", booked, sent, disturbed)
				}
			})
		}
	}
}
