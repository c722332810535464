package transfer_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/catalogue"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
	storedtransfer "github.com/sopyo/sopyo-desktop/storage/sqlite/transfer"
)

// undo undoes a whole transfer, n images at a time, and gives what was done.
func undo(t *testing.T, c *sqlitetest.Company, run int64, n int) transfer.UndoPlan {
	t.Helper()
	for {
		left, err := c.UndoBatch(t.Context(), run, n)
		if err != nil {
			t.Fatal(err)
		}
		if left == 0 {
			break
		}
	}
	return planUndo(t, c, run)
}

func planUndo(t *testing.T, c *sqlitetest.Company, run int64) transfer.UndoPlan {
	t.Helper()
	p, err := c.PlanUndo(t.Context(), run)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// wantPlan compares what was planned with what was done.
func wantPlan(t *testing.T, planned, done transfer.UndoPlan, restored, removed, unbound, blocked int) {
	t.Helper()
	for name, p := range map[string]transfer.UndoPlan{"planned": planned, "done": done} {
		if p.Restored != restored || p.Removed != removed || p.Unbound != unbound || p.BlockedCount != blocked || len(p.Blocked) != blocked {
			t.Errorf("%s: %d restored, %d removed, %d unbound, %d blocked %+v", name, p.Restored, p.Removed, p.Unbound, p.BlockedCount, p.Blocked)
		}
	}
}

func TestUndo_bringsTheCatalogueBackAndLeavesTheCounters(t *testing.T) {
	for _, n := range []int{1, 2, 100} {
		c, _ := shop(t)
		before := image(t, c)
		o := transfer.DefaultOptions(domain.TRY)
		o.Unmatched, o.TakeName = transfer.UnmatchedCreated, true
		run := sqlitetest.Transferred(t, c, o,
			domain.RemoteProduct{ID: "1", Type: storedtransfer.TypeProduct, Code: "A", Name: "Yeni ad", Active: true, Price: sqlitetest.Dec("12")},
			domain.RemoteProduct{ID: "7", Type: storedtransfer.TypeProduct, Code: "X", Name: "Xylit", Active: true, Price: sqlitetest.Dec("31")},
			domain.RemoteProduct{ID: "8", Type: storedtransfer.TypeProduct, Code: "YENİ", Name: "Yeni", Active: true})
		rows, planned := rowsImage(t, c), planUndo(t, c, run.ID)
		done := undo(t, c, run.ID, n)
		wantPlan(t, planned, done, 2, 1, 2, 0)
		if image(t, c) != before {
			t.Errorf("%d at a time:\n%s\n%s", n, before, image(t, c))
		}
		if done.Run.Counters != run.Counters || done.Run.UndoneAt.IsZero() || done.Run.State != transfer.StateDone {
			t.Errorf("%+v", done.Run)
		}
		_ = rows
		sqlitetest.WantSound(t, c)
	}
}

func TestUndo_showsTheTransferBeforeItAndGoesDownTheStack(t *testing.T) {
	c, first := shop(t)
	start := image(t, c)
	second := sqlitetest.Transferred(t, c, first.Options, domain.RemoteProduct{ID: "1", Type: storedtransfer.TypeProduct, Code: "A", Name: "A", Active: true, Price: sqlitetest.Dec("15")})
	if p := planUndo(t, c, first.ID); p.BlockedCount != 1 || p.Blocked[0].Why != transfer.RefusedNotUndone || p.Blocked[0].Remote.ID != "1" {
		t.Errorf("the older transfer alone: %+v", p)
	}
	undo(t, c, second.ID, 10)
	if image(t, c) != start {
		t.Errorf("\n%s\n%s", start, image(t, c))
	}
	if latest, ok, err := c.LatestRun(t.Context()); err != nil || !ok || latest.ID != first.ID {
		t.Errorf("latest %d, %v, %v", latest.ID, ok, err)
	}
	planned := planUndo(t, c, first.ID)
	wantPlan(t, planned, undo(t, c, first.ID, 10), 1, 0, 1, 0)
	if a := sqlitetest.ProductByCode(t, c, "A"); !catalogue.SameDecimal(a.Price, sqlitetest.Dec("10")) || a.Revision != 1 {
		t.Errorf("%+v", a)
	}
	if _, ok, err := c.LatestRun(t.Context()); err != nil || ok {
		t.Errorf("there is a latest transfer: %v, %v", ok, err)
	}
	runs, total, err := c.Runs(t.Context(), 1, 1)
	if err != nil || total != 2 || len(runs) != 1 || runs[0].ID != first.ID || runs[0].UndoneAt.IsZero() {
		t.Errorf("%+v, %d, %v", runs, total, err)
	}
	// What changes a product afterwards gets a revision that it never had.
	a := sqlitetest.ProductByCode(t, c, "A")
	a.Price = sqlitetest.Dec("99")
	saved, err := c.SaveProducts(t.Context(), a)
	if err != nil || saved[0].Revision <= 3 {
		t.Errorf("%+v, %v", saved, err)
	}
}

func TestUndo_leavesWhatHasChangedSince(t *testing.T) {
	c, _ := shop(t)
	o := transfer.DefaultOptions(domain.TRY)
	o.Unmatched = transfer.UnmatchedCreated
	run := sqlitetest.Transferred(t, c, o,
		domain.RemoteProduct{ID: "7", Type: storedtransfer.TypeProduct, Code: "X", Name: "Xylit", Active: true, Price: sqlitetest.Dec("31")},
		domain.RemoteProduct{ID: "8", Type: storedtransfer.TypeProduct, Code: "P", Name: "Pirinç", Active: true},
		domain.RemoteProduct{ID: "9", Type: storedtransfer.TypeProduct, Code: "Q", Name: "Quinoa", Active: true},
		domain.RemoteProduct{ID: "10", Type: storedtransfer.TypeProduct, Code: "R", Name: "Reçel", Active: true})
	x, p := sqlitetest.ProductByCode(t, c, "X"), sqlitetest.ProductByCode(t, c, "P")
	x.Brand, p.Name = "Marka", "Pirinç 1 kg"
	if _, err := c.SaveProducts(t.Context(), x, p); err != nil {
		t.Fatal(err)
	}
	if _, err := c.DB.Writer.ExecContext(t.Context(), `INSERT INTO price_guard VALUES (?, '5', NULL)`, sqlitetest.ProductByCode(t, c, "Q").ID); err != nil {
		t.Fatal(err)
	}
	planned := planUndo(t, c, run.ID)
	done := undo(t, c, run.ID, 1)
	wantPlan(t, planned, done, 0, 1, 1, 3)
	for _, b := range append(planned.Blocked, done.Blocked...) {
		if b.Why != transfer.RefusedChanged || b.ProductCode == "" {
			t.Errorf("%s: %s %q", b.Remote.ID, b.Why, b.ProductCode)
		}
	}
	if boundTo(t, c, "7") != x.ID || boundTo(t, c, "8") != p.ID || !catalogue.SameDecimal(sqlitetest.ProductByCode(t, c, "X").Price, sqlitetest.Dec("31")) {
		t.Error("what had to stay did not stay whole")
	}
	if n := sqlitetest.Count(t, c, `SELECT count(*) FROM product WHERE code = 'R'`); n != 0 {
		t.Error("what could go did not")
	}
}

func TestUndo_takesTheDecisionsMadeInItAlong(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	sqlitetest.AddProducts(t, c, 4)
	before := image(t, c)
	other := sqlitetest.Remotes(7)
	other[3].Code, other[4].Code, other[5].Code = "BAŞKA-1", "BAŞKA-2", "BAŞKA-3"
	other[6].Code = "BAŞKA-4"
	run := sqlitetest.Transferred(t, c, transfer.DefaultOptions(domain.TRY), other...)
	free := sqlitetest.ProductByCode(t, c, "KOD-00004").ID
	sqlitetest.Decide(t, c, run.ID,
		transfer.Decision{Kind: transfer.DecideSeparate, Remote: "1"}, transfer.Decision{Kind: transfer.DecidePair, Remote: "4", Product: 1},
		transfer.Decision{Kind: transfer.DecidePair, Remote: "1", Product: free}, transfer.Decision{Kind: transfer.DecideCreate, Remote: "5"},
		transfer.Decision{Kind: transfer.DecideIgnore, Remote: "6"}, transfer.Decision{Kind: transfer.DecideSeparate, Remote: "2"})
	gone := sqlitetest.Decide(t, c, run.ID, transfer.Decision{Kind: transfer.DecideCreate, Remote: "7"})
	takeBack(t, c, gone.ID)
	counters, planned := storedRun(t, c, run.ID).Counters, planUndo(t, c, run.ID)
	done := undo(t, c, run.ID, 2)
	wantPlan(t, planned, done, 4, 1, 4, 0)
	if image(t, c) != before {
		t.Errorf("\n%s\n%s", before, image(t, c))
	}
	if done.Run.Counters != counters {
		t.Errorf("%+v, before %+v", done.Run.Counters, counters)
	}
	// Nothing can be decided about it any more.
	out := sqlitetest.Decide(t, c, run.ID, transfer.Decision{Kind: transfer.DecideIgnore, Remote: "7"})
	if out.Done != 0 || out.Refused[0].Why != transfer.RefusedUndone {
		t.Errorf("%+v", out)
	}
}

func TestUndo_ofAStoppedTransferEndsItForGood(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	r := sqlitetest.Planned(t, c, 5)
	before := image(t, c)
	r, _, err := c.Apply(t.Context(), r, 2, sqlitetest.TakePrice)
	if err != nil {
		t.Fatal(err)
	}
	r.State, r.ConfirmedAt = transfer.StateStopped, c.DB.Now()
	if err := c.SaveRun(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	if _, ok, err := c.UnfinishedRun(t.Context()); err != nil || !ok {
		t.Fatalf("%v %v", ok, err)
	}
	// A batch is enough: one that is undone in part must not go on.
	if left, err := c.UndoBatch(t.Context(), r.ID, 1); err != nil || left != 1 {
		t.Fatalf("%d left, %v", left, err)
	}
	if _, ok, err := c.UnfinishedRun(t.Context()); err != nil || ok {
		t.Errorf("it would go on: %v %v", ok, err)
	}
	_, _, err = c.Apply(t.Context(), r, 2, sqlitetest.TakePrice)
	sqlitetest.WantKind(t, err, domain.KindState)
	sqlitetest.WantKind(t, c.SaveRun(t.Context(), r), domain.KindState)
	done := undo(t, c, r.ID, 1)
	if image(t, c) != before || done.Run.Counters.Pending != 3 || done.Run.State != transfer.StateStopped {
		t.Errorf("%+v\n%s\n%s", done.Run, before, image(t, c))
	}
}

func TestUndo_goesOnWhereItWasBrokenOff(t *testing.T) {
	path := filepath.Join(t.TempDir(), "company.db")
	c := sqlitetest.Reopen(t, path)
	sqlitetest.AddProducts(t, c, 30)
	before := image(t, c)
	run := sqlitetest.Transferred(t, c, transfer.DefaultOptions(domain.TRY), sqlitetest.Remotes(30)...)
	whole := planUndo(t, c, run.ID)
	for range 3 {
		if _, err := c.UndoBatch(t.Context(), run.ID, 7); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := c.UndoBatch(ctx, run.ID, 7); !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled: %v", err)
		}
		if p := planUndo(t, c, run.ID); p.Restored != whole.Restored || p.Unbound != whole.Unbound {
			t.Errorf("half-way the plan is %+v", p)
		}
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
		c = sqlitetest.Reopen(t, path)
	}
	wantPlan(t, whole, undo(t, c, run.ID, 7), 30, 0, 30, 0)
	if image(t, c) != before {
		t.Error("not as before")
	}
	entries, _, err := c.History(t.Context(), 1, 0)
	if err != nil || entries[0].What != "transfer-undone" {
		t.Errorf("%+v, %v", entries, err)
	}
}

func TestUndo_ofATransferThatAnOlderProgramMade(t *testing.T) {
	dumps, err := filepath.Glob("../testdata/company_*.sql")
	if err != nil || len(dumps) < 4 {
		t.Fatalf("%v %v", dumps, err)
	}
	for _, dump := range dumps {
		t.Run(filepath.Base(dump), func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "company.db")
			text, err := os.ReadFile(dump)
			if err != nil {
				t.Fatal(err)
			}
			sqlitetest.Restore(t, path, string(text))
			c := sqlitetest.Reopen(t, path)
			planned := planUndo(t, c, 1)
			wantPlan(t, planned, undo(t, c, 1, 10), 1, 0, 1, 0)
			if p := sqlitetest.ProductByCode(t, c, "ÇAY-1"); !catalogue.SameDecimal(p.Price, sqlitetest.Dec("10")) || p.Revision != 1 || boundTo(t, c, "1") != 0 {
				t.Errorf("%+v", p)
			}
		})
	}
}

