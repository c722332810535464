package report

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/textproto"
	"strconv"
	"strings"
	"time"

	"github.com/wneessen/go-mail/smtp"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/mail"
)

// The limits of a conversation: to get through to the server, to say something, and to hear that it has
// the letter. The last one is long because a server scans a letter before it answers.
const (
	dialLimit   = 30 * time.Second
	talkLimit   = time.Minute
	answerLimit = 5 * time.Minute
)

// Server is the mail server of this machine's settings. Roots are the authorities that may vouch for it;
// nil: the system's.
type Server struct {
	Settings mail.Settings
	Password domain.Secret
	Roots    *x509.CertPool
}

// Line is a conversation with a mail server that is ready to take letters.
type Line struct {
	client *smtp.Client
	conn   net.Conn
	from   mail.Address
}

// Dial is Server.Dial of a server that the system's authorities vouch for.
func Dial(ctx context.Context, s mail.Settings, password domain.Secret) (mail.Line, error) {
	return Server{Settings: s, Password: password}.Dial(ctx)
}

// Dial gets through to the server: connection, TLS as the settings say, sign-in. With SecurityStartTLS
// nothing is said to a server that does not offer TLS. Where the server does not take a way of signing in that it
// offers, the next one is tried on a line of its own. Errors: KindMailNetwork, KindMailTLS, KindMailSignIn,
// KindMailMethod, KindMailLater, KindMailRefused, KindCancelled.
func (s Server) Dial(ctx context.Context) (mail.Line, error) {
	const op = "get through to the mail server"
	from, err := mail.ParseAddress(s.Settings.From)
	if err != nil {
		return nil, domain.Invalid("from", "mail-address")
	}
	// A host may be typed as it stands in a web address: [::1].
	host := strings.Trim(s.Settings.Host, "[]")
	var without []string
	for {
		l, err := s.connect(ctx, host, from, without)
		var refused wayRefused
		switch {
		case errors.As(err, &refused):
			without = append(without, refused.way)
		case err != nil:
			return nil, domain.Wrap(err, op)
		default:
			return l, nil
		}
	}
}

// connect gets through to the server, and signs in in another way than those.
func (s Server) connect(ctx context.Context, host string, from mail.Address, without []string) (*Line, error) {
	dialer := net.Dialer{Timeout: dialLimit}
	conn, err := dialer.DialContext(ctx, "tcp", net.JoinHostPort(host, strconv.Itoa(s.Settings.Port)))
	if err != nil {
		return nil, said(ctx, "connect", err, domain.KindMailNetwork)
	}
	l := &Line{conn: conn, from: from}
	defer l.watch(ctx)()
	if err := l.begin(ctx, s, host, without...); err != nil {
		l.drop()
		return nil, err
	}
	return l, nil
}

func (l *Line) begin(ctx context.Context, s Server, host string, without ...string) error {
	l.within(talkLimit)
	conf := &tls.Config{ServerName: host, RootCAs: s.Roots, MinVersion: tls.VersionTLS12}
	conn := l.conn
	if s.Settings.Security == mail.SecurityTLS {
		secure := tls.Client(conn, conf)
		if err := secure.HandshakeContext(ctx); err != nil {
			return said(ctx, "turn to TLS", err, domain.KindMailTLS)
		}
		conn = secure
	}
	var err error
	if l.client, err = smtp.NewClient(conn, host); err != nil {
		return said(ctx, "hear the greeting", err, domain.KindMailNetwork)
	}
	l.client.SkipSMTPUTF8(true) // our addresses are ASCII, and the next server on the way may not know it
	if err := l.client.Hello(l.name()); err != nil {
		return said(ctx, "greet", err, domain.KindMailNetwork)
	}
	if s.Settings.Security == mail.SecurityStartTLS {
		if offered, _ := l.client.Extension("STARTTLS"); !offered {
			return &domain.Error{Kind: domain.KindMailTLS, Op: "turn to TLS", Detail: "STARTTLS ?"}
		}
		if err := l.client.StartTLS(conf); err != nil {
			return said(ctx, "turn to TLS", err, domain.KindMailTLS)
		}
	}
	if s.Settings.User == "" {
		return nil
	}
	return l.signIn(ctx, s, host, without)
}

