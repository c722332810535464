package invoicing_test

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// gone are the states of an attempt that is neither open nor stands.
var gone = map[invoicing.AttemptState]bool{invoicing.AttemptRejected: true, invoicing.AttemptLost: true, invoicing.AttemptDeleted: true}

func TestJournal_carriesEachField(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	given := filled(0)
	want := given
	want.ID, want.Serial, want.State, want.Changed = 1, 1, invoicing.AttemptIntent, ""
	sqlitetest.WantSame(t, "begun", begun(t, c, given), want)
	base := given
	base.ID, base.Serial = 1, 1
	for path, r := range domaintest.Changed(base, filled(1)) {
		want := r
		want.Serial, want.Changed = 1, "" // no business of whoever works on it
		if path == "ID" {
			_, err := c.SaveRecord(t.Context(), r)
			sqlitetest.WantKind(t, err, domain.KindNotFound)
			continue
		}
		saved(t, c, base)
		sqlitetest.WantSame(t, path, saved(t, c, r), want)
		sqlitetest.WantSame(t, path, sqlitetest.Ok1[invoicing.Record](t)(c.Record(t.Context(), 1)), want)
		sqlitetest.WantSame(t, path, sqlitetest.Ok1[[]invoicing.Record](t)(c.RecordsIn(t.Context(), want.State)), []invoicing.Record{want})
		sqlitetest.WantSame(t, path, sqlitetest.Ok1[[]invoicing.Attempt](t)(c.Attempts(t.Context())), []invoicing.Attempt{want.Attempt})
		listed, total, err := c.ListInvoices(t.Context(), invoicing.RecordQuery{})
		if err != nil || total != 1 {
			t.Fatal(total, err)
		}
		sqlitetest.WantSame(t, path, listed, []invoicing.Record{want})
		for r, err := range c.EachInvoice(t.Context(), invoicing.RecordQuery{}) {
			sqlitetest.Must(t, err)
			sqlitetest.WantSame(t, path, r, want)
		}
	}
	bare := saved(t, c, invoicing.Record{ID: 1, Attempt: invoicing.Attempt{State: invoicing.AttemptUnknown}, IntentAt: given.IntentAt})
	sqlitetest.WantSame(t, "bare", bare, invoicing.Record{ID: 1, Serial: 1, Attempt: invoicing.Attempt{State: invoicing.AttemptUnknown}, IntentAt: given.IntentAt})
	// What a source says while somebody works on the attempt is not lost.
	sqlitetest.Must(t, sqlitetest.ErrOf2(c.DB.Writer.ExecContext(t.Context(), `UPDATE invoice SET changed = 'f'`)))
	if r := saved(t, c, bare); r.Changed != "f" {
		t.Errorf("changed %q", r.Changed)
	}
	_, err := c.Record(t.Context(), 2)
	sqlitetest.WantKind(t, err, domain.KindNotFound)
}

// The day of an invoice is told in Istanbul again.
func TestJournal_keepsTheDayOfADraft(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	r := filled(0)
	r.Draft.Date = time.Date(2026, 5, 31, 21, 0, 10, 0, time.UTC)
	r = begun(t, c, r)
	if r.Draft.Date.Location() != domain.Istanbul || r.Day().Format(time.DateOnly) != "2026-06-01" {
		t.Errorf("%v, %v", r.Draft.Date, r.Day())
	}
}

func TestBegin_isAnIntentWithTheNextSerial(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	o := sqlitetest.Sold("1", orders.Line{Name: "Çay"})
	sqlitetest.Take(t, c, o, sqlitetest.Sold("2", orders.Line{Name: "Çay"}))
	sqlitetest.Must(t, c.Enqueue(t.Context(), orders.WishFormalise, 1, 2))
	now := sqlitetest.Clocked(c, 1)
	last := func(want int64) {
		t.Helper()
		if n, err := c.LastSerial(t.Context()); err != nil || n != want {
			t.Errorf("last serial %d, %v, want %d", n, err, want)
		}
	}
	last(0)
	r := sqlitetest.Attempted(t, c, o.Key(), invoicing.AttemptIntent)
	if r.ID != 1 || r.Serial != 1 || !r.IntentAt.Equal(now) {
		t.Errorf("%+v", r)
	}
	last(1)
	if q := sqlitetest.Ok1[[]issuing.Queued](t)(c.Queued(t.Context())); len(q) != 1 || q[0].ID != 2 {
		t.Errorf("%+v", q)
	}
	if sqlitetest.Entries(t, c) != 1 { // that orders were taken
		t.Error("an intent is noted")
	}
	r.State = invoicing.AttemptLost
	saved(t, c, r)
	for i, change := range []func(r *invoicing.Record){
		func(*invoicing.Record) {},
		func(r *invoicing.Record) { r.Key.Package = "2" },
		func(r *invoicing.Record) { r.Key.Marketplace = "n11" },
		func(r *invoicing.Record) { r.Key.Direction = invoicing.DirectionReturn },
	} {
		next := r
		change(&next)
		if next = begun(t, c, next); next.Serial != int64(i+2) || next.ID != int64(i+2) || next.State != invoicing.AttemptIntent {
			t.Errorf("%+v", next)
		}
		last(int64(i + 2))
		again := next
		again.Key.Company = "another" // a file has one company, whatever it is called
		_, err := c.Begin(t.Context(), again)
		sqlitetest.WantKind(t, err, domain.KindBusy)
		last(int64(i + 2))
	}
	if q := sqlitetest.Ok1[[]issuing.Queued](t)(c.Queued(t.Context())); len(q) != 0 {
		t.Errorf("%+v", q)
	}
}

