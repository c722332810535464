package main

import (
	"fmt"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// A program that is killed while pages are read by key, side by side, is gone on with by the next: every product is there
// once, what was stored is not read again, and the ledger is never too low.
func TestImport_byKeyGoesOnWhereverItWasKilled(t *testing.T) {
	const pages = 25
	b := newStocked(t, pages*transfer.PageSize, sandbox.Options{})
	b.server.Fault(sandbox.Fault{Kind: sandbox.FaultDelay, Route: sandbox.RouteProducts, Delay: 40 * time.Millisecond}) // that some are stored, and some on their way
	kills := 0
	for at := 1; at <= pages; at += 5 * 1500 / tortureProducts {
		b.server.ForgetLog()
		before := number0(b.json(0, "status"), "reads")
		if b.killed(func() bool { return b.server.Count(sandbox.RouteProducts) >= at }, "import") {
			kills++
		}
		stored := 0
		if run, _ := b.json(0, "status")["transfer"].(map[string]any); run != nil {
			stored = number0(run, "read")
		}
		b.json(0, signIn(b.path("key"), b.path("password"))...)
		command := []string{"import", "--resume"}
		if stored == 0 {
			command = []string{"import"}
		}
		first := b.server.Count(sandbox.RouteProducts)
		run := b.json(0, command...)
		checkRun(t, run, map[string]int{"read": pages * transfer.PageSize})
		sent := b.server.Count(sandbox.RouteProducts)
		if most := pages - stored/transfer.PageSize + 1; sent-first > most { // the last page once more
			t.Errorf("killed at page %d with %d stored: %d further reads, at most %d", at, stored, sent-first, most)
		}
		if booked := number0(b.json(0, "status"), "reads") - before; booked < sent || booked > sent+20 {
			t.Errorf("killed at page %d: %d booked, %d sent", at, booked, sent)
		}
		seen := map[string]bool{}
		for _, row := range list(t, b.json(0, "import", "rows"), "rows") {
			id := fmt.Sprint(row["id"])
			if seen[id] {
				t.Errorf("killed at page %d: %s is there twice", at, id)
			}
			seen[id] = true
		}
		for _, p := range b.server.Products() {
			if !seen[fmt.Sprint(p.ID)] {
				t.Errorf("killed at page %d: %d is left out", at, p.ID)
			}
		}
	}
	if kills == 0 {
		t.Error("nothing was killed")
	}
}
