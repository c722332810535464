package sqlite_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/backup"
	"github.com/sopyo/sopyo-desktop/domain/history"
	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/storage/sqlite"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func TestCopyCompany_isWholeWhileOthersWrite(t *testing.T) {
	path := sqlitetest.WorldFile(t)
	c := sqlitetest.Reopen(t, path)
	want := sqlitetest.Dump(t, c.DB)
	newest, err := sqlite.NewestVersion()
	sqlitetest.Must(t, err)
	target := filepath.Join(t.TempDir(), "copy.db")
	var p backup.Progress
	content, err := sqlite.CopyCompany(t.Context(), path, target, &p)
	sqlitetest.Must(t, err)
	count := func(query string) int {
		n := 0
		sqlitetest.Must(t, c.DB.Reader.QueryRowContext(t.Context(), query).Scan(&n))
		return n
	}
	if content != (backup.Content{
		Version: newest, Products: count(`SELECT count(*) FROM product`), Orders: count(`SELECT count(*) FROM sales_order`),
		Invoices: count(`SELECT count(*) FROM invoice WHERE state IN ('issued', 'documented')`), Serial: int64(count(`SELECT max(serial) FROM invoice`)),
	}) || content.Products == 0 || content.Orders == 0 || content.Serial == 0 {
		t.Errorf("%+v", content)
	}
	if now := p.Snapshot(); now.Phase != backup.PhaseCopying {
		t.Errorf("%+v", now)
	}
	if info, err := os.Stat(target); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	restored, err := sqlite.OpenRestored(t.Context(), target)
	sqlitetest.Must(t, err, restored.Close())
	copied := sqlitetest.Reopen(t, target)
	if got := sqlitetest.Dump(t, copied.DB); got != want {
		t.Error("the copy holds something else")
	}
	// Copies of the same are the same: a second backup need not be made.
	second := filepath.Join(t.TempDir(), "second.db")
	if _, err := sqlite.CopyCompany(t.Context(), path, second, &p); err != nil {
		t.Fatal(err)
	}
	third := filepath.Join(t.TempDir(), "third.db")
	if _, err := sqlite.CopyCompany(t.Context(), path, third, &p); err != nil {
		t.Fatal(err)
	}
	a, err := os.ReadFile(second)
	sqlitetest.Must(t, err)
	b, err := os.ReadFile(third)
	if err != nil || !bytes.Equal(a, b) {
		t.Errorf("two copies of the same differ: %v", err)
	}
}

func TestCopyCompany_isOneMomentOfAFileThatIsWrittenMeanwhile(t *testing.T) {
	path := sqlitetest.EmptyFile(t)
	c := sqlitetest.Reopen(t, path)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan int)
	go func() {
		n := 0
		for ctx.Err() == nil { // each transaction adds two rows, so that a copy of half of one has an odd number
			if _, err := c.SaveProducts(context.WithoutCancel(ctx), domain.Product{Name: "Bal"}, domain.Product{Name: "Süt"}); err != nil {
				t.Error(err)
				break
			}
			n += 2
		}
		ended <- n
	}()
	for i := range 5 {
		content, err := sqlite.CopyCompany(t.Context(), path, filepath.Join(t.TempDir(), "copy.db"), &backup.Progress{})
		if err != nil || content.Products%2 != 0 {
			t.Errorf("copy %d: %+v, %v", i, content, err)
		}
	}
	stop()
	if n := <-ended; n == 0 {
		t.Error("nothing was written meanwhile")
	}
}

