package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
	"github.com/sopyo/sopyo-desktop/storage/report/smtptest"
)

const mailPassword = "posta-parolasi-7131"

// mailServer starts a mail server that wants a sign-in, and sets it up on the bench.
func (b *bench) mailServer(o smtptest.Options) *smtptest.Server {
	b.t.Helper()
	o.User, o.Password = "rapor", mailPassword
	s, err := smtptest.New(o)
	if err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(s.Close)
	b.json(0, append(b.mailSettings(s), "--password-file", b.write("posta", mailPassword+"\n"))...)
	return s
}

func (b *bench) mailSettings(s *smtptest.Server) []string {
	return []string{
		"mail", "settings", "set", "host=" + s.Host, fmt.Sprintf("port=%d", s.Port), "security=none", "user=rapor",
		"from=Deneme Ticaret <rapor@example.com>",
	}
}

// saved gives the files that reports were saved as, of one ending.
func (b *bench) saved(ending string) []string {
	b.t.Helper()
	files, err := filepath.Glob(filepath.Join(strings.ReplaceAll(b.data, "#", "?"), "reports", "*", "*"+ending))
	if err != nil {
		b.t.Fatal(err)
	}
	return files
}

func TestImport_savesItsReportByItself(t *testing.T) {
	b := newBench(t, sandbox.Options{Products: sandbox.Products(120, 3)})
	b.authorize()
	b.json(0, "import", "--plan")
	if len(b.saved(".html")) != 0 {
		t.Error("a preview was reported")
	}
	b.json(console.ExitPartly, "import", "--limit", "20")
	if n := len(b.saved(".html")); n != 1 {
		t.Fatalf("%d reports after a stop", n)
	}
	b.json(0, "import", "--resume")
	b.json(0, "import", "--resume") // there is nothing left to do, and nothing to report
	if h, x := b.saved(".html"), b.saved(".xlsx"); len(h) != 2 || len(x) != 2 {
		t.Fatalf("reports %v, workbooks %v; want one of the stop and one of the end", h, x)
	}
	if text := read(t, b.saved(".html")[0]); !strings.Contains(text, "<html lang=\"tr\">") {
		t.Errorf("%.200s", text)
	}
	if n := len(b.saved(".eml")); n != 0 {
		t.Errorf("%d drafts although nobody was to be written to", n)
	}
}

func TestReport_addsUpAndIsWrittenWhereAPersonSays(t *testing.T) {
	b := newBench(t, sandbox.Options{Products: sandbox.Products(120, 3)})
	b.authorize()
	run := b.json(0, "import")
	m := b.json(0, "transfer", "report", "--html", b.path("r.html"), "--xlsx", b.path("r.xlsx"), "--eml", b.path("r.eml"))
	r, _ := m["report"].(map[string]any)
	for _, k := range []string{"read", "matched", "unmatched", "skipped", "failed", "pending"} {
		if r[k] != run[k] {
			t.Errorf("%s = %v, the run has %v", k, r[k], run[k])
		}
	}
	for part, whole := range map[string]string{"tiers": "matched", "reasons": "unmatched", "skips": "skipped"} {
		sum := 0
		counts, _ := r[part].(map[string]any)
		for k := range counts {
			sum += number0(counts, k)
		}
		if sum != number0(run, whole) {
			t.Errorf("%s add up to %d, %s is %v", part, sum, whole, run[whole])
		}
	}
	if eml := read(t, b.path("r.eml")); !strings.Contains(eml, "X-Unsent: 1") {
		t.Errorf("no draft: %.300s", eml)
	}
	code, out, errs := b.do("transfer", "report")
	if code != 0 || !strings.Contains(out, "Aktarım raporu: ") || !strings.Contains(out, "Eşleşmeyen") {
		t.Errorf("exit %d: %s%s", code, out, errs)
	}
	b.json(console.ExitError, "transfer", "report", "99")
	b.json(console.ExitUsage, "transfer", "report", "bir")
}

// What the report says is wrong is mended in its workbook, taken in again, and matches in the next
// transfer.
func TestReport_isMendedAndImportedAgain(t *testing.T) {
	for _, lang := range []string{"tr", "en"} {
		products := sandbox.Products(60, 3)
		b := newBench(t, sandbox.Options{Products: products, Plain: true})
		b.catalogue("Stok Kodu;Barkod;Ürün Adı;Fiyat", products[0].Code+";;Benim adım;5", ";"+products[1].Barcode+";Barkodlu;6")
		b.authorize()
		first := b.json(0, "--lang", lang, "import")
		before := mustJSON(t, b.json(0, "catalogue", "list", "--limit", "0"))
		b.json(0, "--lang", lang, "transfer", "report", "--xlsx", b.path("r.xlsx"))
		m := b.json(0, "catalogue", "import", b.path("r.xlsx"))
		if number0(m, "rows") == 0 || number0(m, "added") != number0(first, "unmatched") || number0(m, "updated") != 0 {
			t.Errorf("%s: imported %v; %v were unmatched", lang, m, first["unmatched"])
		}
		if !strings.HasPrefix(mustJSON(t, b.json(0, "catalogue", "list", "--limit", "0")), before[:20]) {
			t.Errorf("%s: what was there has changed", lang)
		}
		again := b.json(0, "import")
		if number0(again, "unmatched") != 0 || number0(again, "matched") != number0(first, "transferred") {
			t.Errorf("%s: after the report was taken in: %v", lang, again)
		}
	}
}

