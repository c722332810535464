package app

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/disk"
	"github.com/sopyo/sopyo-desktop/storage/files/plan"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// planned makes a preview that nobody has confirmed.
func (h *house) planned(change ...func(*transfer.Options)) transfer.Run {
	h.t.Helper()
	job := h.begin(change...)
	if err := job.Prepare(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
	return job.Snapshot().Run
}

// document reads a plan file back, with its rows.
func document(t *testing.T, path string) (transfer.Document, []transfer.PlanRow, string) {
	t.Helper()
	f, err := plan.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	var rows []transfer.PlanRow
	for r, err := range f.Rows {
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, r)
	}
	return f.Document, rows, f.Checksum
}

func TestPlan_isSavedWholeAndCarriedOutInTheNextSitting(t *testing.T) {
	h := newHouse(t, sandbox.Options{TenantName: "Deneme Ticaret"}).signIn()
	known := h.stock()
	run := h.planned(func(o *transfer.Options) {
		o.TakeBrand, o.TakeVAT, o.Unmatched = true, true, transfer.UnmatchedDraft
	})
	plan, err := h.TransferPlan(t.Context(), run.ID)
	if err != nil || plan.RunID != run.ID || plan.Options != run.Options || plan.Cost != (transfer.Cost{Products: 5, Reads: 1}) || plan.Matched != 3 || plan.Unmatched != 1 || plan.Skipped != 1 {
		t.Fatalf("%+v, %v", plan, err)
	}
	was := h.products()
	conn, err := h.Connection(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := transfer.Document{Company: h.Info.ID, Name: h.Info.Name, TenantID: sandbox.DemoTenant, Firm: conn.FirmName, Plan: plan}
	if want.Firm == "" {
		t.Error("the firm has no name")
	}
	named := filepath.Join(h.home, "benim.json")
	for _, path := range []string{"", named} {
		got, err := h.WritePlan(t.Context(), run.ID, path)
		if err != nil || path != "" && got != path || path == "" && (filepath.Dir(got) != h.documentsOf() || !strings.HasPrefix(filepath.Base(got), fmt.Sprint("isbasi-plan-", run.ID, " 20")) || filepath.Ext(got) != ".json") {
			t.Fatalf("%s, %v", got, err)
		}
		d, rows, _ := document(t, got)
		for _, diff := range domaintest.Differences(d, want) {
			t.Error(diff)
		}
		if len(rows) != 5 {
			t.Errorf("%d rows", len(rows))
		}
		for _, r := range rows {
			partner := map[domain.RemoteID]string{"11": "A", "12": "B", "15": "C"}[r.Remote.ID]
			if partner != "" && (r.Partner != transfer.Fingerprint(known[partner]) || r.ProductID != known[partner].ID) || partner == "" && r.Partner != "" {
				t.Errorf("%s: %+v", r.Remote.Name, r)
			}
		}
	}
	page, err := h.SavePlanPage(t.Context(), run.ID, "")
	if err != nil || filepath.Ext(page) != ".html" || filepath.Dir(page) != h.documentsOf() || !strings.HasPrefix(filepath.Base(page), fmt.Sprint("isbasi-plan-", run.ID, " 20")) {
		t.Errorf("%s, %v", page, err)
	}
	mine, err := h.SavePlanPage(t.Context(), run.ID, filepath.Join(h.home, "sayfa.html"))
	if err != nil || mine != filepath.Join(h.home, "sayfa.html") {
		t.Errorf("%s, %v", mine, err)
	}
	for _, path := range []string{page, mine} {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, must := range []string{`lang="tr"`, "Uzak bir", "Uzak beş", known["A"].Name, conn.FirmName, domain.FormatTime(plan.MadeAt, "tr")} {
			if !strings.Contains(string(raw), must) {
				t.Errorf("%s: no %q", path, must)
			}
		}
	}
	if _, err := h.SavePlanPage(t.Context(), run.ID, filepath.Join(h.home, "yok", "x.html")); domain.KindOf(err) != domain.KindDisk {
		t.Errorf("%v", err)
	}
	everyRead(t, "the plan", func(ctx context.Context) (transfer.Plan, error) { return h.TransferPlan(ctx, run.ID) })
	everyRead(t, "writing it", func(ctx context.Context) (string, error) { return h.WritePlan(ctx, run.ID, named+".kesik") })
	everyRead(t, "its page", func(ctx context.Context) (string, error) {
		return h.SavePlanPage(ctx, run.ID, filepath.Join(h.home, "kesik.html"))
	})
	everyRead(t, "the preview", func(ctx context.Context) (int64, error) {
		job, err := h.Planned(ctx)
		if err != nil || job == nil {
			return 0, err
		}
		return job.Snapshot().ID, nil
	})
	for what, ask := range map[string]func() error{
		"plan": func() error { _, err := h.TransferPlan(t.Context(), 77); return err },
		"file": func() error { _, err := h.WritePlan(t.Context(), 77, ""); return err },
		"page": func() error { _, err := h.SavePlanPage(t.Context(), 77, ""); return err },
	} {
		if err := ask(); domain.KindOf(err) != domain.KindNotFound {
			t.Errorf("%s of no transfer: %v", what, err)
		}
	}
	everyRead(t, "a job of it", func(ctx context.Context) (int64, error) {
		job, err := h.FromPlan(ctx, named, false)
		if err != nil {
			return 0, err
		}
		return job.Snapshot().ID, nil
	})

	h.nextSitting()
	h.same("planned", was)
	job, err := h.FromPlan(t.Context(), named, false)
	if err != nil || job.Snapshot().ID != run.ID {
		t.Fatalf("%v, %v", job, err)
	}
	done := h.done(job)
	if done.State != transfer.StateDone || done.ID != run.ID || done.Options != run.Options || h.server.Count(sandbox.RouteProducts) != 1 {
		t.Errorf("%+v", done)
	}
	far := shelf()
	for name, i := range map[string]int{"A": 0, "B": 1, "C": 4} {
		was[known[name].Name] = taken(known[name], far[i], run.Options)
	}
	was["Uzak üç"] = taken(domain.Product{
		Code: "R-13", Barcode: domain.Barcode(far[2].Barcode), Name: "Uzak üç", Brand: "Marka üç", VATRate: far[2].VATRate, Currency: domain.TRY, State: domain.ProductDraft,
	}, far[2], run.Options)
	h.same("carried out", was, "ID", "Revision", "UpdatedAt")
	if job, err := h.FromPlan(t.Context(), named, false); err != nil || job.Snapshot().State != transfer.StateDone || job.Snapshot().ID != run.ID {
		t.Errorf("carried out already: %+v, %v", job, err)
	}
	if job, err := h.Planned(t.Context()); err != nil || job != nil {
		t.Errorf("still a preview: %v, %v", job, err)
	}
	if devs, n, err := h.Rows(t.Context(), deviating(run.ID, 10, 0)); err != nil || n != 0 || len(devs) != 0 {
		t.Errorf("%+v, %v", devs, err)
	}
}

func TestFromPlan_refusesWhatIsNotThisFirmsOrTooOld(t *testing.T) {
	h := newHouse(t, sandbox.Options{})
	path := filepath.Join(h.home, "plan.json")
	_, err := h.FromPlan(t.Context(), path, false)
	wantKind(t, "nobody signed in", err, domain.KindNeedsSignIn, "", "")
	h.signIn()
	h.stock()
	if _, err := h.FromPlan(t.Context(), path, false); domain.KindOf(err) != domain.KindFile {
		t.Errorf("no file: %v", err)
	}
	run := h.planned()
	d, err := h.Document(t.Context(), run.ID)
	if err != nil {
		t.Fatal(err)
	}
	write := func(d transfer.Document) {
		t.Helper()
		if err := disk.Write(path, func(out io.Writer) error { return plan.Write(out, d, h.Store.PlanRows(t.Context(), run.ID)) }); err != nil {
			t.Fatal(err)
		}
	}
	other := d
	other.TenantID = "7b0e0c0e-0000-4000-8000-00000000000b"
	write(other)
	_, err = h.FromPlan(t.Context(), path, false)
	wantKind(t, "another firm's", err, domain.KindFile, "", "plan.other-company")
	old := d
	old.ReadAt = time.Now().Add(-transfer.PlanLifetime - time.Minute)
	write(old)
	_, err = h.FromPlan(t.Context(), path, false)
	wantKind(t, "too old", err, domain.KindStalePlan, "", "ctl.old-plan")
	runs, n, err := h.Runs(t.Context(), 0, 0)
	if err != nil || n != 0 {
		t.Errorf("%+v, %v", runs, err)
	}
	// A person takes it all the same; it is carried out, and asked about no more.
	job, err := h.FromPlan(t.Context(), path, true)
	if err != nil {
		t.Fatal(err)
	}
	if done := h.done(job); done.State != transfer.StateDone || done.Counters.Matched != 3 {
		t.Errorf("%+v", done)
	}
	if job, err := h.FromPlan(t.Context(), path, false); err != nil || job.Snapshot().State != transfer.StateDone {
		t.Errorf("finished already: %v", err)
	}
	s, err := h.Settings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s.IntegrationOn = false
	if err := h.SaveSettings(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	_, err = h.FromPlan(t.Context(), path, true)
	wantKind(t, "closed", err, domain.KindInvalid, "integration", "integration-closed")
}

// The plan of another machine, or of a company that was removed: its rows come from the file, whatever
// number its run had there.
func TestFromPlan_ofAnotherMachineTakesItsRows(t *testing.T) {
	h := newHouse(t, sandbox.Options{}).signIn()
	h.stock()
	run := h.planned(func(o *transfer.Options) { o.TakeName = true })
	path, err := h.WritePlan(t.Context(), run.ID, filepath.Join(h.home, "plan.json"))
	if err != nil {
		t.Fatal(err)
	}
	_, rows, _ := document(t, path)
	was := h.products()
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := h.app.RemoveCompany(t.Context(), h.Info); err != nil {
		t.Fatal(err)
	}
	info := named(t, h.app, "Öteki makine")
	h.Company = opened(t, h.app, info)
	h.signIn().stock()
	other := h.planned() // a run of the same number that is another one
	if other.ID != run.ID {
		t.Fatalf("run %d, want %d", other.ID, run.ID)
	}
	read := h.server.Count(sandbox.RouteProducts)
	job, err := h.FromPlan(t.Context(), path, false)
	if err != nil || job.Snapshot().ID == other.ID {
		t.Fatalf("%v, %v", job, err)
	}
	if again, err := h.FromPlan(t.Context(), path, false); err != nil || again.Snapshot().ID != job.Snapshot().ID {
		t.Errorf("taken in twice: %v, %v", again, err)
	}
	done := h.done(job)
	if done.State != transfer.StateDone || !done.Options.TakeName || done.Counters.Read != len(rows) || h.server.Count(sandbox.RouteProducts) != read {
		t.Errorf("%+v", done)
	}
	got := h.rows(done.ID)
	for _, r := range rows {
		g := got[r.Remote.ID]
		for _, d := range domaintest.Differences(g.Remote, r.Remote) {
			t.Errorf("%s: %s", r.Remote.Name, d)
		}
		if g.Tier != r.Tier || g.Reason != r.Reason || g.Planned.Outcome != r.Planned.Outcome {
			t.Errorf("%+v, want %+v", g.Row, r.Row)
		}
	}
	if now := h.products(); len(now) != len(was) || now["Uzak bir"].Name == "" {
		t.Errorf("%v", now)
	}
}

func TestRetry_triesTheFailedRowsAgain(t *testing.T) {
	h := newHouse(t, sandbox.Options{}).signIn()
	if job, err := h.Retry(t.Context()); job != nil || err != nil {
		t.Errorf("before any transfer: %v, %v", job, err)
	}
	known := h.stock()
	run := h.planned()
	changed := known["A"]
	changed.Description = "elle"
	saved, err := h.SaveProducts(t.Context(), changed)
	if err != nil || len(saved) != 1 || saved[0].Revision == changed.Revision || saved[0].Description != "elle" {
		t.Fatalf("%+v, %v", saved, err)
	}
	if devs, n, err := h.Rows(t.Context(), deviating(run.ID, 10, 0)); err != nil || n != 0 {
		t.Errorf("before it is carried out: %+v, %v", devs, err)
	}
	job, err := h.Planned(t.Context())
	if err != nil || job == nil || job.Snapshot().ID != run.ID {
		t.Fatalf("%v, %v", job, err)
	}
	part := h.done(job)
	if part.State != transfer.StatePartlyDone || part.Counters.Failed != 1 {
		t.Fatalf("%+v", part)
	}
	if err := h.SaveReports(t.Context()); err != nil {
		t.Fatal(err)
	}
	if saved, ok, err := h.SavedReport(t.Context(), run.ID); err != nil || !ok || saved.Open != 1 || saved.State != part.State {
		t.Errorf("its report: %+v, %v, %v", saved, ok, err)
	}
	devs, n, err := h.Rows(t.Context(), deviating(run.ID, 10, 0))
	if err != nil || n != 1 || devs[0].Remote.ID != "11" || devs[0].Deviation() != transfer.DeviationFailed {
		t.Errorf("%+v, %v", devs, err)
	}
	if devs, n, err := h.Rows(t.Context(), deviating(run.ID, 10, 1)); err != nil || n != 1 || len(devs) != 0 {
		t.Errorf("%+v, %v", devs, err)
	}
	everyRead(t, "deviations", func(ctx context.Context) ([]transfer.Listed, error) {
		d, _, err := h.Rows(ctx, deviating(run.ID, 1, 0))
		return d, err
	})
	again, err := h.Retry(t.Context())
	if err != nil || again == nil {
		t.Fatalf("%v, %v", again, err)
	}
	if done := h.done(again); done.State != transfer.StateDone || done.Counters.Failed != 0 || done.Counters.Matched != 3 || done.ID != run.ID {
		t.Errorf("%+v", done)
	}
	if p := h.products()[known["A"].Name]; p.Description != "elle" || !p.Price.Decimal.Equal(shelf()[0].Price.Decimal) {
		t.Errorf("%+v", p)
	}
	if job, err := h.Retry(t.Context()); job != nil || err != nil {
		t.Errorf("nothing has failed: %v, %v", job, err)
	}
	if _, err := h.Retry(endingAt(t.Context(), 1)); domain.KindOf(err) != domain.KindCancelled {
		t.Errorf("%v", err)
	}
	if _, err := h.Planned(endingAt(t.Context(), 1)); domain.KindOf(err) != domain.KindCancelled {
		t.Errorf("%v", err)
	}
}

// A preview of yesterday is asked about before it is carried out, and is not offered by itself.
func TestPlanned_offersWhatWasReadLately(t *testing.T) {
	h := newHouse(t, sandbox.Options{}).signIn()
	h.stock()
	run := h.planned()
	for _, tt := range []struct {
		age     time.Duration
		offered bool
	}{{transfer.PlanLifetime - time.Minute, true}, {transfer.PlanLifetime + time.Minute, false}} {
		run.ReadAt = time.Now().Add(-tt.age)
		if err := h.Store.SaveRun(t.Context(), run); err != nil {
			t.Fatal(err)
		}
		job, err := h.Planned(t.Context())
		if err != nil || (job != nil) != tt.offered {
			t.Errorf("read %v ago: %v, %v", tt.age, job, err)
		}
	}
}

// deviating asks for one page of a run's rows that became something else than planned.
func deviating(run int64, n, skip int) transfer.Query {
	return transfer.Query{RunID: run, Deviating: true, Limit: n, Offset: skip}
}
