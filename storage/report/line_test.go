package report

import (
	"context"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/textproto"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/storage/report/smtptest"
)

var errLine = errors.New("the line is dead")

// listened is a connection that is dead from its n-th call on, and remembers how long it was given.
type listened struct {
	net.Conn
	local     net.Addr
	mu        sync.Mutex
	at, calls int
	limits    []time.Duration
	closed    int
}

func (c *listened) fails() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.calls++; c.at > 0 && c.calls >= c.at {
		return errLine
	}
	return nil
}

func (c *listened) Read(p []byte) (int, error) {
	if err := c.fails(); err != nil {
		return 0, err
	}
	return c.Conn.Read(p)
}

func (c *listened) Write(p []byte) (int, error) {
	if err := c.fails(); err != nil {
		return 0, err
	}
	return c.Conn.Write(p)
}

func (c *listened) LocalAddr() net.Addr {
	if c.local != nil {
		return c.local
	}
	return c.Conn.LocalAddr()
}

func (c *listened) SetDeadline(at time.Time) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.limits = append(c.limits, time.Until(at).Round(100*time.Millisecond))
	return c.Conn.SetDeadline(at)
}

func (c *listened) Close() error {
	c.mu.Lock()
	c.closed++
	c.mu.Unlock()
	return c.Conn.Close()
}

func (c *listened) failed() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at > 0 && c.calls >= c.at
}

// listen connects to s by a connection that can be looked at.
func listen(t *testing.T, s *smtptest.Server) *listened {
	t.Helper()
	conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", net.JoinHostPort(s.Host, strconv.Itoa(s.Port)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return &listened{Conn: conn}
}

// Whatever fails, what is said of a letter is true: one that is told to be unsent is not at the server.
func TestLine_thatFailsAtItsNthCall(t *testing.T) {
	conf, roots, err := smtptest.Certificate()
	if err != nil {
		t.Fatal(err)
	}
	l := letter()
	l.Content.File.Data = make([]byte, 20_000) // does not go in one piece
	for name, c := range map[string]struct {
		security mail.Security
		options  smtptest.Options
	}{
		"open":     {mail.SecurityNone, smtptest.Options{User: "rapor", Password: password}},
		"STARTTLS": {mail.SecurityStartTLS, smtptest.Options{TLS: conf, User: "rapor", Password: password}},
		"TLS":      {mail.SecurityTLS, smtptest.Options{TLS: conf, Implicit: true, User: "rapor", Password: password}},
	} {
		for n := 1; ; n++ {
			s := server(t, c.options)
			conn := listen(t, s)
			conn.at = n
			to := at(s, c.security)
			to.Roots, to.Settings.User, to.Password = roots, "rapor", domain.NewSecret(password)
			line := &Line{conn: conn, from: mail.Address{Address: "rapor@example.com"}}
			began := line.begin(t.Context(), to, s.Host)
			err := began
			if began == nil {
				_, err = line.Send(t.Context(), l)
				line.Close()
			} else {
				line.drop()
			}
			s.Close()
			kind, there := domain.KindOf(err), len(s.Letters())
			switch {
			case err == nil:
				if there != 1 {
					t.Errorf("%s, call %d failed: said to be sent, and is not", name, n)
				}
			case !errors.Is(err, errLine):
				t.Errorf("%s, call %d failed: %v", name, n, err)
			case kind == domain.KindMailNetwork, began != nil && kind == domain.KindMailTLS:
				if there != 0 {
					t.Errorf("%s, call %d failed: said to be unsent, and is there: %v", name, n, err)
				}
			case kind != domain.KindMailUnknown:
				t.Errorf("%s, call %d failed: %v", name, n, err)
			}
			if conn.closed == 0 {
				t.Errorf("%s, call %d failed: the line was left open", name, n)
			}
			if !conn.failed() {
				if err != nil || n < 10 {
					t.Errorf("%s: none of %d calls failed: %v", name, n-1, err)
				}
				break
			}
		}
	}
}