func TestImport_mailsItsReport(t *testing.T) {
	b := newBench(t, sandbox.Options{Products: sandbox.Products(120, 3)})
	b.authorize()
	s := b.mailServer(smtptest.Options{})
	b.json(0, "import", "--report-to", "ali@example.com")
	letters := s.Letters()
	if len(letters) != 1 || letters[0].To != "ali@example.com" || !strings.Contains(letters[0].Data, "multipart/alternative") {
		t.Fatalf("%d letters", len(letters))
	}
	list := b.json(0, "mail", "list")
	if text := mustJSON(t, list); number0(list, "total") != 1 || !strings.Contains(text, `"state":"sent"`) {
		t.Errorf("%s", text)
	}
	b.json(0, "import", "--resume")
	b.json(0, "mail", "send")
	if n := len(s.Letters()); n != 1 {
		t.Errorf("%d letters about one transfer", n)
	}
	if text := mustJSON(t, b.json(0, "history")); !strings.Contains(text, `"what":"mail-sent"`) || !strings.Contains(text, "ali@example.com") {
		t.Errorf("not in the history: %s", text)
	}
	b.json(console.ExitUsage, "import", "--report-to", "ali")
}

func TestMail_waitsWhileThereIsNoLine(t *testing.T) {
	b := newBench(t, sandbox.Options{Products: sandbox.Products(30, 3)})
	b.authorize()
	s := b.mailServer(smtptest.Options{})
	s.Close()
	run := b.json(0, "import", "--report-to", "ali@example.com")
	if run["state"] != "done" {
		t.Errorf("%v", run)
	}
	if text := mustJSON(t, b.json(0, "mail", "list")); !strings.Contains(text, `"state":"queued"`) || !strings.Contains(text, "mail-network") {
		t.Errorf("%s", text)
	}
	if m := b.json(0, "mail", "send"); mustJSON(t, m["letters"]) != "[]" {
		t.Errorf("it does not rest between attempts: %v", m)
	}
	back, err := smtptest.New(smtptest.Options{User: "rapor", Password: mailPassword})
	if err != nil {
		t.Fatal(err)
	}
	defer back.Close()
	b.json(0, b.mailSettings(back)...)
	if m := b.json(0, "mail", "send", "1"); !strings.Contains(mustJSON(t, m), `"state":"sent"`) {
		t.Errorf("%v", m)
	}
	if n := len(back.Letters()); n != 1 {
		t.Errorf("%d letters", n)
	}
}

