package app

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	stdmail "net/mail"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/domain/report"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
	"github.com/sopyo/sopyo-desktop/storage/report/smtptest"
)

// office is a mail server and the settings that reach it.
func office(t *testing.T, o smtptest.Options) (*smtptest.Server, mail.Settings) {
	t.Helper()
	s, err := smtptest.New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s, mail.Settings{Host: s.Host, Port: s.Port, Security: mail.SecurityNone, User: o.User, From: "Deneme Ticaret <rapor@example.com>"}
}

// setUp makes the machine send by these settings.
func (h *house) setUp(s mail.Settings, password string) {
	h.t.Helper()
	secret := domain.NewSecret(password)
	if only, err := h.SaveMailSettings(h.t.Context(), s, &secret); err != nil || only {
		h.t.Fatalf("%v, %v", only, err)
	}
}

// sender gives the machine's sender, and whether a password is kept for it.
func (h *house) sender(ctx context.Context) (mail.Settings, bool, error) {
	s, err := h.MailSettings(ctx)
	if err != nil {
		return s, false, err
	}
	held, err := h.HasMailPassword(ctx, s)
	return s, held, err
}

// letters gives the company's letters, the newest first.
func (h *house) letters() []mail.Letter {
	h.t.Helper()
	l, n, err := h.Letters(h.t.Context(), mail.Query{})
	if err != nil || n != len(l) {
		h.t.Fatalf("%d letters of %d, %v", len(l), n, err)
	}
	return l
}

// parts takes a letter apart: headers and the bodies by their kind; a file's name stands for its kind.
func parts(t *testing.T, raw string) (stdmail.Header, map[string]string) {
	t.Helper()
	m, err := stdmail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	var walk func(kind, encoding, name string, body io.Reader)
	walk = func(kind, encoding, name string, body io.Reader) {
		media, params, err := mime.ParseMediaType(kind)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(media, "multipart/") {
			for r := multipart.NewReader(body, params["boundary"]); ; {
				p, err := r.NextRawPart()
				if errors.Is(err, io.EOF) {
					return
				}
				if err != nil {
					t.Fatal(err)
				}
				walk(p.Header.Get("Content-Type"), p.Header.Get("Content-Transfer-Encoding"), p.FileName(), p)
			}
		}
		switch encoding {
		case "base64":
			body = base64.NewDecoder(base64.StdEncoding, body)
		case "quoted-printable":
			body = quotedprintable.NewReader(body)
		}
		text, err := io.ReadAll(body)
		if err != nil {
			t.Fatal(err)
		}
		if name != "" {
			media = name + " " + media
		}
		if strings.HasPrefix(media, "text/") {
			text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
		}
		found[media] = string(text)
	}
	walk(m.Header.Get("Content-Type"), m.Header.Get("Content-Transfer-Encoding"), "", m.Body)
	return m.Header, found
}