func TestLine_givesEachStepItsTime(t *testing.T) {
	s := server(t, smtptest.Options{})
	conn := listen(t, s)
	line := &Line{conn: conn, from: mail.Address{Address: "rapor@example.com"}}
	if err := line.begin(t.Context(), at(s, mail.SecurityNone), s.Host); err != nil {
		t.Fatal(err)
	}
	if _, err := line.Send(t.Context(), letter()); err != nil {
		t.Fatal(err)
	}
	line.Close()
	// A conversation, a letter, its answer, and a farewell that nobody waits for.
	if got, want := fmt.Sprint(conn.limits), fmt.Sprint([]time.Duration{time.Minute, time.Minute, 5 * time.Minute, 5 * time.Second}); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestLine_namesItselfByItsAddress(t *testing.T) {
	for want, local := range map[string]net.Addr{
		"[192.168.1.7]": &net.TCPAddr{IP: net.IPv4(192, 168, 1, 7)}, "[10.0.0.1]": &net.TCPAddr{IP: net.ParseIP("::ffff:10.0.0.1")},
		"[IPv6:fe80::1]": &net.TCPAddr{IP: net.ParseIP("fe80::1")}, "localhost": &net.UnixAddr{Name: "/x"},
	} {
		s := server(t, smtptest.Options{Answer: func(command string) string {
			if command == "EHLO" {
				return "250-x\r\n250-8BITMIME\r\n250 SMTPUTF8"
			}
			return ""
		}})
		conn := listen(t, s)
		conn.local = local
		line := &Line{conn: conn, from: mail.Address{Address: "rapor@example.com"}}
		if err := line.begin(t.Context(), at(s, mail.SecurityNone), s.Host); err != nil {
			t.Fatal(err)
		}
		if _, err := line.Send(t.Context(), letter()); err != nil {
			t.Fatal(err)
		}
		line.Close()
		s.Close()
		heard := s.Heard()
		if len(heard) != 5 || heard[0] != "EHLO "+want || heard[4] != "QUIT" {
			t.Errorf("said %q, want EHLO %s", heard, want)
		}
		for _, said := range heard { // the next server on the way may not know it
			if strings.Contains(said, "SMTPUTF8") {
				t.Errorf("said %q", said)
			}
		}
	}
}

// The strongest way that the server offers is taken; one that we do not have is named.
func TestDial_signsInTheStrongestWay(t *testing.T) {
	for offered, want := range map[string]string{
		"LOGIN PLAIN CRAM-MD5 SCRAM-SHA-1 SCRAM-SHA-256": "SCRAM-SHA-256", "LOGIN SCRAM-SHA-1 PLAIN CRAM-MD5": "SCRAM-SHA-1",
		"CRAM-MD5 LOGIN PLAIN": "PLAIN", "CRAM-MD5 LOGIN": "LOGIN", "XOAUTH2 CRAM-MD5": "CRAM-MD5", "XOAUTH2 GSSAPI": "", "": "", "PLAINER": "",
	} {
		s := server(t, smtptest.Options{Answer: func(command string) string {
			switch command {
			case "EHLO":
				return strings.TrimSpace("250-x\r\n250 AUTH " + offered)
			case "AUTH":
				return "535 5.7.8 no"
			}
			return ""
		}})
		line := &Line{conn: listen(t, s)}
		to := at(s, mail.SecurityNone)
		to.Settings.User, to.Password = "rapor", domain.NewSecret(password)
		err := line.begin(t.Context(), to, "mail.example.com")
		line.drop()
		s.Close()
		kind := domain.KindMailSignIn
		if want == "" {
			kind = domain.KindMailMethod
		}
		e := wantKind(t, err, kind)
		if e.Op == "" {
			t.Errorf("%s: %v says not what was done", offered, err)
		}
		heard := s.Heard()
		if want == "" {
			if e.Detail != "AUTH "+offered || len(heard) != 1 {
				t.Errorf("%s: said %q, detail %q", offered, heard, e.Detail)
			}
			continue
		}
		var answer *textproto.Error
		if len(heard) < 2 || !strings.HasPrefix(heard[1]+" ", "AUTH "+want+" ") || e.Detail != "535 5.7.8 no" || !errors.As(err, &answer) {
			t.Errorf("%s: said %q, detail %q, want %s", offered, heard, e.Detail, want)
		}
	}
}

// Each way says the user and the password that were set up, in its own form.
func TestDial_signsInWithUserAndPassword(t *testing.T) {
	in64 := base64.StdEncoding.EncodeToString
	for way, want := range map[string][]string{
		"PLAIN": {"AUTH PLAIN " + in64([]byte("\x00rapor\x00"+password))},
		"LOGIN": {"AUTH LOGIN", in64([]byte("rapor")), in64([]byte(password))},
	} {
		s := server(t, smtptest.Options{Answer: func(command string) string {
			switch command {
			case "EHLO":
				return "250-x\r\n250 AUTH " + way
			case "AUTH":
				if way == "LOGIN" {
					return "334 " + in64([]byte("Username:"))
				}
			case in64([]byte("rapor")):
				return "334 " + in64([]byte("Password:"))
			case "QUIT":
				return "221 bye"
			}
			return "235 2.7.0 accepted"
		}})
		line := &Line{conn: listen(t, s)}
		to := at(s, mail.SecurityNone)
		to.Settings.User, to.Password = "rapor", domain.NewSecret(password)
		if err := line.begin(t.Context(), to, "mail.example.com"); err != nil {
			t.Errorf("%s: %v", way, err)
		}
		line.drop()
		s.Close()
		if heard := s.Heard(); len(heard) < 2 || strings.Join(heard[1:], "|") != strings.Join(want, "|") {
			t.Errorf("%s: said %q, want %q", way, heard, want)
		}
	}
}

// What a server says at the door decides what comes of it.
func TestDial_whatTheServerSaysDecides(t *testing.T) {
	for name, c := range map[string]struct {
		answers  map[string]string
		security mail.Security
		user     string
		kind     domain.Kind
		detail   string
	}{
		"busy":                  {map[string]string{"EHLO": "421 4.3.2 later", "HELO": "421 4.3.2 later"}, mail.SecurityNone, "", domain.KindMailLater, "421 4.3.2 later"},
		"refused":               {map[string]string{"EHLO": "554 5.7.1 not you", "HELO": "554 5.7.1 not you"}, mail.SecurityNone, "", domain.KindMailRefused, "554 5.7.1 not you"},
		"gone":                  {map[string]string{"EHLO": "drop"}, mail.SecurityNone, "", domain.KindMailNetwork, ""},
		"no TLS there":          {nil, mail.SecurityStartTLS, "", domain.KindMailTLS, "STARTTLS ?"},
		"TLS refused":           {map[string]string{"EHLO": "250-x\r\n250 STARTTLS", "STARTTLS": "502 5.5.1 not now"}, mail.SecurityStartTLS, "", domain.KindMailRefused, "502 5.5.1 not now"},
		"TLS later":             {map[string]string{"EHLO": "250-x\r\n250 STARTTLS", "STARTTLS": "454 4.7.0 not now"}, mail.SecurityStartTLS, "", domain.KindMailLater, "454 4.7.0 not now"},
		"the line goes at TLS":  {map[string]string{"EHLO": "250-x\r\n250 STARTTLS", "STARTTLS": "drop"}, mail.SecurityStartTLS, "", domain.KindMailTLS, "EOF"},
		"sign-in later":         {map[string]string{"EHLO": "250-x\r\n250 AUTH PLAIN", "AUTH": "454 4.7.0 busy"}, mail.SecurityNone, "rapor", domain.KindMailLater, "454 4.7.0 busy"},
		"sign-in refused":       {map[string]string{"EHLO": "250-x\r\n250 AUTH PLAIN", "AUTH": "500 what?"}, mail.SecurityNone, "rapor", domain.KindMailSignIn, "500 what?"},
		"sign-in refused, 599":  {map[string]string{"EHLO": "250-x\r\n250 AUTH PLAIN", "AUTH": "599 no"}, mail.SecurityNone, "rapor", domain.KindMailSignIn, "599 no"},
		"sign-in gone":          {map[string]string{"EHLO": "250-x\r\n250 AUTH PLAIN", "AUTH": "drop"}, mail.SecurityNone, "rapor", domain.KindMailNetwork, ""},
		"no sign-in is asked":   {map[string]string{"EHLO": "250-x\r\n250 AUTH PLAIN", "AUTH": "500 what?"}, mail.SecurityNone, "", "", ""},
		"nothing is as it says": {map[string]string{"EHLO": "250-x\r\n250 AUTH PLAIN", "AUTH": "600 what?"}, mail.SecurityNone, "rapor", domain.KindMailRefused, "600 what?"},
	} {
		s := server(t, smtptest.Options{Answer: func(command string) string { return c.answers[command] }})
		to := at(s, c.security)
		to.Settings.User, to.Password = c.user, domain.NewSecret(password)
		to.Settings.Host = "[" + s.Host + "]" // as it stands in a web address
		line, err := to.Dial(t.Context())
		if line != nil {
			line.Close()
		}
		s.Close()
		var e *domain.Error
		if domain.KindOf(err) != c.kind || c.kind != "" && (!errors.As(err, &e) || e.Detail != c.detail || e.Op == "" || !strings.Contains(err.Error(), "get through")) {
			t.Errorf("%s: %v, want %s %q", name, err, c.kind, c.detail)
		}
		if (line == nil) != (c.kind != "") {
			t.Errorf("%s: a line to nowhere", name)
		}
	}
}

func TestDial_wantsTLSThatIsNotOld(t *testing.T) {
	for version, want := range map[uint16]domain.Kind{tls.VersionTLS11: domain.KindMailTLS, tls.VersionTLS12: "", tls.VersionTLS13: ""} {
		conf, roots, err := smtptest.Certificate()
		if err != nil {
			t.Fatal(err)
		}
		conf.MinVersion, conf.MaxVersion = tls.VersionTLS10, version
		for _, security := range []mail.Security{mail.SecurityTLS, mail.SecurityStartTLS} {
			s := server(t, smtptest.Options{TLS: conf, Implicit: security == mail.SecurityTLS})
			to := at(s, security)
			to.Roots = roots
			line, err := to.Dial(t.Context())
			if domain.KindOf(err) != want {
				t.Errorf("TLS %x by %s: %v, want %q", version, security, err, want)
			}
			if line != nil {
				line.Close()
			}
		}
	}
}

// silent is a server that hears everything and says what it is told, whenever.
func silent(t *testing.T, talk func(conn net.Conn)) (host string, port int) {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	wg.Go(func() {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		talk(conn)
	})
	t.Cleanup(func() { _ = l.Close(); wg.Wait() })
	return "127.0.0.1", l.Addr().(*net.TCPAddr).Port // it is TCP
}

// A person who stops waits for no server, and nothing is left open behind an attempt that failed.
func TestLine_endsWithItsContextAndItsErrors(t *testing.T) {
	for _, security := range []mail.Security{mail.SecurityNone, mail.SecurityTLS} {
		ctx, cancel := context.WithCancel(t.Context())
		host, port := silent(t, func(conn net.Conn) {
			if security == mail.SecurityNone {
				_, _ = conn.Write([]byte("220 x\r\n"))
			}
			_, _ = conn.Read(make([]byte, 1000))
			cancel() // while the answer to the first word is waited for
			for err := error(nil); err == nil; {
				_, err = conn.Read(make([]byte, 1000))
			}
		})
		to := Server{Settings: mail.Settings{Host: host, Port: port, Security: security, From: "a@example.com"}}
		if _, err := to.Dial(ctx); domain.KindOf(err) != domain.KindCancelled {
			t.Errorf("dial by %s: %v", security, err)
		}
	}
	left := make(chan error, 1)
	host, port := silent(t, func(conn net.Conn) {
		_ = conn.SetReadDeadline(time.Now().Add(5 * time.Second))
		_, err := conn.Write([]byte("220 x\r\n"))
		for err == nil { // EHLO, HELO, and no more
			if _, err = conn.Read(make([]byte, 1000)); err == nil {
				_, err = conn.Write([]byte("554 5.7.1 not you\r\n"))
			}
		}
		left <- err
	})
	to := Server{Settings: mail.Settings{Host: host, Port: port, Security: mail.SecurityNone, From: "a@example.com"}}
	_, err := to.Dial(t.Context())
	if e := wantKind(t, err, domain.KindMailRefused); e.Detail != "554 5.7.1 not you" || e.Op == "" {
		t.Errorf("%v", err)
	}
	var waited net.Error
	if err := <-left; err == nil || errors.As(err, &waited) && waited.Timeout() {
		t.Errorf("the line was left open: %v", err)
	}
	for _, when := range []string{"MAIL", "RCPT", "DATA", "END"} {
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan struct{})
		s := server(t, smtptest.Options{Answer: func(command string) string {
			if command == when {
				cancel()
				<-done
			}
			return ""
		}})
		line, err := at(s, mail.SecurityNone).Dial(ctx)
		if err != nil {
			t.Fatal(err)
		}
		want := domain.KindCancelled
		if when == "END" {
			want = domain.KindMailUnknown // it may be there
		}
		if _, err := line.Send(ctx, letter()); domain.KindOf(err) != want {
			t.Errorf("%s: %v, want %s", when, err, want)
		}
		close(done)
		line.Close()
	}
	// A context that ends later breaks nothing off.
	ctx, cancel := context.WithCancel(t.Context())
	s := server(t, smtptest.Options{})
	line, err := at(s, mail.SecurityNone).Dial(ctx)
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	if _, err := line.Send(t.Context(), letter()); err != nil {
		t.Errorf("a letter after the context of the dialling has ended: %v", err)
	}
	line.Close()
	// A farewell that is refused is one, too.
	s = server(t, smtptest.Options{Answer: func(command string) string {
		if command == "QUIT" {
			return "500 stay"
		}
		return ""
	}})
	conn := listen(t, s)
	stays := &Line{conn: conn}
	if err := stays.begin(t.Context(), at(s, mail.SecurityNone), s.Host); err != nil {
		t.Fatal(err)
	}
	stays.Close()
	if conn.closed == 0 {
		t.Error("the line was left open")
	}
}

