package app

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
	"github.com/sopyo/sopyo-desktop/storage/sqlite"
)

// person makes home that of whoever runs the program, and gives the folder in which the program then keeps its data.
func person(t *testing.T, home string) string {
	t.Helper()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	local := filepath.Join(home, "local")
	t.Setenv("XDG_DATA_HOME", local)
	t.Setenv("LOCALAPPDATA", local)
	switch runtime.GOOS {
	case "windows":
		return filepath.Join(local, "Sopyo")
	case "darwin":
		return filepath.Join(home, "Library", "Application Support", "Sopyo")
	}
	return filepath.Join(local, "sopyo")
}

// temporary makes dir the folder of temporary files, by the names that each system has for it.
func temporary(t *testing.T, dir string) {
	t.Helper()
	for _, name := range []string{"TMPDIR", "TMP", "TEMP"} {
		t.Setenv(name, dir)
	}
}

// machine is an opened data folder without a company.
func machine(t *testing.T) *App {
	t.Helper()
	home := t.TempDir()
	person(t, home)
	a, err := Open(t.Context(), Options{DataDir: filepath.Join(home, "veri"), Lang: "tr"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	a.useKeyring((&vault{held: map[string]string{}}).keyring())
	return a
}

func named(t *testing.T, a *App, name string) domain.Company {
	t.Helper()
	c, err := a.NewCompany(t.Context(), name, false)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestOpen_makesWhatIsMissingAndSaysWhatIsInTheWay(t *testing.T) {
	home := t.TempDir()
	usual := person(t, home)
	t.Chdir(home)
	for named, want := range map[string]string{"": usual, "alt": filepath.Join(home, "alt")} {
		a, err := Open(t.Context(), Options{DataDir: named})
		if err != nil {
			t.Fatal(err)
		}
		if a.Dir() != want {
			t.Errorf("%q: data in %s, want %s", named, a.Dir(), want)
		}
		a.Log.Info("bir kayıt", "n", 1)
		for _, path := range []string{"companies", "logs/crash.txt", "logs/sopyo.log", "sopyo.db"} {
			info, err := os.Stat(filepath.Join(want, path))
			if err != nil || runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 && path != "sopyo.db" {
				t.Errorf("%s: %v, %v", path, info, err)
			}
		}
		if raw, err := os.ReadFile(filepath.Join(want, "logs", "sopyo.log")); err != nil || !strings.Contains(string(raw), "bir kayıt") {
			t.Errorf("the log: %q, %v", raw, err)
		}
		if err := a.Close(); err != nil {
			t.Error(err)
		}
		if _, err := a.Machine.Companies(t.Context()); err == nil {
			t.Error("the machine's file is open after Close")
		}
	}
	t.Setenv("XDG_DATA_HOME", "")
	t.Setenv("LOCALAPPDATA", "")
	if runtime.GOOS != "darwin" {
		usual = filepath.Join(home, ".local", "share", "sopyo")
	}
	if dir, err := defaultDataDir(); err != nil || dir != usual {
		t.Errorf("%s, %v", dir, err)
	}
	t.Setenv("HOME", "")
	t.Setenv("USERPROFILE", "")
	if _, err := defaultDataDir(); err == nil {
		t.Error("a data folder without a home")
	}
	if _, err := Open(t.Context(), Options{}); domain.KindOf(err) != domain.KindDisk {
		t.Errorf("without a home: %v", err)
	}
	if _, err := DataFolder(""); domain.KindOf(err) != domain.KindDisk {
		t.Errorf("a data folder without a home: %v", err)
	}
	person(t, home)
	for name, lies := range map[string]string{
		"a file where the data folder is to be": "", "where the companies are": "companies", "where the log is": "logs",
		"a folder where the log of crashes is": "logs/crash.txt/x", "where the machine's file is": "sopyo.db/x",
	} {
		dir := filepath.Join(home, name)
		writeFile(t, filepath.Join(dir, filepath.FromSlash(lies)), "x")
		if _, err := Open(t.Context(), Options{DataDir: dir}); domain.KindOf(err) != domain.KindDisk {
			t.Errorf("%s: %v", name, err)
		}
	}
	everyEnd(t, "opening", func(ctx context.Context) error {
		a, err := Open(ctx, Options{DataDir: filepath.Join(home, "oft")})
		if err == nil {
			err = a.Close()
		}
		return err
	}, func() []string { return nil })
}

func TestOpen_saysOnTheTerminalWhatItLogsWhenToldTo(t *testing.T) {
	for _, verbose := range []bool{true, false} {
		file, err := os.Create(filepath.Join(t.TempDir(), "stderr"))
		if err != nil {
			t.Fatal(err)
		}
		before := os.Stderr
		os.Stderr = file
		a, err := Open(t.Context(), Options{DataDir: t.TempDir(), Verbose: verbose})
		os.Stderr = before
		if err != nil {
			t.Fatal(err)
		}
		a.Log.Info("bir kayıt")
		if err := errors.Join(a.Close(), file.Close()); err != nil {
			t.Error(err)
		}
		raw, err := os.ReadFile(file.Name())
		if err != nil || strings.Contains(string(raw), "bir kayıt") != verbose {
			t.Errorf("verbose %v: %q, %v", verbose, raw, err)
		}
	}
}

func TestLastCrash_isOfferedOnce(t *testing.T) {
	a := machine(t)
	if got := a.LastCrash(); got != "" {
		t.Errorf("a crash before any: %s", got)
	}
	crash := filepath.Join(a.Dir(), "logs", "crash.txt")
	writeFile(t, crash, " \n")
	if got := a.LastCrash(); got != "" {
		t.Errorf("blanks are a crash: %s", got)
	}
	writeFile(t, crash, "panic: boom\n")
	kept := a.LastCrash()
	if raw, err := os.ReadFile(kept); err != nil || string(raw) != "panic: boom\n" || filepath.Dir(kept) != filepath.Dir(crash) {
		t.Errorf("%s: %q, %v", kept, raw, err)
	}
	if at, err := time.Parse("crash-20060102-150405.txt", filepath.Base(kept)); err != nil || time.Since(at) > time.Minute || time.Since(at) < 0 {
		t.Errorf("kept as %s, %v", kept, err)
	}
	if got := a.LastCrash(); got != "" {
		t.Errorf("offered twice: %s", got)
	}
	warned := func() bool {
		raw, err := os.ReadFile(filepath.Join(a.Dir(), "logs", "sopyo.log"))
		return err == nil && strings.Contains(string(raw), "level=WARN")
	}
	if warned() {
		t.Error("the log warns of what went well")
	}
	// What cannot be kept is said in the log, and tried again at the next start.
	if err := errors.Join(debug.SetCrashOutput(nil, debug.CrashOptions{}), os.Remove(crash)); err != nil { // Windows removes none that is open
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(crash, "x"), "x")
	if got := a.LastCrash(); got != "" {
		t.Errorf("a folder: %s", got)
	}
	if !warned() {
		t.Error("the log does not warn")
	}
}

// The list is what the machine's file keeps: found in the next sitting, and gone with what is removed.
func TestCompanies_areTheMachines(t *testing.T) {
	a := machine(t)
	alfa, beta := named(t, a, "Kırtasiye"), named(t, a, "İkinci")
	if err := a.SetDefaultCompany(t.Context(), beta.ID); err != nil {
		t.Fatal(err)
	}
	next, err := Open(t.Context(), Options{DataDir: a.Dir()})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = next.Close() }()
	for name, want := range map[string]domain.Company{"": beta, "KIRTASİYE": alfa} {
		if got, err := next.FindCompany(t.Context(), name); err != nil || got != want {
			t.Errorf("%q: %+v, %v", name, got, err)
		}
	}
	everyRead(t, "finding the default", func(ctx context.Context) (domain.Company, error) { return a.FindCompany(ctx, "") })
	n, added := 0, domain.Company{}
	everyEnd(t, "adding", func(ctx context.Context) (err error) {
		n++ // one that was cut off at its end may be there all the same
		added, err = a.NewCompany(ctx, fmt.Sprint("Firma ", n), false)
		return err
	}, func() []string {
		found, err := a.FindCompany(t.Context(), fmt.Sprint("Firma ", n))
		if err != nil {
			return []string{err.Error()}
		}
		return domaintest.Differences(found, added)
	})
	if _, err := a.RemoveCompany(t.Context(), beta); err != nil {
		t.Fatal(err)
	}
	if id, err := a.DefaultCompany(t.Context()); id != "" || err != nil {
		t.Errorf("the default is gone, yet %q, %v", id, err)
	}
}

func TestOpenCompany_isTakenByOneAndGivenBackWhole(t *testing.T) {
	a := machine(t)
	info := named(t, a, "Alfa")
	c := opened(t, a, info)
	if c.Info != info || c.Runner == nil || c.Store == nil {
		t.Errorf("%+v", c.Info)
	}
	other, err := Open(t.Context(), Options{DataDir: a.Dir()})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = other.Close() }()
	_, err = other.OpenCompany(t.Context(), info)
	wantKind(t, "open in another program", err, domain.KindBusy, "", "")
	_, err = other.RemoveCompany(t.Context(), info)
	wantKind(t, "removed while it is open", err, domain.KindBusy, "", "")
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Store.Settings(t.Context()); err == nil {
		t.Error("its file is open after Close")
	}
	if err := opened(t, other, info).Close(); err != nil {
		t.Error(err)
	}
	everyEnd(t, "opening a company", func(ctx context.Context) error {
		c, err := a.OpenCompany(ctx, info)
		if err == nil {
			_, failed := c.Usage(t.Context())
			_, known := c.Settings(t.Context())
			if failed != nil || known != nil || c.Client() == nil || c.release == nil {
				t.Errorf("opened, and yet %v, %v", failed, known)
			}
			err = c.Close()
		}
		return err
	}, func() []string { return nil })
	a.options.IsbasiURL = "http://isbasi.example.com" // a host that nobody allows
	if _, err := a.OpenCompany(t.Context(), info); domain.KindOf(err) != domain.KindHost && domain.KindOf(err) != domain.KindInvalid {
		t.Errorf("a foreign host: %v", err)
	}
	a.options.IsbasiURL = "https://soho-isbasi-uiv2-test.logo-paas.com/Invoice" // the panel's, of the test environment
	_, err = a.OpenCompany(t.Context(), info)
	wantKind(t, "the panel's address is the API's", err, domain.KindHost, "", "soho-isbasi-mwv2-test.logo-paas.com")
	a.options.IsbasiURL = ""
	for _, lies := range []string{".db/x", ".lock/x"} {
		wrong := named(t, a, "Bozuk "+lies)
		own := a.files.Path(wrong.ID)
		if err := os.Rename(own, own+".aside"); err != nil {
			t.Fatal(err)
		}
		writeFile(t, filepath.Join(a.Dir(), "companies", string(wrong.ID)+filepath.FromSlash(lies)), "x")
		_, err = a.OpenCompany(t.Context(), wrong)
		if kind := domain.KindOf(err); kind != domain.KindDisk && kind != domain.KindData {
			t.Errorf("%s: %v", lies, err)
		}
		if err := os.RemoveAll(filepath.Join(a.Dir(), "companies", string(wrong.ID)+strings.TrimSuffix(lies, "/x"))); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(own+".aside", own); err != nil {
			t.Fatal(err)
		}
		if err := opened(t, a, wrong).Close(); err != nil { // the lock was given back
			t.Error(err)
		}
	}
}

func TestDemoCompany_hasItsCatalogueAndItsOwnIsbasi(t *testing.T) {
	a := machine(t)
	info, err := a.DemoCompany(t.Context(), "Örnek")
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Count(string(assets.DemoCatalogue()), "\n") - 1
	unpacked := t.TempDir()
	temporary(t, unpacked)
	c := opened(t, a, info)
	if left, err := os.ReadDir(unpacked); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	first := (&house{t: t, Company: c}).products()
	if _, n, err := c.ListProducts(t.Context(), domain.ProductQuery{Limit: 1}); err != nil || n < want*9/10 || n > want || want < 100 {
		t.Errorf("%d products of %d lines, %v", n, want, err)
	}
	in, err := c.Authorise(t.Context(), domain.Credentials{Environment: domain.EnvironmentLive, UserName: sandbox.DemoUser, Password: domain.NewSecret(sandbox.DemoPassword)}, domain.Browser{})
	if err != nil || in.Session.TenantID != sandbox.DemoTenant || in.Connection.FirmName != "Örnek" || in.Session.APIKey != domain.NewSecret(sandbox.DemoKey) {
		t.Errorf("%+v, %v", in.Connection, err)
	}
	if err := c.Confirm(t.Context(), in, true); err != nil {
		t.Fatal(err)
	}
	for _, p := range first { // a person takes one away; it does not come back
		p.State = domain.ProductArchived
		if _, err := c.SaveProducts(t.Context(), p); err != nil {
			t.Fatal(err)
		}
		break
	}
	changed := (&house{t: t, Company: c}).products()
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	c = opened(t, a, info)
	(&house{t: t, Company: c}).same("opened again", changed)
	if _, err := c.Test(t.Context()); err != nil { // the stand-in has another port, and forgot its tokens
		t.Errorf("opened again: %v", err)
	}
	if err := c.Close(); err != nil {
		t.Error(err)
	}
	temporary(t, filepath.Join(a.Dir(), "yok"))
	next, err := a.NewCompany(t.Context(), "Örnek iki", true)
	if err != nil {
		t.Fatal(err)
	}
	_, err = a.OpenCompany(t.Context(), next)
	wantKind(t, "nowhere to unpack", err, domain.KindDisk, "", "")
}

func TestRemoveCompany_archivesItsFilesAndForgetsItsSecrets(t *testing.T) {
	h := newHouse(t, sandbox.Options{}).signIn()
	h.stock()
	info := h.Info
	if got := h.vault.secrets(string(info.ID)); got["api-key"] != sandbox.DemoKey || got["password"] != sandbox.DemoPassword {
		t.Fatal("its secrets are not in the keyring")
	}
	was := h.products()
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	stem := filepath.Join(h.dir, "companies", string(info.ID))
	writeFile(t, stem+".db.v3.bak", "before version 3")
	writeFile(t, stem+".turn", "")
	h.vault.lock(1)
	_, err := h.app.RemoveCompany(t.Context(), info)
	wantKind(t, "the keyring is locked", err, domain.KindKeyring, "", "")
	h.vault.lock(0)
	if all, err := h.app.Machine.Companies(t.Context()); err != nil || len(all) != 1 {
		t.Errorf("removed all the same: %+v, %v", all, err)
	}
	if _, err := os.Stat(stem + ".db"); err != nil {
		t.Error(err)
	}
	stuck := named(t, h.app, "Takılan")
	if err := opened(t, h.app, stuck).Close(); err != nil {
		t.Fatal(err)
	}
	if err := h.app.keys.Save(t.Context(), stuck.ID, domain.Session{Credentials: domain.Credentials{APIKey: domain.NewSecret("anahtar")}}); err != nil {
		t.Fatal(err)
	}
	removed := filepath.Join(h.dir, "companies", "removed")
	if err := os.Remove(removed); err != nil { // all was put back
		t.Error(err)
	}
	writeFile(t, removed, "x")
	_, err = h.app.RemoveCompany(t.Context(), stuck)
	wantKind(t, "nowhere to archive", err, domain.KindDisk, "", "")
	if all, err := h.app.Machine.Companies(t.Context()); err != nil || len(all) != 2 || h.vault.secrets(string(stuck.ID))["api-key"] != "anahtar" {
		t.Errorf("forgotten all the same: %+v, %v", all, err)
	}
	if err := os.Remove(removed); err != nil {
		t.Fatal(err)
	}
	before := time.Now().UTC().Truncate(time.Second)
	held, err := os.Stat(stem + ".lock")
	if err != nil {
		t.Fatal(err)
	}
	path, err := h.app.RemoveCompany(t.Context(), info)
	if err != nil {
		t.Fatal(err)
	}
	name, ok := strings.CutPrefix(filepath.Base(path), string(info.ID)+"-")
	at, bad := time.Parse("20060102-150405.db", name)
	if !ok || bad != nil || at.Before(before) || filepath.Dir(path) != filepath.Join(h.dir, "companies", "removed") {
		t.Errorf("archived as %s", path)
	}
	if raw, err := os.ReadFile(path + ".v3.bak"); err != nil || string(raw) != "before version 3" {
		t.Errorf("its backup: %q, %v", raw, err)
	}
	// Another process may be holding them.
	if left, _ := filepath.Glob(stem + ".*"); !slices.Equal(left, []string{stem + ".lock", stem + ".turn"}) {
		t.Errorf("left behind: %v", left)
	}
	if now, err := os.Stat(stem + ".lock"); err != nil || !os.SameFile(held, now) {
		t.Errorf("the lock is another file: %v", err)
	}
	if left := h.vault.secrets(string(info.ID)); len(left) != 0 {
		t.Errorf("secrets left behind: %v", slices.Collect(maps.Keys(left)))
	}
	if all, err := h.app.Machine.Companies(t.Context()); err != nil || len(all) != 1 || all[0].ID != stuck.ID {
		t.Errorf("%+v, %v", all, err)
	}
	// The file is whole: another company can be given it.
	next := named(t, h.app, "Yeni")
	if err := os.Rename(path, filepath.Join(h.dir, "companies", string(next.ID)+".db")); err != nil {
		t.Fatal(err)
	}
	h.Company = opened(t, h.app, next)
	h.same("given to another", was)
}

// What a kill leaves is a database and, beside it, what was written last.
func TestRemoveCompany_archivesOneFileAfterAKill(t *testing.T) {
	h := newHouse(t, sandbox.Options{})
	if _, err := h.SaveProducts(t.Context(), domain.Product{Name: "Bal"}); err != nil {
		t.Fatal(err)
	}
	killed := named(t, h.app, "Yarım")
	folder := filepath.Join(h.dir, "companies")
	for _, part := range []string{".db", ".db-wal"} {
		raw, err := os.ReadFile(filepath.Join(folder, string(h.Info.ID)+part))
		if err != nil {
			t.Fatal(err)
		}
		writeFile(t, filepath.Join(folder, string(killed.ID)+part), string(raw))
	}
	path, err := h.app.RemoveCompany(t.Context(), killed)
	if err != nil {
		t.Fatal(err)
	}
	if all, _ := filepath.Glob(path + "*"); len(all) != 1 {
		t.Errorf("archived as %v", all)
	}
	logged := func() string {
		raw, err := os.ReadFile(filepath.Join(h.dir, "logs", "sopyo.log"))
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
		return string(raw)
	}
	if strings.Contains(logged(), "level=WARN") {
		t.Errorf("the log: %s", logged())
	}
	spoilt := named(t, h.app, "Bozuk") // its journal cannot be brought in: it is archived all the same, and that is said
	for _, part := range []string{".db", ".db-wal"} {
		writeFile(t, filepath.Join(folder, string(spoilt.ID)+part), "no database")
	}
	with, err := h.app.RemoveCompany(t.Context(), spoilt)
	if raw, errRead := os.ReadFile(with); errors.Join(err, errRead) != nil || string(raw) != "no database" || !strings.Contains(logged(), string(spoilt.ID)) {
		t.Errorf("archived is %q, %v, the log: %s", raw, errors.Join(err, errRead), logged())
	}
	store, err := sqlite.OpenCompany(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if _, n, err := store.Products(t.Context(), domain.ProductQuery{Search: "bal"}); n != 1 || err != nil {
		t.Errorf("%d products, %v", n, err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
}

// A kill between a stop and its end: the person's wish stands.
func TestOpenCompany_endsTheStopThatAKillCutShort(t *testing.T) {
	h := newHouse(t, sandbox.Options{})
	run, err := h.CreateRun(t.Context(), transfer.Run{State: transfer.StateApplying, Phase: transfer.PhaseApply, ConfirmedAt: time.Now()})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(h.StopRun(t.Context(), run.ID), h.Close()); err != nil {
		t.Fatal(err)
	}
	c := opened(t, h.app, h.Info)
	if err := c.Runner.GoOn(t.Context()); err != nil || c.Runner.Work() != nil {
		t.Errorf("it went on: %v", err)
	}
	if now, err := c.Run(t.Context(), run.ID); err != nil || now.State != transfer.StateStopped {
		t.Errorf("found %s, %v", now.State, err)
	}
}

// What a kill has left undone and cannot be done now never keeps a company from opening: the log says it.
func TestOpenCompany_thatCannotCatchUpOpensAllTheSame(t *testing.T) {
	h := newHouse(t, sandbox.Options{})
	run, err := h.CreateRun(t.Context(), transfer.Run{State: transfer.StateApplying, Phase: transfer.PhaseApply, ConfirmedAt: time.Now()})
	if err != nil {
		t.Fatal(err)
	}
	letter, err := h.Store.QueueLetter(t.Context(), mail.Letter{RunID: run.ID, To: "ali@example.com", MessageID: "1@x"})
	if err != nil {
		t.Fatal(err)
	}
	letter.State = mail.StateSending
	if err := errors.Join(h.StopRun(t.Context(), run.ID), h.Store.SaveLetter(t.Context(), letter, mail.StateQueued)); err != nil {
		t.Fatal(err)
	}
	warnings := func() (n int) {
		raw, err := os.ReadFile(filepath.Join(h.dir, "logs", "sopyo.log"))
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
		return strings.Count(string(raw), "level=WARN")
	}
	if n := warnings(); n != 0 {
		t.Errorf("%d warnings before anything was left undone", n)
	}
	const inTheWay = ` BEGIN SELECT RAISE(ABORT, 'full'); END;`
	change := func(statements string) {
		t.Helper()
		if err := h.Close(); err != nil {
			t.Fatal(err)
		}
		db, err := sql.Open("sqlite", h.app.files.Path(h.Info.ID))
		if err == nil {
			_, err = db.ExecContext(t.Context(), statements)
			err = errors.Join(err, db.Close())
		}
		if err != nil {
			t.Fatal(err)
		}
		h.Company = opened(t, h.app, h.Info)
	}
	change(`CREATE TRIGGER a BEFORE UPDATE ON transfer` + inTheWay + `CREATE TRIGGER b BEFORE UPDATE ON letter` + inTheWay + `ALTER TABLE report RENAME TO gone;`)
	if n := warnings(); n != 3 {
		t.Errorf("%d warnings, want one of the transfer, one of the letter, one of the reports", n)
	}
	change(`DROP TRIGGER a; DROP TRIGGER b; ALTER TABLE gone RENAME TO report;`)
	if n := warnings(); n != 4 { // that the letter was cut off
		t.Errorf("%d warnings", n)
	}
	if now, err := h.Run(t.Context(), run.ID); err != nil || now.State != transfer.StateStopped {
		t.Errorf("found %s, %v", now.State, err)
	}
}

func TestRemoveCompany_withoutAKeyringOnlyWhatNeverHadASecret(t *testing.T) {
	h := newHouse(t, sandbox.Options{})
	h.vault.lock(1)
	never, opening, strange := named(t, h.app, "Hiç"), named(t, h.app, "Açılmış"), named(t, h.app, "Bozuk")
	if err := opened(t, h.app, opening).Close(); err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(h.dir, "companies", string(strange.ID)+".db"), "no database at all, whatever it is")
	if path, err := h.app.RemoveCompany(t.Context(), never); err != nil || path == "" {
		t.Errorf("never opened: %q, %v", path, err)
	}
	if path, err := h.app.RemoveCompany(t.Context(), opening); err != nil || path == "" {
		t.Errorf("never signed in: %q, %v", path, err)
	}
	_, err := h.app.RemoveCompany(t.Context(), strange)
	wantKind(t, "nobody can tell", err, domain.KindKeyring, "", "")
	if all, err := h.app.Machine.Companies(t.Context()); err != nil || len(all) != 2 {
		t.Errorf("%+v, %v", all, err)
	}
	unread := named(t, h.app, "Okunmaz") // its file opens, and does not tell whether anybody ever signed in
	if err := opened(t, h.app, unread).Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(h.dir, "companies", string(unread.ID)+".db")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), `ALTER TABLE connection RENAME TO gone`); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	_, err = h.app.RemoveCompany(t.Context(), unread)
	wantKind(t, "the connection cannot be read", err, domain.KindKeyring, "", "")
	if _, err := os.Stat(path); err != nil {
		t.Errorf("its file: %v", err)
	}
	h.vault.lock(0)
	if _, err := h.app.RemoveCompany(t.Context(), unread); err != nil {
		t.Errorf("with a keyring: %v", err)
	}
	everyEnd(t, "removing", func(ctx context.Context) error {
		_, err := h.app.RemoveCompany(ctx, strange)
		return err
	}, func() []string {
		if all, err := h.app.Machine.Companies(t.Context()); err != nil || len(all) != 1 {
			return []string{fmt.Sprint(all, err)}
		}
		return nil
	})
}

func TestFolders_needAHome(t *testing.T) {
	t.Setenv("HOME", "")
	t.Setenv("USERPROFILE", "")
	c := &Company{}
	_, err := c.Recent(t.Context(), "")
	wantKind(t, "no home to look in", err, domain.KindDisk, "", "")
	_, err = c.Folder(t.Context(), "")
	wantKind(t, "no home to show", err, domain.KindDisk, "", "")
}

// Companies that are called alike, and lists of one minute, do not write over each other.
func TestDocuments_ofTwoCompaniesAndOneMinuteStayApart(t *testing.T) {
	a := machine(t)
	a.folders.Named = false // reports go among the documents too
	seen, folders := map[string]domain.CompanyID{}, map[string]domain.CompanyID{}
	for _, name := range []string{"A/B Ltd", "Örnek", "A:B Ltd", "a-b ltd", "CON", "con."} {
		named(t, a, name)
	}
	all, err := a.Machine.Companies(t.Context())
	if err != nil || len(all) != 6 {
		t.Fatal(all, err)
	}
	for _, info := range all {
		c := opened(t, a, info)
		for range 3 {
			path, err := c.documents.Create("urunler", ".xlsx", a.now(), func(w io.Writer) error { _, err := fmt.Fprint(w, info.ID, len(seen)); return err })
			if err != nil || seen[path] != "" {
				t.Errorf("%s, %v", path, err)
			}
			seen[path] = info.ID
			for _, dir := range append(c.documents.Reports(spoken(t).T("report.folder")), filepath.Dir(path)) {
				dir = domain.Fold(dir) // as Windows and macOS tell names apart
				if other := folders[dir]; other != "" && other != info.ID {
					t.Errorf("%s is of %s and of %s", dir, other, info.ID)
				}
				folders[dir] = info.ID
			}
		}
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	}
	for path, id := range seen {
		if raw, err := os.ReadFile(path); err != nil || !strings.HasPrefix(string(raw), string(id)) {
			t.Errorf("%s holds %q, %v", path, raw, err)
		}
	}
}

// spoken are the words of files for the person.
func spoken(t *testing.T) words.Words {
	t.Helper()
	text, err := assets.NewText("tr")
	if err != nil {
		t.Fatal(err)
	}
	return words.New(text.Lang, text.T)
}

func TestSettings_carryEveryChoice(t *testing.T) {
	h := newHouse(t, sandbox.Options{AllowStock: true}).signIn()
	for seed := range 2 {
		want := domaintest.Fill[domain.Settings](seed)
		if err := h.SaveSettings(t.Context(), want); err != nil {
			t.Fatal(err)
		}
		h.nextSitting()
		got, err := h.Settings(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range domaintest.Differences(got, want) {
			t.Error(d)
		}
	}
	bad, err := h.Settings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	kept := bad
	bad.Scenario = "x"
	err = h.SaveSettings(t.Context(), bad)
	wantKind(t, "no scenario", err, domain.KindInvalid, "scenario", "choose")
	// A right that İşbaşı has denied cannot be chosen; what is remembered stays with the key.
	if err := h.Store.Remember(t.Context(), "x", "y"); err != nil {
		t.Fatal(err)
	}
	around, err := h.Circumstances(t.Context())
	if err != nil || around.Transferring || len(around.Abilities) != 2 {
		t.Errorf("%+v, %v", around, err)
	}
	for _, a := range []domain.Ability{domain.AbilityStockWrite, domain.AbilityFormalise} {
		if got, known := around.Abilities[a]; !known || got != domain.AbilityUnasked {
			t.Errorf("%s: %q, %v", a, got, known)
		}
	}
	everyRead(t, "circumstances", h.Circumstances)
	everyRead(t, "settings", h.Settings)
	everyEnd(t, "saving settings", func(ctx context.Context) error {
		next := kept
		next.Pull = !kept.Pull
		err := h.SaveSettings(ctx, next)
		if err == nil {
			kept = next
		}
		return err
	}, func() []string {
		got, err := h.Settings(t.Context())
		if err != nil {
			return []string{err.Error()}
		}
		return domaintest.Differences(got, kept)
	})
	// Without the keyring nothing is known of the key, and nothing is forbidden.
	h.nextSitting()
	h.vault.lock(1)
	if around, err := h.Circumstances(t.Context()); err != nil || len(around.Abilities) != 0 {
		t.Errorf("%+v, %v", around, err)
	}
	h.vault.lock(0)
}
