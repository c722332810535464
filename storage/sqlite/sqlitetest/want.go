package sqlitetest

import (
	"encoding/json"
	"iter"
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/history"
)

// Must fails the test at once; what is prepared is not what is tested.
func Must(t testing.TB, errs ...error) {
	t.Helper()
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
}

// Ok1 is the value of a call that has to come through.
func Ok1[T any](t *testing.T) func(v T, err error) T {
	t.Helper()
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// ErrOf2 is the error of a call alone.
func ErrOf2[A any](_ A, err error) error { return err }

// ErrOf3 is the error of a call alone.
func ErrOf3[A, B any](_ A, _ B, err error) error { return err }

// Walked goes to the end of a sequence and gives its error; one that goes on behind its error, or ends
// without one, is told of by the answer.
func Walked[T any](seq iter.Seq2[T, error]) (err error) {
	for _, e := range seq {
		if err != nil {
			panic("the sequence goes on behind its error")
		}
		err = e
	}
	return err
}

// WantKind fails the test unless err is of that kind.
func WantKind(t *testing.T, err error, kind domain.Kind) {
	t.Helper()
	if domain.KindOf(err) != kind {
		t.Errorf("error %v is of kind %q, want %q", err, domain.KindOf(err), kind)
	}
}

// WantSame fails the test for every field in which got and want differ.
func WantSame[T any](t *testing.T, what string, got, want T, besides ...string) {
	t.Helper()
	for _, d := range domaintest.Differences(got, want, besides...) {
		t.Errorf("%s: %s", what, d)
	}
}

// WantRow fails the test unless the row has these values and no others.
func WantRow(t *testing.T, what string, got, want map[string]any) {
	t.Helper()
	for _, column := range slices.Sorted(maps.Keys(got)) {
		value, known := want[column]
		if !known {
			t.Errorf("%s: column %s is not compared", what, column)
		} else if !reflect.DeepEqual(got[column], value) {
			t.Errorf("%s: %s is %v, want %v", what, column, got[column], value)
		}
	}
	for column := range want {
		if _, there := got[column]; !there {
			t.Errorf("%s: no column %s", what, column)
		}
	}
}

// LastDone gives the newest entry of the history.
func LastDone(t *testing.T, c *Company) history.Entry {
	t.Helper()
	all, _, err := c.History(t.Context(), 1, 0)
	if err != nil || len(all) == 0 {
		t.Fatalf("%v %v", all, err)
	}
	return all[0]
}

// Entries is how many entries the history has.
func Entries(t *testing.T, c *Company) int {
	t.Helper()
	return Count(t, c, `SELECT count(*) FROM history`)
}

// WantNoted fails the test unless the newest entry of the history is this one, done now.
func WantNoted(t *testing.T, c *Company, what string, want any) {
	t.Helper()
	h := LastDone(t, c)
	text, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var got, wanted any
	if err := json.Unmarshal([]byte(h.Detail), &got); err != nil {
		t.Fatalf("%q: %v", h.Detail, err)
	}
	if err := json.Unmarshal(text, &wanted); err != nil {
		t.Fatal(err)
	}
	if h.What != what || h.Actor != c.DB.Actor || !h.At.Equal(c.DB.Now().Truncate(time.Millisecond)) || !reflect.DeepEqual(got, wanted) {
		t.Errorf("history: %s by %q at %v: %s\nwant %s by %q at %v: %s", h.What, h.Actor, h.At, h.Detail, what, c.DB.Actor, c.DB.Now(), text)
	}
}

// WantTold compares the newest entry of the history.
func WantTold(t *testing.T, c *Company, at time.Time, what string, detail any) {
	t.Helper()
	text, err := json.Marshal(detail)
	Must(t, err)
	WantSame(t, "history", LastDone(t, c), history.Entry{At: at, Actor: c.DB.Actor, What: what, Detail: string(text)})
}

// Changes are the particulars of a save in the history: each value that is another now, with what it was, if it was one.
func Changes(was, is map[string]any) map[string]any {
	changes, told := map[string]any{}, map[string]any{}
	for name, now := range is {
		switch was[name] {
		case now:
		case nil:
			told[name] = now
		default:
			changes[name] = []any{was[name], now}
		}
	}
	if len(changes) > 0 {
		told["changes"] = changes
	}
	return told
}
