package main

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
	"github.com/sopyo/sopyo-desktop/storage/report/smtptest"
)

// jsonAt is json by a clock that is wrong by so much.
func (b *bench) jsonAt(wrong time.Duration, want int, args ...string) map[string]any {
	b.t.Helper()
	var o, e bytes.Buffer
	all := append([]string{"--data", b.data, "--isbasi-url", b.server.URL(), "--lang", "tr", "--retry-pause", "1ms", "--json"}, args...)
	code := run(context.Background(), all, console.Streams{In: strings.NewReader(""), Out: &o, Err: &e, Now: func() time.Time { return time.Now().Add(wrong) }})
	var m map[string]any
	if err := json.Unmarshal(o.Bytes(), &m); err != nil || code != want {
		b.t.Fatalf("%v: exit %d, want %d, %v\n%s%s", args, code, want, err, o.String(), e.String())
	}
	return m
}

const years = 3 * 365 * 24 * time.Hour

// What a clock of three years ahead has left behind holds up nothing once it is right: letters go out, reads are booked in
// İşbaşı's month, and a plan from a time to come is an old one.
func TestClock_onceWrongHoldsUpNothing(t *testing.T) {
	b := newBench(t, sandbox.Options{Products: sandbox.Products(120, 3)})
	b.authorize()
	away := b.mailServer(smtptest.Options{})
	away.Close()
	b.jsonAt(years, 0, "import", "--report-to", "ali@example.com")
	waiting := list(t, b.json(0, "mail", "list"), "letters")
	if len(waiting) != 1 || waiting[0]["state"] != "queued" || !strings.HasPrefix(waiting[0]["next_at"].(string), time.Now().Add(years).Format("2006")) {
		t.Fatalf("%v", waiting)
	}
	b.jsonAt(years, 0, "import", "--plan", "--out", b.path("plan.json"))

	there := b.mailServer(smtptest.Options{})
	b.json(0, "mail", "send")
	if n := len(there.Letters()); n != 1 {
		t.Errorf("%d letters, %v", n, b.json(0, "mail", "list"))
	}
	q := b.json(0, "quota")
	reads, _ := q["read"].(map[string]any)
	if m := quota.Month(time.Now()); q["month"] != m || number0(reads, "used") != b.server.Spent(sandbox.CostRead) {
		t.Errorf("%v, %d were made", q, b.server.Spent(sandbox.CostRead))
	}
	m := b.json(console.ExitLater, "import", "--from-plan", b.path("plan.json"))
	if e, _ := m["error"].(map[string]any); e["kind"] != "stale-plan" {
		t.Errorf("%v", m)
	}
}

// What was agreed on by a clock of three years ahead is compared, sent and taken by the right one.
func TestClock_onceWrongHoldsUpNoSync(t *testing.T) {
	b := newSynced(t, 6, sandbox.Options{})
	b.json(0, "sync", "settings", "set", "price_share=100", "zeroed=1000")
	b.ours(1, 2, "110", "8")
	b.theirs(3, 4, "120", "12")
	b.jsonAt(years, 0, "sync")
	b.ours(3, 3, "130", "9")
	b.theirs(1, 1, "120", "12")
	b.ours(5, 5, "150", "5")
	b.theirs(6, 6, "125", "6")
	done := b.json(0, "sync")
	want := map[string]string{"K-001": "120 12", "K-002": "110 8", "K-003": "130 9", "K-004": "120 12", "K-005": "150 5", "K-006": "125 6"}
	for _, p := range list(t, b.json(0, "catalogue", "list", "--limit", "0"), "products") {
		their := b.server.Products()[number0(p, "id")-1]
		ours, theirs := p["price"].(string)+" "+p["stock"].(string), their.Price.Decimal.String()+" "+their.Stock.Decimal.String()
		if code := p["code"].(string); ours != want[code] || theirs != want[code] {
			t.Errorf("%s: %s here, %s there, want %s", code, ours, theirs, want[code])
		}
	}
	if t.Failed() {
		t.Logf("%v\n%v", done, b.json(0, "sync", "show"))
	}
}