func TestInsert_givesNoNumberTwice(t *testing.T) {
	c, run := shop(t)
	out := sqlitetest.Decide(t, c, run.ID, transfer.Decision{Kind: transfer.DecideCreate, Remote: "3"})
	gone := sqlitetest.ProductByCode(t, c, "C").ID
	takeBack(t, c, out.ID)
	saved, err := c.SaveProducts(t.Context(), domain.Product{Code: "SONRA", Name: "Sonra"})
	if err != nil || saved[0].ID <= gone {
		t.Errorf("%+v after %d, %v", saved, gone, err)
	}
}

func TestUndo_afterARunThatWasBrokenOffAndWentOn(t *testing.T) {
	path := filepath.Join(t.TempDir(), "company.db")
	c := sqlitetest.Reopen(t, path)
	sqlitetest.AddProducts(t, c, 20)
	before := image(t, c)
	o := transfer.DefaultOptions(domain.TRY)
	o.Limit, o.Unmatched = 9, transfer.UnmatchedCreated
	sqlitetest.Transferred(t, c, o, sqlitetest.Remotes(30)...)
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	c = sqlitetest.Reopen(t, path)
	r, ok, err := c.UnfinishedRun(t.Context())
	if err != nil || !ok || r.Counters.Pending != 21 {
		t.Fatalf("%+v, %v, %v", r, ok, err)
	}
	j := transfer.NewJob(transfer.Deps{Books: sqlitetest.Books{All: sqlitetest.Remotes(30)}, Abilities: sqlitetest.Books{}, Runs: c, Steps: transfer.Import{Catalogue: c}, Reporter: sqlitetest.Alone{}, Queue: sqlitetest.Alone{}, Now: time.Now}, r)
	if err := j.Run(t.Context()); err != nil || j.Snapshot().Counters.Pending != 0 {
		t.Fatalf("%+v, %v", j.Snapshot(), err)
	}
	wantPlan(t, planUndo(t, c, r.ID), undo(t, c, r.ID, 8), 20, 10, 30, 0)
	if image(t, c) != before {
		t.Errorf("\n%s\n%s", before, image(t, c))
	}
}

