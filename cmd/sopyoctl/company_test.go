package main

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
	"github.com/sopyo/sopyo-desktop/storage/keyring"
	"github.com/sopyo/sopyo-desktop/storage/sqlite"
)

// hold opens a company in this process, as another program would, until the test or give ends.
func (b *bench) hold(company string) (give func()) {
	b.t.Helper()
	c := &console.Console{Streams: console.Streams{In: strings.NewReader(""), Out: io.Discard, Err: io.Discard}, DataDir: b.data, Company: company}
	if _, err := c.Open(context.Background(), false); err != nil {
		b.t.Fatal(err)
	}
	return func() {
		if err := c.Close(); err != nil {
			b.t.Error(err)
		}
	}
}

// wantError runs a command line that fails with that exit code and kind, and gives its sentence.
func (b *bench) wantError(code int, kind domain.Kind, args ...string) string {
	b.t.Helper()
	e, _ := b.json(code, args...)["error"].(map[string]any)
	if e["kind"] != string(kind) {
		b.t.Errorf("%v: %v, want %s", args, e, kind)
	}
	s, _ := e["message"].(string)
	return s
}

func (b *bench) companies() (names []string, chosen string) {
	b.t.Helper()
	list, _ := b.json(0, "company", "list")["companies"].([]any)
	for _, entry := range list {
		m, _ := entry.(map[string]any)
		name, _ := m["name"].(string)
		names = append(names, name)
		if m["default"] == true {
			chosen = name
		}
	}
	return names, chosen
}

func TestCompany_addListUseRemove(t *testing.T) {
	b := newMachine(t, sandbox.Options{})
	if names, chosen := b.companies(); len(names) != 0 || chosen != "" {
		t.Errorf("a new machine has %v, %q", names, chosen)
	}
	b.json(0, "company", "add", "Kırtasiye")
	if _, chosen := b.companies(); chosen != "Kırtasiye" {
		t.Errorf("the only company is not the default: %q", chosen)
	}
	b.json(0, "settings", "set", "currency=EUR") // the only one
	id, _ := b.json(0, "company", "add", " İKİNCİ Şube ")["id"].(string)
	b.wantError(console.ExitUsage, domain.KindInvalid, "company", "add", "ikinci şube")
	b.wantError(console.ExitUsage, domain.KindInvalid, "company", "add", "kirtasıye")
	b.wantError(console.ExitUsage, domain.KindInvalid, "company", "add", " ")

	if s := b.wantError(console.ExitUsage, domain.KindInvalid, "settings", "show"); !strings.Contains(s, "Kırtasiye, İKİNCİ Şube") {
		t.Errorf("the companies are not named: %q", s)
	}
	b.json(0, "company", "use", "ikinci şube")
	if m := b.json(0, "settings", "show"); m["currency"] != "TRY" {
		t.Errorf("not the chosen company: %v", m)
	}
	if m := b.json(0, "--company", "KIRTASİYE", "settings", "show"); m["currency"] != "EUR" {
		t.Errorf("not the named company: %v", m)
	}
	if names, chosen := b.companies(); !slices.Equal(names, []string{"Kırtasiye", "İKİNCİ Şube"}) || chosen != "İKİNCİ Şube" {
		t.Errorf("%v, default %q", names, chosen)
	}
	b.wantError(console.ExitError, domain.KindNotFound, "company", "use", "yok")

	give := b.hold("Kırtasiye")
	b.wantError(console.ExitLater, domain.KindBusy, "company", "remove", "Kırtasiye", "--yes")
	give()
	if code, _, errs := b.do("company", "remove", "Kırtasiye"); code != console.ExitPartly || !strings.Contains(errs, "[e/H]") {
		t.Errorf("removed unasked: exit %d, %q", code, errs)
	}
	if code, _, _ := b.do("--json", "company", "remove", "Kırtasiye"); code != console.ExitUsage {
		t.Errorf("--json without --yes: exit %d", code)
	}
	b.json(0, "company", "use", "Kırtasiye")
	b.json(0, "company", "remove", "Kırtasiye", "--yes")
	if names, chosen := b.companies(); !slices.Equal(names, []string{"İKİNCİ Şube"}) || chosen != "İKİNCİ Şube" {
		t.Errorf("%v, default %q", names, chosen)
	}
	b.json(0, "--company", id, "settings", "show") // by its id, too
	b.wantError(console.ExitError, domain.KindNotFound, "--company", "Kırtasiye", "status")
	b.json(0, "company", "add", "Kırtasiye")
	if m := b.json(0, "--company", "Kırtasiye", "settings", "show"); m["currency"] != "TRY" {
		t.Errorf("the removed company came back: %v", m)
	}
}