func TestMailSettings_carryEveryFieldAndKeepThePasswordElsewhere(t *testing.T) {
	h := newHouse(t, sandbox.Options{})
	got, held, err := h.sender(t.Context())
	if err != nil || held || got != mail.DefaultSettings() {
		t.Errorf("before any: %+v, %v, %v", got, held, err)
	}
	want := domaintest.Fill[mail.Settings](3, domaintest.OneOf(mail.SecurityTLS))
	want.Host, want.From, want.To, want.User = "smtp.example.com", "Ayşe <ayse@example.com>", "ali@example.com", "kullanıcı"
	padded := want
	padded.Host, padded.User = " smtp.example.com ", " kullanıcı "
	h.setUp(padded, "parola")
	for range 2 {
		got, held, err = h.sender(t.Context())
		if err != nil || !held {
			t.Errorf("%v, %v", held, err)
		}
		for _, d := range domaintest.Differences(got, want) {
			t.Error(d)
		}
		if secret, err := h.MailPassword(t.Context()); err != nil || secret != domain.NewSecret("parola") {
			t.Errorf("%v", err)
		}
		h.nextSitting()
	}
	if _, err := h.SaveMailSettings(t.Context(), want, nil); err != nil { // the password stays
		t.Fatal(err)
	}
	if secret, err := h.MailPassword(t.Context()); err != nil || secret != domain.NewSecret("parola") {
		t.Errorf("%v", err)
	}
	for path, bad := range domaintest.Changed(want, mail.Settings{Port: 70_000, Security: "x", From: "kimse", To: "kimse"}) {
		if path == "User" {
			continue // nobody need sign in
		}
		_, err := h.SaveMailSettings(t.Context(), bad, nil)
		var e *domain.Error
		if !errors.As(err, &e) || e.Kind != domain.KindInvalid || !strings.EqualFold(e.Field, path) {
			t.Errorf("%s: %v", path, err)
		}
		if _, _, err := h.TestMail(t.Context(), bad, nil, mail.Content{}); domain.KindOf(err) != domain.KindInvalid {
			t.Errorf("%s, tried: %v", path, err)
		}
	}
	if got, _, err := h.sender(t.Context()); err != nil || got != want {
		t.Errorf("%+v, %v", got, err)
	}
	everyRead(t, "mail settings", func(ctx context.Context) (mail.Settings, error) {
		s, held, err := h.sender(ctx)
		if err == nil && !held {
			err = errors.New("no password")
		}
		return s, err
	})
	everyEnd(t, "saving mail settings", func(ctx context.Context) error {
		secret := domain.NewSecret("başka")
		_, err := h.SaveMailSettings(ctx, want, &secret)
		return err
	}, func() []string {
		if secret, err := h.MailPassword(t.Context()); err != nil || secret != domain.NewSecret("başka") {
			return []string{"the password"}
		}
		return nil
	})

	// Without a keyring the settings are shown all the same, and the password lives as long as the program.
	h.vault.lock(1)
	if got, held, err := h.sender(t.Context()); err != nil || held || got != want {
		t.Errorf("%+v, %v, %v", got, held, err)
	}
	if _, err := h.MailPassword(t.Context()); domain.KindOf(err) != domain.KindKeyring {
		t.Errorf("%v", err)
	}
	secret := domain.NewSecret("geçici")
	if only, err := h.SaveMailSettings(t.Context(), want, &secret); err != nil || !only {
		t.Errorf("%v, %v", only, err)
	}
	if got, err := h.MailPassword(t.Context()); err != nil || got != secret {
		t.Errorf("%v", err)
	}
	if _, held, err := h.sender(t.Context()); err != nil || !held {
		t.Errorf("%v, %v", held, err)
	}
	if raw, err := os.ReadFile(filepath.Join(h.dir, "logs", "sopyo.log")); err != nil || strings.Contains(string(raw), "geçici") || !strings.Contains(string(raw), "keyring") {
		t.Errorf("the log: %v", err)
	}
	h.vault.lock(0)
	h.setUp(want, "kalıcı") // a keyring is there now: nothing is left in memory
	if got, err := h.MailPassword(t.Context()); err != nil || got != domain.NewSecret("kalıcı") {
		t.Errorf("%v", err)
	}
	h.vault.lock(1)
	if err := h.ForgetMail(t.Context()); domain.KindOf(err) != domain.KindKeyring {
		t.Errorf("the password cannot be reached: %v", err)
	}
	h.vault.lock(0)
	everyEnd(t, "forgetting", h.ForgetMail, func() []string {
		got, held, err := h.sender(t.Context())
		if secret, failed := h.MailPassword(t.Context()); err != nil || failed != nil || held || !secret.Empty() {
			return []string{"the password"}
		}
		return domaintest.Differences(got, mail.DefaultSettings())
	})
	if err := h.app.Machine.SavePreference(t.Context(), "mail", "{"); err != nil {
		t.Fatal(err)
	}
	if got, _, err := h.sender(t.Context()); domain.KindOf(err) != domain.KindInternal || got != mail.DefaultSettings() {
		t.Errorf("damaged: %+v, %v", got, err)
	}
}

func TestTestMail_saysToWhomAndWhatTheServerSaid(t *testing.T) {
	h := newHouse(t, sandbox.Options{})
	s, settings := office(t, smtptest.Options{User: "rapor", Password: "parola"})
	letter := func(lang string) mail.Content {
		text := inWords(t, lang)
		return words.New(text.Lang, text.T).TestLetter()
	}
	secret := domain.NewSecret("parola")
	for _, tt := range []struct{ to, lang, want string }{{"", "en", "rapor@example.com"}, {" ali@example.com ", "tr", "ali@example.com"}, {"ali@example.com", "tr", "ali@example.com"}} {
		settings.To = tt.to
		to, answer, err := h.TestMail(t.Context(), settings, &secret, letter(tt.lang))
		if want := strings.TrimSpace(tt.to); err != nil || tt.to != "" && to != want || tt.to == "" && to != settings.From || !strings.Contains(answer, "queued") {
			t.Errorf("%q: %s, %s, %v", tt.to, to, answer, err)
		}
		text, err := assets.NewText(tt.lang)
		if err != nil {
			t.Fatal(err)
		}
		letters := s.Letters()
		last := letters[len(letters)-1]
		head, body := parts(t, last.Data)
		subject, err := new(mime.WordDecoder).DecodeHeader(head.Get("Subject"))
		if err != nil || subject != text.T("mail.test.subject") || strings.TrimSpace(body["text/plain"]) != strings.TrimSpace(text.T("mail.test.text")) || last.To != tt.want {
			t.Errorf("%s: %q, %v to %s, %v", tt.lang, subject, body, last.To, err)
		}
		if at, err := head.Date(); err != nil || time.Since(at).Abs() > time.Minute || !strings.HasSuffix(head.Get("Message-ID"), "@example.com>") {
			t.Errorf("%v, %v, %s", at, err, head.Get("Message-ID"))
		}
	}
	if len(h.letters()) != 0 {
		t.Error("a test stands in the queue")
	}
	h.setUp(settings, "parola")
	if _, _, err := h.TestMail(t.Context(), settings, nil, letter("tr")); err != nil {
		t.Errorf("with the kept password: %v", err)
	}
	wrong := domain.NewSecret("yanlış")
	if to, answer, err := h.TestMail(t.Context(), settings, &wrong, letter("tr")); domain.KindOf(err) != domain.KindMailSignIn || to != "ali@example.com" || answer != "" {
		t.Errorf("%s, %s, %v", to, answer, err)
	}
	h.vault.lock(1)
	if _, _, err := h.TestMail(t.Context(), settings, nil, letter("tr")); domain.KindOf(err) != domain.KindKeyring {
		t.Errorf("%v", err)
	}
	open := settings
	open.User = "" // a server that asks for no sign-in needs no password
	if _, _, err := h.TestMail(t.Context(), open, nil, letter("tr")); domain.KindOf(err) != domain.KindMailRefused && domain.KindOf(err) != domain.KindMailSignIn {
		t.Errorf("%v", err)
	}
	h.vault.lock(0)
	s.Change(func(o *smtptest.Options) {
		o.Answer = func(command string) string {
			if command == "RCPT" {
				return "550 5.1.1 no such user"
			}
			return ""
		}
	})
	if to, _, err := h.TestMail(t.Context(), settings, nil, letter("tr")); domain.KindOf(err) != domain.KindMailRefused || to != "ali@example.com" {
		t.Errorf("%s, %v", to, err)
	}
	s.Change(func(o *smtptest.Options) { o.Answer = nil })
	everyRead(t, "a test letter", func(ctx context.Context) (string, error) {
		to, answer, err := h.TestMail(ctx, settings, nil, letter("tr"))
		return to + answer[:min(len(answer), 5)], err
	})
}