// A row stays once, however many images of it do, and no more are listed than a person can look through.
func TestUndo_listsTheFirstRowsThatStayOnceEach(t *testing.T) {
	const n = transfer.BlockedLimit + 1
	c := sqlitetest.NewCompany(t)
	sqlitetest.AddProducts(t, c, n+1)
	run := sqlitetest.Transferred(t, c, transfer.DefaultOptions(domain.TRY), sqlitetest.Remotes(n)...)
	sqlitetest.Decide(t, c, run.ID, transfer.Decision{Kind: transfer.DecideSeparate, Remote: "2"},
		transfer.Decision{Kind: transfer.DecidePair, Remote: "2", Product: n + 1})
	if _, err := c.DB.Writer.ExecContext(t.Context(), `UPDATE product SET revision = revision + 1`); err != nil {
		t.Fatal(err)
	}
	for name, p := range map[string]transfer.UndoPlan{"planned": planUndo(t, c, run.ID), "done": undo(t, c, run.ID, n)} {
		if p.BlockedCount != n || len(p.Blocked) != transfer.BlockedLimit {
			t.Fatalf("%s: %d listed of %d", name, len(p.Blocked), p.BlockedCount)
		}
		seen := map[domain.RemoteID]bool{}
		for _, b := range p.Blocked {
			seen[b.Remote.ID] = true
		}
		if len(seen) != transfer.BlockedLimit || p.Blocked[0].Remote.ID != "1" {
			t.Errorf("%s: %d different ones, the first is %s", name, len(seen), p.Blocked[0].Remote.ID)
		}
	}
}

