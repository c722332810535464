package sqlite

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/domain/report"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

func testLetter(id string) mail.Letter {
	return mail.Letter{RunID: 1, To: "ali@example.com", MessageID: id, Content: mail.Content{
		Subject: "Aktarım raporu: ÇİÇEK", Text: "metin", HTML: "<p>metin</p>", File: mail.File{Name: "r.xlsx", Type: "x/y", Data: []byte{0, 1, 2}},
	}}
}

func queue(t *testing.T, c *Company, id string) mail.Letter {
	t.Helper()
	l, err := c.QueueLetter(t.Context(), testLetter(id))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func move(t *testing.T, c *Company, l mail.Letter, to mail.State) mail.Letter {
	t.Helper()
	from := l.State
	l.State = to
	if err := c.SaveLetter(t.Context(), l, from); err != nil {
		t.Fatal(err)
	}
	return l
}

func TestLetter_isKeptWholeUntilNobodyNeedsIt(t *testing.T) {
	c := newCompany(t)
	l := queue(t, c, "bir@example.com")
	got, err := c.Letter(t.Context(), l.ID)
	if err != nil || got.State != mail.StateQueued || got.Content.HTML != "<p>metin</p>" || string(got.Content.File.Data) != "\x00\x01\x02" {
		t.Fatalf("%+v, %v", got, err)
	}
	got = move(t, c, move(t, c, got, mail.StateSending), mail.StateSent)
	got, err = c.Letter(t.Context(), got.ID)
	if err != nil || got.Content.Text+got.Content.HTML != "" || got.Content.File.Data != nil || got.Content.Subject == "" {
		t.Errorf("%+v, %v", got, err)
	}
	if err := c.SaveLetter(t.Context(), got, mail.StateQueued); domain.KindOf(err) != domain.KindState {
		t.Errorf("a letter was moved from where it did not stand: %v", err)
	}
	if _, err := c.QueueLetter(t.Context(), testLetter("bir@example.com")); err == nil {
		t.Error("two letters have one Message-ID")
	}
	if _, err := c.Letter(t.Context(), 99); domain.KindOf(err) != domain.KindNotFound {
		t.Errorf("%v", err)
	}
}

func TestLetters_dueAndListed(t *testing.T) {
	c := newCompany(t)
	now := time.Date(2026, 11, 24, 11, 0, 0, 0, time.UTC)
	first, second := queue(t, c, "1@x"), queue(t, c, "2@x")
	second.NextAt = now.Add(time.Minute)
	move(t, c, second, mail.StateQueued)
	move(t, c, queue(t, c, "3@x"), mail.StateRefused)
	for at, want := range map[time.Time]int{now: 1, now.Add(time.Minute): 2} {
		due, err := c.DueLetters(t.Context(), at)
		if err != nil || len(due) != want || due[0].ID != first.ID {
			t.Errorf("at %v: %+v, %v", at, due, err)
		}
	}
	move(t, c, first, mail.StateDismissed)
	for q, want := range map[mail.Query]int{{}: 3, {Open: true}: 2, {Search: "cicek ALI"}: 3, {Search: "veli"}: 0} {
		letters, total, err := c.Letters(t.Context(), q)
		if err != nil || total != want || len(letters) != want {
			t.Errorf("%+v: %d of %d, %v", q, len(letters), total, err)
		}
	}
	page, total, err := c.Letters(t.Context(), mail.Query{Limit: 1, Offset: 1})
	if err != nil || total != 3 || len(page) != 1 || page[0].MessageID != "2@x" {
		t.Errorf("%+v, %d, %v", page, total, err)
	}
}

func TestRecoverLetters_whatWasCutOffIsUnknown(t *testing.T) {
	c := newCompany(t)
	move(t, c, queue(t, c, "1@x"), mail.StateSending)
	queue(t, c, "2@x")
	for _, want := range []int{1, 0} {
		if n, err := c.RecoverLetters(t.Context()); err != nil || n != want {
			t.Errorf("%d letters, %v", n, err)
		}
	}
	l, err := c.Letter(t.Context(), 1)
	if err != nil || l.State != mail.StateUnknown || l.Cause != domain.KindMailUnknown || l.Content.Text == "" {
		t.Errorf("%+v, %v", l, err)
	}
	if due, err := c.DueLetters(t.Context(), time.Now()); err != nil || len(due) != 1 || due[0].ID != 2 {
		t.Errorf("due %+v, %v", due, err)
	}
}

func TestSaveReport_queuesOneLetterForOneEnd(t *testing.T) {
	c := newCompany(t)
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
		l := testLetter(id)
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
		l := testLetter(fmt.Sprintf("%d@y", i))
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

// Transfers that ended before the program saved reports are not reported all at once.
func TestMigration_olderTransfersAreNotReported(t *testing.T) {
	dumps, err := filepath.Glob("testdata/company_*.sql")
	if err != nil || len(dumps) == 0 {
		t.Fatal(err)
	}
	for _, dump := range dumps {
		path := filepath.Join(t.TempDir(), "company.db")
		text, err := os.ReadFile(dump)
		if err != nil {
			t.Fatal(err)
		}
		restore(t, path, string(text))
		c := reopen(t, path)
		if runs, err := c.UnreportedRuns(t.Context()); err != nil || len(runs) != 0 {
			t.Errorf("%s: %d runs, %v", dump, len(runs), err)
		}
	}
}
