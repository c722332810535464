package sqlite_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// line writes the queue as "company:run" with a star at who writes.
func line(t *testing.T, m *sqlitetest.Machine) []string {
	t.Helper()
	places, err := m.Queue(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, p := range places {
		s := fmt.Sprintf("%s:%d", p.Name, p.Run)
		if p.Writing {
			s += "*"
		}
		if p.EnteredAt.IsZero() || p.Here {
			t.Errorf("%+v", p)
		}
		all = append(all, s)
	}
	return all
}

func TestQueue_keepsTheOrderOfConfirmation(t *testing.T) {
	m := openMachine(t, filepath.Join(t.TempDir(), "sopyo.db"))
	for _, id := range []domain.CompanyID{"a", "b", "c"} {
		if err := m.SaveCompany(t.Context(), domain.Company{ID: id, Name: string(id)}); err != nil {
			t.Fatal(err)
		}
	}
	enter := func(id domain.CompanyID, run int64) {
		t.Helper()
		if err := m.EnterQueue(t.Context(), id, run); err != nil {
			t.Fatal(err)
		}
	}
	want := func(places ...string) {
		t.Helper()
		if got := line(t, m); !slices.Equal(got, places) {
			t.Errorf("%v, want %v", got, places)
		}
	}
	enter("b", 7)
	enter("a", 1)
	enter("c", 3)
	enter("b", 7) // goes on: it keeps its place
	want("b:7", "a:1", "c:3")
	enter("b", 8) // another transfer of the company has overtaken the first
	want("a:1", "c:3", "b:8")
	if err := m.SetWriting(t.Context(), "c", 3, true); err != nil {
		t.Fatal(err)
	}
	if err := m.LeaveQueue(t.Context(), "b", 7); err != nil { // a run that has no place
		t.Fatal(err)
	}
	want("a:1", "c:3*", "b:8")
	if err := m.LeaveQueue(t.Context(), "a", 1); err != nil {
		t.Fatal(err)
	}
	if err := m.RemoveCompany(t.Context(), "b"); err != nil {
		t.Fatal(err)
	}
	want("c:3*")
	if err := m.EnterQueue(t.Context(), "nobody", 1); err == nil {
		t.Error("a company that is not there has a place")
	}
}
