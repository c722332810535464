package main

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// stamps are moments as --json says them.
var stamps = regexp.MustCompile(`"\d{4}-\d\d-\d\dT[^"]*"`)

// killedWaiting kills a command while İşbaşı keeps the answer to its first call of a list back: nothing of the list is
// stored then, the run itself only.
func (b *bench) killedWaiting(command ...string) {
	b.t.Helper()
	b.server.Fault(sandbox.Fault{Kind: sandbox.FaultDelay, Route: sandbox.RouteProducts, Times: 1, Delay: time.Hour})
	struck := func() bool {
		for _, f := range b.server.Faults() {
			if f.Kind == sandbox.FaultDelay && f.Struck > 0 {
				return true
			}
		}
		return false
	}
	if !b.killed(struck, command...) {
		b.t.Fatalf("%v ended before it could be killed", command)
	}
	b.server.Mend()
}

// What was chosen for a transfer is stored before İşbaşı is asked for anything: one that is killed while it waits for the
// first page goes on as it was begun, and one that goes on is killed as well.
func TestImport_killedBeforeItsFirstPageKeepsWhatWasChosen(t *testing.T) {
	products := sandbox.Products(120, 3)
	for name, chosen := range map[string][]string{
		"everything": {"--match", "code", "--include-passive", "--only-in-stock", "--unmatched", "created", "--take-name", "--take-brand", "--take-vat"},
		"a limit":    {"--limit", "20", "--unmatched", "draft"},
		"the count":  {"--accept-count"},
	} {
		t.Run(name, func(t *testing.T) {
			calm, b := newBench(t, sandbox.Options{Products: products}), newBench(t, sandbox.Options{Products: products})
			code := 0
			if name == "a limit" {
				code = console.ExitPartly
			}
			for _, b := range []*bench{calm, b} {
				b.catalogue("Stok Kodu;Barkod;Ürün Adı", products[0].Code+";;bir", "k-2;"+products[1].Barcode+";iki")
				b.authorize()
			}
			want := calm.json(code, append([]string{"import"}, chosen...)...)
			b.killedWaiting(append([]string{"import"}, chosen...)...)
			b.killedWaiting("import", "--resume")
			got := b.json(code, "import", "--resume")
			for _, key := range []string{"id", "state", "read", "matched", "unmatched", "skipped", "failed", "pending"} {
				if got[key] != want[key] {
					t.Errorf("%s: %v, undisturbed %v", key, got[key], want[key])
				}
			}
			rows := func(b *bench) string {
				return mustJSON(t, []any{b.json(0, "import", "rows", "--limit", "0")["rows"], b.json(0, "catalogue", "list", "--limit", "0")["products"]})
			}
			if x, y := stamps.ReplaceAllString(rows(b), ""), stamps.ReplaceAllString(rows(calm), ""); x != y {
				t.Errorf("%s\nundisturbed %s", x, y)
			}
		})
	}
}

// So it is with a sync: what was to be sent only is not taken, too, when it goes on.
func TestSync_killedBeforeItsFirstPageKeepsWhatWasChosen(t *testing.T) {
	b := newSynced(t, 30, sandbox.Options{})
	b.ours(1, 2, "101", "")
	b.theirs(3, 4, "102", "")
	b.killedWaiting("sync", "--pull-only")
	b.killedWaiting("sync", "--resume")
	got := b.json(0, "sync", "--resume")
	if b.server.Count(sandbox.RouteSaveProduct) != 0 || !strings.Contains(mustJSON(t, got["pulled"]), `"price":2`) {
		t.Errorf("%v", got)
	}
	b.killedWaiting("sync", "--push-only")
	b.theirs(5, 6, "103", "")
	got = b.json(0, "sync", "--resume")
	if b.server.Count(sandbox.RouteSaveProduct) != 2 || mustJSON(t, got["pulled"]) != `{"price":0,"stock":0}` {
		t.Errorf("%v", got)
	}
}