func TestDropRows_ofNoTransfer(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	sqlitetest.WantKind(t, c.DropRows(t.Context(), transfer.Run{ID: 4711}), domain.KindNotFound)
}

// Of a product that is gone the plan tells the same as the undo: that another transfer has written since.
func TestUndo_ofAProductThatIsGoneAsksForLaterWritesToo(t *testing.T) {
	c, first := shop(t)
	a := sqlitetest.ProductByCode(t, c, "A")
	if _, err := c.DB.Writer.ExecContext(t.Context(), `DELETE FROM product WHERE id = ?`, a.ID); err != nil {
		t.Fatal(err)
	}
	alone := planUndo(t, c, first.ID)
	sqlitetest.Save(t, c, domain.Product{Code: "A", Name: "A"})
	sqlitetest.Transferred(t, c, first.Options, domain.RemoteProduct{ID: "1", Type: storedtransfer.TypeProduct, Code: "A", Name: "A", Active: true, Price: sqlitetest.Dec("15")})
	for name, p := range map[string]transfer.UndoPlan{"planned": planUndo(t, c, first.ID), "done": undo(t, c, first.ID, 10)} {
		if p.BlockedCount != 1 || p.Blocked[0].Why != transfer.RefusedNotUndone {
			t.Errorf("%s: %+v", name, p.Blocked)
		}
	}
	if alone.BlockedCount != 1 || alone.Blocked[0].Why == transfer.RefusedNotUndone {
		t.Errorf("before: %+v", alone.Blocked)
	}
}