func TestCompany_removeKeepsTheDataAndForgetsTheSecrets(t *testing.T) {
	b := newMachine(t, sandbox.Options{})
	b.json(0, "company", "add", "Alfa")
	b.catalogue("Stok Kodu;Ad", "1;bir")
	b.authorize()
	machine, err := sql.Open("sqlite", filepath.Join(b.data, "sopyo.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer machine.Close()
	var folder string
	if err := machine.QueryRowContext(t.Context(), `SELECT name FROM data_folder`).Scan(&folder); err != nil {
		t.Fatal(err)
	}
	secrets := keyring.New("sopyo", time.Minute).Of(folder, false)
	id, _ := b.json(0, "company", "list")["companies"].([]any)[0].(map[string]any)["id"].(string)
	if held, err := secrets.Load(t.Context(), domain.CompanyID(id)); err != nil || held.APIKey.Empty() || held.Token.Empty() {
		t.Fatalf("nothing is kept that could be forgotten: %v", err)
	}
	if removed := b.json(0, "company", "remove", "alfa", "--yes")["id"]; removed != id {
		t.Errorf("%v was removed, not %s", removed, id)
	}
	if held, err := secrets.Load(t.Context(), domain.CompanyID(id)); err != nil || !reflect.DeepEqual(held, domain.Session{}) {
		t.Errorf("the keyring still has secrets (%v)", err)
	}
	// The empty lock stays: another process may hold it.
	if left, _ := filepath.Glob(filepath.Join(b.data, "companies", "*.*")); len(left) != 1 || filepath.Base(left[0]) != id+".lock" {
		t.Errorf("left in place: %v", left)
	}
	kept, _ := filepath.Glob(filepath.Join(b.data, "companies", "removed", id+"-*.db"))
	if len(kept) != 1 {
		t.Fatalf("archived: %v", kept)
	}
	// The file is whole: a new company can be given it.
	next, _ := b.json(0, "company", "add", "Alfa")["id"].(string)
	if err := os.Rename(kept[0], filepath.Join(b.data, "companies", next+".db")); err != nil {
		t.Fatal(err)
	}
	if m := b.json(0, "catalogue", "list"); number0(m, "total") != 1 {
		t.Errorf("%v", m)
	}
}

func TestCompany_removeNeedsTheKeyringOfOneThatWasAuthorised(t *testing.T) {
	b := newMachine(t, sandbox.Options{})
	b.json(0, "company", "add", "Alfa")
	b.authorize()
	b.json(0, "company", "add", "Beta")
	keyring.InMemory(os.ErrPermission)
	t.Cleanup(func() { keyring.InMemory(nil) })
	b.wantError(console.ExitLater, domain.KindKeyring, "company", "remove", "Alfa", "--yes")
	b.json(0, "company", "remove", "Beta", "--yes") // it has no secrets
	if names, _ := b.companies(); !slices.Equal(names, []string{"Alfa"}) {
		t.Errorf("%v", names)
	}
}

func TestAuthorize_aFirmOfAnotherCompanyIsRefused(t *testing.T) {
	b := newMachine(t, sandbox.Options{})
	b.json(0, "company", "add", "Alfa")
	b.json(0, "company", "add", "Beta")
	in := func(company string) []string {
		return append([]string{"--company", company}, signIn(b.path("key"), b.path("password"))...)
	}
	b.json(0, in("Alfa")...)
	if s := b.wantError(console.ExitAuthorise, domain.KindOtherFirm, in("Beta")...); !strings.Contains(s, "Alfa") {
		t.Errorf("the company that has the firm is not named: %q", s)
	}
	if m := b.json(0, "--company", "Beta", "status"); m["authorised"] != false {
		t.Errorf("%v", m)
	}
	b.json(0, in("Alfa")...) // its own firm again
	b.json(0, "company", "remove", "Alfa", "--yes")
	b.json(0, in("Beta")...) // nobody has it any more
}

func TestGroups_needASubcommand(t *testing.T) {
	b := newMachine(t, sandbox.Options{})
	for _, args := range [][]string{{"company"}, {"company", "delete", "Alfa"}, {"settings"}, {"catalogue", "lst"}} {
		b.wantError(console.ExitUsage, "usage", args...)
	}
	if code, out, _ := b.do("company", "--help"); code != 0 || !strings.Contains(out, "remove") {
		t.Errorf("exit %d: %s", code, out)
	}
}

func TestCompanyRename_leavesAllElseAsItIs(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	b.authorize()
	before := b.json(0, "company", "list")["companies"].([]any)[0].(map[string]any)
	b.json(0, "company", "add", "Öteki")
	b.wantError(console.ExitUsage, domain.KindInvalid, "company", "rename", before["name"].(string), "öteki")
	b.wantError(1, domain.KindNotFound, "company", "rename", "yok", "Ad")
	after := b.json(0, "company", "rename", before["name"].(string), "Yeni Ad A.Ş.")
	before["name"] = "Yeni Ad A.Ş."
	delete(before, "default")
	wantSame(t, after, mustJSON(t, before))
	if m := b.json(0, "--company", "Yeni Ad A.Ş.", "status"); m["authorised"] != true {
		t.Errorf("%v", m)
	}
}

// A company is renamed by one program while another signs in with it for the first time: it has both then, in the list and in
// its own file.
func TestCompanyRename_whileItSignsInForTheFirstTime(t *testing.T) {
	const rounds = 4
	b := newBench(t, sandbox.Options{})
	global := []string{"--data", b.data, "--isbasi-url", b.server.URL(), "--json"}
	start := func(args ...string) process {
		p := process{exec.Command(os.Args[0]), &bytes.Buffer{}}
		p.Env = append(os.Environ(), childArgs+"="+strings.Join(append(slices.Clone(global), args...), "\t"))
		p.Stdout, p.Stderr = p.said, p.said
		if err := p.Start(); err != nil {
			t.Fatal(err)
		}
		return p
	}
	for n := range rounds {
		name := fmt.Sprint("Firma ", n)
		b.json(0, "company", "add", name)
		before := b.server.Count(sandbox.RouteLogin)
		signsIn := start(append([]string{"--company", name}, signIn(b.path("key"), b.path("password"))...)...)
		for b.server.Count(sandbox.RouteLogin) == before {
			runtime.Gosched()
		}
		renames := start("company", "rename", name, "Yeni "+name)
		signsIn.end()
		renames.end()
		if !signsIn.ProcessState.Success() || !renames.ProcessState.Success() {
			t.Fatalf("%s\n%s", signsIn.said, renames.said)
		}
		files, err := filepath.Glob(filepath.Join(strings.ReplaceAll(b.data, "#", "?"), "companies", "*.db"))
		if err != nil {
			t.Fatal(err)
		}
		var known []string
		for _, f := range files {
			c, err := sqlite.IdentityOf(t.Context(), f)
			if err != nil {
				t.Fatal(err)
			}
			if c.TenantID != "" {
				known = append(known, c.Name)
			}
		}
		all := mustJSON(t, b.json(0, "company", "list"))
		if !slices.Equal(known, []string{"Yeni " + name}) || !strings.Contains(all, `"Yeni `+name+`"`) || strings.Contains(all, `"`+name+`"`) {
			t.Errorf("%d: the files know %v, the list is %s", n, known, all)
		}
		b.json(0, "--company", "Yeni "+name, "company", "remove", "Yeni "+name, "--yes") // its firm is for the next round
	}
}