func TestCopyCompany_saysWhatIsInTheWay(t *testing.T) {
	dir := t.TempDir()
	sound := sqlitetest.EmptyFile(t)
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		sqlitetest.Must(t, os.WriteFile(path, []byte(text), 0o600))
		return path
	}
	for name, tt := range map[string]struct {
		ctx          context.Context
		path, target string
		kind         domain.Kind
	}{
		"no file":             {t.Context(), filepath.Join(dir, "none.db"), "1", domain.KindData},
		"an empty file":       {t.Context(), write("empty.db", ""), "2", domain.KindData},
		"no database":         {t.Context(), write("text.db", strings.Repeat("bu bir metin ", 500)), "3", domain.KindData},
		"no folder for it":    {t.Context(), sound, "none/4", domain.KindDisk},
		"cancelled":           {cancelled, sound, "5", domain.KindCancelled},
		"a folder in its way": {t.Context(), dir, "6", domain.KindDisk},
	} {
		if _, err := sqlite.CopyCompany(tt.ctx, tt.path, filepath.Join(dir, tt.target), &backup.Progress{}); domain.KindOf(err) != tt.kind {
			t.Errorf("%s: %v, want %s", name, err, tt.kind)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "none.db")); err == nil {
		t.Error("a file was made")
	}
}

