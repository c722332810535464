package letters_test

import (
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func move(t *testing.T, c *sqlitetest.Company, l mail.Letter, to mail.State) mail.Letter {
	t.Helper()
	from := l.State
	l.State = to
	if err := c.SaveLetter(t.Context(), l, from); err != nil {
		t.Fatal(err)
	}
	return l
}

func TestLetter_isKeptWholeUntilNobodyNeedsIt(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	l := sqlitetest.Queue(t, c, "bir@example.com")
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
	if _, err := c.QueueLetter(t.Context(), sqlitetest.TestLetter("bir@example.com")); err == nil {
		t.Error("two letters have one Message-ID")
	}
	if _, err := c.Letter(t.Context(), 99); domain.KindOf(err) != domain.KindNotFound {
		t.Errorf("%v", err)
	}
}

func TestLetters_dueAndListed(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	now := time.Date(2026, 11, 24, 11, 0, 0, 0, time.UTC)
	first, second := sqlitetest.Queue(t, c, "1@x"), sqlitetest.Queue(t, c, "2@x")
	second.NextAt = now.Add(time.Minute)
	move(t, c, second, mail.StateQueued)
	move(t, c, sqlitetest.Queue(t, c, "3@x"), mail.StateRefused)
	for at, want := range map[time.Time]int{now: 1, now.Add(time.Minute): 2} {
		due, err := c.DueLetters(t.Context(), at)
		if err != nil || len(due) != want || due[0].ID != first.ID {
			t.Errorf("at %v: %+v, %v", at, due, err)
		}
	}
	second.NextAt = now.Add(mail.LongestPause)
	move(t, c, second, mail.StateQueued)
	if due, err := c.DueLetters(t.Context(), now); err != nil || len(due) != 1 {
		t.Errorf("the longest pause is waited for: %+v, %v", due, err)
	}
	second.NextAt = now.AddDate(3, 0, 0) // it was queued by a clock that was wrong
	move(t, c, second, mail.StateQueued)
	if due, err := c.DueLetters(t.Context(), now); err != nil || len(due) != 2 {
		t.Errorf("a letter of a time to come: %+v, %v", due, err)
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
	c := sqlitetest.NewCompany(t)
	move(t, c, sqlitetest.Queue(t, c, "1@x"), mail.StateSending)
	sqlitetest.Queue(t, c, "2@x")
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