func TestMail_refusedIsSaidAndCanBeDismissed(t *testing.T) {
	b := newBench(t, sandbox.Options{Products: sandbox.Products(30, 3)})
	b.authorize()
	b.mailServer(smtptest.Options{Answer: func(command string) string {
		if command == "RCPT" {
			return "550 5.1.1 no such user here"
		}
		return ""
	}})
	b.json(0, "import")
	code, out, errs := b.do("transfer", "report", "--mail", "yok@example.com")
	if code != 0 || !strings.Contains(out, "kabul edilmedi") || !strings.Contains(errs, "550 5.1.1 no such user here") {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
	b.json(0, "mail", "dismiss", "1")
	if m := b.json(0, "mail", "list", "--open"); number0(m, "total") != 0 {
		t.Errorf("%v", m)
	}
	b.json(console.ExitError, "mail", "send", "1") // a dismissed letter has nothing to say any more
}

func TestMail_withoutAServerADraftIsLeft(t *testing.T) {
	b := newBench(t, sandbox.Options{Products: sandbox.Products(30, 3)})
	b.authorize()
	b.json(0, "import", "--report-to", "ali@example.com")
	drafts := b.saved(".eml")
	if len(drafts) != 1 || !strings.Contains(read(t, drafts[0]), "To: <ali@example.com>") {
		t.Fatalf("drafts %v", drafts)
	}
	m := b.json(0, "transfer", "report", "--mail", "veli@example.com")
	if path, _ := m["draft"].(string); path == "" || !strings.Contains(read(t, path), "veli@example.com") {
		t.Errorf("%v", m)
	}
	if m := b.json(0, "mail", "list"); number0(m, "total") != 0 {
		t.Errorf("%v", m)
	}
}

func TestMail_testSaysWhatTheServerSays(t *testing.T) {
	b := newBench(t, sandbox.Options{})
	s := b.mailServer(smtptest.Options{})
	m := b.json(0, "mail", "test", "--to", "ali@example.com")
	if m["answer"] != "2.0.0 Ok: queued as TEST1" || len(s.Letters()) != 1 {
		t.Errorf("%v, %d letters", m, len(s.Letters()))
	}
	b.json(0, "mail", "settings", "set", "--password-file", b.write("p", "yanlış"))
	m = b.json(console.ExitError, "mail", "test")
	if e, _ := m["error"].(map[string]any); e["kind"] != "mail-sign-in" || !strings.Contains(fmt.Sprint(e["message"]), "535 5.7.8") {
		t.Errorf("%v", m)
	}
	b.json(console.ExitUsage, "mail", "settings", "set", "host=http://smtp.example.com")
	b.json(console.ExitUsage, "mail", "settings", "set", "from=a@b\r\nBcc: c@d")
	b.json(console.ExitUsage, "mail", "settings", "set", "colour=red")
}

// A kill while a letter is being sent: nobody knows whether it arrived, so it is never sent again unasked.
func TestMail_killedBetweenSendingAndRecordingIsUnknown(t *testing.T) {
	b := newBench(t, sandbox.Options{Products: sandbox.Products(30, 3)})
	b.authorize()
	away := b.mailServer(smtptest.Options{})
	away.Close()
	b.json(0, "import", "--report-to", "ali@example.com") // its letter is queued

	said := make(chan struct{}) // the server has the letter and keeps its answer back
	held, err := smtptest.New(smtptest.Options{Answer: func(command string) string {
		if command == "END" {
			<-said
		}
		return ""
	}})
	if err != nil {
		t.Fatal(err)
	}
	defer held.Close()
	defer close(said)
	b.json(0, append(b.mailSettings(held), "user=")...) // the child has a keyring of its own, without the password
	if !b.killed(func() bool { return len(held.Letters()) > 0 }, "mail", "send", "1") {
		t.Fatal("the child ended before it could be killed")
	}
	b.json(0, "mail", "send") // whoever takes the company finds what was cut off
	text := mustJSON(t, b.json(0, "mail", "list"))
	if !strings.Contains(text, `"state":"unknown"`) {
		t.Fatalf("%s", text)
	}
	for range 2 { // neither a send nor another transfer touches it
		b.json(0, "mail", "send")
		b.json(0, "import")
	}
	if n := len(held.Letters()); n != 1 {
		t.Fatalf("%d letters after the kill", n)
	}
	after, err := smtptest.New(smtptest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer after.Close()
	b.json(0, append(b.mailSettings(after), "user=")...)
	b.json(0, "mail", "send", "1") // a person says so
	one, two := held.Letters()[0].Data, after.Letters()[0].Data
	id := func(raw string) string {
		_, rest, _ := strings.Cut(raw, "Message-ID: ")
		id, _, _ := strings.Cut(rest, "\r\n")
		return id
	}
	if id(one) == "" || id(one) != id(two) {
		t.Errorf("Message-ID %q, then %q: a recipient's server could not tell that they are one", id(one), id(two))
	}
}

func TestMail_thePasswordIsNowhereInTheDataFolder(t *testing.T) {
	b := newBench(t, sandbox.Options{Products: sandbox.Products(30, 3)})
	b.authorize()
	b.mailServer(smtptest.Options{})
	b.json(0, "import", "--report-to", "ali@example.com")
	_, out, errs := b.do("-v", "mail", "settings", "show")
	if strings.Contains(out+errs, mailPassword) {
		t.Error("the password is shown")
	}
	files := 0
	err := filepath.WalkDir(b.data, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		raw, err := os.ReadFile(path)
		if bytes.Contains(raw, []byte(mailPassword)) {
			t.Errorf("%s holds the password", path)
		}
		return err
	})
	if err != nil || files < 5 {
		t.Errorf("%d files, %v", files, err)
	}
}

// The page goes to the system's opener as the plain path it was saved under: Windows decodes addresses of files wrongly.
func TestReport_opensByItsPlainPath(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the stand-in is a program of its PATH")
	}
	b := newBench(t, sandbox.Options{Products: sandbox.Products(20, 3)})
	b.data = filepath.Join(t.TempDir(), "Ayşe İĞÜ %20 #1")
	b.authorize()
	b.json(0, "import")
	seen := b.write("xdg-open", "#!/bin/sh\nprintf '%s' \"$1\" >\"$(dirname \"$0\")/seen\"\n")
	if err := os.Chmod(seen, 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", b.dir+string(os.PathListSeparator)+os.Getenv("PATH"))
	m := b.json(0, "transfer", "report", "--open")
	if got := read(t, b.path("seen")); got != m["path"] || !strings.HasPrefix(got, b.data) {
		t.Errorf("opened %q, want %v", got, m["path"])
	}
}