// reported is a house that has carried out a transfer whose firm's name holds a tax number.
func reported(t *testing.T, change ...func(*transfer.Options)) (*house, transfer.Run) {
	t.Helper()
	products := shelf()
	products[2].Name = "Sahibi 12345678950"
	h := newHouse(t, sandbox.Options{Products: products}).signIn()
	h.stock()
	run := h.transferred(change...)
	if err := h.SaveReports(t.Context()); err != nil {
		t.Fatal(err)
	}
	return h, run
}

func TestLetters_areSentOnceAndSayWhatTheReportSays(t *testing.T) {
	h, run := reported(t)
	s, settings := office(t, smtptest.Options{User: "rapor", Password: "parola"})
	h.setUp(settings, "parola")
	before := time.Now().Truncate(time.Millisecond)
	mailed, err := h.MailReport(t.Context(), run.ID, " Ali <ali@example.com> ")
	if err != nil || mailed.Draft != "" || mailed.Letter.ID == 0 {
		t.Fatalf("%+v, %v", mailed, err)
	}
	queued := h.letters()
	if len(queued) != 1 || queued[0].ID != mailed.Letter.ID || queued[0].RunID != run.ID || queued[0].To != "Ali <ali@example.com>" || queued[0].State != mail.StateQueued ||
		queued[0].MessageID != mailed.Letter.MessageID || queued[0].CreatedAt.Before(before) {
		t.Errorf("%+v", queued)
	}
	h.nextSitting()
	sent, err := h.DeliverMail(t.Context())
	if err != nil || len(sent) != 1 || sent[0].State != mail.StateSent || sent[0].Attempts != 1 || sent[0].ID != mailed.Letter.ID {
		t.Fatalf("%+v, %v", sent, err)
	}
	if again, err := h.DeliverMail(t.Context()); err != nil || len(again) != 0 || len(s.Letters()) != 1 {
		t.Errorf("%+v, %v, %d letters", again, err, len(s.Letters()))
	}
	head, body := parts(t, s.Letters()[0].Data)
	value, err := h.Report(t.Context(), run.ID, 0)
	if err != nil {
		t.Fatal(err)
	}
	text, err := assets.NewText("tr")
	if err != nil {
		t.Fatal(err)
	}
	lang := words.New("tr", text.T)
	subject, err := new(mime.WordDecoder).DecodeHeader(head.Get("Subject"))
	if err != nil || subject != value.Masked().Title(lang) {
		t.Errorf("%q, %v", subject, err)
	}
	if got := strings.TrimSpace(body["text/plain"]); got != strings.TrimSpace(text.T("report.mail.greeting", h.Info.Name)+value.Masked().Text(lang)) {
		t.Errorf("%s", got)
	}
	if from, err := head.AddressList("From"); err != nil || from[0].Name != "Deneme Ticaret" || from[0].Address != "rapor@example.com" || head.Get("Message-Id") != "<"+mailed.Letter.MessageID+">" {
		t.Errorf("%v, %v, %s", from, err, head.Get("Message-Id"))
	}
	if page := body["text/html"]; !strings.Contains(page, "<html") || strings.Contains(page, "12345678950") || !strings.Contains(page, "Sahibi ") {
		t.Errorf("%s", page)
	}
	book, held := "", false
	for kind, data := range body {
		if name := fmt.Sprintf("%s-%d.xlsx ", text.T("report.file"), run.ID); strings.HasPrefix(kind, name) {
			held = true
			if want := name + "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"; kind != want {
				t.Errorf("attached as %s, want %s", kind, want)
			}
			book = filepath.Join(h.home, "ek.xlsx")
			writeFile(t, book, data)
		}
	}
	if !held {
		t.Fatal("no workbook")
	}
	lines := strings.Join(sheet(t, book), "\n")
	if strings.Contains(lines, "12345678950") || !strings.Contains(lines, "Sahibi ") || strings.Count(lines, "\n") != value.ProblemCount {
		t.Errorf("%d problems in\n%s", value.ProblemCount, lines)
	}
	if _, err := h.DeliverMail(endingAt(t.Context(), 1)); err == nil {
		t.Error("cut off, and nothing is said")
	}
	everyRead(t, "letters", func(ctx context.Context) ([]mail.Letter, error) {
		l, _, err := h.Letters(ctx, mail.Query{})
		return l, err
	})
	if _, err := h.MailReport(t.Context(), 77, "ali@example.com"); domain.KindOf(err) != domain.KindNotFound {
		t.Errorf("%v", err)
	}
	_, err = h.MailReport(t.Context(), run.ID, "ali")
	wantKind(t, "no address", err, domain.KindInvalid, "to", "mail-address")
	_, err = h.MailReport(t.Context(), run.ID, " ")
	wantKind(t, "to nobody", err, domain.KindInvalid, "to", "required")
	if n := len(h.letters()); n != 1 {
		t.Errorf("%d letters", n)
	}
	someEnds(t, "mailing", func(ctx context.Context) error { _, err := h.MailReport(ctx, run.ID, "ali@example.com"); return err }, func() []string { return nil })
	if l, draft, err := h.SendReport(t.Context(), run.ID, "veli@example.com"); err != nil || draft != "" || l.State != mail.StateSent || l.To != "veli@example.com" {
		t.Errorf("%+v, %s, %v", l, draft, err)
	}
	if _, _, err := h.SendReport(t.Context(), run.ID, "veli"); domain.KindOf(err) != domain.KindInvalid {
		t.Errorf("%v", err)
	}
}

