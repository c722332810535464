package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/backup"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
	"github.com/sopyo/sopyo-desktop/storage/sqlite"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"

	backups "github.com/sopyo/sopyo-desktop/storage/backup"
)

var secret = domain.NewSecret("yedek parolası 1")

// protected keeps the password of backups.
func protected(t *testing.T, a *App) {
	t.Helper()
	if _, err := a.SaveBackupPassword(t.Context(), secret, secret); err != nil {
		t.Fatal(err)
	}
}

// shelved gives a company a product.
func shelved(t *testing.T, a *App, info domain.Company, name string) {
	t.Helper()
	c, err := a.OpenCompany(t.Context(), info)
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Store.SaveProducts(t.Context(), domain.Product{Name: name})
	if err := errors.Join(err, c.Close()); err != nil {
		t.Fatal(err)
	}
}

// names are those of the products of a company.
func names(t *testing.T, a *App, info domain.Company) string {
	t.Helper()
	c, err := a.OpenCompany(t.Context(), info)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	var all []string
	for p, err := range c.Store.AllProducts(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p.Name)
	}
	return strings.Join(all, " ")
}

func listed(t *testing.T, a *App) []string {
	t.Helper()
	files, err := a.Backups(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, f := range files {
		if f.Size == 0 {
			t.Errorf("%s is empty", f.Path)
		}
		all = append(all, filepath.Base(f.Path))
	}
	return all
}

func TestBackUpDue_makesOneADayWhereSomethingHasChanged(t *testing.T) {
	a := machine(t)
	now := time.Date(2026, 11, 1, 20, 30, 0, 0, time.UTC) // 23:30 in Istanbul
	a.options.Now = func() time.Time { return now }
	info := named(t, a, "Ğış: Oğlu")
	demo, err := a.DemoCompany(t.Context(), "Deneme")
	if err != nil {
		t.Fatal(err)
	}
	due := func() {
		t.Helper()
		if err := a.BackUpDue(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	due()
	if got := listed(t, a); len(got) > 0 {
		t.Errorf("without a password: %q", got)
	}
	_, err = a.BackUp(t.Context(), []domain.Company{info}, &backup.Progress{})
	wantKind(t, "without a password", err, domain.KindInvalid, "password", "backup-password")
	protected(t, a)
	due()
	due()
	now = now.Add(24 * time.Hour) // nothing has changed
	due()
	if got := fmt.Sprint(listed(t, a)); got != "[Ğış- Oğlu 2026-11-01.sopyoyedek]" {
		t.Errorf("%s", got)
	}
	s, err := a.BackupState(t.Context())
	if err != nil || !s.Protected || s.SessionOnly || s.Folder != filepath.Join(a.Dir(), "backups") || len(s.Companies) != 2 {
		t.Errorf("%+v, %v", s, err)
	}
	if c := s.Companies[0]; c.Company != info || !c.MadeAt.Equal(now.Add(-24*time.Hour)) || !c.CheckedAt.Equal(now) || c.File != filepath.Join(s.Folder, listed(t, a)[0]) || c.Failed != "" {
		t.Errorf("%+v", c)
	}
	if c := s.Companies[1]; c.Company != demo || !c.MadeAt.IsZero() {
		t.Errorf("the demo company: %+v", c)
	}
	for day := range 20 { // those of October
		writeFile(t, filepath.Join(s.Folder, fmt.Sprintf("Ğış- Oğlu 2026-10-%02d.sopyoyedek", day+1)), "x")
		writeFile(t, filepath.Join(s.Folder, fmt.Sprintf("Başka 2026-10-%02d.sopyoyedek", day+1)), "x")
	}
	now = now.Add(24 * time.Hour)
	shelved(t, a, info, "Bal")
	due()
	var got []string
	for _, name := range listed(t, a) {
		if strings.HasPrefix(name, "Ğ") {
			got = append(got, name)
		}
	}
	if len(got) != backup.Kept || got[0] != "Ğış- Oğlu 2026-11-03.sopyoyedek" || got[13] != "Ğış- Oğlu 2026-10-09.sopyoyedek" || len(listed(t, a)) != backup.Kept+20 {
		t.Errorf("%d files: %q", len(got), got)
	}
	// A file that was lost is made again; so is one that a person asks for on the same day, beside it.
	if err := os.Remove(filepath.Join(a.Dir(), "backups", got[0])); err != nil {
		t.Fatal(err)
	}
	if made, err := a.BackUp(t.Context(), []domain.Company{info}, &backup.Progress{}); err != nil || len(made) != 1 || filepath.Base(made[0].Path) != got[0] {
		t.Errorf("%+v, %v", made, err)
	}
	shelved(t, a, info, "Yeni")
	if made, err := a.BackUp(t.Context(), []domain.Company{info}, &backup.Progress{}); err != nil || len(made) != 1 || filepath.Base(made[0].Path) != "Ğış- Oğlu 2026-11-03 (2).sopyoyedek" {
		t.Errorf("%+v, %v", made, err)
	}
	if got := listed(t, a); len(got) != backup.Kept+20 {
		t.Errorf("%q", got)
	}
}

func TestBackUp_saysWhyOneWasNotMade(t *testing.T) {
	a := machine(t)
	protected(t, a)
	info := named(t, a, "Alfa")
	writeFile(t, filepath.Join(a.Dir(), "backups"), "in the way")
	_, err := a.BackUp(t.Context(), []domain.Company{info}, &backup.Progress{})
	wantKind(t, "no folder", err, domain.KindDisk, "", "")
	if s, err := a.BackupState(t.Context()); err != nil || s.Companies[0].Failed != domain.KindDisk || !s.Companies[0].MadeAt.IsZero() {
		t.Errorf("%+v, %v", s, err)
	}
	if left, _ := os.ReadDir(filepath.Join(a.Dir(), "backup")); len(left) > 0 {
		t.Errorf("copies are left in plain letters: %v", left)
	}
	if err := a.Exclusively(t.Context(), func() error {
		_, err := a.BackUp(t.Context(), []domain.Company{info}, &backup.Progress{})
		return err
	}); domain.KindOf(err) != domain.KindBusy {
		t.Errorf("while another works on backups: %v", err)
	}
}

func TestBackups_lieAmongThePersonsDocuments(t *testing.T) {
	home := t.TempDir()
	person(t, home)
	if err := os.Mkdir(filepath.Join(home, "Belgeler"), 0o700); err != nil {
		t.Fatal(err)
	}
	a, err := Open(t.Context(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = a.Close() }()
	if dir, err := a.folders.Backups(); err != nil || dir != filepath.Join(home, "Belgeler", "Sopyo", "Yedek") {
		t.Errorf("%s, %v", dir, err)
	}
}

// elsewhere is another machine: another home, another keyring.
func elsewhere(t *testing.T) *App {
	t.Helper()
	return machine(t)
}

// backedUp is a backup of a company that has a product, a document and a secret.
func backedUp(t *testing.T) (h *house, path string) {
	t.Helper()
	h = newHouse(t, sandbox.Options{}).signIn()
	if _, err := h.Store.SaveProducts(t.Context(), domain.Product{Name: "Bal"}); err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(h.app.folders.Invoices(h.Info.ID), "2026-05", "GIB1.pdf"), "%PDF-1")
	path = filepath.Join(t.TempDir(), "elle.sopyoyedek")
	made, err := h.app.BackUpTo(t.Context(), path, secret, []domain.Company{h.Info}, &backup.Progress{}) // while it is open
	if err != nil || made.Path != path || made.Companies[0].Products != 1 || made.Companies[0].Documents != 1 || made.Companies[0].Company() != h.Info {
		t.Fatalf("%+v, %v", made, err)
	}
	return h, path
}

func TestBackUp_holdsNoSecret(t *testing.T) {
	_, path := backedUp(t)
	dir := t.TempDir()
	version, err := sqlite.NewestVersion()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := backups.Unpack(t.Context(), path, secret, version, dir, &backup.Progress{}); err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, name := range sqlitetest.Files(t, dir) {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(raw)
	}
	if !strings.Contains(all.String(), "Bal") {
		t.Fatal("nothing was unpacked")
	}
	for name, text := range map[string]string{"API key": sandbox.DemoKey, "account's password": sandbox.DemoPassword, "backup's password": secret.Reveal()} {
		if strings.Contains(all.String(), text) {
			t.Errorf("the %s is in it", name)
		}
	}
}

func TestRestore_makesTheCompanyOnAnEmptyMachine(t *testing.T) {
	h, path := backedUp(t)
	b := elsewhere(t)
	r, err := b.LookIntoBackup(t.Context(), path, secret)
	if err != nil || len(r.Changes) != 1 || r.Changes[0].Present != nil || r.Changes[0].As != h.Info || r.Changes[0].Products != 1 {
		t.Errorf("%+v, %v", r, err)
	}
	if all, err := b.Machine.Companies(t.Context()); err != nil || len(all) > 0 {
		t.Errorf("looking has made %v, %v", all, err)
	}
	all, err := b.RestoreAlone(t.Context(), path, secret, &backup.Progress{})
	if err != nil || len(all) != 1 || all[0] != h.Info {
		t.Fatalf("%+v, %v", all, err)
	}
	if got := names(t, b, h.Info); got != "Bal" {
		t.Errorf("%s", got)
	}
	if raw, err := os.ReadFile(filepath.Join(b.folders.Invoices(h.Info.ID), "2026-05", "GIB1.pdf")); err != nil || string(raw) != "%PDF-1" {
		t.Errorf("%q, %v", raw, err)
	}
	c := opened(t, b, h.Info)
	if s, err := c.InvoiceStanding(t.Context()); err != nil || !s.Restored {
		t.Errorf("invoices do not wait until İşbaşı was asked: %+v, %v", s, err)
	}
	if left := sqlitetest.Files(t, filepath.Join(b.Dir(), "restore")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestRestore_takesThePlaceOfACompanyThatIsBackedUpFirst(t *testing.T) {
	h, path := backedUp(t)
	if _, err := h.Store.SaveProducts(t.Context(), domain.Product{Name: "Süt"}); err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(h.app.folders.Invoices(h.Info.ID), "2026-06", "GIB2.pdf"), "%PDF-2")
	_, err := h.app.RestoreAlone(t.Context(), path, secret, &backup.Progress{})
	wantKind(t, "while it is open", err, domain.KindBusy, "", "")
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := h.app.RestoreAlone(t.Context(), path, secret, &backup.Progress{}); err != nil {
		t.Fatal(err)
	}
	if got := names(t, h.app, h.Info); got != "Bal" {
		t.Errorf("%s", got)
	}
	files := listed(t, h.app)
	if len(files) != 1 || !strings.HasPrefix(files[0], "Ğış & Oğlu ") {
		t.Fatalf("%q", files)
	}
	before := filepath.Join(h.app.Dir(), "backups", files[0])
	if _, err := h.app.RestoreAlone(t.Context(), before, secret, &backup.Progress{}); err != nil {
		t.Fatal(err)
	}
	if got := names(t, h.app, h.Info); got != "Bal Süt" {
		t.Errorf("what was backed up first: %s", got)
	}
	if raw, err := os.ReadFile(filepath.Join(h.app.folders.Invoices(h.Info.ID), "2026-06", "GIB2.pdf")); err != nil || string(raw) != "%PDF-2" {
		t.Errorf("%q, %v", raw, err)
	}
	h.Company = opened(t, h.app, h.Info)
}

// Whatever is wrong, what is there stays.
func TestRestore_refusesWhatItCannotTrust(t *testing.T) {
	h, path := backedUp(t)
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	bad := func(name string, change func([]byte) []byte) string {
		p := filepath.Join(dir, name)
		writeFile(t, p, string(change(append([]byte{}, raw...))))
		return p
	}
	before := sqlitetest.Files(t, h.app.Dir())
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	for name, tt := range map[string]struct {
		ctx      context.Context
		path     string
		password domain.Secret
		kind     domain.Kind
	}{
		"another password":  {t.Context(), path, domain.NewSecret("yanlış"), domain.KindBackupPassword},
		"one flipped bit":   {t.Context(), bad("bit", func(b []byte) []byte { b[len(b)/2] ^= 4; return b }), secret, domain.KindBackupDamaged},
		"cut off":           {t.Context(), bad("cut", func(b []byte) []byte { return b[:len(b)-5] }), secret, domain.KindBackupDamaged},
		"no backup at all":  {t.Context(), bad("none", func([]byte) []byte { return []byte("bir metin") }), secret, domain.KindNoBackup},
		"no file":           {t.Context(), filepath.Join(dir, "yok"), secret, domain.KindFile},
		"cancelled":         {cancelled, path, secret, domain.KindCancelled},
		"without an answer": {t.Context(), path, domain.Secret{}, domain.KindInvalid},
	} {
		if _, err := h.app.RestoreAlone(tt.ctx, tt.path, tt.password, &backup.Progress{}); domain.KindOf(err) != tt.kind {
			t.Errorf("%s: %v, want %s", name, err, tt.kind)
		}
		if got := names(t, h.app, h.Info); got != "Bal" {
			t.Errorf("%s: %s", name, got)
		}
	}
	if after := sqlitetest.Files(t, h.app.Dir()); len(after) != len(before) {
		t.Errorf("files before %q\nafter %q", before, after)
	}
	h.Company = opened(t, h.app, h.Info)
}

func TestOpen_goesOnWithARestoreThatWasCutOff(t *testing.T) {
	h, path := backedUp(t)
	b := elsewhere(t)
	version, err := sqlite.NewestVersion()
	if err != nil {
		t.Fatal(err)
	}
	swap := backups.NewSwap(b.Dir())
	if _, err := backups.Unpack(t.Context(), path, secret, version, swap.Unpacked(), &backup.Progress{}); err != nil {
		t.Fatal(err)
	}
	killed := errors.New("killed")
	err = swap.Do(t.Context(), []backup.Replacement{{ID: h.Info.ID, As: h.Info, Serial: 5, At: time.Now()}}, func(context.Context, backup.Replacement) error { return killed })
	if !errors.Is(err, killed) {
		t.Fatal(err)
	}
	next, err := Open(t.Context(), Options{DataDir: b.Dir(), Lang: "tr"})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = next.Close() }()
	if all, err := next.Machine.Companies(t.Context()); err != nil || len(all) != 1 || all[0] != h.Info {
		t.Errorf("%+v, %v", all, err)
	}
	if mark, _, err := next.Machine.InvoiceMark(t.Context(), h.Info.ID); err != nil || mark != 5 {
		t.Errorf("%d, %v", mark, err)
	}
	if got := names(t, next, h.Info); got != "Bal" || backups.NewSwap(b.Dir()).Pending() {
		t.Errorf("%s", got)
	}
}

func TestRestore_ofALostOrDamagedFile(t *testing.T) {
	h, path := backedUp(t)
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	file := h.app.files.Path(h.Info.ID)
	for name, spoil := range map[string]func() error{
		"lost": func() error { return os.Remove(file) }, "empty": func() error { return os.Truncate(file, 0) },
		"damaged": func() error { return os.WriteFile(file, []byte(strings.Repeat("bozuk", 2000)), 0o600) },
	} {
		if err := spoil(); err != nil {
			t.Fatal(err)
		}
		if _, err := h.app.RestoreAlone(t.Context(), path, secret, &backup.Progress{}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if got := names(t, h.app, h.Info); got != "Bal" {
			t.Errorf("%s: %s", name, got)
		}
	}
	h.Company = opened(t, h.app, h.Info)
}

func TestHandOver_stopsIssuingHereAndGoesOnThere(t *testing.T) {
	h, _ := backedUp(t)
	made, err := h.HandOver(t.Context(), "", secret, &backup.Progress{})
	if err != nil || !made.HandOver || !strings.HasPrefix(filepath.Base(made.Path), "Ğış & Oğlu devir ") || filepath.Dir(made.Path) != filepath.Join(h.dir, "backups") {
		t.Fatalf("%+v, %v", made, err)
	}
	issue := func(c *Company) error {
		_, err := c.StartInvoices(t.Context(), issuing.Request{Wish: orders.WishDraft})
		return err
	}
	wantKind(t, "here", issue(h.Company), domain.KindState, "", "handed-over")
	if s, err := h.app.BackupState(t.Context()); err != nil || s.Companies[0].HandedOver.IsZero() {
		t.Errorf("%+v, %v", s, err)
	}
	h.nextSitting()
	wantKind(t, "here, the next day", issue(h.Company), domain.KindState, "", "handed-over")
	b := elsewhere(t)
	named(t, b, "Ğış & Oğlu") // an accountant's own, of the same name
	all, err := b.RestoreAlone(t.Context(), made.Path, secret, &backup.Progress{})
	if err != nil || len(all) != 1 || all[0].Name != "Ğış & Oğlu (2)" {
		t.Fatalf("%+v, %v", all, err)
	}
	there := opened(t, b, all[0])
	if at, err := there.HandedOver(t.Context()); err != nil || !at.IsZero() {
		t.Errorf("there it is handed over too: %v, %v", at, err)
	}
	if err := h.TakeBackHandOver(t.Context()); err != nil {
		t.Fatal(err)
	}
	nowhere := filepath.Join(t.TempDir(), "no")
	_, err = h.HandOver(t.Context(), filepath.Join(nowhere, "folder"), secret, &backup.Progress{})
	wantKind(t, "a place that is none", err, domain.KindDisk, domain.AtNoFolder, nowhere)
	if at, err := h.HandedOver(t.Context()); err != nil || !at.IsZero() {
		t.Errorf("what came to nothing has handed it over: %v, %v", at, err)
	}
	if err := issue(h.Company); domain.KindOf(err) == domain.KindState {
		t.Errorf("taken back: %v", err)
	}
}

func TestRemoved_areListedTakenBackAndErased(t *testing.T) {
	h, _ := backedUp(t)
	protected(t, h.app)
	if _, err := h.app.BackUp(t.Context(), []domain.Company{h.Info}, &backup.Progress{}); err != nil {
		t.Fatal(err)
	}
	other := named(t, h.app, "Öteki")
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	remove := func() backup.Removed {
		t.Helper()
		if _, err := h.app.RemoveCompany(t.Context(), h.Info); err != nil {
			t.Fatal(err)
		}
		all, err := h.app.RemovedCompanies(t.Context())
		if err != nil || len(all) != 1 || all[0].Company != h.Info || all[0].Size == 0 || time.Since(all[0].RemovedAt) > time.Hour {
			t.Fatalf("%+v, %v", all, err)
		}
		found, err := h.app.FindRemoved(t.Context(), "ĞIŞ & OĞLU")
		if err != nil || found != all[0] {
			t.Errorf("%+v, %v", found, err)
		}
		return all[0]
	}
	_, err := h.app.FindRemoved(t.Context(), "yok")
	wantKind(t, "none of that name", err, domain.KindNotFound, "", "yok")
	if back, err := h.app.BringBack(t.Context(), remove()); err != nil || back != h.Info {
		t.Fatalf("%+v, %v", back, err)
	}
	if got := names(t, h.app, h.Info); got != "Bal" {
		t.Errorf("%s", got)
	}
	r := remove()
	_, err = h.app.Erase(t.Context(), r, "evet")
	wantKind(t, "another word", err, domain.KindInvalid, "word", "erasure-word")
	e, err := h.app.Erase(t.Context(), r, "sil")
	if err != nil || e.Files != 2 || e.Backups != 1 {
		t.Errorf("%+v, %v", e, err)
	}
	for _, f := range sqlitetest.Files(t, h.dir) {
		if strings.Contains(f, string(h.Info.ID)+".db") || strings.Contains(f, "GIB1") || strings.HasSuffix(f, backup.Ending) {
			t.Errorf("%s is left", f)
		}
	}
	if all, err := h.app.Machine.Companies(t.Context()); err != nil || len(all) != 1 || all[0] != other {
		t.Errorf("%+v, %v", all, err)
	}
	h.Company = opened(t, h.app, other)
}

// What is erased for good goes under each name that the company ever had, a hand-over among it; what may be another company's stays.
func TestErase_takesTheBackupsOfEveryName(t *testing.T) {
	h, _ := backedUp(t)
	protected(t, h.app)
	backUp := func(c domain.Company) {
		t.Helper()
		if _, err := h.app.BackUp(t.Context(), []domain.Company{c}, &backup.Progress{}); err != nil {
			t.Fatal(err)
		}
	}
	backUp(h.Info)
	if _, err := h.HandOver(t.Context(), "", domain.NewSecret("uzun bir parola"), &backup.Progress{}); err != nil {
		t.Fatal(err)
	}
	was := h.Info
	var err error
	if h.Info, err = h.app.RenameCompany(t.Context(), was.ID, "Yeni Ad"); err != nil {
		t.Fatal(err)
	}
	h.app.NoteName(t.Context(), was.ID, filepath.Join("x", backup.Name("Ortak", time.Now())+backup.Ending))
	other := named(t, h.app, "Ortak") // has a name now that the company had in between
	backUp(other)
	backUp(h.Info)
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := h.app.RemoveCompany(t.Context(), h.Info); err != nil {
		t.Fatal(err)
	}
	r, err := h.app.FindRemoved(t.Context(), "Yeni Ad")
	if err != nil {
		t.Fatal(err)
	}
	e, err := h.app.Erase(t.Context(), r, "sil")
	left, listed := h.app.Backups(t.Context())
	if err != nil || listed != nil || e.Backups != 3 || len(left) != 1 || left[0].Stem != "Ortak" {
		t.Errorf("%+v, %v; left %+v", e, err, left)
	}
	h.Company = opened(t, h.app, other)
}

func TestOpenCompany_makesNoFileInThePlaceOfOneThatIsLost(t *testing.T) {
	a := machine(t)
	info := named(t, a, "Alfa")
	path := a.files.Path(info.ID)
	for _, spoil := range []func(path string) error{empty, os.Remove} { // what is lost can't be emptied
		if err := spoil(path); err != nil {
			t.Fatal(err)
		}
		_, err := a.OpenCompany(t.Context(), info)
		wantKind(t, "spoiled", err, domain.KindData, filepath.Join(a.Dir(), "backups"), domain.DataLost)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("a file was made")
	}
}

func empty(path string) error { return os.Truncate(path, 0) }

func TestOpen_makesALostListOfCompaniesAnew(t *testing.T) {
	a := machine(t)
	alfa := named(t, a, "Ğış & Oğlu")
	beta, err := a.DemoCompany(t.Context(), "Deneme")
	if err != nil {
		t.Fatal(err)
	}
	shelved(t, a, alfa, "Bal")
	old := filepath.Join(a.Dir(), "companies", "eskidosya.db")
	sqlitetest.CopyFile(t, sqlitetest.EmptyFile(t), old) // of a program that wrote no name down
	writeFile(t, filepath.Join(a.Dir(), "companies", "bos.db"), "")
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	machineFile := filepath.Join(a.Dir(), "sopyo.db")
	for name, spoil := range map[string]func(path string) error{"lost": os.Remove, "empty": empty} {
		if err := spoil(machineFile); err != nil {
			t.Fatal(err)
		}
		b, err := Open(t.Context(), Options{DataDir: a.Dir(), Lang: "tr"})
		if err != nil {
			t.Fatal(err)
		}
		all, err := b.Machine.Companies(t.Context())
		if err != nil || len(all) != 3 {
			t.Errorf("%s: %+v, %v", name, all, err)
		}
		for _, want := range []domain.Company{alfa, beta, {ID: "eskidosya", Name: "eskidosya"}} {
			if got, err := b.FindCompany(t.Context(), string(want.ID)); err != nil || got != want {
				t.Errorf("%s: %+v, %v, want %+v", name, got, err, want)
			}
		}
		if got := names(t, b, alfa); got != "Bal" {
			t.Errorf("%s: %s", name, got)
		}
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestOpenCompany_backsUpBeforeAnUpgrade(t *testing.T) {
	a := machine(t)
	text, err := os.ReadFile("../../../storage/sqlite/testdata/company_0003.sql")
	if err != nil {
		t.Fatal(err)
	}
	info := domain.Company{ID: "eski", Name: "Eski"}
	sqlitetest.Restore(t, a.files.Path(info.ID), string(text))
	if err := a.Machine.SaveCompany(t.Context(), info); err != nil {
		t.Fatal(err)
	}
	protected(t, a)
	if err := opened(t, a, info).Close(); err != nil {
		t.Fatal(err)
	}
	files := listed(t, a)
	if len(files) != 1 {
		t.Fatalf("%q", files)
	}
	r, err := a.LookIntoBackup(t.Context(), filepath.Join(a.Dir(), "backups", files[0]), secret)
	if err != nil || r.Companies[0].Version != 3 || r.Companies[0].Products == 0 {
		t.Errorf("%+v, %v", r.Companies, err)
	}
	if err := opened(t, a, info).Close(); err != nil || len(listed(t, a)) != 1 {
		t.Errorf("again: %q, %v", listed(t, a), err)
	}
}

func TestRunners_closeACompanyThatIsRestored(t *testing.T) {
	h, path := backedUp(t)
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	r := NewRunners(h.app)
	defer func() { _ = r.Close() }()
	c, err := r.Open(t.Context(), h.Info)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Store.SaveProducts(t.Context(), domain.Product{Name: "Süt"}); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Restore(t.Context(), path, secret, &backup.Progress{}); err != nil {
		t.Fatal(err)
	}
	again, err := r.Open(t.Context(), h.Info)
	if err != nil || again == c {
		t.Fatalf("%v", err)
	}
	var n int
	if _, n, err = again.Store.Products(t.Context(), domain.ProductQuery{Limit: 1}); err != nil || n != 1 {
		t.Errorf("%d products, %v", n, err)
	}
	h.Company = again
}