// Of a key one attempt at most is open or stands, also when one that was given up turns up again.
func TestSaveRecord_letsNoTwoAttemptsOfAKeyStand(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	for _, first := range invoicing.AttemptStates() {
		for _, second := range invoicing.AttemptStates() {
			given := filled(0)
			given.Key.Package = fmt.Sprint(first, second)
			r := begun(t, c, given)
			r.State = first
			r = saved(t, c, r)
			next, err := c.Begin(t.Context(), given)
			if !gone[first] {
				sqlitetest.WantKind(t, err, domain.KindBusy)
				break
			}
			sqlitetest.Must(t, err)
			before := next
			r.State = second
			_, err = c.SaveRecord(t.Context(), r)
			if gone[second] {
				sqlitetest.Must(t, err)
			} else {
				sqlitetest.WantKind(t, err, domain.KindBusy)
				r.State = first
				sqlitetest.WantSame(t, "left", sqlitetest.Ok1[invoicing.Record](t)(c.Record(t.Context(), r.ID)), r)
			}
			sqlitetest.WantSame(t, "the other", sqlitetest.Ok1[invoicing.Record](t)(c.Record(t.Context(), next.ID)), before)
		}
	}
}

// Two programs on one file begin attempts of the same orders: each has one, and each serial is given once. Even one that
// asks nobody cannot write a second.
func TestBegin_isOnceInTwoProgramsOnOneFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "company.db")
	programs := []*sqlitetest.Company{sqlitetest.Reopen(t, path), sqlitetest.Reopen(t, path)}
	const attempts = 40
	var wg sync.WaitGroup
	var mu sync.Mutex
	won, serials := map[string]int{}, map[int64]bool{}
	for _, c := range programs {
		wg.Go(func() {
			for i := range attempts {
				r := filled(0)
				r.Key.Package = fmt.Sprint(i)
				r, err := c.Begin(context.WithoutCancel(t.Context()), r)
				if err != nil {
					if domain.KindOf(err) != domain.KindBusy {
						t.Error(err)
					}
					continue
				}
				mu.Lock()
				won[r.Key.Package]++
				serials[r.Serial] = true
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if len(won) != attempts || len(serials) != attempts {
		t.Errorf("%d attempts, %d serials", len(won), len(serials))
	}
	for pkg, n := range won {
		if n != 1 {
			t.Errorf("%s was begun %d times", pkg, n)
		}
	}
	c := programs[0]
	copied := func(set string) error {
		_, err := c.DB.Writer.ExecContext(t.Context(), `CREATE TEMP TABLE twin AS SELECT * FROM invoice WHERE id = 1; UPDATE twin SET id = 99, `+set+`;
			INSERT INTO invoice SELECT * FROM twin; DROP TABLE twin`)
		_, _ = c.DB.Writer.ExecContext(t.Context(), `DROP TABLE IF EXISTS twin`)
		return err
	}
	for _, s := range invoicing.AttemptStates() {
		if err := copied(`serial = 99, state = '` + string(s) + `'`); (err == nil) != gone[s] {
			t.Errorf("%s beside an intent: %v", s, err)
		}
		sqlitetest.Must(t, sqlitetest.ErrOf2(c.DB.Writer.ExecContext(t.Context(), `DELETE FROM invoice WHERE id = 99`)))
	}
	if err := copied(`package = 'other'`); err == nil {
		t.Error("a serial is given twice")
	}
}

func TestSaveRecord_isToldByTheHistoryWithTheBuyersNameAlone(t *testing.T) {
	told := map[invoicing.AttemptState]bool{
		invoicing.AttemptUnknown: true, invoicing.AttemptDrafted: true, invoicing.AttemptIssued: true, invoicing.AttemptRejected: true,
		invoicing.AttemptLost: true, invoicing.AttemptDeleted: true,
	}
	c := sqlitetest.NewCompany(t)
	sqlitetest.Clocked(c, 1)
	for _, from := range invoicing.AttemptStates() {
		for _, to := range invoicing.AttemptStates() {
			for _, linked := range []bool{false, true} {
				r := filled(0)
				r.Key.Package = fmt.Sprint(from, to, linked)
				r.Linked, r.Amounts.Total, r.Draft.Currency = false, sqlitetest.Dec("179.7").Decimal, ""
				r = begun(t, c, r)
				r.State = from
				r = saved(t, c, r)
				noted := sqlitetest.Entries(t, c)
				r.State, r.Linked = to, linked
				r = saved(t, c, r)
				state := string(to)
				if linked {
					state = "linked"
				}
				if !linked && (from == to || !told[to] || from == invoicing.AttemptDocumented && to == invoicing.AttemptIssued) {
					if sqlitetest.Entries(t, c) != noted {
						t.Errorf("%s to %s is noted", from, to)
					}
					continue
				}
				if sqlitetest.Entries(t, c) != noted+1 {
					t.Errorf("%s to %s is noted %d times", from, to, sqlitetest.Entries(t, c)-noted)
				}
				sqlitetest.WantNoted(t, c, "invoice", map[string]any{
					"marketplace": r.Key.Marketplace, "package": r.Key.Package, "number": r.Number, "buyer": r.Buyer, "total": "179.70 TRY", "state": state,
				})
			}
		}
	}
}

// Once an attempt is none any more nothing is left to do about it, and what was deleted is no invoice of İşbaşı's.
func TestSaveRecord_endsWhatAnAttemptHeld(t *testing.T) {
	for _, state := range invoicing.AttemptStates() {
		c := sqlitetest.NewCompany(t)
		now := sqlitetest.Clocked(c, 1)
		r, other := filled(0), filled(1)
		r, other = begun(t, c, r), begun(t, c, other)
		for _, r := range []invoicing.Record{r, other} {
			sqlitetest.Ok1[invoicing.Task](t)(c.SaveTask(t.Context(), invoicing.Task{Record: r, What: invoicing.TaskCancelled}))
			sqlitetest.Must(t, c.SeeInvoices(t.Context(), []domain.Invoice{{ID: r.Remote, Date: domaintest.Moment}}, now))
		}
		now = sqlitetest.Clocked(c, 2)
		r.State = state
		r = saved(t, c, r)
		seen := len(sqlitetest.Ok1[[]issuing.Seen](t)(c.SeenInvoices(t.Context(), domaintest.Moment)))
		if want := map[bool]int{true: 1, false: 2}[state == invoicing.AttemptDeleted]; seen != want {
			t.Errorf("%s: %d seen, want %d", state, seen, want)
		}
		task := sqlitetest.Ok1[invoicing.Task](t)(c.Task(t.Context(), 1))
		if gone[state] != task.ClosedAt.Equal(now) || gone[state] == task.ClosedAt.IsZero() {
			t.Errorf("%s: %+v", state, task.ClosedAt)
		}
		if other := sqlitetest.Ok1[invoicing.Task](t)(c.Task(t.Context(), 2)); !other.ClosedAt.IsZero() {
			t.Errorf("%s: another one's is closed", state)
		}
		sqlitetest.Clocked(c, 3)
		saved(t, c, r)
		if gone[state] && !sqlitetest.Ok1[invoicing.Task](t)(c.Task(t.Context(), 1)).ClosedAt.Equal(now) {
			t.Errorf("%s: closed again", state)
		}
	}
}

func TestRecordsIn_areTheOldestFirst(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	byState := map[invoicing.AttemptState][]int64{}
	for round := range 2 {
		for i, s := range invoicing.AttemptStates() {
			r := filled(round*20 + i)
			r.Key.Package = fmt.Sprint(round, s)
			r = begun(t, c, r)
			r.State = s
			byState[s] = append(byState[s], saved(t, c, r).ID)
		}
	}
	ids := func(states ...invoicing.AttemptState) (all []int64) {
		for _, r := range sqlitetest.Ok1[[]invoicing.Record](t)(c.RecordsIn(t.Context(), states...)) {
			all = append(all, r.ID)
		}
		return all
	}
	for _, s := range invoicing.AttemptStates() {
		if got := fmt.Sprint(ids(s)); got != fmt.Sprint(byState[s]) {
			t.Errorf("%s: %v, want %v", s, got, byState[s])
		}
	}
	if got := fmt.Sprint(ids(invoicing.AttemptDeleted, invoicing.AttemptIntent)); got != "[1 12 13 24]" {
		t.Errorf("%v", got)
	}
	if got := ids(); len(got) != 0 {
		t.Errorf("%v", got)
	}
	if all := sqlitetest.Ok1[[]invoicing.Attempt](t)(c.Attempts(t.Context())); len(all) != 24 || all[23].State != invoicing.AttemptDeleted {
		t.Errorf("%+v", all)
	}
}
