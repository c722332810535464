package transfer_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/domain/report"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func TestSaveReport_queuesOneLetterForOneEnd(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	run, err := c.CreateRun(t.Context(), transfer.Run{State: transfer.StateStopped, ConfirmedAt: time.Now(), Counters: transfer.Counters{Read: 5, Pending: 5}})
	if err != nil {
		t.Fatal(err)
	}
	unreported := func(want int) {
		t.Helper()
		if runs, err := c.UnreportedRuns(t.Context()); err != nil || len(runs) != want {
			t.Errorf("%d runs without a report, want %d; %v", len(runs), want, err)
		}
	}
	unreported(1)
	end := report.Saved{RunID: run.ID, State: run.State, Open: 5, HTML: "a.html", SavedAt: time.Now()}
	for _, id := range []string{"1@x", "2@x"} { // the second time is one too many
		l := sqlitetest.TestLetter(id)
		if err := c.SaveReport(t.Context(), end, &l); err != nil {
			t.Fatal(err)
		}
	}
	if _, n, err := c.Letters(t.Context(), mail.Query{}); err != nil || n != 1 {
		t.Errorf("%d letters, %v", n, err)
	}
	unreported(0)
	// Another run, another state and other open rows are ends of their own, each with its letter.
	next, err := c.CreateRun(t.Context(), transfer.Run{State: transfer.StateDone, ConfirmedAt: time.Now()})
	if err != nil {
		t.Fatal(err)
	}
	for i, other := range []report.Saved{
		{RunID: next.ID, State: run.State, Open: 5},
		{RunID: run.ID, State: transfer.StatePaused, Open: 5},
		{RunID: run.ID, State: run.State, Open: 4},
		{RunID: next.ID, State: next.State},
	} {
		other.HTML, other.SavedAt = "b.html", time.Now()
		l := sqlitetest.TestLetter(fmt.Sprintf("%d@y", i))
		if err := c.SaveReport(t.Context(), other, &l); err != nil {
			t.Fatal(err)
		}
		if _, n, err := c.Letters(t.Context(), mail.Query{}); err != nil || n != 2+i {
			t.Errorf("%+v: %d letters, %v", other, n, err)
		}
	}
	run.State, run.Counters.Pending, run.Counters.Skipped = transfer.StateDone, 0, 5
	if err := c.SaveRun(t.Context(), run); err != nil {
		t.Fatal(err)
	}
	unreported(1) // it went on and has another end
	if _, ok, err := c.ReportOf(t.Context(), run.ID, run.State, 0); ok || err != nil {
		t.Errorf("%v, %v", ok, err)
	}
	if s, ok, err := c.ReportOf(t.Context(), run.ID, transfer.StateStopped, 5); !ok || err != nil || s.HTML != "a.html" {
		t.Errorf("%+v, %v, %v", s, ok, err)
	}
}