// Every end that a letter can come to, and what a person can do then.
func TestLetters_everyEnd(t *testing.T) {
	h, run := reported(t)
	var answer atomic.Pointer[func(string) string]
	s, settings := office(t, smtptest.Options{Answer: func(command string) string {
		if f := answer.Load(); f != nil {
			return (*f)(command)
		}
		return ""
	}})
	h.setUp(settings, "")
	says := func(command, said string) {
		f := func(c string) string {
			if c == command {
				return said
			}
			return ""
		}
		answer.Store(&f)
	}
	for name, tt := range map[string]struct {
		command, said string
		state         mail.State
		cause         domain.Kind
		detail        string
		waits         bool
	}{
		"refused":           {"RCPT", "550 5.1.1 no such user", mail.StateRefused, domain.KindMailRefused, "550 5.1.1 no such user", false},
		"later":             {"RCPT", "451 4.3.0 busy", mail.StateQueued, domain.KindMailLater, "451 4.3.0 busy", true},
		"broken at the end": {"END", "drop", mail.StateUnknown, domain.KindMailUnknown, "", false},
		"broken before":     {"RCPT", "drop", mail.StateQueued, domain.KindMailNetwork, "", true},
	} {
		t.Run(name, func(t *testing.T) {
			h.t = t
			says(tt.command, tt.said)
			before := time.Now()
			mailed, err := h.MailReport(t.Context(), run.ID, "ali@example.com")
			if err != nil {
				t.Fatal(err)
			}
			done, err := h.DeliverMail(t.Context())
			if err != nil || len(done) != 1 {
				t.Fatalf("%+v, %v", done, err)
			}
			id := mailed.Letter.ID
			for what, l := range map[string]mail.Letter{"given": done[0], "kept": h.letters()[0]} {
				if l.ID != id || l.To != "ali@example.com" || l.State != tt.state || l.Cause != tt.cause || !strings.Contains(l.Detail, tt.detail) || l.Attempts != 1 || l.ChangedAt.Before(before.Truncate(time.Millisecond)) {
					t.Errorf("%s: %s %s %q, %d attempts", what, l.State, l.Cause, l.Detail, l.Attempts)
				}
				if tt.waits != l.NextAt.After(before) {
					t.Errorf("%s: next at %v", what, l.NextAt)
				}
			}
			heard := len(s.Letters())
			if again, err := h.DeliverMail(t.Context()); err != nil || len(again) != 0 {
				t.Errorf("sent again unasked: %+v, %v", again, err)
			}
			// In the next sitting it stands as it stood, and a person sends it again.
			h.nextSitting()
			if l := h.letters()[0]; l.State != tt.state {
				t.Errorf("%+v", l)
			}
			answer.Store(nil)
			l, err := h.SendNow(t.Context(), id)
			if err != nil || l.State != mail.StateSent || l.Attempts != 2 || l.MessageID != mailed.Letter.MessageID || l.Cause != "" || l.Detail != "" || !l.NextAt.IsZero() || len(s.Letters()) != heard+1 {
				t.Errorf("%+v, %v, %d letters", l, err, len(s.Letters())-heard)
			}
			for what, do := range map[string]func(context.Context, int64) error{
				"sent again": h.SendAgain, "dismissed": h.DismissLetter,
				"sent now": func(ctx context.Context, id int64) error { _, err := h.SendNow(ctx, id); return err },
			} {
				if err := do(t.Context(), id); domain.KindOf(err) != domain.KindState {
					t.Errorf("%s although it has gone: %v", what, err)
				}
				if err := do(t.Context(), 999); domain.KindOf(err) != domain.KindNotFound {
					t.Errorf("%s although there is none: %v", what, err)
				}
			}
		})
	}
	h.t = t
	says("RCPT", "550 5.1.1 no such user")
	mailed, err := h.MailReport(t.Context(), run.ID, "ali@example.com")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.DeliverMail(t.Context()); err != nil {
		t.Fatal(err)
	}
	everyEnd(t, "dismissing", func(ctx context.Context) error {
		err := h.DismissLetter(ctx, mailed.Letter.ID)
		if domain.KindOf(err) == domain.KindState { // the call before has done it at its very end
			err = nil
		}
		return err
	}, func() []string {
		if l := h.letters()[0]; l.State != mail.StateDismissed || !l.NextAt.IsZero() || l.Content.HTML != "" {
			return []string{fmt.Sprintf("%+v", l)}
		}
		return nil
	})
	open, n, err := h.Letters(t.Context(), mail.Query{Open: true})
	if err != nil || n != 0 {
		t.Errorf("%+v, %v", open, err)
	}
}

