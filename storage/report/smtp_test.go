package report

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	netmail "net/mail"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/storage/report/smtptest"
)

const password = "çok gizli parola"

func server(t *testing.T, o smtptest.Options) *smtptest.Server {
	t.Helper()
	s, err := smtptest.New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func at(s *smtptest.Server, security mail.Security) Server {
	return Server{Settings: mail.Settings{
		Host: s.Host, Port: s.Port, Security: security, From: "Deneme Ticaret <rapor@example.com>",
	}}
}

func letter() mail.Letter {
	return mail.Letter{
		To: "Muhasebe <ali@example.com>", MessageID: "sabit-kimlik@example.com", CreatedAt: time.Date(2026, 11, 24, 11, 5, 0, 0, time.UTC),
		Content: mail.Content{
			Subject: "Aktarım raporu: Şükrü Çiçek\r\nBcc: herkes@example.com", Text: "Özet: ığüşöç\n.\nson", HTML: "<p>Özet: ığüşöç</p>",
			File: mail.File{Name: "rapor-ş.xlsx", Type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Data: []byte("PK\x03\x04 içerik")},
		},
	}
}

func send(t *testing.T, s Server, l mail.Letter) (string, error) {
	t.Helper()
	line, err := s.Dial(t.Context())
	if err != nil {
		return "", err
	}
	defer line.Close()
	return line.Send(t.Context(), l)
}

func wantKind(t *testing.T, err error, want domain.Kind) *domain.Error {
	t.Helper()
	if domain.KindOf(err) != want {
		t.Fatalf("error %v, want kind %q", err, want)
	}
	var e *domain.Error
	if !errors.As(err, &e) {
		return &domain.Error{}
	}
	return e
}

func TestSend_handsOverTextHTMLAndFile(t *testing.T) {
	conf, roots, err := smtptest.Certificate()
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		security mail.Security
		options  smtptest.Options
	}{
		"STARTTLS": {mail.SecurityStartTLS, smtptest.Options{TLS: conf, User: "rapor", Password: password}},
		"TLS":      {mail.SecurityTLS, smtptest.Options{TLS: conf, Implicit: true, User: "rapor", Password: password}},
		"open":     {mail.SecurityNone, smtptest.Options{User: "rapor", Password: password}},
		"nobody":   {mail.SecurityNone, smtptest.Options{}},
	} {
		t.Run(name, func(t *testing.T) {
			s := server(t, c.options)
			from := at(s, c.security)
			from.Roots, from.Settings.User, from.Password = roots, c.options.User, domain.NewSecret(password)
			answer, err := send(t, from, letter())
			if err != nil || !strings.Contains(answer, "queued as TEST1") {
				t.Fatalf("%q, %v", answer, err)
			}
			got := s.Letters()
			if len(got) != 1 || got[0].From != "rapor@example.com" || got[0].To != "ali@example.com" {
				t.Fatalf("%+v", got)
			}
			if secure := c.security != mail.SecurityNone; got[0].Secure != secure {
				t.Errorf("secure %v, want %v", got[0].Secure, secure)
			}
			checkMessage(t, got[0].Data)
		})
	}
}