func TestOpenRestored_refusesWhatIsNoSoundFile(t *testing.T) {
	dir := t.TempDir()
	torn := filepath.Join(dir, "torn.db")
	sqlitetest.CopyFile(t, sqlitetest.WorldFile(t), torn)
	raw, err := os.ReadFile(torn)
	sqlitetest.Must(t, err)
	for i := 8 << 10; i < len(raw); i += 4096 {
		copy(raw[i:], bytes.Repeat([]byte{0xff}, 200))
	}
	sqlitetest.Must(t, os.WriteFile(torn, raw, 0o600))
	machine := filepath.Join(dir, "machine.db")
	m := openMachine(t, machine)
	sqlitetest.Must(t, m.Close())
	text := filepath.Join(dir, "text.db")
	sqlitetest.Must(t, os.WriteFile(text, []byte(strings.Repeat("metin ", 2000)), 0o600))
	for name, path := range map[string]string{"torn": torn, "a machine's": machine, "a text": text, "none": filepath.Join(dir, "none")} {
		if _, err := sqlite.OpenRestored(t.Context(), path); domain.KindOf(err) != domain.KindBackupDamaged {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestIdentity_liesInTheCompanysOwnFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	info := domain.Company{ID: "a", Name: "Ğış & Oğlu", Demo: true, TenantID: "t-1"}
	sqlitetest.Must(t, sqlite.FoundCompany(t.Context(), path, info))
	got, err := sqlite.IdentityOf(t.Context(), path)
	if got.ID = "a"; err != nil || got != info {
		t.Errorf("%+v, %v", got, err)
	}
	older := sqlitetest.EmptyFile(t) // whose program did not write it down
	if got, err := sqlite.IdentityOf(t.Context(), older); err != nil || got != (domain.Company{}) {
		t.Errorf("%+v, %v", got, err)
	}
	c := sqlitetest.Reopen(t, older)
	sqlitetest.Must(t, c.SaveConnection(t.Context(), domain.Connection{Authorised: true, FirmName: "Firma AŞ", TenantID: "t-2"}))
	if got, err := sqlite.IdentityOf(t.Context(), older); err != nil || got != (domain.Company{Name: "Firma AŞ", TenantID: "t-2"}) {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := sqlite.IdentityOf(t.Context(), path+"x"); !domain.IsMissing(err) {
		t.Errorf("no file: %v", err)
	}
}

func TestHandedOver_isKeptUntilItIsTakenBack(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	at := time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)
	for _, want := range []time.Time{{}, at, at, {}} {
		sqlitetest.Must(t, c.SetHandedOver(t.Context(), want))
		if got, err := c.HandedOver(t.Context()); err != nil || !got.Equal(want) {
			t.Errorf("%v, %v, want %v", got, err, want)
		}
	}
	wantHistory(t, c, history.Entry{What: "hand-over-taken-back", Detail: "null"}, history.Entry{What: "handed-over", Detail: "null"})
}

// wantHistory compares all that the history tells, the last first, but for who did it when.
func wantHistory(t *testing.T, c *sqlitetest.Company, want ...history.Entry) {
	t.Helper()
	all, _, err := c.History(t.Context(), len(want), 0)
	for i := range all {
		if all[i].At.IsZero() || all[i].Actor == "" {
			t.Errorf("%+v: by nobody", all[i])
		}
		all[i].At, all[i].Actor = time.Time{}, ""
	}
	if err != nil || !slices.Equal(all, want) {
		t.Errorf("the history tells %+v, %v; want %+v", all, err, want)
	}
}

// What was under way when the copy was made may have come to its end since.
func TestSettle_doesNothingASecondTimeByItself(t *testing.T) {
	path := sqlitetest.WorldFile(t)
	c := sqlitetest.Reopen(t, path)
	letter, err := c.QueueLetter(t.Context(), mail.Letter{RunID: 1, To: "a@example.com", MessageID: "m-1", Content: mail.Content{Subject: "s", Text: "t"}})
	sqlitetest.Must(t, err, c.SetHandedOver(t.Context(), time.Now()))
	exec := func(statement string) {
		_, err := c.DB.Writer.ExecContext(t.Context(), statement)
		sqlitetest.Must(t, err)
	}
	exec(`UPDATE transfer SET state = 'applying' WHERE id = (SELECT max(id) FROM transfer)`)
	exec(`UPDATE sync_run SET state = 'paused' WHERE id = (SELECT max(id) FROM sync_run)`)
	made := time.Date(2026, 11, 26, 21, 30, 0, 0, time.UTC)
	sqlitetest.Must(t, c.Settle(t.Context(), made, false))
	wantHistory(t, c, history.Entry{What: "restored", Detail: `{"backup":"2026-11-27 00:30"}`})
	if l, err := c.Letter(t.Context(), letter.ID); err != nil || l.State != mail.StateUnknown || l.Cause != domain.KindMailUnknown {
		t.Errorf("%+v, %v", l, err)
	}
	if due, err := c.DueLetters(t.Context(), time.Now().AddDate(1, 0, 0)); err != nil || len(due) > 0 {
		t.Errorf("letters go out by themselves: %v, %v", due, err)
	}
	for _, table := range []string{"transfer", "sync_run"} {
		var n, stopped int
		sqlitetest.Must(t, c.DB.Reader.QueryRowContext(t.Context(), `SELECT count(*) FILTER (WHERE state IN ('preparing', 'queued', 'applying', 'paused', 'stopping')),
			count(*) FILTER (WHERE state = 'stopped') FROM `+table).Scan(&n, &stopped))
		if n > 0 || stopped == 0 {
			t.Errorf("%s: %d under way, %d stopped", table, n, stopped)
		}
	}
	if at, err := c.HandedOver(t.Context()); err != nil || at.IsZero() {
		t.Errorf("a copy that stays where it was is handed over no more: %v, %v", at, err)
	}
	sqlitetest.Must(t, c.Settle(t.Context(), made, true))
	wantHistory(t, c, history.Entry{What: "taken-over", Detail: `{"backup":"2026-11-27 00:30"}`})
	if at, err := c.HandedOver(t.Context()); err != nil || !at.IsZero() {
		t.Errorf("what was handed over to this machine is handed over still: %v, %v", at, err)
	}
}

func TestCompanyVersion_isThatOfTheFileAsItIs(t *testing.T) {
	path := filepath.Join(t.TempDir(), "old.db")
	text, err := os.ReadFile("testdata/company_0003.sql")
	sqlitetest.Must(t, err)
	sqlitetest.Restore(t, path, string(text))
	if v, err := sqlite.CompanyVersion(t.Context(), path); v != 3 || err != nil {
		t.Errorf("%d, %v", v, err)
	}
	target := filepath.Join(t.TempDir(), "copy.db")
	if content, err := sqlite.CopyCompany(t.Context(), path, target, &backup.Progress{}); err != nil || content.Version != 3 || content.Products == 0 || content.Orders != 0 {
		t.Errorf("the copy of an older file: %+v, %v", content, err)
	}
	if v, err := sqlite.CompanyVersion(t.Context(), path); v != 3 || err != nil {
		t.Errorf("the file was changed: %d, %v", v, err)
	}
}