// One letter that breaks the line does not keep the next ones from going; a server that is away makes all of
// them wait.
func TestLetters_ofOneGoAreSentOneByOne(t *testing.T) {
	h, run := reported(t)
	var letters atomic.Int32
	s, settings := office(t, smtptest.Options{Answer: func(command string) string {
		if command == "RCPT" && letters.Add(1) == 2 {
			return "550 5.1.1 no such user"
		}
		return ""
	}})
	h.setUp(settings, "")
	queue := func(n int) {
		t.Helper()
		for i := range n {
			if _, err := h.MailReport(t.Context(), run.ID, fmt.Sprintf("a%d@example.com", i)); err != nil {
				t.Fatal(err)
			}
		}
	}
	states := func(l []mail.Letter) (all []mail.State) {
		slices.SortFunc(l, func(a, b mail.Letter) int { return int(a.ID - b.ID) })
		for _, x := range l {
			all = append(all, x.State)
		}
		return all
	}
	queue(3)
	done, err := h.DeliverMail(t.Context())
	if want := []mail.State{mail.StateSent, mail.StateRefused, mail.StateSent}; err != nil || !slices.Equal(states(done), want) || !slices.Equal(states(h.letters()), want) || len(s.Letters()) != 2 {
		t.Errorf("%v, %v", states(done), err)
	}
	// The line breaks for good behind the first of three.
	queue(3)
	s.Change(func(o *smtptest.Options) {
		seen := 0
		o.Answer = func(command string) string {
			switch {
			case command == "END":
				seen = 1
				return "drop"
			case (command == "EHLO" || command == "HELO") && seen > 0:
				return "421 4.3.2 closing"
			}
			return ""
		}
	})
	done, err = h.DeliverMail(t.Context())
	if want := []mail.State{mail.StateUnknown, mail.StateQueued, mail.StateQueued}; err != nil || !slices.Equal(states(done), want) || !slices.Equal(states(h.letters())[3:], want) {
		t.Errorf("%v, %v", states(done), err)
	}
	if done[0].Attempts != 1 || done[1].Attempts != 1 || done[2].Cause != domain.KindMailLater {
		t.Errorf("%+v", done)
	}
	queue(2)
	s.Close()
	done, err = h.DeliverMail(t.Context())
	if err != nil || len(done) != 2 || done[0].State != mail.StateQueued || done[0].Cause != domain.KindMailNetwork || done[1].NextAt.IsZero() {
		t.Errorf("%+v, %v", done, err)
	}
	// The password is out of reach: they wait for it.
	settings.User = "rapor"
	h.setUp(settings, "parola")
	queue(1)
	h.vault.lock(1)
	done, err = h.DeliverMail(t.Context())
	if err != nil || len(done) != 1 || done[0].State != mail.StateQueued || done[0].Cause != domain.KindKeyring {
		t.Errorf("%+v, %v", done, err)
	}
	h.vault.lock(0)
	queue(1)
	if err := h.ForgetMail(t.Context()); err != nil {
		t.Fatal(err)
	}
	if done, err := h.DeliverMail(t.Context()); err != nil || len(done) != 0 || h.letters()[0].Attempts != 0 {
		t.Errorf("without a server: %+v, %v", done, err)
	}
}