// checkMessage opens a message of letter() as a mail program does.
func checkMessage(t *testing.T, raw string) {
	t.Helper()
	m, err := netmail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	if m.Header.Get("Bcc") != "" || len(m.Header["Subject"]) != 1 {
		t.Errorf("a header was smuggled in: %v", m.Header)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil || subject != "Aktarım raporu: Şükrü Çiçek Bcc: herkes@example.com" {
		t.Errorf("subject %q, %v", subject, err)
	}
	if id := m.Header.Get("Message-Id"); id != "<sabit-kimlik@example.com>" {
		t.Errorf("Message-ID %q", id)
	}
	parts := map[string]string{}
	readParts(t, m.Header.Get("Content-Type"), m.Header.Get("Content-Transfer-Encoding"), m.Body, parts)
	if got := strings.ReplaceAll(parts["text/plain"], "\r\n", "\n"); got != "Özet: ığüşöç\n.\nson" {
		t.Errorf("text %q", got)
	}
	if parts["text/html"] != "<p>Özet: ığüşöç</p>" || parts["rapor-ş.xlsx"] != "PK\x03\x04 içerik" {
		t.Errorf("parts %q", parts)
	}
}

func readParts(t *testing.T, contentType, encoding string, body io.Reader, into map[string]string) {
	t.Helper()
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(kind, "multipart/") {
		switch encoding {
		case "base64":
			body = base64.NewDecoder(base64.StdEncoding, body)
		case "quoted-printable":
			body = quotedprintable.NewReader(body)
		}
		raw, err := io.ReadAll(body)
		if err != nil {
			t.Fatal(err)
		}
		if name := params["name"]; name != "" {
			kind, err = new(mime.WordDecoder).DecodeHeader(name)
			if err != nil {
				t.Fatal(err)
			}
		}
		into[kind] = string(raw)
		return
	}
	r := multipart.NewReader(body, params["boundary"])
	for {
		p, err := r.NextRawPart()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		readParts(t, p.Header.Get("Content-Type"), p.Header.Get("Content-Transfer-Encoding"), p, into)
	}
}

func TestDial_saysNothingWithoutTLSUnlessAPersonChoseSo(t *testing.T) {
	s := server(t, smtptest.Options{User: "rapor", Password: password})
	from := at(s, mail.SecurityStartTLS)
	from.Settings.User, from.Password = "rapor", domain.NewSecret(password)
	_, err := from.Dial(t.Context())
	_ = wantKind(t, err, domain.KindMailTLS)
	for _, line := range s.Heard() {
		if !strings.HasPrefix(line, "EHLO ") && line != "QUIT" {
			t.Errorf("said %q in the open", line)
		}
	}
}

func TestDial_refusesACertificateThatNobodyVouchesFor(t *testing.T) {
	conf, _, err := smtptest.Certificate()
	if err != nil {
		t.Fatal(err)
	}
	for _, security := range []mail.Security{mail.SecurityStartTLS, mail.SecurityTLS} {
		s := server(t, smtptest.Options{TLS: conf, Implicit: security == mail.SecurityTLS})
		_, err = at(s, security).Dial(t.Context())
		if e := wantKind(t, err, domain.KindMailTLS); !strings.Contains(e.Detail, "certificate") {
			t.Errorf("%s: the reason is not said: %q", security, e.Detail)
		}
	}
}

func TestDial_wrongPasswordIsTheServersSentence(t *testing.T) {
	s := server(t, smtptest.Options{User: "rapor", Password: password})
	from := at(s, mail.SecurityNone)
	from.Settings.User, from.Password = "rapor", domain.NewSecret("yanlış")
	_, err := from.Dial(t.Context())
	if e := wantKind(t, err, domain.KindMailSignIn); e.Detail != "535 5.7.8 user or password is wrong" {
		t.Errorf("detail %q", e.Detail)
	}
	if text := fmt.Sprintf("%v %+v %#v", err, from, from); strings.Contains(text, "yanlış") {
		t.Errorf("the password is shown: %s", text)
	}
}

// A way that a server offers and does not take says nothing of the password: the next one is tried, on a new line.
func TestDial_triesTheNextWayWhereOneIsNotTaken(t *testing.T) {
	for name, c := range map[string]struct {
		ways, password string
		answers        map[string]string
		kind           domain.Kind // "": it is signed in
		detail         string
		tried          []string
	}{
		"the first is not known":    {"SCRAM-SHA-256 PLAIN LOGIN", password, map[string]string{"AUTH SCRAM-SHA-256": "504 5.5.4 Unrecognized authentication type"}, "", "", []string{"SCRAM-SHA-256", "PLAIN"}},
		"not implemented":           {"SCRAM-SHA-1 LOGIN", password, map[string]string{"AUTH SCRAM-SHA-1": "502 5.5.1 not implemented"}, "", "", []string{"SCRAM-SHA-1", "LOGIN"}},
		"too weak, of all but one":  {"PLAIN LOGIN SCRAM-SHA-1 SCRAM-SHA-256", password, map[string]string{"AUTH SCRAM-SHA-256": "534 5.7.9 too weak", "AUTH SCRAM-SHA-1": "504 5.7.4 no", "AUTH PLAIN": "534 5.7.9 no"}, "", "", []string{"SCRAM-SHA-256", "SCRAM-SHA-1", "PLAIN", "LOGIN"}},
		"the next one refuses it":   {"SCRAM-SHA-1 PLAIN", "yanlış", map[string]string{"AUTH SCRAM-SHA-1": "504 5.5.4 no"}, domain.KindMailSignIn, "535 5.7.8 user or password is wrong", []string{"SCRAM-SHA-1", "PLAIN"}},
		"a wrong one is tried once": {"PLAIN LOGIN", "yanlış", nil, domain.KindMailSignIn, "535 5.7.8 user or password is wrong", []string{"PLAIN"}},
		"none is taken":             {"PLAIN LOGIN", password, map[string]string{"AUTH PLAIN": "504 5.5.4 not here", "AUTH LOGIN": "504 5.5.4 nor here"}, domain.KindMailMethod, "504 5.5.4 nor here", []string{"PLAIN", "LOGIN"}},
		"Gmail's own password":      {"PLAIN LOGIN", password, map[string]string{"AUTH": "534 5.7.9 Application-specific password required"}, domain.KindMailSignIn, "534 5.7.9 Application-specific password required", []string{"PLAIN", "LOGIN"}},
		"only what we do not have":  {"GSSAPI NTLM XOAUTH2", password, nil, domain.KindMailMethod, "AUTH GSSAPI NTLM XOAUTH2", nil},
		"one that we have":          {"GSSAPI NTLM LOGIN", password, nil, "", "", []string{"LOGIN"}},
		"in small letters":          {"ntlm plain", password, nil, "", "", []string{"PLAIN"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := server(t, smtptest.Options{User: "rapor", Password: password, Ways: c.ways, Answer: func(command string) string { return c.answers[command] }})
			from := at(s, mail.SecurityNone)
			from.Settings.User, from.Password = "rapor", domain.NewSecret(c.password)
			answer, err := send(t, from, letter())
			if c.kind == "" && (err != nil || !strings.Contains(answer, "queued") || len(s.Letters()) != 1) {
				t.Fatalf("%q, %v", answer, err)
			}
			if c.kind != "" {
				if e := wantKind(t, err, c.kind); e.Detail != c.detail {
					t.Errorf("detail %q, want %q", e.Detail, c.detail)
				}
			}
			var tried []string
			for _, line := range s.Heard() {
				if way, ok := strings.CutPrefix(line, "AUTH "); ok {
					way, _, _ = strings.Cut(way, " ")
					tried = append(tried, way)
				}
			}
			if !slices.Equal(tried, c.tried) {
				t.Errorf("tried %q, want %q", tried, c.tried)
			}
		})
	}
}

// Every way is gone to its end, against a server that works out for itself what it has to be told; of those with a challenge
// the password is never said.
func TestDial_signsInByEveryWay(t *testing.T) {
	const user, password = "rapor=a,b@örnek.com", "Gizli-Şifre 1"
	for _, way := range ways() {
		t.Run(way, func(t *testing.T) {
			s := server(t, smtptest.Options{User: user, Password: password, Ways: way})
			from := at(s, mail.SecurityNone)
			from.Settings.User, from.Password = user, domain.NewSecret(password)
			if answer, err := send(t, from, letter()); err != nil || len(s.Letters()) != 1 {
				t.Fatalf("%q, %v", answer, err)
			}
			open := slices.ContainsFunc(s.Heard(), func(line string) bool {
				for word := range strings.FieldsSeq(line) {
					if raw, err := base64.StdEncoding.DecodeString(word); err == nil && strings.Contains(string(raw), password) {
						return true
					}
				}
				return false
			})
			if want := way == "PLAIN" || way == "LOGIN"; open != want {
				t.Errorf("the password was said: %v, want %v", open, want)
			}

			from.Password = domain.NewSecret("yanlış")
			_, err := send(t, from, letter())
			if e := wantKind(t, err, domain.KindMailSignIn); e.Detail != "535 5.7.8 user or password is wrong" {
				t.Errorf("detail %q", e.Detail)
			}
			if len(s.Letters()) != 1 {
				t.Errorf("%d letters", len(s.Letters()))
			}
		})
	}
}

// A server that cannot prove that it knows the password is given no letter.
func TestDial_givesNoLetterToAnImpostor(t *testing.T) {
	for _, way := range []string{"SCRAM-SHA-1", "SCRAM-SHA-256"} {
		s := server(t, smtptest.Options{User: "rapor", Password: password, Ways: way, Impostor: true})
		from := at(s, mail.SecurityNone)
		from.Settings.User, from.Password = "rapor", domain.NewSecret(password)
		_, err := send(t, from, letter())
		if e := wantKind(t, err, domain.KindMailTLS); e.Detail != "invalid server signature" || len(s.Letters()) != 0 {
			t.Errorf("%s: %q, %d letters", way, e.Detail, len(s.Letters()))
		}
	}
}

// A line that ends while one signs in is a line that ended, whichever way it was.
func TestDial_aLineThatEndsInTheSignInIsTheNetworks(t *testing.T) {
	for _, way := range ways() {
		s := server(t, smtptest.Options{User: "rapor", Password: password, Ways: way, Answer: func(command string) string {
			if command == "AUTH "+way {
				return "drop"
			}
			return ""
		}})
		from := at(s, mail.SecurityNone)
		from.Settings.User, from.Password = "rapor", domain.NewSecret(password)
		_, err := send(t, from, letter())
		_ = wantKind(t, err, domain.KindMailNetwork)
	}
}

// Servers of before the standard name their ways behind an equals sign.
func TestDial_knowsTheOldWayOfNamingWays(t *testing.T) {
	for said, want := range map[string]string{"AUTH=LOGIN": "AUTH LOGIN", "AUTH=LOGIN PLAIN": "AUTH PLAIN", "AUTH=PLAIN LOGIN": "AUTH PLAIN"} {
		s := server(t, smtptest.Options{User: "rapor", Password: password, Answer: func(command string) string {
			if command == "EHLO" {
				return "250-smtptest\r\n250 " + said
			}
			return ""
		}})
		from := at(s, mail.SecurityNone)
		from.Settings.User, from.Password = "rapor", domain.NewSecret(password)
		if _, err := send(t, from, letter()); err != nil || len(s.Letters()) != 1 || !strings.HasPrefix(s.Heard()[1], want) {
			t.Errorf("%s: %v, said %q", said, err, s.Heard())
		}
	}
}

// A machine's own certificate is nobody's that the system trusts.
func TestDial_trustsTheSystemsAuthoritiesOnly(t *testing.T) {
	config, _, err := smtptest.Certificate()
	if err != nil {
		t.Fatal(err)
	}
	to := at(server(t, smtptest.Options{TLS: config, Implicit: true}), mail.SecurityTLS)
	_, err = Dial(t.Context(), to.Settings, domain.Secret{})
	_ = wantKind(t, err, domain.KindMailTLS)
	open := at(server(t, smtptest.Options{User: "rapor", Password: password}), mail.SecurityNone)
	open.Settings.User = "rapor"
	line, err := Dial(t.Context(), open.Settings, domain.NewSecret(password))
	if err != nil {
		t.Fatal(err)
	}
	line.Close()
}

func TestDial_noServer(t *testing.T) {
	s := server(t, smtptest.Options{})
	from := at(s, mail.SecurityNone)
	s.Close()
	_, err := from.Dial(t.Context())
	_ = wantKind(t, err, domain.KindMailNetwork)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = from.Dial(ctx)
	_ = wantKind(t, err, domain.KindCancelled)
}

func TestSend_whatTheServerSaysDecides(t *testing.T) {
	for name, c := range map[string]struct {
		command, answer string
		want            domain.Kind
		detail          string
	}{
		"greylisted":       {"RCPT", "451 4.7.1 greylisted, come back", domain.KindMailLater, "451 4.7.1 greylisted, come back"},
		"no such user":     {"RCPT", "550 5.1.1 no such user", domain.KindMailRefused, "550 5.1.1 no such user"},
		"sender refused":   {"MAIL", "553 5.7.1 not your address", domain.KindMailRefused, "553 5.7.1 not your address"},
		"full":             {"DATA", "452 4.3.1 disk full", domain.KindMailLater, "452 4.3.1 disk full"},
		"spam":             {"END", "554 5.7.1 looks like spam", domain.KindMailRefused, "554 5.7.1 looks like spam"},
		"busy at the end":  {"END", "451 4.3.0 later", domain.KindMailLater, "451 4.3.0 later"},
		"gone before":      {"RCPT", "drop", domain.KindMailNetwork, ""},
		"gone at the end":  {"END", "drop", domain.KindMailUnknown, ""},
		"nonsense at end":  {"END", "hello?", domain.KindMailUnknown, ""},
		"two lines of why": {"RCPT", "550-5.1.1 no such\r\n550 5.1.1 user", domain.KindMailRefused, "550 5.1.1 no such 5.1.1 user"},
	} {
		t.Run(name, func(t *testing.T) {
			s := server(t, smtptest.Options{Answer: func(command string) string {
				if command == c.command {
					return c.answer
				}
				return ""
			}})
			_, err := send(t, at(s, mail.SecurityNone), letter())
			if e := wantKind(t, err, c.want); e.Detail != c.detail {
				t.Errorf("detail %q, want %q", e.Detail, c.detail)
			}
		})
	}
}

func TestWriteDraft_opensAsAMessageNotSentYet(t *testing.T) {
	var b strings.Builder
	if err := WriteDraft(&b, letter()); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), "X-Unsent: 1\r\n") || strings.Contains(b.String(), "From:") {
		t.Errorf("%.400s", b.String())
	}
	checkMessage(t, b.String())
	l := letter()
	l.To = "a@example.com\r\nBcc: b@example.com"
	_ = wantKind(t, WriteDraft(io.Discard, l), domain.KindInvalid)
	if err := WriteDraft(brokenPipe{}, letter()); domain.KindOf(err) != domain.KindDisk || !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("a disk that is full: %v", err)
	}
	if _, err := message(mail.Address{Name: "x", Address: "rapor"}, letter()); domain.KindOf(err) != domain.KindInvalid {
		t.Errorf("a sender that is no address: %v", err)
	}
}