func TestLine_refusesAddressesBeforeASayIsSaid(t *testing.T) {
	s := server(t, smtptest.Options{})
	to := at(s, mail.SecurityNone)
	to.Settings.From = "rapor"
	_, err := to.Dial(t.Context())
	if e := wantKind(t, err, domain.KindInvalid); e.Field != "from" || e.Detail != "mail-address" {
		t.Errorf("%v", err)
	}
	for address, field := range map[string]string{"": "to", "ali": "to", "ali@example.com\r\nBcc: b@example.com": "to"} {
		l := letter()
		l.To = address
		_, err := send(t, at(s, mail.SecurityNone), l)
		if e := wantKind(t, err, domain.KindInvalid); e.Field != field || e.Detail != "mail-address" {
			t.Errorf("%q: %v", address, err)
		}
	}
	line := &Line{conn: listen(t, s), from: mail.Address{Address: "rapor"}}
	if err := line.begin(t.Context(), at(s, mail.SecurityNone), s.Host); err != nil {
		t.Fatal(err)
	}
	_, err = line.Send(t.Context(), letter())
	if e := wantKind(t, err, domain.KindInvalid); e.Field != "from" {
		t.Errorf("%v", err)
	}
	line.Close()
	s.Close()
	for _, said := range s.Heard() {
		if !strings.HasPrefix(said, "EHLO") && said != "QUIT" {
			t.Errorf("said %q", said)
		}
	}
}

