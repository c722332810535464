//go:build e2e && linux

package main_test

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/storage/report/smtptest"
)

const mailPassword = "posta-parolasi-5812"

// TestEndToEnd_mail sets up the sender in the window, tests it, mails a transfer's report and opens it; then takes
// the sender away and gets a draft.
func TestEndToEnd_mail(t *testing.T) {
	emptyAlbum(t, "mail")
	world := newWorld(newDesktop(t), demoSupply(t))
	world.prepare(world.data)
	post := newPost(t)
	w := world.window("mail", "tr")
	w.tap(w.say("menu.mail"))
	w.waitFor(w.say("mail.first"))
	w.setUpMail(post)
	w.tap(w.say("mail.test"))
	w.waitFor(w.lead("mail.tested", "ali@example.com", ""))
	w.tap(w.say("save"))
	w.waitFor(w.lead("saved", "0"))
	w.shot("set-up")

	w.tap(w.say("menu.erp"))
	w.tap(w.say("isbasi.settings"))
	w.startTransfer()
	w.finishTransfer(patience)
	w.until("the mailed report", func() bool { return len(post.Letters()) == 2 })
	if l := post.Letters()[1]; l.To != "ali@example.com" || !strings.Contains(l.Data, "multipart/alternative") {
		t.Errorf("to %s", l.To)
	}
	w.section(6)
	w.tap(w.say("report.open"))
	if page := fileOf(t, w.opened()); !strings.Contains(page, "<html lang=\"tr\">") {
		t.Errorf("no report: %.100s", page)
	}
	w.tap(w.say("report.mail"))
	w.shot("ask")
	w.tap(w.say("report.mail.send"))
	w.waitFor(w.say("mail.was-sent", "ali@example.com"))
	w.shot("sent")

	w.tap(w.say("menu.mail"))
	w.tap(w.say("mail.forget"))
	w.waitFor(w.say("mail.forget.title"))
	w.tap(w.say("mail.forget"))
	w.waitFor(w.say("mail.first"))
	w.tap(w.say("menu.erp"))
	w.tap(w.say("isbasi.settings"))
	w.section(6)
	w.tap(w.say("report.mail"))
	w.tap(w.say("report.mail.draft"))
	if draft := fileOf(t, w.opened()); !strings.Contains(draft, "X-Unsent: 1") {
		t.Errorf("no draft: %.100s", draft)
	}
	w.close()
	world.searchFor([]string{mailPassword})
}

func newPost(t *testing.T) *smtptest.Server {
	t.Helper()
	post, err := smtptest.New(smtptest.Options{User: "rapor", Password: mailPassword})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(post.Close)
	return post
}

// setUpMail fills in the form.
func (w *window) setUpMail(post *smtptest.Server) {
	w.t.Helper()
	w.typeIn(w.say("mail.host"), post.Host)
	w.tap(w.say("mail.security.none"))
	w.typeIn(w.say("mail.port"), strconv.Itoa(post.Port))
	w.typeIn(w.say("mail.user"), "rapor")
	w.typeIn(w.say("mail.password"), mailPassword)
	w.typeIn(w.say("mail.from"), "Deneme Ticaret <rapor@example.com>")
	w.typeIn(w.say("mail.to"), "ali@example.com")
}

// fileOf reads a file that was opened.
func fileOf(t *testing.T, path string) string {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// mail goes to the page of the sender, the letters, and what section 6 offers.
func (v *tour) mail() {
	v.t.Helper()
	post := newPost(v.t)
	v.tap(v.say("menu.mail"))
	v.waitFor(v.say("mail.first"))
	v.stop("mail-first")
	v.tap(v.say("mail.test"))
	v.waitFor(v.say("invalid.required"))
	v.stop("mail-empty")
	v.setUpMail(post)
	v.stop("mail-open-line")
	v.tap(v.say("mail.test"))
	v.waitFor(v.lead("mail.tested", "ali@example.com", ""))
	v.tap(v.say("save"))
	v.waitFor(v.lead("saved", "0"))
	v.stop("mail-tested")
	v.tap(v.say("menu.erp"))
	v.tap(v.say("isbasi.settings"))
	v.section(6)
	v.tap(v.say("report.mail"))
	v.waitFor(v.say("report.mail.send"))
	v.stop("report-mail")
	v.tap(v.say("report.mail.send"))
	v.waitFor(v.say("mail.was-sent", "ali@example.com"))
	v.stop("report-sent")
	post.Close()
	v.tap(v.say("report.mail"))
	v.tap(v.say("report.mail.send"))
	v.waitFor(v.lead("mail.was-queued", "ali@example.com"))
	v.stop("report-queued")
	v.tap(v.say("report.open"))
	v.waitFor(v.say("report.opened"))
	v.stop("report-opened")
	v.tap(v.say("menu.mail"))
	v.tap(v.say("mail.letters"))
	v.waitFor(v.say("mail.state.sent"))
	v.stop("letters")
	v.clickRow(1, "1")
	v.gone(v.say("mail.pick"))
	v.stop("letter-picked")
	v.tap(v.say("mail.dismiss"))
	v.waitFor(v.say("mail.was-dismissed"))
	v.tap(v.say("rows.back"))
	v.tap(v.say("menu.erp"))
	v.tap(v.say("isbasi.settings"))
}