// rendered is a letter as it is sent or, from nobody, drafted.
func rendered(t *testing.T, from string, l mail.Letter) string {
	t.Helper()
	var b strings.Builder
	if from == "" {
		if err := WriteDraft(&b, l); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	sender, err := mail.ParseAddress(from)
	if err != nil {
		t.Fatal(err)
	}
	m, err := message(sender, l)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// A name may hold what RFC 5322 makes a person escape.
func TestMessage_carriesAnyNameOfAnAddress(t *testing.T) {
	for _, name := range []string{"", "Ayşe", `Ayşe "Patron" Yılmaz`, `C:\Raporlar`, "Yılmaz, Ayşe", "a <b@example.com>"} {
		address := (&netmail.Address{Name: name, Address: "ayse@example.com"}).String()
		l := letter()
		l.To = address
		m, err := netmail.ReadMessage(strings.NewReader(rendered(t, address, l)))
		if err != nil {
			t.Fatal(err)
		}
		for _, field := range []string{"From", "To"} {
			got, err := m.Header.AddressList(field)
			if err != nil || len(got) != 1 || got[0].Name != name || got[0].Address != "ayse@example.com" {
				t.Errorf("%s of %s: %v, %v", field, address, got, err)
			}
		}
	}
}

// A letter arrives as it was written: every part of it, opened as a mail program does, and nothing that was not.
func TestMessage_carriesEveryPartOfALetter(t *testing.T) {
	file := mail.File{Name: "Döküm ş (1).xlsx", Type: "application/x-sopyo", Data: []byte("\x00\r\n.\r\nş\xff")}
	long := strings.Repeat("çok uzun bir satır, ", 100) + "son=\n.\n..\nFrom x\n\n  ş \t\nend"
	for name, c := range map[string]struct {
		from    string
		to      string
		content mail.Content
		parts   map[string]string
	}{
		"all of it": {
			"Deneme Ticaret <rapor@example.com>", "Ayşe \"A\" Yılmaz <ayse@example.com>",
			mail.Content{Subject: "Özet: ğüş İı", Text: long, HTML: "<p>" + long + "</p>", File: file},
			map[string]string{"text/plain": long, "text/html": "<p>" + long + "</p>", file.Name: string(file.Data)},
		},
		"text alone":                    {"", "ayse@example.com", mail.Content{Subject: "x", Text: "a"}, map[string]string{"text/plain": "a"}},
		"no address":                    {"rapor@example.com", "", mail.Content{Text: "a", File: file}, map[string]string{"text/plain": "a", file.Name: string(file.Data)}},
		"HTML":                          {"", "", mail.Content{Text: "a", HTML: "<b>"}, map[string]string{"text/plain": "a", "text/html": "<b>"}},
		"a file without a name is none": {"", "", mail.Content{Text: "a", File: mail.File{Type: "text/plain", Data: []byte("x")}}, map[string]string{"text/plain": "a"}},
		"header lines in what is no header": {
			"", "",
			mail.Content{Subject: "a\r\nBcc: b@example.com\n\nx", Text: "a\r\nBcc: b", File: mail.File{Name: "a\r\nX-Y z", Type: "text/x", Data: []byte("y")}},
			map[string]string{"text/plain": "a\r\nBcc: b", "a X-Y z": "y"},
		},
	} {
		at := time.Date(2026, 3, 2, 22, 30, 15, 0, time.UTC)
		text := rendered(t, c.from, mail.Letter{To: c.to, MessageID: "id-1@\r\nexample.com", Content: c.content, CreatedAt: at})
		unsent := ""
		if c.from == "" {
			unsent = "1"
		}
		m, err := netmail.ReadMessage(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		for header, address := range map[string]string{"From": c.from, "To": c.to} {
			want := ""
			if parsed, err := netmail.ParseAddress(address); err == nil {
				want = parsed.Name + " <" + parsed.Address + ">"
			}
			got := ""
			if list, err := m.Header.AddressList(header); err == nil && len(list) == 1 {
				got = list[0].Name + " <" + list[0].Address + ">"
			}
			if got != want || len(m.Header[header]) != min(len(address), 1) {
				t.Errorf("%s: %s is %q, want %q", name, header, m.Header[header], want)
			}
		}
		subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
		if err != nil || subject != mail.OneLine(c.content.Subject) {
			t.Errorf("%s: subject %q, %v", name, subject, err)
		}
		date, err := m.Header.Date()
		if _, offset := date.Zone(); err != nil || !date.Equal(at) || offset != 3*3600 {
			t.Errorf("%s: date %v, %v", name, date, err)
		}
		for header, want := range map[string]string{
			"Message-Id": "<id-1@ example.com>", "Auto-Submitted": "auto-generated", "X-Unsent": unsent, "Mime-Version": "1.0", "Bcc": "", "X-Y": "", "User-Agent": "", "X-Mailer": "",
		} {
			if got := m.Header.Get(header); got != want {
				t.Errorf("%s: %s is %q, want %q", name, header, got, want)
			}
		}
		parts := map[string]string{}
		readParts(t, m.Header.Get("Content-Type"), m.Header.Get("Content-Transfer-Encoding"), m.Body, parts)
		for part, want := range c.parts {
			got := parts[part]
			if strings.HasPrefix(part, "text/") {
				got, want = strings.ReplaceAll(got, "\r\n", "\n"), strings.ReplaceAll(want, "\r\n", "\n")
			}
			if got != want {
				t.Errorf("%s: %s is %q, want %q", name, part, got, want)
			}
		}
		if len(parts) != len(c.parts) || c.content.File.Name != "" && !strings.Contains(text, c.content.File.Type) {
			t.Errorf("%s: parts %q", name, parts)
		}
	}
	var b strings.Builder
	before := time.Now().Truncate(time.Second)
	if err := WriteDraft(&b, mail.Letter{Content: mail.Content{Text: "a"}}); err != nil {
		t.Fatal(err)
	}
	m, err := netmail.ReadMessage(strings.NewReader(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	if date, err := m.Header.Date(); err != nil || date.Before(before) || date.After(time.Now()) {
		t.Errorf("a letter of no date has %v, %v", date, err)
	}
}
