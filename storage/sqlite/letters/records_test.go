package letters_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

var letterStates = []mail.State{mail.StateQueued, mail.StateSending, mail.StateSent, mail.StateUnknown, mail.StateRefused, mail.StateDismissed}

// letterIn queues a letter of a seed and moves it.
func letterIn(t *testing.T, c *sqlitetest.Company, seed int, state mail.State) mail.Letter {
	t.Helper()
	l := sqlitetest.Ok1[mail.Letter](t)(c.QueueLetter(t.Context(), domaintest.Fill[mail.Letter](seed)))
	return move(t, c, l, state)
}

func TestQueueLetter_carriesEachField(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	now := sqlitetest.Clocked(c, 1)
	given := domaintest.Fill[mail.Letter](0)
	want := given
	want.ID, want.State, want.Attempts, want.NextAt, want.Cause, want.Detail, want.CreatedAt, want.ChangedAt = 1, mail.StateQueued, 0, time.Time{}, "", "", now, now
	queued := sqlitetest.Ok1[mail.Letter](t)(c.QueueLetter(t.Context(), given))
	sqlitetest.WantSame(t, "given", queued, want, "Attempts", "NextAt", "Cause", "Detail")
	sqlitetest.WantSame(t, "read", sqlitetest.Ok1[mail.Letter](t)(c.Letter(t.Context(), queued.ID)), want)
	short := want
	short.Content.Text, short.Content.HTML, short.Content.File.Type, short.Content.File.Data = "", "", "", nil
	listed, total, err := c.Letters(t.Context(), mail.Query{})
	if err != nil || total != 1 {
		t.Fatal(total, err)
	}
	sqlitetest.WantSame(t, "listed", listed, []mail.Letter{short})
	sqlitetest.WantSame(t, "due", sqlitetest.Ok1[[]mail.Letter](t)(c.DueLetters(t.Context(), now)), []mail.Letter{short})
	for search, n := range map[string]int{
		domain.Fold(given.To): 1, string(given.Content.Subject): 1, given.To + " " + given.Content.Subject: 1, given.Content.Text: 0, given.MessageID: 0,
		strings.ReplaceAll(given.To+given.Content.Subject, " ", ""): 0,
	} {
		if _, total, err := c.Letters(t.Context(), mail.Query{Search: search}); err != nil || total != n {
			t.Errorf("%q finds %d, %v", search, total, err)
		}
	}
	if sqlitetest.Entries(t, c) != 0 {
		t.Error("a letter that waits is noted")
	}
}

func TestSaveLetter_movesALetterFromWhereItStands(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	sqlitetest.Clocked(c, 1)
	other := letterIn(t, c, 1, mail.StateUnknown)
	for i, from := range letterStates {
		for j, to := range letterStates {
			sqlitetest.Clocked(c, 1)
			l := letterIn(t, c, 10*i+j+3, from)
			stored := sqlitetest.Ok1[mail.Letter](t)(c.Letter(t.Context(), l.ID))
			noted := sqlitetest.Entries(t, c)
			// What the letter says and when it was made is no part of where it stands.
			moved := domaintest.Fill[mail.Letter](2)
			moved.ID, moved.State = l.ID, to
			now := sqlitetest.Clocked(c, 2)
			for _, wrong := range letterStates {
				if wrong != from {
					sqlitetest.WantKind(t, c.SaveLetter(t.Context(), moved, wrong), domain.KindState)
				}
			}
			if err := c.SaveLetter(t.Context(), moved, from); err != nil {
				t.Fatal(err)
			}
			want := stored
			want.State, want.Attempts, want.NextAt, want.Cause, want.Detail, want.ChangedAt = to, moved.Attempts, moved.NextAt, moved.Cause, moved.Detail, now
			if to == mail.StateSent || to == mail.StateDismissed {
				want.Content.Text, want.Content.HTML, want.Content.File.Data = "", "", nil
			}
			sqlitetest.WantSame(t, fmt.Sprint(from, " to ", to), sqlitetest.Ok1[mail.Letter](t)(c.Letter(t.Context(), l.ID)), want)
			if to == mail.StateQueued || to == mail.StateSending {
				if sqlitetest.Entries(t, c) != noted {
					t.Errorf("%s is noted", to)
				}
			} else {
				sqlitetest.WantNoted(t, c, "mail-"+string(to), map[string]any{"transfer": moved.RunID, "to": moved.To})
			}
			if kept := sqlitetest.Ok1[mail.Letter](t)(c.Letter(t.Context(), other.ID)); kept.Content.Text == "" || kept.Attempts != other.Attempts {
				t.Errorf("another letter: %+v", kept)
			}
		}
	}
	sqlitetest.WantKind(t, c.SaveLetter(t.Context(), mail.Letter{ID: 4711}, mail.StateQueued), domain.KindState)
}

