package companies

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/backup"
)

// attic is all that removal works with, in memory; it notes what is done, and any of that can be made to fail.
type attic struct {
	*machine
	removed []backup.Removed
	present bool
	never   bool
	busy    bool
	fails   map[string]error
	done    []string
}

func (a *attic) do(what string, of any) error {
	a.done = append(a.done, fmt.Sprint(what, " ", of))
	return a.fails[what]
}

func (a *attic) SaveCompany(_ context.Context, c domain.Company) error { return a.do("save", c.Name) }

func (a *attic) RemoveCompany(_ context.Context, id domain.CompanyID) error {
	return a.do("unlist", id)
}

func (a *attic) Archive(_ context.Context, c domain.Company, _ time.Time) (string, error) {
	return "removed/" + string(c.ID), a.do("archive", c.ID)
}

func (a *attic) PutBack(path string, _ domain.CompanyID) error { return a.do("put back", path) }

func (a *attic) Removed(context.Context) ([]backup.Removed, error) { return a.removed, a.fails["list"] }

func (a *attic) EraseRemoved(path string) (int, error)        { return 2, a.do("erase file", path) }
func (a *attic) Present(domain.CompanyID) bool                { return a.present }
func (a *attic) NeverAuthorised(context.Context, string) bool { return a.never }
func (a *attic) Erase(id domain.CompanyID) (int, error)       { return 3, a.do("erase documents", id) }

func (a *attic) Forget(_ context.Context, id domain.CompanyID) error    { return a.do("forget", id) }
func (a *attic) Exclusively(_ context.Context, work func() error) error { return work() }

func (a *attic) EraseBackups(_ context.Context, r backup.Removed, others []domain.Company) (int, error) {
	return len(others), a.do("erase backups", r.ID)
}

func (a *attic) Take(domain.CompanyID) (func() error, error) {
	if a.busy {
		return nil, domain.E(domain.KindBusy, "lock", nil)
	}
	return func() error { return a.do("release", "") }, nil
}

func newAttic(all ...domain.Company) (*attic, *Removal) {
	m, _ := newMachine(all...)
	a := &attic{machine: m, fails: map[string]error{}}
	return a, NewRemoval(Parts{List: a, Archive: a, Files: a, Documents: a, Secrets: a, Locks: a, Backups: a, Now: time.Now})
}

func (a *attic) want(t *testing.T, what string, done ...string) {
	t.Helper()
	if !slices.Equal(a.done, done) {
		t.Errorf("%s: %s\nwant %s", what, strings.Join(a.done, " · "), strings.Join(done, " · "))
	}
	a.done = nil
}

// Secrets that may be left keep a company in the list, and its file in its place.
func TestRemoveCompany_leavesNoSecretBehind(t *testing.T) {
	locked := domain.E(domain.KindKeyring, "forget", nil)
	whole := []string{"archive alfaalfaalfa", "forget alfaalfaalfa", "unlist alfaalfaalfa", "release "}
	back := []string{"archive alfaalfaalfa", "forget alfaalfaalfa", "put back removed/alfaalfaalfa", "release "}
	for name, tt := range map[string]struct {
		firm   string
		never  bool
		forget error
		kind   domain.Kind
		done   []string
	}{
		"forgotten":                          {"t", false, nil, "", whole},
		"locked":                             {"t", true, locked, domain.KindKeyring, back},
		"locked, and nobody signed in":       {"", true, locked, "", whole},
		"locked, and the file does not tell": {"", false, locked, domain.KindKeyring, back},
	} {
		a, r := newAttic(alfa)
		a.never, a.fails["forget"] = tt.never, tt.forget
		info := alfa
		info.TenantID = tt.firm
		path, err := r.RemoveCompany(t.Context(), info)
		if domain.KindOf(err) != tt.kind || (path == "removed/alfaalfaalfa") != (tt.kind == "") {
			t.Errorf("%s: %q, %v", name, path, err)
		}
		a.want(t, name, tt.done...)
	}
	a, r := newAttic(alfa)
	a.fails["unlist"] = errBroken
	if _, err := r.RemoveCompany(t.Context(), alfa); !errors.Is(err, errBroken) {
		t.Errorf("the list cannot be written: %v", err)
	}
	a.want(t, "the list cannot be written", "archive alfaalfaalfa", "forget alfaalfaalfa", "unlist alfaalfaalfa", "put back removed/alfaalfaalfa", "release ")
	a.busy = true
	if _, err := r.RemoveCompany(t.Context(), alfa); domain.KindOf(err) != domain.KindBusy {
		t.Errorf("open elsewhere: %v", err)
	}
	a.want(t, "open elsewhere")
}