// late is an error of a network that has waited too long, or not.
type late bool

func (late) Error() string   { return "i/o: reset\r\nby peer" }
func (l late) Timeout() bool { return bool(l) }
func (late) Temporary() bool { return false }

func TestSaid_fromEverySide(t *testing.T) {
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	answer := func(code int, msg string) error { return fmt.Errorf("x: %w", &textproto.Error{Code: code, Msg: msg}) }
	long := strings.Repeat("ş", maxSentence-4)
	for name, c := range map[string]struct {
		ctx    context.Context // a table
		err    error
		kind   domain.Kind
		want   domain.Kind
		detail string
	}{
		"the line":               {t.Context(), late(false), domain.KindMailNetwork, domain.KindMailNetwork, ""},
		"the line, too late":     {t.Context(), late(true), domain.KindMailNetwork, domain.KindMailNetwork, ""},
		"TLS":                    {t.Context(), errors.New("bad\r\ncertificate"), domain.KindMailTLS, domain.KindMailTLS, "bad certificate"},
		"TLS, the line":          {t.Context(), late(false), domain.KindMailTLS, domain.KindMailTLS, "i/o: reset by peer"},
		"TLS, too late":          {t.Context(), late(true), domain.KindMailTLS, domain.KindMailNetwork, ""},
		"a person":               {ended, late(false), domain.KindMailNetwork, domain.KindCancelled, ""},
		"a person, and a server": {ended, answer(550, "no"), domain.KindMailNetwork, domain.KindCancelled, ""},
		"399":                    {t.Context(), answer(399, "a"), domain.KindMailNetwork, domain.KindMailRefused, "399 a"},
		"400":                    {t.Context(), answer(400, "a\r\nb"), domain.KindMailNetwork, domain.KindMailLater, "400 a b"},
		"499":                    {t.Context(), answer(499, "a"), domain.KindMailTLS, domain.KindMailLater, "499 a"},
		"500":                    {t.Context(), answer(500, "a"), domain.KindMailNetwork, domain.KindMailRefused, "500 a"},
		"as long as is kept":     {t.Context(), answer(500, long), domain.KindMailNetwork, domain.KindMailRefused, "500 " + long},
		"a letter longer":        {t.Context(), answer(500, long+"ğü"), domain.KindMailNetwork, domain.KindMailRefused, "500 " + long + "…"},
		"a long reason":          {t.Context(), errors.New(long + "12345"), domain.KindMailTLS, domain.KindMailTLS, long + "1234…"},
	} {
		err := said(c.ctx, "what was done", c.err, c.kind)
		var e *domain.Error
		if !errors.As(err, &e) || e.Kind != c.want || e.Detail != c.detail || e.Op != "what was done" || !errors.Is(err, c.err) {
			t.Errorf("%s: %v, want %s %q", name, err, c.want, c.detail)
		}
	}
}