func TestLetters_inEveryStateListedDueAndRecovered(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	now := sqlitetest.Clocked(c, 1)
	byState := map[mail.State][]int64{}
	var newest []int64
	for seed, at := range []time.Time{{}, now.Add(-time.Millisecond), now, now.Add(time.Millisecond)} {
		for i, s := range letterStates {
			l := domaintest.Fill[mail.Letter](10*seed + i)
			l = sqlitetest.Ok1[mail.Letter](t)(c.QueueLetter(t.Context(), l))
			l.NextAt = at
			l = move(t, c, l, s)
			byState[s] = append(byState[s], l.ID)
			newest = append([]int64{l.ID}, newest...)
		}
	}
	ids := func(letters []mail.Letter) (all []int64) {
		for _, l := range letters {
			all = append(all, l.ID)
		}
		return all
	}
	open := slices.DeleteFunc(slices.Clone(newest), func(id int64) bool {
		return slices.Contains(byState[mail.StateSent], id) || slices.Contains(byState[mail.StateDismissed], id)
	})
	for i, test := range []struct {
		q     mail.Query
		want  []int64
		total int
	}{
		{mail.Query{}, newest, 24},
		{mail.Query{Open: true}, open, 16},
		{mail.Query{Open: true, Limit: 3, Offset: 2}, open[2:5], 16},
		{mail.Query{Limit: 24}, newest, 24},
		{mail.Query{Limit: 5, Offset: 22}, newest[22:], 24},
		{mail.Query{Limit: 5, Offset: 24}, nil, 24},
	} {
		letters, total, err := c.Letters(t.Context(), test.q)
		if err != nil || total != test.total || !slices.Equal(ids(letters), test.want) {
			t.Errorf("%d: %v of %d, %v", i, ids(letters), total, err)
		}
	}
	if due := ids(sqlitetest.Ok1[[]mail.Letter](t)(c.DueLetters(t.Context(), now))); !slices.Equal(due, byState[mail.StateQueued][:3]) {
		t.Errorf("due %v of %v", due, byState[mail.StateQueued])
	}
	before := map[int64]mail.Letter{}
	for _, id := range newest {
		before[id] = sqlitetest.Ok1[mail.Letter](t)(c.Letter(t.Context(), id))
	}
	noted, at := sqlitetest.Entries(t, c), sqlitetest.Clocked(c, 2)
	if n, err := c.RecoverLetters(t.Context()); err != nil || n != 4 || sqlitetest.Entries(t, c) != noted+4 {
		t.Errorf("%d recovered, %v", n, err)
	}
	last := before[byState[mail.StateSending][3]]
	sqlitetest.WantNoted(t, c, "mail-unknown", map[string]any{"transfer": last.RunID, "to": last.To})
	for id, want := range before {
		if want.State == mail.StateSending {
			want.State, want.Cause, want.ChangedAt = mail.StateUnknown, domain.KindMailUnknown, at
		}
		sqlitetest.WantSame(t, fmt.Sprint("recovered ", id), sqlitetest.Ok1[mail.Letter](t)(c.Letter(t.Context(), id)), want)
	}
}