func TestBringBack_takesNobodysPlace(t *testing.T) {
	gone := backup.Removed{Company: domain.Company{ID: "yeni", Name: "KIRTASİYE", TenantID: "t2"}, Path: "removed/yeni"}
	a, r := newAttic(alfa, beta)
	c, err := r.BringBack(t.Context(), gone)
	if err != nil || c.Name != "KIRTASİYE (2)" || c.ID != "yeni" {
		t.Errorf("%+v, %v", c, err)
	}
	a.want(t, "another has its name", "put back removed/yeni", "save KIRTASİYE (2)", "release ")
	for name, change := range map[string]func(*backup.Removed, *attic){
		"it is in the list":   func(r *backup.Removed, _ *attic) { r.ID = alfa.ID },
		"its firm is":         func(r *backup.Removed, _ *attic) { r.TenantID = beta.TenantID },
		"its file lies there": func(_ *backup.Removed, a *attic) { a.present = true },
	} {
		a, r := newAttic(alfa, beta)
		same := gone
		change(&same, a)
		_, err := r.BringBack(t.Context(), same)
		wantKind(t, name, err, domain.KindState, "", "company-present")
		a.want(t, name, "release ")
	}
}

// The database goes last, by which the company is listed: what a kill has cut off is erased at the next call.
func TestErase_takesWhatIsOnlyTheCompanys(t *testing.T) {
	gone := backup.Removed{Company: domain.Company{ID: "yeni", Name: "Yeni"}, Path: "removed/yeni-1"}
	around := []string{"forget yeni", "erase documents yeni", "erase backups yeni"}
	for name, tt := range map[string]struct {
		here  []domain.Company
		other []backup.Removed
		done  []string
		want  backup.Erased
	}{
		"alone":                       {[]domain.Company{alfa}, []backup.Removed{gone}, append(slices.Clone(around), "erase file removed/yeni-1"), backup.Erased{Files: 5, Backups: 1}},
		"the company is here again":   {[]domain.Company{{ID: "yeni"}}, nil, []string{"erase file removed/yeni-1"}, backup.Erased{Files: 2}},
		"another of its files is too": {nil, []backup.Removed{gone, {Company: gone.Company, Path: "removed/yeni-2"}}, []string{"erase file removed/yeni-1"}, backup.Erased{Files: 2}},
	} {
		a, r := newAttic(tt.here...)
		a.removed = tt.other
		e, err := r.Erase(t.Context(), gone, "sil")
		if err != nil || e != tt.want {
			t.Errorf("%s: %+v, %v", name, e, err)
		}
		a.want(t, name, tt.done...)
	}
	a, r := newAttic()
	_, err := r.Erase(t.Context(), gone, "evet")
	wantKind(t, "another word", err, domain.KindInvalid, "word", "erasure-word")
	a.want(t, "another word")
	for _, what := range []string{"erase documents", "erase backups"} {
		a, r := newAttic()
		a.fails[what] = errBroken
		if _, err := r.Erase(t.Context(), gone, "ERASE"); !errors.Is(err, errBroken) || slices.Contains(a.done, "erase file removed/yeni-1") {
			t.Errorf("%s fails: %v, %v", what, err, a.done)
		}
	}
	a, r = newAttic()
	a.fails["forget"] = domain.E(domain.KindKeyring, "forget", nil)
	if _, err := r.Erase(t.Context(), gone, "ERASE"); err != nil {
		t.Errorf("without a keyring: %v", err)
	}
}

func TestFindRemoved_knowsThemByNameIDAndFile(t *testing.T) {
	a, r := newAttic()
	last := backup.Removed{Company: domain.Company{ID: "b", Name: "Çay Ltd"}, Path: "x/b-2.db"}
	a.removed = []backup.Removed{last, {Company: domain.Company{ID: "a", Name: "ÇAY LTD"}, Path: "x/a-1.db"}}
	for name, want := range map[string]string{"çay ltd": "b", "a": "a", "a-1.db": "a"} {
		if found, err := r.FindRemoved(t.Context(), name); err != nil || string(found.ID) != want {
			t.Errorf("%s: %+v, %v", name, found, err)
		}
	}
	_, err := r.FindRemoved(t.Context(), "yok")
	wantKind(t, "none", err, domain.KindNotFound, "", "yok")
	a.fails["list"] = errBroken
	if _, err := r.FindRemoved(t.Context(), "a"); !errors.Is(err, errBroken) {
		t.Errorf("%v", err)
	}
}