// name is how the program names itself: by its own address, as mail programs do, because a PC's name is
// seldom one that a server accepts, and nobody's business.
func (l *Line) name() string {
	addr, ok := l.conn.LocalAddr().(*net.TCPAddr)
	switch {
	case !ok:
		return "localhost"
	case addr.IP.To4() != nil:
		return "[" + addr.IP.String() + "]"
	default:
		return "[IPv6:" + addr.IP.String() + "]"
	}
}

// Send hands one letter over and gives the server's answer. Until the end of the letter has been said the
// server takes nothing; a line that breaks between that and its answer is KindMailUnknown. Other errors:
// KindMailLater, KindMailRefused, KindMailNetwork, KindCancelled; after any of them only Close is left.
func (l *Line) Send(ctx context.Context, letter mail.Letter) (answer string, err error) {
	const op = "hand over the letter"
	to, err := mail.ParseAddress(letter.To)
	if err != nil {
		return "", domain.Invalid("to", "mail-address")
	}
	m, err := message(l.from, letter)
	if err != nil {
		return "", err
	}
	var raw bytes.Buffer // written whole first: what fails here has not been begun at the server
	if _, err := m.WriteTo(&raw); err != nil {
		return "", domain.E(domain.KindInternal, op, err)
	}
	defer l.watch(ctx)()
	l.within(talkLimit)
	if err := l.client.Mail("<" + l.from.Address + ">"); err != nil {
		return "", said(ctx, op, err, domain.KindMailNetwork)
	}
	if err := l.client.Rcpt("<" + to.Address + ">"); err != nil {
		return "", said(ctx, op, err, domain.KindMailNetwork)
	}
	data, err := l.client.Data()
	if err != nil {
		return "", said(ctx, op, err, domain.KindMailNetwork)
	}
	l.within(answerLimit)
	if _, err := data.Write(raw.Bytes()); err != nil {
		l.drop() // closing it in order would say the end of a letter that is not whole
		return "", said(ctx, op, err, domain.KindMailNetwork)
	}
	if err := data.Close(); err != nil {
		var answer *textproto.Error
		if errors.As(err, &answer) {
			return "", said(ctx, op, err, domain.KindMailNetwork)
		}
		return "", domain.E(domain.KindMailUnknown, op, err)
	}
	if closer, ok := data.(*smtp.DataCloser); ok {
		answer = mail.OneLine(closer.ServerResponse())
	}
	return answer, nil
}

// Close takes leave of the server.
func (l *Line) Close() {
	l.within(talkLimit / 12)
	_ = l.client.Quit() // whatever it says, it has what it has said to have
	l.drop()
}

func (l *Line) drop() { _ = l.conn.Close() }

// watch breaks the line off when ctx ends, until what it gives is called.
func (l *Line) watch(ctx context.Context) func() bool { return context.AfterFunc(ctx, l.drop) }

func (l *Line) within(limit time.Duration) { _ = l.conn.SetDeadline(time.Now().Add(limit)) }

// maxSentence is how much of a server's words is kept.
const maxSentence = 400

// said gives err its kind: by the server's answer if it is one, else kind; an unprotected or untrusted
// line has its own.
func said(ctx context.Context, op string, err error, kind domain.Kind) error {
	e := &domain.Error{Kind: kind, Op: op, Err: err}
	var answer *textproto.Error
	var network net.Error
	switch {
	case ctx.Err() != nil:
		e.Kind = domain.KindCancelled
	case errors.As(err, &answer):
		e.Detail = sentence(answer)
		e.Kind = domain.KindMailRefused
		if answer.Code/100 == 4 {
			e.Kind = domain.KindMailLater
		}
	case kind == domain.KindMailTLS && errors.As(err, &network) && network.Timeout():
		e.Kind = domain.KindMailNetwork
	case kind == domain.KindMailTLS:
		e.Detail = short(mail.OneLine(err.Error()))
	}
	return e
}

// sentence is the server's own, with its number.
func sentence(e *textproto.Error) string {
	return short(strconv.Itoa(e.Code) + " " + mail.OneLine(e.Msg))
}

func short(s string) string {
	if r := []rune(s); len(r) > maxSentence {
		return string(r[:maxSentence]) + "…"
	}
	return s
}
