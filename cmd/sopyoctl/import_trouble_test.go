package main

import (
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// What goes wrong on a page after pages were answered ends no transfer: it pauses, and goes on without reading those again.
// Whatever it is: İşbaşı's own refusals, a gateway's page in its place, an answer of nothing.
func TestImport_anyTroubleOnALaterPagePauses(t *testing.T) {
	for name, f := range map[string]sandbox.Fault{
		"300":           {Kind: sandbox.FaultHTML, Status: 300},
		"302":           {Kind: sandbox.FaultHTML, Status: 302},
		"307":           {Kind: sandbox.FaultRedirect, Location: "https://example.com/"},
		"400":           {Kind: sandbox.FaultStatus, Status: 400, Message: "olmadı"},
		"400 of a page": {Kind: sandbox.FaultHTML, Status: 400},
		"403":           {Kind: sandbox.FaultStatus, Status: 403},
		"403 of a page": {Kind: sandbox.FaultHTML, Status: 403},
		"404":           {Kind: sandbox.FaultStatus, Status: 404},
		"410":           {Kind: sandbox.FaultHTML, Status: 410},
		"429":           {Kind: sandbox.FaultRate, RetryAfter: 100 * time.Second},
		"429 of days":   {Kind: sandbox.FaultRate, RetryAfter: 50 * time.Hour},
		"451":           {Kind: sandbox.FaultHTML, Status: 451},
		"500":           {Kind: sandbox.FaultStatus, Status: 500},
		"502":           {Kind: sandbox.FaultHTML, Status: 502},
		"200 of a page": {Kind: sandbox.FaultHTML, Status: 200},
		"200, nothing":  {Kind: sandbox.FaultBody, Message: ""},
		"200, null":     {Kind: sandbox.FaultBody, Message: "null"},
		"200, a list":   {Kind: sandbox.FaultBody, Message: "[]"},
		"200, half":     {Kind: sandbox.FaultBody, Message: `{"data":[{"id":1,`},
		"200, foreign":  {Kind: sandbox.FaultBody, Message: `{"status":"maintenance"}`},
		"cut":           {Kind: sandbox.FaultCut},
		"dropped":       {Kind: sandbox.FaultDrop},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, sandbox.Options{Products: sandbox.Products(450, 3)})
			b.authorize()
			f.Route, f.Page = sandbox.RouteProducts, 4
			b.server.Fault(f)
			paused := b.json(console.ExitLater, "import")
			if paused["state"] != "paused" {
				t.Errorf("%v", paused)
			}
			b.server.Mend()
			before := b.server.Count(sandbox.RouteProducts)
			if name == "429 of days" {
				b.json(0, "quota", "reopen", "read")
			}
			done := b.json(0, "import", "--resume")
			if done["id"] != paused["id"] || done["state"] != "done" || done["read"] != 450.0 {
				t.Errorf("%v", done)
			}
			if n := b.server.Count(sandbox.RouteProducts) - before; n > 3 {
				t.Errorf("%d reads more for two pages", n)
			}
		})
	}
}
