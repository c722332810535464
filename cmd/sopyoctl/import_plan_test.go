package main

import (
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/storage/disk"
	"github.com/sopyo/sopyo-desktop/storage/files/plan"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// planCounts compares the counters of a run with the counts of a plan.
func planCounts(t *testing.T, plan, done map[string]any) {
	t.Helper()
	counts, _ := plan["plan"].(map[string]any)
	for _, k := range []string{"read", "matched", "unmatched", "skipped", "failed"} {
		if number0(counts, k) != number0(done, k) {
			t.Errorf("%s: planned %v, done %v", k, counts[k], done[k])
		}
	}
}

func TestImport_fromPlanDoesExactlyThatAndReadsNothing(t *testing.T) {
	b := newStocked(t, 230, sandbox.Options{})
	plan := b.json(0, "import", "--plan", "--out", b.path("plan.json"), "--html", b.path("plan.html"))
	if counts, _ := plan["plan"].(map[string]any); number0(counts, "matched") == 0 || plan["file"] != b.path("plan.json") {
		t.Fatalf("%v", plan)
	}
	page, err := os.ReadFile(b.path("plan.html"))
	if err != nil || !strings.Contains(string(page), "Aktarım planı") {
		t.Errorf("page: %v", err)
	}
	reads := b.server.Count(sandbox.RouteProducts)
	done := b.json(0, "import", "--from-plan", b.path("plan.json"))
	if done["id"] != plan["id"] || done["state"] != "done" || b.server.Count(sandbox.RouteProducts) != reads {
		t.Errorf("%v", done)
	}
	planCounts(t, plan, done)
	if list, _ := done["deviations"].([]any); len(list) != 0 {
		t.Errorf("deviations on unchanged data: %v", list)
	}
	before := b.json(0, "catalogue", "list", "--limit", "0")
	again := b.json(0, "import", "--from-plan", b.path("plan.json"))
	if again["id"] != done["id"] {
		t.Errorf("the second time another transfer: %v", again)
	}
	if after := b.json(0, "catalogue", "list", "--limit", "0"); mustJSON(t, after) != mustJSON(t, before) {
		t.Error("the second time something changed")
	}
}

func TestImport_fromPlanListsWhatChangedSince(t *testing.T) {
	b := newStocked(t, 60, sandbox.Options{})
	plan := b.json(0, "import", "--plan", "--out", b.path("plan.json"))
	p := sandbox.Products(60, 5)[0]
	b.json(0, "catalogue", "import", b.write("k2.csv", "Stok Kodu;Barkod;Ürün Adı\n"+p.Code+";"+p.Barcode+";Başka ad\n"))
	done := b.json(console.ExitPartly, "import", "--from-plan", b.path("plan.json"))
	if done["state"] != "partly_done" || number0(done, "failed") != 1 {
		t.Fatalf("%v", done)
	}
	list, _ := done["deviations"].([]any)
	if len(list) != 1 {
		t.Fatalf("deviations %v", list)
	}
	if d, _ := list[0].(map[string]any); d["code"] != p.Code || d["deviation"] != "failed" || d["planned"] != "matched" {
		t.Errorf("%v", d)
	}
	_, out, _ := b.do("import", "--from-plan", b.path("plan.json"))
	if !strings.Contains(out, p.Code) || !strings.Contains(out, "plandan sonra değişti") {
		t.Errorf("not listed for people: %s", out)
	}
	tried := b.json(0, "import", "--retry-failed")
	if tried["id"] != done["id"] || tried["state"] != "done" {
		t.Errorf("%v", tried)
	}
	planCounts(t, plan, tried)
}

func TestImport_fromPlanStagesTheRowsWhenTheRunIsGone(t *testing.T) {
	b := newStocked(t, 60, sandbox.Options{})
	first := b.json(0, "import", "--plan", "--out", b.path("plan.json"))
	second := b.json(0, "import", "--plan", "--out", b.path("other.json")) // the first one's run goes
	reads := b.server.Count(sandbox.RouteProducts)
	done := b.json(0, "import", "--from-plan", b.path("plan.json"))
	if done["id"] == first["id"] || done["id"] == second["id"] || done["state"] != "done" {
		t.Errorf("%v", done)
	}
	planCounts(t, first, done)
	if b.server.Count(sandbox.RouteProducts) != reads || number0(done, "api_reads") != 0 {
		t.Error("it was read anew")
	}
	if again := b.json(0, "import", "--from-plan", b.path("plan.json")); again["id"] != done["id"] {
		t.Errorf("staged twice: %v", again)
	}
}

func TestImport_fromPlanRefuses(t *testing.T) {
	b := newStocked(t, 20, sandbox.Options{})
	b.json(0, "import", "--plan", "--out", b.path("plan.json"))
	raw, err := os.ReadFile(b.path("plan.json"))
	if err != nil {
		t.Fatal(err)
	}
	kind := func(m map[string]any) (kind, sentence string) {
		e, _ := m["error"].(map[string]any)
		kind, _ = e["kind"].(string)
		sentence, _ = e["message"].(string)
		return kind, sentence
	}
	for name, c := range map[string]struct{ text, says string }{
		"a changed file": {strings.Replace(string(raw), `"active":true`, `"active":false`, 1), "değiştirilmiş ya da yarım"},
		"a cut file":     {string(raw[:len(raw)-100]), "değiştirilmiş ya da yarım"},
		"another file":   {"Stok Kodu;Ad\n", "bir aktarım planı değil"},
	} {
		k, s := kind(b.json(console.ExitError, "import", "--from-plan", b.write("bad.json", c.text)))
		if k != "file" || !strings.Contains(s, c.says) {
			t.Errorf("%s: %s %q", name, k, s)
		}
	}
	other := newStocked(t, 20, sandbox.Options{TenantID: "00000000-0000-4000-8000-000000000002"})
	k, s := kind(other.json(console.ExitError, "import", "--from-plan", b.path("plan.json")))
	if k != "file" || !strings.Contains(s, "başka bir İşbaşı firmasının") {
		t.Errorf("another firm: %s %q", k, s)
	}
}

func TestImport_fromAnOldPlanAsks(t *testing.T) {
	b := newStocked(t, 20, sandbox.Options{})
	b.json(0, "import", "--plan", "--out", b.path("plan.json"))
	p, err := plan.Open(b.path("plan.json"))
	if err != nil {
		t.Fatal(err)
	}
	old := p.Document
	old.RunID, old.ReadAt, old.MadeAt = 99, old.ReadAt.Add(-25*time.Hour), old.MadeAt.Add(-25*time.Hour)
	if err := disk.Write(b.path("old.json"), func(out io.Writer) error { return plan.Write(out, old, p.Rows) }); err != nil {
		t.Fatal(err)
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	m := b.json(console.ExitLater, "import", "--from-plan", b.path("old.json"))
	if e, _ := m["error"].(map[string]any); e["kind"] != "stale-plan" || !strings.Contains(mustJSON(t, e), "--accept-old") {
		t.Errorf("%v", m)
	}
	if done := b.json(0, "import", "--from-plan", b.path("old.json"), "--accept-old"); done["state"] != "done" {
		t.Errorf("%v", done)
	}
}

func TestImport_fromPlanSurvivesKills(t *testing.T) {
	const n = tortureProducts / 2
	calm := newStocked(t, n, sandbox.Options{})
	calm.json(0, "import", "--plan", "--out", calm.path("plan.json"))
	want := calm.json(0, "import", "--from-plan", calm.path("plan.json"))
	wantList := calm.json(0, "catalogue", "list", "--limit", "0")
	seconds, _ := want["seconds"].(float64)

	b := newStocked(t, n, sandbox.Options{})
	b.json(0, "import", "--plan", "--out", b.path("plan.json"))
	b.json(0, "import", "--plan", "--out", b.path("other.json")) // so that the rows are staged first
	reads := b.server.Count(sandbox.RouteProducts)
	signIns := b.server.Count(sandbox.RouteLogin)
	const most = 6
	kills := 0
	for i := range most {
		// Each child signs in first; then it is killed after some more of its work each time.
		after := time.Duration(seconds / most * float64(i+1) * float64(time.Second))
		var from time.Time
		when := func() bool {
			if from.IsZero() && b.server.Count(sandbox.RouteLogin) > signIns+i {
				from = time.Now()
			}
			return !from.IsZero() && time.Since(from) > after
		}
		if b.killed(when, "import", "--from-plan", b.path("plan.json")) {
			kills++
		}
	}
	if kills == 0 {
		t.Error("no kill struck")
	}
	got := b.json(0, "import", "--from-plan", b.path("plan.json"))
	for _, k := range []string{"state", "read", "matched", "unmatched", "skipped", "failed", "pending"} {
		if got[k] != want[k] {
			t.Errorf("%s = %v, undisturbed %v", k, got[k], want[k])
		}
	}
	if list := b.json(0, "catalogue", "list", "--limit", "0"); mustJSON(t, list) != mustJSON(t, wantList) {
		t.Error("the catalogue differs from that of an undisturbed run")
	}
	if b.server.Count(sandbox.RouteProducts) != reads {
		t.Error("it was read anew")
	}
}