func TestDeliverMail_cutOffAnywhereSendsNoLetterTwice(t *testing.T) {
	h, run := reported(t)
	s, settings := office(t, smtptest.Options{})
	h.setUp(settings, "")
	for n := 1; n < 400; n += 1 + n/12 {
		mailed, err := h.MailReport(t.Context(), run.ID, "ali@example.com")
		if err != nil {
			t.Fatal(err)
		}
		before := len(s.Letters())
		ctx := endingAt(t.Context(), n)
		done, err := h.DeliverMail(ctx)
		if err != nil && !errors.Is(err, context.Canceled) && domain.KindOf(err) != domain.KindCancelled {
			t.Errorf("ended at look %d: %v", n, err)
		}
		var l mail.Letter
		for _, x := range h.letters() {
			if x.ID == mailed.Letter.ID {
				l = x
			}
		}
		if went := len(s.Letters()) - before; went > 1 || (l.State == mail.StateSent) != (went == 1) && l.State != mail.StateUnknown {
			t.Errorf("ended at look %d: %d letters, %+v", n, went, l)
		}
		if err == nil && (len(done) != 1 || done[0].ID != l.ID || done[0].State != l.State || l.State == mail.StateSending) {
			t.Errorf("ended at look %d: no error, and the letter is %s: %+v", n, l.State, done)
		}
		if l.State == mail.StateQueued || l.State == mail.StateSending {
			if l.State == mail.StateSending {
				h.nextSitting()
			}
			_ = h.DismissLetter(t.Context(), l.ID)
			if l, _, err := h.Letters(t.Context(), mail.Query{Open: true}); err == nil && len(l) > 0 && l[0].State == mail.StateQueued {
				if _, err := h.DeliverMail(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
		}
		if ctx.looks() {
			return
		}
	}
	t.Error("still looking")
}

func TestLetter_cutOffByAKillIsUnknownInTheNextSitting(t *testing.T) {
	h, run := reported(t)
	_, settings := office(t, smtptest.Options{})
	h.setUp(settings, "")
	mailed, err := h.MailReport(t.Context(), run.ID, "ali@example.com")
	if err != nil {
		t.Fatal(err)
	}
	l := mailed.Letter
	l.State = mail.StateSending
	if err := h.Store.SaveLetter(t.Context(), l, mail.StateQueued); err != nil {
		t.Fatal(err)
	}
	h.nextSitting()
	if got := h.letters()[0]; got.State != mail.StateUnknown {
		t.Errorf("%+v", got)
	}
	if raw, err := os.ReadFile(filepath.Join(h.dir, "logs", "sopyo.log")); err != nil || strings.Count(string(raw), "letters=1") != 1 {
		t.Errorf("the log: %s, %v", raw, err)
	}
	if done, err := h.DeliverMail(t.Context()); err != nil || len(done) != 0 {
		t.Errorf("%+v, %v", done, err)
	}
}

// The window's company sends by itself: what is queued, what a person sends again, and what waited for a server.
func TestKeepMailing_sendsWhatIsQueued(t *testing.T) {
	h, run := reported(t)
	s, settings := office(t, smtptest.Options{})
	h.KeepMailing()
	h.KeepMailing() // once is enough
	h.setUp(settings, "")
	came := func(n int) {
		t.Helper()
		until(t, fmt.Sprint(n, " letters"), func() bool { return len(s.Letters()) == n })
		until(t, "it is noted", func() bool {
			for _, l := range h.letters() {
				if l.State != mail.StateSent {
					return false
				}
			}
			return true
		})
	}
	if _, err := h.MailReport(t.Context(), run.ID, "ali@example.com"); err != nil {
		t.Fatal(err)
	}
	came(1)
	// A transfer that ends asks for its own letter.
	if last := h.transferred(func(o *transfer.Options) { o.ReportTo = "veli@example.com" }); last.Options.ReportTo != "veli@example.com" {
		t.Errorf("%+v", last)
	}
	came(2)
	if got := s.Letters()[1].To; got != "veli@example.com" {
		t.Errorf("to %s", got)
	}
	s.Change(func(o *smtptest.Options) {
		o.Answer = func(command string) string {
			if command == "RCPT" {
				return "550 5.1.1 no"
			}
			return ""
		}
	})
	if _, err := h.MailReport(t.Context(), run.ID, "ali@example.com"); err != nil {
		t.Fatal(err)
	}
	until(t, "it is refused", func() bool { return h.letters()[0].State == mail.StateRefused })
	s.Change(func(o *smtptest.Options) { o.Answer = nil })
	if err := h.SendAgain(t.Context(), h.letters()[0].ID); err != nil {
		t.Fatal(err)
	}
	came(3)
	if err := h.ForgetMail(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := h.Store.SaveReport(t.Context(), report.Saved{RunID: run.ID, State: "x", SavedAt: time.Now()}, &mail.Letter{RunID: run.ID, To: "ali@example.com", MessageID: "1@example.com"}); err != nil {
		t.Fatal(err)
	}
	h.setUp(settings, "") // setting the server up wakes what waited for one
	came(4)
}

func TestReport_isWrittenWhereAndAsThePersonSays(t *testing.T) {
	h, run := reported(t, func(o *transfer.Options) { o.ReportTo = "ali@example.com" })
	value, err := h.Report(t.Context(), run.ID, 0)
	if err != nil || value.Company != h.Info.Name || value.Run.ID != run.ID || value.Plan == nil || value.ProblemCount == 0 || len(value.Problems) != value.ProblemCount || time.Since(value.MadeAt) > time.Minute {
		t.Fatalf("%+v, %v", value, err)
	}
	if few, err := h.Report(t.Context(), run.ID, 1); err != nil || len(few.Problems) != 1 || few.ProblemCount != value.ProblemCount {
		t.Errorf("%+v, %v", few.Problems, err)
	}
	matched, unmatched := 0, 0
	for _, c := range value.Tiers {
		matched += c.N
	}
	for _, c := range value.Reasons {
		unmatched += c.N
	}
	if matched != run.Counters.Matched || unmatched != run.Counters.Unmatched {
		t.Errorf("%+v", value)
	}
	text, err := assets.NewText("tr")
	if err != nil {
		t.Fatal(err)
	}
	lang := words.New("tr", text.T)
	saved, ok, err := h.SavedReport(t.Context(), run.ID)
	folder := filepath.Join(h.dir, "reports", string(h.Info.ID))
	if err != nil || !ok || saved.RunID != run.ID || saved.State != run.State || saved.Open != 0 || time.Since(saved.SavedAt) > time.Minute {
		t.Errorf("%+v, %v, %v", saved, ok, err)
	}
	for path, ending := range map[string]string{saved.HTML: ".html", saved.XLSX: ".xlsx", saved.Draft: ".eml"} {
		if path != filepath.Join(folder, fmt.Sprintf("%s-%s-%d%s", value.At().In(domain.Istanbul).Format("2006-01-02-1504"), text.T("report.file"), run.ID, ending)) {
			t.Errorf("saved as %s", path)
		}
	}
	var page bytes.Buffer
	if err := value.WriteHTML(&page, lang); err != nil {
		t.Fatal(err)
	}
	made := filepath.Join(h.home, "r")
	for _, as := range []string{".html", ".xlsx", ".eml"} {
		writeFile(t, made+as, strings.Repeat("before ", 50_000)) // and is replaced whole
		if err := h.WriteReport(t.Context(), run.ID, made+as, as, "veli@example.com"); err != nil {
			t.Errorf("%s: %v", as, err)
		}
		someEnds(t, "writing "+as, func(ctx context.Context) error {
			return h.WriteReport(ctx, run.ID, made+"kesik"+as, as, "veli@example.com")
		}, func() []string {
			if info, err := os.Stat(made + "kesik" + as); err != nil || info.Size() == 0 {
				return []string{"the file"}
			}
			return nil
		})
		if err := h.WriteReport(t.Context(), run.ID, filepath.Join(h.home, "yok", "r"+as), as, ""); domain.KindOf(err) != domain.KindDisk {
			t.Errorf("%s into nowhere: %v", as, err)
		}
		if err := h.WriteReport(t.Context(), 77, made+as, as, ""); domain.KindOf(err) != domain.KindNotFound {
			t.Errorf("%s of no transfer: %v", as, err)
		}
	}
	err = h.WriteReport(t.Context(), run.ID, made+".doc", ".doc", "")
	wantKind(t, "an unknown ending", err, domain.KindFile, "", "file.unknown-ending")
	for _, file := range []string{saved.HTML, made + ".html"} {
		raw, err := os.ReadFile(file)
		if err != nil || !strings.Contains(string(raw), "Sahibi 12345678950") || len(raw) < page.Len()*9/10 || len(raw) > page.Len()*11/10 {
			t.Errorf("%s: %d bytes of %d, %v", file, len(raw), page.Len(), err)
		}
	}
	want := sheet(t, saved.XLSX)
	if got := sheet(t, made+".xlsx"); !slices.Equal(got, want) || len(got) != value.ProblemCount+1 {
		t.Errorf("%q, want %q", got, want)
	}
	for file, to := range map[string]string{saved.Draft: "<ali@example.com>", made + ".eml": "<veli@example.com>"} {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		head, body := parts(t, string(raw))
		if head.Get("To") != to || head.Get("X-Unsent") != "1" || strings.Contains(body["text/html"], "12345678950") || len(body) != 3 {
			t.Errorf("%s: to %s, %d parts", file, head.Get("To"), len(body))
		}
	}
	mailed, err := h.MailReport(t.Context(), run.ID, "") // a draft may be to nobody yet
	if err != nil || mailed.Draft == "" || mailed.Draft == saved.Draft || mailed.Letter.ID != 0 || len(h.letters()) != 0 {
		t.Errorf("%+v, %v", mailed, err)
	}
	raw, err := os.ReadFile(mailed.Draft)
	if err != nil {
		t.Fatal(err)
	}
	if head, _ := parts(t, string(raw)); head.Get("To") != "" && head.Get("To") != "<>" {
		t.Errorf("to %q", head.Get("To"))
	} else if at, err := head.Date(); err != nil || time.Since(at).Abs() > time.Minute {
		t.Errorf("of %v, %v", at, err)
	}
	if _, draft, err := h.SendReport(t.Context(), run.ID, "veli@example.com"); err != nil || draft == "" {
		t.Errorf("%s, %v", draft, err)
	}
	_, err = h.MailReport(t.Context(), run.ID, "veli")
	wantKind(t, "no address", err, domain.KindInvalid, "to", "mail-address")
	everyRead(t, "the report", func(ctx context.Context) (report.Report, error) { return h.Report(ctx, run.ID, 0) }, "MadeAt")
	everyRead(t, "what was saved", func(ctx context.Context) (report.Saved, error) {
		s, _, err := h.SavedReport(ctx, run.ID)
		return s, err
	})
	everyRead(t, "the report's file", func(ctx context.Context) (string, error) { return h.ReportFile(ctx, run.ID) })
	for what, ask := range map[string]func() error{
		"file":  func() error { _, err := h.ReportFile(t.Context(), 77); return err },
		"saved": func() error { _, _, err := h.SavedReport(t.Context(), 77); return err },
		"value": func() error { _, err := h.Report(t.Context(), 77, 0); return err },
	} {
		if err := ask(); domain.KindOf(err) != domain.KindNotFound {
			t.Errorf("%s of no transfer: %v", what, err)
		}
	}
	// Taken away: written anew, as often as it was cut off.
	someEnds(t, "writing it anew", func(ctx context.Context) error {
		if saved, _, err := h.SavedReport(t.Context(), run.ID); err == nil {
			_ = os.Remove(saved.HTML)
		}
		_, err := h.ReportFile(ctx, run.ID)
		return err
	}, func() []string {
		now, ok, err := h.SavedReport(t.Context(), run.ID)
		if _, gone := os.Stat(now.HTML); err != nil || !ok || gone != nil || now.Draft != saved.Draft {
			return []string{fmt.Sprint(now, ok, err, gone)}
		}
		return nil
	})
	// Of a run that goes on there is no letter, and the report is of how it stands.
	if n := len(h.letters()); n != 0 {
		t.Errorf("%d letters", n)
	}
}

func TestReport_thatCannotBeSavedNeverFailsTheTransferAndIsTriedAgain(t *testing.T) {
	h := newHouse(t, sandbox.Options{}).signIn()
	h.stock()
	reports := filepath.Join(h.dir, "reports")
	writeFile(t, reports, "x")
	run := h.transferred(func(o *transfer.Options) { o.ReportTo = "ali@example.com" })
	if run.State != transfer.StateDone {
		t.Errorf("%+v", run)
	}
	h.nextSitting()
	if _, ok, err := h.SavedReport(t.Context(), run.ID); ok || err != nil {
		t.Errorf("saved nowhere: %v, %v", ok, err)
	}
	if _, err := h.ReportFile(t.Context(), run.ID); domain.KindOf(err) != domain.KindDisk {
		t.Errorf("%v", err)
	}
	if _, err := h.MailReport(t.Context(), run.ID, "ali@example.com"); domain.KindOf(err) != domain.KindDisk {
		t.Errorf("a draft into nowhere: %v", err)
	}
	if raw, err := os.ReadFile(filepath.Join(h.dir, "logs", "sopyo.log")); err != nil || !strings.Contains(string(raw), fmt.Sprint("transfer=", run.ID)) {
		t.Errorf("the log: %v", err)
	}
	if err := os.Remove(reports); err != nil {
		t.Fatal(err)
	}
	h.nextSitting() // written by itself now
	until(t, "the report", func() bool { _, ok, _ := h.SavedReport(t.Context(), run.ID); return ok })
	saved, _, err := h.SavedReport(t.Context(), run.ID)
	if err != nil || saved.Draft == "" {
		t.Errorf("%+v, %v", saved, err)
	}
	if err := h.SaveReports(endingAt(t.Context(), 1)); domain.KindOf(err) != domain.KindCancelled {
		t.Errorf("%v", err)
	}
}

// The program ends while the server has the letter: its answer is waited for, and noted.
func TestLetter_onItsWayWhenTheProgramEndsIsNoted(t *testing.T) {
	h, run := reported(t)
	ctx, end := context.WithCancel(t.Context())
	s, settings := office(t, smtptest.Options{Answer: func(command string) string {
		if command == "END" {
			end()
		}
		return ""
	}})
	h.setUp(settings, "")
	for range 2 {
		if _, err := h.MailReport(t.Context(), run.ID, "ali@example.com"); err != nil {
			t.Fatal(err)
		}
	}
	done, err := h.DeliverMail(ctx)
	if len(done) == 0 || done[0].State != mail.StateSent || err != nil && domain.KindOf(err) != domain.KindCancelled {
		t.Errorf("%+v, %v", done, err)
	}
	for _, l := range h.letters() {
		if l.State == mail.StateSending || l.State == mail.StateUnknown {
			t.Errorf("%s", l.State)
		}
	}
	if first := h.letters()[1]; first.State != mail.StateSent || len(s.Letters()) != 1 {
		t.Errorf("%s, %d letters", first.State, len(s.Letters()))
	}
}
